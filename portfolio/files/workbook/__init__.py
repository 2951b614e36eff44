"""Workbooks in and out: read safely as values with addresses, written as plain tables or as books to work in."""

from portfolio.files.workbook.book import (
    Book,
    BookColumn,
    BookRow,
    BookSheet,
    DropDown,
    Format,
    Formula,
    Palette,
    Style,
    Tone,
    Value,
)
from portfolio.files.workbook.packing import sheet_title, write_book
from portfolio.files.workbook.reading import read_workbook
from portfolio.files.workbook.writing import TableColumn, write_table

__all__ = [
    "Book",
    "BookColumn",
    "BookRow",
    "BookSheet",
    "DropDown",
    "Format",
    "Formula",
    "Palette",
    "Style",
    "TableColumn",
    "Tone",
    "Value",
    "read_workbook",
    "sheet_title",
    "write_book",
    "write_table",
]
