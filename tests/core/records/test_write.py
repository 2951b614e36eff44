import pytest

from portfolio.core import history
from portfolio.core.history import StaleError
from portfolio.core.problem import Problem, Refusal
from portfolio.core.records import (
    BatchRefusal,
    Records,
    fresh_rows,
    put_tree,
    refuse,
    rows_to_come,
    shape_of,
    tidied,
    with_free_code,
)
from portfolio.organisation.models import Municipality, Post, Unit
from tests.factories import acting, create_municipality, create_unit

UNITS = Records(Unit)


@pytest.fixture
def office(db):
    return acting(create_municipality(db).id, "office")


def places(refusal):
    return [problem.place for problem in refusal.value.problems]


def test_the_shape_of_a_table_is_read_from_its_model():
    shape = shape_of(Unit)
    assert shape.required == {"code", "name_fi"}
    assert shape.lengths["name_fi"] == 160
    assert set(shape.references) == {"parent_id"}
    assert "name_sort" not in shape.own
    assert shape_of(Municipality).lengths["accessibility_statement"] == 20_000


def test_texts_are_tidied_and_empty_ones_are_nothing():
    values = {
        "name_fi": "  Tilat\u00a0ja\n  kiinteistöt\x00 ",
        "name_sv": "  ",
        "plan_horizon": 3,
        "accessibility_statement": "\r\nEka  \r\n\r\n toka\x07\t\n\n",
    }
    assert tidied(Municipality, values) == {
        "name_fi": "Tilat ja kiinteistöt",
        "name_sv": None,
        "plan_horizon": 3,
        "accessibility_statement": "Eka\n\n toka",
    }


def test_tidying_what_is_tidy_changes_nothing():
    once = tidied(Municipality, {"accessibility_statement": " a \r\n b\u2028c \n"})
    assert tidied(Municipality, once) == once


def test_rows_are_read_past_what_the_session_holds(db, office):
    unit = create_unit(db, name_fi="Ensin")
    UNITS.update(db, office, {unit.id: {"name_fi": "Sitten"}})
    assert fresh_rows(db, Unit, office.municipality_id, [unit.id], ["name_fi"])[unit.id]["name_fi"] == "Sitten"
    assert unit.name_fi == "Sitten"
    assert fresh_rows(db, Unit, office.municipality_id + 1, [unit.id]) == {}


def test_a_refusal_tells_the_rows_and_names_them_only_among_others():
    problem = Problem("Wrong.", place="name_fi")
    refuse({1: []}, {1: "a"})
    with pytest.raises(BatchRefusal) as alone:
        refuse({1: [problem]}, {1: "a"})
    assert alone.value.problems == (problem,)
    with pytest.raises(BatchRefusal) as among:
        refuse({1: [problem], 2: []}, {1: "a", 2: "b"})
    assert among.value.by_item == {1: (problem,)}
    assert str(among.value) == "a: Wrong." or among.value.problems[0].params["item"] == "a"


def test_a_row_of_a_batch_that_equals_another_is_told(db, office):
    with pytest.raises(BatchRefusal) as refusal:
        UNITS.create(db, office, [{"code": "a", "name_fi": "A"}, {"code": "a", "name_fi": "B"}])
    assert set(refusal.value.by_item) == {0, 1}
    assert places(refusal) == ["code", "code"]


def test_a_row_may_keep_its_own_unique_value(db, office):
    first, second = UNITS.create(db, office, [{"code": code, "name_fi": code} for code in "ab"])
    UNITS.update(db, office, {first: {"code": "a", "name_fi": "x"}})
    with pytest.raises(Refusal) as refusal:
        UNITS.update(db, office, {second: {"code": "a"}})
    assert places(refusal) == ["code"]


def test_required_cells_cannot_be_emptied(db, office):
    unit = create_unit(db)
    with pytest.raises(Refusal) as refusal:
        UNITS.update(db, office, {unit.id: {"name_fi": " ", "valid_from": None}})
    assert places(refusal) == ["name_fi"]


def test_a_stale_row_that_would_not_change_is_no_conflict(db, office):
    unit = create_unit(db, name_fi="Ensin")
    UNITS.update(db, office, {unit.id: {"name_fi": "Sitten"}})
    assert UNITS.update_one(db, office, unit.id, {"name_fi": "Sitten"}, 1).revision_id is None
    with pytest.raises(StaleError):
        UNITS.update_one(db, office, unit.id, {"name_fi": "Ensin"}, 1)


def test_an_empty_batch_writes_nothing(db, office):
    assert UNITS.create(db, office, []) == ()
    assert UNITS.update(db, office, {}).revision_id is None
    assert UNITS.put(db, office, {}).ids == {}
    assert put_tree(UNITS, db, office, {}).ids == {}


def test_a_refusal_leaves_no_revision_behind(db, office):
    db.commit()
    before = history.latest_revision(db)
    with pytest.raises(Refusal):
        UNITS.create(db, office, [{"code": "a"}])
    db.commit()
    assert history.latest_revision(db) == before


def test_references_to_what_was_removed_are_told_but_old_ones_may_stay(db, office):
    above, below = create_unit(db), create_unit(db)
    UNITS.update(db, office, {below.id: {"parent_id": above.id}})
    UNITS.set_removed(db, office, [above.id], removed=True)
    UNITS.update(db, office, {below.id: {"parent_id": above.id, "name_fi": "x"}})
    with pytest.raises(Refusal) as refusal:
        UNITS.create(db, office, [{"code": "a", "name_fi": "A", "parent_id": above.id}])
    assert places(refusal) == ["parent_id"]


@pytest.mark.parametrize("identity", [-1, 0, 10**30])
def test_an_id_that_nothing_can_have_is_refused_like_any_that_is_not_there(db, office, identity):
    child = create_unit(db)
    for write in (
        lambda: UNITS.update(db, office, {child.id: {"parent_id": identity}}),
        lambda: UNITS.create(db, office, [{"code": "x", "name_fi": "X", "parent_id": identity}]),
    ):
        with pytest.raises(Refusal) as refusal:
            write()
        assert places(refusal) == ["parent_id"]


def test_only_while_a_whole_file_is_judged_an_id_below_zero_is_a_row_to_come(db, office):
    drafts = [{"code": "x", "name_fi": "X", "parent_id": -1}]
    assert UNITS.check_new(db, office, drafts)[0][0].place == "parent_id"
    with rows_to_come():
        assert UNITS.check_new(db, office, drafts) == {}


def test_a_name_of_foreign_letters_still_gets_a_code(db, office):
    assert with_free_code(db, office, Post, {"title_fi": "Директор"}, "title_fi")["code"] == "post"
    assert with_free_code(db, office, Post, {"title_fi": "x", "code": "oma"}, "title_fi")["code"] == "oma"
