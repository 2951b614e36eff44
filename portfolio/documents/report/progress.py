"""A programme's progress report to the board (requirements 61, 144, 145)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.budgets.rules import AMOUNTS
from portfolio.core.language import N_
from portfolio.documents.report.facts import Item, ProgressFacts, ReviewSummary
from portfolio.documents.report.model import ColumnFormat, Field, Grid, Part, Report, Value
from portfolio.documents.report.progress_changes import changes_part
from portfolio.documents.report.progress_situation import situation_part
from portfolio.documents.report.progress_summary import summary_points, summary_text
from portfolio.documents.report.voice import (
    NO_AREA,
    NO_TIME,
    NOT_NAMED,
    NOT_TOLD,
    Voice,
    amount_total,
    area_grid,
    money_grid,
)
from portfolio.reviews.rules import Health, Verdict

TITLE = N_("Progress report %(year)s")
RECEIVER = N_("To: %(receiver)s")
NOTHING_EARLIER = N_("There is no earlier round or baseline to compare with.")
NO_CHANGE = N_("no change")
NO_MONEY = N_("No amounts have been written for %(year)s.")
NO_NEW = N_("No new measures are proposed.")
NO_GOALS = N_("No goals for the next year have been told.")
NEW_GOAL, NEW_TIME = N_("New goal: %(new)s"), N_("New time: %(new)s")
NEW_OWNER = N_("New responsible post: %(new)s")
ATTENTION = frozenset({Health.YELLOW, Health.RED})


def build_progress(facts: ProgressFacts) -> Report:
    """Build the report from its facts, in the language of its setting."""
    voice = Voice(facts.setting.language)
    return voice.report(
        facts.setting, voice.say(TITLE, year=str(facts.year)), _parts(facts, voice), lead=_lead(facts, voice)
    )


def _lead(facts: ProgressFacts, voice: Voice) -> list[str]:
    """Say whose report it is, to whom it goes, of which time, and when it was made."""
    whose, when = voice.lead(facts.setting)
    receiver = facts.round.receiver if facts.round else None
    return [whose, *([voice.say(RECEIVER, receiver=receiver.of(voice.language))] if receiver else []), when]


def _parts(facts: ProgressFacts, voice: Voice) -> Iterator[Part]:
    yield Part(voice.say(N_("Summary")), list(summary_text(facts, voice)), list(summary_points(facts, voice)))
    if not facts.items:
        return
    yield situation_part(facts, voice)
    yield from _attention(facts, voice)
    yield _measures(facts, voice)
    yield _done(facts, voice)
    yield (
        changes_part(facts.changes, voice)
        if facts.changes
        else Part(voice.say(N_("What has changed")), [voice.say(NOTHING_EARLIER)])
    )
    yield _money(facts, voice)
    yield _goals(facts, voice)
    yield _new(facts, voice)


def _money(facts: ProgressFacts, voice: Voice) -> Part:
    heading = voice.say(N_("Money in %(year)s"), year=str(facts.year))
    if all(amount_total(facts.items, one).known is None for one in AMOUNTS):
        return Part(heading, [voice.say(NO_MONEY, year=str(facts.year))])
    return Part(heading, grid=money_grid(voice.say(N_("Money")), facts.areas, facts.items, voice))


def _attention(facts: ProgressFacts, voice: Voice) -> Iterator[Part]:
    """Tell what does not go as planned by either rating, or is to go on otherwise, with the reasons given."""

    def row(item: Item) -> list[Value]:
        told = item.told
        reasons = [] if told is None else [told.reason, told.office_reason]
        verdicts = [] if told is None else list(_redirection(told, voice))
        return [
            voice.name(item.title),
            voice.health(item),
            voice.text("\n".join(filter(None, reasons)) or None),
            voice.verdict(told.verdict if told else None),
            voice.text("\n".join(filter(None, verdicts)) or None),
        ]

    chosen = [item for item in facts.items if _needs_attention(item)]
    if chosen:
        fields = [
            Field(voice.say(N_("Measure")), share=2.2),
            Field(voice.say(N_("Situation")), share=1.4, missing=voice.say(NOT_TOLD)),
            Field(voice.say(N_("Reason")), share=2.6, missing=voice.say(NOT_TOLD)),
            Field(voice.say(N_("Verdict")), share=1.1, missing=voice.say(NOT_TOLD)),
            Field(voice.say(N_("What changes, and why")), share=2.6, missing=voice.say(NO_CHANGE)),
        ]
        heading = voice.say(N_("What needs attention"))
        yield Part(heading, grid=area_grid(heading, fields, facts.areas, chosen, row, voice))


def _redirection(told: ReviewSummary, voice: Voice) -> Iterator[str | None]:
    """Tell what changes and why, and the goal, time and responsible post that it gets."""
    yield told.verdict_what
    yield told.verdict_why
    owner = told.new_owner.of(voice.language) if told.new_owner else None
    for words, new in ((NEW_GOAL, told.new_goal), (NEW_TIME, told.new_time), (NEW_OWNER, owner)):
        if new:
            yield voice.say(words, new=new)


def _needs_attention(item: Item) -> bool:
    told = item.told
    return told is not None and (
        not ATTENTION.isdisjoint({told.health, told.office_health}) or told.verdict not in {None, Verdict.CONTINUE}
    )


def _measures(facts: ProgressFacts, voice: Voice) -> Part:
    """Make the table by service area: title, responsible role, time, status, progress, and what the round told."""
    with_round = facts.round is not None

    def row(item: Item) -> list[Value]:
        told = item.told
        progress = item.progress if told is None or told.progress is None else told.progress
        values: list[Value] = [item.code, voice.name(item.title), voice.name(item.owner), voice.text(item.time)]
        values += [voice.status(item), progress]
        return [*values, voice.health(item), voice.verdict(told.verdict if told else None)] if with_round else values

    fields = [
        Field(voice.say(N_("Code")), share=0.9),
        Field(voice.say(N_("Measure")), share=3),
        Field(voice.say(N_("Responsible post")), share=1.7, missing=voice.say(NOT_NAMED)),
        Field(voice.say(N_("Time")), share=1.6, missing=voice.say(NO_TIME)),
        Field(voice.say(N_("Status")), share=1.2),
        Field(voice.say(N_("Progress")), ColumnFormat.PERCENT, 1.3),
    ]
    if with_round:
        fields += [
            Field(voice.say(N_("Situation")), share=1.7, missing=voice.say(NOT_TOLD)),
            Field(voice.say(N_("Verdict")), share=1.2, missing=voice.say(NOT_TOLD)),
        ]
    grid = area_grid(voice.say(N_("Measures")), fields, facts.areas, facts.items, row, voice)
    return Part(voice.say(N_("Measures by service area")), grid=grid)


def _done(facts: ProgressFacts, voice: Voice) -> Part:
    """Tell what was done and what came of it: the review's words, or the register's where there is no round."""

    def told(item: Item) -> tuple[str | None, str | None]:
        if facts.round is None:
            return item.done, item.results
        return (item.told.done, _results(item)) if item.told else (None, None)

    chosen = [item for item in facts.items if any(told(item))]
    fields = [
        Field(voice.say(N_("Measure")), share=2),
        Field(voice.say(N_("What was done")), share=3.5, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Results and effects")), share=3.5, missing=voice.say(NOT_TOLD)),
    ]
    heading = voice.say(N_("What was done, and results"))
    untold = len(facts.items) - len(chosen)
    ngettext = voice.count
    words = ngettext("Of %(num)s initiative nothing is told.", "Of %(num)s initiatives nothing is told.", untold)

    def row(item: Item) -> list[Value]:
        return [voice.name(item.title), *map(voice.text, told(item))]

    grid = area_grid(voice.say(N_("Done and results")), fields, facts.areas, chosen, row, voice)
    return Part(heading, [words] if untold else [], grid=grid if chosen else None)


def _results(item: Item) -> str | None:
    told = item.told
    return "\n".join(filter(None, (told.results, told.benefits))) or None if told else None


def _goals(facts: ProgressFacts, voice: Voice) -> Part:
    heading = voice.say(N_("Goals of %(year)s"), year=str(facts.year + 1))

    def row(item: Item) -> Sequence[Value]:
        goals = item.told.next_goals if item.told else None
        return [voice.name(item.title), voice.name(item.owner), voice.text(goals)]

    chosen = [item for item in facts.items if item.told and item.told.next_goals]
    if not chosen:
        return Part(heading, [voice.say(NO_GOALS)])
    fields = [
        Field(voice.say(N_("Measure")), share=2.5),
        Field(voice.say(N_("Responsible post")), share=1.5, missing=voice.say(NOT_NAMED)),
        Field(voice.say(N_("Goals")), share=5),
    ]
    return Part(heading, grid=area_grid(voice.say(N_("Goals")), fields, facts.areas, chosen, row, voice))


def _new(facts: ProgressFacts, voice: Voice) -> Part:
    heading = voice.say(N_("New measures for %(year)s"), year=str(facts.year + 1))
    if not facts.new:
        return Part(heading, [voice.say(NO_NEW)])
    fields = [
        Field(voice.say(N_("Service area")), share=1.8, missing=voice.say(NO_AREA)),
        Field(voice.say(N_("Measure")), share=2.4),
        Field(voice.say(N_("Summary")), share=3.4, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Responsible post")), share=1.5, missing=voice.say(NOT_NAMED)),
        Field(voice.say(N_("Time")), share=1.2, missing=voice.say(NO_TIME)),
        Field(voice.say(N_("Planned %(year)s"), year=str(facts.year + 1)), ColumnFormat.MONEY, 1.2),
    ]
    names = {area.id: voice.area(area) for area in facts.areas}
    rows: list[list[Value]] = [
        [
            names.get(item.area_id),
            *(voice.name(item.title), voice.name(item.summary), voice.name(item.owner), voice.text(item.time)),
            amount_total([item], "planned").known,
        ]
        for item in facts.new
    ]
    return Part(heading, grid=Grid(voice.say(N_("New measures")), fields, rows))
