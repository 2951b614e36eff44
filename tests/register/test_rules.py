import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.rights import FieldGroup
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register.models import Initiative
from portfolio.register.rules import (
    FIELD_GROUPS,
    PARTS,
    TRANSITIONS,
    Facts,
    InitiativeFilter,
    Status,
    check_deadline,
    check_indicator_value,
    check_portfolio,
    check_url,
    check_values,
    editable_fields,
    finds_cycle,
    is_late,
    is_undated,
    may_move,
    may_propose,
    needs_decision,
    reachable_statuses,
)
from tests.factories import TODAY, acting

OWN, OTHER, POST = 1, 2, 7
AFTER = {
    "status": Status.UNDER_WAY,
    "merged_into_id": None,
    "completed_on": None,
    "in_use_on": None,
    "starts_on": None,
    "id": 5,
}


def places(problems):
    return [problem.place for problem in problems]


def checked(given, *, before=None, **after):
    return places(check_values(given, AFTER | after | given, before=before))


# ------------------------------------------------------------------------------------------------ who may what


def test_every_column_of_an_initiative_belongs_to_a_group_or_is_never_edited():
    columns = set(Initiative.__table__.c.keys()) - {"id", "version", "municipality_id", "code"} - Initiative.derived
    assert columns | PARTS | {"categories"} == set(FIELD_GROUPS)


@pytest.mark.parametrize("role", ["admin", "office"])
def test_admin_and_office_edit_every_field_everywhere(role):
    assert editable_fields(acting(1, role), Facts(OTHER, None)) == set(FIELD_GROUPS)


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_members_and_viewers_edit_nothing(role):
    assert editable_fields(acting(1, role), Facts(OWN, POST)) == frozenset()


def test_a_reporter_edits_content_of_own_units_only():
    reporter = acting(1, "reporter", unit_ids={OWN})
    fields = editable_fields(reporter, Facts(OWN, None))
    assert {"goals", "progress", "milestones", "status"} <= fields
    assert not fields & {"spearhead", "portfolio_id", "categories", "publicity", "removed", "source_key"}
    assert editable_fields(reporter, Facts(OTHER, None)) == frozenset()
    assert editable_fields(reporter, Facts(None, None)) == frozenset()


def test_the_holder_of_the_responsible_post_edits_what_a_reporter_does():
    holder = acting(1, "viewer", post_ids={POST})
    assert editable_fields(holder, Facts(OTHER, POST)) == editable_fields(
        acting(1, "reporter", unit_ids={OTHER}), Facts(OTHER, POST)
    )
    assert editable_fields(holder, Facts(OTHER, POST + 1)) == frozenset()


def test_the_role_of_publicity_opens_publicity_and_nothing_else():
    assert editable_fields(acting(1, "publicity", unit_ids={OWN}), Facts(OWN, None)) == {"publicity"}


def test_a_proposal_is_content_in_own_unit_with_its_portfolio_and_kind_but_no_status():
    member = acting(1, "member", unit_ids={OWN})
    fields = editable_fields(member, Facts(OWN, None, new=True))
    assert {"title_fi", "portfolio_id", "kind", "goals"} <= fields
    assert not fields & {"status", "spearhead", "categories", "publicity"}
    assert editable_fields(member, Facts(OTHER, None, new=True)) == frozenset()
    assert may_propose(acting(1, "member"), None)
    assert not may_propose(member, None)
    assert not may_propose(acting(1, "viewer"), OWN)


def test_holding_the_post_of_a_proposal_does_not_open_it():
    assert editable_fields(acting(1, "viewer", post_ids={POST}), Facts(OWN, POST, new=True)) == frozenset()


def test_approving_rejecting_and_reopening_are_decisions():
    assert needs_decision(Status.PROPOSED, Status.APPROVED)
    assert needs_decision(Status.IN_PREPARATION, Status.REJECTED)
    assert needs_decision(Status.REJECTED, Status.PROPOSED)
    assert not needs_decision(Status.APPROVED, Status.APPROVED)
    assert not needs_decision(Status.APPROVED, Status.UNDER_WAY)


def test_a_form_offers_the_steps_that_lifecycle_and_rights_allow():
    reporter, office = acting(1, "reporter", unit_ids={OWN}), acting(1, "office")
    facts = Facts(OWN, None)
    assert reachable_statuses(reporter, facts, Status.PROPOSED) == (
        Status.PROPOSED,
        Status.IN_PREPARATION,
        Status.MERGED,
    )
    assert set(reachable_statuses(office, facts, Status.PROPOSED)) == TRANSITIONS[Status.PROPOSED] | {Status.PROPOSED}
    assert reachable_statuses(reporter, Facts(OTHER, None), Status.UNDER_WAY) == (Status.UNDER_WAY,)
    assert set(reachable_statuses(office, Facts(None, None, new=True), Status.PROPOSED)) == set(Status)


def test_the_groups_of_the_table_are_all_used_or_belong_to_another_room():
    assert set(FIELD_GROUPS.values()) == {FieldGroup.CONTENT, FieldGroup.CLASSIFICATION, FieldGroup.PUBLICITY}


# ------------------------------------------------------------------------------------------------ lifecycle and time


def test_staying_is_always_allowed_and_merged_is_the_end():
    assert all(may_move(status, status) for status in Status)
    assert not any(may_move(Status.MERGED, status) for status in Status if status is not Status.MERGED)
    assert set(TRANSITIONS) == set(Status)


def test_only_open_statuses_are_late():
    yesterday = TODAY - dt.timedelta(days=1)
    assert is_late(Status.UNDER_WAY, yesterday, TODAY)
    assert not is_late(Status.UNDER_WAY, TODAY, TODAY)
    assert not is_late(Status.COMPLETED, yesterday, TODAY)
    assert not is_late(Status.PROPOSED, None, TODAY)


def test_what_goes_on_is_not_undated_but_unread_words_are():
    day = dt.date(2026, 1, 1)
    assert is_undated(None)
    assert is_undated(Timespan("joskus"))
    assert not is_undated(Timespan("jatkuva", kind=Kind.ONGOING))
    assert not is_undated(Timespan("vuosittain", kind=Kind.RECURRING))
    assert not is_undated(Timespan("1.1.2026 alkaen", start=day, start_precision=Precision.DAY, kind=Kind.FROM))


# ------------------------------------------------------------------------------------------------ values


@pytest.mark.parametrize(("progress", "wrong"), [(0, False), (100, False), (None, False), (-1, True), (101, True)])
def test_progress_is_per_cent_or_unknown(progress, wrong):
    assert checked({"progress": progress}) == (["progress"] if wrong else [])


def test_an_unknown_benefit_is_named():
    assert checked({"benefits": frozenset({"results", "glory"})}) == ["benefits"]


def test_a_step_outside_the_lifecycle_is_a_problem_but_a_new_item_may_begin_anywhere():
    assert checked({"status": Status.COMPLETED}, before={"status": Status.PROPOSED}) == ["status"]
    assert checked({"status": Status.COMPLETED}) == []


def test_merged_needs_the_item_it_was_merged_into_and_nothing_else_has_one():
    assert checked({"status": Status.MERGED}) == ["merged_into_id"]
    assert checked({"status": Status.MERGED, "merged_into_id": 9}) == []
    assert checked({"merged_into_id": 9}) == ["merged_into_id"]
    assert checked({"status": Status.MERGED, "merged_into_id": 5}) == ["merged_into_id"]


def test_completion_before_the_start_and_use_before_completion_are_problems():
    start, before = dt.date(2026, 6, 1), dt.date(2026, 5, 31)
    assert checked({"completed_on": before}, starts_on=start) == ["completed_on"]
    span = Timespan("kesä", start=start, start_precision=Precision.DAY, kind=Kind.FROM)
    assert checked({"timespan": span}, completed_on=before) == ["timespan"]
    assert checked({"timespan": None, "completed_on": before}, starts_on=start) == []
    assert checked({"in_use_on": before}, completed_on=start) == ["in_use_on"]
    assert checked({"completed_on": start}, in_use_on=before) == ["completed_on"]
    assert checked({"completed_on": start, "in_use_on": start}) == []


def test_an_old_fault_elsewhere_does_not_stop_an_edit():
    assert checked({"goals": "selkeä"}, completed_on=dt.date(2020, 1, 1), starts_on=dt.date(2021, 1, 1)) == []


def test_a_year_that_cannot_be_meant_is_a_problem():
    assert checked({"completed_on": dt.date(202, 5, 1)}) == ["completed_on"]


@pytest.mark.parametrize("url", ["https://www.turku.fi/a?b=1#c", "http://intra/asiat", "HTTPS://EXAMPLE.ORG"])
def test_web_addresses_are_links(url):
    assert check_url({"url": url}, {}) == []


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "www.turku.fi", "https://", "https://a b", "http://[::1", "data:,x"],
)
def test_anything_else_is_no_link(url):
    assert places(check_url({"url": url}, {})) == ["url"]


def test_a_deadline_is_a_day_of_some_year_and_belongs_to_one():
    usual = {"month": 9, "day": 30, "from_year": None, "to_year": None, "initiative_id": 1, "portfolio_id": None}
    assert check_deadline(usual, usual) == []
    assert check_deadline(usual | {"month": 2, "day": 29}, usual | {"month": 2, "day": 29}) == []
    assert places(check_deadline({"day": 31}, usual | {"day": 31})) == ["day"]
    assert places(check_deadline({"to_year": 2015}, usual | {"from_year": 2016, "to_year": 2015})) == ["to_year"]
    both = usual | {"portfolio_id": 1}
    assert places(check_deadline(both, both)) == ["initiative_id"]
    neither = usual | {"initiative_id": None}
    assert places(check_deadline(neither, neither)) == ["initiative_id"]


def test_an_indicator_value_is_a_number_or_words():
    assert places(check_indicator_value({}, {"number": None, "words": None})) == ["number"]
    assert check_indicator_value({}, {"number": None, "words": "parani"}) == []


def test_the_settings_of_a_portfolio_are_checked():
    usual = {"code": "kemi-viisas", "prefix": "K", "quota_min": 2, "quota_max": 3}
    assert check_portfolio(usual, usual) == []
    wrong = {
        "code": "Kemi Viisas",
        "prefix": "1K",
        "quota_min": 3,
        "quota_max": 2,
        "review_interval_months": 0,
        "report_deadline": "31.9.",
        "proposal_deadline": "15.11.",
    }
    assert places(check_portfolio(wrong, wrong)) == [
        "code",
        "prefix",
        "quota_max",
        "review_interval_months",
        "report_deadline",
    ]


# ------------------------------------------------------------------------------------------------ cycles


def test_a_cycle_is_told_in_the_order_of_the_work():
    way = finds_cycle([(1, 2), (2, 3)], [(3, 1)])
    assert set(way) == {1, 2, 3}
    assert {(way[i - 1], way[i]) for i in range(3)} == {(1, 2), (2, 3), (3, 1)}


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8))))
def test_edges_that_only_go_up_have_no_cycle_and_one_that_returns_closes_it(pairs):
    edges = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    assert finds_cycle(edges) is None
    for predecessor, successor in edges:
        assert finds_cycle(edges, [(successor, predecessor)]) is not None


# ------------------------------------------------------------------------------------------------ the filter


def test_an_empty_filter_says_so_and_a_search_is_split_into_words():
    assert InitiativeFilter().is_empty
    assert InitiativeFilter(text="  Öljy  ÅLAND ").words == ("öljy", "åland")
    assert not InitiativeFilter(late=False).is_empty
