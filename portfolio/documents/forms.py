"""What an address asks of a document, and the form that asks it: the same address gives the same file."""

from __future__ import annotations

from types import MappingProxyType

from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional

from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR
from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.documents.report import KIND_WORDS, Kind
from portfolio.web.fields import ChoiceField, EnumField, RowField
from portfolio.web.forms import BaseForm
from portfolio.web.language import OWN_NAMES, lazy_gettext

NO_PORTFOLIO = N_("Choose the portfolio that the document is of.")
NO_INITIATIVE = N_("Write the code of the initiative, such as VK-004-Y.")
NO_SUCH_INITIATIVE = N_('There is no initiative "%(text)s" here.')
NO_FORUM = N_("Choose the forum whose decisions are listed.")
FORMATS = MappingProxyType(
    {"pdf": N_("PDF, to read and print"), "docx": N_("Word, to edit"), "xlsx": N_("Excel, to reckon with")}
)
ABOUT = MappingProxyType(
    {
        Kind.PROGRESS: N_(
            "How a programme proceeds: a summary, the situation and measures by service area, what needs attention, "
            "what has changed, the money, and the next year's goals."
        ),
        Kind.MEASURES: N_(
            "What is proposed for the next year and what goes on, by service area, against the recommended number."
        ),
        Kind.BUDGET: N_("A year's budget, forecast and actual amounts by part and source, and what is left of frames."),
        Kind.CARD: N_("One page of an initiative: need and goals, solution, results, and who is responsible."),
        Kind.DECISIONS: N_("A forum's decisions with their sections and proposals, and the initiatives they are of."),
    }
)
"""What each document holds, in a sentence."""
YEAR_HINTS = MappingProxyType(
    {
        Kind.PROGRESS: N_("Empty: the latest review round."),
        Kind.MEASURES: N_("Empty: the next year."),
        Kind.BUDGET: N_("Empty: this year."),
        Kind.DECISIONS: N_("Empty: all years."),
    }
)
"""What a document is of where no year is asked for."""
OF_PORTFOLIO = frozenset({Kind.PROGRESS, Kind.MEASURES, Kind.BUDGET})


class DocumentForm(BaseForm):
    """Which document, of what, in which language and format; read from the address, so that a link can ask for it."""

    class Meta(BaseForm.Meta):
        """Nothing is written, so the form carries no token."""

        csrf = False

    kind = EnumField(lazy_gettext("Document"), labels=KIND_WORDS)
    portfolio = RowField(lazy_gettext("Portfolio"))
    initiative = StringField(
        lazy_gettext("Code of the initiative"),
        [Length(max=20)],
        description=lazy_gettext("It stands at the top of the card, such as VK-004-Y."),
    )
    forum = RowField(lazy_gettext("Forum"))
    year = IntegerField(lazy_gettext("Year"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)])
    language = ChoiceField(lazy_gettext("Language"), choices=list(OWN_NAMES.items()))
    format = EnumField(lazy_gettext("File"), labels=FORMATS)

    def check_whole(self) -> None:
        """Note what the kind of document needs and the address does not say."""
        kind = self.kind.data
        if kind in OF_PORTFOLIO and self.portfolio.data is None:
            self.take([Problem(NO_PORTFOLIO, place="portfolio")])
        if kind is Kind.CARD and not self.initiative.data:
            self.take([Problem(NO_INITIATIVE, place="initiative")])
        if kind is Kind.DECISIONS and self.forum.data is None:
            self.take([Problem(NO_FORUM, place="forum")])
