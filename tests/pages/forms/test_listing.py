import pytest
from werkzeug.datastructures import MultiDict

from portfolio.pages.forms.listing import budget_years, read_list
from portfolio.pages.rules import USUAL
from portfolio.register.forms import Options

NOTHING = Options((), (), (), ())


def read(*pairs):
    return read_list(MultiDict(pairs), NOTHING, 2026)


def test_without_anything_asked_the_list_is_the_usual_one():
    choice = read()
    assert [column.key for column in choice.columns] == list(USUAL)
    assert (choice.sort, choice.page, choice.per_page, choice.year) == ("title", 1, 50, 2026)
    assert choice.asked == {}
    assert choice.problems == ()


def test_what_is_asked_is_kept_for_addresses_but_the_usual_is_not():
    choice = read(("sort", "-ends"), ("per", "50"), ("budget_year", "2026"), ("page", "3"))
    assert choice.asked == {"sort": ("-ends",)}
    assert choice.page == 3


def test_columns_stand_in_their_own_order_and_the_title_always_among_them():
    choice = read(("columns", "updated"), ("columns", "code"), ("columns", "code"))
    assert [column.key for column in choice.columns] == ["code", "title", "updated"]
    assert choice.asked["columns"] == ("code", "title", "updated")


def test_only_the_title_can_be_shown():
    assert [column.key for column in read(("columns", "title")).columns] == ["title"]


@pytest.mark.parametrize(
    "pair",
    [("sort", "colour"), ("per", "1000000"), ("columns", "x" * 500), ("budget_year", "1800"), ("columns", "class-9")],
)
def test_what_is_not_known_is_told_and_falls_back_to_the_usual(pair):
    choice = read(pair)
    assert len(choice.problems) == 1
    assert choice.asked == {}


@pytest.mark.parametrize("page", ["0", "-4", "many", ""])
def test_a_page_that_is_none_is_the_first(page):
    assert read(("page", page)).page == 1


def test_the_years_to_choose_from_hold_the_present_one():
    assert 2026 in budget_years(2026)
