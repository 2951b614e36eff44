from collections.abc import Mapping

import pytest
from sqlalchemy import String, Text

from portfolio.core.language import LANGUAGES, say_problem
from portfolio.exchange.columns import COLUMNS, Entity, Kind, column, group_of, money_field, money_parts, words
from portfolio.exchange.queries import MODELS
from portfolio.register.models import Initiative

BUILT_IN = {"id", "version", "removed", "municipality_id", "source_key"}
NOT_IN_WORKBOOKS = BUILT_IN | {"code", "portfolio_id"}


def test_every_field_of_an_initiative_has_a_column():
    fields = set(Initiative.__table__.c.keys()) - Initiative.derived - NOT_IN_WORKBOOKS
    assert fields == {one.stored for one in COLUMNS[Entity.INITIATIVE].values() if one.stored}


@pytest.mark.parametrize("entity", [entity for entity in MODELS if COLUMNS[entity]])
def test_columns_are_those_of_the_tables_with_their_lengths(entity):
    table = MODELS[entity].__table__
    for one in COLUMNS[entity].values():
        if one.stored is None:
            continue
        kind = table.c[one.stored].type
        if one.kind is Kind.TEXT and isinstance(kind, String) and not isinstance(kind, Text):
            assert one.longest == kind.length, one.name
        if one.kind in {Kind.CHOICE, Kind.ANSWER}:
            codes = {member.value for member in kind.enum_class}
            assert codes == (set(one.choices) or {"yes", "no", "unknown"}), one.name
        if one.kind is Kind.REFERENCE:
            (key,) = table.c[one.stored].foreign_keys
            assert key.column.table is MODELS[one.to].__table__, one.name


def test_every_heading_is_said_in_every_language():
    columns = [
        *COLUMNS[Entity.INITIATIVE].values(),
        column(Entity.INITIATIVE, money_field(2026, "operating", "own", "planned")),
    ]
    for language in LANGUAGES:
        spoken = [say_problem(one.heading, language) for one in columns]
        assert all(spoken)
        assert len(set(spoken)) == len(spoken)


def test_fields_of_years_and_classes_are_columns_too():
    money = column(Entity.INITIATIVE, "money:2026:investment:own:actual")
    assert (money.kind, money.stored) == (Kind.MONEY, None)
    assert column(Entity.INITIATIVE, "category:luokka").kind is Kind.REFERENCE
    assert column(Entity.INITIATIVE, "category:luokka", {"luokka"}).kind is Kind.REFERENCES
    assert column(Entity.INDICATOR, "value:2026").kind is Kind.VALUE
    assert column(Entity.UNIT, "category:luokka") is None
    assert column(Entity.INITIATIVE, "titel_fi") is None


def test_a_year_s_money_is_decided_together():
    name = money_field(2026, "operating", "own", "planned")
    assert money_parts(name) == (2026, "operating", "own", "planned")
    assert group_of(name) == group_of(money_field(2026, "investment", "eu", "actual"))
    assert group_of(name) != group_of(money_field(2027, "operating", "own", "planned"))
    assert group_of("title_fi") is None


LISTS = {name: one for name, one in vars(words).items() if isinstance(one, Mapping) and not name.startswith("_")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_words_of_a_closed_list_are_understood_in_each_language(name, language):
    for code, word in zip(LISTS[name], words.known_words(LISTS[name], language), strict=True):
        assert words.find_choice(f" {word.upper()}: ", LISTS[name]) == code
        assert words.find_choice(code, LISTS[name]) == code
    assert words.find_choice("jotain muuta", LISTS[name]) is None
