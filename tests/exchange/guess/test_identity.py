from portfolio.exchange.columns import Entity, Known
from portfolio.exchange.guess import identity
from tests.guesses import PORTFOLIO, guessed

ROWS = [["Nro", "Toimenpide", "Vastuualue"], [1, "Kirjasto auki", "tekninen"], [2, "Satama", "sivistys"]]


def known(number, title):
    return Known((Entity.INITIATIVE, f"{PORTFOLIO}/{number}"), title, PORTFOLIO, (), (number,), (title,))


def told(found):
    return found.sheet().identity, found.sheet().reasons[1].msgid


def test_a_number_of_its_own_tells_items_apart():
    assert told(guessed(ROWS)) == (("number",), identity.BY_NUMBER)


def test_the_title_does_where_there_is_no_number():
    assert told(guessed([row[1:] for row in ROWS])) == (("title_fi",), identity.BY_TITLE)


def test_numbers_that_begin_anew_in_each_unit_need_the_unit_beside_them():
    rows = [*ROWS, [1, "Kirjasto auki", "sivistys"], [3, "Satama", "tekninen"]]
    assert told(guessed(rows)) == (("unit", "number"), identity.BY_SEVERAL)


def test_numbers_that_begin_anew_below_each_section_need_the_section():
    rows = [ROWS[0][:2], ["TEKNINEN TOIMIALA"], [1, "a"], [2, "b"], ["SIVISTYSTOIMIALA"], [1, "a"], [2, "b"]]
    found = guessed(rows)
    assert found.sheet().identity == ("unit", "number")
    assert found.values("unit", "number") == [
        ("tekninen", "1"),
        ("tekninen", "2"),
        ("sivistys", "1"),
        ("sivistys", "2"),
    ]


def test_a_list_s_own_running_numbers_are_not_taken_for_those_of_other_items_here():
    others = (known("1", "Vesilaitoksen saneeraus"), known("2", "Digitaalinen arkisto"))
    assert told(guessed(ROWS, known=others)) == (("title_fi",), identity.NUMBERS_TAKEN)
    same = (known("1", "Kirjasto auki"), known("2", "Satama"))
    assert told(guessed(ROWS, known=same)) == (("number",), identity.BY_NUMBER)


def test_what_nothing_tells_apart_is_said():
    rows = [["Toimenpide", "Tila"], ["Kirjasto", "Valmis"], ["Kirjasto", "Kesken"], ["Satama", "Valmis"]]
    assert told(guessed(rows)) == (("title_fi",), identity.NOT_UNIQUE)
