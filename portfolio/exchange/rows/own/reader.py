"""A whole workbook of our own layout: initiatives first, then what refers to them, all problems in one pass."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.timespan import Kind as TimeKind
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import Column, Entity, Key, Kind, Reading, as_text, norm
from portfolio.exchange.columns.identity import ID
from portfolio.exchange.columns.sheets import CODE, ENDS, INITIATIVES, PORTFOLIO, STARTS, TITLE
from portfolio.exchange.columns.writing import Labels, Writing
from portfolio.exchange.rows.identity import as_known, source_key
from portfolio.exchange.rows.model import Fault, Parsed, Record, SheetRead
from portfolio.exchange.rows.own.answers import settle_answers
from portfolio.exchange.rows.own.budget import read_budget
from portfolio.exchange.rows.own.cells import Line, OwnCells
from portfolio.exchange.rows.own.layout import FoundSheet, find_layout
from portfolio.exchange.rows.own.sheet import OwnSheetRows
from portfolio.exchange.rows.own.surroundings import OwnSurroundings
from portfolio.exchange.rows.own.values import problems_in, read_column
from portfolio.exchange.rows.read import hidden_parts, in_order, unread_words
from portfolio.exchange.rows.shifted import NamedRow, alarm, shifted_rows
from portfolio.files.cells import Workbook

COPIED_ALIKE = N_("The row is a copy of row %(row)s and says the same: it was read once.")
COPIED = N_(
    "Row %(row)s has the same identity as this one, and they say different things. Keep the identity in the one that "
    "is the original and empty it in the other, which is then a new row."
)
OTHERS_CODE = N_('The row bears the name of another row: "%(text)s".')
NOT_ASKED = N_("The round does not ask about this row. Empty it, and propose new items on the page of the round.")
NO_PORTFOLIO = N_("The row is new. Write the portfolio that it belongs to.")
UNKNOWN_PORTFOLIO = N_('There is no portfolio "%(text)s".')


def read_own(workbook: Workbook, surroundings: OwnSurroundings) -> Parsed:
    """Read a workbook of ours; what nobody touched is the base itself and costs next to nothing."""
    return _Reader(workbook, surroundings).read()


class _Reader:
    def __init__(self, workbook: Workbook, surroundings: OwnSurroundings) -> None:
        self._workbook = workbook
        self._around = surroundings
        self._layout = find_layout(workbook, surroundings.meta, surroundings.schemes, surroundings.asked)
        self._parsed = Parsed([], {}, [*self._layout.faults], [*self._layout.notices], "", 0, [])
        language, portfolio = surroundings.language, surroundings.portfolio or ""
        self._reading = Reading(language, surroundings.times, surroundings.registry, portfolio, unit="fraction")
        self._money = Reading(language, surroundings.times, surroundings.registry, portfolio)
        self._writing = Writing(language, Labels(surroundings.registry), surroundings.times, portfolio)
        self._new: Counter[Key] = Counter()
        self._called: dict[Key, Key] = {}
        self._hash = hashlib.sha256()

    def read(self) -> Parsed:
        parsed = self._parsed
        order = {INITIATIVES: 0}
        for found in sorted(self._layout.sheets, key=lambda one: order.get(one.own.key, 1)):
            self._read_sheet(found)
        parsed.faults = in_order(self._workbook, parsed.faults)
        parsed.content_hash = self._hash.hexdigest()
        return parsed

    def _read_sheet(self, found: FoundSheet) -> None:
        rows = OwnSheetRows(found, self._around)
        self._parsed.faults += [Fault(problem) for problem in found.sheet.faults]
        self._stop_when_shifted(rows)
        if found.own.entity is Entity.BUDGET:
            totals = read_budget(rows, self._parsed, self._money, self._writing)
        else:
            self._read_records(rows)
            totals = {}
        self._take(rows, totals)

    def _take(self, rows: OwnSheetRows, totals: Mapping[str, Decimal]) -> None:
        """Gather what the sheet told."""
        parsed, found = self._parsed, rows.found
        self._tell_touched(rows)
        parsed.faults += rows.faults
        parsed.notices += [*rows.notices, *hidden_parts(found.sheet, (), _own_hidden(found))]
        parsed.lost += rows.lost
        parsed.passed += rows.passed
        keys = {number: key for key, number in found.columns.items()}
        fields = {number: own.field for number, key in keys.items() if (own := found.own.find(key))}
        about = SheetRead(found.sheet.name, found.sheet.hidden, [found.header], len(rows.rows) + len(rows.lost))
        about.columns = {text: fields.get(number) for number, text in found.texts.items()}
        about.totals = {found.texts[found.columns[key]]: total for key, total in totals.items()}
        parsed.sheets.append(about)
        parsed.rows += about.rows
        self._add_to_hash(rows)

    # ------------------------------------------------------------------------------------ records
    def _read_records(self, rows: OwnSheetRows) -> None:
        """Make records of the rows of initiatives or milestones."""
        columns = self._typed(rows)
        bases = [{} if key is None else self._around.base(key) for key in rows.keys]
        names = list(columns)
        values = [columns[name](bases) for name in names]
        if rows.entity is Entity.REVIEW:
            settle_answers(dict(zip(names, values, strict=True)), bases)
        lines = list(zip(*values, strict=True)) if values else [()] * len(rows.rows)
        places = {rows.fields[name][0].field or name: rows.found.columns[name] for name in names}
        removals, comments = rows.removals(), rows.comments()
        versions = dict(rows.versions())
        seen: dict[Key, tuple[int, tuple[Any, ...]]] = {}
        for number, (row, key, line) in enumerate(zip(rows.rows, rows.keys, lines, strict=True)):
            if key is not None and key in seen:
                self._tell_copy(rows, row, key, same=seen[key][1] == line)
                continue
            record = self._record(rows, row, key, dict(zip(places, line, strict=True)), places)
            if record is None:
                continue
            seen[record.key] = (row, line)
            record.version, record.comment = versions.get(number), comments.get(row)
            record.removal = removals.get(row)
            self._parsed.records[record.key] = record
        self._tell_problems(rows, names, values)
        self._parsed.notices += self._unread(rows, bases)

    def _typed(self, rows: OwnSheetRows) -> dict[str, Any]:
        """Give for each column that holds a field a function that types it beside the rows' bases."""

        def typing(key: str, column: Column) -> Any:
            def typed(bases: Sequence[Mapping[str, Any]]) -> list[Any]:
                reading = self._money if column.kind is Kind.MONEY else self._reading
                then = [base.get(column.name) for base in bases]
                values = read_column(column, rows.raws(key), then, reading, self._writing)
                rows.trouble(values, key)
                return values

            return typed

        return {key: typing(key, column) for key, (_, column) in rows.fields.items()}

    def _record(
        self, rows: OwnSheetRows, row: int, key: Key | None, values: dict[str, Any], places: Mapping[str, int]
    ) -> Record | None:
        portfolio = self._around.portfolio_of.get(key, "") if key else ""
        if key is None:
            found = self._new_key(rows, row, values)
            if found is None:
                return None
            named, portfolio = found
            key = self._around.added(named) or named
            self._called[key] = named
            self._make_known(key, portfolio, _sound(values))
        cells = OwnCells(values, Line(rows.sheet, row, places))
        return Record(key, rows.entity, portfolio, "", [(rows.sheet.name, row)], cells)

    def _make_known(self, key: Key, portfolio: str, values: Mapping[str, Any]) -> None:
        """Let the rows of other sheets refer to a new initiative by its title."""
        for scope in dict.fromkeys(("", portfolio)):
            known = as_known(Entity(key[0]), key, scope, values)
            if known is not None:
                self._around.registry.add(known)

    def _new_key(self, rows: OwnSheetRows, row: int, values: Mapping[str, Any]) -> tuple[Key, str] | None:
        """Give a new row a key of what it is called, the same whenever the file comes again."""
        if rows.entity is Entity.REVIEW:
            rows.refuse(row, Problem(NOT_ASKED), CODE)
            return None
        sound = _sound(values)
        title = sound.get("title_fi") or sound.get("title_sv")
        if rows.entity is Entity.INITIATIVE:
            portfolio = self._portfolio(rows, row)
            if portfolio is None:
                return None
            scope, mark = f"{portfolio}/", source_key({"title": title}, ("title",), "")
        else:
            portfolio, owner = "", sound.get("initiative")
            named = {"initiative": self._called.get(owner, owner) if owner else None, "title": title}
            scope, mark = "", source_key(named, ("initiative", "title"), "")
        plain: Key = (rows.entity, f"{scope}+ {mark}")
        self._new[plain] += 1
        count = self._new[plain]
        return ((plain[0], f"{plain[1]} #{count}") if count > 1 else plain), portfolio

    def _portfolio(self, rows: OwnSheetRows, row: int) -> str | None:
        """Find where a new initiative goes: as its row says, else where the export's rows belong."""
        column = rows.found.columns.get(PORTFOLIO)
        text = as_text(rows.sheet.value(row, column), self._around.language).strip() if column else ""
        found = self._around.portfolios.get(norm(text)) if text else self._around.portfolio
        if found is None:
            problem = Problem(UNKNOWN_PORTFOLIO, {"text": text}) if text else Problem(NO_PORTFOLIO)
            rows.refuse(row, problem, PORTFOLIO, text)
        return found

    def _tell_copy(self, rows: OwnSheetRows, row: int, key: Key, *, same: bool) -> None:
        """Tell of a second row with the identity of one that was read: nobody knows which of two is meant."""
        first = self._parsed.records[key]
        shown = {"row": first.rows[0][1]}
        rows.passed += len(rows.fields)
        if same:
            rows.notices.append(Problem(COPIED_ALIKE, shown, rows.place(row, ID)))
            return
        rows.fault(row, ID, Problem(COPIED, shown))
        rows.fault(first.rows[0][1], ID, Problem(COPIED, {"row": row}))

    def _tell_problems(self, rows: OwnSheetRows, names: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
        for name, column in zip(names, values, strict=True):
            for number in problems_in(column):
                rows.fault(rows.rows[number], name, column[number])

    def _unread(self, rows: OwnSheetRows, bases: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
        """Tell of time words that were written now and stay words."""
        then = dict(zip(rows.keys, bases, strict=True))
        for name in [column.name for _, column in rows.fields.values() if column.kind is Kind.WORDS]:
            for key in dict.fromkeys(rows.keys):
                record = self._parsed.records.get(key) if key else None
                if isinstance(record, Record) and isinstance(record.cells, OwnCells):
                    value = record.cells.typed.get(name)
                    is_new = value is not then.get(key, {}).get(name)
                    if is_new and isinstance(value, Timespan) and value.kind is TimeKind.UNREAD:
                        yield unread_words(record.cells[name], self._around.times)

    # ------------------------------------------------------------------------------------ the sheet as a whole
    def _stop_when_shifted(self, rows: OwnSheetRows) -> None:
        """Stop the file when rows bear the names of others; a single such row is an error of its own."""
        strange = shifted_rows(list(self._named(rows)))
        problem = alarm(strange)
        if problem is not None:
            self._parsed.stopped = True
            place = rows.sheet.place(strange[0].row)
            self._parsed.faults.append(Fault(Problem(problem.msgid, problem.params, place)))
            return
        for one in strange:
            if one.code and norm(one.code) != norm(one.base_code):
                rows.fault(one.row, CODE, Problem(OTHERS_CODE, {"text": one.code}))

    def _named(self, rows: OwnSheetRows) -> Iterator[NamedRow]:
        """Give the rows with their names, when any is called otherwise than in the base."""
        is_item = rows.entity is Entity.INITIATIVE
        title = "title_fi" if rows.entity is not Entity.BUDGET else TITLE
        language = self._around.language
        codes = [
            as_text(raw, language) for raw in rows.raws(CODE if rows.entity is not Entity.MILESTONE else "initiative")
        ]
        titles = [as_text(raw, language) for raw in rows.raws(title)]
        for row, key, code, text in zip(rows.rows, rows.keys, codes, titles, strict=True):
            if key is None:
                continue
            base = self._around.base(key)
            if rows.entity is Entity.MILESTONE:
                owner = self._around.codes.get(base.get("initiative", key), "")
                yield NamedRow(
                    row, key, "", f"{code} {text}" if text else "", "", f"{owner} {base.get('title_fi', '')}"
                )
            elif rows.entity is Entity.REVIEW:
                item = base.get("initiative", key)
                yield NamedRow(
                    row, key, code, text, self._around.codes.get(item, ""), self._title(self._around.base(item))
                )
            else:
                shown = str(base.get("title_fi", "")) if is_item else self._title(base)
                yield NamedRow(row, key, code, text, self._around.codes.get(key, ""), shown)

    def _title(self, base: Mapping[str, Any]) -> str:
        swedish = base.get("title_sv") if self._around.language == "sv" else None
        return str(swedish or base.get("title_fi", ""))

    def _tell_touched(self, rows: OwnSheetRows) -> None:
        """Tell of changes in columns that are there for reading."""
        bases = [{} if key is None else self._around.base(key) for key in rows.keys]
        owners = [
            base.get("initiative") if rows.entity in {Entity.MILESTONE, Entity.REVIEW} else key
            for base, key in zip(bases, rows.keys, strict=True)
        ]
        rows.tell_touched(CODE, [self._around.codes.get(owner) if owner else None for owner in owners])
        if rows.entity is not Entity.INITIATIVE:
            rows.tell_touched(TITLE, [self._title(self._around.base(owner)) if owner else None for owner in owners])
        for key, name in ((STARTS, "start"), (ENDS, "end")):
            spans = [base.get("timespan") for base in bases]
            rows.tell_touched(key, [_day(getattr(span, name, None)) for span in spans])
        for key, show in self._around.shown.items():
            if rows.entity in {Entity.INITIATIVE, Entity.REVIEW}:
                rows.tell_touched(key, [show(owner) if owner else None for owner in rows.keys])

    def _add_to_hash(self, rows: OwnSheetRows) -> None:
        """Hash the rows as they stand, whatever their order and that of the columns."""
        columns = [rows.raws(key) for key in sorted(rows.found.columns)]
        texts = sorted("\x1f".join(map(str, line)) for line in zip(*columns, strict=True))
        self._hash.update("\x1e".join((rows.found.own.key, *sorted(rows.found.columns), *texts)).encode())


def _sound(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not isinstance(value, Problem)}


def _day(value: Any) -> Any:
    return value if isinstance(value, dt.date) else None


def _own_hidden(found: FoundSheet) -> frozenset[int]:
    """Give the columns that we hide ourselves."""
    return frozenset(number for key, number in found.columns.items() if key.startswith("_"))
