"""The one table of columns: every field that can stand in a workbook, shared by import and export."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import words
from portfolio.exchange.columns.column import (
    AMOUNTS,
    CATEGORY,
    MEASURE,
    MONEY,
    QUESTION,
    SUBMITTED,
    VALUE,
    Column,
    Entity,
    Kind,
    money_parts,
)

LONGEST_VALUE = 200
_MONEY_HEADING = N_("%(amount)s %(year)s, %(part)s, %(source)s")
_VALUE_HEADING = N_("Value %(year)s")
_CATEGORY_HEADING = N_("Class: %(scheme)s")
_QUESTION_HEADING = N_("Question %(number)s")
_MEASURE_HEADING = N_("Indicator %(number)s: value")


def column(entity: Entity, name: str, several: Collection[str] = ()) -> Column | None:
    """Find a column, also one of a class, a year's money or value, a question or an indicator; None for no field.

    ``several`` names the schemes of which an initiative may have several classes.
    """
    if found := COLUMNS[entity].get(name):
        return found
    if entity is Entity.INITIATIVE and name.startswith(CATEGORY):
        return _category(name, several)
    if entity is Entity.INITIATIVE and name.startswith(MONEY):
        return _money(name)
    if entity is Entity.INDICATOR and name.startswith(VALUE):
        heading = Problem(_VALUE_HEADING, {"year": name.removeprefix(VALUE)})
        return Column(name, Kind.VALUE, heading, longest=LONGEST_VALUE)
    if entity is Entity.REVIEW and name.startswith(QUESTION):
        return Column(name, Kind.TEXT, Problem(_QUESTION_HEADING, {"number": name.removeprefix(QUESTION)}))
    if entity is Entity.REVIEW and name.startswith(MEASURE):
        heading = Problem(_MEASURE_HEADING, {"number": name.removeprefix(MEASURE)})
        return Column(name, Kind.VALUE, heading, longest=LONGEST_VALUE)
    return None


def _category(name: str, several: Collection[str]) -> Column:
    scheme = name.removeprefix(CATEGORY)
    kind = Kind.REFERENCES if scheme in several else Kind.REFERENCE
    return Column(name, kind, Problem(_CATEGORY_HEADING, {"scheme": scheme}), to=Entity.CATEGORY)


def _money(name: str) -> Column:
    year, part, source, amount = money_parts(name)
    shown = {
        "amount": Problem(AMOUNTS[amount]),
        "year": str(year),
        "part": Problem(words.BUDGET_PART[part]),
        "source": source,
    }
    return Column(name, Kind.MONEY, Problem(_MONEY_HEADING, shown))


def _text(name: str, heading: str, longest: int | None = None) -> Column:
    return Column(name, Kind.TEXT, Problem(heading), name, longest=longest)


def _plain(name: str, heading: str, kind: Kind) -> Column:
    return Column(name, kind, Problem(heading), name)


def _choice(name: str, heading: str, choices: Mapping[str, str]) -> Column:
    return Column(name, Kind.CHOICE, Problem(heading), name, choices=choices)


def _reference(name: str, heading: str, to: Entity, stored: str | None = None) -> Column:
    return Column(name, Kind.REFERENCE, Problem(heading), stored or f"{name}_id", to=to)


def _links(name: str, heading: str, to: Entity) -> Column:
    return Column(name, Kind.REFERENCES, Problem(heading), to=to, grows=True)


def _number(name: str, heading: str, least: int, most: int) -> Column:
    return Column(name, Kind.NUMBER, Problem(heading), name, least=least, most=most)


def _required(one: Column) -> Column:
    return replace(one, required=True)


def _table(*columns: Column) -> Mapping[str, Column]:
    return MappingProxyType({one.name: one for one in columns})


_FIRST_YEAR, _LAST_YEAR = 1900, 2200

COLUMNS: Mapping[Entity, Mapping[str, Column]] = MappingProxyType(
    {
        Entity.SCHEME: _table(),
        Entity.SOURCE: _table(),
        Entity.UNIT: _table(
            _required(_text("code", N_("Code"), 40)),
            _required(_text("name_fi", N_("Name in Finnish"), 160)),
            _text("name_sv", N_("Name in Swedish"), 160),
            _reference("parent", N_("Unit above"), Entity.UNIT),
            _plain("valid_from", N_("Valid from"), Kind.DATE),
            _plain("valid_to", N_("Valid until"), Kind.DATE),
        ),
        Entity.POST: _table(
            _text("code", N_("Code"), 60),
            _required(_text("title_fi", N_("Title in Finnish"), 160)),
            _text("title_sv", N_("Title in Swedish"), 160),
            _required(_reference("unit", N_("Unit"), Entity.UNIT)),
        ),
        Entity.CATEGORY: _table(
            _required(_reference("scheme", N_("Classification"), Entity.SCHEME)),
            _required(_text("code", N_("Code"), 60)),
            _required(_text("name_fi", N_("Name in Finnish"), 200)),
            _text("name_sv", N_("Name in Swedish"), 200),
            _reference("parent", N_("Class above"), Entity.CATEGORY),
        ),
        Entity.FORUM: _table(
            _text("code", N_("Code"), 60),
            _required(_text("name_fi", N_("Name in Finnish"), 200)),
            _text("name_sv", N_("Name in Swedish"), 200),
            _required(_choice("kind", N_("Kind"), words.FORUM_KIND)),
            _reference("chair_post", N_("Chair"), Entity.POST),
            _reference("agenda_owner_post", N_("Owner of the agenda"), Entity.POST),
            _plain("rhythm", N_("Meets"), Kind.WORDS),
            _reference("owning_forum", N_("Owning forum"), Entity.FORUM),
            _text("case_number", N_("Case number"), 60),
            _text("tasks", N_("Tasks")),
            _plain("timespan", N_("Time"), Kind.WORDS),
        ),
        Entity.MEETING: _table(
            _required(_reference("forum", N_("Forum"), Entity.FORUM)),
            _required(_plain("date", N_("Date"), Kind.DATE)),
        ),
        Entity.INITIATIVE: _table(
            _text("number", N_("Number"), 30),
            _required(_text("title_fi", N_("Title in Finnish"), 300)),
            _text("title_sv", N_("Title in Swedish"), 300),
            _text("summary_fi", N_("Summary in Finnish")),
            _text("summary_sv", N_("Summary in Swedish")),
            _required(_choice("kind", N_("Kind"), words.INITIATIVE_KIND)),
            _choice("status", N_("Status"), words.STATUS),
            _plain("spearhead", N_("Spearhead project"), Kind.BOOL),
            _reference("merged_into", N_("Merged into"), Entity.INITIATIVE),
            _reference("unit", N_("Unit"), Entity.UNIT),
            _reference("owner_post", N_("Responsible post"), Entity.POST),
            _reference("contact_post", N_("Contact for more information"), Entity.POST),
            _plain("timespan", N_("Time"), Kind.WORDS),
            _text("present_state", N_("Present state")),
            _text("target_state", N_("Target state")),
            _text("goals", N_("Need and goals")),
            _text("solution", N_("Solution")),
            _text("results", N_("Results")),
            _text("done_so_far", N_("Done so far")),
            _text("continues", N_("Continues")),
            _text("out_of_scope", N_("Out of scope")),
            _choice("reach", N_("Scope"), words.REACH),
            Column("benefits", Kind.CHOICES, Problem(N_("Benefits")), "benefits", choices=words.BENEFIT),
            _text("source", N_("Source"), 200),
            _text("carried_by", N_("Carried by"), 200),
            _plain("core_process", N_("Core process"), Kind.BOOL),
            _plain("budget_effect", N_("Budget effect"), Kind.ANSWER),
            _plain("permanent_need", N_("Permanent need"), Kind.ANSWER),
            _text("output_home", N_("Home of the outputs after the project"), 300),
            _text("training_plan", N_("Training plan")),
            _plain("completed_on", N_("Completed on"), Kind.DATE),
            _plain("in_use_on", N_("Taken into use on"), Kind.DATE),
            _plain("progress", N_("Progress"), Kind.PERCENT),
            _text("ledger_number", N_("Ledger project number"), 40),
            _choice("publicity", N_("Publicity"), words.PUBLICITY),
            _text("notes", N_("Notes")),
            _links("decision", N_("Decisions"), Entity.DECISION),
            Column("forum", Kind.REFERENCE, Problem(N_("Handling forum")), to=Entity.FORUM),
        ),
        Entity.DECISION: _table(
            _required(Column("reference", Kind.TEXT, Problem(N_("Reference")), longest=300)),
            _reference("forum", N_("Forum"), Entity.FORUM),
            _reference("post", N_("Office-holder"), Entity.POST),
            _plain("date", N_("Date"), Kind.DATE),
            _text("section", N_("Section (§)"), 20),
            _text("case_number", N_("Case number"), 60),
            _required(_text("title_fi", N_("Title in Finnish"), 300)),
            _text("title_sv", N_("Title in Swedish"), 300),
            _text("proposal", N_("Proposal")),
            _text("decision", N_("Decision")),
            _text("grounds", N_("Grounds")),
            _choice("outcome", N_("Outcome"), words.OUTCOME),
            _links("initiatives", N_("Items"), Entity.INITIATIVE),
        ),
        Entity.MILESTONE: _table(
            _required(_text("title_fi", N_("Title in Finnish"), 300)),
            _text("title_sv", N_("Title in Swedish"), 300),
            _required(_reference("initiative", N_("Item"), Entity.INITIATIVE)),
            _plain("timespan", N_("Time"), Kind.WORDS),
            _reference("receiver", N_("Receiver"), Entity.POST, "receiver_post_id"),
            _plain("completed_on", N_("Completed on"), Kind.DATE),
            _choice("kind", N_("Kind"), words.MILESTONE_KIND),
        ),
        Entity.RECURRING_DEADLINE: _table(
            _required(_text("title_fi", N_("Title in Finnish"), 300)),
            _text("title_sv", N_("Title in Swedish"), 300),
            _required(_number("month", N_("Month"), 1, 12)),
            _required(_number("day", N_("Day"), 1, 31)),
            _number("from_year", N_("From the year"), _FIRST_YEAR, _LAST_YEAR),
            _number("to_year", N_("Until the year"), _FIRST_YEAR, _LAST_YEAR),
            _reference("receiver", N_("Receiver"), Entity.POST, "receiver_post_id"),
            _reference("initiative", N_("Item"), Entity.INITIATIVE),
        ),
        Entity.DEPENDENCY: _table(
            _required(_reference("predecessor", N_("First"), Entity.INITIATIVE)),
            _required(_reference("successor", N_("Then"), Entity.INITIATIVE)),
            _text("note", N_("Note"), 300),
        ),
        Entity.INDICATOR: _table(
            _required(_text("name_fi", N_("Name in Finnish"), 200)),
            _text("name_sv", N_("Name in Swedish"), 200),
            _required(_reference("initiative", N_("Item"), Entity.INITIATIVE)),
            _text("source", N_("Source"), 200),
            _plain("rhythm", N_("Rhythm"), Kind.WORDS),
            _text("measured_in", N_("Measured in"), 40),
        ),
        Entity.BUDGET: _table(
            _required(_reference("initiative", N_("Item"), Entity.INITIATIVE)),
            _number("year", N_("Year"), _FIRST_YEAR, _LAST_YEAR),
            _choice("part", N_("Budget part"), words.BUDGET_PART),
            _reference("source", N_("Funding source"), Entity.SOURCE),
            *(Column(name, Kind.MONEY, Problem(heading)) for name, heading in AMOUNTS.items()),
        ),
        Entity.DOCUMENT_LINK: _table(
            _required(_reference("initiative", N_("Item"), Entity.INITIATIVE)),
            _required(_text("title", N_("Title"), 200)),
            _required(_text("url", N_("Address"), 1000)),
        ),
        Entity.REVIEW: _table(
            _required(_reference("initiative", N_("Item"), Entity.INITIATIVE)),
            _choice("health", N_("How does it go?"), words.HEALTH),
            _text("health_reason", N_("Reason")),
            _plain("progress", N_("Progress"), Kind.PERCENT),
            _text("done", N_("What was done")),
            _text("results", N_("Results and effects")),
            _text("benefits", N_("Benefits")),
            _plain("money_used", N_("Money used in the period"), Kind.MONEY),
            _text("next_goals", N_("Goals for the next year")),
            _choice("verdict", N_("What is to become of it?"), words.VERDICT),
            _text("verdict_what", N_("What is redirected")),
            _text("verdict_why", N_("Why")),
            _text("new_goal", N_("New goal")),
            _plain("new_timespan", N_("New time"), Kind.WORDS),
            _reference("new_owner_post", N_("New responsible post"), Entity.POST),
            _reference("merged_into", N_("Merged into"), Entity.INITIATIVE),
            _plain("done_on", N_("Completed or taken into use on"), Kind.DATE),
            Column(SUBMITTED, Kind.BOOL, Problem(N_("Submit"))),
        ),
    }
)
