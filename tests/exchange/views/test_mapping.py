"""A workbook that nobody prepared, from sending it to the check page, through the pages themselves."""

import io
import re

import pytest
from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.cli.job import handlers
from portfolio.core.jobs import run
from portfolio.core.rights import Role
from portfolio.exchange.apply.mapping import BLANK, NOBODY_PREPARED
from portfolio.exchange.models import SavedProfile, Upload, UploadState
from tests import factories
from tests.exchange.mapped import create_profile
from tests.workbooks import workbook_bytes

HEAD = ["Nro", "Hanke", "Vastuualue", "Tila", "Mittari"]
ROWS = [
    ["Hankelista 2025"],
    HEAD,
    [1, "Torin uudistus", "Koeyksikkö", "Käynnissä", "Kävijät"],
    [2, "Pyörätiet", "Koeyksikkö", "Ei aloitettu", None],
]


@pytest.fixture
def office(pages, town, clock, monkeypatch):
    """Somebody of the office; what they send is read here at once."""
    from portfolio.exchange.views import uploading

    unit = factories.create_unit(town.session, municipality_id=town.municipality.id, name_fi="Koeyksikkö")
    factories.create_portfolio(town.session, municipality_id=town.municipality.id, unit_id=unit.id, name_fi="Koesalkku")
    town.commit()
    pages.begun = []
    monkeypatch.setattr(uploading, "start_after_commit", pages.begun.append)
    pages.sign_in(Role.OFFICE)
    return pages


def read_files(pages, engine, clock):
    """Run the jobs that the pages began, as the command does."""
    while pages.begun:
        job = pages.begun.pop(0)
        clock.move(seconds=1)
        other = open_engine(str(engine.url.render_as_string(hide_password=False)))
        run(other, job, handlers(), clock)
        other.dispose()


def send(pages, engine, clock, data, name="oma.xlsx"):
    form = {"csrf_token": pages.token(), "files": (io.BytesIO(data), name)}
    answer = pages.client.post("/koekunta/exchange/uploads", data=form, content_type="multipart/form-data")
    read_files(pages, engine, clock)
    return answer.location


def show_again(pages, page, **fields):
    """Press the button that shows the page anew by what was answered."""
    form = page.select_one("#mapping")
    form["action"] = form.select_one("button[formaction]")["formaction"]
    return pages.post_form(page, form="#mapping", **fields)


def the_upload(town):
    (upload,) = town.rows(select(Upload))
    return upload


def chosen(page, name):
    return page.select_one(f"select[name={name}] option[selected]")["value"]


def test_a_file_that_nobody_prepared_is_shown_with_its_guess_and_a_live_sample(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    assert page.url.endswith("/mapping")
    assert [chosen(page, f"s0_c{number}") for number in range(1, 5)] == ["number", "title_fi", "unit", "status"]
    assert page.select_one("select[name=s0_c5] option").text == "Ei luettu"
    assert page.select_one("tr.is-unread th").text.split() == ["E", "Mittari"]
    assert [one["value"] for one in page.select("#s0_first")] == ["2"]
    assert "Torin uudistus" in page.select("table.wide")[-1].text
    assert the_upload(town).state is UploadState.MAPPING


def test_an_answer_shows_the_page_anew_and_keeps_nothing(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    again = show_again(office, page, s0_c5="results")
    assert chosen(again, "s0_c5") == "results"
    assert again.select_one("input[name=s0_c5_own]")
    assert "Kävijät" in again.select("table.wide")[-1].text
    assert the_upload(town).profile is None


def test_the_name_that_was_typed_stays_when_the_page_is_shown_anew(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    again = show_again(office, page, name="Hankelista")
    assert again.select_one("#name")["value"] == "Hankelista"


def test_words_that_nobody_knows_are_asked_and_read_as_a_person_says(office, engine, clock, town):
    rows = [*ROWS, [3, "Satama", "Satamalaitos", "Kypsyy", None], [4, "Silta", "Koeyksikkö", "Valmis", None]]
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": rows})))
    asked = {label["for"]: label.text for label in page.select(".value-map label")}
    assert asked == {"s0_v3_0": "Satamalaitos", "s0_v4_0": "Kypsyy"}
    (unit,) = [one["value"] for one in page.select("#s0_v3_0 option") if one.text == "Koeyksikkö"]
    again = show_again(office, page, s0_v3_0=unit, s0_v4_0="in_preparation")
    assert (chosen(again, "s0_v3_0"), chosen(again, "s0_v4_0")) == (unit, "in_preparation")
    assert "Soluja, joita ei voitu lukea" not in again.text
    office.post_form(again, form="#mapping")
    read_files(office, engine, clock)
    assert the_upload(town).summary["added"] == 4


def test_the_confirmed_mapping_leads_to_the_check_page_and_nothing_is_imported_yet(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    waiting = office.post_form(page, form="#mapping", s0_c5="results")
    read_files(office, engine, clock)
    check = office.get(waiting.url)
    assert check.url.endswith("/check")
    assert "Torin uudistus" in check.text
    upload = the_upload(town)
    assert upload.state is UploadState.CHECKED
    assert upload.profile["sheet"][0]["columns"]["results"] == ["Mittari"]
    assert upload.summary["added"] == 2


def test_a_named_mapping_is_saved_and_the_next_such_file_is_read_without_asking(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    office.post_form(page, form="#mapping", name="Hankelista")
    read_files(office, engine, clock)
    assert [one.name for one in town.rows(select(SavedProfile))] == ["Hankelista"]
    more = [*ROWS, [3, "Satama", "Koeyksikkö", "Valmis", None]]
    check = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": more}), "uusi.xlsx"))
    assert check.url.endswith("/check")


def test_next_year_s_file_is_read_by_the_mapping_of_this_year_s(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet 2025": ROWS})))
    office.post_form(page, form="#mapping", name="Hankelista")
    read_files(office, engine, clock)
    more = [*ROWS, [3, "Satama", "Koeyksikkö", "Valmis", None]]
    check = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet 2026": more}), "uusi.xlsx"))
    assert check.url.endswith("/check")


def test_a_name_that_is_taken_is_refused_and_the_answers_stay(office, engine, clock, town):
    create_profile(town.session, municipality_id=town.municipality.id, name="Hankelista")
    town.commit()
    data = workbook_bytes({"Taul1": ROWS})  # no sheet that the saved mapping would fit
    page = office.get(send(office, engine, clock, data))
    again = office.post_form(page, form="#mapping", status=422, name="Hankelista", s0_c5="results")
    assert chosen(again, "s0_c5") == "results"
    assert again.select_one(".error-summary")


def test_a_sheet_that_is_not_wanted_is_not_read(office, engine, clock, town):
    data = workbook_bytes({"Hankkeet": ROWS, "Toiset": [HEAD, [9, "Silta", "Koeyksikkö", "Valmis", None]]})
    page = office.get(send(office, engine, clock, data))
    again = show_again(office, page, s1_read=None)
    assert not again.select_one("#s1_read").has_attr("checked")
    assert "Silta" not in " ".join(table.text for table in again.select("table.wide"))


def test_the_heading_may_be_told_by_hand(office, engine, clock, town):
    rows = [["Hanke", "Tila"], ["vanha otsikko", "toinen"], ["Hanke", "Tila"], ["Torin uudistus", "Valmis"]]
    page = office.get(send(office, engine, clock, workbook_bytes({"Taul1": rows})))
    again = show_again(office, page, s0_first="3")
    assert again.select_one("#s0_first")["value"] == "3"
    assert "vanha otsikko" not in again.select("table.wide")[-1].text


def test_money_of_a_year_is_told_by_hand_and_two_columns_do_not_hold_the_same(office, engine, clock, town):
    rows = [["Hanke", "Summa A", "Summa B"], ["Tori", 5, 6], ["Silta", 7, 8]]
    page = office.get(send(office, engine, clock, workbook_bytes({"Taul1": rows})))
    page = show_again(office, page, s0_first="1")
    again = show_again(office, page, s0_c2="money", s0_c3="money")
    again.select_one("#s0_y2")["value"] = "2025"
    again.select_one("#s0_y3")["value"] = "2025"
    again = show_again(office, again)
    assert "5\N{NO-BREAK SPACE}€" in again.select("table.wide")[-1].text
    assert chosen(again, "s0_c3") == ""


def test_a_reporter_s_file_that_nobody_prepared_is_refused_in_words(office, engine, clock, town):
    office.sign_in(Role.REPORTER)
    send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS}))
    upload = the_upload(town)
    assert upload.state is UploadState.REFUSED
    assert [problem["msgid"] for problem in upload.problems] == [NOBODY_PREPARED]


def test_a_blank_file_is_refused(office, engine, clock, town):
    send(office, engine, clock, workbook_bytes({"Taul1": []}))
    assert [problem["msgid"] for problem in the_upload(town).problems] == [BLANK]


def test_saved_mappings_are_listed_and_deleted(office, town):
    saved = create_profile(town.session, municipality_id=town.municipality.id, name="Vanha kartoitus")
    town.commit()
    page = office.get("/koekunta/exchange/profiles")
    assert "Vanha kartoitus" in page.text
    answer = office.post_form(page, form=f"form[action$='/profiles/{saved.id}/delete']")
    assert answer.url.endswith("/profiles")
    assert town.rows(select(SavedProfile)) == []


def test_answers_that_no_page_of_ours_sends_are_passed_over(office, engine, clock, town):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    odd = {"s0_c²": "title_fi", "s0_c99999": "results", "s0_c" + "9" * 5000: "results", "s0_first": "99999"}
    form = {field["name"]: field.get("value", "") for field in page.select("#mapping input[name]")}
    address = page.select_one("#mapping button[formaction]")["formaction"]
    answer = office.client.post(address, data={**form, **odd})
    assert answer.status_code == 200


def test_a_column_that_nobody_touched_keeps_its_guess_with_its_unit(office, engine, clock, town):
    rows = [["Hanke", "Vuosi", "Suunniteltu (1 000 €)", "Edistyminen"], ["Tori", 2025, 5, 0.5], ["Silta", 2026, 6, 0.1]]
    page = office.get(send(office, engine, clock, workbook_bytes({"Taul1": rows})))
    again = show_again(office, page)
    assert again.select("input[name$=_own]") == []
    first, second = ([one["value"] for one in found.select("select option[selected]")] for found in (page, again))
    assert first == second


def test_what_the_mapping_needs_is_loaded_once_and_without_the_money(office, engine, clock, town, counted):
    page = office.get(send(office, engine, clock, workbook_bytes({"Hankkeet": ROWS})))
    with counted(engine) as shown:
        office.get(page.url)
    with counted(engine) as anew:
        show_again(office, page, s0_c5="results")
    for count in (shown, anew):
        read = [table for one in count.statements for table in _tables_read(one)]
        assert "budget_line" not in read
        assert "milestone" not in read
        assert read.count("initiative") == 2  # their names, and how many each portfolio has
        assert read.count("category_scheme") <= 3
        assert len(count.statements) < 40


def _tables_read(statement):
    return re.findall(r"FROM \"?(\w+)", statement)
