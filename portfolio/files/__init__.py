"""Bytes in and out: what knows foreign formats, and no Flask and no model."""
