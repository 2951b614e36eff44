"""The yearly cycle: review rounds, what is answered in them, and what an approved verdict does."""
