"""An export through a real LibreOffice and back: untouched it changes nothing, edited it changes what was edited."""

import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from portfolio.cli import main
from portfolio.cli.profiles import folders

whole = pytest.mark.whole
TURKU = "turku-tarvesalkku"
TOWNS = {
    "helsinki": "helsinki-kanslia",
    "kemi": "kemi-viisas",
    "pori": "pori-kehittamisteot",
    "turku": TURKU,
    "tuusula": "tuusula-toimintatavat",
}
INITIATIVES, MILESTONES, BUDGET = "Kehittämiskohteet", "Etapit", "Talousarvio"
OUTCOMES = ("added", "changed", "kept", "conflicts", "errors", "not_in_file")


@pytest.fixture(scope="module")
def data(demo_folder, tmp_path_factory):
    """A demo that exports may be written down in."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(demo_folder, folder)
    return folder


@pytest.fixture
def export(data, tmp_path):
    """Export a portfolio: `export("turku-tarvesalkku", "--language", "sv")` gives the file."""

    def export(code, *options):
        file = tmp_path / f"{code}.xlsx"
        command = ["export", "--portfolio", code, "--out", str(file), "--data", str(data), *options]
        result = CliRunner().invoke(main, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return file

    return export


@pytest.fixture
def preview(data):
    """Preview what a file would change."""

    def preview(file):
        command = ["import", str(file), "--data", str(data), "--json", "--language", "en"]
        result = CliRunner().invoke(main, command, catch_exceptions=False)
        return json.loads(result.stdout)

    return preview


def all_ways():
    """Every portfolio in our own layout in three languages and in its profile's, through both formats."""
    for profile, code in TOWNS.items():
        for ending in ("xlsx", "ods"):
            for language in ("fi", "sv", "en"):
                options = ("--language", language)
                sample = (code, ending, language) == (TURKU, "ods", "fi")
                marks = () if sample else (whole,)
                yield pytest.param(code, options, ending, marks=marks, id=f"{code}-{language}-{ending}")
            layout = ("--layout", profile)
            yield pytest.param(code, layout, ending, marks=whole, id=f"{code}-layout-{ending}")


def saved(office, file, ending, folder):
    """The file as LibreOffice saves it, in another folder than it came from."""
    folder = folder / "saved"
    folder.mkdir(exist_ok=True)
    return office(file, ending, folder)


@pytest.mark.parametrize(("code", "options", "ending"), list(all_ways()))
def test_an_export_that_libreoffice_saved_untouched_changes_nothing(
    office, export, preview, tmp_path, code, options, ending
):
    found = preview(saved(office, export(code, *options), ending, tmp_path))
    assert found["errors"] == []
    summary = found["summary"]
    assert {name: summary[name] for name in OUTCOMES} == dict.fromkeys(OUTCOMES, 0)
    assert summary["rows"] > 0
    assert summary["unchanged"] > 0


@whole
@pytest.mark.parametrize("steps", [("ods", "xlsx"), ("xlsx", "ods", "xlsx"), ("xls",)], ids="-".join)
def test_a_file_that_goes_through_several_formats_changes_nothing(office, export, preview, tmp_path, steps):
    file = export(TURKU)
    for number, ending in enumerate(steps):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = office(file, ending, folder)
    found = preview(file)
    assert found["errors"] == []
    assert {name: found["summary"][name] for name in OUTCOMES} == dict.fromkeys(OUTCOMES, 0)


def edit(file, cells):
    """Write cells, named by sheet, row and heading, as a person does in a spreadsheet."""
    workbook = openpyxl.load_workbook(file)
    for (name, row, heading), value in cells.items():
        sheet = workbook[name]
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # as one who types an apostrophe before the equals sign
    workbook.save(file)


EDITS = {
    (INITIATIVES, 2, "Nimi suomeksi"): "=1+1 on nimi, “lainattu” & <merkitty>",
    (INITIATIVES, 3, "Edistyminen"): 0.35,
    (INITIATIVES, 4, "Ajankohta"): "syksyllä 2027",
    (INITIATIVES, 5, "Tiivistelmä suomeksi"): "Eka rivi\nToka rivi, 1\u202f234,50 €",
    (BUDGET, 2, "Talousarvio 2024, €"): 81_234.5,
    (MILESTONES, 2, "Nimi suomeksi"): "Johtoryhmä aloittaa",
}
FIELDS = {"title_fi": 2, "progress": 1, "timespan": 1, "summary_fi": 1, "money": 1}


@whole
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_an_export_edited_and_saved_by_libreoffice_changes_exactly_what_was_edited(
    office, export, preview, tmp_path, ending
):
    file = export(TURKU)
    edit(file, EDITS)
    found = preview(saved(office, file, ending, tmp_path))
    assert found["errors"] == []
    changed = [(one["sheet"], one["row"], one["field"].partition(":")[0]) for one in found["changes"]]
    assert {(sheet, row) for sheet, row, _ in changed} == {(sheet, row) for sheet, row, _ in EDITS}
    assert {field: sum(one == field for *_, one in changed) for field in FIELDS} == FIELDS
    summary = found["summary"]
    assert (summary["changed"], summary["conflicts"], summary["added"]) == (len(EDITS), 0, 0)
    texts = {one["field"]: one["new"] for one in found["changes"] if one["sheet"] == INITIATIVES}
    assert texts["title_fi"] == EDITS[INITIATIVES, 2, "Nimi suomeksi"]


@whole
def test_every_profile_of_the_demo_is_tried():
    assert set(TOWNS) == {folder.profile.name for folder in folders()}
