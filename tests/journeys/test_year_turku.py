"""Turku's yearly review in a real browser: one project redirected, one made permanent, and the reasons to be read.

Any console error, policy violation or request to another site fails the journey when it ends.
"""

import re

from portfolio.organisation.models import Unit
from portfolio.register.models import Portfolio
from portfolio.register.rules import Status
from tests import factories
from tests.journeys.year import LINK, forgive_autosave

DEVELOPMENT = "Integraatiotoiminto"
REPORTER = "integraatio@turku.example"
PROJECT = "Digineuvonta kirjastoissa"
DAYS = {"period_first": "2023-01-01", "period_last": "2023-12-31", "opens_on": "2023-05-15", "due_on": "2023-06-30"}
ROUND = "Kevään katselmus 2023"
GOAL = "Yksi asiakkuusmalli kaikille ikäryhmille."


def add_project(session, municipality):
    """A project in use beside those of the demo: what is taken into use may be made permanent."""
    unit = session.query(Unit).filter_by(municipality_id=municipality.id, name_fi=DEVELOPMENT).one()
    portfolio = session.query(Portfolio).filter_by(code="turku-tarvesalkku").one()
    home = {"municipality_id": municipality.id, "unit_id": unit.id, "portfolio_id": portfolio.id}
    factories.create_initiative(session, status=Status.IN_USE, title_fi=PROJECT, **home)


def test_a_yearly_review_redirects_one_project_and_makes_another_permanent(year_of, faults):
    turku = year_of("turku")
    turku.add_reporter(DEVELOPMENT, REPORTER)
    turku.write(add_project)
    office = turku.office()
    asked = office.new_round(ROUND, statuses=["in_use"], **DAYS)
    office.remind(asked)
    # the reporter follows the link of the mail, and redirects what needs another goal
    subject, text = turku.mail_to(REPORTER, len(turku.post.mails))
    assert "odottaa vastaustasi" in subject
    reporter = turku.person(REPORTER)
    links = dict(zip(re.findall(r"^- (.+) \(T-", text, re.MULTILINE), LINK.findall(text), strict=True))
    permanent = links.pop(PROJECT)
    redirected = links["Lasten ja nuorten johtamismalli"]
    reporter.answer(
        redirected,
        health="yellow",
        verdict="redirect",
        health_reason="Malli sopii vain osalle ikäryhmistä.",
        verdict_what="Tavoite ja aikataulu",
        verdict_why="Asiakkaat siirtyvät ryhmästä toiseen.",
        new_goal=GOAL,
        new_timespan="2023–2025",
    )
    reporter.answer(permanent, verdict="make_permanent", done="Toiminta on osa palvelua.", progress="100")
    # the office reads both and approves them together; the initiatives are changed with the review as the reason
    assert office.approve_all(asked) == 2
    office.open(redirected)
    office.follow("Kohteen kortti")
    office.sees(GOAL, "2023–2025")
    office.follow("Koko historia")
    office.sees(ROUND)
    office.open(permanent)
    office.follow("Kohteen kortti")
    office.sees("Vakiintunut")
    # what is settled is not asked about any more
    assert not set(reporter.waiting()) & {redirected, permanent}
    forgive_autosave(faults)
