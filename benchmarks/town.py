"""Generated databases, and a signed-in visitor of their pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.accounts import operations as accounts
from portfolio.app import create_app
from portfolio.cli import database
from portfolio.cli.context import open_engine
from portfolio.cli.generate import generate
from portfolio.cli.serve import keep_what_is_loaded
from portfolio.core.database import open_session
from portfolio.core.rights import Role, operator

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy import Engine

CODE = "kunta1"
SECRET = "only-of-towns-that-are-made-up-and-thrown-away"  # noqa: S105 -- it keeps nothing
MUNICIPALITY_ID = 1


@dataclass(frozen=True, slots=True)
class Town:
    """A generated municipality and an office user's browser."""

    engine: Engine
    client: FlaskClient

    def get(self, path: str) -> bytes:
        """Fetch a page of the municipality; anything but success is an error."""
        answer = self.client.get(f"/{CODE}{path}")
        if answer.status_code != 200:  # noqa: PLR2004 -- HTTP's own number
            message = f"{path}: {answer.status}"
            raise RuntimeError(message)
        return bytes(answer.data)


def make_town(folder: Path, initiatives: int, changes: int = 0) -> Town:
    """Generate a database of so many initiatives and changes, always the same, and sign an office user in."""
    engine = open_engine(f"sqlite:///{folder / f'{initiatives}.sqlite'}")
    database.upgrade(engine)
    with open_session(engine, write=True) as session:
        generate(session, initiatives, 1, changes, seed=1)
    now = dt.datetime.now(dt.UTC)
    with open_session(engine, write=True) as session:
        actor = operator(now).within(MUNICIPALITY_ID)
        values = {"email": "office@kunta1.example", "name": "Kehittämispäällikkö", "role": Role.OFFICE}
        new = accounts.add_user(session, actor, values)
        token = accounts.sign_in(session, new.user.id, "benchmark", now)
        session.commit()
    client = create_app({"PORTFOLIO_SECRET_KEY": SECRET}, engine=engine).test_client()
    keep_what_is_loaded()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return Town(engine, client)
