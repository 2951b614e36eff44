"""``portfolio remind``: the reminders of all open rounds of reviews that are due today; for a nightly timer."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from portfolio.cli import telling
from portfolio.cli.context import (
    INPUT_ERRORS,
    WRONG_USAGE,
    end,
    language,
    language_option,
    now,
    print_json,
    with_engine,
)
from portfolio.config import SettingsError, read_mail
from portfolio.core.claims import Sent
from portfolio.core.database import open_session
from portfolio.core.language import N_, format_date, in_language, say, say_plural
from portfolio.organisation.queries import municipalities
from portfolio.organisation.rules import today_in
from portfolio.reviews.operations.reminders import NO_SERVER, send_reminders
from portfolio.reviews.queries.reminded import PastMail, stuck_mails
from portfolio.reviews.queries.reminding import ReminderPlan, Unreached, plan_reminders
from portfolio.reviews.rules import STAGE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from portfolio.config import MailSettings
    from portfolio.organisation.models import Municipality

PLANNED = N_("Nothing was sent. These would go out:")
NOTHING = N_("Nobody needs reminding today.")
WITHOUT = N_("Without e-mail; tell them by other means:")
UNKNOWN = N_("Not known whether these went; settle them on the round's page:")


@dataclass(frozen=True, slots=True)
class Done:
    """What was planned for one municipality, what became of it, and what nobody knows the outcome of."""

    municipality: Municipality
    plan: ReminderPlan
    stuck: Sequence[PastMail]
    sent: Sent = Sent()  # noqa: RUF009 -- frozen


@click.command()
@click.option("--dry-run", is_flag=True, help="Show who would be reminded of what; nothing is sent or written.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
@with_engine
def remind_command(engine: Engine, *, dry_run: bool, as_json: bool, tongue: str | None) -> None:
    """Remind by e-mail those whose reviews are awaited.

    Once when a round opens, once near its due day, once when it is late, and once when a review was returned. Run it
    each morning; run twice it sends nothing twice. Status 1 means that the mail server refused somebody: the next run
    tries those again.
    """
    speaker = telling.Speaker(tongue or language(), as_json=as_json)
    telling.need_tables(engine, speaker, "")
    try:
        mail = read_mail(os.environ)
    except SettingsError as error:
        end(str(error), WRONG_USAGE)
    if mail.smtp is None and not dry_run:
        end(say(NO_SERVER, speaker.language), WRONG_USAGE)
    found = [one if dry_run else _send(engine, mail, one, speaker) for one in _plans(engine)]
    if as_json:
        print_json({"dry_run": dry_run, "municipalities": [_as_json(one) for one in found]})
    else:
        _tell(found, speaker.language, dry_run=dry_run)
    if any(one.sent.refused for one in found):
        raise SystemExit(INPUT_ERRORS)


def _plans(engine: Engine) -> list[Done]:
    """Plan the reminders of every municipality that has something to tell."""
    found = []
    with open_session(engine, write=False) as session:
        for one in municipalities(session):
            moment = now()
            plan = plan_reminders(session, one, today_in(one.demo_day, moment))
            stuck = stuck_mails(session, one.id, moment)
            if plan.mails or plan.unreached or stuck:
                found.append(Done(one, plan, stuck))
    return found


def _send(engine: Engine, mail: MailSettings, one: Done, speaker: telling.Speaker) -> Done:
    if mail.smtp is None:
        return one
    count = len(one.plan.mails)

    def tell(done: int) -> None:
        speaker.progress(f"{one.municipality.code} {done + 1}/{count}")

    sent = send_reminders(engine, mail.smtp, one.plan.mails, one.municipality, mail.public_url, now, tell)
    return replace(one, sent=sent)


def _tell(found: Sequence[Done], tongue: str, *, dry_run: bool) -> None:
    if not found:
        click.echo(say(NOTHING, tongue))
    for one in found:
        click.echo(one.municipality.name_fi)
        if dry_run:
            _planned(one, tongue)
        else:
            _outcome(one.sent, tongue)
        if one.plan.unreached:
            click.echo(f"  {say(WITHOUT, tongue)}")
        for role in one.plan.unreached:
            click.echo(f"    {role_of(role, tongue)}: {', '.join(told.code for told in role.reviews)}")
        if one.stuck:
            click.echo(f"  {say(UNKNOWN, tongue)}")
        for mail in one.stuck:
            day = format_date(mail.claimed_at.date(), tongue)
            click.echo(f"    {mail.user.email} ({say(STAGE_WORDS[mail.stage], tongue)}, {day})")


def _planned(one: Done, tongue: str) -> None:
    click.echo(f"  {say(PLANNED if one.plan.mails else NOTHING, tongue)}")
    for mail in one.plan.mails:
        codes = ", ".join(told.code for told in mail.reviews)
        click.echo(f"    {mail.user.email} ({say(STAGE_WORDS[mail.stage], tongue)}): {codes}")


def _outcome(sent: Sent, tongue: str) -> None:
    words = [say_plural("%(num)s mail was sent.", "%(num)s mails were sent.", sent.taken, tongue)]
    if sent.refused:
        words.append(say_plural("%(num)s mail was refused.", "%(num)s mails were refused.", sent.refused, tongue))
    if sent.unknown:
        words.append(
            say_plural(
                "Of %(num)s mail nobody knows whether it went. It is not sent again by itself.",
                "Of %(num)s mails nobody knows whether they went. They are not sent again by themselves.",
                sent.unknown,
                tongue,
            )
        )
    click.echo("  " + " ".join(words))


def role_of(one: Unreached, tongue: str) -> str:
    """Name a role that cannot be written to: the post, else the unit."""
    if one.post is not None:
        return in_language(one.post.title_fi, one.post.title_sv, tongue)
    if one.unit is not None:
        return in_language(one.unit.name_fi, one.unit.name_sv, tongue)
    return say("no unit", tongue)


def _as_json(one: Done) -> dict[str, Any]:
    return {
        "municipality": one.municipality.code,
        "sent": one.sent.taken,
        "refused": one.sent.refused,
        "in_doubt": one.sent.unknown,
        "mails": [
            {"to": mail.user.email, "stage": mail.stage.value, "items": [told.code for told in mail.reviews]}
            for mail in one.plan.mails
        ],
        "without_email": [
            {"role": role_of(role, "fi"), "items": [told.code for told in role.reviews]} for role in one.plan.unreached
        ],
        "unknown": [
            {"to": mail.user.email, "stage": mail.stage.value, "claimed_at": mail.claimed_at.isoformat()}
            for mail in one.stuck
        ],
    }
