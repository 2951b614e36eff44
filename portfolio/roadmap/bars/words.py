"""A roadmap in words: how much it shows, of which time, and each row for those who do not see its bar."""

from __future__ import annotations

import enum

from portfolio.core.language import N_, format_date, format_percent, quarter, say, say_plural
from portfolio.register.rules import Status
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.roadmap.bars.model import MarkKind, Need, Roadmap, Row, Tone
from portfolio.roadmap.bars.row import OUTLINED, TONES
from portfolio.roadmap.bars.window import MONTHS_OF_QUARTER, Scale, Window

LATE = N_("Late")
NOTHING = N_("No initiatives")


def sentence(roadmap: Roadmap, language: str) -> str:
    """Say how much there is: "32 initiatives, 3 lanes, 4 without a time"; what is none is left out."""
    if not roadmap.count:
        return say(NOTHING, language)

    def ngettext(one: str, many: str, count: int) -> str:  # a name by which texts are collected for translation
        return say_plural(one, many, count, language) if count else ""

    rows = roadmap.rows
    tentative = sum(row.item.span is not None and row.item.span.tentative for row in rows)
    elsewhere = len(roadmap.elsewhere)
    parts = [
        ngettext("%(num)s initiative", "%(num)s initiatives", roadmap.count),
        ngettext("%(num)s lane", "%(num)s lanes", sum(lane.level == 1 for lane in roadmap.lanes)),
        ngettext("%(num)s late", "%(num)s late", sum(row.item.late for row in rows)),
        ngettext("%(num)s at a tentative time", "%(num)s at a tentative time", tentative),
        ngettext("%(num)s without a time", "%(num)s without a time", len(roadmap.undated)),
        ngettext("%(num)s outside the time shown", "%(num)s outside the time shown", elsewhere),
    ]
    return ", ".join(filter(None, parts))


def period(window: Window, language: str) -> str:
    """Name the time that is shown: "2023–2025", "3. neljännes 2024", "1.8.2021–31.5.2025"."""
    first, last = window.first, window.last
    match window.scale:
        case Scale.QUARTER:
            return f"{quarter((first.month - 1) // MONTHS_OF_QUARTER + 1, language)} {first.year}"
        case Scale.TERM:
            return f"{format_date(first, language)}–{format_date(last, language)}"
        case _:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def status_words(row: Row, language: str, *, with_late: bool = True) -> str:
    """Say how a row is: "Käynnissä, myöhässä, 45 %"; lateness can be left out where it is said beside."""
    item = row.item
    words = [say(STATUS_WORDS[item.status], language)]
    if item.late and with_late:
        words.append(say(LATE, language).lower())
    if item.progress is not None:
        words.append(format_percent(item.progress, language))
    return ", ".join(words)


NEEDS, FOLLOWS = N_("Needs first: %(titles)s"), N_("Follows: %(titles)s")
BEGINS_BEFORE = N_("Begins before this ends: %(title)s")


def need_words(need: Need, language: str) -> str:
    """Say what an initiative needs first: "Tarvitsee ensin: Kaava", or that it would not be there in time."""
    if need.broken:
        return say(BEGINS_BEFORE, language, title=need.title)
    return say(FOLLOWS if need.done else NEEDS, language, titles=need.title)


SHAPES = {
    Status.PROPOSED: "ring",
    Status.IN_PREPARATION: "half",
    Status.APPROVED: "dot",
    Status.UNDER_WAY: "square",
    Status.COMPLETED: "tick",
    Status.IN_USE: "ticks",
    Status.ESTABLISHED: "ticks",
    Status.PAUSED: "bars",
    Status.STOPPED: "stop",
    Status.REJECTED: "cross",
    Status.MERGED: "arrow",
}
"""The shape of each status, the same as on its chip."""


class Sign(enum.StrEnum):
    """What the legend explains beside the tones."""

    UNDECIDED = "undecided"
    TENTATIVE = "tentative"
    VAGUE = "vague"
    OPEN = "open"
    LATE = "late"
    MILESTONE = "milestone"
    RECURRING = "recurring"
    COMPLETED = "completed"
    ROUGH = "rough"
    GHOST = "ghost"
    ARROW = "arrow"
    BROKEN = "broken"
    TERM = "term"
    TODAY = "today"


SIGN_WORDS = {
    Sign.UNDECIDED: N_("Proposed or in preparation"),
    Sign.TENTATIVE: N_("Tentative time"),
    Sign.VAGUE: N_("Time known roughly"),
    Sign.OPEN: N_("Beginning or end open"),
    Sign.LATE: N_("Past its end"),
    Sign.MILESTONE: N_("Milestone"),
    Sign.RECURRING: N_("Yearly deadline"),
    Sign.COMPLETED: N_("Milestone reached"),
    Sign.ROUGH: N_("Milestone known roughly"),
    Sign.GHOST: N_("At the time compared with"),
    Sign.ARROW: N_("Dependency"),
    Sign.BROKEN: N_("Dependency that is broken"),
    Sign.TERM: N_("Every second council term"),
    Sign.TODAY: N_("Today"),
}


def tones_of(roadmap: Roadmap, language: str) -> dict[Tone, str]:
    """Name the tones of the bars that are drawn by the statuses that they stand for: "Valmis, käytössä"."""
    if roadmap.palette:
        return _classes_of(roadmap, language)
    present = {row.item.status for row in roadmap.rows if row.bar}
    found: dict[Tone, list[str]] = {}
    for status in (status for status in Status if status in present):
        found.setdefault(TONES[status], []).append(say(STATUS_WORDS[status], language))
    return {tone: ", ".join([words[0], *(word.lower() for word in words[1:])]) for tone, words in found.items()}


def _classes_of(roadmap: Roadmap, language: str) -> dict[Tone, str]:
    """Name the tones of the bars by the classes that they stand for; those without a colour of their own share one."""
    present = {row.item.colour for row in roadmap.rows if row.bar}
    found: dict[Tone, list[str]] = {}
    for swatch in (swatch for swatch in roadmap.palette if swatch.key in present):
        found.setdefault(swatch.tone, []).append(swatch.words)
    shared = found.get(Tone.PLAIN, [])
    if len(shared) > 1:
        found[Tone.PLAIN] = [say(N_("Others: %(names)s"), language, names=", ".join(shared))]
    return {tone: words[0] for tone, words in found.items()}


def signs_of(roadmap: Roadmap) -> list[Sign]:
    """Give the signs that are drawn, in the legend's order."""
    rows = roadmap.rows
    shapes = [row.shape for row in rows if row.bar and row.shape]
    kinds = {placed.kind for row in rows for placed in row.marks}
    drawn = {
        Sign.UNDECIDED: bool(roadmap.palette) and any(row.bar and TONES[row.item.status] in OUTLINED for row in rows),
        Sign.TENTATIVE: any(row.bar and row.item.span is not None and row.item.span.tentative for row in rows),
        Sign.VAGUE: any(shape.vague for shape in shapes),
        Sign.OPEN: any(shape.open for shape in shapes),
        Sign.LATE: any(row.overrun for row in rows),
        Sign.MILESTONE: MarkKind.MILESTONE in kinds,
        Sign.RECURRING: MarkKind.RECURRING in kinds,
        Sign.COMPLETED: MarkKind.COMPLETED in kinds,
        Sign.ROUGH: any(placed.reach for row in rows for placed in row.marks),
        Sign.GHOST: any(row.ghost for row in rows),
        Sign.ARROW: any(not arrow.broken for arrow in roadmap.arrows),
        Sign.BROKEN: any(arrow.broken for arrow in roadmap.arrows),
        Sign.TERM: any(band.shaded for band in roadmap.bands),
        Sign.TODAY: roadmap.today is not None,
    }
    return [sign for sign, is_drawn in drawn.items() if is_drawn]
