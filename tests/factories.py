"""Sensible rows for tests: `create_x(session, **overrides)` writes one through the real operations or history.

Rows go into the municipality given by `municipality_id`, else into the only one there is, which is made when needed.
The session must have been opened for writing.
"""

import datetime as dt
from functools import cache
from itertools import count

from sqlalchemy import select
from werkzeug.security import generate_password_hash

from portfolio.accounts.models import Access, User
from portfolio.core import history
from portfolio.core.rights import Actor, Grant, Role, operator
from portfolio.organisation.models import Holding, Municipality, Person, Post, Unit
from portfolio.register.models import Category, CategoryScheme, Initiative, Portfolio
from portfolio.register.operations import create_initiatives
from portfolio.register.rules import InitiativeKind, PortfolioKind

MORNING = dt.datetime(2026, 5, 4, 6, tzinfo=dt.UTC)
TODAY = MORNING.date()

_numbers = count(1)


def acting(municipality_id, *roles, unit_ids=None, post_ids=(), at=MORNING, **more):
    """Someone with these roles ("office"), within some units or everywhere, and holding these posts."""
    grants = tuple(Grant(Role(role), None if unit_ids is None else frozenset(unit_ids)) for role in roles)
    return Actor(None, "tester", municipality_id, grants, at, frozenset(post_ids), **more)


def write(session, model, values, at=MORNING):
    """Write one row of a versioned table and give it back."""
    identity = history.write_many(session, operator(at), inserts=[history.Insert(model, values)]).ids[0]
    return session.get(model, identity)


def create_municipality(session, **overrides):
    number = next(_numbers)
    names = {"name_fi": f"Kunta {number}", "name_sv": "Kommun"}
    usual = {"code": f"kunta-{number}", "number": f"{number % 1000:03}", **names}
    return write(session, Municipality, usual | overrides)


def create_unit(session, **overrides):
    number = next(_numbers)
    return write(
        session, Unit, _home(session, overrides) | {"code": f"y{number}", "name_fi": "Palvelualue"} | overrides
    )


def create_post(session, **overrides):
    number = next(_numbers)
    return write(session, Post, _home(session, overrides) | {"code": f"v{number}", "title_fi": "Johtaja"} | overrides)


def create_person(session, **overrides):
    usual = {"name": f"Henkilö {next(_numbers)}", "email": None}
    person = Person(**(_home(session, overrides) | usual | overrides))
    session.add(person)
    session.flush()
    return person


def create_holding(session, **overrides):
    return write(session, Holding, _home(session, overrides) | overrides)


def create_user(session, *, password=None, **overrides):
    """A user who may sign in with the password, if one is given."""
    number = next(_numbers)
    usual = {"email": f"henkilo{number}@example.com", "name": f"Henkilö {number}", "created_at": MORNING}
    user = User(**(usual | overrides), password_hash=_hash(password) if password else None)
    session.add(user)
    session.flush()
    return user


def create_access(session, **overrides):
    """A role of a user; without a user_id of a new one."""
    user = {} if "user_id" in overrides else {"user_id": create_user(session).id}
    return write(session, Access, _home(session, overrides) | {"role": Role.VIEWER} | user | overrides)


def create_portfolio(session, **overrides):
    number = next(_numbers)
    usual = {"code": f"salkku-{number}", "prefix": f"S{number}", "kind": PortfolioKind.ACTION_PROGRAMME}
    return write(session, Portfolio, _home(session, overrides) | usual | {"name_fi": "Ohjelma"} | overrides)


def create_scheme(session, **overrides):
    usual = {"code": f"luokittelu-{next(_numbers)}", "name_fi": "Luokittelu"}
    return write(session, CategoryScheme, _home(session, overrides) | usual | overrides)


def create_category(session, **overrides):
    usual = {"code": f"luokka-{next(_numbers)}", "name_fi": "Luokka"}
    scheme = {} if "scheme_id" in overrides else {"scheme_id": create_scheme(session, **_home(session, overrides)).id}
    return write(session, Category, _home(session, overrides) | usual | scheme | overrides)


def create_baseline(session, **overrides):
    """A named point in time; without a revision_id of the latest revision."""
    usual = {"name": f"Kokous {next(_numbers)}", "kind": history.BaselineKind.MEETING}
    point = {"revision_id": history.latest_revision(session)}
    return write(session, history.Baseline, _home(session, overrides) | usual | point | overrides)


def create_initiative(session, **overrides):
    """An initiative through the real operation; without a portfolio_id it goes into one of its own."""
    home = _home(session, overrides)
    draft = {"title_fi": "Sähköinen asiointi", "kind": InitiativeKind.MEASURE} | overrides
    draft.pop("municipality_id", None)
    if "portfolio_id" not in draft:
        draft["portfolio_id"] = create_portfolio(session, **home).id
    identity = create_initiatives(session, operator(MORNING).within(home["municipality_id"]), [draft])[0]
    return session.get(Initiative, identity)


@cache
def _hash(password):
    """Hashing is slow on purpose: here it is done cheaply, and once for each password."""
    return generate_password_hash(password, "pbkdf2:sha256:1")


def _home(session, overrides):
    if "municipality_id" in overrides:
        return {"municipality_id": overrides["municipality_id"]}
    found = session.scalars(select(Municipality.id)).all() or [create_municipality(session).id]
    assert len(found) == 1, "several municipalities: say which one by municipality_id"
    return {"municipality_id": found[0]}
