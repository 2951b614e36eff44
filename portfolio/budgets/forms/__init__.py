"""Forms of money, and what an address asks of its pages."""
