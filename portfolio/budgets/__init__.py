"""Budgets: money by initiative, year, part and funding source."""
