"""How the command line tells of an import: one JSON object, or sentences with a table of what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

import click

from portfolio.cli import database
from portfolio.cli.context import NO_TABLES, WRONG_USAGE, print_json
from portfolio.core.language import N_, format_date, say, say_plural, say_problem
from portfolio.core.money import format_money
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.columns import ROW_ENTITIES, Column, Entity, Kind, column
from portfolio.exchange.preview import empty_preview
from portfolio.register.rules.words import ANSWER_WORDS, YES_OR_NO

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portfolio.exchange.queries.words import Words
    from portfolio.pages.queries.left import LeftWords

LISTED = 40
"""How many changes are listed for people; the JSON holds them all."""

OUTCOMES = {
    "apply": N_("is changed"),
    "keep": N_("changed by others, stays"),
    "conflict": N_("conflict"),
    "error": N_("error"),
}
FIRST_INITIATIVES = (Entity.INITIATIVE, *ROW_ENTITIES, Entity.REVIEW)
"""Where a field's name is looked up; a field of several kinds has the same name in all."""
AND_MORE = N_("… and %(count)s more; --json lists them all.")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language to a person, or JSON to a program; progress always goes to standard error."""

    language: str
    as_json: bool

    def progress(self, text: str) -> None:
        """Tell what is being done."""
        click.echo(f"{text} …", err=True)

    def refused(self, file: str, problems: Sequence[Problem]) -> None:
        """Tell why nothing could be done at all."""
        if self.as_json:
            print_json(empty_preview(file, problems, self.language))
        else:
            for problem in problems:
                click.echo(say_problem(problem, self.language), err=True)

    def imported(self, answer: Mapping[str, Any], words: Words, *, same: bool) -> None:
        """Tell what an import did, or would do; ``words`` name classes and sources as the municipality does."""
        if self.as_json:
            print_json(answer)
            return
        counts = answer["summary"]
        self._say(N_("%(file)s, profile %(profile)s"), file=answer["file"], profile=answer["profile"])
        for sheet in answer["sheets"]:
            click.echo(
                "  " + say(N_("%(sheet)s (rows: %(count)s)"), self.language, sheet=sheet["name"], count=sheet["rows"])
            )
        for notice in answer["notices"]:
            click.echo(f"  · {notice}")
        self._changes(answer["changes"], words)
        self._errors(answer["errors"])
        self._counts(counts)
        self._outcome(answer, same=same)

    def undone(self, batch_id: int, file: str, restored: int, left: Sequence[LeftWords]) -> None:
        """Tell what an undo put back and what it left."""
        if self.as_json:
            kept = [
                {"entity": one.cell.entity, "id": one.cell.entity_id, "field": one.cell.field}
                | {"item": one.item, "label": one.label, "message": one.message}
                for one in left
            ]
            print_json({"batch": batch_id, "file": file, "restored": restored, "left": kept})
            return
        words = say_plural(
            "Import %(batch)s (%(file)s) was undone: %(num)s value went back.",
            "Import %(batch)s (%(file)s) was undone: %(num)s values went back.",
            restored,
            self.language,
            batch=batch_id,
            file=file,
        )
        click.echo(words)
        if left:
            words = say_plural(
                "%(num)s value was left as it is now:",
                "%(num)s values were left as they are now:",
                len(left),
                self.language,
            )
            click.echo(words)
        for one in left:
            click.echo("  " + ", ".join(filter(None, (one.item, one.label))) + f": {one.message}")

    def _say(self, msgid: str, **params: object) -> None:
        click.echo(say(msgid, self.language, **params))

    def _changes(self, changes: Sequence[Mapping[str, Any]], words: Words) -> None:
        shown = [one for one in changes if one["outcome"] != "add"]
        for one in shown[:LISTED]:
            click.echo(f"  {one['sheet']}, {one['column'] or ''}{one['row']}: {self._change(one, words)}")
        if len(shown) > LISTED:
            self._say(AND_MORE, count=len(shown) - LISTED)

    def _change(self, one: Mapping[str, Any], words: Words) -> str:
        """Say one change: "K-001-X Status: Approved → Under way"."""
        entity, found = next(
            ((entity, found) for entity in FIRST_INITIATIVES if (found := column(entity, one["field"]))),
            (Entity.INITIATIVE, None),
        )
        name = words.field(entity, one["field"])
        old, new = (self._value(found, one[side]) for side in ("old", "new"))
        outcome = OUTCOMES[one["outcome"]]
        return f"{one['id'] or ''} {name}: {old} → {new} ({say(outcome, self.language)})".strip()

    def _value(self, found: Column | None, value: Any) -> str:
        if isinstance(value, list):
            return "; ".join(self._value(found, part) for part in value)
        if value is None or isinstance(value, bool):
            return "–" if value is None else say(YES_OR_NO[value], self.language)
        if found is not None and found.kind in _WRITERS and _is_typed(found.kind, value):
            return _WRITERS[found.kind](value, self.language)
        if found is not None and isinstance(value, str):
            words = {answer.value: msgid for answer, msgid in ANSWER_WORDS.items()}
            choices = words if found.kind in {Kind.ANSWER, Kind.MONEY} else found.choices
            return say(choices[value], self.language) if value in choices else value
        return str(value)

    def _errors(self, errors: Sequence[Mapping[str, Any]]) -> None:
        if not errors:
            return
        self._say(N_("Errors:"))
        for one in errors:
            where = f"{one['column'] or ''}{one['row'] or ''}"
            click.echo(f"  {one['sheet'] or '-'}  {where:<6} {one['message']}")

    def _counts(self, counts: Mapping[str, int]) -> None:
        self._say(
            N_(
                "%(added)s rows are new, %(changed)s values change, %(kept)s were changed by others and stay, "
                "%(conflicts)s conflict, %(errors)s are in error; %(missing)s items are not in the file."
            ),
            **{name: counts[name] for name in ("added", "changed", "kept", "conflicts", "errors")},
            missing=counts["not_in_file"],
        )

    def _outcome(self, answer: Mapping[str, Any], *, same: bool) -> None:
        if "applied" not in answer:
            self._say(N_("Nothing was written. Add --apply to write."))
        elif not answer["applied"]:
            self._say(N_("Nothing was written: mend the errors or decide the conflicts first."))
        elif same:
            self._say(N_("The same file has been imported before, so nothing changed."))
        else:
            self._say(
                N_("Saved as import %(batch)s. Undo it with: portfolio undo %(batch)s"), batch=answer["batch"] or "–"
            )


def _is_typed(kind: Kind, value: Any) -> bool:
    """Tell whether a value of the JSON is of its column's kind; what could not be read stands as in the file."""
    if kind is Kind.DATE:
        return isinstance(value, str) and _DAY.fullmatch(value) is not None
    return isinstance(value, int | float)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WRITERS: Mapping[Kind, Callable[[Any, str], str]] = {
    Kind.MONEY: lambda value, language: format_money(Decimal(str(value)), language),
    Kind.PERCENT: lambda value, _: f"{value}\N{NO-BREAK SPACE}%",
    Kind.DATE: lambda value, language: format_date(dt.date.fromisoformat(value), language),
}


def refuse(speaker: Speaker, file: str, refusal: Refusal, status: int = WRONG_USAGE) -> NoReturn:
    """Tell why nothing could be done at all, and end."""
    speaker.refused(file, refusal.problems)
    raise SystemExit(status)


def need_tables(engine: Engine, speaker: Speaker, file: str) -> None:
    """End unless the database has been set up."""
    database.metadata()
    if database.current_migration(engine) is None:
        refuse(speaker, file, Refusal(Problem(NO_TABLES)))
