"""Actual amounts from accounting: a ledger's rows read by a profile, added up, compared with what is there, written."""
