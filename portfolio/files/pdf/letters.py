"""Letters that a document can hold: what no font of ours has is written as its number, so that nothing is lost."""

from __future__ import annotations

import enum
import re
import unicodedata
from functools import cache
from importlib import resources

import typst

RARE = re.compile(r"[^\t\n -~\xa0-\u017f–—‘’“”…·•→✓€−]")
"""Letters that have to be asked about; all others stand in our font."""
UNSEEN = frozenset({"Cf", "Me", "Zl", "Zp"})
"""Kinds of letters (Unicode's general categories) that shape or part others and are nothing by themselves."""
ASKED = b"#set document(title: sys.inputs.letter)\n#sys.inputs.letter"


@cache
def fonts() -> typst.Fonts:
    """Give our font, which comes as a package, and Typst's own for letters that it has not; none of the machine's."""
    folder = resources.files("font_source_sans_pro") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


class Spelling(enum.Enum):
    """Which rare letters are written by their numbers: more of them, until Typst takes the text."""

    MISSING = enum.auto()
    """Those that no font has."""
    UNSEEN = enum.auto()
    """Those too that are nothing by themselves: marks of direction, joiners, frames round a letter. Some can be set
    alone and not in the company of others, which cannot be asked about letter by letter."""
    RARE = enum.auto()
    """All of them."""


def spell_out(text: str, how: Spelling = Spelling.MISSING) -> str:
    """Write rare letters by their numbers: "[U+1F642]"."""
    spelt = {ord(one): f"[U+{ord(one):04X}]" for one in set(RARE.findall(text)) if _is_spelt(one, how)}
    return text.translate(spelt) if spelt else text


def _is_spelt(letter: str, how: Spelling) -> bool:
    if how is Spelling.RARE:
        return True
    unseen = how is Spelling.UNSEEN and unicodedata.category(letter) in UNSEEN
    return unseen or not _has(letter)


def _has(letter: str) -> bool:
    """Ask Typst, which refuses a PDF/UA document with a letter that cannot be seen."""
    asked = {"letter": letter}
    try:
        typst.compile(ASKED, font_paths=fonts(), sys_inputs=asked, format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
