"""Mail over SMTP, in plain text; without a mail server it is said in the log that nothing was sent."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING

from portfolio.core.fate import Fate, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portfolio.config import Smtp

logger = logging.getLogger(__name__)
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one person. The body may carry a one-time link, so it is not shown where the mail is printed."""

    to: str
    subject: str
    body: str = field(repr=False)


def send(smtp: Smtp | None, mail: Mail, *, show_unsent: bool = False) -> bool:
    """Send a mail and tell whether the server took it; failures are logged, without the body.

    ``show_unsent`` logs the body where there is no mail server: for a demo, where somebody must see the link.
    """
    if smtp is None:
        logger.warning("No mail server is set: the mail %r was not sent", mail.subject)
        if show_unsent:
            logger.warning("The mail that was not sent:\n%s", mail.body)
        return False
    try:
        with _leaving(_connect(smtp)) as server:
            server.send_message(_message(smtp, mail))
    except (OSError, smtplib.SMTPException):
        logger.exception("The mail server %s did not take the mail %r", smtp.host, mail.subject)
        return False
    return True


def send_each(smtp: Smtp, mails: Iterable[Mail]) -> Iterator[Outcome]:
    """Send mails one after another over one connection, and tell of each when its turn is over what became of it.

    What was being handed over when the connection broke has no known outcome; all that follow are refused.
    """
    try:
        server = _connect(smtp)
    except (OSError, smtplib.SMTPException) as error:
        logger.exception("The mail server %s cannot be used", smtp.host)
        yield from (Outcome(Fate.REFUSED, _words(error)) for _mail in mails)
        return
    with _leaving(server):
        for mail in mails:
            yield _hand_over(server, smtp, mail)


def send_soon(smtp: Smtp | None, mail: Mail, *, show_unsent: bool = False) -> threading.Thread:
    """Send a mail in a thread of its own: the page does not wait, nor tell by its time whether there was a mail."""
    thread = threading.Thread(target=send, args=(smtp, mail), kwargs={"show_unsent": show_unsent}, name="mail")
    thread.start()
    return thread


def _connect(smtp: Smtp) -> smtplib.SMTP:
    """Open a connection, make it safe and sign in, as the settings say."""
    if smtp.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=PATIENCE)
    try:
        if smtp.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if smtp.user:
            server.login(smtp.user, smtp.password or "")
    except BaseException:
        server.close()
        raise
    return server


@contextmanager
def _leaving(server: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """Take leave at the end; all has been said by then, so how the server answers changes nothing."""
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException):
            server.quit()
        server.close()


def _hand_over(server: smtplib.SMTP, smtp: Smtp, mail: Mail) -> Outcome:
    """Send one mail; the connection is tried first, since a break before anything was said leaves no doubt."""
    try:
        message = _message(smtp, mail)
        server.noop()
    except (smtplib.SMTPException, ValueError) as error:
        logger.exception("The mail %r was not handed over to the mail server %s", mail.subject, smtp.host)
        return Outcome(Fate.REFUSED, _words(error))
    try:
        server.send_message(message)
    except smtplib.SMTPServerDisconnected:
        logger.exception("Nobody knows whether the mail server %s took the mail %r", smtp.host, mail.subject)
        return Outcome(Fate.UNKNOWN)
    except smtplib.SMTPException as error:
        logger.exception("The mail server %s did not take the mail %r", smtp.host, mail.subject)
        return Outcome(Fate.REFUSED, _words(error))
    return Outcome(Fate.TAKEN)


def _words(error: Exception) -> str:
    """Give the server's own words, or the error's, on one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _answer(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return " ".join(str(error).split()) or type(error).__name__


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())


def _message(smtp: Smtp, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = smtp.sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=smtp.sender.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
