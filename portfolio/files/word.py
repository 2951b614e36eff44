"""Documents as Word files to edit: the same document as the PDF, in styles, with headers of tables that repeat."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from portfolio.files.document import (
    Block,
    Bullets,
    Document,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Piece,
    Table,
    Tone,
    Words,
    without_controls,
)
from portfolio.files.pdf import draw_png
from portfolio.files.word_table import HEAVY, LANGUAGES, table_xml

SIZES = {Paper.A4: (210, 297), Paper.A3: (297, 420)}
"""Width and height of the papers in millimetres."""
MARGIN = 18
INK, SOFT, LINGON, SPRUCE = (RGBColor.from_string(one) for one in ("17232E", "4A5A68", "A81F43", "1D6B4F"))
FONT = "Calibri"
LARGEST_LEVEL = 4
SIZE = re.compile(r'<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"')


def write_word(document: Document) -> bytes:
    """Write a document as .docx; what cannot be seen is told to readers of the screen as in the PDF."""
    made = docx.Document()
    _set_up(made, document)
    made.add_heading(without_controls(document.title), level=1)
    for line in document.lead:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _write(paragraph, line, colour=SOFT)
    for block in document.blocks:
        _add(made, block, document)
    _foot(made, document)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _set_up(made: Any, document: Document) -> None:
    """Set paper, fonts, colours, the language, and what the file says of itself."""
    made.core_properties.title = without_controls(document.title)
    made.core_properties.author = without_controls(document.author)
    made.core_properties.language = LANGUAGES[document.language]
    made.core_properties.comments = ""
    page = made.sections[0]
    short, long = SIZES[document.paper]
    wide = document.landscape
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (Mm(long), Mm(short)) if wide else (Mm(short), Mm(long))
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10.5), INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.1
    _speak(normal.element.get_or_add_rPr(), document.language)
    foot = made.styles["Footer"].font
    foot.size, foot.color.rgb = Pt(9), SOFT
    made.settings.element.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))
    for level, size in zip(range(1, LARGEST_LEVEL + 1), (20, 15, 12.5, 11), strict=True):
        style = made.styles[f"Heading {level}"]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0 if level == 1 else 14), Pt(4)
        style.font.name, style.font.size, style.font.color.rgb, style.font.bold = FONT, Pt(size), INK, True
        style.element.rPr.rFonts.set(qn("w:ascii"), FONT)
        style.element.rPr.rFonts.set(qn("w:hAnsi"), FONT)


def _add(made: Any, block: Block, document: Document) -> None:
    match block:
        case Heading(text, level):
            made.add_heading(without_controls(text), level=min(level + 1, LARGEST_LEVEL))
        case Paragraph(words, keep):
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.keep_with_next = keep
            _write(paragraph, words)
        case Bullets(points):
            for point in points:
                _write(made.add_paragraph(style="List Bullet"), point)
        case Table():
            _add_table(made, block)
        case Picture():
            _add_picture(made, block, document)
        case PageBreak():
            made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_table(made: Any, block: Table) -> None:
    """Add a table whose first row is its header on every page; a section's row goes over all columns."""
    section = made.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    written = table_xml(block, made.styles["Table Grid"].style_id, Emu(room).twips)
    made._body._element._insert_tbl(parse_xml(written))


def _add_picture(made: Any, block: Picture, document: Document) -> None:
    """Add a drawing as a picture with its alternative text; Word shows no SVG everywhere."""
    section = made.sections[-1]
    room = (section.page_width - section.left_margin - section.right_margin) * block.width / 100
    drawing = made.add_picture(io.BytesIO(draw_png(block.svg, *_size_of(block.svg))), width=int(room))
    described = drawing._inline.docPr
    described.set("descr", without_controls(block.alt))
    described.set("title", without_controls(document.title))


def _size_of(svg: str) -> tuple[float, float]:
    """Return the width and height that a drawing gives itself, in pixels."""
    found = SIZE.search(svg)
    if found is None:
        message = "a drawing has a width and a height"
        raise ValueError(message)
    return float(found[1]), float(found[2])


def _foot(made: Any, document: Document) -> None:
    """Write the source, the point in time and the number of the page at the foot of each page."""
    paragraph = made.sections[0].footer.paragraphs[0]
    _write(paragraph, f"{document.foot} · " if document.foot else "", colour=SOFT, size=9)
    for part in _split(document.page_words):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(9), SOFT
        if part in {"{page}", "{pages}"}:
            _add_field(run, "PAGE" if part == "{page}" else "NUMPAGES")
        else:
            run.text = without_controls(part)


def _split(page_words: str) -> Iterator[str]:
    """Cut words at the numbers of the page and of the pages."""
    first, mark, rest = page_words.partition("{page}")
    yield first
    if mark:
        yield mark
    between, mark, after = rest.partition("{pages}")
    yield between
    if mark:
        yield mark
    yield after


def _write(paragraph: Any, words: Words, *, size: float | None = None, colour: RGBColor | None = None) -> None:
    """Write words into a paragraph, each piece in its tone; line breaks stay."""
    pieces = [words] if isinstance(words, str | Piece) else words
    for one in pieces:
        piece = Piece(one) if isinstance(one, str) else one
        run = paragraph.add_run(without_controls(piece.text))
        font = run.font
        font.bold = piece.tone in HEAVY or None
        font.strike = True if piece.tone is Tone.OLD else None
        tone = {Tone.MUTED: SOFT, Tone.ALARM: LINGON, Tone.OLD: LINGON, Tone.NEW: SPRUCE}.get(piece.tone, colour)
        if tone is not None:
            font.color.rgb = tone
        if size is not None:
            font.size = Pt(size)
        if piece.language is not None:
            _speak(run._element.get_or_add_rPr(), piece.language)


def _speak(properties: Any, language: str) -> None:
    """Tell the language of a text, by which it is read aloud and checked."""
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), LANGUAGES[language])
    properties.append(element)


def _add_field(run: Any, name: str) -> None:
    """Add a number that Word keeps itself."""
    for kind, text in (("begin", None), (None, name), ("end", None)):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)
