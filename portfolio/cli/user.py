"""``portfolio user``: the operator gives people access; the first administrator comes in this way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from portfolio.cli.context import INPUT_ERRORS, end, end_with, now, with_engine
from portfolio.core.rights import Role

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.organisation.models import Municipality, Unit

DEFAULT_ADDRESS = "http://127.0.0.1:8000"
NO_MUNICIPALITY = "There is no municipality yet. Make one with: portfolio import FILE --set-up --apply"


@click.group()
def user_command() -> None:
    """Give people access."""


@user_command.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What the person may do.")
@click.option("--municipality", "code", help="Code of the municipality, such as turku; needed when there are several.")
@click.option("--unit", "unit_code", help="Code of the unit that the role reaches, with those below it.")
@click.option("--name", help="The person's name; by default what the e-mail begins with.")
@with_engine
def add(engine: Engine, email: str, role: str, code: str | None, unit_code: str | None, name: str | None) -> None:
    """Give EMAIL a role, and print a one-time link.

    With the link the person chooses a password; who has one already gets no link.
    """
    from portfolio.accounts import operations
    from portfolio.core.database import open_session
    from portfolio.core.problem import Refusal
    from portfolio.core.rights import operator

    with open_session(engine, write=True) as session:
        municipality = _municipality(session, code)
        unit = _unit(session, municipality, unit_code) if unit_code else None
        values = {"email": email, "name": name or email.partition("@")[0], "role": role}
        actor = operator(now()).within(municipality.id)
        try:
            new = operations.add_user(session, actor, {**values, "unit_id": unit.id if unit else None})
        except Refusal as refusal:
            end_with(refusal.problems)
        session.commit()
    if new.token is None:
        click.echo(f"{new.user.email} already has a password and may sign in.", err=True)
    else:
        click.echo(f"{_address()}/password/new?token={new.token}")


def _address() -> str:
    return (os.environ.get("PORTFOLIO_PUBLIC_URL") or DEFAULT_ADDRESS).rstrip("/")


def _municipality(session: Session, code: str | None) -> Municipality:
    from portfolio.organisation import queries

    found = queries.municipalities(session)
    chosen = [one for one in found if code in {None, one.code}]
    if not found:
        end(NO_MUNICIPALITY, INPUT_ERRORS)
    if len(chosen) != 1:
        end(f"Say which municipality by --municipality: {', '.join(one.code for one in found)}", INPUT_ERRORS)
    return chosen[0]


def _unit(session: Session, municipality: Municipality, code: str) -> Unit:
    from portfolio.organisation import queries

    units = {one.unit.code: one.unit for one in queries.units(session, municipality.id)}
    if code not in units:
        end(f"There is no unit {code}. Units: {', '.join(units) or 'none'}", INPUT_ERRORS)
    return units[code]
