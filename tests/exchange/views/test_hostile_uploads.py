"""Hostile files through the page: each is refused in a sentence, and neither a row nor a file stays behind."""

import io
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from portfolio.cli.context import open_engine
from portfolio.cli.job import PLANNING, handlers
from portfolio.core.history import Revision
from portfolio.core.jobs import run
from portfolio.core.rights import Role
from portfolio.exchange.models import ImportBatch, PlannedCell, PlannedRow, Upload, UploadState
from portfolio.exchange.operations import uploads
from portfolio.register.models import Initiative
from tests.opendocument import number, ods, row
from tests.workbooks import with_parts, workbook_bytes

PLAIN = workbook_bytes({"Taulu": [["Otsikko"], ["arvo"]]})
SHEET = "xl/worksheets/sheet1.xml"
DEFINITION = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
FILES = {
    "bomb.xlsx": with_parts(PLAIN, {"xl/media/image1.png": b"\0" * (20 * 1024**2)}),
    "entities.xlsx": with_parts(PLAIN, {SHEET: DEFINITION}),
    "macros.xlsx": with_parts(PLAIN, {"xl/vbaProject.bin": b"x"}),
    "far.xlsx": with_parts(PLAIN, {SHEET: FAR}),
    "repeated.ods": ods(row(number(1, number_columns_repeated=16_384), number_rows_repeated=1_048_576)),
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "page.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
}


@pytest.fixture
def office(pages, town, tmp_path, monkeypatch):
    """Somebody of the office; the jobs of what they send are run here, one after another."""
    from portfolio.exchange.views import uploading

    begun = []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(uploading, "start_after_commit", begun.append)
    pages.sign_in(Role.OFFICE)
    pages.begun = begun
    return pages


def send(office, engine, clock, name, data):
    """Send a file through the page, and run its job as the command does."""
    form = {"csrf_token": office.token(), "files": (io.BytesIO(data), name)}
    answer = office.client.post("/koekunta/exchange/uploads", data=form, content_type="multipart/form-data")
    if answer.status_code == 302:
        own = open_engine(str(engine.url))
        run(own, office.begun[-1], handlers(), clock)
        own.dispose()
    return answer


def test_the_command_knows_the_kind_of_work_that_an_upload_asks_for():
    assert uploads.PLANNING == PLANNING


def counts(town):
    return [town.rows(select(func.count()).select_from(model)) for model in (Initiative, Revision, ImportBatch)]


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_a_sentence_and_leaves_nothing_behind(office, engine, town, clock, name):
    before = counts(town)
    answer = send(office, engine, clock, name, FILES[name])
    page = office.get(answer.location)
    assert name in page.text
    (upload,) = town.rows(select(Upload).options(undefer(Upload.data)))
    assert upload.state is UploadState.REFUSED
    assert len(upload.problems) == 1
    assert upload.data is None
    assert town.rows(select(PlannedRow)) == town.rows(select(PlannedCell)) == []
    assert counts(town) == before
    assert list(Path(tempfile.gettempdir()).iterdir()) == []


def test_a_process_of_its_own_reads_what_was_sent(pages, town):
    """By the real command, which loads nothing but what the work needs."""
    pages.sign_in(Role.OFFICE)
    form = {"csrf_token": pages.token(), "files": (io.BytesIO(FILES["far.xlsx"]), "far.xlsx")}
    pages.client.post("/koekunta/exchange/uploads", data=form, content_type="multipart/form-data")
    until = time.monotonic() + 60
    while town.rows(select(Upload.state)) == [UploadState.WAITING]:
        assert time.monotonic() < until
        time.sleep(0.2)
    assert town.rows(select(Upload.state)) == [UploadState.REFUSED]


def test_a_file_above_the_limit_is_answered_413_and_nothing_is_kept(office, app, engine, town, clock, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    answer = send(office, engine, clock, "iso.xlsx", b"PK" + b"\0" * 200_000)
    assert answer.status_code == 413
    assert "<h1" in answer.text
    assert town.rows(select(Upload)) == []
