import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import Change
from portfolio.core.problem import Refusal
from portfolio.forums import operations
from portfolio.forums.models import Forum
from portfolio.forums.rules import ForumKind, Outcome
from tests.factories import acting, create_initiative, create_municipality, create_post

DAY = dt.date(2015, 9, 14)


def places(refusal):
    return sorted(problem.place or "" for problem in refusal.value.problems)


def test_forums_are_put_with_the_forum_that_owns_them_and_again_without_effect(hall):
    assert history.row(hall.session, Forum, hall.id, hall.group, None).owning_forum_id == hall.board
    rows = {"jory": {"name_fi": "Johtoryhmä", "owning_forum_code": "kh"}}
    again = operations.put_forums(hall.session, hall.office, rows).written
    assert (again.ids, dict(again.changed)) == ((), {})
    with pytest.raises(Refusal) as refusal:
        operations.put_forums(hall.session, hall.office, {"kh": {"owning_forum_code": "jory"}})
    assert places(refusal) == ["owning_forum_id"]
    with pytest.raises(Refusal) as refusal:
        operations.put_forums(hall.session, hall.office, {"uusi": {"owning_forum_code": "olematon"}})
    assert places(refusal) == ["owning_forum_id"]


def test_meetings_stand_once_a_day(hall):
    key = (hall.board, DAY)
    first = operations.put_meetings(hall.session, hall.office, {key: {}}).ids[key]
    assert operations.put_meetings(hall.session, hall.office, {key: {}}).ids == {key: first}
    with pytest.raises(Refusal) as refusal:
        operations.put_meetings(hall.session, hall.office, {(hall.board, dt.date(215, 9, 14)): {}})
    assert places(refusal) == ["date"]


def test_a_decision_concerns_initiatives_and_keeps_its_two_texts(hall):
    identity = hall.decide(
        date=DAY, section="320", case_number="70/00.01.05/2014", proposal="Hyväksytään", decision="Hyväksyttiin",
        outcome=Outcome.APPROVED, initiative_ids=[hall.first, hall.second],
    )  # fmt: skip
    assert hall.concerned(identity) == [hall.first, hall.second]
    found = hall.decision(identity)
    assert (found.proposal, found.decision) == ("Hyväksytään", "Hyväksyttiin")
    assert history.verify(hall.session) == []


def test_a_decision_with_a_known_source_is_the_same_decision(hall):
    first = hall.decide(source_key="KH 14.9.2015 § 320", initiative_ids=[hall.first])
    again = hall.decide(source_key="KH 14.9.2015 § 320", outcome=Outcome.NOTED, initiative_ids=[hall.second])
    assert first == again
    assert hall.decision(first).outcome is Outcome.NOTED
    assert hall.concerned(first) == [hall.first, hall.second]


def test_decisions_with_and_without_a_source_keep_their_order(hall):
    drafts = [
        {"title_fi": title, "forum_id": hall.board, "source_key": key}
        for title, key in (("a", None), ("b", "1"), ("c", None))
    ]
    ids = operations.record_decisions(hall.session, hall.office, drafts)
    assert [hall.decision(one).title_fi for one in ids] == ["a", "b", "c"]


def test_what_a_decision_concerns_is_taken_back_and_told_again(hall):
    identity = hall.decide(initiative_ids=[hall.first])
    pair = (identity, hall.first)
    operations.unlink_decisions(hall.session, hall.office, [pair, (identity, hall.second)])
    assert hall.concerned(identity) == []
    operations.link_decisions(hall.session, hall.office, [pair])
    fields = select(Change.field).where(Change.entity == "decision_initiative").order_by(Change.id)
    assert hall.session.scalars(fields).all() == ["*", "removed", "removed"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title_fi": " "}, ["title_fi"]),
        ({"forum_id": None}, ["forum_id"]),
        ({"date": dt.date(215, 1, 1)}, ["date"]),
        ({"section": "x" * 21, "title_fi": None}, ["section", "title_fi"]),
        ({"initiative_ids": [9999]}, ["initiative_id"]),
    ],
)
def test_each_problem_of_a_decision_is_told(hall, values, expected):
    with pytest.raises(Refusal) as refusal:
        hall.decide(**values)
    assert places(refusal) == expected


def test_an_office_holder_decides_by_post(hall):
    identity = hall.decide(forum_id=None, post_id=hall.post)
    with pytest.raises(Refusal) as refusal:
        hall.decide(post_id=hall.post)
    assert places(refusal) == ["forum_id"]
    assert hall.decision(identity).post_id == hall.post


def test_an_initiative_is_handled_by_one_forum(hall):
    operations.set_handling_forums(hall.session, hall.office, {hall.first: hall.board, hall.second: hall.group})
    operations.set_handling_forums(hall.session, hall.office, {hall.first: hall.group, hall.second: None})
    assert hall.handled_by() == {hall.first: hall.group}
    operations.set_handling_forums(hall.session, hall.office, {hall.second: hall.board})
    assert hall.handled_by() == {hall.first: hall.group, hall.second: hall.board}
    assert history.verify(hall.session) == []


def test_what_another_municipality_has_does_not_exist(hall):
    elsewhere = create_municipality(hall.session).id
    stranger = create_initiative(hall.session, municipality_id=elsewhere).id
    post = create_post(hall.session, municipality_id=elsewhere).id
    theirs = {"theirs": {"name_fi": "Muu", "kind": ForumKind.BODY}}
    forum = operations.put_forums(hall.session, acting(elsewhere, "office"), theirs).ids["theirs"]
    for refused, expected in (
        (lambda: hall.decide(forum_id=forum), ["forum_id"]),
        (lambda: hall.decide(forum_id=None, post_id=post), ["post_id"]),
        (lambda: hall.decide(initiative_ids=[stranger]), ["initiative_id"]),
        (lambda: operations.put_meetings(hall.session, hall.office, {(forum, DAY): {}}), ["forum_id"]),
        (lambda: operations.set_handling_forums(hall.session, hall.office, {stranger: hall.board}), ["initiative_id"]),
        (lambda: operations.set_handling_forums(hall.session, hall.office, {hall.first: forum}), ["forum_id"]),
    ):
        with pytest.raises(Refusal) as refusal:
            refused()
        assert places(refusal) == expected


@pytest.mark.parametrize("role", ["member", "reporter", "viewer", "budget", "publicity"])
def test_forums_and_decisions_are_the_offices_to_keep(hall, role):
    actor = acting(hall.id, role, post_ids={hall.post})
    for refused in (
        lambda: operations.put_forums(hall.session, actor, {"kh": {"name_fi": "x"}}),
        lambda: operations.put_meetings(hall.session, actor, {(hall.board, DAY): {}}),
        lambda: operations.record_decisions(hall.session, actor, [{"title_fi": "x", "forum_id": hall.board}]),
        lambda: operations.link_decisions(hall.session, actor, [(1, hall.first)]),
        lambda: operations.unlink_decisions(hall.session, actor, [(1, hall.first)]),
        lambda: operations.set_handling_forums(hall.session, actor, {hall.first: hall.board}),
    ):
        with pytest.raises(Refusal):
            refused()
