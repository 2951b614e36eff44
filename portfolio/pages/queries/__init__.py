"""Reads that several rooms answer together; each page's own stand in a module of their own."""
