import datetime as dt

import pytest

from portfolio.forums.rules import check_day, check_decision


@pytest.mark.parametrize(("forum_id", "post_id", "wrong"), [(1, None, 0), (None, 1, 0), (None, None, 1), (1, 1, 1)])
def test_a_decision_is_a_bodys_or_an_office_holders(forum_id, post_id, wrong):
    after = {"forum_id": forum_id, "post_id": post_id}
    assert len(check_decision({"title_fi": "x"}, after)) == wrong
    assert check_decision({"title_fi": "x"}, after | {"id": 1}) == []
    assert len(check_decision({"post_id": post_id}, after | {"id": 1})) == wrong


def test_a_day_is_of_a_year_that_can_be_meant():
    assert check_day(None, "date") == check_day(dt.date(2015, 9, 14), "date") == []
    assert [problem.place for problem in check_day(dt.date(215, 9, 14), "date")] == ["date"]
