"""What a file says of a row in words."""

import pytest

from portfolio.roadmap.bars import Need
from portfolio.roadmap.bars.words import need_words
from portfolio.roadmap.takeout.about import needs_lines


def test_what_is_needed_first_is_told_together_and_what_is_ready_by_itself():
    needs = (Need(1, "Tontit"), Need(2, "Kaava", broken=True), Need(3, "Selvitys", done=True))

    assert list(needs_lines(needs, "fi")) == [
        "Tarvitsee ensin: Tontit; Kaava (ei ehdi valmiiksi)",
        "Jatkaa tästä: Selvitys",
    ]
    assert list(needs_lines((), "fi")) == []


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_files_and_the_page_say_what_is_needed_with_the_same_words(done, language):
    need = Need(1, "Kaava", done=done)

    assert list(needs_lines([need], language)) == [need_words(need, language)]
