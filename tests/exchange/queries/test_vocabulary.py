from dataclasses import replace

from portfolio.core.database import open_session
from portfolio.exchange.columns import Entity
from portfolio.exchange.guess import guess
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries.loading import load_present, load_registry
from portfolio.exchange.queries.vocabulary import load_vocabulary
from portfolio.files.workbook import read_workbook
from portfolio.register.queries import portfolio_by_code
from tests.exchange.towns import START
from tests.workbooks import workbook_bytes

ROWS = [["Kirjasto auki", "tekninen", "Menossa"], ["Uusi tie", "tekninen", "-"]]
LIST = {"Oma lista": [["Hanke", "Toimiala", "Tila"], *ROWS]}


def vocabulary_of(town, code="kunta-ohjelma"):
    with open_session(town.engine, write=False) as session:
        portfolio = portfolio_by_code(session, code) if code else None
        return load_vocabulary(session, town.municipality(session), portfolio, START.date(), "fi")


def test_a_vocabulary_knows_the_names_of_the_town_and_what_a_portfolio_s_items_are(small_town):
    small_town.put()
    found = vocabulary_of(small_town)
    assert found.registry.knows(Entity.UNIT, "Sivistystoimiala")
    assert found.registry.knows(Entity.INITIATIVE, "Kirjasto auki", "kunta-ohjelma")
    assert (found.portfolio, found.kind) == ("kunta-ohjelma", "measure")


def test_without_a_portfolio_nothing_is_assumed_of_the_items(small_town):
    found = vocabulary_of(small_town, None)
    assert (found.portfolio, found.kind) == ("", None)


def test_a_guessed_list_finds_the_items_that_another_workbook_made_by_what_they_are_called(small_town):
    small_town.put()
    workbook = read_workbook(workbook_bytes(LIST), "oma.xlsx")
    profile = guess(workbook, vocabulary_of(small_town)).profile
    done = small_town.put(LIST, profile=replace(profile, name="oma"), keep=False)
    assert [row.fate.value for row in done.plan.rows] == ["merge", "add"]


def test_the_names_alone_are_the_same_that_an_import_knows(small_town):
    small_town.put()
    with open_session(small_town.engine, write=False) as session:
        place = small_town.municipality(session).id
        alone, whole = load_registry(session, place), load_present(session, place, Profile("guess")).registry
    for entity in Entity:
        assert sorted(alone.labels(entity)) == sorted(whole.labels(entity)), entity
