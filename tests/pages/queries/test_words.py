"""Whatever can change is told in a person's words."""

import pytest

from portfolio.core import history
from portfolio.core.history import CellChange
from portfolio.pages.queries.vocabulary import ENTITIES
from portfolio.pages.queries.words import Speaker
from portfolio.reviews.models import (
    Review,
    ReviewAnswer,
    ReviewIndicator,
    ReviewQuestion,
    ReviewRound,
    ReviewTemplate,
    RoundExtension,
    RoundProposal,
)
from portfolio.reviews.rules import Health, ReviewState, RoundState
from tests.factories import create_user

CYCLE = (
    Review, ReviewAnswer, ReviewIndicator, ReviewQuestion, ReviewRound, ReviewTemplate, RoundExtension, RoundProposal
)  # fmt: skip


def told(session, entity, field, old, new):
    change = CellChange(entity, 1, field, old, new)
    words = Speaker(session, 1, [change], "fi").cell(change)
    return words.label, words.old, words.new


def test_every_table_of_the_history_has_a_name():
    assert history.versioned_models().keys() - ENTITIES.keys() == set()


@pytest.mark.parametrize("model", CYCLE)
def test_every_column_of_the_yearly_cycle_that_can_change_has_a_name(session, model):
    speaker = Speaker(session, 1, [], "fi")
    columns = {column.name for column in model.__table__.c} - model.fixed - {"id", "version"}
    assert {name for name in columns if speaker.field(model.__tablename__, name) == name} == set()


def test_steps_of_reviews_and_rounds_are_told_in_their_words(session):
    steps = (ReviewState.SUBMITTED, ReviewState.APPROVED)
    assert told(session, "review", "state", *steps) == ("Tilanne", "Lähetetty", "Hyväksytty")
    assert told(session, "review_round", "state", RoundState.OPEN, RoundState.CLOSED) == ("Tilanne", "Auki", "Suljettu")
    assert told(session, "review", "office_health", None, Health.RED)[2] == "Ei etene: vaatii päätöksen"


def test_who_answers_is_told_by_name(session):
    user = create_user(session, name="Raportoija")
    session.flush()
    assert told(session, "review", "delegate_id", None, user.id) == ("Kuka vastaa", None, "Raportoija")
    assert told(session, "review", "delegate_id", user.id + 1, None)[1] == "Poistettu käyttäjä"
