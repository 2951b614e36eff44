from types import SimpleNamespace

from werkzeug.datastructures import MultiDict

from portfolio.budgets.forms.handling import read_handling_asked
from portfolio.budgets.queries import Handled, News

LATEST, EARLIER = (SimpleNamespace(id=identity, revision_id=identity * 10) for identity in (7, 3))


def asked(*pairs, baselines=(LATEST, EARLIER)):
    return read_handling_asked(MultiDict(pairs), baselines, 2027)


def handled(portfolio_id, news):
    return Handled(SimpleNamespace(portfolio_id=portfolio_id), news)


def test_an_address_that_asks_nothing_shows_the_usual_year_and_news_since_the_latest_baseline():
    found = asked()
    assert (found.year, found.since, found.narrows) == (2027, 70, False)
    assert found.keeps(handled(1, News.SAME))
    assert asked(baselines=()).since is None


def test_the_year_the_baseline_the_portfolios_and_the_news_are_asked_for():
    found = asked(("year", "2029"), ("since", "3"), ("portfolio", "1"), ("portfolio", "2"), ("news", "gone"))
    assert (found.year, found.since, found.narrows) == (2029, 30, True)
    assert found.keeps(handled(2, News.GONE))
    assert not found.keeps(handled(3, News.GONE))
    assert not found.keeps(handled(1, News.NEW))


def test_what_is_not_known_asks_for_nothing():
    found = asked(("year", "20270"), ("since", "abc"), ("portfolio", "٣"), ("portfolio", "9" * 40), ("news", "old"))
    assert (found.year, found.since) == (2027, 70)
    assert found.keeps(handled(1, News.SAME))
