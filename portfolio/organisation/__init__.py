"""Organisation: municipalities, units, posts and their holders, settings."""
