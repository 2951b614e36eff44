import datetime as dt

from portfolio.core import history
from portfolio.forums import queries
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
    assert queries.forums(hall.session, create_municipality(hall.session).id) == []


def test_decisions_are_found_by_forum_the_latest_first(hall):
    undated = hall.decide(initiative_ids=[hall.first])
    early = hall.decide(date=EARLY, initiative_ids=[hall.first, hall.second])
    late = hall.decide(date=LATE, forum_id=hall.group, initiative_ids=[hall.first])
    all_ids = both(hall, lambda at: [one.id for one in queries.decisions(hall.session, hall.id, at=at)])
    assert all_ids == [late, early, undated]
    assert [one.id for one in queries.decisions(hall.session, hall.id, forum_id=hall.group)] == [late]
