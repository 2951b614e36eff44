"""Profiles' workbooks that LibreOffice saved are the same imports, and it opens our lists with texts as texts."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner

from portfolio.cli import main
from portfolio.cli.profiles import folders
from portfolio.core.rights import Role
from tests import factories

pytestmark = pytest.mark.whole

UTF8_CSV = "csv:Text - txt - csv (StarCalc):59,34,76"
WORKBOOKS = [
    pytest.param(folder.profile.name, folder.path / step.workbook, id=step.workbook)
    for folder in folders()
    for step in folder.profile.steps
]


@pytest.mark.parametrize(("profile", "workbook"), WORKBOOKS)
def test_a_workbook_saved_by_libreoffice_is_the_same_import(office, demo_folder, tmp_path, profile, workbook):
    data = tmp_path / "data"
    shutil.copytree(demo_folder, data)
    saved = office(workbook, "xlsx", tmp_path)
    command = ["import", str(saved), "--profile", profile, "--data", str(data), "--json"]
    result = CliRunner().invoke(main, command)
    found = json.loads(result.stdout)
    assert found["errors"] == []
    summary = found["summary"]
    assert (summary["added"], summary["changed"], summary["conflicts"]) == (0, 0, 0)
    assert summary["rows"] > 0


def test_the_register_s_workbook_opens_with_its_texts_as_texts(office, pages, town, tmp_path):
    for title in ("Äänekoski & öljy", "=1+1", "+358 40", "@sposti"):
        factories.create_initiative(town.session, municipality_id=town.municipality.id, title_fi=title)
    town.commit()
    pages.sign_in(Role.OFFICE)
    link = next(one for one in pages.get(f"/{town.code}/initiatives").links() if "xlsx" in one or "workbook" in one)
    path = tmp_path / "list.xlsx"
    path.write_bytes(pages.client.get(link).data)
    with office(path, UTF8_CSV, tmp_path).open(encoding="utf-8-sig") as stream:
        cells = {cell for row in csv.reader(stream, delimiter=";") for cell in row}
    assert {"Äänekoski & öljy", "=1+1", "+358 40", "@sposti"} <= cells
