from portfolio.pages.queries.listing import SORTS
from portfolio.pages.rules import COLUMNS, TITLE, USUAL, class_column


def test_keys_are_unique_and_the_usual_ones_exist():
    keys = [column.key for column in COLUMNS]
    assert len(set(keys)) == len(keys)
    assert set(USUAL) < set(keys)
    assert TITLE.key in USUAL


def test_every_order_that_a_heading_offers_exists():
    assert {column.sort for column in COLUMNS} - {None} <= SORTS


def test_a_column_of_a_classification_names_its_scheme():
    column = class_column(12, "Näkökulma")
    assert (column.key, column.scheme_id, column.named) == ("class-12", 12, True)
    assert TITLE.scheme_id is None
