"""The form of a municipality's settings."""

from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from portfolio.organisation.forms import lines
from portfolio.organisation.forms.lines import LinesField
from portfolio.organisation.rules import LONGEST_PLAN
from portfolio.web.forms import BaseForm, VersionField
from portfolio.web.language import lazy_gettext


class SettingsForm(BaseForm):
    """The municipality's settings."""

    name_fi = StringField(lazy_gettext("Name in Finnish"), [InputRequired(), Length(max=80)])
    name_sv = StringField(lazy_gettext("Name in Swedish"), [InputRequired(), Length(max=80)])
    bilingual = BooleanField(
        lazy_gettext("Bilingual municipality"),
        description=lazy_gettext("Titles and summaries are asked for in Finnish and Swedish."),
    )
    plan_horizon = IntegerField(
        lazy_gettext("Years of the plan"),
        [InputRequired(), NumberRange(1, LONGEST_PLAN)],
        description=lazy_gettext("The budget year and the plan years after it."),
        render_kw={"inputmode": "numeric", "min": 1, "max": LONGEST_PLAN},
    )
    unit_level_names = LinesField(
        lazy_gettext("Names of the levels of units"),
        read=lines.read_level,
        write=lines.write_level,
        description=lazy_gettext("One a line, from the top: Toimiala / Sektor."),
    )
    season_limits = LinesField(
        lazy_gettext("Limits of seasons"),
        read=lines.read_season,
        write=lines.write_season,
        whole=dict,
        parts=lines.pairs,
        description=lazy_gettext("One a line: autumn 15.8.–31.12. Seasons that are not here have their usual limits."),
    )
    council_terms = LinesField(
        lazy_gettext("Council terms"),
        read=lines.read_term,
        write=lines.write_term,
        description=lazy_gettext("One a line: 1.8.2021–31.5.2025. Empty: the terms of all municipalities."),
    )
    case_number_pattern = StringField(
        lazy_gettext("Form of case numbers"),
        [Length(max=200)],
        description=lazy_gettext("A regular expression. A case number of another form is only warned about."),
    )
    accessibility_statement = TextAreaField(
        lazy_gettext("Accessibility statement"),
        [Length(max=20_000)],
        description=lazy_gettext("Your own words on top of the statement page."),
    )
    version = VersionField()
