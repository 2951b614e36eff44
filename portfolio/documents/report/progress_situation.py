"""The situation of each service area as a chart and an equal table: colours of health, or statuses without a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.documents.report.facts import Item, ProgressFacts
from portfolio.documents.report.model import Chart, Colour, ColumnFormat, Field, Grid, Part, Stack, Value
from portfolio.documents.report.voice import Voice, by_area
from portfolio.register.rules import Status
from portfolio.reviews.rules import HEALTH_WORDS, Health

HEADING = N_("Situation by service area")
BY_HEALTH = N_("The colours are those that the responsible posts have given.")
BY_STATUS = N_("The bars count initiatives by their status.")
NOT_TOLD = N_("The situation has not been told")
ALT = N_("Bars by service area. %(areas)s.")
AREA, NUMBER = N_("%(area)s: %(counts)s"), N_("%(words)s %(number)s")
HEALTH_SERIES: Mapping[Health | None, tuple[str, Colour]] = MappingProxyType(
    {
        Health.GREEN: (HEALTH_WORDS[Health.GREEN], Colour.GOOD),
        Health.YELLOW: (HEALTH_WORDS[Health.YELLOW], Colour.RISK),
        Health.RED: (HEALTH_WORDS[Health.RED], Colour.BAD),
        None: (NOT_TOLD, Colour.PLAIN),
    }
)
TO_COME, GOING_ON, READY, HALTED = N_("To come"), N_("Going on"), N_("Ready or in use"), N_("Paused or stopped")
STATUS_SERIES: Mapping[str, tuple[frozenset[Status], Colour]] = MappingProxyType(
    {
        TO_COME: (frozenset({Status.PROPOSED, Status.IN_PREPARATION}), Colour.PLAIN),
        GOING_ON: (frozenset({Status.APPROVED, Status.UNDER_WAY}), Colour.DONE),
        READY: (frozenset({Status.COMPLETED, Status.IN_USE, Status.ESTABLISHED}), Colour.GOOD),
        HALTED: (frozenset({Status.PAUSED, Status.STOPPED, Status.REJECTED, Status.MERGED}), Colour.RISK),
    }
)


def situation_part(facts: ProgressFacts, voice: Voice) -> Part:
    """Count the initiatives of each service area by colour, or by status, as bars and as a table."""
    if facts.round is not None:
        series = [(voice.say(words), colour) for words, colour in HEALTH_SERIES.values()]
        return _part(facts, voice, series, _count_health, BY_HEALTH)
    series = [(voice.say(words), colour) for words, (_statuses, colour) in STATUS_SERIES.items()]
    return _part(facts, voice, series, _count_status, BY_STATUS)


def _count_health(items: Sequence[Item]) -> list[int]:
    counts = Counter(item.told.health if item.told else None for item in items)
    return [counts[one] for one in HEALTH_SERIES]


def _count_status(items: Sequence[Item]) -> list[int]:
    return [sum(item.status in statuses for item in items) for statuses, _colour in STATUS_SERIES.values()]


def _part(
    facts: ProgressFacts,
    voice: Voice,
    series: Sequence[tuple[str, Colour]],
    count: Callable[[Sequence[Item]], list[int]],
    about: str,
) -> Part:
    counted = [(voice.area(area), count(own), len(own)) for area, own in by_area(facts.areas, facts.items)]
    names = [area if isinstance(area, str) else area.text for area, _numbers, _all in counted]
    stacks = [Stack(name, numbers) for name, (_area, numbers, _all) in zip(names, counted, strict=True)]
    words = [voice.say(AREA, area=stack.label, counts=_counts(stack, series, voice)) for stack in stacks]
    fields = [
        Field(voice.say(N_("Service area")), share=2.6),
        *(Field(name, ColumnFormat.NUMBER) for name, _colour in series),
        Field(voice.say(N_("Together")), ColumnFormat.NUMBER),
    ]
    rows: list[list[Value]] = [[area, *numbers, whole] for area, numbers, whole in counted]
    foot: list[Value] = [voice.say(N_("Together")), *count(facts.items), len(facts.items)]
    return Part(
        voice.say(HEADING),
        [voice.say(about)],
        chart=Chart(voice.say(ALT, areas="; ".join(words)), series, stacks),
        grid=Grid(voice.say(N_("Situation")), fields, rows, foot),
    )


def _counts(stack: Stack, series: Sequence[tuple[str, Colour]], voice: Voice) -> str:
    told = (
        voice.say(NUMBER, words=words, number=number)
        for (words, _colour), number in zip(series, stack.numbers, strict=True)
        if number
    )
    return ", ".join(told)
