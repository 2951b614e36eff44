"""``portfolio demo``: every municipality of imports/ in a fresh database, with its history and accounts, served."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.accounts.rules import BESIDE, IN_A_UNIT
from portfolio.cli import database
from portfolio.cli.context import DATABASE_FILE, INPUT_ERRORS, WRONG_USAGE, end, language, open_engine
from portfolio.cli.profiles import Folder, folders
from portfolio.cli.reviewing import dated_reviews
from portfolio.core.database import open_session
from portfolio.core.language import HELSINKI, N_, say, say_problem
from portfolio.core.problem import Problem, Refusal
from portfolio.core.rights import Role, operator
from portfolio.exchange.apply import (
    ByProfile,
    Import,
    Options,
    import_workbook,
    name_point,
    record_versions,
    set_up,
)
from portfolio.exchange.ledger.apply import write_ledger
from portfolio.exchange.ledger.folders import ledgers_of
from portfolio.exchange.ledger.profile import LedgerProfile, LedgerStep
from portfolio.exchange.ledger.read import read_ledger
from portfolio.exchange.preview import errors
from portfolio.exchange.profile import BaselineSetUp, Step, VersionHistorySetUp
from portfolio.files.workbook import read_workbook
from portfolio.organisation.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.core.rights import Actor

ACCOUNTS_FILE = "demo-accounts.json"
COLLECTION = "Kevään seuranta"
PASSWORD = "kolme kevyttä karttaa"  # noqa: S105 - it opens nothing but the demo, and is shown on its sign-in page
FULL = "turku"
NOON = dt.time(12)

NOT_A_DEMO = N_("%(file)s is not marked as a demo, so it was left alone. Give another folder with --data.")
MAKING = N_("The demo is being made from %(count)s folders of imports. It takes a minute or two.")
NO_FOLDERS = N_("There are no profiles to set up a demo from.")
WITH_ERRORS = N_("%(workbook)s, %(sheet)s %(cell)s: %(problem)s")


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in to the demo."""

    email: str
    password: str
    role: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One dated thing of a demo; ``rank`` orders those of one day."""

    date: dt.date
    rank: int
    run: Callable[[Session], None]


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Folder of the demo's database and of demo-accounts.json.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Make the database and stop.")
def demo_command(data: Path, port: int, *, no_serve: bool) -> None:
    """Make a fresh demo in a folder and serve it.

    A former demo of the folder is replaced, with what was done in it; a database that is no demo is left alone. The
    accounts are printed, and the sign-in page shows them.
    """
    from portfolio.cli.serve import serve

    data.mkdir(parents=True, exist_ok=True)
    file = data / DATABASE_FILE
    try:
        known = folders()
        if not any(folder.profile.municipality for folder in known):
            raise Refusal(Problem(NO_FOLDERS))
        _refuse_other_data(file)
        click.echo(say(MAKING, language(), count=len(known)), err=True)
        accounts = _make(data, known)
    except Refusal as refusal:
        end("\n".join(say_problem(problem, language()) for problem in refusal.problems), INPUT_ERRORS)
    (data / ACCOUNTS_FILE).write_text(json.dumps([asdict(one) for one in accounts], indent=2, ensure_ascii=False))
    for account in accounts:
        click.echo(f"{account.municipality:<10} {account.role:<10} {account.email:<28} {account.password}")
    if not no_serve:
        engine = open_engine(f"sqlite:///{file.resolve()}")
        serve(engine, "127.0.0.1", port, 8, PORTFOLIO_DEMO_ACCOUNTS=str((data / ACCOUNTS_FILE).resolve()))


def _refuse_other_data(file: Path) -> None:
    """Refuse to replace a database that no demo made."""
    from sqlalchemy.exc import DatabaseError

    from portfolio.accounts.queries import is_demo

    if not file.exists():
        return
    engine = open_engine(f"sqlite:///{file.resolve()}")
    try:
        with open_session(engine, write=False) as session:
            marked = is_demo(session)
    except DatabaseError:
        marked = False
    finally:
        engine.dispose()
    if not marked:
        end(say(NOT_A_DEMO, language(), file=str(file)), WRONG_USAGE)


def _make(data: Path, known: list[Folder]) -> list[Account]:
    """Make the database beside the old one and put it in its place when it is whole."""
    with tempfile.TemporaryDirectory(dir=data) as beside:
        fresh = Path(beside) / DATABASE_FILE
        engine = open_engine(f"sqlite:///{fresh}")
        try:
            accounts = fill(engine, known)
        finally:
            engine.dispose()
        for leftover in (f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm"):
            (data / leftover).unlink(missing_ok=True)
        fresh.replace(data / DATABASE_FILE)
    return accounts


def fill(engine: Engine, known: list[Folder]) -> list[Account]:
    """Make tables, set every municipality up before the first step, then run all steps in one order of date."""
    from werkzeug.security import generate_password_hash

    database.metadata()
    database.upgrade(engine)
    happenings = sorted(
        (one for folder in known if folder.profile.municipality for one in _happenings(folder)),
        key=lambda one: (one.date, one.rank),
    )
    first = min((one.date for one in happenings), default=dt.date(2026, 1, 1))
    before = _noon(first - dt.timedelta(days=1))
    hashed = generate_password_hash(PASSWORD)  # once: it is made to take time, and the password is the same
    accounts: list[Account] = []
    for folder in known:
        if folder.profile.municipality:
            with open_session(engine, write=True) as session:
                accounts += _set_up(session, folder, before, hashed)
                session.commit()
    for one in happenings:
        with open_session(engine, write=True) as session:
            one.run(session)
            session.commit()
    with open_session(engine, write=True) as session:
        _start_collection(session)
        session.commit()
    return accounts


def _happenings(folder: Folder) -> Iterator[Happening]:
    """Give what a folder dates: workbooks first, then versions and reviews, then the points that name the day's end.

    A folder that brings nothing in has nothing else to tell either.
    """
    if not folder.profile.steps:
        return
    for step in folder.profile.steps:
        yield Happening(step.date, 0, partial(_run_step, folder=folder, step=step))
    for ledger in ledgers_of(folder.path):
        for booked in ledger.steps:
            yield Happening(booked.date, 1, partial(_run_ledger, folder=folder, profile=ledger, step=booked))
    for told in folder.profile.version_histories:
        yield Happening(told.recorded, 1, partial(_run_versions, folder=folder, told=told))
    code = folder.profile.municipality.code if folder.profile.municipality else ""
    for date, run in dated_reviews(folder.path, code):
        yield Happening(date, 1, run)
    for point in folder.profile.baselines:
        yield Happening(point.date, 2, partial(_run_point, folder=folder, point=point))


def _run_versions(session: Session, folder: Folder, told: VersionHistorySetUp) -> None:
    """Write a programme's version history down."""
    at = _noon(told.recorded)
    record_versions(session, operator(at, source="command", source_ref="demo").within(_place(session, folder).id), told)


def _run_point(session: Session, folder: Folder, point: BaselineSetUp) -> None:
    """Name the state of a day."""
    at = _noon(point.date)
    name_point(session, operator(at, source="command", source_ref="demo").within(_place(session, folder).id), point)


def _place(session: Session, folder: Folder) -> Municipality:
    """Give the municipality that the folder has set up."""
    from portfolio.organisation.queries import municipality_by_code

    code = folder.profile.municipality.code if folder.profile.municipality else ""
    municipality = municipality_by_code(session, code)
    if municipality is None:
        raise LookupError(code)
    return municipality


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, NOON, HELSINKI).astimezone(dt.UTC)


def _start_collection(session: Session) -> None:
    """Let the one municipality with an account of every role have a collection on its way, made some days ago."""
    from portfolio.accounts.queries import actor_of, user_by_email
    from portfolio.exchange.operations.collecting import NewCollection, start_collection
    from portfolio.exchange.queries.collecting import items_by_unit
    from portfolio.organisation.queries import municipality_by_code
    from portfolio.register.queries import portfolios

    place, office = municipality_by_code(session, FULL), user_by_email(session, f"{Role.OFFICE.value}@{FULL}.example")
    if place is None or place.demo_day is None or office is None:
        return
    day = place.demo_day - dt.timedelta(days=3)
    actor = actor_of(session, office, place.id, _noon(day), place.demo_day)
    owned = frozenset(one.portfolio.id for one in portfolios(session, place.id))
    units = frozenset(items_by_unit(session, place.id))
    if actor is not None and owned and units:
        new = NewCollection(COLLECTION, place.demo_day + dt.timedelta(days=14), owned, units, "fi")
        start_collection(session, actor, new, place.demo_day)


def _run_step(session: Session, folder: Folder, step: Step) -> None:
    """Import one dated workbook as ``portfolio import --apply`` would; any error stops the demo."""
    municipality = _place(session, folder)
    actor = operator(_noon(step.date), source="import", source_ref=step.workbook[:80]).within(municipality.id)
    workbook = read_workbook((folder.path / step.workbook).read_bytes(), step.workbook)
    options = Options(step.document_date or step.date)
    way = ByProfile(folder.profile)
    done = import_workbook(session, replace(actor, note=step.reason), municipality, way, workbook, options)
    if done.has_errors:
        raise Refusal(*_told(done, step))


def _run_ledger(session: Session, folder: Folder, profile: LedgerProfile, step: LedgerStep) -> None:
    """Write the actual amounts of one dated ledger as ``portfolio ledger --apply`` would."""
    municipality = _place(session, folder)
    actor = operator(_noon(step.date), source="ledger", source_ref=step.workbook[:80]).within(municipality.id)
    file = read_ledger(read_workbook((folder.path / step.workbook).read_bytes(), step.workbook), profile)
    plan, _ = write_ledger(session, actor, step.workbook, file, profile)
    if plan.errors or plan.asks:
        raise Refusal(*plan.errors, *plan.asks)


def _told(done: Import, step: Step) -> list[Problem]:
    return [
        Problem(
            WITH_ERRORS,
            {
                "workbook": step.workbook,
                "sheet": one["sheet"] or "",
                "cell": f"{one['column'] or ''}{one['row'] or ''}",
                "problem": one["message"],
            },
        )
        for one in errors(done, language())
    ]


def _set_up(session: Session, folder: Folder, at: dt.datetime, hashed: str) -> list[Account]:
    actor = operator(at, source="command", source_ref="demo")
    identity = set_up(session, actor, folder.profile, demo=True)
    municipality = session.get_one(Municipality, identity)
    roles = list(Role) if municipality.code == FULL else [Role.OFFICE]
    return _make_accounts(session, actor.within(identity), municipality.code, roles, hashed)


def _make_accounts(session: Session, actor: Actor, code: str, roles: list[Role], hashed: str) -> list[Account]:
    """Make an account a role; roles that stand beside another come with that of a reader."""
    from portfolio.accounts.forms import ROLE_NAMES
    from portfolio.accounts.operations import add_user, give_access
    from portfolio.organisation.queries import posts, units

    tree = units(session, actor.municipality_id or 0)
    held = Counter(post.unit_id for post in posts(session, actor.municipality_id or 0))
    below = [one.unit.id for one in tree if one.level > 0] or [one.unit.id for one in tree]
    unit_id = max(below, key=lambda identity: held[identity], default=None)
    accounts = []
    for role in roles:
        email = f"{role.value}@{code}.example"
        own_unit = unit_id if role in IN_A_UNIT else None
        values = {"email": email, "name": say(ROLE_NAMES[role], "fi"), "unit_id": own_unit, "role": role.value}
        main = {**values, "role": Role.VIEWER.value, "unit_id": None} if role in BESIDE else values
        user = add_user(session, actor, main).user
        user.password_hash = hashed
        if role in BESIDE:
            give_access(session, actor, user.id, values)
        accounts.append(Account(email, PASSWORD, role.value, code))
    _give_posts(session, actor, code, unit_id)
    return accounts


def _give_posts(session: Session, actor: Actor, code: str, unit_id: int | None) -> None:
    """Let the reporter hold a post of the unit, so that someone has items of their own."""
    from portfolio.accounts.forms import ROLE_NAMES
    from portfolio.organisation.operations import add_holding, create_person
    from portfolio.organisation.queries import posts

    if code != FULL or unit_id is None:
        return
    own = next((post for post in posts(session, actor.municipality_id or 0) if post.unit_id == unit_id), None)
    if own is not None:
        email = f"{Role.REPORTER.value}@{code}.example"
        person_id = create_person(session, actor, say(ROLE_NAMES[Role.REPORTER], "fi"), email)
        add_holding(session, actor, {"post_id": own.id, "person_id": person_id})
