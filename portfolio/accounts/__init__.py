"""Accounts: users, access, sign-in."""
