"""What ``portfolio import`` says of a workbook that nobody prepared: how it would be read, and what that would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
from sqlalchemy import select

from portfolio.cli.context import INPUT_ERRORS, WRONG_USAGE, now, print_json
from portfolio.core.language import N_, say, say_problem
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Actor
from portfolio.core.timespan import Context
from portfolio.exchange.columns import Registry
from portfolio.exchange.guess import ColumnGuess, Guess, SheetGuess, Vocabulary, guess
from portfolio.exchange.profile import dump
from portfolio.exchange.rows import Surroundings, parse
from portfolio.files.cells import Workbook, column_letter
from portfolio.organisation.rules import today_in
from portfolio.register.queries import portfolio_by_code

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portfolio.cli.telling import Speaker
    from portfolio.organisation.models import Municipality
    from portfolio.register.models import Portfolio

NO_PORTFOLIO = N_('There is no portfolio "%(code)s" in this database.')
NO_PLACE = N_("Nobody said where the rows would go. Name a portfolio with --portfolio.")
NOT_APPLIED = N_(
    "No profile fits this file, and a guess is applied by nobody but a person who has checked it. "
    "Send the file on the page Import and export, or name a profile with --profile."
)
GUESSED = N_("%(file)s: no profile fits, so this is a guess.")
SHEET_READ = N_("Sheet %(sheet)s, heading on rows %(first)s–%(last)s")
SHEET_PASSED = N_("Sheet %(sheet)s would not be read: %(reason)s")
NOT_READ = N_("not read")

MakeActor = Callable[["Session", "Municipality"], Actor]


def show_guess(session: Session, speaker: Speaker, workbook: Workbook, code: str | None, make_actor: MakeActor) -> int:
    """Print how a workbook would be read and what that would change, and give the exit status: 0 when it can be read.

    Raises Refusal for a portfolio that is not there.
    """
    found, answer = guess_answer(session, workbook, code, make_actor, speaker.language)
    if speaker.as_json:
        print_json(answer)
    else:
        _tell(found, answer, speaker.language)
    if not found.is_readable:
        return WRONG_USAGE
    return INPUT_ERRORS if answer["errors"] and not answer["summary"]["rows"] else 0


def guess_answer(
    session: Session, workbook: Workbook, code: str | None, make_actor: MakeActor, language: str
) -> tuple[Guess, dict[str, Any]]:
    """Guess a workbook and give the preview's object (DESIGN §7) with one more key, "guess"."""
    from portfolio.exchange.apply import ByProfile, Options
    from portfolio.exchange.apply.plan import plan_import
    from portfolio.exchange.preview import preview, reading_preview, said_at_place

    municipality, portfolio = _place(session, code)
    day = _today(municipality)
    vocabulary = _vocabulary(session, municipality, portfolio, day, language)
    found = guess(workbook, vocabulary)
    if municipality is not None and portfolio is not None and found.is_readable:
        actor = make_actor(session, municipality)
        way = ByProfile(found.profile, guessed=True)
        done = plan_import(session, actor, municipality, workbook, way, Options(day))
        answer = preview(done, workbook.name, "", portfolio.code, language)
    else:
        times = vocabulary.in_language(found.profile.language).times
        parsed = parse(workbook, found.profile, Surroundings(times, vocabulary.registry))
        answer = reading_preview(parsed, workbook.name, language)
    told = [said_at_place(one, language) for one in found.notices]
    told += [] if portfolio else [say(NO_PLACE, language)]
    answer |= {"profile": None, "notices": [*told, *answer["notices"]], "guess": as_json(found, language)}
    return found, answer


def refuse_applying() -> Refusal:
    """Give the refusal of ``--apply`` for a file that is only guessed."""
    return Refusal(Problem(NOT_APPLIED))


def as_json(found: Guess, language: str) -> dict[str, Any]:
    """Give a guess sheet by sheet and column by column with its reasons, and the profile that it makes."""
    return {"sheets": [_sheet(one, language) for one in found.sheets], "profile": dump(found.profile)}


def _sheet(one: SheetGuess, language: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "hidden": one.hidden,
        "read": one.read,
        "reasons": [say_problem(reason, language) for reason in one.reasons],
        "entity": one.entity.value if one.read else None,
        "header_rows": list(range(one.header[0], one.header[1] + 1)) if one.header else [],
        "identity": list(one.identity) if one.read else [],
        "columns": [_column(column, language) for column in one.columns],
        "sections": [
            {"field": section.field, "rows": list(section.rows), "texts": list(section.texts)}
            for section in one.layout.sections
        ],
    }


def _column(one: ColumnGuess, language: str) -> dict[str, Any]:
    return {
        "column": column_letter(one.number),
        "heading": one.heading,
        "field": one.field,
        "confidence": one.confidence,
        "unit": one.unit,
        "samples": list(one.samples),
        "reasons": [say_problem(reason, language) for reason in one.reasons],
    }


def _tell(found: Guess, answer: dict[str, Any], language: str) -> None:
    click.echo(say(GUESSED, language, file=answer["file"]))
    for one in found.sheets:
        reason = say_problem(one.reasons[0], language)
        if not one.read or one.header is None:
            click.echo("  " + say(SHEET_PASSED, language, sheet=one.name, reason=reason))
            continue
        click.echo("  " + say(SHEET_READ, language, sheet=one.name, first=one.header[0], last=one.header[1]))
        for column in one.columns:
            field = column.field or say(NOT_READ, language)
            why = " ".join(say_problem(each, language) for each in column.reasons)
            click.echo(f"    {column_letter(column.number):<3} {column.heading}: {field}. {why}")
    for notice in answer["notices"]:
        click.echo(f"  · {notice}")
    for error in answer["errors"]:
        click.echo(f"  {error['sheet'] or '-'}  {error['column'] or ''}{error['row'] or '':<6} {error['message']}")


def _place(session: Session, code: str | None) -> tuple[Municipality | None, Portfolio | None]:
    """Find where the rows would go; without a portfolio the one municipality there is gives its words."""
    from portfolio.organisation.models import Municipality

    if code is None:
        some = session.scalars(select(Municipality).limit(2)).all()
        return (some[0] if len(some) == 1 else None), None
    portfolio = portfolio_by_code(session, code)
    if portfolio is None:
        raise Refusal(Problem(NO_PORTFOLIO, {"code": code}))
    return session.get_one(Municipality, portfolio.municipality_id), portfolio


def _today(municipality: Municipality | None) -> dt.date:
    demo_day = municipality.demo_day if municipality is not None else None
    return today_in(demo_day, now())


def _vocabulary(
    session: Session, municipality: Municipality | None, portfolio: Portfolio | None, day: dt.date, language: str
) -> Vocabulary:
    from portfolio.exchange.queries.vocabulary import load_vocabulary

    if municipality is None:
        return Vocabulary(Registry(), Context.default(day, language), language=language)
    return load_vocabulary(session, municipality, portfolio, day, language)
