import io
from collections import Counter
from itertools import pairwise

import pytest
from pptx import Presentation
from pptx.util import Pt

from portfolio.core.timespan import Precision
from portfolio.register.rules import Status
from portfolio.roadmap.slides import MOST_ROWS, deck
from portfolio.roadmap.takeout import About
from portfolio.roadmap.takeout.about import row_words
from tests.roadmap.items import create_item, create_mark, create_roadmap, create_span
from tests.roadmap.takeout_examples import ABOUT, ARRANGED, arranged_roadmap, full_roadmap

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


def test_lanes_of_two_levels_say_both_and_what_has_left_is_listed():
    assert titles(slides_of(arranged_roadmap(), ARRANGED))[1:] == [
        *("Hyvinvointi – Alku", "Elinvoima – Muut", "Poistunut, vertailu: 28.4. kokous"),
    ]


def test_an_arrow_holds_to_both_bars_and_says_in_words_what_needs_what():
    roadmap = arranged_roadmap()
    slides = slides_of(roadmap, ARRANGED)

    for arrow in roadmap.arrows:
        drawn = named(slides, f"arrow {arrow.before} {arrow.after}")
        ends = [int(drawn.element.find(f".//{A}{one}").get("id")) for one in ("stCxn", "endCxn")]
        assert ends == [named(slides, f"bar {one}").shape_id for one in (arrow.before, arrow.after)]
        assert "tarvitsee ensin" in alt(drawn)
        assert ("ei ehdi" in alt(drawn)) == arrow.broken
        assert (drawn.begin_x, drawn.end_x) == pytest.approx(
            (Pt(310 + 6.2 * arrow.x_from), Pt(310 + 6.2 * arrow.x_to)), abs=Pt(1)
        )


def test_a_need_that_no_arrow_shows_is_told_below_the_title():
    roadmap = arranged_roadmap()
    needy = next(row.item for row in roadmap.rows if len(row.item.needs) == 2)

    facts = named(slides_of(roadmap, ARRANGED), f"facts {needy.id}").text_frame.text
    assert "Tarvitsee ensin: Muualla (ei ehdi valmiiksi)" in facts
    assert "Kaava" not in facts


def test_where_a_bar_was_is_drawn_below_it_and_said_in_words():
    roadmap = arranged_roadmap()
    [moved] = [row for row in roadmap.rows if row.ghost]
    slides = slides_of(roadmap, ARRANGED)

    ghost, bar = (named(slides, f"{kind} {moved.item.id}") for kind in ("ghost", "bar"))
    assert alt(ghost) == "Kaava ennen: lokakuusta 2022"
    assert ghost.top > bar.top + bar.height
    assert "Ajankohta: lokakuusta 2022 → 1.4.2023–30.9.2024 (loppu 183 päivää myöhemmin)" in alt(bar)


def test_colours_of_classes_are_told_in_words_too():
    slides = slides_of(arranged_roadmap(), ARRANGED)

    texts = [shape.text_frame.text for shape in shapes_of(slides) if shape.name.startswith(("facts", "legend"))]
    assert {"Tarve", "Hanke"} <= set(texts)
    assert any("Käynnissä · Tarve" in words for words in texts)


def test_council_terms_are_shaded_and_named_where_there_is_room():
    terms = [shape for shape in shapes_of(slides_of(arranged_roadmap(), ARRANGED)) if shape.name == "term"]

    assert {alt(shape) or shape.text_frame.text for shape in terms} == {"2021–2025", "Seuraava"}


def test_a_title_of_three_hundred_letters_leaves_room_for_the_rest():
    about = About("Sana " * 60, "Kunta", "Yksikkö", "nyt", "fi", ("Rajaus " * 80,))
    cover = slides_of(full_roadmap(), about)[0]

    boxes = sorted((shape.top, shape.top + shape.height) for shape in cover.shapes if shape.name != "decoration")
    assert all(above[1] <= below[0] for above, below in pairwise(boxes))
    assert "Rajaus" in cover.notes_slide.notes_text_frame.text
