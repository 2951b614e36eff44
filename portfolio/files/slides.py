"""Writing slides of native shapes that people go on editing: each with its name, alternative text and real text.

Places and sizes are points on a page of 960 × 540. Shapes are written as DrawingML (ECMA-376, part 1, chapter 20) and
hung on python-pptx's slides: its own way to add a shape has no soft colours, and takes ten times as long.
"""

from __future__ import annotations

import enum
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Pt

WIDTH, HEIGHT = 960, 540
EMU = 12_700
"""English metric units in a point."""
TITLE_ONLY = 5
"""The layout of python-pptx's own template that has a title and nothing else."""
SMALLEST = 12
LONGEST_PROPERTY = 255
"""Letters that a file's title and author may have; the cover holds the title as it is."""
STRUCK = ' strike="sngStrike"'
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


class Form(enum.StrEnum):
    """The outline of a shape, as DrawingML calls it."""

    BOX = "rect"
    ROUND = "roundRect"
    DIAMOND = "diamond"
    LINE = "line"


class End(enum.IntEnum):
    """The place on a shape to which a connector holds, as PowerPoint numbers them."""

    LEFT = 1
    RIGHT = 3


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour, as #17232e, and how it fades: (offset, opacity) pairs in per cent, none where it is full all along."""

    colour: str
    fade: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line's paint, its width in points and whether it is dashed."""

    paint: Paint
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text in one colour and size; what is no longer so is ``struck``."""

    text: str
    colour: str
    size: float = SMALLEST
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape. Without ``alt`` or ``text`` it is decoration, which screen readers pass over; a text does not wrap."""

    name: str
    x: float
    y: float
    width: float
    height: float
    form: Form = Form.BOX
    fill: Paint | None = None
    stroke: Stroke | None = None
    text: Sequence[Words] = ()
    align: str = "l"
    alt: str = ""
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Connector:
    """An arrow that holds to two shapes of its slide, by their names, and moves with them.

    It goes from the right side of ``start`` to the left side of ``end``; ``stub`` is how far it goes straight there.
    """

    name: str
    start: Shape
    end: Shape
    stroke: Stroke
    alt: str
    stub: float = 7


Piece: TypeAlias = Shape | Connector


class Deck:
    """A presentation in the making. ``language`` is that of its texts: fi, sv or en."""

    def __init__(self, title: str, author: str, language: str) -> None:
        self.language = language
        self._file = Presentation()
        self._file.slide_width, self._file.slide_height = Pt(WIDTH), Pt(HEIGHT)
        facts = self._file.core_properties
        facts.title, facts.author = (_clean(words)[:LONGEST_PROPERTY] for words in (title, author))
        facts.language = LOCALES[language]
        self._stretch()

    def add(self, title: Shape, pieces: Iterable[Piece], notes: str = "", *, ground: str | None = None) -> None:
        """Add a slide: its title, which outlines and screen readers list, its shapes in reading order, and notes.

        A connector comes after the two shapes that it joins.
        """
        slide = self._file.slides.add_slide(self._file.slide_layouts[TITLE_ONLY])
        tree = slide.shapes.element
        if ground is not None:
            tree.getparent().insert(0, parse_xml(_ground(Paint(ground))))
        self._entitle(slide, title)
        numbers: dict[str, int] = {}
        for number, piece in enumerate(pieces, start=len(slide.shapes) + 2):
            numbers[piece.name] = number
            if isinstance(piece, Shape):
                tree.append(parse_xml(_sp(number, piece, LOCALES[self.language])))
            else:
                tree.append(parse_xml(_connector(number, piece, numbers)))
        if notes:
            slide.notes_slide.notes_text_frame.text = _clean(notes)

    def save(self) -> bytes:
        """Give the file."""
        file = io.BytesIO()
        self._file.save(file)
        return file.getvalue()

    def _entitle(self, slide: Slide, title: Shape) -> None:
        holder = slide.shapes.title
        if holder is None:
            raise LookupError("The layout has no place for a title")
        holder.name = title.name
        holder.left, holder.top = Pt(title.x), Pt(title.y)
        holder.width, holder.height = Pt(title.width), Pt(title.height)
        body = holder.element.find(".//{*}txBody")
        holder.element.replace(body, parse_xml(_body(title, LOCALES[self.language], "p", NAMESPACES)))

    def _stretch(self) -> None:
        """Widen the template's own places, which are for 4:3, so that slides that people add fit the page."""
        scale = WIDTH / 720
        for layout in (self._file.slide_master, *self._file.slide_layouts):
            for holder in layout.placeholders:
                if holder.element.find(".//{*}xfrm") is not None:
                    holder.left, holder.width = int(holder.left * scale), int(holder.width * scale)


def _ground(paint: Paint) -> str:
    return f"<p:bg {NAMESPACES}><p:bgPr>{_fill(paint)}<a:effectLst/></p:bgPr></p:bg>"


def _sp(number: int, shape: Shape, locale: str) -> str:
    adjust = '<a:gd name="adj" fmla="val 22000"/>' if shape.form is Form.ROUND else ""
    alt = f" descr={quoteattr(_clean(shape.alt))}" if shape.alt else ""
    decorative = "" if shape.alt or shape.text else DECORATIVE
    box = ' txBox="1"' if shape.text and shape.fill is None and shape.stroke is None else ""
    fill = _fill(shape.fill) if shape.fill else "<a:noFill/>"
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(_clean(shape.name))}{alt}>{decorative}'
        f"</p:cNvPr><p:cNvSpPr{box}/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{_emu(shape.x)}" y="{_emu(shape.y)}"/>'
        f'<a:ext cx="{_emu(shape.width)}" cy="{_emu(shape.height)}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape.form}"><a:avLst>{adjust}</a:avLst></a:prstGeom>{fill}{_line(shape.stroke)}</p:spPr>'
        f"{_body(shape, locale, 'p')}</p:sp>"
    )


def _connector(number: int, one: Connector, numbers: Mapping[str, int]) -> str:
    """Write an arrow of three straight parts, or of five where it has to turn back (presetShapeDefinitions.xml)."""
    first, last = one.start, one.end
    x, y = first.x + first.width, first.y + first.height / 2
    across, down = last.x - x, last.y + last.height / 2 - y
    width, height = max(abs(across), 1), max(abs(down), 1)
    stub = one.stub / width
    if across >= 2 * one.stub:
        form, places = "bentConnector3", [stub]
    else:
        away = -stub if across < 0 else stub
        form, places = "bentConnector5", [away, 1 - (last.height / 2 + 2) / height, 1 - away]
    adjust = "".join(
        f'<a:gd name="adj{place}" fmla="val {round(share * 100_000)}"/>' for place, share in enumerate(places, start=1)
    )
    flips = (' flipH="1"' if across < 0 else "") + (' flipV="1"' if down < 0 else "")
    return (
        f'<p:cxnSp {NAMESPACES}><p:nvCxnSpPr><p:cNvPr id="{number}" name={quoteattr(_clean(one.name))}'
        f' descr={quoteattr(_clean(one.alt))}/><p:cNvCxnSpPr><a:stCxn id="{numbers[first.name]}" idx="{End.RIGHT}"/>'
        f'<a:endCxn id="{numbers[last.name]}" idx="{End.LEFT}"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>'
        f'<a:xfrm{flips}><a:off x="{_emu(min(x, x + across))}" y="{_emu(min(y, y + down))}"/>'
        f'<a:ext cx="{_emu(abs(across))}" cy="{_emu(abs(down))}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst>{adjust}</a:avLst></a:prstGeom>{_line(one.stroke, tip=True)}</p:spPr>'
        "</p:cxnSp>"
    )


def _body(shape: Shape, locale: str, prefix: str, namespaces: str = "") -> str:
    """Give a shape's text, its pieces one after another: a line in the middle of its height, several from its top."""
    runs = "".join(
        f'<a:r><a:rPr lang="{locale}" sz="{round(100 * words.size)}" b="{int(words.bold)}"{STRUCK * words.struck}'
        ' dirty="0">'
        f'<a:solidFill>{_colour(words.colour)}</a:solidFill><a:latin typeface="Arial"/></a:rPr>'
        f"<a:t>{escape(_clean(words.text))}</a:t></a:r>"
        for words in shape.text
    )
    wrap, anchor = ("square", "t") if shape.wrap else ("none", "ctr")
    return (
        f'<{prefix}:txBody {namespaces}><a:bodyPr wrap="{wrap}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">'
        f'<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn="{shape.align}"/>{runs}</a:p></{prefix}:txBody>'
    )


def _fill(paint: Paint) -> str:
    if not paint.fade:
        return f"<a:solidFill>{_colour(paint.colour)}</a:solidFill>"
    stops = "".join(
        f'<a:gs pos="{offset * 1000}">{_colour(paint.colour, opacity)}</a:gs>' for offset, opacity in paint.fade
    )
    return f'<a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'


def _line(stroke: Stroke | None, *, tip: bool = False) -> str:
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    end = '<a:tailEnd type="triangle"/>' if tip else ""
    dash = '<a:prstDash val="dash"/>' if stroke.dashed else ""
    return f'<a:ln w="{_emu(stroke.width)}">{_fill(stroke.paint)}{dash}{end}</a:ln>'


def _colour(colour: str, opacity: int = 100) -> str:
    alpha = "" if opacity == 100 else f'<a:alpha val="{opacity * 1000}"/>'  # noqa: PLR2004 - per cent
    return f'<a:srgbClr val="{colour.removeprefix("#")}">{alpha}</a:srgbClr>'


def _emu(points: float) -> int:
    return round(points * EMU)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return FORBIDDEN.sub("", text)
