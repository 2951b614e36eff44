import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.problem import Refusal
from portfolio.register import operations, queries
from portfolio.register.models import (
    InitiativeCategory,
)
from tests.factories import (
    create_category,
    create_municipality,
    create_portfolio,
    create_scheme,
)


def places(refusal):
    return sorted(problem.place for problem in refusal.value.problems)


def test_classes_come_go_and_come_back_as_the_same_rows(place):
    scheme = create_scheme(place.session, municipality_id=place.id)
    first, second = (create_category(place.session, municipality_id=place.id, scheme_id=scheme.id) for _ in range(2))
    identity = place.create()
    for chosen in ({first.id}, {second.id}, {first.id}, set(), {second.id}):
        operations.set_categories(place.session, place.office, {identity: {scheme.id: chosen}})
        held = queries.categories_of(place.session, place.id, [identity]).get(identity, ())
        assert {category.id for category in held} == chosen
    assert len(place.session.scalars(select(InitiativeCategory)).all()) == 2
    assert history.verify(place.session) == []


def test_several_classes_need_a_scheme_that_takes_several(place):
    one = create_scheme(place.session, municipality_id=place.id)
    many = create_scheme(place.session, municipality_id=place.id, several=True)
    identity = place.create()
    for scheme, problems in ((one, [f"category:{one.code}"]), (many, [])):
        ids = {create_category(place.session, municipality_id=place.id, scheme_id=scheme.id).id for _ in range(2)}
        if problems:
            with pytest.raises(Refusal) as refusal:
                operations.set_categories(place.session, place.office, {identity: {scheme.id: ids}})
            assert places(refusal) == problems
        else:
            operations.set_categories(place.session, place.office, {identity: {scheme.id: ids}})


def test_classes_of_another_scheme_portfolio_or_municipality_are_refused(place):
    elsewhere = create_municipality(place.session).id
    mine = create_category(place.session, municipality_id=place.id)
    other = create_category(place.session, municipality_id=place.id)
    stranger = create_category(place.session, municipality_id=elsewhere)
    foreign = create_scheme(
        place.session,
        municipality_id=place.id,
        portfolio_id=create_portfolio(place.session, municipality_id=place.id).id,
    )
    in_foreign = create_category(place.session, municipality_id=place.id, scheme_id=foreign.id)
    identity = place.create()
    for choice in (
        {mine.scheme_id: {other.id}},
        {mine.scheme_id: {stranger.id}},
        {stranger.scheme_id: {stranger.id}},
        {foreign.id: {in_foreign.id}},
        {mine.scheme_id: {-1}},
    ):
        with pytest.raises(Refusal):
            operations.set_categories(place.session, place.office, {identity: choice})


def test_classifying_is_the_offices_to_do_and_unchanged_classes_are_nobodys_business(place):
    category = create_category(place.session, municipality_id=place.id)
    identity = place.create(categories={category.scheme_id: {category.id}})
    operations.set_categories(place.session, place.reporter, {identity: {category.scheme_id: {category.id}}})
    with pytest.raises(Refusal) as refusal:
        operations.set_categories(place.session, place.reporter, {identity: {category.scheme_id: set()}})
    assert places(refusal) == ["categories"]
    with pytest.raises(Refusal):
        operations.set_categories(place.session, place.office, {9999: {category.scheme_id: set()}})
