"""Through a real LibreOffice, as service areas use it."""

import pytest

from tests.exchange.export.layout.outings import TOWNS


@pytest.mark.whole
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("town", TOWNS)
def test_a_workbook_that_libreoffice_saved_changes_nothing(outing, office, tmp_path, town, ending):
    there = outing(town)
    file = tmp_path / "file.xlsx"
    file.write_bytes(there.take_out()[1])
    folder = tmp_path / "saved"
    folder.mkdir()
    saved = office(file, ending, folder)
    said = there.said(there.bring_back(saved.read_bytes(), name=saved.name))
    assert said["summary"]["cells"] == said["summary"]["unchanged"] > 100
    assert said["notices"] == []
