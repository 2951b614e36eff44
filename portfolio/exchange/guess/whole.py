"""A whole workbook: which of its sheets hold a table of ours, what each is, and the profile that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import Entity, norm
from portfolio.exchange.columns.words import BUDGET_PART
from portfolio.exchange.guess.assign import Assignment
from portfolio.exchange.guess.body import Body, read_body
from portfolio.exchange.guess.evidence import values_of
from portfolio.exchange.guess.heading import Head, find_head, notes_above, read_head
from portfolio.exchange.guess.identity import BY_SHARED, guess_identity, shared_identity
from portfolio.exchange.guess.layout import LayoutFinder
from portfolio.exchange.guess.meanings import Meanings
from portfolio.exchange.guess.model import ColumnGuess, Guess, SheetGiven, SheetGuess, Vocabulary
from portfolio.exchange.guess.money import NearbyTexts, listed
from portfolio.exchange.guess.names import language_of, names
from portfolio.exchange.guess.profile import found_where_guessed, make_profile
from portfolio.exchange.guess.words import CONTINUED
from portfolio.exchange.rows.identity import DEFAULTS
from portfolio.files.cells import Sheet, Workbook

A_TABLE = N_("The heading names %(count)s columns that are known.")
NO_TABLE = N_("No heading was found on the sheet: no row names two columns that are known.")
NO_TITLE = N_("No column was found that would name the items.")
NO_DATA = N_("There is no data below the heading.")
OLD_COPY = N_('The sheet is hidden and has no other headings than "%(sheet)s": it seems to be an older copy.')
NOT_WANTED = N_("You chose not to read the sheet.")
ROWS_ABOVE = N_("The rows above the heading (%(rows)s) were not read as data: %(text)s")
OTHER_TABLE = N_(
    "Only %(count)s of its %(of)s columns would be known, or several rows name the same item: the sheet seems to hold "
    "something else. You may choose to read it."
)
ASSUMED_LINE = N_("The sheet does not tell all of its amounts; assumed: %(what)s.")
OWN_MONEY = N_("own funding")
FORMATS = N_("Colours, bold type and other formats are not read. What they tell must stand in words.")
NOTHING = N_("No sheet has a table that could be read.")

TRIED = (Entity.INITIATIVE, Entity.MILESTONE, Entity.BUDGET)
_NEEDED = {Entity.INITIATIVE: {"title_fi"}, Entity.MILESTONE: {"title_fi", "initiative"}, Entity.BUDGET: {"initiative"}}
_TELLING = {Entity.INITIATIVE: set[str](), Entity.MILESTONE: {"title_fi"}, Entity.BUDGET: {"year"}}
"""What the heading must name so that a sheet may be of a kind at all."""
_NOTHING_GIVEN = SheetGiven()
FEWEST, SHARE = 2, 0.6
"""A second sheet is read when so many, and such a share, of its columns are known."""


def guess(workbook: Workbook, vocabulary: Vocabulary, given: Mapping[str, SheetGiven] | None = None) -> Guess:
    """Guess how to read a workbook; ``given`` are a person's own answers by sheet, around which the rest is guessed.

    Every sheet is in the answer, read or not, with the reason; every column of a sheet that is read, with its own.
    """
    answers = given or {}
    by_sheet = [(one, answers.get(one.name, _NOTHING_GIVEN)) for one in workbook.sheets]
    heads = [_heads(sheet, vocabulary, answer) for sheet, answer in by_sheet]
    spoken = vocabulary.in_language(language_of(_headings(heads), vocabulary.language))
    sheets = [
        _settled(_sheet(sheet, found, spoken, answer), answer)
        for (sheet, answer), found in zip(by_sheet, heads, strict=True)
    ]
    sheets = [_without_copies(one, sheets, answers) for one in _without_others(sheets, answers)]
    sheets = _with_shared_identity(sheets)
    notices = [notice for one in sheets if one.read for notice in one.notices]
    notices.append(Problem(FORMATS if any(one.read for one in sheets) else NOTHING))
    profile = found_where_guessed(make_profile(sheets, spoken, spoken.language), workbook, sheets)
    return Guess(profile, tuple(sheets), tuple(notices))


def _heads(sheet: Sheet, vocabulary: Vocabulary, given: SheetGiven) -> dict[Entity, Head]:
    """Find the heading for each kind of rows, or read it where a person says that it stands."""
    if given.header:
        last = min(given.header[1], max(1, len(sheet.rows)))
        return dict.fromkeys(TRIED, read_head(sheet, min(given.header[0], last), last))
    found = ((entity, find_head(sheet, entity, vocabulary.registry)) for entity in TRIED)
    return {entity: head[0] for entity, head in found if head is not None}


def _headings(heads: list[dict[Entity, Head]]) -> Iterator[tuple[str, ...]]:
    """Give the headings of all sheets by which columns may be known, once for whatever kinds of rows they may head."""
    for of_sheet in heads:
        yield from dict.fromkeys(head.told(column) for head in of_sheet.values() for column in head.texts)


def _sheet(sheet: Sheet, heads: Mapping[Entity, Head], vocabulary: Vocabulary, given: SheetGiven) -> SheetGuess:
    """Guess one sheet as each kind of rows and keep the best."""
    best: tuple[float, SheetGuess] | None = None
    for entity, head in heads.items():
        found = _as_entity(sheet, entity, head, vocabulary, given)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return SheetGuess(sheet.name, sheet.hidden, read=False, reasons=(Problem(NO_TABLE),))
    return best[1]


def _as_entity(
    sheet: Sheet, entity: Entity, head: Head, vocabulary: Vocabulary, given: SheetGiven
) -> tuple[float, SheetGuess] | None:
    named = {field for column in head.texts for field in names(head.told(column), entity, vocabulary.registry)}
    if not given.columns and not named >= _TELLING[entity]:
        return None
    guess_ = _table(sheet, head, entity, vocabulary, given)
    fields = {column.field for column in guess_.columns if column.field}
    if not guess_.read or not fields >= _NEEDED[entity]:
        if entity is not Entity.INITIATIVE:
            return None
        return 0.0, replace(guess_, read=False, reasons=(Problem(NO_TITLE),)) if guess_.read else guess_
    score = sum(column.confidence for column in guess_.columns)
    return score + (0.5 if entity is Entity.INITIATIVE else 0.0), guess_


def _table(sheet: Sheet, head: Head, entity: Entity, vocabulary: Vocabulary, given: SheetGiven) -> SheetGuess:
    body = read_body(sheet, head)
    above = list(notes_above(sheet, head))
    around = NearbyTexts((*(text for _, text in reversed(above)), *_below(sheet, body), sheet.name))
    values = {
        at: found
        for at in range(1, sheet.width + 1)
        if (found := values_of(sheet, at, body.data)).filled or at in head.texts
    }
    columns = Assignment(head, values, entity, vocabulary, around).run(given.columns)
    notices = []
    if above:
        text = " · ".join(f'"{text[:80]}"' for _, text in above[:3])
        rows = ", ".join(str(row) for row, _ in above)
        notices.append(Problem(ROWS_ABOVE, {"rows": rows, "text": text}, sheet.place(above[0][0])))
    if entity is Entity.BUDGET and (lacking := _lacking(columns)):
        notices.append(Problem(ASSUMED_LINE, {"what": listed(lacking)}, sheet.place(head.last)))
    finder = LayoutFinder(sheet, head, body, columns, values, entity, vocabulary, notices)
    meanings = Meanings(sheet, head, columns, values, entity, vocabulary, notices, given.values)
    layout = finder.find(given.section, meanings)
    columns = tuple(replace(one, unknown=meanings.unknown.get(one.number, ())) for one in columns)
    identity, keys, why = DEFAULTS.get(entity, ()), dict[str, frozenset[str]](), None
    if entity is Entity.INITIATIVE:
        whole = [row for row in body.data if _tells_item(sheet, row, body, columns)]
        identity, keys, why = guess_identity(sheet, columns, whole, layout.sections, layout.split, vocabulary)
    count = sum(1 for one in columns if one.field)
    reasons = (Problem(A_TABLE, {"count": count}), *([why] if why else []))
    if not body.data:
        return SheetGuess(sheet.name, sheet.hidden, read=False, reasons=(Problem(NO_DATA),))
    return SheetGuess(
        sheet.name,
        sheet.hidden,
        read=True,
        reasons=reasons,
        entity=entity,
        header=(head.first, head.last),
        spread=head.spread,
        columns=columns,
        layout=layout,
        identity=identity,
        keys=keys,
        notices=tuple(notices),
    )


def _lacking(columns: tuple[ColumnGuess, ...]) -> list[Problem]:
    """Give what no column of a sheet of money's lines tells, and is assumed."""
    read = {one.field for one in columns}
    words = {"part": Problem(BUDGET_PART["operating"]), "source": Problem(OWN_MONEY)}
    return [said for field, said in words.items() if "year" in read and field not in read]


def _tells_item(sheet: Sheet, row: int, body: Body, columns: tuple[ColumnGuess, ...]) -> bool:
    """Tell whether a row names an item, rather than going on with the one above it."""
    needed = {one.number for one in columns if one.field in ("number", "title_fi")}.intersection(body.filled[row])
    texts = (sheet.value(row, at) for at in needed)
    return bool(needed) and not any(isinstance(text, str) and re.search(CONTINUED, text) for text in texts)


def _below(sheet: Sheet, body: Body) -> Iterator[str]:
    """Give the first rows below the table, where a unit may be told."""
    if body.below is None:
        return
    for row in range(body.below, min(body.below + 5, len(sheet.rows) + 1)):
        yield " ".join(str(value) for value in sheet.rows[row - 1] if isinstance(value, str) and value)


def _without_others(sheets: list[SheetGuess], given: Mapping[str, SheetGiven]) -> list[SheetGuess]:
    """Leave out sheets beside the one that is known best, where most columns mean nothing; a person may want them."""
    best = max((_known(one) for one in sheets if one.read), default=0)
    found = []
    for one in sheets:
        known, headed = _known(one), sum(1 for column in one.columns if column.heading)
        is_vague = one.entity is Entity.INITIATIVE and len(one.identity) == 1 and one.identity[0] not in one.keys
        is_other = known < best and (known < FEWEST or known < SHARE * headed or is_vague)
        if one.read and is_other and not given.get(one.name, _NOTHING_GIVEN).read:
            found.append(replace(one, read=False, reasons=(Problem(OTHER_TABLE, {"count": known, "of": headed}),)))
        else:
            found.append(one)
    return found


def _with_shared_identity(sheets: list[SheetGuess]) -> list[SheetGuess]:
    """Let sheets on the same items tell them apart by the same field."""
    items = [one for one in sheets if one.read and one.entity is Entity.INITIATIVE]
    shared = shared_identity(items)
    if shared is None:
        return sheets
    why = Problem(BY_SHARED)
    return [replace(one, identity=shared, reasons=(*one.reasons[:1], why)) if one in items else one for one in sheets]


def _known(one: SheetGuess) -> int:
    return sum(1 for column in one.columns if column.field)


def _settled(found: SheetGuess, given: SheetGiven) -> SheetGuess:
    """Let a person's own word about the sheet stand."""
    if given.read is False and found.read:
        return replace(found, read=False, reasons=(Problem(NOT_WANTED),))
    return found


def _without_copies(one: SheetGuess, sheets: list[SheetGuess], given: Mapping[str, SheetGiven]) -> SheetGuess:
    """Leave out a hidden sheet that has no heading of its own beside a visible one, unless a person wants it."""
    if not (one.read and one.hidden) or given.get(one.name, _NOTHING_GIVEN).read:
        return one
    headings = {norm(column.heading) for column in one.columns}
    for other in sheets:
        if other.read and not other.hidden and headings <= {norm(column.heading) for column in other.columns}:
            return replace(one, read=False, reasons=(Problem(OLD_COPY, {"sheet": other.name}),))
    return one
