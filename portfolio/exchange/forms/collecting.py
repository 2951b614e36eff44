"""The form in which a collection is started."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portfolio.exchange.operations.collecting import NewCollection
from portfolio.web.fields import ChoiceField, DayField, ManyField, RowField
from portfolio.web.forms import BaseForm
from portfolio.web.language import OWN_NAMES, lazy_gettext


class CollectionForm(BaseForm):
    """What is collected, by whom, by when; the view sets what may be chosen."""

    name = StringField(
        lazy_gettext("Name"),
        [InputRequired(), Length(max=160)],
        description=lazy_gettext("Stands in the mails and in the names of the workbooks, such as Spring review 2026."),
    )
    due_on = DayField(lazy_gettext("Answers are due"))
    round = RowField(
        lazy_gettext("Review round"),
        description=lazy_gettext(
            "Ask for a round's reviews in place of the items. The portfolio is then the round's own."
        ),
    )
    portfolios = ManyField(lazy_gettext("Portfolios"), coerce=int)
    units = ManyField(lazy_gettext("Units that get a workbook"), coerce=int)
    tongue = ChoiceField(lazy_gettext("Language of the workbooks"), choices=list(OWN_NAMES.items()))

    def new_collection(self) -> NewCollection:
        """Give what was chosen."""
        return NewCollection(
            self.name.data,
            self.due_on.data,
            self.portfolios.data,
            self.units.data,
            self.tongue.data,
            self.round.data,
        )
