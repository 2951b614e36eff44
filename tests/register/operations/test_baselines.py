import pytest

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.problem import Refusal
from portfolio.register.operations import (
    create_baseline,
    remove_baseline,
    restore_baseline,
    update_baseline,
)
from tests import factories

NAMED = {"name": "Johtoryhmä", "kind": BaselineKind.MEETING, "note": None}


@pytest.fixture
def office(db):
    return factories.acting(factories.create_municipality(db).id, "office")


def test_what_is_written_in_the_same_transaction_belongs_to_a_baseline_of_this_moment(db, office):
    unit = factories.create_unit(db)
    db.commit()
    later = factories.create_unit(db)
    identity = create_baseline(db, office, NAMED)
    at = db.get(Baseline, identity).revision_id
    assert set(history.past(db, type(unit), office.municipality_id, at)) == {unit.id, later.id}


def test_an_earlier_revision_can_be_named(db, office):
    first = history.latest_revision(db)
    db.commit()
    factories.create_unit(db)
    assert db.get(Baseline, create_baseline(db, office, NAMED | {"revision_id": first})).revision_id == first


def test_a_name_stands_for_one_baseline_only(db, office):
    first = create_baseline(db, office, NAMED)
    with pytest.raises(Refusal) as refusal:
        create_baseline(db, office, NAMED | {"name": "JOHTORYHMÄ"})
    assert refusal.value.problems[0].place == "name"
    update_baseline(db, office, first, {"note": "Pöytäkirja 4 §"})
    remove_baseline(db, office, first)
    create_baseline(db, office, NAMED)
    with pytest.raises(Refusal):
        restore_baseline(db, office, first)


def test_the_point_in_time_of_a_baseline_never_becomes_another(db, office):
    first = history.latest_revision(db)
    db.commit()
    identity = create_baseline(db, office, NAMED)
    with pytest.raises(ValueError, match="revision_id"):
        update_baseline(db, office, identity, {"revision_id": first})


@pytest.mark.parametrize("role", ["viewer", "member", "reporter", "budget"])
def test_only_the_office_names_points_in_time(db, office, role):
    with pytest.raises(Refusal):
        create_baseline(db, factories.acting(office.municipality_id, role), NAMED)
