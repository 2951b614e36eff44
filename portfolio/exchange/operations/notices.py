"""Telling the owners of initiatives what an import by somebody else changed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.accounts.models import User
from portfolio.core.claims import Clock, Sent
from portfolio.core.database import open_session
from portfolio.core.language import N_, in_language, say, say_plural
from portfolio.exchange.models import ImportBatch, ImportNotice
from portfolio.exchange.operations.sending import send_notices
from portfolio.exchange.queries.notices import owners_of
from portfolio.files.mail import Mail
from portfolio.organisation.models import Municipality, Person
from portfolio.register.queries import titles_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.config import Smtp
    from portfolio.core.rights import Actor
    from portfolio.register.models import Initiative

LISTED = 20
"""How many initiatives a mail names; the page shows all."""

WHO = N_("%(who)s imported the workbook “%(file)s” into Portfolio (%(municipality)s). It changed these:")
MORE = N_("… and %(count)s more.")
LOOK = N_("Look at the changes on your home page:\n%(link)s")
WHY = N_("You get this because you hold the post that is responsible for them.")
OPERATOR = N_("The administrator of the system")


def note_owners(session: Session, actor: Actor, batch: ImportBatch, today: dt.date) -> int:
    """Keep a notice for everyone whose initiatives an import changed, save its maker, and return how many.

    Owners are those who hold the responsible post today, and who held it by the old post where the import changed
    the post; people without an e-mail cannot be told. Works in the transaction of the import itself, and only once:
    who has a notice of the import gets no second one.
    """
    if batch.revision_id is None:
        return 0
    maker = _maker(session, actor.user_id)
    owners = owners_of(session, batch.municipality_id, batch.revision_id, today)
    noted = set(session.scalars(select(ImportNotice.person_id).where(ImportNotice.batch_id == batch.id)))
    told = {
        person: ids
        for person, ids in owners.items()
        if person.id not in noted and (maker is None or person.email != maker.email)
    }
    session.add_all(
        ImportNotice(batch_id=batch.id, person_id=person.id, item_ids=sorted(ids)) for person, ids in told.items()
    )
    session.flush()
    return len(told)


def tell_owners(engine: Engine, smtp: Smtp, batch_id: int, link: str | None, clock: Clock) -> Sent:
    """Send the mails of an import's notices, each in its reader's language and at most once; after the commit.

    ``link`` is the whole address of the municipality's home page, None where no address is set.
    """
    with open_session(engine, write=False) as session:
        letters = _letters(session, batch_id, link)
    return send_notices(engine, smtp, letters, clock)


def put_away(session: Session, notice: ImportNotice, at: dt.datetime) -> None:
    """Note that its reader has seen a notice."""
    notice.seen_at = notice.seen_at or at
    session.flush()


def _letters(session: Session, batch_id: int, link: str | None) -> list[tuple[int, Mail]]:
    batch = session.get_one(ImportBatch, batch_id)
    place = session.get_one(Municipality, batch.municipality_id)
    maker = _maker(session, batch.user_id)
    waiting = (
        select(ImportNotice, Person.email, User.language)
        .join(Person, Person.id == ImportNotice.person_id)
        .outerjoin(User, User.email == Person.email)
        .where(ImportNotice.batch_id == batch_id, ImportNotice.claimed_at.is_(None), Person.email.is_not(None))
        .order_by(ImportNotice.id)
    )
    letters = []
    for notice, email, tongue in session.execute(waiting):
        language = tongue or "fi"
        named = titles_of(session, batch.municipality_id, notice.item_ids[:LISTED])
        who = maker.name if maker is not None else say(OPERATOR, language)
        name = in_language(place.name_fi, place.name_sv, language)
        head = say(WHO, language, who=who, file=batch.file_name, municipality=name)
        body = _body(head, [named[one] for one in notice.item_ids[:LISTED]], len(notice.item_ids), link, language)
        subject = say_plural(
            "An import changed %(num)s initiative of yours",
            "An import changed %(num)s initiatives of yours",
            len(notice.item_ids),
            language,
        )
        letters.append((notice.id, Mail(to=str(email), subject=subject, body=body)))
    return letters


def _maker(session: Session, user_id: int | None) -> User | None:
    return session.get(User, user_id) if user_id is not None else None


def _body(head: str, named: Sequence[Initiative], count: int, link: str | None, language: str) -> str:
    lines = [f"- {one.code} {(one.title_sv if language == 'sv' else None) or one.title_fi}" for one in named]
    if count > len(named):
        lines.append(say(MORE, language, count=count - len(named)))
    parts = [head, "\n".join(lines), say(LOOK, language, link=link) if link else None, say(WHY, language)]
    return "\n\n".join(part for part in parts if part) + "\n"
