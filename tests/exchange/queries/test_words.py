"""Cells of a plan in words, in each language."""

import datetime as dt
from decimal import Decimal

import pytest

from portfolio.budgets.models import FundingSource
from portfolio.core.timespan import Timespan
from portfolio.exchange.columns import UNKNOWN, Entity
from portfolio.exchange.columns.codec import Reference
from portfolio.exchange.queries.words import ENTITY_WORDS, Words
from tests import factories
from tests.fixtures import web

town = web.town  # not the one that imports fill


@pytest.fixture
def home(town):
    session, place = town.session, {"municipality_id": town.municipality.id}
    factories.create_scheme(session, code="teema", name_fi="Teema", name_sv="Tema", **place)
    values = {"code": "oma", "name_fi": "Oma rahoitus", "name_sv": "Egen finansiering"}
    factories.write(session, FundingSource, place | values)
    return town


def say(town, entity, field, value, language="fi"):
    words = Words(town.session, town.municipality.id, [value], language)
    said = words.value(entity, field, value)
    return said.replace("\N{NO-BREAK SPACE}", " ") if said else said


@pytest.mark.parametrize(
    ("field", "value", "fi", "sv", "en"),
    [
        ("progress", 45, "45 %", "45 %", "45 %"),
        ("status", "approved", "Hyväksytty", "Godkänt", "Approved"),
        ("spearhead", True, "Kyllä", "Ja", "Yes"),
        ("spearhead", False, "Ei", "Nej", "No"),
        ("budget_effect", "unknown", "ei tietoa", "ingen uppgift", "not known"),
        ("completed_on", dt.date(2026, 12, 31), "31.12.2026", "31.12.2026", None),
        ("timespan", Timespan(words="syksy 2026"), "syksy 2026", "syksy 2026", "syksy 2026"),
        ("money:2026:operating:oma:planned", Decimal(40000), "40 000 €", "40 000 €", "€40 000"),
        ("money:2026:operating:oma:planned", UNKNOWN, "ei tietoa", "ingen uppgift", "not known"),
        ("money:2026:operating:oma:planned", Decimal(0), "0 €", "0 €", "€0"),
        ("goals", "Yksi tapa toimia", "Yksi tapa toimia", "Yksi tapa toimia", "Yksi tapa toimia"),
    ],
)
def test_a_value_is_said_in_the_language_of_the_page(home, field, value, fi, sv, en):
    said = [say(home, Entity.INITIATIVE, field, value, language) for language in ("fi", "sv", "en")]
    assert said[:2] == [fi, sv]
    assert en in {None, said[2]}


@pytest.mark.parametrize("value", [None, "", frozenset()])
def test_a_blank_says_nothing(home, value):
    assert say(home, Entity.INITIATIVE, "goals", value) is None


def test_a_reference_has_the_name_that_it_has_now_in_the_language(home):
    unit = Reference(("unit", "sivistys"), home.unit.id, "Vanha nimi")
    assert say(home, Entity.INITIATIVE, "unit", unit) == "Sivistys"
    assert say(home, Entity.INITIATIVE, "unit", unit, "sv") == "Bildning"
    new = Reference(("initiative", "x"), None, "Uusi kohde")
    assert say(home, Entity.MILESTONE, "initiative", new) == "Uusi kohde"
    both = frozenset({Reference(("category", "a"), None, "Arki"), Reference(("category", "b"), None, "Yritykset")})
    assert say(home, Entity.INITIATIVE, "category:teema", both) == "Arki, Yritykset"


def test_another_municipalitys_row_lends_no_name(home):
    other = factories.create_unit(home.session, municipality_id=home.neighbour.id, name_fi="Salainen yksikkö")
    assert say(home, Entity.INITIATIVE, "unit", Reference(("unit", "x"), other.id, "Nimi")) == "Nimi"


@pytest.mark.parametrize(
    ("field", "fi", "sv"),
    [
        ("title_fi", "Nimi suomeksi", "Namn på finska"),
        ("category:teema", "Teema", "Tema"),
        ("category:tuntematon", "tuntematon", "tuntematon"),
        ("money:2026:operating:oma:planned", "Talousarvio 2026, Käyttötalous, Oma rahoitus", None),
        ("removed", "Toiminto", "Åtgärd"),
        ("no such field", "no such field", "no such field"),
    ],
)
def test_a_field_is_called_as_people_know_it(home, field, fi, sv):
    assert Words(home.session, home.municipality.id, (), "fi").field(Entity.INITIATIVE, field) == fi
    swedish = Words(home.session, home.municipality.id, (), "sv").field(Entity.INITIATIVE, field)
    assert sv in {None, swedish}


def test_every_kind_of_row_has_a_name(home):
    words = Words(home.session, home.municipality.id, (), "fi")
    assert ENTITY_WORDS.keys() == set(Entity)
    assert all(words.entity(one) for one in Entity)
