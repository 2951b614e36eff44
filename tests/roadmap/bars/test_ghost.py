"""The ghost bar of a row: what is drawn of the time compared with."""

import pytest

from portfolio.core.timespan import Context, parse
from portfolio.register.rules import judge_item
from portfolio.roadmap.bars import Arrangement, lay_out
from tests.roadmap.items import HEADS, TODAY, create_item, three_years


def span(words):
    return parse(words, Context.default()).value if words else None


def changed(old, new, **facts):
    row = type("Row", (), {"id": 1, "removed": False})()
    change = judge_item(row, {"timespan": (span(old), span(new))}, born=False, money={})
    return create_item(span=span(new), change=change, **facts)


def laid_out(*items):
    return lay_out(items, Arrangement(HEADS), three_years(), TODAY, "fi")


def test_a_moved_bar_has_a_ghost_where_it_was():
    row = laid_out(changed("1.1.2023–30.6.2023", "1.7.2023–31.12.2023", progress=50)).rows[0]
    assert row.ghost.seen.x == 0
    assert row.ghost.seen.right == row.bar.seen.x
    assert row.ghost.done is None


def test_a_ghost_is_as_soft_as_its_time_was_vague():
    row = laid_out(changed("syksy 2024", "1.9.2024–30.11.2024")).rows[0]
    assert row.bar.seen.fade == ()
    assert row.ghost.seen.fade[0][1] < 100
    assert row.ghost.seen.fade[-1][1] < 100


@pytest.mark.parametrize("new", ["2031–2032", None, "myöhemmin"])
def test_what_moved_out_of_the_window_or_lost_its_time_stands_in_its_lane_by_its_ghost(new):
    roadmap = laid_out(changed("2024", new))
    row = roadmap.rows[0]
    assert (row.bar, row.where, row.label) == (None, None, None)
    assert row.ghost is not None
    assert (roadmap.elsewhere, roadmap.undated) == ((), ())


@pytest.mark.parametrize("old", [None, "myöhemmin", "2010–2011"])
def test_a_time_that_could_not_be_seen_before_has_no_ghost(old):
    assert laid_out(changed(old, "2024")).rows[0].ghost is None


def test_a_time_put_in_other_words_has_no_ghost():
    assert laid_out(changed("syksy 2024", "syksyllä 2024")).rows[0].ghost is None


def test_without_a_comparison_there_are_no_ghosts():
    assert laid_out(create_item()).rows[0].ghost is None
