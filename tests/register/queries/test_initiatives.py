import datetime as dt

from portfolio.core import history
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register import operations, queries
from portfolio.register.models import Indicator, Milestone
from portfolio.register.rules import InitiativeFilter, Status
from tests.factories import TODAY, create_category, create_municipality, create_portfolio, create_scheme


def until(year):
    end = dt.date(year, 12, 31)
    return Timespan("sanat", None, end, Precision.OPEN, Precision.YEAR, Kind.BY)


def test_one_initiative_is_read_now_and_then_removed_or_not_but_only_of_its_municipality(place):
    identity = place.create(title_fi="Ensin")
    place.session.commit()
    born = history.latest_revision(place.session)
    place.update(place.office, identity, title_fi="Sitten")
    operations.remove_initiatives(place.session, place.office, [identity])
    place.session.commit()
    now = queries.get_initiative(place.session, place.id, identity)
    then = queries.get_initiative(place.session, place.id, identity, at=born)
    assert (now.title_fi, now.removed, then.title_fi, then.removed) == ("Sitten", True, "Ensin", False)
    assert queries.get_initiative(place.session, place.id, identity, at=born - 1) is None
    elsewhere = create_municipality(place.session).id
    assert queries.get_initiative(place.session, elsewhere, identity) is None
    assert queries.initiative_by_code(place.session, place.id, now.code) is now
    assert queries.initiative_by_code(place.session, elsewhere, now.code) is None


def test_others_are_named_by_id_removed_ones_too(place):
    first, second = place.create(), place.create()
    operations.remove_initiatives(place.session, place.office, [second])
    place.session.commit()
    latest = history.latest_revision(place.session)
    for at in (None, latest):
        assert set(queries.titles_of(place.session, place.id, [first, second, 999], at=at)) == {first, second}
    assert queries.titles_of(place.session, place.id, []) == {}


def test_the_items_of_my_posts_begin_with_what_is_open_and_due_first(place):
    usual = {"owner_post_id": place.post.id}
    done = place.create(status=Status.COMPLETED, timespan=until(2020), **usual)
    undated = place.create(**usual)
    later, sooner = place.create(timespan=until(2027), **usual), place.create(timespan=until(2025), **usual)
    place.create()
    mine = queries.initiatives_of_posts(place.session, place.id, [place.post.id], today=TODAY)
    assert [row.id for row in mine] == [sooner, later, undated, done]
    assert queries.initiatives_of_posts(place.session, place.id, [], today=TODAY) == []


def test_the_longest_overdue_comes_first_and_may_be_narrowed(place):
    late, later = place.create(timespan=until(2025)), place.create(timespan=until(2024), unit_id=place.other_unit.id)
    place.create(timespan=until(2024), status=Status.COMPLETED)
    place.create(timespan=until(2026))
    assert [row.id for row in queries.overdue(place.session, place.id, today=TODAY)] == [later, late]
    assert [row.id for row in queries.overdue(place.session, place.id, today=TODAY, limit=1)] == [later]
    own = InitiativeFilter(unit_ids=frozenset({place.unit.id}))
    assert [row.id for row in queries.overdue(place.session, place.id, today=TODAY, chosen=own)] == [late]


def test_open_items_that_nobody_answers_for_are_counted_now_and_then(place):
    place.create()
    place.create(status=Status.COMPLETED)
    owned = place.create(owner_post_id=place.post.id)
    place.session.commit()
    before = history.latest_revision(place.session)
    place.update(place.office, owned, owner_post_id=None)
    place.session.commit()
    assert queries.count_without_owner(place.session, place.id) == 2
    assert queries.count_without_owner(place.session, place.id, at=before) == 1


def test_portfolios_are_counted_by_status_now_and_then(place):
    create_portfolio(place.session, municipality_id=place.id, name_fi="Aivan tyhjä")
    first = place.create()
    place.create(status=Status.UNDER_WAY)
    place.session.commit()
    before = history.latest_revision(place.session)
    operations.remove_initiatives(place.session, place.office, [first])
    place.session.commit()
    [empty, own] = queries.portfolios(place.session, place.id)
    assert (empty.portfolio.name_fi, empty.initiatives, empty.by_status) == ("Aivan tyhjä", 0, {})
    assert (own.initiatives, own.by_status) == (1, {Status.UNDER_WAY: 1})
    [_, then] = queries.portfolios(place.session, place.id, at=before)
    assert (then.initiatives, then.by_status) == (2, {Status.PROPOSED: 1, Status.UNDER_WAY: 1})


def test_schemes_hold_their_classes_in_their_own_order(place):
    scheme = create_scheme(place.session, municipality_id=place.id)
    create_scheme(place.session, municipality_id=place.id, portfolio_id=place.portfolio.id)
    usual = {"municipality_id": place.id, "scheme_id": scheme.id}
    second = create_category(place.session, name_fi="Åbo", **usual)
    first = create_category(place.session, name_fi="Zeta", **usual)
    below = create_category(place.session, name_fi="Alku", parent_id=second.id, **usual)
    placed = create_category(place.session, name_fi="Aivan viimeinen", position=9, **usual)
    [found] = [one for one in queries.schemes(place.session, place.id) if one.scheme.id == scheme.id]
    assert found.categories == (first, second, below, placed)
    assert len(queries.schemes(place.session, place.id, portfolio_id=place.portfolio.id)) == 2
    assert len(queries.schemes(place.session, place.id, portfolio_id=999)) == 1
    assert queries.get_scheme(place.session, place.id, scheme.id) is scheme
    assert queries.get_category(place.session, place.id, first.id) is first


def test_parts_are_read_as_they_were(place):
    identity = place.create()
    category = create_category(place.session, municipality_id=place.id)
    [milestone] = operations.add_parts(
        place.session, place.office, Milestone, [{"initiative_id": identity, "title_fi": "Ensin"}]
    )
    operations.set_categories(place.session, place.office, {identity: {category.scheme_id: {category.id}}})
    place.session.commit()
    before = history.latest_revision(place.session)
    operations.update_parts(place.session, place.office, Milestone, {milestone: {"title_fi": "Sitten"}})
    operations.set_categories(place.session, place.office, {identity: {category.scheme_id: set()}})
    place.session.commit()
    [now] = queries.parts_of(place.session, Milestone, place.id, [identity])
    [then] = queries.parts_of(place.session, Milestone, place.id, [identity], at=before)
    assert (now.title_fi, then.title_fi) == ("Sitten", "Ensin")
    assert queries.categories_of(place.session, place.id, [identity]) == {}
    [past] = queries.categories_of(place.session, place.id, [identity], at=before)[identity]
    assert past.id == category.id
    assert queries.parts_of(place.session, Indicator, place.id, []) == []
