"""``portfolio export`` and then ``portfolio import`` of all that a demo holds: untouched it changes nothing."""

import json
import random

import pytest
from click.testing import CliRunner

from portfolio.cli import main
from tests.exchange.returns import Edited

PORTFOLIOS = ("helsinki-kanslia", "kemi-viisas", "pori-kehittamisteot", "turku-tarvesalkku", "tuusula-toimintatavat")
ITEMS = "Initiatives"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A demo of this module's own: exports are recorded in it."""
    folder = tmp_path_factory.mktemp("round")
    run(folder, "demo", "--no-serve")
    return folder


def run(folder, *arguments, code=0):
    result = CliRunner().invoke(main, [*arguments, "--data", str(folder)])
    assert result.exit_code == code, result.output
    return result


def take_out(folder, code, language="fi", *more):
    file = folder / f"{code}-{language}.xlsx"
    run(folder, "export", "--portfolio", code, "--out", str(file), "--language", language, *more)
    return file


def bring_in(folder, file, *more, code=0):
    return json.loads(run(folder, "import", str(file), "--json", "--language", "en", *more, code=code).stdout)


def changed(answer):
    return {name: answer["summary"][name] for name in NOTHING}


def told(answer):
    """The notices, save that the narrow columns of identity are hidden, whatever stands in them by now."""
    return [notice for notice in answer["notices"] if "Hidden columns" not in notice]


NOTHING = dict.fromkeys(("added", "changed", "kept", "conflicts", "errors", "not_in_file"), 0)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("code", PORTFOLIOS)
def test_an_untouched_export_of_a_demo_portfolio_changes_nothing(folder, code, language):
    answer = bring_in(folder, take_out(folder, code, language))
    assert (changed(answer), answer["errors"], answer["notices"], answer["changes"]) == (NOTHING, [], [], [])
    assert answer["summary"]["cells"] == answer["summary"]["unchanged"] > 0
    assert (answer["profile"], answer["portfolio"]) == ("export", code)


@pytest.mark.parametrize("code", PORTFOLIOS)
def test_rows_and_columns_in_another_order_and_saved_by_another_program_change_nothing(folder, code):
    file = take_out(folder, code)
    book = Edited(file.read_bytes())
    sheet, (head, columns) = book.sheet(ITEMS), book.header(ITEMS)
    rows = [[cell.value for cell in row[: len(columns)]] for row in sheet.iter_rows(min_row=head)]
    chance = random.Random(7)
    order = chance.sample(range(len(columns)), len(columns))
    below = rows[1:]
    chance.shuffle(below)
    for number, row in enumerate([rows[0], *below], start=head):
        for place, column in enumerate(order, start=1):
            sheet.cell(number, place).value = row[column]
    file.write_bytes(book.save())
    answer = bring_in(folder, file)
    assert (changed(answer), answer["errors"], told(answer)) == (NOTHING, [], [])


def test_columns_that_were_taken_away_are_left_as_they_are(folder):
    file = take_out(folder, "turku-tarvesalkku")
    book = Edited(file.read_bytes())
    for heading in ("Notes", "Progress", "Version"):
        book.sheet(ITEMS).delete_cols(book.column(ITEMS, heading))
    file.write_bytes(book.save())
    answer = bring_in(folder, file)
    assert (changed(answer), answer["errors"], len(told(answer))) == (NOTHING, [], 3)


def test_an_edited_export_is_applied_once_and_undone(folder):
    file = take_out(folder, "turku-tarvesalkku", "sv")
    book = (
        Edited(file.read_bytes(), "sv").put(ITEMS, 1, "Title in Finnish", "Uusi nimi").put(ITEMS, 2, "Progress", 0.42)
    )
    file.write_bytes(book.save())
    preview = bring_in(folder, file)
    assert {(one["field"], one["new"], one["outcome"]) for one in preview["changes"]} == {
        ("title_fi", "Uusi nimi", "apply"),
        ("progress", 42, "apply"),
    }
    done = bring_in(folder, file, "--apply")
    assert (done["applied"], done["summary"]["changed"]) == (True, 2)
    again = bring_in(folder, file, "--apply")
    assert (changed(again), again["batch"]) == (NOTHING, None)
    run(folder, "undo", str(done["batch"]))
    assert bring_in(folder, file)["summary"]["changed"] + bring_in(folder, file)["summary"]["conflicts"] == 2
    run(folder, "verify")


def test_a_conflict_stops_the_command_unless_a_side_is_named(folder):
    mine, yours = (take_out(folder, "pori-kehittamisteot", language) for language in ("fi", "en"))
    mine.write_bytes(Edited(mine.read_bytes()).put(ITEMS, 1, "Notes", "Minun").save())
    yours.write_bytes(Edited(yours.read_bytes(), "en").put(ITEMS, 1, "Notes", "Yours").save())
    assert bring_in(folder, mine, "--apply")["applied"] is True
    stopped = bring_in(folder, yours, "--apply", code=1)
    assert (stopped["applied"], stopped["summary"]["conflicts"]) == (False, 1)
    (change,) = stopped["changes"]
    assert (change["base"], change["old"], change["new"], change["outcome"]) == (None, "Minun", "Yours", "conflict")
    assert bring_in(folder, yours, "--apply", "--on-conflict", "current")["summary"]["kept"] == 1
    assert bring_in(folder, yours, "--apply", "--on-conflict", "file")["summary"]["changed"] == 1


def test_a_sheet_sorted_without_its_identities_is_not_imported_even_in_part(folder):
    file = take_out(folder, "tuusula-toimintatavat")
    book = Edited(file.read_bytes())
    titles = [book.get(ITEMS, number, "Title in Finnish") for number in range(1, 8)]
    for number, title in enumerate(reversed(titles), start=1):
        book.put(ITEMS, number, "Title in Finnish", title)
    file.write_bytes(book.save())
    answer = bring_in(folder, file, "--apply", "--partial", code=1)
    assert (answer["applied"], answer["batch"]) == (False, None)
    assert "without its identity column" in answer["errors"][0]["message"]


def test_an_export_of_another_database_is_refused(folder, tmp_path):
    file = take_out(folder, "kemi-viisas")
    run(tmp_path, "db", "upgrade")
    answer = bring_in(tmp_path, file, code=2)
    assert "not known here" in answer["errors"][0]["message"]


def test_a_portfolio_that_the_export_is_not_of_is_refused(folder):
    answer = bring_in(folder, take_out(folder, "kemi-viisas"), "--portfolio", "turku-tarvesalkku", code=2)
    assert "is an export" in answer["errors"][0]["message"]


@pytest.mark.parametrize(("who", "status"), [("reporter@turku.example", 1), ("office@turku.example", 0)])
def test_cells_are_judged_by_the_rights_of_the_person_named(folder, who, status):
    file = take_out(folder, "turku-tarvesalkku", "en")
    book = Edited(file.read_bytes(), "en")
    other = {"Yes": "No", "No": "Yes"}[book.get(ITEMS, 1, "Spearhead project")]
    file.write_bytes(book.put(ITEMS, 1, "Spearhead project", other).save())
    answer = bring_in(folder, file, "--as", who, code=status)
    assert answer["summary"]["errors"] == status
