"""Mails that a page has sent by a job: how the job is begun and followed, and what became of the mails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, url_for

from portfolio.config import MailSettings
from portfolio.core.claims import Sent
from portfolio.core.jobs import Job, JobState, ask_to_cancel, state_of, try_again
from portfolio.core.rights import Right
from portfolio.web.access import Loader, access
from portfolio.web.current import current
from portfolio.web.jobs import progress_answer, start_after_commit
from portfolio.web.language import gettext, ngettext
from portfolio.web.session import brief_write

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Sending:
    """What a room tells of a job that sends mails: its page's title, where it leads, and how ``sent`` counts its mails.

    ``nobody`` is said where there was none to send.
    """

    title: str
    back_url: str
    sent: Callable[[], Sent]
    nobody: str
    crumbs: Sequence[Mapping[str, Any]]


def add_sending(room: Blueprint, path: str, right: Right, load: Loader, tell: Callable[[Job], Sending]) -> None:
    """Give a room the page of a job that sends its mails, and what stops the job and goes on with it."""
    address, here = f"/<municipality>{path}/<int:job>", f"{room.name}.sending"

    @room.get(address)
    @access(right, load={"job": load})
    def sending(job: Job) -> Response:
        """Show how far the sending is; when it is done, the page that it leads to says what became of the mails."""
        told = tell(job)
        if state_of(job, current.now) is JobState.DONE:
            tell_sent(told.sent(), nobody=told.nobody)
        return progress_answer(
            job,
            title=told.title,
            done_url=told.back_url,
            back_url=told.back_url,
            cancel_url=url_for(f"{room.name}.stop_sending", job=job.id),
            again_url=url_for(f"{room.name}.sending_again", job=job.id),
            crumbs=told.crumbs,
        )

    @room.post(f"{address}/stop")
    @access(right, load={"job": load})
    def stop_sending(job: Job) -> Response:
        """Stop sending: what has gone has gone."""
        ask_to_cancel(current.session, job)
        return redirect(url_for(here, job=job.id))

    @room.post(f"{address}/again")
    @access(right, load={"job": load})
    def sending_again(job: Job) -> Response:
        """Go on with a sending that broke off: nobody is told twice."""
        if try_again(current.session, job, current.now):
            _start(job.id)
        return redirect(url_for(here, job=job.id))


def may_mail() -> bool:
    """Tell whether there is a server that takes mails."""
    return current.installation.settings.smtp is not None


def begin_sending(room: Blueprint, begin: Callable[[Session], Job]) -> Response:
    """Begin a job that sends mails, and lead to its page; without a server of mails nothing is begun."""
    if not may_mail():
        abort(CONFLICT)
    with brief_write() as session:  # a transaction of its own, since hits are counted in another one
        job_id = begin(session).id
    _start(job_id)
    return redirect(url_for(f"{room.name}.sending", job=job_id))


def tell_sent(sent: Sent, *, nobody: str) -> None:
    """Say what became of mails; ``nobody`` is said where there was none to send."""
    if sent.taken:
        flash(ngettext("%(num)s mail was sent.", "%(num)s mails were sent.", sent.taken), "ok")
    if sent.refused:
        words = ngettext("%(num)s mail was refused.", "%(num)s mails were refused.", sent.refused)
        advice = gettext("The reason stands beside the name; you can try again.")
        flash(f"{words} {advice}", "bad")
    if sent.unknown:
        flash(
            ngettext(
                "Of %(num)s mail nobody knows whether it went. It is not sent again by itself.",
                "Of %(num)s mails nobody knows whether they went. They are not sent again by themselves.",
                sent.unknown,
            ),
            "warn",
        )
    if sent.earlier:
        flash(ngettext("%(num)s had been told already.", "%(num)s had been told already.", sent.earlier), "info")
    if sent == Sent():
        flash(nobody, "info")


def _start(job_id: int) -> None:
    """Start the process that sends, with the mail server and the address of the site."""
    settings = MailSettings(smtp=current.installation.settings.smtp, public_url=current.site_url)
    start_after_commit(job_id, settings.environment)
