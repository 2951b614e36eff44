"""Values as pages write them: in the page's language, and in grey words where there is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from jinja2 import Environment
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import DataRequired

from portfolio.core.language import say
from portfolio.core.timespan import EMPTY, Kind, Precision, Timespan, unread
from portfolio.web import filters

NOT_KNOWN = say("not known", "fi")


@pytest.fixture
def language(monkeypatch):
    def speak(code):
        monkeypatch.setattr(filters, "current_language", lambda: code)

    speak("fi")
    return speak


@pytest.fixture
def write(language):
    env = Environment(autoescape=True)
    filters.register_filters(env)

    def render(value, name):
        return env.from_string(f"{{{{ value|{name} }}}}").render(value=value)

    return render


@pytest.mark.parametrize(
    "name",
    ["date", "datetime", "number", "percent", "money", "million", "appropriation", "timespan", "interval", "unknown"],
)
def test_what_is_not_known_is_said_in_grey_words(write, name):
    assert write(None, name) == f'<span class="unknown">{NOT_KNOWN}</span>'


def test_zero_euros_are_an_amount_but_a_zero_appropriation_is_said_in_words(write):
    assert write(Decimal(0), "money") == "0\u00a0€"
    assert (
        write(Decimal(0), "appropriation") == f'<span class="unknown">{say("no separate appropriation", "fi")}</span>'
    )
    assert write(Decimal(40000), "appropriation") == "40\u00a0000\u00a0€"


def test_zero_and_false_are_values_and_an_empty_text_is_not(write):
    assert write(0, "unknown") == "0"
    assert write(False, "unknown") == "False"
    assert NOT_KNOWN in write("", "unknown")


def test_a_value_given_to_unknown_is_still_escaped(write):
    assert write("<b>", "unknown") == "&lt;b&gt;"


def test_numbers_follow_the_language_of_the_page(write, language):
    assert write(Decimal("1234.5"), "number") == "1\u00a0234,5"
    assert write(45, "percent") == "45\u00a0%"
    assert write(Decimal(2_130_000), "million") == "2,1\u00a0milj.\u00a0€"
    language("en")
    assert write(Decimal("1234.5"), "number") == "1\u00a0234.5"
    assert write(45, "percent") == "45%"


def test_the_date_of_a_moment_is_its_day_in_helsinki(write):
    late = datetime(2023, 5, 14, 22, 30, tzinfo=UTC)
    assert write(late, "date") == "15.5.2023"
    assert write(late.replace(tzinfo=None), "date") == "15.5.2023"
    assert write(date(2023, 5, 14), "date") == "14.5.2023"
    assert write(late, "datetime") == "15.5.2023 klo\u00a01.30"


SPRING_TO_YEAR = Timespan(
    "kevät 2023 – <2025>",
    date(2023, 1, 1),
    date(2025, 12, 31),
    Precision.SEASON,
    Precision.YEAR,
    Kind.DURING,
)


def test_a_time_is_shown_in_the_words_of_its_planner(write):
    assert write(SPRING_TO_YEAR, "timespan") == "kevät 2023 – &lt;2025&gt;"
    assert write(EMPTY, "timespan") == f'<span class="unknown">{NOT_KNOWN}</span>'


def test_a_time_without_words_is_shown_as_its_interval(write):
    moved = replace(SPRING_TO_YEAR, words="")
    assert write(moved, "timespan") == write(moved, "interval")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (SPRING_TO_YEAR, "1 Jan 2023–31 Dec 2025, to the year"),
        (Timespan("7.3.2024", *[date(2024, 3, 7)] * 2, *[Precision.DAY] * 2, Kind.DURING), "7 Mar 2024"),
        (Timespan("", None, date(2023, 12, 31), Precision.NONE, Precision.DAY, Kind.BY), "by 31 Dec 2023"),
        (
            Timespan("2023–", date(2023, 1, 1), None, Precision.YEAR, Precision.OPEN, Kind.FROM),
            "from 1 Jan 2023, to the year",
        ),
        (Timespan("jatkuva", kind=Kind.ONGOING, end_precision=Precision.OPEN), "ongoing"),
        (Timespan("ehkä jatkuva", kind=Kind.ONGOING, tentative=True), "ongoing, not certain"),
        (unread("kunhan ehditään"), "could not be read as a time"),
    ],
)
def test_an_interval_tells_its_ends_and_the_coarser_exactness(write, language, span, words):
    language("en")
    assert write(span, "interval") == words


class Line(Form):
    year = StringField("Year", [DataRequired("Write the year.")])


class Card(Form):
    title = StringField("Title", [DataRequired("Write a title.")])
    lines = FieldList(FormField(Line), min_entries=2)


def test_errors_of_a_form_come_in_its_order_with_those_of_its_parts_and_of_the_whole_last():
    form = Card(MultiDict({"lines-0-year": "2024", "lines-1-year": ""}))
    form.validate()
    form.form_errors = ["Someone else saved this."]
    assert filters.flat_errors(form) == [
        ("title", "Title", "Write a title."),
        ("lines-1-year", "Year", "Write the year."),
        (None, "", "Someone else saved this."),
    ]


def test_grey_words_escape_what_they_are_given():
    assert filters.grey("<i>") == Markup('<span class="unknown">&lt;i&gt;</span>')
