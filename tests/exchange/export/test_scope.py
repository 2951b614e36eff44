import pytest

from portfolio.core.problem import Refusal
from portfolio.exchange.export import TEMPLATE, ExportScope
from portfolio.register.operations import remove_initiatives
from portfolio.register.rules import InitiativeFilter, Status
from tests.exchange.export.house import latest
from tests.factories import acting, create_initiative, create_municipality, create_portfolio


def ids(house, *numbers):
    return sorted(house.items[number].id for number in numbers)


def test_an_export_says_what_it_holds_as_of_when_and_for_whom(house):
    export = house.export(ExportScope(house.portfolio.id, asked={"status": ("merged",)}), "sv")
    assert export.revision_id == latest(house.session)
    assert (export.municipality_id, export.portfolio_id, export.language) == (
        *(house.municipality.id, house.portfolio.id, "sv"),
    )
    assert (export.made_at, export.asked, export.layout) == (house.actor.at, {"status": ["merged"]}, None)
    assert export.item_ids == ids(house, 0, 1, 2)
    assert export.file_name == "kunta-ohjelma-2026-05-04.xlsx"


def test_a_token_is_long_and_never_the_same(house):
    tokens = {house.export().token for _ in range(5)}
    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {32}


def test_a_units_own_rows_are_those_of_the_unit_and_below(house):
    scope = ExportScope(house.portfolio.id, house.units["sivistys"].id)
    assert house.export(scope).item_ids == ids(house, 0)
    assert house.export(scope).file_name == "kunta-ohjelma-sivistys-2026-05-04.xlsx"
    top = house.units["sivistys"].parent_id
    assert house.export(ExportScope(unit_id=top)).item_ids == ids(house, 0, 1)


def test_a_filtered_list_holds_what_the_filter_keeps(house):
    merged = InitiativeFilter(statuses=frozenset({Status.MERGED}))
    assert house.export(ExportScope(chosen=merged)).item_ids == ids(house, 2)
    assert house.export(ExportScope(house.portfolio.id, chosen=merged)).file_name.startswith("kunta-ohjelma-rajaus-")
    elsewhere = InitiativeFilter(portfolio_ids=frozenset({house.portfolio.id + 1}))
    assert house.export(ExportScope(house.portfolio.id, chosen=elsewhere)).item_ids == []


def test_given_items_are_kept_less_those_of_others_and_those_removed(house):
    stranger = create_municipality(house.session)
    home = create_portfolio(house.session, municipality_id=stranger.id)
    theirs = create_initiative(house.session, municipality_id=stranger.id, portfolio_id=home.id)
    remove_initiatives(house.session, house.actor, [house.items[1].id])
    every = [theirs.id, *(item.id for item in house.items)]
    assert house.export(ExportScope(item_ids=every)).item_ids == ids(house, 0, 2)


def test_a_template_holds_nothing(house):
    template = house.export(ExportScope(house.portfolio.id, item_ids=TEMPLATE))
    assert template.item_ids == []
    assert template.file_name == "kunta-ohjelma-uudet-kohteet-2026-05-04.xlsx"


def test_an_export_of_the_past_holds_what_was_there(house):
    then = latest(house.session)
    removed, new = house.items[1], house.item()
    remove_initiatives(house.session, house.actor, [removed.id])
    assert house.export(at=then).item_ids == ids(house, 0, 1, 2)
    assert house.export().item_ids == sorted([*ids(house, 0, 2), new.id])
    assert house.export(at=then).revision_id == then


def test_a_name_for_the_file_may_be_given(house):
    assert house.export(file_stem="Sivistys: kevät 2026").file_name == "sivistys-kevat-2026-2026-05-04.xlsx"


def test_what_is_not_there_is_told(house):
    with pytest.raises(Refusal, match="portfolio"):
        house.export(ExportScope(999))
    with pytest.raises(Refusal, match="unit"):
        house.export(ExportScope(house.portfolio.id, 999))


def test_whoever_may_not_read_takes_nothing_out(house):
    with pytest.raises(Refusal):
        house.export(actor=acting(house.municipality.id))
