"""Forms: their messages in the page's language, their texts tidied, refusals of operations shown beside the fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm as WtBaseForm
from wtforms.i18n import get_translations
from wtforms.widgets import HiddenInput

from portfolio.core.columns import read_id
from portfolio.core.history import StaleError
from portfolio.core.language import N_
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.web.current import current
from portfolio.web.language import current_language, gettext, say_here

SAVED_MEANWHILE = N_(
    "Someone else saved this while you were writing. Your text is still here. "
    "Look at the item's history to see what changed; save again if yours is to stay."
)
WRONG = 422
CONFLICT = 409


class BaseForm(FlaskForm):
    """The base of every form.

    WTForms' own messages come in the page's language. Text fields are tidied, and an empty one is None: not known.
    ``status`` is what a view answers with when it shows the form (200, or 422 when something must be mended).
    """

    stale = False
    form_errors: list[str]

    class Meta(FlaskForm.Meta):
        """How fields are bound and in which language WTForms speaks."""

        def get_translations(self, _form: WtBaseForm) -> Any:
            """Give WTForms' own catalogue in the page's language."""
            return get_translations([current_language()])

        def bind_field(self, form: WtBaseForm, unbound_field: UnboundField[Any], options: dict[str, Any]) -> Any:
            """Tidy what is typed in text fields; passwords stay as they are."""
            field_class = unbound_field.field_class
            if issubclass(field_class, StringField) and not issubclass(field_class, PasswordField):
                filters = (*unbound_field.kwargs.get("filters", ()), tidy)
                return unbound_field.bind(form=form, **{**options, "filters": filters})
            return unbound_field.bind(form=form, **options)

    @property
    def status(self) -> int:
        """The status of the answer that shows this form."""
        if self.stale:
            return CONFLICT
        return WRONG if self.errors else 200

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the fields; of one that cannot be read no more is said, since a missing value is not what is wrong."""
        valid: bool = super().validate(extra_validators)
        for field in self:
            if field.errors and field.process_errors:
                field.errors = list(field.process_errors)
        return valid

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Run an operation: what it refuses goes beside the fields, the transaction is rolled back, the form is shown.

        A row that someone else saved meanwhile is said on top; the form's ``version`` is brought up to date, so that
        saving again is a decision.
        """
        try:
            yield
        except Refusal as refusal:
            current.session.rollback()
            self.take(refusal.problems)
        except StaleError as error:
            current.session.rollback()
            self._take_stale(error)

    def take(self, problems: Iterable[Problem]) -> None:
        """Put each problem beside the field that its place names, or on top of the form."""
        for problem in problems:
            field = self._fields.get(_field_name(problem.place))
            if field is None or _is_hidden(field):
                self.form_errors = [*self.form_errors, say_here(problem)]
            else:
                field.errors = [*field.errors, say_here(problem)]

    def values(self, names: Iterable[str] | None = None) -> dict[str, Any]:
        """Give the data of the fields that hold something to be saved, or of those named."""
        if names is not None:
            return {name: self._fields[name].data for name in names if name in self._fields}
        return {field.short_name: field.data for field in self if not _is_hidden(field)}

    def keep_only(self, open_fields: Iterable[str]) -> None:
        """Take away the fields that this person may not edit: what is not in the form cannot be posted."""
        kept = frozenset(open_fields)
        for field in list(self):
            if not _is_hidden(field) and field.short_name not in kept:
                del self[field.short_name]

    def _take_stale(self, error: StaleError) -> None:
        self.stale = True
        self.form_errors = [*self.form_errors, gettext(SAVED_MEANWHILE)]
        version = self._fields.get("version")
        if version is not None and len(error.rows) == 1:
            model, identity = error.rows[0]
            version.data = current.session.get_one(model, identity).version


class VersionField(Field):
    """The version that the person saw, hidden in the form: an operation gets it as the version it expects."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a whole number; anything else is a version that never was, so that nothing is overwritten."""
        self.data = read_id(str(valuelist[0]) if valuelist else "") or 0

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


def tidy(text: Any) -> Any:
    """Strip a text, unify its line ends and letters, drop control characters; an empty text is None."""
    if not isinstance(text, str):
        return text
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(one for one in whole if one in "\n\t" or unicodedata.category(one) != "Cc").strip() or None


def _is_hidden(field: Field) -> bool:
    return isinstance(field.widget, HiddenInput)


def _field_name(place: Place | str | None) -> str:
    return (place.field if isinstance(place, Place) else place) or ""
