"""A presentation and a PDF hold so many initiatives; more are refused in words that say what to do."""

import pytest

from portfolio.core.language import say
from portfolio.core.problem import Refusal
from portfolio.register.rules import Aspect, CellWords
from portfolio.roadmap.takeout import make_file
from portfolio.roadmap.takeout.changes import ChangedItem, ChangedLane, Report, make_changes
from tests.roadmap.takeout_examples import ABOUT, full_roadmap

CELL = CellWords(Aspect.TIME, "Ajankohta", "syksy 2026", "kevät 2027")
REPORT = Report(
    title="Mitä on muuttunut",
    municipality="Turku",
    between="Kevät → nyt",
    sentence="2 kohdetta on muuttunut.",
    grouping="Yksikkö",
    language="fi",
    lanes=[ChangedLane("Sivistys", [ChangedItem(title, title, None, [CELL]) for title in "ab"])],
)
ROADMAP = full_roadmap()


@pytest.mark.parametrize("kind", ["pptx", "pdf"])
@pytest.mark.parametrize(
    ("make", "count"),
    [(lambda kind: make_file(kind, ROADMAP, ABOUT), ROADMAP.count), (lambda kind: make_changes(kind, REPORT), 2)],
    ids=["roadmap", "changes"],
)
def test_more_initiatives_than_a_file_holds_are_refused_in_words(monkeypatch, kind, make, count):
    monkeypatch.setattr("portfolio.roadmap.takeout.limits.MOST", count)
    assert make(kind)
    monkeypatch.setattr("portfolio.roadmap.takeout.limits.MOST", count - 1)
    with pytest.raises(Refusal) as caught:
        make(kind)
    [problem] = caught.value.problems
    assert f"{count} kohdetta" in say(problem.msgid, "fi", **problem.params)


def test_a_workbook_and_a_picture_of_lines_hold_them_all(monkeypatch):
    monkeypatch.setattr("portfolio.roadmap.takeout.limits.MOST", 0)
    assert all(make_file(kind, ROADMAP, ABOUT) for kind in ("xlsx", "svg", "json"))
    assert make_changes("xlsx", REPORT)
