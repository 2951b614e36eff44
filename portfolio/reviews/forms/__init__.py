"""Forms of the yearly cycle, and what the addresses of its lists ask."""
