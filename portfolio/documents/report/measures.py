"""Next year's measures for the board's decision by service area, against the yearly range (requirements 44–45)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from portfolio.core.language import N_
from portfolio.documents.report.facts import Item, MeasuresFacts
from portfolio.documents.report.measures_quota import area_label, has_quota, quota_part, quota_words
from portfolio.documents.report.model import ColumnFormat, Field, Grid, Part, Report, Value
from portfolio.documents.report.voice import NO_TIME, NOT_NAMED, NOT_TOLD, Voice, amount_total, area_grid

TITLE = N_("Measures of %(year)s for decision")
NONE = N_("No measures are proposed for %(year)s, and none go on.")
NO_SUM, ONE_SUM = N_("No amounts have been written for %(year)s."), N_("Budget of %(year)s: %(sum)s.")
NO_CLASS = N_("no class")
DUE = N_("Proposals were due %(due)s.")
IN_TIME = N_("All came in time.")
LATE = N_("Brought late: %(areas)s.")
BROUGHT = N_("%(area)s %(day)s (%(late)s)")
SUM = N_("Budget of %(year)s: what is proposed %(proposed)s, what goes on %(going)s.")


def build_measures(facts: MeasuresFacts) -> Report:
    """Build the list for decision from its facts."""
    voice = Voice(facts.setting.language)
    return voice.report(facts.setting, voice.say(TITLE, year=str(facts.year)), _parts(facts, voice))


def _parts(facts: MeasuresFacts, voice: Voice) -> Iterator[Part]:
    yield Part(voice.say(N_("Summary")), list(_summary(facts, voice)))
    if facts.proposed:
        heading = voice.say(N_("Proposed for decision"))
        yield Part(heading, grid=_table(heading, facts, facts.proposed, voice))
    if facts.going_on:
        heading = voice.say(N_("Going on in %(year)s"), year=str(facts.year))
        yield Part(heading, grid=_table(voice.say(N_("Going on")), facts, facts.going_on, voice))
    if (facts.proposed or facts.going_on) and has_quota(facts):
        yield quota_part(facts, voice)


def _summary(facts: MeasuresFacts, voice: Voice) -> Iterator[str]:
    if not facts.proposed and not facts.going_on:
        yield voice.say(NONE, year=str(facts.year))
    else:
        yield _counts(facts, voice)
        yield _sum(facts, voice)
        yield from quota_words(facts, voice)
    if facts.deadline is not None:
        yield _due(facts.deadline, facts, voice)


def _sum(facts: MeasuresFacts, voice: Voice) -> str:
    """Say the budget of what is proposed and of what goes on, or that nothing of it is known."""
    proposed, going = (amount_total(some, "planned") for some in (facts.proposed, facts.going_on))
    if proposed.known is None and going.known is None:
        return voice.say(NO_SUM, year=str(facts.year))
    if facts.proposed and facts.going_on:
        return voice.say(SUM, year=str(facts.year), proposed=voice.total(proposed), going=voice.total(going))
    return voice.say(ONE_SUM, year=str(facts.year), sum=voice.total(proposed if facts.proposed else going))


def _counts(facts: MeasuresFacts, voice: Voice) -> str:
    ngettext = voice.count
    proposed = ngettext("%(num)s initiative is proposed", "%(num)s initiatives are proposed", len(facts.proposed))
    if not facts.proposed:
        proposed = voice.say(N_("nothing new is proposed"))
    going = ngettext("%(num)s goes on", "%(num)s go on", len(facts.going_on))
    words = voice.say(
        N_("For %(year)s, %(proposed)s and %(going)s."), year=str(facts.year), proposed=proposed, going=going
    )
    undated = sum(item.time is None for item in facts.proposed)
    if not undated:
        return words
    return f"{words} " + ngettext("%(num)s proposal has no time yet.", "%(num)s proposals have no time yet.", undated)


def _due(deadline: dt.date, facts: MeasuresFacts, voice: Voice) -> str:
    """Tell the due day, and which areas brought their proposals after it: late is visible and blocks nothing."""
    words = voice.say(DUE, due=deadline)
    late = [
        voice.say(BROUGHT, area=area_label(area, voice), day=day, late=_days((day - deadline).days, voice))
        for area in facts.areas
        if (day := facts.brought.get(area.id)) is not None
    ]
    if late:
        return f"{words} {voice.say(LATE, areas=', '.join(late))}"
    return f"{words} {voice.say(IN_TIME)}" if facts.proposed and facts.setting.day >= deadline else words


def _days(days: int, voice: Voice) -> str:
    ngettext = voice.count
    return ngettext("%(num)s day late", "%(num)s days late", days)


def _table(name: str, facts: MeasuresFacts, items: Sequence[Item], voice: Voice) -> Grid:
    told = any(item.summary for item in items)

    def row(item: Item) -> list[Value]:
        classes = ", ".join(one.of(voice.language) for one in item.classes)
        return [
            *(item.code, voice.name(item.title), *([voice.name(item.summary)] if told else []), classes or None),
            *(voice.name(item.owner), voice.text(item.time), voice.status(item)),
            amount_total([item], "planned").known,
        ]

    fields = [
        Field(voice.say(N_("Code")), share=0.9),
        Field(voice.say(N_("Measure")), share=2.4),
        *([Field(voice.say(N_("Summary")), share=3.2, missing=voice.say(NOT_TOLD))] if told else []),
        Field(voice.say(N_("Class")), share=1.7, missing=voice.say(NO_CLASS)),
        Field(voice.say(N_("Responsible post")), share=1.5, missing=voice.say(NOT_NAMED)),
        Field(voice.say(N_("Time")), share=1.2, missing=voice.say(NO_TIME)),
        Field(voice.say(N_("Status")), share=1.2),
        Field(voice.say(N_("Planned %(year)s"), year=str(facts.year)), ColumnFormat.MONEY, 1.2),
    ]
    return area_grid(name, fields, facts.areas, items, row, voice)
