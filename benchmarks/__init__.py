"""What is measured against its goals: `make bench` prints the table."""
