"""A year's budget list by part and source, with sums, what is not known, frames and what is left (requirement 134)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from portfolio.budgets.rules import AMOUNT_WORDS, AMOUNTS, PART_WORDS, BudgetPart, add_up
from portfolio.core.language import N_
from portfolio.documents.report.facts import BudgetFacts, Line
from portfolio.documents.report.model import ColumnFormat, Field, Grid, Group, Part, Report, Value
from portfolio.documents.report.voice import NOT_NAMED, NOTHING_KNOWN, NUMBER_UNKNOWN, Voice
from portfolio.register.rules.words import ANSWER_WORDS

TITLE = N_("Budget list %(year)s")
NO_LINES = N_("No amounts have been written for %(year)s.")
LOCKED = N_("The budget of %(year)s has been approved: its planned amounts do not change.")
LOCKED_ON = N_("The budget of %(year)s was approved on %(day)s: its planned amounts do not change.")
NOT_LOCKED = N_("The budget of %(year)s has not been approved yet.")
SUM = N_("%(part)s: budget %(planned)s, forecast %(forecast)s, actual %(actual)s.")
ZERO = N_("Zero means that there is no separate appropriation; what is not known is said so and is in no sum.")
NO_FRAME = N_("No frame has been set for %(year)s.")
EXTERNAL = N_("external")


def build_budget(facts: BudgetFacts) -> Report:
    """Build the budget list from its facts."""
    voice = Voice(facts.setting.language)
    return voice.report(facts.setting, voice.say(TITLE, year=str(facts.year)), _parts(facts, voice))


def _parts(facts: BudgetFacts, voice: Voice) -> Iterator[Part]:
    yield Part(
        voice.say(N_("Summary")), list(_summary(facts, voice)), grid=_sums(facts, voice) if facts.lines else None
    )
    for part in BudgetPart:
        own = [line for line in facts.lines if line.part is part]
        if own:
            heading = voice.say(PART_WORDS[part])
            yield Part(heading, grid=_lines(heading, own, voice))
    yield _frames(facts, voice)
    if facts.without:
        yield _without(facts, voice)


def _summary(facts: BudgetFacts, voice: Voice) -> Iterator[str]:
    year = str(facts.year)
    if not facts.lines:
        yield voice.say(NO_LINES, year=year)
    for part in BudgetPart:
        own = [line for line in facts.lines if line.part is part]
        if own:
            yield _sum_words(part, own, voice)
    if facts.locked and facts.approved_on:
        yield voice.say(LOCKED_ON, year=year, day=facts.approved_on)
    else:
        yield voice.say(LOCKED if facts.locked else NOT_LOCKED, year=year)
    if facts.lines:
        yield voice.say(ZERO)


def _sum_words(part: BudgetPart, lines: Sequence[Line], voice: Voice) -> str:
    """Say the sums of a part, and of how many of its lines the planned amount is not known and so in no sum."""
    totals = {name: add_up(getattr(line, name) for line in lines) for name in AMOUNTS}
    said = {
        name: voice.say(NOTHING_KNOWN) if total.known is None else voice.money(total.known)
        for name, total in totals.items()
    }
    words = voice.say(SUM, part=voice.say(PART_WORDS[part]), **said)
    ngettext, unknown = voice.count, totals["planned"].unknown
    if not unknown:
        return words
    more = ngettext("%(num)s planned amount is not known.", "%(num)s planned amounts are not known.", unknown)
    return f"{words} {more}"


def _sums(facts: BudgetFacts, voice: Voice) -> Grid:
    """Make the table of sums by part and source, each with how many of its amounts are not known."""
    fields = [
        Field(voice.say(N_("Part")), share=1.6),
        Field(voice.say(N_("Source")), share=2.4),
        *(
            field
            for words in AMOUNT_WORDS.values()
            for field in (
                Field(voice.say(words), ColumnFormat.MONEY, 1.2),
                Field(voice.say(NUMBER_UNKNOWN, amount=voice.say(words)), ColumnFormat.NUMBER, 1.2),
            )
        ),
    ]
    rows: list[list[Value]] = [
        [voice.say(PART_WORDS[part]), source, *_known(list(own))]
        for (part, source), own in groupby(facts.lines, key=lambda line: (line.part, _source(line, voice)))
    ]
    foot: list[Value] = [voice.say(N_("Together")), "", *_known(facts.lines)]
    return Grid(voice.say(N_("Sums")), fields, rows, foot)


def _known(lines: Sequence[Line]) -> list[Value]:
    values: list[Value] = []
    for amount in AMOUNTS:
        total = add_up(getattr(line, amount) for line in lines)
        values += [total.known, total.unknown]
    return values


def _lines(name: str, lines: Sequence[Line], voice: Voice) -> Grid:
    """Make the table of one part: its lines by source, with the sum of what is known at its foot."""
    fields = [
        Field(voice.say(N_("Code")), share=0.9),
        Field(voice.say(N_("Initiative")), share=3.4),
        Field(voice.say(N_("Responsible post")), share=1.8, missing=voice.say(NOT_NAMED)),
        *(Field(voice.say(words), ColumnFormat.MONEY, 1.2) for words in AMOUNT_WORDS.values()),
    ]
    rows: list[Sequence[Value] | Group] = []
    for source, own in groupby(lines, key=lambda line: _source(line, voice)):
        rows.append(Group(source))
        rows.extend(
            [
                *(line.item.code, voice.name(line.item.title), voice.name(line.item.owner)),
                *(line.planned, line.forecast, line.actual),
            ]
            for line in own
        )
    sums = [add_up(getattr(line, amount) for line in lines).known for amount in AMOUNTS]
    return Grid(name, fields, rows, ["", voice.say(N_("Known together")), "", *sums], group=voice.say(N_("Source")))


def _source(line: Line, voice: Voice) -> str:
    """Name a source, and that it is external where its name does not say so."""
    name, external = line.source.of(voice.language), voice.say(EXTERNAL)
    return f"{name} ({external})" if line.external and external.casefold() not in name.casefold() else name


def _frames(facts: BudgetFacts, voice: Voice) -> Part:
    heading = voice.say(N_("Frames and what is left of them"))
    if not facts.frames:
        return Part(heading, [voice.say(NO_FRAME, year=str(facts.year))])
    fields = [
        Field(voice.say(N_("Part")), share=2),
        Field(voice.say(N_("Frame")), ColumnFormat.MONEY),
        Field(voice.say(N_("Planned")), ColumnFormat.MONEY),
        Field(voice.say(NUMBER_UNKNOWN, amount=voice.say(N_("Planned"))), ColumnFormat.NUMBER),
        Field(voice.say(N_("Left")), ColumnFormat.MONEY),
    ]
    rows: list[list[Value]] = [
        [voice.say(PART_WORDS[one.part]), one.amount, one.used.known, one.used.unknown, one.left]
        for one in facts.frames
    ]
    return Part(heading, grid=Grid(voice.say(N_("Frames")), fields, rows))


def _without(facts: BudgetFacts, voice: Voice) -> Part:
    ngettext = voice.count
    text = ngettext(
        "%(num)s open initiative of the year has no amount at all.",
        "%(num)s open initiatives of the year have no amount at all.",
        len(facts.without),
    )
    fields = [
        Field(voice.say(N_("Code")), share=0.9),
        Field(voice.say(N_("Initiative")), share=4),
        Field(voice.say(N_("Responsible post")), share=2, missing=voice.say(NOT_NAMED)),
        Field(voice.say(N_("Budget effect")), share=1.6),
    ]
    rows: list[list[Value]] = [
        [item.code, voice.name(item.title), voice.name(item.owner), voice.say(ANSWER_WORDS[answer])]
        for item, answer in facts.without
    ]
    return Part(voice.say(N_("Without amounts")), [text], grid=Grid(voice.say(N_("Without amounts")), fields, rows))
