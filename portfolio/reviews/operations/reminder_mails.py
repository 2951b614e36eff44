"""What reminders say, each in the language of the one who gets it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from portfolio.core.language import N_, in_language, say, say_plural
from portfolio.files.mail import Mail
from portfolio.reviews.rules import ReminderStage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portfolio.organisation.models import Municipality
    from portfolio.reviews.queries.reminding import PlannedMail, RemindedReview

LISTED = 40
"""How many reviews a mail names; the page shows all."""

OPENINGS = {
    ReminderStage.OPENED: N_("%(municipality)s asks how your development work is going. These wait for your answer:"),
    ReminderStage.SOON: N_("%(municipality)s: the due day of these is within a week."),
    ReminderStage.LATE: N_(
        "%(municipality)s: these have no answer yet, and their due day has passed. A late one counts too."
    ),
    ReminderStage.RETURNED: N_("%(municipality)s: these came back to you, with a word on what to mend."),
}
ITEM = N_("%(title)s (%(code)s), by %(day)s")
MORE = N_("… and %(count)s more.")
ALL = N_("All your reviews are on one page:\n%(link)s")
UNCHANGED = N_("If nothing has changed since last time, one click is enough.")
WHY = N_(
    "You get this because you answer for these: you hold the post, report for the unit, or a colleague asked you to."
)


def mail_of(
    planned: PlannedMail, reviews: Sequence[RemindedReview], municipality: Municipality, base: str | None
) -> Mail:
    """Write one mail of these reviews; ``base`` is the address of the site, None where none is set."""
    language = planned.user.language
    town = f"{base}/{municipality.code}/reviews" if base else None
    place = in_language(municipality.name_fi, municipality.name_sv, language)
    parts = [say(OPENINGS[planned.stage], language, municipality=place), *_listed(reviews, town, language)]
    if town:
        parts.append(say(ALL, language, link=f"{town}/mine"))
    if planned.stage is not ReminderStage.RETURNED:
        parts.append(say(UNCHANGED, language))
    parts.append(say(WHY, language))
    subject = " ".join(_subject(planned.stage, len(reviews), language).split())
    return Mail(to=planned.user.email, subject=subject, body="\n\n".join(parts) + "\n")


def _subject(stage: ReminderStage, count: int, language: str) -> str:
    match stage:
        case ReminderStage.OPENED:
            return say_plural("A review waits for your answer", "%(num)s reviews wait for your answer", count, language)
        case ReminderStage.SOON:
            return say_plural("A review is due soon", "%(num)s reviews are due soon", count, language)
        case ReminderStage.LATE:
            return say_plural("A review is late", "%(num)s reviews are late", count, language)
        case ReminderStage.RETURNED:
            return say_plural("A review came back to you", "%(num)s reviews came back to you", count, language)


def _listed(reviews: Sequence[RemindedReview], town: str | None, language: str) -> Iterator[str]:
    """Give the reviews under the names of their rounds, each with its own address."""
    named = reviews[:LISTED]
    for (name_fi, name_sv), ones in groupby(named, key=lambda one: (one.round_fi, one.round_sv)):
        lines = [in_language(name_fi, name_sv, language)]
        for one in ones:
            title = in_language(one.title_fi, one.title_sv, language)
            lines.append("- " + say(ITEM, language, title=title, code=one.code, day=one.due_on))
            if one.comment:
                lines.append("  » " + " ".join(one.comment.split()))
            if town:
                lines.append(f"  {town}/answers/{one.id}")
        yield "\n".join(lines)
    if len(reviews) > len(named):
        yield say(MORE, language, count=len(reviews) - len(named))
