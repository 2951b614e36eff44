import pytest

from portfolio.core.timespan import COUNCIL_TERMS, Kind
from portfolio.register.rules import Status
from portfolio.roadmap.bars import (
    Arrangement,
    LaneHead,
    MarkKind,
    Need,
    Scale,
    Sign,
    Tone,
    choose_window,
    lay_out,
    period,
    sentence,
)
from portfolio.roadmap.bars.palette import make_palette
from portfolio.roadmap.bars.words import SHAPES, SIGN_WORDS, need_words, signs_of, status_words, tones_of
from tests.roadmap.items import (
    HEADS,
    TODAY,
    create_item,
    create_mark,
    create_roadmap,
    create_span,
    only_row,
    three_years,
)


def test_the_sentence_counts_what_there_is():
    roadmap = create_roadmap(
        create_item(),
        create_item(lanes=("vitality",), late=True),
        create_item(span=create_span("1.1.2023", "31.12.2024", tentative=True)),
        create_item(span=None),
        create_item(span=create_span("1.1.2010", "31.12.2011")),
    )

    assert sentence(roadmap, "en") == (
        "5 initiatives, 2 lanes, 1 late, 1 at a tentative time, 1 without a time, 1 outside the time shown"
    )


def test_the_sentence_leaves_out_what_there_is_none_of():
    assert sentence(create_roadmap(create_item()), "en") == "1 initiative, 1 lane"
    assert sentence(create_roadmap(), "en") == "No initiatives"


@pytest.mark.parametrize(
    ("scale", "language", "words"),
    [
        (Scale.QUARTER, "fi", "2. neljännes 2024"),
        (Scale.YEAR, "fi", "2024"),
        (Scale.YEARS, "sv", "2024–2026"),
        (Scale.TERM, "fi", "1.8.2021–31.5.2025"),
        (Scale.TERM, "en", "1 Aug 2021–31 May 2025"),
        (Scale.ALL, "en", "2024"),
    ],
)
def test_the_time_shown_has_a_name(scale, language, words):
    assert period(choose_window(scale, TODAY, years=3, terms=COUNCIL_TERMS), language) == words


def test_a_row_says_its_status_lateness_and_progress():
    row = only_row(create_item(late=True, progress=45))

    assert status_words(row, "en") == "Under way, late, 45%"
    assert status_words(row, "en", with_late=False) == "Under way, 45%"


def test_a_tone_is_explained_by_the_statuses_that_are_drawn_in_it():
    roadmap = create_roadmap(
        create_item(status=Status.ESTABLISHED),
        create_item(status=Status.COMPLETED),
        create_item(status=Status.PROPOSED),
    )

    assert tones_of(roadmap, "en") == {Tone.PROPOSED: "Proposed", Tone.DONE: "Completed, established"}


def test_classes_are_named_by_their_colours_and_those_without_one_share_the_plain_one():
    heads = [LaneHead(str(number), f"Luokka {number}") for number in range(10)]
    items = [create_item(colour=str(number)) for number in (0, 8, 9)]
    palette = make_palette(heads, {str(number) for number in range(10)})
    roadmap = lay_out(items, Arrangement(HEADS, palette=palette), three_years(), TODAY, "fi")

    assert tones_of(roadmap, "en") == {Tone.C1: "Luokka 0", Tone.PLAIN: "Others: Luokka 8, Luokka 9"}
    assert Sign.UNDECIDED not in signs_of(roadmap)
    proposed = [create_item(status=Status.PROPOSED, colour="0")]
    assert Sign.UNDECIDED in signs_of(
        lay_out(proposed, Arrangement(HEADS, palette=palette), three_years(), TODAY, "fi")
    )


def test_only_signs_that_are_drawn_are_explained():
    assert signs_of(create_roadmap(create_item())) == [Sign.TODAY]

    marks = (create_mark(), create_mark(kind=MarkKind.RECURRING), create_mark(completed_on=TODAY))
    roadmap = create_roadmap(
        create_item(span=create_span("1.1.2023", kind=Kind.FROM, tentative=True), marks=marks),
        create_item(span=create_span("1.1.2023", "31.12.2023"), late=True),
    )
    assert set(signs_of(roadmap)) == set(Sign) - {
        Sign.VAGUE,
        Sign.ROUGH,
        Sign.GHOST,
        Sign.UNDECIDED,
        Sign.ARROW,
        Sign.BROKEN,
        Sign.TERM,
    }
    assert set(SIGN_WORDS) == set(Sign)


def test_arrows_and_terms_are_explained_where_they_are_drawn():
    plan = create_item()
    items = [
        plan,
        create_item(needs=(Need(plan.id, "Kaava"),)),
        create_item(needs=(Need(plan.id, "Kaava", broken=True),)),
    ]
    roadmap = lay_out(items, Arrangement(HEADS, terms=COUNCIL_TERMS), three_years(), TODAY, "fi")

    assert {Sign.ARROW, Sign.BROKEN, Sign.TERM} <= set(signs_of(roadmap))


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (Need(1, "Kaava"), "Tarvitsee ensin: Kaava"),
        (Need(1, "Kaava", done=True), "Jatkaa tästä: Kaava"),
        (Need(1, "Kaava", broken=True), "Alkaa ennen kuin Kaava päättyy"),
    ],
)
def test_what_is_needed_first_is_said_in_words(need, said):
    assert need_words(need, "fi") == said


@pytest.mark.parametrize("status", Status)
def test_a_status_has_the_shape_of_its_chip(status, app):
    with app.test_request_context("/"):
        chip = app.jinja_env.get_template("components/chip.html").module.lifecycle(status)

    assert f"#{SHAPES[status]}" in chip
