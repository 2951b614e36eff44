"""Workbooks in and out: read safely as values with addresses, written as plain tables or as books to work in."""

from portfolio.files.workbook.book import Format
from portfolio.files.workbook.reading import read_workbook
from portfolio.files.workbook.writing import TableColumn, write_table

__all__ = ["Format", "TableColumn", "read_workbook", "write_table"]
