"""How the tones of a book look: the colours of the pages (look.css), with enough contrast to be read on paper too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from portfolio.files.workbook.book import Format, Palette, Style, Tone

if TYPE_CHECKING:
    from openpyxl.styles.styleable import StyleableObject

Made: TypeAlias = Any
"""A write-only sheet of openpyxl, of which the type stubs know only a part."""

INK, INK_2, INK_3, LINE = "17232E", "4A5A68", "56646F", "D7DEE4"
LAKE, ICE, ICE_2, SHADE, WHITE = "0B4A75", "E3EDF4", "F0F6FA", "EEF1F3", "FFFFFF"


def _calibri(color: str, *, size: float = 11, bold: bool = False, italic: bool = False) -> Font:
    return Font(name="Calibri", family=2, size=size, color=color, bold=bold, italic=italic)


_FONTS: Mapping[Tone, Font] = MappingProxyType(
    {
        Tone.PLAIN: _calibri(INK),
        Tone.CLOSED: _calibri(INK_3),
        Tone.COMPUTED: _calibri(INK_3, italic=True),
        Tone.HEADING: _calibri(WHITE, bold=True),
        Tone.QUIET_HEADING: _calibri(INK_2, bold=True),
        Tone.SECTION: _calibri(LAKE, bold=True, size=12),
        Tone.SUBSECTION: _calibri(INK, bold=True),
        Tone.TOTAL: _calibri(INK, bold=True),
        Tone.TITLE: _calibri(LAKE, bold=True, size=20),
        Tone.STRONG: _calibri(LAKE, bold=True, size=12),
        Tone.LABEL: _calibri(INK, bold=True),
        Tone.GUIDE: _calibri(INK),
    }
)
_FILLS: Mapping[Tone, str] = MappingProxyType(
    {
        Tone.CLOSED: SHADE,
        Tone.COMPUTED: SHADE,
        Tone.HEADING: LAKE,
        Tone.QUIET_HEADING: ICE,
        Tone.SECTION: ICE,
        Tone.SUBSECTION: ICE_2,
    }
)
_WITHOUT_LINES = frozenset({Tone.TITLE, Tone.STRONG, Tone.LABEL, Tone.GUIDE})
_CENTRED_DOWN = frozenset({Tone.HEADING, Tone.QUIET_HEADING, Tone.SECTION, Tone.SUBSECTION})
_LARGER = 4
"""How much larger than its other text, in points, the title of a book with a palette is."""
_WRAPPED = frozenset({Tone.HEADING, Tone.QUIET_HEADING})


class StyleBook:
    """The styles of one workbook by number, each made once."""

    def __init__(self, sheet: Made, palette: Palette | None = None) -> None:
        """Keep the styles of the workbook that the sheet belongs to."""
        self._sheet = sheet
        self._palette = palette
        self._numbers: dict[tuple[Style, bool], int] = {}

    def number(self, style: Style, *, quoted: bool = False) -> int:
        """Give the number of a style; ``quoted`` is for text that looks like a formula and is none."""
        asked = (style, quoted)
        if asked not in self._numbers:
            cell = WriteOnlyCell(self._sheet)
            dress(cell, style, self._palette)
            cell.quotePrefix = quoted
            self._numbers[asked] = cell.style_id
        return self._numbers[asked]


def dress(target: StyleableObject, style: Style, palette: Palette | None = None) -> None:
    """Give a cell or a column the look of a style."""
    target.font = _FONTS[style.tone] if palette is None else _font(style.tone, palette)
    target.alignment = _alignment(style)
    if fill := (_FILLS if palette is None else _fills(palette)).get(style.tone):
        target.fill = PatternFill("solid", fgColor=fill)
    if style.tone not in _WITHOUT_LINES:
        target.border = _lines(strong_top=style.tone is Tone.TOTAL)
    if style.format != Format.GENERAL:
        target.number_format = style.format


@cache
def _fills(palette: Palette) -> Mapping[Tone, str]:
    given = {
        Tone.HEADING: palette.heading,
        Tone.SECTION: palette.section,
        Tone.SUBSECTION: palette.subsection,
        Tone.TOTAL: palette.total,
    }
    return MappingProxyType({**_FILLS, **given})


@cache
def _font(tone: Tone, palette: Palette) -> Font:
    ours = _FONTS[tone]
    own = {
        Tone.TITLE: Font(color=palette.heading, bold=True),
        Tone.SECTION: Font(bold=True),
        Tone.SUBSECTION: Font(bold=True, italic=True),
        Tone.COMPUTED: Font(color=INK_3),
    }.get(tone, ours)
    size = palette.size + _LARGER if tone is Tone.TITLE else palette.size
    return Font(name=palette.font, size=size, color=own.color or INK, bold=own.bold, italic=own.italic)


def _alignment(style: Style) -> Alignment:
    return Alignment(
        horizontal="center" if style.centred else "left" if style.indent else None,
        vertical="center" if style.tone in _CENTRED_DOWN else "top",
        wrap_text=style.wrap or style.tone in _WRAPPED,
        indent=style.indent,
    )


@cache
def _lines(*, strong_top: bool) -> Border:
    thin = Side("thin", color=LINE)
    return Border(left=thin, right=thin, top=Side("medium", color=INK_2) if strong_top else thin, bottom=thin)
