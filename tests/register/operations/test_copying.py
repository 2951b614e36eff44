import datetime as dt

import pytest

from portfolio.core.problem import Refusal
from portfolio.register import operations, queries
from portfolio.register.models import (
    Milestone,
)
from portfolio.register.rules import Status
from tests.factories import (
    MORNING,
    acting,
    create_category,
)


def test_a_copy_is_a_proposal_without_what_happened_to_the_old_one(place):
    category = create_category(place.session, municipality_id=place.id)
    old = place.create(
        status=Status.UNDER_WAY, progress=60, goals="Tavoite", results="Tulos", spearhead=True,
        completed_on=dt.date(2026, 1, 2), source_key="rivi 3", categories={category.scheme_id: {category.id}},
    )  # fmt: skip
    operations.add_parts(
        place.session,
        place.office,
        Milestone,
        [{"initiative_id": old, "title_fi": "Pilotti", "completed_on": MORNING.date()}],
    )
    new = place.get(operations.copy_initiative(place.session, place.office, old, {"title_fi": "Toinen vaihe"}))
    assert (new.title_fi, new.goals, new.spearhead, new.status) == ("Toinen vaihe", "Tavoite", True, Status.PROPOSED)
    assert (new.progress, new.results, new.completed_on, new.source_key) == (None, None, None, None)
    assert queries.categories_of(place.session, place.id, [new.id])[new.id] == (category,)
    [milestone] = queries.parts_of(place.session, Milestone, place.id, [new.id])
    assert (milestone.title_fi, milestone.completed_on) == ("Pilotti", None)


def test_a_member_copies_content_to_the_own_unit(place):
    old = place.create(goals="Tavoite", spearhead=True, unit_id=place.other_unit.id)
    member = acting(place.id, "member", unit_ids={place.unit.id})
    with pytest.raises(Refusal):
        operations.copy_initiative(place.session, member, old)
    new = place.get(operations.copy_initiative(place.session, member, old, {"unit_id": place.unit.id}))
    assert (new.goals, new.spearhead) == ("Tavoite", False)


def test_what_is_not_there_cannot_be_copied(place):
    with pytest.raises(Refusal):
        operations.copy_initiative(place.session, place.office, 9999)
