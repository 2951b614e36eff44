"""Reading one initiative for its card, as Pori's: need and goals, solution, results, who is responsible, link."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.documents.queries.items import make_item, post_names
from portfolio.documents.queries.wanted import WantedReport
from portfolio.documents.report import CardFacts, Kind, Name
from portfolio.organisation.models import Municipality, Unit
from portfolio.register.models import DocumentLink, Initiative, Portfolio
from portfolio.register.queries import parts_of
from portfolio.register.rules import Publicity, is_web_address


def read_card(session: Session, wanted: WantedReport, *, internal: bool = True) -> CardFacts:
    """Return the card of the initiative asked for.

    ``internal`` False does not even read what is not for the public: the states before and after, and links, which may
    lead to documents of the municipality's own network.
    """
    row = wanted.initiative
    if row is None:
        raise ValueError("a card is of an initiative")
    posts = post_names(session, wanted.place, [row.owner_post_id, row.contact_post_id], at=wanted.at)
    units = history.few(session, Unit, wanted.place, wanted.at, with_removed=True, id=frozenset({row.unit_id} - {None}))
    links = parts_of(session, DocumentLink, wanted.place, [row.id], at=wanted.at) if internal else []
    return CardFacts(
        wanted.setting(),
        make_item(row, posts, row.unit_id),
        next((Name(one.name_fi, one.name_sv) for one in units), None),
        contact=posts.get(row.contact_post_id or 0),
        present_state=row.present_state if internal else None,
        target_state=row.target_state if internal else None,
        solution=row.solution,
        links=[(one.title, one.url) for one in links if is_web_address(one.url)],
        internal=internal,
    )


def public_card(
    session: Session, place: str, code: str, *, language: str, today: dt.date, now: dt.datetime
) -> CardFacts | None:
    """Return the card of a public initiative; None for anything else: internal, removed, in a removed portfolio."""
    statement = (
        select(Initiative, Municipality)
        .join(Portfolio, Portfolio.id == Initiative.portfolio_id)
        .join(Municipality, Municipality.id == Initiative.municipality_id)
        .where(
            Municipality.code == place,
            Initiative.code == code,
            Initiative.publicity == Publicity.PUBLIC,
            *(one.removed.is_(False) for one in (Initiative, Portfolio, Municipality)),
        )
    )
    found = session.execute(statement).one_or_none()
    if found is None:
        return None
    initiative, municipality = found
    day = municipality.demo_day or today
    wanted = WantedReport(Kind.CARD, municipality, None, language, day, now, initiative=initiative)
    return read_card(session, wanted, internal=False)
