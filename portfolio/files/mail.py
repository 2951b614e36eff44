"""Mail over SMTP, in plain text; without a mail server it is said in the log that nothing was sent."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    message = _message(smtp, mail)
    try:
        with _connect(smtp) as server:
            if smtp.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if smtp.user:
                server.login(smtp.user, smtp.password or "")
            server.send_message(message)
    except (OSError, smtplib.SMTPException):
        logger.exception("The mail server %s did not take the mail %r", smtp.host, mail.subject)
        return False
    return True


def send_soon(smtp: Smtp | None, mail: Mail, *, show_unsent: bool = False) -> threading.Thread:
    """Send a mail in a thread of its own: the page does not wait, nor tell by its time whether there was a mail."""
    thread = threading.Thread(target=send, args=(smtp, mail), kwargs={"show_unsent": show_unsent}, name="mail")
    thread.start()
    return thread


def _connect(smtp: Smtp) -> smtplib.SMTP:
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=PATIENCE, context=ssl.create_default_context())
    return smtplib.SMTP(smtp.host, smtp.port, timeout=PATIENCE)


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
