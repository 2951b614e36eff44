"""Excel as a client, in a real browser: out to two reporters, edited apart, back, merged, undone, and all of it told.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

import re
from dataclasses import dataclass

import openpyxl
import pytest
from playwright.sync_api import expect

from portfolio.accounts.models import Access, User
from portfolio.cli.context import DATABASE_FILE, open_engine
from portfolio.core.database import open_session
from tests import factories
from tests.fixtures.axe import violations
from tests.fixtures.browser import ready
from tests.fixtures.demo import account, sign_in

SECOND = {"email": "toinen@turku.example", "password": "kahdeksan keltaista kaislaa", "name": "Toinen raportoija"}
SHEET = "Kehittämiskohteet"
CUSTOMER, ADVICE, NETWORK = "T-001-A", "T-002-X", "T-005-M"


@dataclass
class Colleague:
    """Someone in a browser of their own, in Turku."""

    page: object
    url: str

    def open(self, address):
        self.page.goto(f"{self.url}/turku{address}")
        return self.page

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def link(self, name):
        return self.page.get_by_role("link", name=name, exact=isinstance(name, str))

    def fetch_export(self, path):
        """Take out what is offered first, and keep the workbook at a path."""
        self.open("/exchange")
        self.link("Uusi vienti").click()
        self.button("Tee työkirja").click()
        with self.page.expect_download() as download:
            self.link("Hae työkirja").click()
        download.value.save_as(path)
        return path

    def send(self, *paths):
        self.open("/exchange")
        self.page.set_input_files("#files", [str(path) for path in paths])
        self.button("Lähetä ja tarkista").click()

    def wait_for(self, name):
        """Wait until a file that was sent has been read; its row of the list leads on."""
        self.open("/exchange/uploads")
        row = self.page.locator(".files-list > li", has_text=name)
        expect(row).to_contain_text("Odottaa tarkistustasi")
        return row

    def check(self, name):
        """Go to the check page of a file that was sent, once it has been read."""
        self.wait_for(name).get_by_role("link", name=name).click()
        expect(self.page.locator("h1")).to_have_text("Tarkista ennen tuontia")


def edit(path, changes):
    """Write into cells of the sheet of items, as a person offline does: {(code, heading): value}."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[columns["Tunnus"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for (code, heading), value in changes.items():
        sheet.cell(rows[code], columns[heading]).value = value
    book.save(path)
    return path


def add_reporter(folder):
    """A second reporter beside the one of the demo, in the same unit."""
    engine = open_engine(f"sqlite:///{folder / DATABASE_FILE}")
    with open_session(engine, write=True) as session:
        first = session.query(User).filter_by(email=account(folder, "reporter")["email"]).one()
        given = session.query(Access).filter_by(user_id=first.id).first()
        user = factories.create_user(session, **SECOND)
        home = {"municipality_id": given.municipality_id, "unit_id": given.unit_id, "role": given.role}
        factories.create_access(session, user_id=user.id, **home)
        session.commit()
    engine.dispose()


def sign_in_as(page, url, person):
    page.goto(f"{url}/sign-in")
    page.fill("input[name=email]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.click("main form .save-bar button[type=submit]")
    page.wait_for_url(lambda address: "sign-in" not in address)


@pytest.fixture
def town(own_demo, open_page):
    """Give `someone(role)`: a colleague in a browser of their own; `second` is the other reporter."""
    folder, url = own_demo
    add_reporter(folder)

    def someone(role, **options):
        page = open_page(**options)
        if role == "second":
            sign_in_as(page, url, SECOND)
        else:
            sign_in(page, url, folder, role)
        return Colleague(page, url)

    return someone


def as_it_is(path):
    return path


@pytest.fixture(params=["openpyxl", pytest.param("LibreOffice", marks=pytest.mark.whole)])
def carried(request, tmp_path):
    """How one of the files travels: as openpyxl saved it, or through a real LibreOffice."""
    if request.param == "openpyxl":
        return as_it_is
    office = request.getfixturevalue("office")
    folder = tmp_path / "office"
    folder.mkdir()
    return lambda path: office(path, "xlsx", folder)


def test_two_reporters_edit_apart_and_the_office_merges_undoes_and_is_told_all(town, carried, tmp_path, faults):
    first, second, office = town("reporter"), town("second"), town("office")
    # given the same items, taken out by two reporters
    mine = first.fetch_export(tmp_path / "ensimmainen.xlsx")
    theirs = second.fetch_export(tmp_path / "toinen.xlsx")
    # when they edit different cells, and one cell both
    edit(mine, {(CUSTOMER, "Edistyminen"): 0.5, (ADVICE, "Ajankohta"): "syksy 2024"})
    edit(theirs, {(NETWORK, "Edistyminen"): 0.4, (ADVICE, "Ajankohta"): "kevät 2025"})
    office.send(mine, carried(theirs))
    office.wait_for("toinen.xlsx")
    office.check("ensimmainen.xlsx")
    expect(office.page.locator("main")).to_contain_text("syksy 2024")
    office.button("Tuo 2 muutosta").click()
    expect(office.page.locator("h1")).to_have_text("Tuonti on tehty")
    # then the second file was read before the first was imported: it is compared again
    office.check("toinen.xlsx")
    office.button(re.compile("Tuo . muutosta")).click()
    expect(office.page.locator("h1")).to_have_text("Toinen tallensi sillä välin")
    expect(office.page.locator("main")).to_contain_text("Ajankohta")
    office.link("Jatka uuteen tarkistukseen").click()
    expect(office.page.locator("h1")).to_have_text("Tarkista ennen tuontia")
    # and the one cell is a conflict that tells both sides, and who made the other
    conflict = office.page.locator("tr", has_text="tiedostossa")
    for words in ("kevät 2025", "syksy 2024", "ensimmainen.xlsx"):
        expect(conflict).to_contain_text(words)
    # while it is undecided nothing is imported
    office.button("Tuo 1 muutos").click()
    expect(office.page.locator(".error-summary")).to_contain_text("Mitään ei tuotu")
    office.page.get_by_role("radio", name="tiedosto", exact=True).check()
    expect(office.page.locator("#plan-said")).to_contain_text("Kaikki ristiriidat on ratkaistu")
    office.button("Tuo 2 muutosta").click()
    expect(office.page.locator("h1")).to_have_text("Tuonti on tehty")
    # when the first import is undone
    office.open("/exchange/imports")
    office.link("ensimmainen.xlsx").click()
    office.link("Kumoa tuonti").click()
    # then what the second changed since would stay, and the rest goes back
    expect(office.page.locator("main")).to_contain_text("Jää ennalleen")
    office.button("Kumoa 1 muutos").click()
    expect(office.page.locator(".messages")).to_contain_text("Tuonti kumottiin")
    # and the history of the item tells it all
    office.open("/initiatives?q=neuvonta")
    office.link("Asiakaspalvelu ja neuvonta kaikissa kanavissa").click()
    office.link("Koko historia").first.click()
    history = office.page.locator("main")
    for words in ("syksy 2024", "kevät 2025", "ensimmainen.xlsx", "toinen.xlsx"):
        expect(history).to_contain_text(words)
    # a stale plan and an undecided conflict are answers of their own kind, which Chromium notes
    faults.expect("409")
    faults.expect("422")


def test_a_file_is_checked_and_imported_on_a_phone_without_scripts(town, tmp_path):
    office = town("office", width=375, java_script_enabled=False)
    file = office.fetch_export(tmp_path / "puhelin.xlsx")
    edit(file, {(CUSTOMER, "Edistyminen"): 0.5, (NETWORK, "Edistyminen"): 0.4})
    office.send(file)
    # the progress page is looked at again until the file has been read
    for _ in range(60):
        if "Tarkista ennen tuontia" in office.page.locator("h1").inner_text():
            break
        office.page.wait_for_timeout(500)
        office.page.reload()
    # one change is left out: the choice is kept first, and then imported
    office.page.get_by_role("checkbox", name=re.compile("Palveluverkon")).uncheck()
    office.button("Tallenna valinnat").click()
    office.button("Tuo 1 muutos").click()
    expect(office.page.locator("h1")).to_have_text("Tuonti on tehty")
    expect(office.page.locator("main")).to_contain_text("1 muutosta ei merkitty")
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert office.page.evaluate(too_wide) <= 0


def test_a_file_is_checked_and_imported_by_the_keyboard_alone(town, tmp_path):
    office = town("office")
    file = edit(office.fetch_export(tmp_path / "nappaimisto.xlsx"), {(CUSTOMER, "Edistyminen"): 0.5})
    office.open("/exchange")
    office.page.set_input_files("#files", str(file))
    tab_to(office.page, "Lähetä ja tarkista")
    office.page.keyboard.press("Enter")
    expect(office.page.locator("h1")).to_have_text("Tarkista ennen tuontia")
    ready(office.page)
    # the tick is reached, taken away and set again, and each press is kept at once
    tab_to(office.page, re.compile("^Tuo: Edistyminen"))
    office.page.keyboard.press("Space")
    expect(office.button("Vahvista: ei muutoksia")).to_be_visible()
    office.page.keyboard.press("Space")
    expect(office.button("Tuo 1 muutos")).to_be_visible()
    # the focus has stayed where it was
    expect(office.page.locator(":focus")).to_have_attribute("aria-label", re.compile("Edistyminen"))
    tab_to(office.page, "Tuo 1 muutos", back=True)
    office.page.keyboard.press("Enter")
    expect(office.page.locator("h1")).to_have_text("Tuonti on tehty")
    tab_to(office.page, "Kumoa tuonti")
    office.page.keyboard.press("Enter")
    expect(office.page.locator("h1")).to_have_text("Kumoa tuonti")
    tab_to(office.page, "Kumoa 1 muutos")
    office.page.keyboard.press("Enter")
    expect(office.page.locator(".messages")).to_contain_text("Tuonti kumottiin")


FAULTY = {(CUSTOMER, "Edistyminen"): "ehkä puolet", (NETWORK, "Edistyminen"): 0.4}


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_where_a_file_is_checked_and_imported(town, tmp_path, width, faults):
    office = town("office", width=width)
    file = office.fetch_export(tmp_path / "virheita.xlsx")
    edit(file, FAULTY)
    office.send(file)
    expect(office.page.locator("h1")).to_have_text("Tarkista ennen tuontia")
    check = office.page.url
    assert_clean(office.page)
    for part in ("changed", "error"):
        office.page.goto(f"{check}?shown={part}")
        assert_clean(office.page)
    office.page.goto(check)
    office.button("Tuo 1 muutos").click()
    expect(office.page.locator("h1")).to_have_text("Tuonti on tehty")
    assert_clean(office.page)
    # the rows in error come as a workbook that is corrected and sent again
    with office.page.expect_download() as download:
        office.link("Lataa virherivit").click()
    download.value.save_as(tmp_path / "korjattu.xlsx")
    edit(tmp_path / "korjattu.xlsx", {(CUSTOMER, "Edistyminen"): 0.5})
    office.send(tmp_path / "korjattu.xlsx")
    expect(office.page.locator("h1")).to_have_text("Tarkista ennen tuontia")
    expect(office.page.locator("main")).to_contain_text("50 %")
    expect(office.button("Tuo 1 muutos")).to_be_visible()
    # and something that is no workbook is refused in words
    (tmp_path / "kuva.xlsx").write_bytes(b"\x89PNG and no workbook")
    office.send(tmp_path / "kuva.xlsx")
    expect(office.page.locator("main")).to_contain_text("Mitään ei tuotu")
    assert_clean(office.page)


def assert_clean(page):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def focused(page):
    script = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
    return re.sub(r"\s+", " ", page.evaluate(script))


def tab_to(page, name, *, back=False):
    """Press Tab until the control of that name has the focus."""
    for _ in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        words = focused(page)
        if words == name if isinstance(name, str) else name.search(words):
            return
    pytest.fail(f"Tab does not reach {name}")
