"""Roadmap: the same bars as a table that carries them, and as a chart."""
