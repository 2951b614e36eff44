"""The places in a workbook that name the export it came from: any one suffices, and none may contradict another."""

import pytest

from portfolio.core.problem import Refusal
from tests.exchange.returns import Edited, bring_in, changes, messages, take_out


@pytest.fixture
def listed(small_town):
    small_town.put(rows=((1, "Kirjasto auki", "tekninen", "Menossa", 10, 5),))
    return small_town


def test_an_unknown_export_and_two_tokens_in_one_file_are_refused(listed):
    data = take_out(listed)
    book = Edited(data)
    book.book["_meta"]["B1"].value = "0" * 32
    with pytest.raises(Refusal) as refused:
        bring_in(listed, book.save())
    assert "two different exports" in messages(refused.value.problems)[0]
    for name in list(book.book.defined_names):
        del book.book.defined_names[name]
    book.book.properties.identifier = None
    for one in list(book.book.custom_doc_props.props):
        del book.book.custom_doc_props[one.name]
    with pytest.raises(Refusal) as refused:
        bring_in(listed, book.save())
    assert "not known here" in messages(refused.value.problems)[0]


@pytest.mark.parametrize("kept", ["_meta", "name", "property", "identifier"])
def test_any_one_place_that_names_the_export_suffices(listed, kept):
    book = Edited(take_out(listed)).put("Initiatives", 1, "Title in Finnish", "Uusi nimi")
    if kept != "_meta":
        del book.book["_meta"]
    if kept != "name":
        for name in list(book.book.defined_names):
            del book.book.defined_names[name]
    if kept != "property":
        for one in list(book.book.custom_doc_props.props):
            del book.book.custom_doc_props[one.name]
    if kept != "identifier":
        book.book.properties.identifier = None
    assert changes(bring_in(listed, book.save())) == {("initiative", "title_fi"): "Uusi nimi"}
