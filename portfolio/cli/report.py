"""How the command line tells of an import: one JSON object, or sentences with a table of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from portfolio.cli.context import print_json
from portfolio.core.history import Undone
from portfolio.core.language import N_, say, say_plural, say_problem
from portfolio.core.problem import Problem
from portfolio.exchange.preview import empty_preview

LISTED = 40
"""How many changes are listed for people; the JSON holds them all."""

CHANGED_SINCE = N_("It has changed since.")


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

    def imported(self, answer: Mapping[str, Any], *, same: bool) -> None:
        """Tell what an import did, or would do."""
        if self.as_json:
            print_json(answer)
            return
        counts = answer["summary"]
        self._say(N_("%(file)s, profile %(profile)s"), file=answer["file"], profile=answer["profile"])
        for sheet in answer["sheets"]:
            rows = say_plural(N_("%(num)s row"), N_("%(num)s rows"), sheet["rows"], self.language)
            click.echo(f"  {sheet['name']}: {rows}")
        for notice in answer["notices"]:
            click.echo(f"  · {notice}")
        self._changes(answer["changes"])
        self._errors(answer["errors"])
        self._counts(counts)
        self._outcome(answer, same=same)

    def undone(self, batch_id: int, file: str, undone: Undone) -> None:
        """Tell what an undo put back and what it left."""
        restored = sum(len(cells) for cells in undone.written.changed.values())
        left = [
            {
                "entity": one.entity,
                "id": one.entity_id,
                "field": one.field,
                "message": say_problem(one.problem or Problem(CHANGED_SINCE), self.language),
            }
            for one in undone.left
        ]
        if self.as_json:
            print_json({"batch": batch_id, "file": file, "restored": restored, "left": left})
            return
        self._say(
            N_("Import %(batch)s (%(file)s) was undone: %(count)s values went back."),
            batch=batch_id,
            file=file,
            count=restored,
        )
        for one in left:
            click.echo(f"  {one['entity']} {one['id']}, {one['field']}: {one['message']}")

    def _say(self, msgid: str, **params: object) -> None:
        click.echo(say(msgid, self.language, **params))

    def _changes(self, changes: Sequence[Mapping[str, Any]]) -> None:
        shown = [one for one in changes if one["outcome"] != "add"]
        for one in shown[:LISTED]:
            cell = f"{one['column'] or ''}{one['row']}"
            name = f"{one['id'] or ''} {one['field']}"
            click.echo(f"  {one['sheet']}, {cell} {name}: {one['old']} → {one['new']} ({one['outcome']})")
        if len(shown) > LISTED:
            self._say(N_("… and %(count)s more; --json lists them all."), count=len(shown) - LISTED)

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
