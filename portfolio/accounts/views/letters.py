"""Mails that carry one-time links, in the language of the one who gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from portfolio.core.language import N_, say
from portfolio.files.mail import Mail, send_soon
from portfolio.web.current import current

if TYPE_CHECKING:
    from portfolio.accounts.models import User

RESET_SUBJECT = N_("A new password for Portfolio")
RESET_BODY = N_(
    "Someone, probably you, asked for a new password for Portfolio.\n\n"
    "Open this address and choose a password. It works once, for two hours:\n%(link)s\n\n"
    "If you did not ask for it, you need do nothing: your password stays as it is."
)
WELCOME_SUBJECT = N_("Access to Portfolio")
WELCOME_BODY = N_(
    "You have been given access to Portfolio, where %(municipality)s keeps its development work.\n\n"
    "Open this address and choose a password. It works once, for seven days:\n%(link)s\n\n"
    "After that you sign in with your e-mail address and the password."
)


def link_address(token: str) -> str:
    """Give the whole address of a one-time link."""
    return f"{current.site_url}{url_for('accounts.new_password', token=token)}"


def send_reset(user: User, token: str, *, show_unsent: bool) -> None:
    """Mail a link to someone who forgot the password."""
    _send(user, RESET_SUBJECT, RESET_BODY, {"link": link_address(token)}, show_unsent=show_unsent)


def send_welcome(user: User, token: str, municipality: str) -> None:
    """Mail a link to someone who was given access; the one who gave it has seen the link too."""
    _send(user, WELCOME_SUBJECT, WELCOME_BODY, {"link": link_address(token), "municipality": municipality})


def _send(user: User, subject: str, body: str, params: dict[str, str], *, show_unsent: bool = False) -> None:
    mail = Mail(to=user.email, subject=say(subject, user.language), body=say(body, user.language, **params))
    send_soon(current.installation.settings.smtp, mail, show_unsent=show_unsent)
