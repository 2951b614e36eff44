"""The check page: what a file would change is told, filtered, decided and imported only as it was decided."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.core.problem import Problem, problem_to_json
from portfolio.core.rights import Role
from portfolio.exchange.merge import Choice, Outcome, RowFate
from portfolio.exchange.models import PlannedCell, PlannedRow, Upload, UploadState
from tests import factories
from tests.exchange.plans import Plan, create_export, create_upload

FRAGMENT = {"HX-Request": "true"}


class Checked:
    """A file of the office's with a plan of every kind, and where its page is."""

    def __init__(self, town):
        self.town, session, place = town, town.session, town.municipality.id
        user = town.users[Role.OFFICE].id
        self.item = factories.create_initiative(session, municipality_id=place, title_fi="Asiakaspalvelu")
        export = create_export(session, place, user)
        summary = {"rows": 46, "unchanged_rows": 39, "cleared": 1}
        self.upload = create_upload(session, place, user, export_id=export.id, summary=summary, plan_hash="abc")
        plan = Plan(session, self.upload)
        row = plan.row("Asiakaspalvelu", item=self.item)
        self.changed = plan.cell(row, "progress", base=30, current=30, incoming=45)
        sides = {"base": ("post", "a"), "current": ("post", "Talousjohtaja"), "incoming": ("post", "Strategiajohtaja")}
        self.conflict = plan.cell(row, "owner_post", Outcome.CONFLICT, **sides)
        plan.cell(row, "status", Outcome.KEEP, base="approved", current="completed", incoming="approved")
        wrong = problem_to_json(Problem('"%(text)s" is not a number. Write it in digits.', {"text": "n. 40 t"}))
        bad = plan.row("Tonttitarjonta", place=22, blocked=True)
        plan.cell(bad, "progress", Outcome.ERROR, raw="n. 40 t", problem=wrong, ticked=False)
        self.new = plan.row("Uusi tilannekuva", RowFate.ADD, place=31, comment="Sovittu johtoryhmässä")
        plan.cell(self.new, "kind", number=-1, incoming="project")
        money = "money:2027:operating:own:planned"
        plan.cell(plan.row("Rahaa", place=33), money, current=Decimal(30000), incoming=Decimal(40000))
        plan.row("Ei tiedostossa", RowFate.MISSING, place=None)
        self.address = f"/{town.code}/exchange/uploads/{self.upload.id}"
        town.commit()

    def kept(self, cell):
        (found,) = self.town.rows(select(PlannedCell).where(PlannedCell.id == cell.id))
        return found.ticked, found.choice


@pytest.fixture
def checked(town):
    return Checked(town)


@pytest.fixture
def office(pages, checked):
    pages.sign_in(Role.OFFICE)
    return pages


def tiles(page):
    return {" ".join(tile.get_text(" ").split()) for tile in page.select(".tile")}


def test_the_page_tells_what_was_read_and_counts_what_would_happen(office, checked):
    page = office.get(f"{checked.address}/check")
    said = " ".join(page.select_one(".sub").get_text(" ").split())
    assert "46 riviä luettu, 39 ennallaan." in said
    assert "1 solu tyhjennetään." in said
    assert "1 ristiriita odottaa valintaasi" in said
    parts = {"2 muuttuvaa solua", "1 uusi rivi", "1 solu ristiriidassa", "1 virheellinen solu"}
    parts |= {"1 solu säilyy, muutettu täällä", "1 rivi puuttuu tiedostosta", "1 kommentti"}
    assert tiles(page) == parts
    assert "1 rivi jää pois, kunnes sen virheet on korjattu." in said
    assert "Tuodaan: 2 muuttuvaa solua ja 1 kokonainen rivi." in said
    assert "Tuo 3 muutosta" in page.select_one("#plan-apply").get_text()


def test_each_cell_says_what_happens_in_words(office, checked):
    words = office.get(f"{checked.address}/check").words
    for told in (
        *("oli 30 % → on nyt 45 %", "viedessä a", "tiedostossa Strategiajohtaja", "nyt Talousjohtaja"),
        *("n. 40 t", "Kirjoita se numeroin.", "Muutettu täällä viennin jälkeen: Valmis"),
        *("Uusi: Uusi tilannekuva", "Hanke", "Sovittu johtoryhmässä", "30 000 €", "40 000 €"),
    ):
        assert told in words.replace("\N{NO-BREAK SPACE}", " ")


def test_a_part_and_a_column_are_looked_at_alone(office, checked):
    page = office.get(f"{checked.address}/check?shown=conflict&column=initiative.owner_post")
    assert "Strategiajohtaja" in page.words
    assert "45 %" not in page.words
    assert page.select_one(".tile.on").get_text(" ").split() == ["1", "solu", "ristiriidassa"]
    missing = office.get(f"{checked.address}/check?shown=missing").words
    assert "Ei tiedostossa" in missing


@pytest.mark.parametrize("query", ["page=999", "page=x&per=7", "shown=nothing&column=a.b", "column=initiative"])
def test_an_address_that_means_nothing_shows_the_plan_all_the_same(office, checked, query):
    assert "Asiakaspalvelu" in office.get(f"{checked.address}/check?{query}").words


def test_a_long_plan_has_pages(office, checked, town):
    plan = Plan(town.session, town.session.get(Upload, checked.upload.id), 100)
    for number in range(60):
        plan.cell(plan.row(f"Kohde {number:02}"), "progress", incoming=5)
    town.commit()
    first = office.get(f"{checked.address}/check?shown=changed&per=25")
    assert "Kohde 59" not in first.words
    last = office.get(f"{checked.address}/check?shown=changed&per=25&page=3")
    assert "Kohde 59" in last.words
    assert last.select(".paging [aria-current=page]")[0].get_text().strip() == "3"


def test_ticks_and_choices_are_kept_without_scripts(office, checked):
    page = office.get(f"{checked.address}/check")
    shown = office.post_form(page, form="#plan", tick=[], **{f"side-c{checked.conflict.id}": "file"})
    assert checked.kept(checked.changed) == (False, None)
    assert checked.kept(checked.conflict) == (True, Choice.FILE)
    assert "Kaikki ristiriidat on ratkaistu." in shown.words


def test_later_leaves_a_conflict_for_the_next_time(office, checked):
    page = office.get(f"{checked.address}/check")
    office.post_form(page, form="#plan", **{f"side-c{checked.conflict.id}": "later"})
    assert checked.kept(checked.conflict) == (False, None)


def test_what_a_page_did_not_show_stays_as_it_is(office, checked):
    page = office.get(f"{checked.address}/check?shown=conflict")
    office.post_form(page, form="#plan", **{f"side-c{checked.conflict.id}": "current"})
    assert checked.kept(checked.changed) == (True, None)
    assert checked.kept(checked.conflict) == (True, Choice.CURRENT)


@pytest.mark.parametrize(("what", "ticked"), [("untick", False), ("tick", True)])
def test_everything_that_a_filter_shows_is_ticked_or_unticked_at_once(office, checked, what, ticked):
    page = office.get(f"{checked.address}/check?shown=changed")
    office.post_form(page, form="#plan", button=("what", what))
    assert checked.kept(checked.changed)[0] is ticked


def test_all_conflicts_of_a_column_are_decided_at_once(office, checked):
    page = office.get(f"{checked.address}/check?shown=conflict")
    office.post_form(page, form="#plan", button=("what", "file:initiative.owner_post"))
    assert checked.kept(checked.conflict) == (True, Choice.FILE)


def test_a_click_is_kept_at_once_and_only_what_changed_is_sent_back(office, checked):
    data = {"csrf_token": office.token(), "seen": [f"c{checked.changed.id}"], "tick": []}
    answer = office.client.post(f"{checked.address}/decide", data=data, headers=FRAGMENT)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="plan-said"' in answer.text
    assert "Tuo 2 muutosta" in answer.text
    assert checked.kept(checked.changed) == (False, None)


def test_marks_of_another_file_and_nonsense_change_nothing(office, checked, town):
    other = create_upload(town.session, town.municipality.id, town.users[Role.ADMIN].id)
    plan = Plan(town.session, other)
    cell = plan.cell(plan.row("Toisen kohde"), "progress", incoming=5)
    town.commit()
    seen = [f"c{cell.id}", "c", "x1", "c999999999999999", "c٣"]
    data = {"csrf_token": office.token(), "seen": seen, "tick": []}
    assert office.client.post(f"{checked.address}/decide", data=data).status_code == 302
    assert checked.kept(cell) == (True, None)


def test_an_undecided_conflict_stops_the_import_with_a_sentence(office, checked, town):
    page = office.get(f"{checked.address}/check")
    answer = office.client.post(f"{checked.address}/apply", data=form_of(page))
    assert answer.status_code == 422
    assert "Mitään ei tuotu" in answer.text
    assert "Näytä ristiriidat" in answer.text
    assert town.rows(select(Upload.state).where(Upload.id == checked.upload.id)) == [UploadState.CHECKED]


def test_what_was_not_saved_yet_is_saved_before_anything_is_imported(office, checked, town):
    page = office.get(f"{checked.address}/check")
    data = form_of(page) | {"tick": []}
    answer = office.client.post(f"{checked.address}/apply", data=data, follow_redirects=True)
    assert "Valintasi tallennettiin ensin" in answer.text
    assert checked.kept(checked.changed) == (False, None)
    assert town.rows(select(Upload.state).where(Upload.id == checked.upload.id)) == [UploadState.CHECKED]


def test_a_page_of_an_earlier_plan_imports_nothing(office, checked):
    page = office.get(f"{checked.address}/check")
    answer = office.client.post(f"{checked.address}/apply", data=form_of(page) | {"plan": "another"})
    assert answer.status_code == 409
    assert "verrattu uudelleen" in answer.text


@pytest.mark.parametrize("role", [Role.ADMIN, Role.REPORTER])
@pytest.mark.parametrize("part", ["", "/check", "/result", "/errors.xlsx"])
def test_a_plan_is_nobody_elses(pages, checked, role, part):
    pages.sign_in(role)
    assert pages.client.get(f"{checked.address}{part}").status_code == 404


@pytest.mark.parametrize("part", ["decide", "apply", "discard", "cancel", "again"])
def test_nobody_else_decides(pages, checked, town, part):
    pages.sign_in(Role.ADMIN)
    answer = pages.client.post(f"{checked.address}/{part}", data={"csrf_token": pages.token()})
    assert answer.status_code == 404
    assert town.rows(select(Upload.state).where(Upload.id == checked.upload.id)) == [UploadState.CHECKED]


def test_a_viewer_has_no_room(pages, checked):
    pages.sign_in(Role.VIEWER)
    assert pages.client.get(f"/{checked.town.code}/exchange").status_code == 403


def test_texts_of_a_file_are_never_markup(office, checked, town):
    attack = "<img src=x onerror=alert(1)>'\"{{7*7}}"
    plan = Plan(town.session, town.session.get(Upload, checked.upload.id), 100)
    row = plan.row(attack, comment=attack)
    plan.cell(row, "goals", current=attack, incoming=attack + "2")
    bad = problem_to_json(Problem('"%(text)s" is not a number. Write it in digits.', {"text": attack}))
    plan.cell(row, "progress", Outcome.ERROR, raw=attack, problem=bad)
    town.commit()
    page = office.get(f"{checked.address}/check")
    assert attack in page.words
    assert not page.select("main img, main [onerror]")
    assert "49" not in page.select_one(".plan").get_text()


def test_a_file_given_up_leaves_no_plan(office, checked, town):
    page = office.get(f"{checked.address}/check")
    shown = office.post_form(page, form="form.one-button[action$=discard]")
    assert "Mitään ei tuotu" in shown.words
    assert town.rows(select(PlannedRow).where(PlannedRow.upload_id == checked.upload.id)) == []
    assert town.rows(select(Upload.data).where(Upload.id == checked.upload.id)) == [None]


def test_the_number_of_statements_does_not_grow_with_the_rows(office, checked, town, engine, counted):
    with counted(engine) as few:
        office.get(f"{checked.address}/check")
    plan = Plan(town.session, town.session.get(Upload, checked.upload.id), 100)
    for number in range(30):
        item = factories.create_initiative(town.session, municipality_id=town.municipality.id)
        plan.cell(plan.row(f"Kohde {number}", item=item), "progress", incoming=5)
    town.commit()
    with counted(engine) as many:
        office.get(f"{checked.address}/check")
    assert many.queries == few.queries


def test_a_removal_counts_as_one_change_and_is_told_by_its_row_alone(office, checked, town):
    plan = Plan(town.session, town.session.get(Upload, checked.upload.id), 100)
    row = plan.row("Poistuva kohde", RowFate.REMOVE)
    plan.cell(row, "removed", current=False, incoming=True, number=-1)
    town.commit()
    page = office.get(f"{checked.address}/check")
    assert "Tuo 4 muutosta" in page.select_one("#plan-apply").get_text()
    assert "1 poistettava rivi" in tiles(page)
    assert "removed" not in page.words


def test_a_removal_of_what_others_changed_says_who_changed_it(office, checked, town):
    plan = Plan(town.session, town.session.get(Upload, checked.upload.id), 100)
    row = plan.row("Asiakaspalvelu", RowFate.REMOVE, item=checked.item)
    plan.cell(row, "removed", Outcome.CONFLICT, current=False, incoming=True, note="removed")
    town.commit()
    words = office.get(f"{checked.address}/check?shown=conflict").words
    assert "Toiminto tiedostossa poistettu nyt ei poistettu" in words
    assert "Tiedosto poistaa tämän rivin, mutta sitä on muutettu täällä" in words
    assert "Muutti Järjestelmä" in words.partition("Toiminto tiedostossa")[2]


def test_a_line_of_the_file_that_could_not_be_read_is_told(office, checked, town):
    upload = town.session.get(Upload, checked.upload.id)
    upload.problems = [problem_to_json(Problem('The sheet "%(sheet)s" is missing.', {"sheet": "Budjetti"}))]
    town.commit()
    assert "Budjetti" in office.get(f"{checked.address}/check").select_one(".notice.warn").get_text()


def test_a_row_that_others_removed_lists_only_what_the_file_changed_in_it(office, checked, town):
    plan = Plan(town.session, town.session.get(Upload, checked.upload.id), 100)
    row = plan.row("Toisten poistama", RowFate.GONE)
    plan.cell(row, "progress", Outcome.CONFLICT, base=5, incoming=77)
    plan.cell(row, "title_sv", Outcome.KEEP, base="Borttagen", incoming="Borttagen")
    town.commit()
    words = office.get(f"{checked.address}/check").words
    assert "77 %" in words
    assert "Nimi ruotsiksi" not in words


def test_a_row_that_only_has_a_comment_is_shown(office, checked, town):
    Plan(town.session, town.session.get(Upload, checked.upload.id), 100).row("Ennallaan", comment="Kysytään vielä")
    town.commit()
    words = office.get(f"{checked.address}/check?shown=commented").words
    assert "Kysytään vielä" in words
    assert "Sovittu johtoryhmässä" in words


def form_of(page):
    """The fields of the form as the page has them."""
    data = {}
    for field in page.select("#plan input"):
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        data.setdefault(field["name"], []).append(field.get("value", ""))
    return data
