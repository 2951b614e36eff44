import datetime as dt
import enum
from decimal import Decimal

import pytest
from wtforms.validators import InputRequired

from portfolio.web.fields import ChoiceField, DayField, EnumField, MoneyField, RowField
from portfolio.web.forms import BaseForm


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Probe(BaseForm):
    day = DayField("Day")
    cost = MoneyField("Cost", unit="teur")
    colour = EnumField("Colour", labels={Colour.RED: "Password", Colour.BLUE: "Unit"}, empty="not yet")
    needed = EnumField("Needed", [InputRequired()], labels={Colour.RED: "Password"})
    row = RowField("Row")
    word = ChoiceField("Word", choices=[("fi", "Suomi"), ("sv", "Svenska")])


@pytest.fixture
def posted(application):
    """Give a function that makes the form of what was posted and judges it."""

    def post(language="fi", **data):
        headers = {"Accept-Language": language}
        data = {"needed": "red", "word": "fi", "row": "", "colour": "", "cost": "", "day": ""} | data
        with application.test_request_context("/", method="POST", data=data, headers=headers):
            form = Probe(meta={"csrf": False})
            form.row.choices = [("", "none"), (7, "seven")]
            form.validate()
            form.drawn = {name: str(field()) for name, field in form._fields.items()}
            return form

    return post


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", dt.date(2026, 12, 31)),
        ("31.12.2026", dt.date(2026, 12, 31)),
        (" 1.2.2026 ", dt.date(2026, 2, 1)),
        ("", None),
    ],
)
def test_a_day_is_read_as_browsers_send_it_and_as_people_write_it(posted, typed, day):
    form = posted(day=typed)
    assert (form.day.data, form.day.errors) == (day, [])


@pytest.mark.parametrize("typed", ["31.2.2026", "2026-13-01", "eilen", "1.2.26", "12/31/2026"])
def test_what_is_no_day_is_refused_in_words_and_stays_typed(posted, typed):
    form = posted(day=typed)
    assert form.day.errors == [f"”{typed}” ei ole päivä. Kirjoita päivä muodossa 31.12.2026."]
    assert typed in form.drawn["day"]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("40", Decimal(40_000)), ("1,5 milj. €", Decimal(1_500_000)), ("0", Decimal(0)), ("", None), ("ei tietoa", None)],
)
def test_money_is_read_in_the_unit_of_the_field(posted, typed, amount):
    form = posted(cost=typed)
    assert (form.cost.data, form.cost.errors) == (amount, [])


def test_money_that_may_mean_two_things_is_asked_about_and_stays_typed(posted):
    form = posted(cost="1.234 euroa")
    assert form.cost.data is None
    assert len(form.cost.errors) == 1
    assert "1.234 euroa" in form.drawn["cost"]


def test_money_is_shown_as_it_may_be_typed_again(application):
    with application.test_request_context("/"):
        form = Probe(data={"cost": Decimal("1234567.5")})
        shown = form.cost._value()
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == "1 234 567,5"


def test_a_closed_list_gives_its_members_and_speaks_the_language(posted):
    assert posted(colour="blue").colour.data is Colour.BLUE
    assert posted(colour="").colour.data is None
    assert ">Lösenord<" in posted("sv").drawn["colour"]
    assert ">inte ännu<" in posted("sv").drawn["colour"]
    assert "selected" in posted(colour="red").drawn["colour"]


@pytest.mark.parametrize("field", ["colour", "word", "needed"])
def test_a_value_outside_the_list_is_refused(posted, field):
    assert getattr(posted(**{field: "green"}), field).errors


def test_a_needed_choice_cannot_be_empty(posted):
    assert posted(needed="").needed.errors


@pytest.mark.parametrize(
    ("sent", "row", "fine"), [("7", 7, True), ("", None, True), ("8", 8, False), ("x", None, False)]
)
def test_a_row_is_one_of_those_offered(posted, sent, row, fine):
    form = posted(row=sent)
    assert form.row.errors is not fine
    assert form.row.data == row


def test_templates_draw_them_as_selects(posted):
    assert {field.type for field in (posted().colour, posted().row, posted().word)} == {"SelectField"}
