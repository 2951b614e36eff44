"""A round of reviews through a real LibreOffice and back."""

import openpyxl
import pytest

from portfolio.reviews import operations
from portfolio.reviews.rules import ReviewState
from tests.exchange.asked import (
    CONTINUE,
    GREEN,
    HEALTH,
    SHEET,
    VERDICT,
    WHOLE,
    open_round,
    review_of,
    take_out_round,
    write_review,
)
from tests.exchange.returns import Edited, bring_in, changes, messages
from tests.exchange.towns import make_town


@pytest.fixture
def town(migrated_sqlite_url):
    town = make_town(migrated_sqlite_url)
    yield town
    town.engine.dispose()


@pytest.fixture
def data(town):
    """The workbook of a round whose last one was answered, and which asks a question of its own."""
    open_round(town, 2025, question="Mitä opittiin?")
    answer = WHOLE | {"progress": 40, "done": "Viime vuonna\nkahdella rivillä"}
    write_review(town, operations.submit_reviews, review_of(town).id, answer)
    return take_out_round(town, open_round(town, 2026, question="Mitä opittiin?"))


@pytest.mark.whole
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_round_that_libreoffice_saved_changes_nothing(town, data, office, tmp_path, ending):
    saved = through(office, tmp_path, data, ending)
    done = bring_in(town, saved.read_bytes(), name=saved.name)
    assert (messages(done.faults), messages(done.notices), changes(done)) == ([], [], {})


@pytest.mark.whole
def test_an_answer_that_libreoffice_saved_is_submitted(town, data, office, tmp_path):
    edited = Edited(data).put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE)
    saved = through(office, tmp_path, edited.save(), "xlsx")
    assert openpyxl.load_workbook(saved).sheetnames[1] == "Katselmukset"
    assert messages(bring_in(town, saved.read_bytes()).faults) == []
    assert review_of(town).state is ReviewState.SUBMITTED


def through(office, tmp_path, data, ending):
    file = tmp_path / "kierros.xlsx"
    file.write_bytes(data)
    folder = tmp_path / "saved"
    folder.mkdir()
    return office(file, ending, folder)
