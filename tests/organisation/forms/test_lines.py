import pytest

from portfolio.organisation.forms import lines


@pytest.mark.parametrize("line", ["1.8.2021–31.5.2025", "01.08.2021 - 31.05.2025"])
def test_a_council_term_is_read_as_its_two_days(line):
    assert lines.read_term(line) == ["2021-08-01", "2025-05-31"]
    assert lines.write_term(lines.read_term(line)) == "1.8.2021–31.5.2025"


@pytest.mark.parametrize("line", ["Toimiala / Sektor", "Toimiala"])
def test_the_name_of_a_level_may_have_a_swedish_half(line):
    assert lines.write_level(lines.read_level(line)) == line


@pytest.mark.parametrize("line", ["syksy 15.8.–31.12.", "Höst: 15.8. – 31.12.", "autumn 15.8.-31.12."])
def test_the_limits_of_a_season_are_read_in_every_language(line):
    assert lines.read_season(line) == ("autumn", [8, 15, 12, 31])


@pytest.mark.parametrize(
    ("read", "line"),
    [
        (lines.read_term, "1.8.2021"),
        (lines.read_level, "/ Sektor"),
        (lines.read_season, "syksy 15.8."),
        (lines.read_season, "sadonkorjuu 15.8.–31.12."),
    ],
)
def test_a_line_that_says_something_else_is_refused(read, line):
    with pytest.raises(ValueError, match=line[:6]):
        read(line)
