"""Letters that a document can hold: what no font of ours has is written as its number, so that nothing is lost."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import typst

RARE = re.compile(r"[^\t\n -~\xa0-\u017f–—‘’“”…·•→✓€−]")
"""Letters that have to be asked about; all others stand in our font."""
ASKED = b"#set document(title: sys.inputs.letter)\n#sys.inputs.letter"


@cache
def fonts() -> typst.Fonts:
    """Give our font, which comes as a package, and Typst's own for letters that it has not; none of the machine's."""
    folder = resources.files("font_source_sans_pro") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def spell_out(text: str) -> str:
    """Write letters that no font has by their numbers: "[U+1F642]"."""
    missing = {ord(one): f"[U+{ord(one):04X}]" for one in set(RARE.findall(text)) if not _has(one)}
    return text.translate(missing) if missing else text


def _has(letter: str) -> bool:
    """Ask Typst, which refuses a PDF/UA document with a letter that cannot be seen."""
    asked = {"letter": letter}
    try:
        typst.compile(ASKED, font_paths=fonts(), sys_inputs=asked, format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
