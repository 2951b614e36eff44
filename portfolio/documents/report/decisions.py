"""A forum's list of decisions: date, §, case number, title, proposal and decision apart, outcome (requirement 92b)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.documents.report.facts import DecisionFacts, DecisionsFacts
from portfolio.documents.report.model import ColumnFormat, Field, Grid, Part, Report, Value
from portfolio.documents.report.voice import NOT_TOLD, Voice
from portfolio.forums.rules import Outcome

TITLE = N_("Decisions: %(forum)s")
TITLE_OF_YEAR = N_("Decisions %(year)s: %(forum)s")
NONE = N_("No decisions have been recorded.")
OUTCOME_WORDS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.APPROVED: N_("Approved"),
        Outcome.NOTED: N_("Noted for information"),
        Outcome.REJECTED: N_("Rejected"),
        Outcome.RETURNED: N_("Returned for preparation"),
        Outcome.TABLED: N_("Tabled"),
    }
)


def build_decisions(facts: DecisionsFacts) -> Report:
    """Build the list of decisions from its facts."""
    voice = Voice(facts.setting.language)
    title = TITLE if facts.year is None else TITLE_OF_YEAR
    return voice.report(
        facts.setting,
        voice.say(title, forum=facts.forum.of(voice.language), year=str(facts.year)),
        [_part(facts, voice)],
    )


def _part(facts: DecisionsFacts, voice: Voice) -> Part:
    heading = voice.say(N_("Decisions"))
    if not facts.decisions:
        return Part(heading, [voice.say(NONE)])
    fields = [
        Field(voice.say(N_("Date")), ColumnFormat.DATE, 1),
        Field(voice.say(N_("Section")), share=0.8, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Case number")), share=1.3, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Matter")), share=2.2),
        Field(voice.say(N_("Proposal")), share=2.8, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Decision")), share=2.8, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Outcome")), share=1.2, missing=voice.say(NOT_TOLD)),
        Field(voice.say(N_("Initiatives")), share=1.5, missing=voice.say(N_("none named"))),
    ]
    ngettext = voice.count
    text = ngettext("%(num)s decision.", "%(num)s decisions.", len(facts.decisions))
    return Part(heading, [text], grid=Grid(heading, fields, [_row(one, voice) for one in facts.decisions]))


def _row(one: DecisionFacts, voice: Voice) -> list[Value]:
    return [
        *(one.date, _section(one.section), one.case_number, voice.name(one.title)),
        *(voice.text(one.proposal), voice.text(one.decision)),
        None if one.outcome is None else voice.say(OUTCOME_WORDS[one.outcome]),
        "\n".join(one.codes) or None,
    ]


def _section(section: str | None) -> str | None:
    """Write a section once with its sign, whether or not it was written with it."""
    return f"§ {section.removeprefix('§').strip()}" if section else None
