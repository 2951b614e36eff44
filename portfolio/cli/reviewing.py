"""Review rounds of the demo: ``imports/<folder>/reviews.toml`` dates them, and the room's own operations do them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import select

from portfolio.accounts.queries import actor_of, user_by_email
from portfolio.core.language import HELSINKI
from portfolio.core.rights import Actor, Role, operator
from portfolio.core.timespan import parse
from portfolio.forums.models import Forum
from portfolio.organisation.models import Municipality, Post, Unit
from portfolio.organisation.rules import timespan_context
from portfolio.register.models import Initiative, Portfolio
from portfolio.reviews import operations
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.rules import TOLD, Health, Verdict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FILE = "reviews.toml"
NOON = dt.time(12)
Told: TypeAlias = Mapping[str, Any]
Dated: TypeAlias = tuple[dt.date, Callable[["Session"], None]]
ROUND = (
    *("name_fi", "name_sv", "instruction_fi", "instruction_sv", "period_first", "period_last", "opens_on", "due_on"),
    "interval_months",
)


def dated_reviews(folder: Path, code: str) -> Iterator[Dated]:
    """Give what a folder's ``reviews.toml`` dates, in no order: rounds opened, answers, what became of them, closing.

    Answers name their initiative by its title in the round's portfolio. Without the file there is nothing.
    """
    file = folder / FILE
    if not file.exists():
        return
    for told in tomllib.loads(file.read_text(encoding="utf-8")).get("round", ()):
        yield told["opens_on"], partial(_open, code=code, told=told)
        for later in told.get("extension", ()):
            yield later["on"], partial(_extend, code=code, told=told, later=later)
        for answer in told.get("answer", ()):
            yield answer["on"], partial(_answer, code=code, told=told, answer=answer)
            if "approved" in answer:
                yield answer["approved"], partial(_approve, code=code, told=told, answer=answer)
            if "returned" in answer:
                yield answer["returned"], partial(_return, code=code, told=told, answer=answer)
        if "closed" in told:
            yield told["closed"], partial(_close, code=code, told=told)


def _open(session: Session, *, code: str, told: Told) -> None:
    """Make the round with its questions, and open it."""
    actor = _office(session, code, told["opens_on"])
    values = {name: told[name] for name in ROUND if name in told}
    values["portfolio_id"] = _one(session, Portfolio, actor, code=told["portfolio"])
    for name in ("receiving", "coordinating"):
        if name in told:
            values[f"{name}_forum_id"] = _one(session, Forum, actor, name_fi=told[name])
    if "statuses" in told:
        values["statuses"] = frozenset(told["statuses"])
    if questions := told.get("question", ()):
        names = {"name_fi": told["name_fi"], "name_sv": told.get("name_sv")}
        values["template_id"] = operations.create_template(session, actor, names)
        for question in questions:
            operations.add_question(session, actor, values["template_id"], question)
    identity = operations.create_round(session, actor, values)
    operations.open_round(session, actor, identity)


def _extend(session: Session, *, code: str, told: Told, later: Told) -> None:
    actor = _office(session, code, later["on"])
    unit = _one(session, Unit, actor, code=later["unit"])
    operations.extend_due_day(session, actor, _round(session, actor, told), unit, later["due_on"], later.get("reason"))


def _answer(session: Session, *, code: str, told: Told, answer: Told) -> None:
    """Submit one answer with what it tells."""
    actor = _office(session, code, answer["on"])
    values = {name: answer[name] for name in TOLD if name in answer}
    values["health"], values["verdict"] = Health(answer["health"]), Verdict(answer["verdict"])
    if "money_used" in answer:
        values["money_used"] = Decimal(answer["money_used"])
    if "new_timespan" in answer:
        municipality = session.get_one(Municipality, actor.municipality_id)
        values["new_timespan"] = parse(answer["new_timespan"], timespan_context(municipality, answer["on"])).value
    if "new_owner_post" in answer:
        values["new_owner_post_id"] = _one(session, Post, actor, title_fi=answer["new_owner_post"])
    review = _review(session, actor, told, answer)
    operations.submit_reviews(session, actor, {review: values}, today=answer["on"])
    if "office_health" in answer:
        health, reason = Health(answer["office_health"]), answer.get("office_reason")
        operations.rate_review(session, actor, review, health, reason, today=answer["on"])


def _approve(session: Session, *, code: str, told: Told, answer: Told) -> None:
    actor = _office(session, code, answer["approved"])
    operations.approve_reviews(session, actor, [_review(session, actor, told, answer)], today=answer["approved"])


def _return(session: Session, *, code: str, told: Told, answer: Told) -> None:
    actor = _office(session, code, answer["returned"])
    operations.return_review(session, actor, _review(session, actor, told, answer), answer["comment"])


def _close(session: Session, *, code: str, told: Told) -> None:
    actor = _office(session, code, told["closed"])
    operations.close_round(session, actor, _round(session, actor, told))


def _office(session: Session, code: str, day: dt.date) -> Actor:
    """Give the municipality's development office at noon of a day."""
    municipality = session.scalars(select(Municipality).where(Municipality.code == code)).one()
    at = dt.datetime.combine(day, NOON, HELSINKI).astimezone(dt.UTC)
    user = user_by_email(session, f"{Role.OFFICE.value}@{code}.example")
    found = actor_of(session, user, municipality.id, at, day) if user is not None else None
    return found or operator(at, source="command", source_ref="demo").within(municipality.id)


def _round(session: Session, actor: Actor, told: Told) -> int:
    return _one(session, ReviewRound, actor, name_fi=told["name_fi"])


def _review(session: Session, actor: Actor, told: Told, answer: Told) -> int:
    portfolio = _one(session, Portfolio, actor, code=told["portfolio"])
    item = _one(session, Initiative, actor, portfolio_id=portfolio, title_fi=answer["title"])
    return _one(session, Review, actor, round_id=_round(session, actor, told), initiative_id=item)


def _one(session: Session, model: Any, actor: Actor, **equals: Any) -> int:
    """Return the id of the one row that is so; a demo that names none or several is refused with what it named."""
    clauses = [getattr(model, name) == value for name, value in equals.items()]
    mine = (model.municipality_id == actor.municipality_id, model.removed.is_(False))
    found = session.scalars(select(model.id).where(*mine, *clauses)).all()
    if len(found) != 1:
        message = f"{FILE}: {len(found)} rows of {model.__tablename__} are {equals}"
        raise LookupError(message)
    return int(found[0])
