"""How many measures each service area would carry out if all were decided, against the yearly range (44–45)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.core.language import N_
from portfolio.documents.report.facts import Area, Item, MeasuresFacts
from portfolio.documents.report.model import Chart, Colour, ColumnFormat, Field, Grid, Part, Stack, Value
from portfolio.documents.report.voice import Voice
from portfolio.register.rules import InitiativeKind
from portfolio.register.rules.quota import QuotaVerdict, YearCount, judge_year

RANGE = N_("The range is %(range)s a year in each service area. What falls outside it is told, and stops nothing.")
BETWEEN, AT_LEAST, AT_MOST = N_("%(least)s–%(most)s measures"), N_("at least %(least)s"), N_("at most %(most)s")
ALL_FIT = N_("Every service area is within the range of %(range)s a year.")
OVER, UNDER = (
    N_("Over the range of %(range)s a year: %(areas)s."),
    N_("Under the range of %(range)s a year: %(areas)s."),
)
ONE_AREA = N_("%(words)s %(number)s")
ONLY_MEASURES = N_("Only measures are counted, not needs or projects.")
NO_MEASURES = N_("The portfolio has no measures of the year to count.")
ALT = N_("Bars by service area. %(areas)s.")
AREA = N_("%(area)s: going on %(going)s, proposed %(proposed)s")


def has_quota(facts: MeasuresFacts) -> bool:
    """Tell whether there is anything to count: a range to hold measures against, or measures."""
    return _is_ranged(facts) or any(going + proposed for _area, going, proposed in _counted(facts))


def quota_words(facts: MeasuresFacts, voice: Voice) -> Iterator[str]:
    """Say for the summary which areas are over or under the range, or that all are within it."""
    if not _is_ranged(facts):
        return
    words = _range(facts, voice)
    judged = [(area, going + proposed, _judge(going + proposed, facts)) for area, going, proposed in _counted(facts)]
    outside = False
    for verdict, said in ((QuotaVerdict.OVER, OVER), (QuotaVerdict.UNDER, UNDER)):
        named = [
            voice.say(ONE_AREA, words=area_label(area, voice), number=number)
            for area, number, one in judged
            if one.verdict is verdict
        ]
        if named:
            outside = True
            yield voice.say(said, range=words, areas=", ".join(named))
    if not outside:
        yield voice.say(ALL_FIT, range=words)


def quota_part(facts: MeasuresFacts, voice: Voice) -> Part:
    """Count the measures that each area would carry out if all were decided, as bars and as a table with a verdict."""
    ranged, counted = _is_ranged(facts), _counted(facts)
    fields = [
        Field(voice.say(N_("Service area")), share=2.4),
        Field(voice.say(N_("Going on")), ColumnFormat.NUMBER),
        Field(voice.say(N_("Proposed")), ColumnFormat.NUMBER),
        Field(voice.say(N_("Together")), ColumnFormat.NUMBER),
        *([Field(voice.say(N_("Against the range")), share=2)] if ranged else []),
    ]
    rows: list[list[Value]] = [
        [
            *(voice.area(area), going, proposed, going + proposed),
            *([_verdict(_judge(going + proposed, facts), voice)] if ranged else []),
        ]
        for area, going, proposed in counted
    ]
    text = [voice.say(RANGE, range=_range(facts, voice))] if ranged else []
    any_measures = any(going + proposed for _area, going, proposed in counted)
    return Part(
        voice.say(N_("Measures by service area")),
        [*text, voice.say(ONLY_MEASURES if any_measures else NO_MEASURES)],
        chart=_chart(counted, voice) if any_measures else None,
        grid=Grid(voice.say(N_("Range")), fields, rows),
    )


def _chart(counted: Sequence[tuple[Area, int, int]], voice: Voice) -> Chart:
    told = "; ".join(
        voice.say(AREA, area=area_label(area, voice), going=going, proposed=proposed)
        for area, going, proposed in counted
    )
    series = [(voice.say(N_("Going on")), Colour.DONE), (voice.say(N_("Proposed")), Colour.PLAIN)]
    stacks = [Stack(area_label(area, voice), [going, proposed]) for area, going, proposed in counted]
    return Chart(voice.say(ALT, areas=told), series, stacks)


def _is_ranged(facts: MeasuresFacts) -> bool:
    return facts.least is not None or facts.most is not None


def _counted(facts: MeasuresFacts) -> list[tuple[Area, int, int]]:
    """Give each area with its measures that go on and those that are proposed."""
    return [(area, _measures(facts.going_on, area), _measures(facts.proposed, area)) for area in facts.areas]


def _measures(items: Sequence[Item], area: Area) -> int:
    return sum(item.area_id == area.id and item.kind is InitiativeKind.MEASURE for item in items)


def area_label(area: Area, voice: Voice) -> str:
    """Name an area in plain letters, for a sentence or a chart."""
    name = voice.area(area)
    return name if isinstance(name, str) else name.text


def _judge(measures: int, facts: MeasuresFacts) -> YearCount:
    """Hold a count against the range; the year is to be decided now, so that too few is said as well."""
    return judge_year(facts.year, measures, facts.least, facts.most, facts.year)


def _verdict(judged: YearCount, voice: Voice) -> str:
    """Say whether a count fits the range."""
    ngettext = voice.count
    if judged.verdict is QuotaVerdict.OVER:
        return ngettext("%(num)s too many", "%(num)s too many", judged.off)
    if judged.verdict is QuotaVerdict.UNDER:
        return ngettext("%(num)s missing", "%(num)s missing", judged.off)
    return voice.say(N_("fits"))


def _range(facts: MeasuresFacts, voice: Voice) -> str:
    if facts.least is None:
        return voice.say(AT_MOST, most=facts.most)
    if facts.most is None:
        return voice.say(AT_LEAST, least=facts.least)
    if facts.least == facts.most:
        ngettext = voice.count
        return ngettext("%(num)s measure", "%(num)s measures", facts.most)
    return voice.say(BETWEEN, least=facts.least, most=facts.most)
