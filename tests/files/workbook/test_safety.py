import io
import zipfile

import pytest

from portfolio.core.language import say_problem
from portfolio.core.problem import Refusal
from portfolio.files.workbook import read_workbook, safety
from tests.workbooks import with_parts, workbook_bytes

PLAIN = workbook_bytes({"Taulu": [["Otsikko"], ["arvo"]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""
EXTERNAL = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
SHEET = "xl/worksheets/sheet1.xml"


def refused(data, name="taulu.xlsx"):
    """The msgid of the one sentence that refuses a file."""
    with pytest.raises(Refusal) as refusal:
        read_workbook(data, name)
    (problem,) = refusal.value.problems
    assert name in say_problem(problem, "en") or problem.place
    return problem.msgid


def retyped(content_type):
    """The plain workbook with another content type for its main part."""
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        types = package.read(safety.CONTENT_TYPES).decode().replace(safety.MAIN, content_type)
    return with_parts(PLAIN, {safety.CONTENT_TYPES: types})


def test_an_ordinary_workbook_is_read():
    assert [sheet.name for sheet in read_workbook(PLAIN, "taulu.xlsx").sheets] == ["Taulu"]


@pytest.mark.parametrize(
    ("data", "msgid"),
    [
        (b"", safety.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, safety.NOT_ITS_ENDING),
        (b"%PDF-1.7", safety.NOT_ITS_ENDING),
        (b"hello", safety.WRONG_ENDING),
        (OLE + "EncryptedPackage".encode("utf-16-le"), safety.ENCRYPTED),
        (OLE + "Workbook".encode("utf-16-le"), safety.WRONG_ENDING),
        (OLE, safety.NOT_A_WORKBOOK),
        (OLE + "WordDocument".encode("utf-16-le"), safety.NOT_ITS_ENDING),
        (b"\xef\xbb\xbf <!DOCTYPE html><html><table>", safety.NOT_ITS_ENDING),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", safety.NOT_ITS_ENDING),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>", safety.NOT_ITS_ENDING),
        (bytes(range(256)), safety.NOT_A_WORKBOOK),
        (PLAIN[: len(PLAIN) // 2], safety.BROKEN),
        (b"PK\x03\x04 nothing of the kind", safety.BROKEN),
    ],
)
def test_what_is_no_workbook_is_told_by_its_content_whatever_its_name(data, msgid):
    assert refused(data) == msgid


def test_a_picture_is_named_as_one_in_each_language():
    with pytest.raises(Refusal) as refusal:
        read_workbook(b"\x89PNG\r\n\x1a\n", "kuva.xlsx")
    assert "a picture" in say_problem(refusal.value.problems[0], "en")


@pytest.mark.parametrize(
    ("content_type", "msgid"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", safety.MACROS),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", safety.MACROS),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", safety.NOT_ITS_ENDING),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", safety.NOT_ITS_ENDING),
        ("application/something", safety.NOT_A_WORKBOOK),
    ],
)
def test_the_main_part_says_what_a_package_is(content_type, msgid):
    assert refused(retyped(content_type)) == msgid


@pytest.mark.parametrize(
    ("part", "msgid"),
    [
        ("xl/vbaProject.bin", safety.MACROS),
        ("xl/macrosheets/sheet1.xml", safety.MACROS),
        ("xl/externalLinks/externalLink1.xml", safety.LINKS),
        ("xl/embeddings/oleObject1.bin", safety.EMBEDDED),
        ("xl/connections.xml", safety.CONNECTIONS),
        ("xl/queryTables/queryTable1.xml", safety.CONNECTIONS),
    ],
)
def test_a_workbook_with_more_than_values_is_refused_with_what_to_do(part, msgid):
    assert refused(with_parts(PLAIN, {part: b"<x/>"})) == msgid


def test_plain_custom_xml_is_ignored_and_a_query_inside_it_is_not():
    assert read_workbook(with_parts(PLAIN, {"customXml/item1.xml": b"<properties/>"}), "taulu.xlsx").sheets
    hidden = "<DataMashup>AAAA</DataMashup>".encode("utf-16")
    assert refused(with_parts(PLAIN, {"customXml/item1.xml": hidden})) == safety.CONNECTIONS


@pytest.mark.parametrize("sheet", [BOMB, EXTERNAL, BOMB.encode("utf-16")], ids=["laughs", "external", "utf-16"])
def test_definitions_are_refused_in_any_encoding(sheet):
    assert refused(with_parts(PLAIN, {SHEET: sheet})) == safety.DEFINES_ENTITIES


def test_definitions_in_the_list_of_parts_are_refused():
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        types = package.read(safety.CONTENT_TYPES).decode()
    bad = '<!DOCTYPE x [<!ENTITY a "b">]>' + types.split("?>", 1)[-1]
    assert refused(with_parts(PLAIN, {safety.CONTENT_TYPES: bad})) == safety.DEFINES_ENTITIES


def test_a_file_that_unpacks_to_far_more_than_it_should_is_refused_unread():
    assert refused(with_parts(PLAIN, {"xl/media/image1.png": b"\0" * (20 * 1024**2)})) == safety.UNPACKS_TOO_LARGE
    many = {f"xl/media/{number}.png": b"" for number in range(1_001)}
    assert refused(with_parts(PLAIN, many)) == safety.UNPACKS_TOO_LARGE


def test_well_packed_but_small_parts_are_honest():
    assert read_workbook(with_parts(PLAIN, {"xl/media/image1.png": b"\0" * 1024**2}), "taulu.xlsx").sheets


def test_two_parts_of_one_name_are_refused_since_two_readers_might_see_two_workbooks():
    file = io.BytesIO(PLAIN)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/Worksheets/sheet1.xml", b"<x/>")
    assert refused(file.getvalue()) == safety.BROKEN


def test_a_file_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(safety, "LARGEST_FILE", 100)
    assert refused(PLAIN) == safety.TOO_LARGE


def test_a_part_that_unpacks_to_more_than_it_declares_is_a_damaged_file():
    data = bytearray(with_parts(PLAIN, {"xl/media/image1.png": b"\0" * 100_000}))
    entry = data.rindex(b"xl/media/image1.png") - 46  # of the central directory, which readers go by
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
    assert refused(bytes(data)) == safety.BROKEN


def test_a_workbook_under_another_ending_is_refused_with_what_to_do():
    assert refused(PLAIN, "taulu.csv") == safety.WRONG_ENDING


def test_a_sheet_that_is_no_sheet_is_a_damaged_file():
    assert refused(with_parts(PLAIN, {SHEET: b"<worksheet><row></worksheet>"})) == safety.BROKEN
    assert refused(with_parts(PLAIN, without=[SHEET])) == safety.BROKEN
