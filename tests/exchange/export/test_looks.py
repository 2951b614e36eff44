import pytest

from portfolio.exchange.columns.sheets import OwnFacts, own_sheets
from portfolio.exchange.export.looks import MOST_LINES, Looks, is_for_reading, style_of
from portfolio.files.workbook import Format, Tone

INITIATIVES, MILESTONES, BUDGET = own_sheets(OwnFacts(amounts=((2026, "planned"),)))


@pytest.mark.parametrize(
    ("key", "number_format"),
    [
        ("title_fi", Format.TEXT),
        ("status", Format.TEXT),
        ("timespan", Format.TEXT),
        ("starts", Format.DATE),
        ("completed_on", Format.DATE),
        ("progress", Format.PERCENT),
    ],
)
def test_the_format_of_a_cell_follows_what_it_holds(key, number_format):
    assert style_of(INITIATIVES.find(key), ()).format == number_format
    assert style_of(BUDGET.find("planned:2026"), ()).format == Format.EUROS


def test_closed_and_computed_cells_look_so():
    assert style_of(INITIATIVES.find("title_fi"), {"title_fi"}).tone is Tone.CLOSED
    assert style_of(INITIATIVES.find("starts"), ()).tone is Tone.COMPUTED
    assert style_of(INITIATIVES.find("code"), ()).tone is Tone.CLOSED
    assert style_of(INITIATIVES.find("comment"), ()).tone is Tone.PLAIN


def test_headings_tell_what_is_read_back():
    quiet = {column.key for column in INITIATIVES.columns if is_for_reading(column)}
    assert quiet == {"_id", "_ver", "code", "starts", "ends", "forum", "decision"}
    tones = [style.tone for style in Looks(MILESTONES).heading]
    assert tones.count(Tone.QUIET_HEADING) == 5


def test_identity_is_folded():
    assert [column.folded for column in Looks(INITIATIVES).columns(frozenset())][:3] == [True, True, False]


def test_rows_that_are_closed_alike_share_their_styles():
    looks = Looks(INITIATIVES)
    assert looks.row(frozenset({"kind"})) is looks.row(frozenset({"kind"}))
    assert looks.row(frozenset({"kind"})) is not looks.row(frozenset())


def test_a_row_is_as_high_as_its_longest_text_up_to_a_limit():
    looks = Looks(INITIATIVES)
    notes = [column.key for column in INITIATIVES.columns].index("notes")

    def height(text):
        values = [None] * len(INITIATIVES.columns)
        values[notes] = text
        return looks.height(values)

    assert height(None) == height("lyhyt") < height("kaksi\nriviä") < height("x" * 100)
    assert height("x" * 10_000) == height("\n" * MOST_LINES)
