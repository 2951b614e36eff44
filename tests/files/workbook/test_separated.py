import pytest

from portfolio.core.problem import Refusal
from portfolio.files.workbook import limits, read_workbook, separated

FINNISH = "Nro;Toimenpide;Summa\n1;Kirjasto;1 234,50\n2;Älykäs ohjaus;0\n"


def read(data, name="taulu.csv"):
    (sheet,) = read_workbook(data, name).sheets
    return sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_that_offices_write_are_found_out(encoding):
    assert read(FINNISH.encode(encoding)).rows[2] == ["2", "Älykäs ohjaus", "0"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_out(separator):
    text = f"Nro{separator}Nimi\n1{separator}Kirjasto\n"
    assert read(text.encode()).rows == [["Nro", "Nimi"], ["1", "Kirjasto"]]


def test_a_decimal_comma_does_not_make_the_comma_the_separator():
    assert read(b"a;b\n1,5;2,5\n3,5;4,5\n").rows[1] == ["1,5", "2,5"]


def test_a_quoted_text_may_hold_separators_and_line_breaks():
    assert read(b'a;b\n"x;y";"1\n2"\n').rows[1] == ["x;y", "1\n2"]


def test_a_row_with_too_many_fields_is_told_by_its_number_and_never_shifted():
    sheet = read(b"Nro;Nimi;Summa\n1;Kirjasto;5\n2;Puisto; tori;7\n3;Satama;9\n")
    (fault,) = sheet.faults
    assert (fault.msgid, fault.place.row, fault.params["found"]) == (separated.BROKEN_ROW, 3, 4)
    assert sheet.rows[2] == []
    assert sheet.rows[3] == ["3", "Satama", "9"]


def test_separators_at_the_end_of_every_row_and_of_blank_rows_do_no_harm():
    sheet = read(b"a;b;;\n1;2;;\n;;;;\n3;4;;\n")
    assert sheet.faults == ()
    assert sheet.rows[3] == ["3", "4", "", ""]


def test_a_field_too_many_is_told_even_when_the_last_one_is_empty():
    assert len(read(b"a;b;c\n1;x; y;\n2;z;\n3;w;\n").faults) == 1


def test_a_sheet_is_named_as_its_file_and_too_many_rows_are_refused(monkeypatch):
    assert read(b"a;b\n1;2\n", "kansio/luettelo.csv").name == "luettelo"
    monkeypatch.setattr(limits, "MOST_ROWS", 1)
    with pytest.raises(Refusal):
        read(b"a;b\n1;2\n")


def test_text_under_another_name_is_no_workbook():
    with pytest.raises(Refusal):
        read(FINNISH.encode(), "taulu.xlsx")
