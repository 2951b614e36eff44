"""Screens of signing in, one's own account, and the users of a municipality."""

from portfolio.accounts.views import new_user, own, passwords, sign_in, user, user_list
from portfolio.accounts.views.room import blueprint
from portfolio.accounts.views.session import register_sign_in, signed_in_user

__all__ = [
    "blueprint",
    "new_user",
    "own",
    "passwords",
    "register_sign_in",
    "sign_in",
    "signed_in_user",
    "user",
    "user_list",
]
