from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.core.timespan import Context, parse
from portfolio.exchange.columns import UNKNOWN, Entity, Known, Registry, column, norm, normalise
from portfolio.exchange.columns import words as lists
from portfolio.exchange.export.layout.values import Values
from portfolio.exchange.profile import END, START, Profile, Section, SheetProfile
from portfolio.exchange.rows import Surroundings
from portfolio.exchange.rows.model import RawCell
from portfolio.exchange.rows.split import split_cells
from portfolio.exchange.rows.typed import reading_of
from portfolio.files.cells import Sheet

UNITS = [
    Known(("unit", "tek"), "Tekninen", "", ("tek",), (), ("Tekninen", "Tekniska")),
    Known(("unit", "siv"), "Sivistys", "", ("siv",), (), ("Sivistys", "Bildning")),
    Known(("unit", "siv2"), "Sivistys", "", ("siv2",), (), ("Sivistys",)),
]
ITEMS = [
    Known(("initiative", "p/1"), "Kirjasto", "p", ("K-1",), ("1",), ("Kirjasto",)),
    Known(("initiative", "p/2"), "Satama; laituri", "p", ("K-2",), ("2",), ("Satama; laituri",)),
]
MEASURE = r"^(?:Toimenpide )?(?P<number>\d+ ?\.?[a-z]?)[:.]? +(?P<title_fi>.+)$"


def make(registry=(), **more):
    sheet = SheetProfile(("Taulu",), Entity.INITIATIVE, portfolio="p", **more)
    profile = Profile("kunta", sheets=(sheet,))
    around = Surroundings(Context.default(), Registry([*UNITS, *ITEMS, *registry]))
    return sheet, Values(profile, around), profile, around


def read(sheet, profile, around, field, cell, unit=None):
    found = column(sheet.entity, field)
    return normalise(found, cell, reading_of(profile, sheet, found, around, unit))


words = st.text("abcdefghijklmnoåäö 123/-.", min_size=1, max_size=12).map(str.strip).filter(norm)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(words, st.sampled_from(sorted(lists.STATUS)), max_size=6), st.sampled_from(sorted(lists.STATUS)))
def test_whatever_words_a_profile_has_every_status_is_read_back_as_itself(said, status):
    by_norm = {norm(word): code for word, code in said.items()}
    sheet, values, profile, around = make(values={"status": by_norm})
    assert read(sheet, profile, around, "status", values.cell(sheet, "status", status)) == status


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(words, st.sampled_from(sorted(lists.BENEFIT)), max_size=6),
    st.frozensets(st.sampled_from(sorted(lists.BENEFIT)), min_size=1),
)
def test_whatever_words_a_profile_has_several_choices_are_read_back(said, benefits):
    sheet, values, profile, around = make(values={"benefits": {norm(word): code for word, code in said.items()}})
    assert read(sheet, profile, around, "benefits", values.cell(sheet, "benefits", benefits)) == benefits


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["eur", "teur", "meur"]))
def test_money_is_read_back_to_the_cent_in_every_unit(euros, unit):
    sheet, values, profile, around = make()
    field = "money:2026:operating:own:planned"
    assert read(sheet, profile, around, field, values.cell(sheet, field, euros, unit), unit) == euros


@given(st.integers(0, 100), st.sampled_from(["fraction", "percent"]))
def test_a_percentage_is_read_back_in_both_units(progress, unit):
    sheet, values, profile, around = make(units={"progress": unit})
    assert read(sheet, profile, around, "progress", values.cell(sheet, "progress", progress)) == progress


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[1-9]\d?( ?\.?[a-z])?", fullmatch=True), words)
def test_a_split_cell_is_taken_apart_into_what_it_was_joined_of(number, title):
    sheet, values, *_ = make(split={"title_fi": MEASURE})
    text = values.joined(sheet, "title_fi", {"number": number, "title_fi": title})
    page = Sheet("Taulu", ((text,),))
    cells, faults = split_cells(page, sheet, {"title_fi": RawCell(text, 1, 1)})
    assert faults == []
    if "number" in cells:
        assert (str(cells["number"].value), cells["title_fi"].value) == (number, title)
    else:
        assert cells["title_fi"].value == title


def test_a_title_without_a_number_stands_alone():
    sheet, values, *_ = make(split={"title_fi": MEASURE})
    assert values.joined(sheet, "title_fi", {"title_fi": "Foorumit"}) == "Foorumit"


def test_the_profile_s_own_word_goes_before_the_system_s():
    sheet, values, *_ = make(values={"status": {"Menossa": "under_way"}})
    assert values.cell(sheet, "status", "under_way") == "Menossa"
    assert values.cell(sheet, "status", "completed") == "Valmis"


def test_a_word_that_the_profile_uses_for_something_else_gives_way_to_the_code():
    sheet, values, *_ = make(values={"status": {"Valmis": "in_use"}})
    assert values.cell(sheet, "status", "completed") == "completed"


def test_the_system_s_words_are_small_where_the_profile_s_are():
    sheet, values, *_ = make(values={"kind": {"hanke": "project"}})
    assert values.cell(sheet, "kind", "need") == "tarve"


def test_what_a_blank_means_is_written_as_a_blank():
    sheet, values, *_ = make(values={"status": {"": "proposed"}})
    assert values.cell(sheet, "status", "proposed") == ""


def test_a_name_that_several_have_is_written_with_its_code():
    sheet, values, *_ = make()
    assert values.cell(sheet, "unit", ("unit", "tek")) == "Tekninen"
    assert values.cell(sheet, "unit", ("unit", "siv2")) in {"Sivistys (siv2)", "siv2"}


@pytest.mark.parametrize(("heading", "text"), [("Kohde", "Kirjasto"), ("Kohde (nro)", "1"), ("Tunnus", "1")])
def test_an_item_is_named_by_its_number_where_the_heading_says_so(heading, text):
    sheet, values, *_ = make()
    assert values.cell(sheet, "merged_into", ("initiative", "p/1"), None, heading) == text


def test_money_that_is_not_known_has_the_profile_s_words_and_zero_is_a_number():
    sheet, values, *_ = make(values={"amount": {"avoin": "unknown", "ei erillistä määrärahaa": 0}})
    field = "money:2026:operating:own:planned"
    assert values.cell(sheet, field, UNKNOWN, "eur") == "avoin"
    assert values.cell(sheet, field, Decimal(0), "eur") == 0


def test_time_words_stand_as_they_were_written_and_a_year_is_a_number():
    sheet, values, *_ = make()
    times = Context.default()
    assert values.cell(sheet, "timespan", parse("syksyllä 2021", times).value) == "syksyllä 2021"
    assert values.cell(sheet, "timespan", parse("2021", times).value) == 2021


def test_a_time_in_two_columns_has_its_ends_there_or_its_words_in_both():
    times = Context.default()
    _, values, *_ = make()
    two, one = (parse(text, times).value for text in ("2024–2026", "syksyllä 2021"))
    assert [values.end_of_time(end, two) for end in (START, END)] == ["2024", "2026"]
    assert [values.end_of_time(end, one) for end in (START, END)] == ["syksyllä 2021", "syksyllä 2021"]
    assert [values.end_of_time(end, None) for end in (START, END)] == ["", ""]


def test_a_section_row_says_its_name_as_the_profile_wants_it():
    sections = (Section("unit", "^(?P<value>[A-ZÅÄÖ]+)$"), Section("status", r"^\d\. (?P<value>.+)$"))
    sheet, values, *_ = make(sections=sections)
    assert values.section(sheet, 0, ("unit", "tek"), "1") == "TEKNINEN"
    assert values.section(sheet, 1, "under_way", "2") == "2. Käynnissä"


def test_a_section_that_the_profile_cannot_say_is_none():
    sheet, values, *_ = make(sections=(Section("unit", "^(?P<value>KANSLIA)$"), Section("unit")))
    assert values.section(sheet, 0, ("unit", "tek"), "1") is None
    assert values.section(sheet, 0, None, "1") is None


def test_a_closed_list_offers_the_profile_s_words_and_what_it_has_no_word_for():
    sheet, values, *_ = make(values={"reach": {"koko kunta": "organisation"}})
    assert values.choices(sheet, "reach", []) == ["koko kunta", "yksi yksikkö"]
    assert values.choices(sheet, "unit", [("unit", "tek")]) == ["Tekninen"]
    assert values.choices(sheet, "title_fi", []) == []
