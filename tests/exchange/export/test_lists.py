import datetime as dt

from tests.factories import create_category, create_post, create_unit


def lists(house, language="fi"):
    rows = [[cell.value for cell in row] for row in house.opened(house.export(language=language))["_lists"].rows]
    return {column[0]: [text for text in column[1:] if text] for column in zip(*rows, strict=True)}


def test_each_closed_value_has_its_words(house):
    found = lists(house)
    assert found["bool"] == ["Kyllä", "Ei"]
    assert found["answer"] == ["Kyllä", "Ei", "ei tietoa"]
    assert found["initiative.status"][:2] == ["Ehdotettu", "Valmistelussa"]
    assert found["milestone.kind"] == ["Vaihe", "Raportti", "Käyttöönotto"]
    assert found["budget.part"] == ["Käyttötalous", "Investoinnit"]
    assert found["action"] == ["poista"]
    assert found["category:luokka"] == ["Kehittämishanke", "Laajempi muutos"]
    assert found["funding_source"] == ["Oma rahoitus", "EU"]


def test_units_stand_in_the_order_of_their_tree_and_posts_bear_their_code_where_needed(house):
    found = lists(house)
    assert found["unit"] == ["Kunta", "Sivistystoimiala", "Tekninen toimiala"]
    assert found["post"] == ["Johtaja (tekninen)", "Johtaja (sivistys)"]


def test_what_is_no_longer_valid_is_not_offered(house):
    of = {"municipality_id": house.municipality.id, "valid_to": dt.date(2020, 1, 1)}
    create_unit(house.session, **of, name_fi="Lakkautettu")
    create_post(house.session, **of, title_fi="Lakkautettu")
    found = lists(house)
    assert "Lakkautettu" not in found["unit"] + found["post"]


def test_two_classes_of_the_same_name_are_told_apart(house):
    of = {"municipality_id": house.municipality.id, "scheme_id": house.schemes["luokka"].id}
    create_category(house.session, **of, code="toinen", name_fi="Kehittämishanke")
    assert "Kehittämishanke (toinen)" in lists(house)["category:luokka"]


def test_lists_are_in_the_language_of_the_workbook(house):
    found = lists(house, "sv")
    assert found["bool"] == ["Ja", "Nej"]
    assert "Bildningssektorn" in found["unit"]
