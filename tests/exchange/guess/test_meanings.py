"""What texts of a column mean: asked where nobody knows, and read as a person says."""

from portfolio.exchange.guess import SheetGiven
from portfolio.exchange.guess.model import MEANS_BLANK
from tests.guesses import guessed

HEAD = ["Nro", "Toimenpide", "Vastuualue", "Tila", "Kärkihanke"]
ROWS = [
    HEAD,
    [1, "Kirjasto auki", "Tekninen toimiala", "Kypsyy", "kyllä"],
    [2, "Satama", "Satamalaitos", "Valmis", "ei"],
    [3, "Tori", "tekninen", "Valmis", "ehkä"],
    [4, "Silta", "tekninen", "Käynnissä", "ei"],
    [5, "Puisto", "tekninen", "Käynnissä", "kyllä"],
]


def test_the_texts_that_mean_nothing_are_named_by_their_columns():
    found = guessed(ROWS)
    assert [found.column(name).unknown for name in HEAD] == [(), (), ("Satamalaitos",), ("Kypsyy",), ("ehkä",)]
    assert len(found.faults) == 3


def test_a_person_tells_what_they_mean_and_the_mapping_keeps_it():
    told = {3: {"Satamalaitos": "tekninen"}, 4: {"Kypsyy": "in_preparation"}, 5: {"ehkä": MEANS_BLANK}}
    found = guessed(ROWS, given={"Taul1": SheetGiven(values=told)})
    assert found.values("unit", "status", "spearhead")[:3] == [
        ("tekninen", "in_preparation", True),
        ("tekninen", "completed", False),
        ("tekninen", "completed", None),
    ]
    assert found.faults == []
    assert [found.column(name).unknown for name in HEAD] == [()] * 5


def test_yes_and_no_are_told_as_such():
    found = guessed(ROWS, given={"Taul1": SheetGiven(values={5: {"ehkä": "yes"}})})
    assert found.values("spearhead")[2] == (True,)


def test_an_answer_that_the_column_cannot_hold_is_passed_over():
    found = guessed(ROWS, given={"Taul1": SheetGiven(values={4: {"Kypsyy": "tekninen"}, 9: {"x": "y"}})})
    assert found.column("Tila").unknown == ("Kypsyy",)
