import pytest

from portfolio.exchange.columns import matches, norm


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Vastuu\u00adhenkilö:  ", "vastuuhenkilö"),
        ("Budjetti-\nvaikutus", "budjetti- vaikutus"),
        ("Luokka*", "luokka"),
        ("Käyttötalous (1\u00a0000\u202f€)", "käyttötalous (1 000 €)"),
        ("a\u0308lykäs.", "älykäs"),
    ],
)
def test_what_looks_the_same_is_the_same(text, plain):
    assert norm(text) == plain


@pytest.mark.parametrize(
    ("text", "glob", "found"),
    [
        ("Toimenpiteet 2016", "Toimenpiteet*", True),
        ("Toimenpiteet", "Toimenpiteet*", True),
        ("Muut toimenpiteet", "Toimenpiteet*", False),
        ("2015-12-15-toimenpiteet.xlsx", "2015-12-15*", True),
        ("Tilanne 30.9.", "Tilanne 30.9.*", True),
        ("TA 2023", "T* 2023", True),
        ("LUOKKA *", "luokka", True),
    ],
)
def test_a_star_stands_for_anything(text, glob, found):
    assert matches(text, [glob]) is found
