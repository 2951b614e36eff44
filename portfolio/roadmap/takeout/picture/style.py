"""The style sheet of a drawing that stands alone: plain colours, for programs that know no variables of CSS."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.roadmap.figure.tokens import COLOURS, ICE, INK, LANE, LINE, LINGON, PAPER, SPRUCE
from portfolio.roadmap.takeout.picture.frame import TITLE_SIZE

SMALL_SIZE = 12
INK_2, INK_3, EDGE, GHOST, SHADE = "#4a5a68", "#56646f", "#d7dee4", "#7d8b96", "#f6f8fa"
FONT = "'Source Sans Pro',system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',Arial,sans-serif"
"""First the font of our documents, which the program that makes PDF and PNG has."""


def style() -> str:
    """Give the rules for all that a drawing may hold."""
    tones = "".join(
        f".rm-stop.{tone}{{stop-color:{colour}}}.rm-bar.{tone}{{fill:{colour}}}.rm-bar.outline.{tone}{{stroke:{colour}}}"
        for tone, colour in COLOURS.items()
    )
    return tones + "".join(_rules())


def _rules() -> Iterable[str]:
    yield f"text{{font-family:{FONT};font-size:{SMALL_SIZE}px;fill:{INK_2}}}"
    yield f".rm-h1{{font-size:26px;font-weight:700;fill:{INK}}}.rm-sub{{fill:{INK_2}}}"
    yield f".rm-title,.rm-year{{font-weight:600;fill:{INK}}}.rm-title{{font-size:{TITLE_SIZE}px}}"
    yield f".rm-lane{{fill:{LANE}}}.rm-lane.inner{{fill:{PAPER}}}"
    yield f".rm-under{{fill:{INK_3}}}.rm-under.late{{fill:{LINGON}}}.rm-rule{{stroke:{LINE}}}"
    yield f".rm-axis .short{{display:none}}.rm-tick-word{{fill:{INK_3}}}"
    yield f".rm-tick{{stroke:{LINE}}}.rm-axis .rm-tick,.rm-tick.year{{stroke:{EDGE}}}"
    yield f".rm-stop.part{{stop-color:#000}}.rm-bar.outline{{fill:{PAPER};stroke-width:1.5;stroke-dasharray:4 3}}"
    yield f".rm-bar.outline.prepared{{fill:{ICE}}}.rm-bar.soft.outline{{fill:none}}.rm-part{{opacity:.24}}"
    yield f".rm-stop.ghost{{stop-color:{GHOST}}}"
    yield f".rm-part.outline{{opacity:.12}}.rm-label.light{{fill:{PAPER}}}"
    yield f".rm-reach{{fill:{INK_2}}}.rm-ghost{{fill:{GHOST}}}"
    yield f".rm-diamond{{fill:{INK};stroke:{PAPER};stroke-width:3;paint-order:stroke}}"
    yield f".rm-diamond.recurring{{fill:{PAPER};stroke:{INK};stroke-width:1.5}}.rm-diamond.completed{{fill:{SPRUCE}}}"
    yield f".rm-overrun{{stroke:{LINGON};stroke-width:2.5;stroke-dasharray:2 4}}.rm-mark{{overflow:visible}}"
    yield f".rm-today{{stroke:{LINGON};stroke-width:2}}.rm-today-edge{{stroke:{PAPER};stroke-width:5}}"
    yield f".rm-band{{fill:{SHADE}}}"
    yield f".rm-link{{fill:none;stroke:{INK_3};stroke-width:1.25}}.rm-tip{{fill:{INK_3}}}"
    yield f".rm-link.broken{{stroke:{LINGON};stroke-dasharray:4 3}}.rm-tip.broken{{fill:{LINGON}}}"
