"""What the mails of a collection say, each in the language of the one who gets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from portfolio.core.language import N_, in_language, say
from portfolio.exchange.models import Collection, LetterKind
from portfolio.exchange.operations.sending import Letter
from portfolio.exchange.rules import AnswerState
from portfolio.files.mail import Mail

if TYPE_CHECKING:
    from portfolio.accounts.models import User
    from portfolio.exchange.models import Export
    from portfolio.exchange.queries.collecting import CollectionState, ExportState
    from portfolio.exchange.queries.receivers import Receivers
    from portfolio.organisation.models import Municipality

SUBJECTS = {
    LetterKind.INVITATION: N_("%(collection)s: the workbook of %(unit)s waits for you"),
    LetterKind.REMINDER: N_("A reminder: %(collection)s, %(unit)s"),
}
OPENINGS = {
    LetterKind.INVITATION: N_(
        "%(municipality)s collects the state of its development work in Excel: %(collection)s.\n"
        "The workbook of %(unit)s waits for you."
    ),
    LetterKind.REMINDER: N_(
        "%(municipality)s waits for the workbook of %(unit)s (%(collection)s). It has not come back yet."
    ),
}
HOW = N_("Open this address, fetch the workbook, fill it in, and send it back on the same page:\n%(link)s")
DUE = N_("Please answer by %(day)s at the latest.")
SAFE = N_(
    "Only what you change is imported, and you see it before anything is saved. "
    "What others change meanwhile is not lost."
)


def letters_of(
    kind: LetterKind,
    state: CollectionState,
    receivers: Mapping[int, Receivers],
    municipality: Municipality,
    address: Callable[[Export], str],
) -> list[Letter]:
    """Write the letters of a collection to all who are asked and have not answered; closed exports are not asked for.

    ``address`` gives the whole address of an export's page.
    """
    return [
        Letter(one.export.id, user.id, kind, _mail(kind, state.collection, one, municipality, user, address))
        for one in state.exports
        if one.standing in {AnswerState.OPEN, AnswerState.CHECKED}
        for user in receivers[one.export.id].users
    ]


def _mail(
    kind: LetterKind,
    collection: Collection,
    state: ExportState,
    municipality: Municipality,
    user: User,
    address: Callable[[Export], str],
) -> Mail:
    language = user.language
    facts = {
        "collection": collection.name,
        "unit": in_language(state.unit.name_fi, state.unit.name_sv, language) if state.unit else municipality.name_fi,
        "municipality": in_language(municipality.name_fi, municipality.name_sv, language),
    }
    parts = [say(OPENINGS[kind], language, **facts), say(HOW, language, link=address(state.export))]
    if collection.due_on is not None:
        parts.append(say(DUE, language, day=collection.due_on))
    parts.append(say(SAFE, language))
    subject = " ".join(say(SUBJECTS[kind], language, **facts).split())
    return Mail(to=user.email, subject=subject, body="\n\n".join(parts) + "\n")
