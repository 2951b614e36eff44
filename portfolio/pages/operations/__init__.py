"""Writes of the pages that belong to no single room."""
