"""What a roadmap says of itself where no page stands round it: whose it is, of which time, how narrowed and grouped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from portfolio.core.language import N_, format_date, say, say_plural
from portfolio.core.money import format_money
from portfolio.core.timespan import Timespan
from portfolio.files.document import Paper
from portfolio.register.rules import difference_sentence, fate_words, lines_of
from portfolio.roadmap.bars import Item, Lane, Need, Roadmap, Row, Swatch, Tone, period, sentence
from portfolio.roadmap.bars.words import FOLLOWS, NEEDS, status_words

NOT_NAMED = N_("not named")
NEEDED, CHANGES = N_("Needs first"), N_("Changed since")
OUTSIDE, UNDATED, GONE = N_("Outside the time shown"), N_("Without a time"), N_("Left since %(time)s")
NOT_KEPT = N_("%(title)s (not ready in time)")


@dataclass(frozen=True, slots=True)
class About:
    """A roadmap's title, whose it is, how it is grouped, its point in time in words, and how it was narrowed.

    ``language`` is the one of everything that the file says. ``inner`` names the lanes within lanes and ``colour`` what
    colours tell, where that is not the status. ``paper`` is what a document is laid out for.
    """

    title: str
    municipality: str
    grouping: str
    time: str
    language: str
    narrowed: tuple[str, ...] = ()
    inner: str = ""
    colour: str = ""
    paper: Paper = Paper.A4


def period_line(roadmap: Roadmap, about: About) -> str:
    """Say which time is shown and how the rows stand: "2023–2025 · ryhmittely: näkökulma"."""
    ways = ", ".join(way.lower() for way in (about.grouping, about.inner) if way)
    grouped = say(N_("grouped by: %(grouping)s"), about.language, grouping=ways)
    return f"{period(roadmap.window, about.language)} · {grouped}"


def source_line(about: About) -> str:
    """Say where the roadmap is from and of when: "Turku · Tilanne 12.5.2023"."""
    time = say(N_("As of %(time)s"), about.language, time=about.time)
    return f"{about.municipality} · {time}"


def lines(roadmap: Roadmap, about: About) -> list[str]:
    """Give all that stands over the picture or the table, below its title."""
    return [
        source_line(about),
        f"{sentence(roadmap, about.language)} · {period_line(roadmap, about)}",
        *compared_lines(roadmap, about.language),
        *about.narrowed,
    ]


def compared_lines(roadmap: Roadmap, language: str) -> Iterable[str]:
    """Say with what the roadmap is compared and how much differs, where it is."""
    if found := roadmap.compared:
        compared = say(N_("Compared with: %(time)s"), language, time=found.words)
        yield f"{compared}. {difference_sentence(found.difference, language)}"


def lane_words(lane: Lane, language: str) -> str:
    """Say how much a lane holds: "3 kohdetta · 2,1 milj. € · 1 ilman lukua"."""
    parts = [say_plural("%(num)s initiative", "%(num)s initiatives", lane.count, language)]
    if lane.money.known is not None:
        parts.append(format_money(lane.money.known, language, "meur"))
        if without := lane.money.without:
            parts.append(say_plural("%(num)s without a figure", "%(num)s without a figure", without, language))
    return " · ".join(parts)


def owner_words(row: Row, language: str) -> str:
    """Name the responsible post; one that is not named is said to be so."""
    return row.item.owner or say(NOT_NAMED, language)


def row_facts(row: Row, palette: Sequence[Swatch], language: str, drawn: Collection[tuple[int, int]] = ()) -> str:
    """Say what stands under a title: how the row is, what its colour stands for, what it needs, who, when.

    ``drawn`` are the ids of (what comes first, what needs it) that an arrow shows in the same picture.
    """
    item = row.item
    needs = [one for one in item.needs if (one.id, item.id) not in drawn]
    facts = (
        fate_of(item, language) or "",
        status_words(row, language),
        colour_words(item, palette),
        *needs_lines(needs, language),
        owner_words(row, language),
        item.span.words if item.span else "",
    )
    return " · ".join(filter(None, facts))


def row_words(row: Row, palette: Sequence[Swatch], language: str) -> str:
    """Say a row in full for those who do not see its bar: title, status, who, when, milestones, needs, changes."""
    parts = [f"{row.item.title}: {status_words(row, language)}", colour_words(row.item, palette)]
    parts.append(owner_words(row, language))
    if row.item.span is not None:
        parts.append(time_words(row.item.span, language))
    more = (marks_words(row, language), *needs_lines(row.item.needs, language), *change_lines(row.item, language))
    return ". ".join(filter(None, [*parts, *more]))


def needs_lines(needs: Iterable[Need], language: str) -> Iterator[str]:
    """Say what must be ready before, then what is: "Tarvitsee ensin: Tontit; Kaava (ei ehdi valmiiksi)"."""
    kinds: dict[str, list[Need]] = {NEEDS: [], FOLLOWS: []}
    for need in needs:
        kinds[FOLLOWS if need.done and not need.broken else NEEDS].append(need)
    for words, some in kinds.items():
        if some:
            yield say(words, language, titles=needed_titles(some, language))


def needed_titles(needs: Iterable[Need], language: str) -> str:
    """Name what must be ready before, and what of it is not going to be."""
    return "; ".join(say(NOT_KEPT, language, title=one.title) if one.broken else one.title for one in needs)


def change_lines(item: Item, language: str) -> list[str]:
    """Say what differs from the time compared with: "Tila: Hyväksytty → Käynnissä"; nothing where nothing does."""
    return lines_of(fate_of(item, language), item.told, language)


def fate_of(item: Item, language: str) -> str | None:
    """Say that an item joined or left since the time compared with; None where it was there at both times."""
    return fate_words(item.change, language) if item.change is not None else None


def colour_words(item: Item, palette: Sequence[Swatch]) -> str:
    """Say what the colour of an item's bar stands for, where that is not its status."""
    return next((swatch.words for swatch in palette if swatch.key == item.colour), "")


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


def unplaced(roadmap: Roadmap, language: str) -> Iterator[tuple[str, Sequence[Row]]]:
    """Give what stands in no lane, each kind with its words: of other times, without a time, no longer there."""
    if roadmap.elsewhere:
        yield say(OUTSIDE, language), roadmap.elsewhere
    if roadmap.undated:
        yield say(UNDATED, language), roadmap.undated
    if roadmap.compared and roadmap.gone:
        yield say(GONE, language, time=roadmap.compared.words), gone_rows(roadmap)


def gone_rows(roadmap: Roadmap) -> list[Row]:
    """Give what was there at the time compared with and has left as rows without a bar."""
    return [Row(item, Tone.PLAIN) for item in roadmap.gone]
