"""Documents as PDF that everybody can read: tagged, with language, title, alternative texts, headings that repeat."""

from portfolio.files.pdf.model import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Piece,
    Section,
    Table,
    Tone,
    Words,
)
from portfolio.files.pdf.plain import without_controls
from portfolio.files.pdf.writing import draw_png, write_pdf

__all__ = [
    "Block",
    "Bullets",
    "Column",
    "Document",
    "Heading",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Picture",
    "Piece",
    "Section",
    "Table",
    "Tone",
    "Words",
    "draw_png",
    "without_controls",
    "write_pdf",
]
