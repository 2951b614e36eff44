"""Tables of Word files, written as XML at once: adding cell by cell takes seconds where there are thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape

from portfolio.files.document import Column, Piece, Section, Table, Tone, Words, without_controls

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHADE, RULE, INK = "F0F6FA", "D7DEE4", "17232E"
BORDERS = (
    f'<w:tblBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="single" w:sz="4" w:color="{RULE}"/>'
    f'<w:right w:val="nil"/><w:insideH w:val="single" w:sz="4" w:color="{RULE}"/><w:insideV w:val="nil"/>'
    "</w:tblBorders>"
)
"""Thin lines between rows and none between columns, as in the PDF."""
ABOVE, BESIDE = 50, 80
"""Air around the words of a cell, in twentieths of a point; the table is set in by it, so that its lines are as wide
as the text."""
MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", ABOVE), ("left", BESIDE), ("bottom", ABOVE), ("right", BESIDE))
)
HEAD_LINE, FOOT_LINE = (
    f'<w:tcBorders><w:{side} w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders>' for side in ("bottom", "top")
)
COLOURS: Mapping[Tone, str] = MappingProxyType(
    {Tone.MUTED: "4A5A68", Tone.ALARM: "A81F43", Tone.OLD: "A81F43", Tone.NEW: "1D6B4F"}
)
SPACING = '<w:spacing w:before="0" w:after="0"/>'
HEAVY = frozenset({Tone.STRONG, Tone.ALARM, Tone.NEW})
LANGUAGES: Mapping[str, str] = MappingProxyType({"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"})


def table_xml(block: Table, style: str, width: int) -> str:
    """Give a table as XML: its first row is its header on every page; a section's row goes over all columns.

    ``style`` is the id of a style of tables; ``width`` is that of the text in twentieths of a point. Raises ValueError
    for a row that has not a cell for each column.
    """
    widths = _widths(block.columns, width)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return (
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblStyle w:val="{escape(style)}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{BESIDE}" w:type="dxa"/>'
        f'{BORDERS}<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{MARGINS}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(_rows(block, widths))}</w:tbl>'
    )


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    whole = sum(column.share for column in columns)
    return [int(width * column.share / whole) for column in columns]


def _rows(block: Table, widths: Sequence[int]) -> Iterator[str]:
    heads = [Piece(column.heading, Tone.STRONG) for column in block.columns]
    yield _row(heads, block, widths, "<w:cantSplit/><w:tblHeader/>", line=HEAD_LINE, keep=True)
    for row in block.rows:
        if isinstance(row, Section):
            yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_section(row, block, widths)}</w:tr>"
        else:
            yield _row(row, block, widths, "<w:cantSplit/>")
    if block.foot:
        yield _row(block.foot, block, widths, "<w:cantSplit/>", heavy=True, line=FOOT_LINE)


def _row(
    cells: Sequence[Words],
    block: Table,
    widths: Sequence[int],
    kind: str,
    *,
    heavy: bool = False,
    line: str = "",
    keep: bool = False,
) -> str:
    """Give a row; ``line`` is a border that its cells have of their own, ``keep`` binds it to the next row."""
    last = len(widths) - 1
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{line}</w:tcPr>'
        f"{_paragraph(words, block.size, place=_place(column, is_last=at == last), heavy=heavy, keep=keep)}</w:tc>"
        for at, (words, column, width) in enumerate(zip(cells, block.columns, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{kind}</w:trPr>{written}</w:tr>"


def _section(section: Section, block: Table, widths: Sequence[int]) -> str:
    """Give one cell over all columns, shaded and kept with the row that it names."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>'
        f"{_paragraph(section.words, block.size, heavy=True, keep=True)}</w:tc>"
    )


def _place(column: Column, *, is_last: bool) -> str:
    """Put numbers at the right, with some distance from the words of the next column."""
    if not column.numbers:
        return ""
    return '<w:jc w:val="right"/>' if is_last else '<w:ind w:right="120"/><w:jc w:val="right"/>'


def _paragraph(words: Words, size: float, *, place: str = "", heavy: bool = False, keep: bool = False) -> str:
    pieces = [words] if isinstance(words, str | Piece) else words
    runs = "".join(_run(Piece(one) if isinstance(one, str) else one, size, heavy=heavy) for one in pieces)
    properties = ("<w:keepNext/>" if keep else "") + SPACING + place
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _run(piece: Piece, size: float, *, heavy: bool) -> str:
    half_points = round(size * 2)
    properties = [
        "<w:b/>" if heavy or piece.tone in HEAVY else "",
        "<w:strike/>" if piece.tone is Tone.OLD else "",
        f'<w:color w:val="{COLOURS[piece.tone]}"/>' if piece.tone in COLOURS else "",
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>',
        f'<w:lang w:val="{LANGUAGES[piece.language]}"/>' if piece.language is not None else "",
    ]
    return f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{_text(piece.text)}</w:r>"


def _text(text: str) -> str:
    """Write a text; its line breaks and tabs are elements of their own."""
    lines = [
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t"))
        for line in without_controls(text).split("\n")
    ]
    return "<w:br/>".join(lines)
