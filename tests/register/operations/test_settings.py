import pytest

from portfolio.core import history
from portfolio.core.history import StaleError
from portfolio.core.problem import Refusal
from portfolio.register import operations, queries
from portfolio.register.rules import PortfolioKind
from tests.factories import acting, create_category, create_municipality, create_portfolio, create_scheme, create_unit

NEEDS = {"code": "turku-tarvesalkku", "prefix": "TS", "kind": PortfolioKind.NEED_PORTFOLIO, "name_fi": "Tarvesalkku"}


def places(refusal):
    return sorted(problem.place or "" for problem in refusal.value.problems)


def test_a_portfolio_is_set_up_changed_removed_and_restored(place):
    identity = operations.create_portfolio(place.session, place.office, NEEDS)
    operations.update_portfolio(place.session, place.office, identity, {"quota_min": 2, "quota_max": 3}, version=1)
    with pytest.raises(StaleError):
        operations.update_portfolio(place.session, place.office, identity, {"quota_max": 4}, version=1)
    operations.remove_portfolio(place.session, place.office, identity)
    assert queries.portfolio_by_code(place.session, "turku-tarvesalkku") is None
    operations.restore_portfolio(place.session, place.office, identity)
    assert queries.portfolio_by_code(place.session, "turku-tarvesalkku").quota_max == 3
    assert history.verify(place.session) == []


def test_a_portfolio_that_holds_items_stays(place):
    identity = place.create()
    with pytest.raises(Refusal):
        operations.remove_portfolio(place.session, place.office, place.portfolio.id)
    operations.remove_initiatives(place.session, place.office, [identity])
    operations.remove_portfolio(place.session, place.office, place.portfolio.id)


@pytest.mark.parametrize("role", ["member", "reporter", "viewer", "budget", "publicity"])
def test_settings_of_the_register_are_closed_to_others(place, role):
    actor = acting(place.id, role)
    category = create_category(place.session, municipality_id=place.id)
    for refused in (
        lambda: operations.create_portfolio(place.session, actor, NEEDS),
        lambda: operations.update_portfolio(place.session, actor, place.portfolio.id, {"name_fi": "x"}),
        lambda: operations.remove_portfolio(place.session, actor, place.portfolio.id),
        lambda: operations.create_scheme(place.session, actor, {"code": "teema", "name_fi": "Teema"}),
        lambda: operations.remove_scheme(place.session, actor, category.scheme_id),
        lambda: operations.create_category(
            place.session, actor, {"scheme_id": category.scheme_id, "code": "a", "name_fi": "A"}
        ),
        lambda: operations.remove_category(place.session, actor, category.id),
    ):
        with pytest.raises(Refusal):
            refused()


def test_a_code_or_prefix_in_use_is_told_also_when_its_row_was_removed(place):
    first = operations.create_portfolio(place.session, place.office, NEEDS)
    with pytest.raises(Refusal) as refusal:
        operations.create_portfolio(place.session, place.office, NEEDS)
    assert places(refusal) == ["code", "prefix"]
    operations.remove_portfolio(place.session, place.office, first)
    with pytest.raises(Refusal) as refusal:
        operations.create_portfolio(place.session, place.office, NEEDS | {"prefix": "U"})
    assert "removed" in refusal.value.problems[0].msgid


def test_the_code_of_a_portfolio_is_unique_in_the_whole_system_but_its_prefix_is_not(place):
    elsewhere = create_municipality(place.session).id
    create_portfolio(place.session, municipality_id=elsewhere, code="yhteinen", prefix="TS")
    with pytest.raises(Refusal) as refusal:
        operations.create_portfolio(place.session, place.office, NEEDS | {"code": "yhteinen"})
    assert places(refusal) == ["code"]
    operations.create_portfolio(place.session, place.office, NEEDS)


def test_settings_of_another_municipality_do_not_exist(place):
    elsewhere = create_municipality(place.session).id
    stranger = create_portfolio(place.session, municipality_id=elsewhere)
    unit = create_unit(place.session, municipality_id=elsewhere)
    with pytest.raises(Refusal):
        operations.update_portfolio(place.session, place.office, stranger.id, {"name_fi": "x"})
    with pytest.raises(Refusal) as refusal:
        operations.create_portfolio(place.session, place.office, NEEDS | {"unit_id": unit.id})
    assert places(refusal) == ["unit_id"]


def test_putting_the_same_again_changes_nothing_and_brings_back_what_was_removed(place):
    rows = {"turku-tarvesalkku": {name: value for name, value in NEEDS.items() if name != "code"}}
    first = operations.put_portfolios(place.session, place.office, rows)
    again = operations.put_portfolios(place.session, place.office, rows)
    assert again.ids == first.ids
    assert (again.written.ids, dict(again.written.changed)) == ((), {})
    identity = first.ids["turku-tarvesalkku"]
    operations.remove_portfolio(place.session, place.office, identity)
    assert operations.put_portfolios(place.session, place.office, rows).ids == first.ids
    assert not queries.get_portfolio(place.session, place.id, identity).removed


def test_schemes_are_put_with_their_portfolio_by_code(place):
    rows = {"teema": {"name_fi": "Teema", "portfolio_code": place.portfolio.code}, "taso": {"name_fi": "Taso"}}
    ids = operations.put_schemes(place.session, place.office, rows).ids
    found = {one.scheme.code: one.scheme.portfolio_id for one in queries.schemes(place.session, place.id)}
    assert found == {"teema": place.portfolio.id, "taso": None}
    assert set(ids) == {"teema", "taso"}
    with pytest.raises(Refusal) as refusal:
        operations.put_schemes(place.session, place.office, {"x": {"name_fi": "X", "portfolio_code": "olematon"}})
    assert places(refusal) == ["portfolio_id"]


def test_classes_are_put_with_those_above_them_whatever_the_order(place):
    scheme = create_scheme(place.session, municipality_id=place.id)
    rows = {
        "alaosa": {"name_fi": "Alaosa", "parent_code": "osa"},
        "osa": {"name_fi": "Osa", "parent_code": "teema"},
        "teema": {"name_fi": "Teema"},
    }
    ids = operations.put_categories(place.session, place.office, scheme.id, rows).ids
    [held] = queries.schemes(place.session, place.id)
    assert [category.code for category in held.categories] == ["teema", "osa", "alaosa"]
    assert held.categories[1].parent_id == ids["teema"]
    again = operations.put_categories(place.session, place.office, scheme.id, rows).written
    assert (again.ids, dict(again.changed)) == ((), {})


def test_classes_above_that_are_missing_or_stand_below_themselves_are_told(place):
    scheme = create_scheme(place.session, municipality_id=place.id)
    put = operations.put_categories
    with pytest.raises(Refusal) as refusal:
        put(place.session, place.office, scheme.id, {"a": {"name_fi": "A", "parent_code": "olematon"}})
    assert places(refusal) == ["parent_id"]
    with pytest.raises(Refusal) as refusal:
        put(
            place.session,
            place.office,
            scheme.id,
            {"a": {"name_fi": "A", "parent_code": "b"}, "b": {"name_fi": "B", "parent_code": "a"}},
        )
    assert places(refusal) == ["parent_id", "parent_id"]


def test_a_class_stands_neither_below_itself_nor_in_another_scheme(place):
    scheme, other = (create_scheme(place.session, municipality_id=place.id) for _ in range(2))
    above = create_category(place.session, municipality_id=place.id, scheme_id=scheme.id)
    below = create_category(place.session, municipality_id=place.id, scheme_id=scheme.id, parent_id=above.id)
    stranger = create_category(place.session, municipality_id=place.id, scheme_id=other.id)
    for parent in (below, stranger):
        with pytest.raises(Refusal) as refusal:
            operations.update_category(place.session, place.office, above.id, {"parent_id": parent.id})
        assert places(refusal) == ["parent_id"]


def test_what_a_removed_scheme_said_is_hidden_and_comes_back_with_it(place):
    category = create_category(place.session, municipality_id=place.id)
    identity = place.create(categories={category.scheme_id: {category.id}})
    operations.remove_scheme(place.session, place.office, category.scheme_id)
    assert queries.categories_of(place.session, place.id, [identity]) == {}
    operations.restore_scheme(place.session, place.office, category.scheme_id)
    operations.remove_category(place.session, place.office, category.id)
    assert queries.categories_of(place.session, place.id, [identity]) == {}
    operations.restore_category(place.session, place.office, category.id)
    assert queries.categories_of(place.session, place.id, [identity]) == {identity: (category,)}
