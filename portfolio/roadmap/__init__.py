"""Roadmap: initiatives as bars in time, laid out once and drawn as table, chart, slides, drawing and data."""
