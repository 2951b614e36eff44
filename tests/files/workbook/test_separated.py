import pytest

from portfolio.core.problem import Refusal
from portfolio.files.workbook import limits, read_workbook, separated

FINNISH = "Nro;Toimenpide;Summa\n1;Kirjasto;1 234,50\n2;Älykäs ohjaus;0\n"


def read(data, name="taulu.csv"):
    (sheet,) = read_workbook(data, name).sheets
    return sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
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


def test_text_under_another_name_is_refused_with_its_own():
    with pytest.raises(Refusal):
        read(FINNISH.encode(), "taulu.xlsx")


def refused(text):
    with pytest.raises(Refusal) as refusal:
        read(text.encode())
    (problem,) = refusal.value.problems
    return problem


def test_a_row_with_too_few_fields_is_told_by_its_line_and_never_shifted():
    sheet = read(b'Nro;Nimi;Summa\n1;Kirjasto;5\n2;Puisto\njatkuu;7\n3;"Satama\nja laituri";9\n4;Tori\n')
    assert [(fault.params["line"], fault.place.row, fault.params["found"]) for fault in sheet.faults] == [
        (3, 3, 2),
        (4, 4, 2),
        (7, 6, 2),
    ]
    assert sheet.rows == [
        ["Nro", "Nimi", "Summa"],
        ["1", "Kirjasto", "5"],
        [],
        [],
        ["3", "Satama\nja laituri", "9"],
        [],
    ]


def test_titles_above_the_table_and_notes_parted_from_it_are_whole():
    sheet = read("Ohjelma 2026\nVersio;2\n\nNro;Nimi;Summa\n1;a;5\n2;b;6\n\nLähde: talous\nSivu 1\n".encode())
    assert sheet.faults == ()
    assert [row[0] for row in sheet.rows] == [
        "Ohjelma 2026",
        "Versio",
        "",
        "Nro",
        "1",
        "2",
        "",
        "Lähde: talous",
        "Sivu 1",
    ]


def test_separators_that_excel_leaves_out_at_the_end_of_many_rows_are_blanks():
    short = "".join(f"{number};x\n" for number in range(16))
    full = "".join(f"{number};x;1\n" for number in range(20))
    sheet = read(f"Nro;Nimi;Huom\n{full}{short}".encode())
    assert sheet.faults == ()
    assert sheet.rows[-1] == ["15", "x", ""]


def test_quotation_marks_that_do_not_match_are_told_by_their_line():
    sheet = read(b'a;b\n1;x\n2;"y"z\n3;5" putki\n')
    (fault,) = sheet.faults
    assert (fault.msgid, fault.params["line"]) == (separated.BROKEN_QUOTES, 3)
    assert sheet.rows[3] == ["3", '5" putki']


def test_a_quotation_mark_that_is_never_closed_hides_the_rest_so_the_file_is_refused():
    problem = refused('a;b\n1;x\n2;"y\n3;z\n')
    assert (problem.msgid, problem.params["line"]) == (separated.UNCLOSED, 3)


def test_the_line_that_names_the_separator_is_no_row_but_a_line():
    sheet = read(b"sep=,\r\na,b\r\n1,2\r\n3\r\n4,5\r\n")
    assert sheet.rows[:2] == [["a", "b"], ["1", "2"]]
    assert [(fault.params["line"], fault.place.row) for fault in sheet.faults] == [(4, 3)]


def test_a_million_padded_rows_are_not_content():
    sheet = read(b"a;b\r\n1;2\r\n" + b";\r\n" * 1_048_574)
    assert sheet.rows == [["a", "b"], ["1", "2"]]


def test_a_line_of_endless_fields_and_bytes_of_no_alphabet_are_refused():
    assert refused("a" + ";" * 20_000).msgid == separated.TOO_MANY_FIELDS
    assert refused("a" + ";" * 5_000 + "b\n").msgid == limits.REACHES_TOO_FAR
    with pytest.raises(Refusal) as refusal:
        read(b"\xff\xfe\x00\xd8")
    assert refusal.value.problems[0].msgid == separated.UNKNOWN_LETTERS


def test_a_text_longer_than_a_cell_and_a_control_character_are_told_in_csv_too():
    sheet = read(b"a;b\n1;" + b"x" * 40_000 + b"\n2;y\x07\n3;z\n")
    assert [(fault.msgid, fault.place.row) for fault in sheet.faults] == [
        (limits.TOO_LONG, 2),
        (limits.CONTROL_CHARACTER, 3),
    ]
    assert sheet.rows == [["a", "b"], [], [], ["3", "z"]]
