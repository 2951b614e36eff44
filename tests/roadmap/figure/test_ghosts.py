"""Ghosts in the chart: where bars lay, thin and as soft as those times were vague."""

from portfolio.roadmap.bars import Arrangement, lay_out
from portfolio.roadmap.figure import gantt
from tests.roadmap.bars.test_ghost import changed
from tests.roadmap.items import HEADS, TODAY, create_item, three_years


def ghosts_of(*items):
    figure = gantt(lay_out(items, Arrangement(HEADS), three_years(), TODAY, "fi"), TODAY, "fi")
    return [one for one in figure["data"] if one["name"] == "ghosts"]


def test_an_exact_ghost_is_one_piece_below_the_bar():
    (ghost,) = ghosts_of(changed("1.1.2023–30.6.2023", "1.7.2023–31.12.2023"))
    assert ghost["base"] == ["2023-01-01 00:00"]
    assert ghost["x"][0] // 86_400_000 in {180, 181}
    assert ghost["marker"]["opacity"] == [1.0]
    assert ghost["offset"] > 0.3


def test_a_vague_ghost_fades_in_and_out():
    (ghost,) = ghosts_of(changed("syksy 2024", "kevät 2025"))
    opacity = ghost["marker"]["opacity"]
    assert opacity[0] < max(opacity) > opacity[-1]


def test_without_a_comparison_there_is_no_such_trace():
    assert ghosts_of(create_item()) == []
