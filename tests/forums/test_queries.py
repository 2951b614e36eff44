import datetime as dt

from portfolio.core import history
from portfolio.forums import operations, queries
from portfolio.register.operations import remove_initiatives
from tests.factories import create_municipality

EARLY, LATE = dt.date(2015, 9, 14), dt.date(2015, 12, 15)


def both(hall, question):
    """The answer now, which is also the answer as of now."""
    hall.session.commit()
    now, then = question(None), question(history.latest_revision(hall.session))
    assert now == then
    return now


def test_forums_stand_in_finnish_order(hall):
    codes = both(hall, lambda at: [one.code for one in queries.forums(hall.session, hall.id, at=at)])
    assert codes == ["jory", "kh"]
    ids = [hall.board, 9999]
    assert both(hall, lambda at: set(queries.forums_of(hall.session, hall.id, ids, at=at))) == {hall.board}
    assert queries.forums_of(hall.session, hall.id, []) == {}
    assert queries.forums(hall.session, create_municipality(hall.session).id) == []


def test_the_latest_meeting_stands_first(hall):
    rows = {(hall.board, EARLY): {}, (hall.board, LATE): {}, (hall.group, EARLY): {}}
    operations.put_meetings(hall.session, hall.office, rows)
    days = both(hall, lambda at: [one.date for one in queries.meetings(hall.session, hall.id, hall.board, at=at)])
    assert days == [LATE, EARLY]
    assert len(queries.meetings(hall.session, hall.id)) == 3


def test_decisions_are_found_by_forum_and_by_initiative_the_latest_first(hall):
    undated = hall.decide(initiative_ids=[hall.first])
    early = hall.decide(date=EARLY, initiative_ids=[hall.first, hall.second])
    late = hall.decide(date=LATE, forum_id=hall.group, initiative_ids=[hall.first])
    all_ids = both(hall, lambda at: [one.id for one in queries.decisions(hall.session, hall.id, at=at)])
    assert all_ids == [late, early, undated]
    assert [one.id for one in queries.decisions(hall.session, hall.id, forum_id=hall.group)] == [late]
    both_items = [hall.first, hall.second]
    found = both(
        hall,
        lambda at: {
            identity: [one.id for one in rows]
            for identity, rows in queries.decisions_of(hall.session, hall.id, both_items, at=at).items()
        },
    )
    assert found == {hall.first: [late, early, undated], hall.second: [early]}
    concerned = both(
        hall,
        lambda at: [one.id for one in queries.initiatives_of_decision(hall.session, hall.id, early, at=at)],
    )
    assert concerned == both_items
    remove_initiatives(hall.session, hall.office, [hall.first])
    assert [one.id for one in queries.initiatives_of_decision(hall.session, hall.id, early)] == [hall.second]


def test_questions_about_nothing_ask_nothing(hall, counted):
    with counted(hall.session) as count:
        assert queries.decisions_of(hall.session, hall.id, []) == {}
        assert queries.handling_forums(hall.session, hall.id, []) == {}
    assert count.queries == 0


def test_the_handling_forum_is_read_as_it_was(hall):
    operations.set_handling_forums(hall.session, hall.office, {hall.first: hall.board})
    hall.session.commit()
    before = history.latest_revision(hall.session)
    operations.set_handling_forums(hall.session, hall.office, {hall.first: hall.group})
    hall.session.commit()
    then = queries.handling_forums(hall.session, hall.id, [hall.first], at=before)
    now = queries.handling_forums(hall.session, hall.id, [hall.first])
    assert (then[hall.first].id, now[hall.first].id) == (hall.board, hall.group)
