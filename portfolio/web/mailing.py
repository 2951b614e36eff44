"""Mails that a page has sent by a job: which server its process speaks to, and what became of them."""

from __future__ import annotations

from flask import flash

from portfolio.config import MailSettings
from portfolio.core.claims import Sent
from portfolio.web.current import current
from portfolio.web.language import gettext, ngettext


def mail_settings() -> MailSettings:
    """Give the mail server and the address of the site, for the process that sends."""
    return MailSettings(smtp=current.installation.settings.smtp, public_url=current.site_url)


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
