import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import Change, StaleError
from portfolio.core.problem import Refusal
from portfolio.core.records import BatchRefusal
from portfolio.core.rights import operator
from portfolio.core.text import has_valid_check_letter
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register import operations, queries
from portfolio.register.models import (
    Initiative,
)
from portfolio.register.rules import InitiativeKind, Status
from tests.factories import (
    MORNING,
    acting,
    create_category,
    create_initiative,
    create_municipality,
    create_portfolio,
    create_post,
    create_unit,
)


def places(refusal):
    return sorted(problem.place for problem in refusal.value.problems)


def cells(session, entity, identity):
    rows = session.scalars(select(Change).where(Change.entity == entity, Change.entity_id == identity))
    return [(change.field, change.old, change.new) for change in rows.all()]


def test_codes_continue_their_prefix_and_end_in_a_check_letter(place):
    first, second = operations.create_initiatives(place.session, place.office, [place.draft(), place.draft()])
    codes = [place.get(first).code, place.get(second).code]
    assert [code.rsplit("-", 1)[0] for code in codes] == ["T-001", "T-002"]
    assert all(has_valid_check_letter(code) for code in codes)


def test_the_code_of_a_removed_initiative_is_never_used_again(place):
    gone = place.create()
    operations.remove_initiatives(place.session, place.office, [gone])
    assert place.get(place.create()).code.startswith("T-002-")


def test_a_prefix_that_another_portfolio_had_before_continues_its_numbers(place):
    place.create()
    operations.update_portfolio(place.session, place.office, place.portfolio.id, {"prefix": "U"})
    heir = operations.create_portfolio(
        place.session, place.office, {"code": "uusi", "prefix": "T", "kind": place.portfolio.kind, "name_fi": "Uusi"}
    )
    assert place.get(place.create(portfolio_id=heir)).code.startswith("T-002-")


def test_a_batch_numbers_each_portfolio_by_itself(place):
    other = create_portfolio(place.session, prefix="K", municipality_id=place.id)
    drafts = [place.draft(), place.draft(portfolio_id=other.id), place.draft()]
    ids = operations.create_initiatives(place.session, place.office, drafts)
    assert [place.get(one).code[:5] for one in ids] == ["T-001", "K-001", "T-002"]


def test_a_new_initiative_is_one_change_that_holds_the_row(place):
    identity = place.create(goals=" Selkeä\r\ntavoite ")
    [(field, old, new)] = cells(place.session, "initiative", identity)
    assert (field, old, new["goals"], new["status"]) == ("*", None, "Selkeä\ntavoite", "proposed")
    assert history.verify(place.session) == []


def test_classes_may_come_with_a_draft(place):
    category = create_category(place.session, municipality_id=place.id)
    identity = place.create(categories={category.scheme_id: {category.id}})
    assert queries.categories_of(place.session, place.id, [identity]) == {identity: (category,)}


def test_all_problems_of_a_batch_are_told_by_draft(place):
    drafts = [place.draft(title_fi=" "), place.draft(), place.draft(title_fi="x" * 301, progress=120)]
    with pytest.raises(BatchRefusal) as refusal:
        operations.create_initiatives(place.session, place.office, drafts)
    found = {item: [one.place for one in problems] for item, problems in refusal.value.by_item.items()}
    assert found == {0: ["title_fi"], 2: ["title_fi", "progress"]}
    assert place.session.scalars(select(Initiative)).all() == []


def test_a_problem_in_a_batch_names_its_row_and_alone_does_not(place):
    with pytest.raises(Refusal) as alone:
        place.create(progress=120)
    [problem] = alone.value.problems
    assert "item" not in problem.params
    with pytest.raises(Refusal) as among_others:
        operations.create_initiatives(place.session, place.office, [place.draft(progress=120), place.draft()])
    [problem] = among_others.value.problems
    assert problem.params["item"] == "Sähköinen asiointi"


def test_what_another_municipality_has_does_not_exist(place):
    elsewhere = create_municipality(place.session).id
    strangers = {
        "portfolio_id": create_portfolio(place.session, municipality_id=elsewhere).id,
        "unit_id": create_unit(place.session, municipality_id=elsewhere).id,
        "owner_post_id": create_post(place.session, municipality_id=elsewhere).id,
        "merged_into_id": create_initiative(place.session, municipality_id=elsewhere).id,
        "status": Status.MERGED,
    }
    category = create_category(place.session, municipality_id=elsewhere)
    with pytest.raises(Refusal) as refusal:
        place.create(**strangers, categories={category.scheme_id: {category.id}})
    assert places(refusal) == ["categories", "merged_into_id", "owner_post_id", "portfolio_id", "unit_id"]


def test_a_member_proposes_for_the_own_unit_and_decides_nothing(place):
    member = acting(place.id, "member", unit_ids={place.unit.id})
    identity = operations.create_initiatives(place.session, member, [place.draft(status=Status.PROPOSED)])[0]
    assert place.get(identity).status is Status.PROPOSED
    for values, expected in (
        ({"unit_id": place.other_unit.id}, ["unit_id"]),
        ({"status": Status.UNDER_WAY}, ["status"]),
        ({"spearhead": True}, ["spearhead"]),
        ({"status": Status.APPROVED}, ["status", "status"]),
    ):
        with pytest.raises(Refusal) as refusal:
            operations.create_initiatives(place.session, member, [place.draft(**values)])
        assert places(refusal) == expected


def test_a_viewer_proposes_nothing(place):
    with pytest.raises(Refusal):
        operations.create_initiatives(place.session, place.viewer, [place.draft()])


def test_the_operator_says_in_which_municipality(place):
    with pytest.raises(ValueError, match="within"):
        operations.create_initiatives(place.session, operator(MORNING), [place.draft()])
    assert operations.create_initiatives(place.session, operator(MORNING).within(place.id), [place.draft()])


def test_an_unknown_column_is_a_programs_error(place):
    with pytest.raises(ValueError, match="colour"):
        place.create(colour="red")
    with pytest.raises(ValueError, match="assigned"):
        place.create(code="T-900-A")


def test_a_change_is_logged_cell_by_cell_and_what_is_equal_is_not_written(place):
    identity = place.create(progress=10)
    written = place.update(place.office, identity, progress=20, title_fi="Sähköinen asiointi ", goals="")
    assert written.changed == {(Initiative, identity): {"progress": (10, 20)}}
    assert cells(place.session, "initiative", identity)[1:] == [("progress", 10, 20)]
    assert place.update(place.office, identity, progress=20).revision_id is None


def test_nothing_changed_makes_no_revision(place):
    identity = place.create()
    place.session.commit()
    before = history.latest_revision(place.session)
    place.update(place.office, identity, title_fi="Sähköinen asiointi")
    place.session.commit()
    assert history.latest_revision(place.session) == before


def test_a_reporter_edits_own_content_and_hears_of_every_closed_field(place):
    identity = place.create()
    place.update(place.reporter, identity, goals="Selkeä", status=Status.IN_PREPARATION)
    with pytest.raises(Refusal) as refusal:
        place.update(place.reporter, identity, spearhead=True, kind=InitiativeKind.NEED, publicity="public", goals="x")
    assert places(refusal) == ["kind", "publicity", "spearhead"]
    assert place.get(identity).goals == "Selkeä"


def test_closed_fields_that_a_form_sends_unchanged_are_no_problem(place):
    identity = place.create(spearhead=True)
    place.update(place.reporter, identity, spearhead=True, goals="Selkeä")
    assert place.get(identity).goals == "Selkeä"


def test_a_reporter_may_not_move_an_item_out_of_reach(place):
    identity = place.create()
    with pytest.raises(Refusal) as refusal:
        place.update(place.reporter, identity, unit_id=place.other_unit.id)
    assert places(refusal) == ["unit_id"]
    place.update(place.office, identity, unit_id=place.other_unit.id)
    with pytest.raises(Refusal):
        place.update(place.reporter, identity, goals="x")


def test_a_post_holder_edits_own_items_and_cannot_hand_them_over(place):
    identity = place.create(unit_id=place.other_unit.id, owner_post_id=place.post.id)
    place.update(place.holder, identity, progress=50)
    another = create_post(place.session, municipality_id=place.id)
    with pytest.raises(Refusal) as refusal:
        place.update(place.holder, identity, owner_post_id=another.id)
    assert places(refusal) == ["owner_post_id"]


def test_a_reporter_prepares_but_does_not_approve(place):
    identity = place.create()
    with pytest.raises(Refusal) as refusal:
        place.update(place.reporter, identity, status=Status.APPROVED)
    assert places(refusal) == ["status"]
    place.update(place.office, identity, status=Status.REJECTED)
    with pytest.raises(Refusal):
        place.update(place.reporter, identity, status=Status.PROPOSED)


def test_a_step_the_lifecycle_does_not_have_is_refused(place):
    identity = place.create()
    with pytest.raises(Refusal):
        place.update(place.office, identity, status=Status.COMPLETED)
    assert operations.check_update(place.session, place.office, {identity: {"status": Status.COMPLETED}})
    assert place.get(identity).status is Status.PROPOSED


def test_dates_are_compared_with_the_row_as_it_would_be(place):
    span = Timespan("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31), Precision.YEAR, Precision.YEAR, Kind.DURING)
    identity = place.create(timespan=span)
    with pytest.raises(Refusal) as refusal:
        place.update(place.office, identity, completed_on=dt.date(2025, 12, 31))
    assert places(refusal) == ["completed_on"]
    place.update(place.office, identity, timespan=None, completed_on=dt.date(2025, 12, 31))
    assert place.get(identity).undated


def test_someone_elses_save_in_between_is_a_conflict_and_nothing_is_written(place):
    identity = place.create(progress=1)
    place.update(place.office, identity, progress=2)
    with pytest.raises(StaleError) as stale:
        operations.update_initiatives(place.session, place.office, {identity: {"goals": "x"}}, versions={identity: 1})
    assert stale.value.rows == ((Initiative, identity),)
    assert place.get(identity).goals is None
    operations.update_initiatives(place.session, place.office, {identity: {"goals": "x"}}, versions={identity: 2})


def test_ids_of_nothing_of_others_and_of_removed_items_are_told(place):
    elsewhere = create_initiative(place.session, municipality_id=create_municipality(place.session).id).id
    gone = place.create()
    operations.remove_initiatives(place.session, place.office, [gone])
    with pytest.raises(BatchRefusal) as refusal:
        operations.update_initiatives(
            place.session, place.office, {9999: {"progress": 1}, elsewhere: {"progress": 1}, gone: {"progress": 1}}
        )
    assert set(refusal.value.by_item) == {9999, elsewhere, gone}


def test_removing_and_restoring_are_cells_and_the_offices_to_do(place):
    identity = place.create()
    with pytest.raises(Refusal) as refusal:
        operations.remove_initiatives(place.session, place.reporter, [identity])
    assert places(refusal) == ["removed"]
    operations.remove_initiatives(place.session, place.office, [identity])
    operations.restore_initiatives(place.session, place.office, [identity])
    assert cells(place.session, "initiative", identity)[1:] == [("removed", False, True), ("removed", True, False)]


def test_a_batch_costs_the_same_number_of_statements_whatever_its_size(place, counted):
    ids = operations.create_initiatives(place.session, place.office, [place.draft() for _ in range(60)])
    with counted(place.session) as one:
        operations.update_initiatives(place.session, place.office, {ids[0]: {"progress": 1}})
    with counted(place.session) as many:
        operations.update_initiatives(place.session, place.office, {identity: {"progress": 2} for identity in ids})
    assert many.queries == one.queries


def test_nothing_comes_back_into_a_portfolio_that_is_gone(place):
    identity = place.create()
    operations.remove_initiatives(place.session, place.office, [identity])
    operations.remove_portfolio(place.session, place.office, place.portfolio.id)
    with pytest.raises(Refusal):
        operations.restore_initiatives(place.session, place.office, [identity])
    operations.restore_portfolio(place.session, place.office, place.portfolio.id)
    operations.restore_initiatives(place.session, place.office, [identity])


def test_items_are_not_merged_round_in_a_circle(place):
    first, second = place.create(), place.create()
    place.update(place.office, first, status=Status.MERGED, merged_into_id=second)
    with pytest.raises(Refusal) as refusal:
        place.update(place.office, second, status=Status.MERGED, merged_into_id=first)
    assert places(refusal) == ["merged_into_id"]
    assert place.get(first).merged_into_id == second


def test_codes_of_choices_become_choices_and_others_are_told(place):
    identity = place.create(kind="project", benefits=["results"], status="in_preparation")
    item = place.get(identity)
    assert (item.kind, item.status, item.benefits) == (InitiativeKind.PROJECT, Status.IN_PREPARATION, {"results"})
    with pytest.raises(Refusal) as refusal:
        place.create(kind="miracle", budget_effect=None, benefits=None)
    assert places(refusal) == ["benefits", "budget_effect", "kind"]


def test_numbers_beyond_every_database_are_told_and_ids_beyond_them_do_not_exist(place):
    beyond = 2**70
    with pytest.raises(Refusal) as refusal:
        place.create(unit_id=beyond, progress=beyond)
    assert places(refusal) == ["progress", "progress", "unit_id"]
    with pytest.raises(BatchRefusal) as refusal:
        place.update(place.office, beyond, progress=1)
    assert set(refusal.value.by_item) == {beyond}
