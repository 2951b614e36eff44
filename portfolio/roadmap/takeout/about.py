"""What a roadmap says of itself where no page stands round it: whose it is, of which time, how narrowed and grouped."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.core.language import N_, format_date, say, say_plural
from portfolio.core.money import format_money
from portfolio.core.timespan import Timespan
from portfolio.roadmap.bars import Lane, Roadmap, Row, period, sentence
from portfolio.roadmap.bars.words import status_words

NOT_NAMED = N_("not named")


@dataclass(frozen=True, slots=True)
class About:
    """A roadmap's title, whose it is, how it is grouped, its point in time in words, and how it was narrowed.

    ``language`` is the one of everything that the file says.
    """

    title: str
    municipality: str
    grouping: str
    time: str
    language: str
    narrowed: tuple[str, ...] = ()


def period_line(roadmap: Roadmap, about: About) -> str:
    """Say which time is shown and how the rows stand: "2023–2025 · ryhmittely: näkökulma"."""
    grouped = say(N_("grouped by: %(grouping)s"), about.language, grouping=about.grouping.lower())
    return f"{period(roadmap.window, about.language)} · {grouped}"


def source_line(about: About) -> str:
    """Say where the roadmap is from and of when: "Turku · Tilanne 12.5.2023"."""
    return f"{about.municipality} · {say(N_('As of %(time)s'), about.language, time=about.time)}"


def lines(roadmap: Roadmap, about: About) -> list[str]:
    """Give all that stands over the picture or the table, below its title."""
    return [
        source_line(about),
        f"{sentence(roadmap, about.language)} · {period_line(roadmap, about)}",
        *about.narrowed,
    ]


def lane_words(lane: Lane, language: str) -> str:
    """Say how much a lane holds: "3 kohdetta · 2,1 milj. € · 1 ilman lukua"."""
    parts = [say_plural("%(num)s initiative", "%(num)s initiatives", len(lane.rows), language)]
    if lane.money.known is not None:
        parts.append(format_money(lane.money.known, language, "meur"))
        if without := lane.money.unknown:
            parts.append(say_plural("%(num)s without a figure", "%(num)s without a figure", without, language))
    return " · ".join(parts)


def owner_words(row: Row, language: str) -> str:
    """Name the responsible post; one that is not named is said to be so."""
    return row.item.owner or say(NOT_NAMED, language)


def row_words(row: Row, language: str) -> str:
    """Say a row in full for those who do not see its bar: title, status, who, when, milestones."""
    parts = [f"{row.item.title}: {status_words(row, language)}", owner_words(row, language)]
    if row.item.span is not None:
        parts.append(time_words(row.item.span, language))
    told = marks_words(row, language)
    return ". ".join(filter(None, [*parts, told]))


def marks_words(row: Row, language: str) -> str:
    """Tell the milestones: "Ohjausryhmä nimetty, kesällä 2024; …"."""
    found = []
    for mark in row.told:
        done = say(N_("done %(day)s"), language, day=mark.completed_on) if mark.completed_on else ""
        found.append(", ".join(filter(None, (mark.title, mark.words, done))))
    return "; ".join(found)


def time_words(span: Timespan, language: str) -> str:
    """Say a time as it was written, with its days behind it where it has any: "syksy 2026 (1.8.2026–31.12.2026)"."""
    days = "–".join(format_date(day, language) if day else "" for day in (span.start, span.end))
    if days in {"–", span.words}:
        return span.words
    return f"{span.words} ({days})" if span.words else days
