from portfolio.roadmap.bars import Arrangement, LaneHead, Tone, lay_out
from portfolio.roadmap.bars.palette import make_palette
from tests.roadmap.items import HEADS, TODAY, create_item, three_years


def heads_of(count):
    return [*(LaneHead(str(number), f"Luokka {number}") for number in range(count)), LaneHead("", "Ei luokiteltu")]


def tones_of(count, used=()):
    return [swatch.tone.value for swatch in make_palette(heads_of(count), set(used))]


def test_each_class_has_a_colour_of_its_own_and_the_unclassified_the_plain_one():
    assert tones_of(3) == ["c1", "c2", "c3", "plain"]


def test_a_class_keeps_its_colour_whatever_else_is_shown():
    assert tones_of(8, {"7"}) == tones_of(8)


def test_of_more_classes_than_colours_the_earlier_in_use_has_the_one_that_two_share():
    assert tones_of(10, {"2", "9"}) == ["plain", "plain", "c3", *["plain"] * 6, "c2", "plain"]
    assert tones_of(10, {"1", "9"}) == ["plain", "c2", *["plain"] * 9]
    assert tones_of(10, {str(number) for number in range(10)})[:2] == ["c1", "c2"]


def test_more_classes_in_use_than_colours_share_the_plain_one_and_keep_their_words():
    palette = make_palette(heads_of(10), {str(number) for number in range(10)})

    assert [swatch.tone for swatch in palette[8:]] == [Tone.PLAIN] * 3
    assert [swatch.words for swatch in palette[8:]] == ["Luokka 8", "Luokka 9", "Ei luokiteltu"]


def test_bars_take_the_colours_of_the_palette_and_an_unknown_class_the_plain_one():
    palette = make_palette(heads_of(2), set())
    items = [create_item(colour=colour) for colour in ("0", "1", "", "gone")]
    roadmap = lay_out(items, Arrangement(HEADS, palette=palette), three_years(), TODAY, "fi")

    assert [row.tone for row in roadmap.rows] == [Tone.C1, Tone.C2, Tone.PLAIN, Tone.PLAIN]
    assert roadmap.palette == palette
