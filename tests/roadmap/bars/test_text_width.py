from hypothesis import given
from hypothesis import strategies as st

from portfolio.roadmap.bars.text_width import fit, roughly, shorten, width_of


def test_width_grows_with_letters_and_size():
    assert width_of("mm") > width_of("ii")
    assert width_of("Valmis", 24) == 2 * width_of("Valmis", 12)
    assert width_of("") == 0


def test_an_unknown_letter_counts_as_wide():
    assert width_of("会") == 12


def test_short_text_stays_as_it_is_but_for_its_white_space():
    assert shorten(" Ohjausryhmä\n nimetty ", 34) == "Ohjausryhmä nimetty"


def test_long_text_is_cut_after_a_word_with_an_ellipsis():
    assert shorten("Väliarvio kaupunginhallitukselle ja lautakunnille", 34) == "Väliarvio kaupunginhallitukselle…"


def test_one_long_word_is_cut_within():
    assert shorten("a" * 300, 10) == "a" * 9 + "…"


def test_a_text_is_cut_just_so_much_that_it_fits():
    text = "Yhteisvaikuttavan johtamisen malli"
    assert fit(text, 1000) == text
    assert fit(text, 150).endswith("…")
    assert width_of(fit(text, 150)) <= 150
    assert fit(text, 0) == "…"


@given(st.text(st.characters(codec="cp1252", exclude_characters="?", exclude_categories=["C", "Z"])))
def test_a_line_measured_roughly_is_as_wide_as_its_letters(line):
    assert roughly(line, 13) == width_of(line, 13)


@given(st.text())
def test_rare_letters_never_make_a_line_too_narrow(line):
    assert roughly(line, 13) >= width_of(line, 13)
