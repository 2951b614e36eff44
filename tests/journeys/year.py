"""A year of a municipality of the demo, walked through in browsers: who is added, which day it is, what mails came."""

import datetime as dt
import re
import shutil
import subprocess
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from portfolio.cli.context import DATABASE_FILE, open_engine
from portfolio.core.database import open_session
from portfolio.core.history import Update, write_many
from portfolio.core.rights import Role, operator
from portfolio.organisation.models import Municipality, Unit
from tests import factories
from tests.fixtures.demo import sign_in
from tests.journeys.test_round_trip import sign_in_as

PASSWORD = "kahdeksan keltaista kaislaa"
LINK = re.compile(r"http://\S+/reviews/answers/\d+")


@dataclass
class Town:
    """A municipality of a demo of the test's own, served with a mail server beside it."""

    folder: object
    url: str
    code: str
    post: object
    open_page: object

    def office(self):
        page = self.open_page()
        sign_in(page, self.url, self.folder, "office", self.code)
        return Person(page, f"{self.url}/{self.code}")

    def person(self, email, **options):
        page = self.open_page(**options)
        sign_in_as(page, self.url, {"email": email, "password": PASSWORD})
        return Person(page, f"{self.url}/{self.code}")

    def write(self, write):
        """Do something beside the screens, in a transaction of its own."""
        engine = open_engine(f"sqlite:///{self.folder / DATABASE_FILE}")
        with open_session(engine, write=True) as session:
            found = session.query(Municipality).filter_by(code=self.code).one()
            answer = write(session, found)
            session.commit()
        engine.dispose()
        return answer

    def add_reporter(self, unit, email):
        """Somebody who reports for a unit, by the unit's name."""

        def add(session, municipality):
            home = session.query(Unit).filter_by(municipality_id=municipality.id, name_fi=unit, removed=False).one()
            user = factories.create_user(session, email=email, name=f"Raportoija, {unit}", password=PASSWORD)
            access = {"municipality_id": municipality.id, "unit_id": home.id, "role": Role.REPORTER}
            factories.create_access(session, user_id=user.id, **access)

        self.write(add)

    def becomes(self, day):
        """Let the demo's own day be another."""

        def move(session, municipality):
            actor = operator(dt.datetime.now(dt.UTC)).within(municipality.id)
            write_many(session, actor, updates=[Update(Municipality, municipality.id, {"demo_day": day})])

        self.write(move)

    def mail_to(self, email, count):
        """The text of the latest mail to somebody, once so many mails have come in all."""
        mails = [one for one in self.post.wait(count) if one["To"] == email]
        return mails[-1]["Subject"], mails[-1].get_content()


@dataclass
class Person:
    """Someone in a browser of their own."""

    page: object
    url: str

    def open(self, address):
        self.page.goto(address if address.startswith("http") else f"{self.url}{address}")
        return self.page

    def press(self, name, *, exact=True):
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name, *, exact=True):
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def sees(self, *words, within="main"):
        for one in words:
            expect(self.page.locator(within).first).to_contain_text(one)

    def tick(self, name, value):
        """Choose one of a form's radios."""
        self.page.locator(f"input[name={name}][value={value}]").check()

    def fill(self, **texts):
        for name, text in texts.items():
            self.page.locator(f"main [name={name}]").fill(text)

    def choose(self, name, label):
        self.page.locator(f"main select[name={name}]").select_option(label=label)

    def save(self, path, name):
        """Press or follow what gives a file, and keep it."""
        with self.page.expect_download() as download:
            self.page.locator("main").get_by_role("button", name=name, exact=True).or_(
                self.page.locator("main").get_by_role("link", name=name, exact=True)
            ).first.click()
        download.value.save_as(path)
        return path

    def document(self, path, kind, **choices):
        """Take a document out, of the portfolio or forum chosen, in the format of the file's name."""
        self.open("/documents")
        self.follow(kind)
        for name, label in choices.items():
            self.choose(name, label)
        self.page.locator("main select[name=format]").select_option(path.suffix.removeprefix("."))
        return self.save(path, "Lataa asiakirja")

    def new_round(self, name, statuses=(), **days):
        """Prepare and open a round, which asks about further statuses too; gives its address."""
        self.open("/reviews")
        self.follow("Uusi kierros")
        self.fill(name_fi=name, **days)
        for one in statuses:
            self.tick("statuses", one)
        self.press("Tallenna")
        self.page.wait_for_url(re.compile(r"/reviews/\d+$"))
        address = self.page.url
        self.follow("Avaa kierros")
        self.press("Avaa kierros")
        self.sees("Kierros on avoinna", within=".messages")
        return address

    def remind(self, address):
        """Send the reminders of a round, and wait until they have gone."""
        self.open(f"{address}/reminders")
        self.press("Lähetä muistutukset")
        expect(self.page.locator(".messages")).to_contain_text("lähetettiin")

    def is_asked(self, address, verdict):
        """Tell whether a review lets one choose a verdict; halted work is resumed, not continued."""
        self.open(address)
        return self.page.locator(f"input[name=verdict][value={verdict}]").count() == 1

    def answer(self, address, health="green", verdict="continue", **texts):
        """Answer one review, and see that it was sent."""
        self.open(address)
        self.tick("health", health)
        self.tick("verdict", verdict)
        self.fill(**texts)
        # what tells that the draft was kept may push the button away from under a pointer: the keyboard finds it,
        # once the draft of the field that was left has been kept
        send = self.page.get_by_role("button", name="Lähetä", exact=True)
        send.focus()
        expect(self.page.locator("[data-draft].htmx-request")).to_have_count(0)
        with self.page.expect_navigation():
            send.press("Enter")
        self.sees("Katselmus lähetettiin", within=".messages")

    def approve_all(self, address):
        """Tick all that wait for approval on a round's page, and approve them together; gives how many."""
        self.open(f"{address}?state=submitted")
        boxes = self.page.locator("input[name=chosen]").all()
        for box in boxes:
            box.check()
        self.press("Hyväksy valitut")
        self.sees("hyväksyttiin", within=".messages")
        return len(boxes)

    def waiting(self):
        """The addresses of the reviews that wait for this person."""
        self.open("/reviews/mine")
        rows = self.page.locator("tbody tr", has_text=re.compile("Odottaa vastausta|Palautettu"))
        return rows.get_by_role("link").evaluate_all("links => links.map((one) => one.href)")


def forgive_autosave(faults):
    """Take away what htmx writes to the console when a form is sent while its draft is being saved."""
    faults[:] = [one for one in faults if one not in ("console: htmx:afterRequest", "console: htmx:sendAbort")]


def poppler(tool, *arguments):
    """What a tool of poppler says of a PDF; a machine without it leaves these words out."""
    if shutil.which(tool) is None:
        pytest.skip(f"poppler's {tool} is not installed")
    return subprocess.run(
        [tool, *map(str, arguments)], capture_output=True, text=True, errors="replace", check=True
    ).stdout
