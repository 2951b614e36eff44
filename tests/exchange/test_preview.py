import datetime as dt
import json

from portfolio.core.problem import Problem
from portfolio.exchange.preview import empty_preview, preview
from tests.exchange.returns import Edited, bring_in, take_out
from tests.exchange.towns import FIRST, HEAD

KEYS = {"file", "profile", "portfolio", "sheets", "summary", "errors", "notices", "changes"}


def look(town, *, keep=True, language="en", **put):
    done = town.put(keep=keep, **put)
    answer = preview(done, "tiedosto.xlsx", "kunta", "kunta-ohjelma", language)
    json.dumps(answer)
    return answer


def test_the_answer_has_exactly_the_agreed_keys(small_town):
    answer = look(small_town)
    assert set(answer) == KEYS
    (sheet,) = answer["sheets"]
    assert sheet == {
        "name": "Toimenpiteet",
        "hidden": False,
        "header_rows": [1],
        "rows": 2,
        "columns": dict(
            zip(
                HEAD,
                ("number", "title_fi", "unit", "status", "progress", "money:2026:operating:own:planned"),
                strict=True,
            )
        ),
        "totals": {"TA 2026": 5},
    }
    assert set(answer["summary"]) == {
        "rows",
        "cells",
        "added",
        "changed",
        "unchanged",
        "kept",
        "conflicts",
        "errors",
        "not_in_file",
    }
    assert (answer["summary"]["rows"], answer["summary"]["added"], answer["summary"]["cells"]) == (2, 2, 14)


def test_cells_of_added_rows_count_in_none_of_the_five(small_town):
    look(small_town)
    counts = look(small_town, rows=[*FIRST, (3, "Tori", "", "", "", "")])["summary"]
    five = sum(counts[name] for name in ("changed", "unchanged", "kept", "conflicts", "errors"))
    assert (counts["cells"], five, counts["added"]) == (21, 14, 1)


def test_a_change_names_its_cell_its_item_and_both_sides_in_plain_values(small_town):
    look(small_town)
    rows = [(1, "Kirjasto auki", "sivistys", "Menossa", 10, 6), FIRST[1]]
    changes = {one["field"]: one for one in look(small_town, rows=rows)["changes"]}
    assert changes["unit"] == {
        "sheet": "Toimenpiteet",
        "row": 2,
        "column": "C",
        "id": small_town.rows()[0].code,
        "field": "unit",
        "base": None,
        "old": "Tekninen toimiala",
        "new": "Sivistystoimiala",
        "outcome": "apply",
    }
    money = changes["money:2026:operating:own:planned"]
    assert (money["old"], money["new"], money["column"]) == (5000, 6000, "F")


def test_what_others_changed_meanwhile_is_listed_as_kept(small_town):
    look(small_town)
    look(small_town, rows=[(1, "Uusi nimi", "tekninen", "Menossa", 10, 5), FIRST[1]])
    answer = look(small_town)
    (kept,) = answer["changes"]
    assert (kept["outcome"], kept["base"], kept["old"], kept["new"]) == (
        "keep",
        "Kirjasto auki",
        "Uusi nimi",
        "Kirjasto auki",
    )
    assert answer["summary"]["kept"] == 1


def test_added_cells_and_values_of_every_kind_are_plain(small_town):
    head = ("Nro", "Toimenpide", "Aikataulu", "Valmistunut", "Hyödyt", "Teema", "TA 2026")
    row = (
        1,
        "Kirjasto",
        "syksyllä 2026",
        dt.date(2026, 10, 1),
        "Results; Productivity",
        "Yritykset; Arki",
        "ei tiedossa",
    )
    answer = look(small_town, head=head, rows=[row])
    new = {one["field"]: one["new"] for one in answer["changes"]}
    assert {one["outcome"] for one in answer["changes"]} == {"add"}
    assert new["timespan"] == "syksyllä 2026"
    assert new["completed_on"] == "2026-10-01"
    assert new["benefits"] == ["productivity", "results"]
    assert new["category:teema"] == ["Arki", "Yritykset"]
    assert new["money:2026:operating:own:planned"] == "unknown"


def test_a_list_that_both_sides_changed_is_told_as_it_would_stand(small_town):
    head = ("Nro", "Toimenpide", "Teema")
    look(small_town, head=head, rows=[(1, "Kirjasto", "Yritykset")])
    book = Edited(take_out(small_town)).put("Initiatives", 1, "Notes", "x")
    (column,) = (number for text, number in book.header("Initiatives")[1].items() if text == "Teema")
    book.sheet("Initiatives").cell(book.row("Initiatives", 1), column).value = None
    look(small_town, head=head, rows=[(1, "Kirjasto", "Yritykset; Arki")])
    done = bring_in(small_town, book.save(), keep=False)
    answer = preview(done, "takaisin.xlsx", "export", "kunta-ohjelma", "en")
    (change,) = (one for one in answer["changes"] if one["field"] == "category:teema")
    assert (change["base"], change["old"], change["new"]) == (["Yritykset"], ["Arki", "Yritykset"], ["Arki"])


def test_errors_are_sentences_with_sheet_row_column_and_the_value_as_it_stands(small_town):
    answer = look(small_town, rows=[(1, "Kirjasto", "teknillinen", "Menossa", "", "")], language="en")
    (error,) = answer["errors"]
    assert (error["sheet"], error["row"], error["column"], error["value"]) == ("Toimenpiteet", 2, "C", "teknillinen")
    assert error["message"].startswith('There is no unit "teknillinen".')
    assert answer["summary"]["errors"] == 1


def test_what_a_person_may_not_change_is_an_error_too(small_town):
    look(small_town)
    answer = look(small_town, rows=[(1, "Muu nimi", "tekninen", "Menossa", 10, 5), FIRST[1]], roles=["viewer"])
    assert [(one["row"], one["column"], one["value"]) for one in answer["errors"]] == [(2, "B", "Muu nimi")]
    assert answer["summary"]["errors"] == 1


def test_notices_begin_with_their_place(small_town):
    answer = look(
        small_town, head=("Nro", "Toimenpide", "Aikataulu", "Huom."), rows=[(1, "Kirjasto", "toukokuussa", "x")]
    )
    assert any(notice.startswith("Toimenpiteet, C2: ") for notice in answer["notices"])
    assert any(notice.startswith('Toimenpiteet: The column "Huom."') for notice in answer["notices"])


def test_a_file_that_cannot_be_read_has_the_same_keys():
    answer = empty_preview("kuva.png", [Problem("No.")], "en")
    assert set(answer) == KEYS
    assert answer["errors"] == [{"sheet": None, "row": None, "column": None, "value": "", "message": "No."}]
