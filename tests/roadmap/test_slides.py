import io
from collections import Counter

import pytest
from pptx import Presentation
from pptx.util import Pt

from portfolio.core.timespan import Precision
from portfolio.register.rules import Status
from portfolio.roadmap.slides import MOST_ROWS, deck
from portfolio.roadmap.takeout import About
from portfolio.roadmap.takeout.about import row_words
from tests.roadmap.items import create_item, create_mark, create_roadmap, create_span
from tests.roadmap.takeout_examples import ABOUT, full_roadmap

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def slides_of(roadmap, about=ABOUT):
    return Presentation(io.BytesIO(deck(roadmap, about))).slides


def shapes_of(slides):
    return [shape for slide in slides for shape in slide.shapes]


def named(slides, name):
    [found] = [shape for shape in shapes_of(slides) if shape.name == name]
    return found


def alt(shape):
    return shape.element.find(".//{*}cNvPr").get("descr")


def titles(slides):
    return [slide.shapes.title.text_frame.text for slide in slides]


def test_a_cover_says_whose_it_is_of_when_and_how_narrowed():
    cover = slides_of(full_roadmap())[0]

    texts = [shape.text_frame.text for shape in cover.shapes if shape.has_text_frame]
    assert texts[0] == "Tarvesalkku"
    assert "Turku · Tilanne 12.5.2024" in texts
    assert "Tila: Käynnissä" in texts


def test_each_lane_has_its_slides_and_what_is_not_drawn_is_listed():
    assert titles(slides_of(full_roadmap())) == [
        *("Tarvesalkku", "Hyvinvointi", "Elinvoima", "Näytetyn ajan ulkopuolella", "Ilman ajankohtaa"),
    ]


@pytest.mark.parametrize(("rows", "pages"), [(10, [10]), (11, [6, 5]), (33, [8, 8, 9, 8])])
def test_a_long_lane_goes_on_over_slides_of_much_the_same_length(rows, pages):
    slides = list(slides_of(create_roadmap(*(create_item() for _ in range(rows)))))[1:]

    found = [sum(shape.name.startswith("bar ") for shape in slide.shapes) for slide in slides]
    assert found == pages
    assert max(found) <= MOST_ROWS <= 16
    if len(pages) > 1:
        assert titles(slides)[0] == f"Hyvinvointi (1/{len(pages)})"


def test_no_text_is_smaller_than_twelve_points():
    slides = slides_of(full_roadmap())

    sizes = {int(run.get("sz")) for shape in shapes_of(slides) for run in shape.element.iter(f"{A}rPr")}
    assert min(sizes) >= 1200


def test_every_shape_lies_on_its_page():
    for shape in shapes_of(slides_of(full_roadmap())):
        assert shape.left >= 0, shape.name
        assert shape.top >= 0, shape.name
        assert shape.left + shape.width <= Pt(960) + 1, shape.name
        assert shape.top + shape.height <= Pt(540) + 1, shape.name


def test_a_bar_stands_where_the_layout_puts_it_and_says_itself_in_words():
    roadmap = full_roadmap()
    slides = slides_of(roadmap)

    for row in roadmap.rows:
        if row.bar:
            bar = named(slides, f"bar {row.item.id}")
            assert bar.left == pytest.approx(Pt(310 + 6.2 * row.bar.seen.x), abs=Pt(1))
            assert bar.width == pytest.approx(Pt(6.2 * row.bar.seen.width), abs=Pt(1))
            assert alt(bar) == row_words(row, (), "fi")


def test_every_diamond_of_the_layout_is_there_with_its_title():
    roadmap = full_roadmap()

    found = Counter(
        shape.name for shape in shapes_of(slides_of(roadmap)) if shape.name.startswith("mark ") and alt(shape)
    )
    assert found == Counter(f"mark {row.item.id} {one.mark.key}" for row in roadmap.rows for one in row.marks)


def test_a_vague_end_is_soft_and_what_is_proposed_is_dashed():
    vague = create_item(span=create_span("1.1.2023", "31.12.2024", end_precision=Precision.YEAR))
    proposed = create_item(status=Status.PROPOSED)
    slides = slides_of(create_roadmap(vague, proposed))

    soft = [int(one.get("val")) for one in named(slides, f"bar {vague.id}").element.iter(f"{A}alpha")]
    assert soft
    assert min(soft) == 20_000
    assert named(slides, f"bar {proposed.id}").element.find(f".//{A}prstDash") is not None


def test_shapes_without_words_are_decoration_for_those_who_listen():
    for shape in shapes_of(slides_of(full_roadmap())):
        speaks = alt(shape) or (shape.has_text_frame and shape.text_frame.text)
        decorative = shape.element.find(".//{*}decorative") is not None
        assert bool(speaks) != decorative, shape.name


def test_titles_that_are_cut_stand_whole_in_the_notes():
    slides = slides_of(full_roadmap())

    assert any("T" * 300 in slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)


def test_identifiers_are_unique_on_each_slide():
    for slide in slides_of(full_roadmap()):
        numbers = [shape.shape_id for shape in slide.shapes]
        assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("language", "locale"), [("fi", "fi-FI"), ("sv", "sv-FI"), ("en", "en-GB")])
def test_texts_tell_their_language(language, locale):
    roadmap = create_roadmap(create_item(marks=(create_mark(),)), language=language)

    slides = slides_of(roadmap, About("Salkku", "Kunta", "Yksikkö", "nyt", language))
    assert {run.get("lang") for shape in shapes_of(slides) for run in shape.element.iter(f"{A}rPr")} == {locale}


def test_signs_of_control_in_a_title_do_not_break_the_file():
    item = create_item(title='A\x00B <b> & "C"')

    title = named(slides_of(create_roadmap(item)), f"title {item.id}")
    assert title.text_frame.text == 'AB <b> & "C"'
