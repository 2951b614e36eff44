"""Documents as PDF that everybody can read: tagged, with language, title, alternative texts, headings that repeat."""

from portfolio.files.pdf.writing import draw_png, write_pdf

__all__ = ["draw_png", "write_pdf"]
