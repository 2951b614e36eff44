"""The field in which a time is written in words, and what was understood of it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import TextInput

from portfolio.core.language import N_
from portfolio.core.timespan import Kind, Timespan, parse
from portfolio.core.timespan.reading import Reading
from portfolio.web.current import current
from portfolio.web.filters import interval_words
from portfolio.web.language import current_language, gettext, say_here

UNDERSTOOD = N_("It would be understood as %(interval)s. Send it again if that is right, or write it more exactly.")
KEPT_AS_WORDS = N_(
    "Send it again to keep the words as they are, without an interval, or write the time in another way."
)
CONFIRMED = "-confirmed"


class TimespanWidget:
    """A text input, and beside it, hidden, the words that the person has been asked about."""

    input_type = "text"

    def __call__(self, field: TimespanField, **attributes: Any) -> Markup:
        """Draw the two inputs."""
        shown = TextInput()(field, **attributes)
        if not field.asked:
            return shown
        name = f"{field.name}{CONFIRMED}"
        return shown + Markup('<input type="hidden" name="{}" value="{}">').format(name, field.asked)


class TimespanField(Field):
    """A time in the person's own words; ``data`` is a Timespan, or None when nothing is written.

    What is certain is taken. What is not (a year is missing, the words are unclear or cannot be read) is asked about:
    the field says what it would mean, and takes it when the same words are sent again. Words that were not changed
    keep their meaning: they are not read again from a later day.
    """

    widget = TimespanWidget()
    asked: str | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Remember what the person has been asked about before the words are read."""
        self._confirmed = formdata.get(f"{self.name}{CONFIRMED}") if formdata is not None else None
        super().process(formdata, data, extra_filters)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the words; what is not certain is an error until it is confirmed."""
        words = str(valuelist[0]).strip() if valuelist else ""
        before = self.object_data
        if isinstance(before, Timespan) and before.words == words:
            self.data = before
            return
        self.data = None
        if not words:
            return
        reading = parse(words, current.context)
        if reading.certain or words == self._confirmed:
            self.data = reading.value if reading.certain else reading.proposal or reading.value
            return
        self.asked = words
        raise ValueError(question(reading))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.words if isinstance(self.data, Timespan) else ""

    @property
    def understood(self) -> str:
        """Say what the words mean: the interval, for the form to show beside them."""
        known = isinstance(self.data, Timespan) and self.data.kind is not Kind.UNREAD
        return interval_words(self.data, current_language()) if known else ""


def question(reading: Reading) -> str:
    """Say why a time is not certain, and what it would mean."""
    reasons = [say_here(problem) for problem in reading.reasons]
    proposal = reading.proposal
    if proposal is None or proposal.kind is Kind.UNREAD:
        return " ".join([*reasons, gettext(KEPT_AS_WORDS)])
    return " ".join([*reasons, gettext(UNDERSTOOD, interval=interval_words(proposal, current_language()))])


def preview(words: str) -> dict[str, Any]:
    """Answer what words mean here and today, for the form to say it back while they are written."""
    if not words.strip():
        return {"words": "", "certain": True}
    reading = parse(words, current.context)
    if reading.certain:
        return {"words": interval_words(reading.value, current_language()), "certain": True}
    return {"words": question(reading), "certain": False}
