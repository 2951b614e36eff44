"""Reports: what they are made of, and how they become files. Who builds which one lies beside this package."""

from portfolio.documents.report.model import (
    Chart,
    Colour,
    Field,
    Grid,
    Group,
    Part,
    Report,
    Shown,
    Stack,
    Value,
    numbered,
)
from portfolio.documents.report.writing import WRITERS, as_document, as_workbook

__all__ = [
    "WRITERS",
    "Chart",
    "Colour",
    "Field",
    "Grid",
    "Group",
    "Part",
    "Report",
    "Shown",
    "Stack",
    "Value",
    "as_document",
    "as_workbook",
    "numbered",
]
