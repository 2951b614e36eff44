"""What undoing leaves alone."""

from decimal import Decimal

import pytest

from portfolio.budgets import operations as budgets
from portfolio.budgets.queries import frame_states
from portfolio.budgets.rules import BudgetPart
from portfolio.budgets.rules.lines import FRAME_LOCKED
from portfolio.pages.operations.undo import CLOSED, undo_revision
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.rules import ReviewState, Verdict
from tests.reviews.conftest import TODAY, Cycle


@pytest.fixture
def cycle(db):
    """A programme with two service areas, as the tests of reviews have it."""
    return Cycle(db)


@pytest.mark.parametrize("closes", [True, False])
def test_an_approval_is_undone_in_the_initiative_but_not_in_a_round_that_has_been_closed(cycle, closes):
    identity = cycle.opened()
    review = cycle.review(identity, cycle.first)
    cycle.submit(review, verdict=Verdict.STOP, verdict_why="Rahoitus päättyi")
    cycle.session.commit()
    written = operations.approve_reviews(cycle.session, cycle.office, [review.id], today=TODAY)
    cycle.session.commit()
    if closes:
        operations.close_round(cycle.session, cycle.office, identity)
        cycle.session.commit()

    undone = undo_revision(cycle.session, cycle.office, written.revision_id)

    assert cycle.initiative(cycle.first).status is Status.UNDER_WAY
    state = cycle.review(identity, cycle.first).state
    assert state is (ReviewState.APPROVED if closes else ReviewState.SUBMITTED)
    assert {one.problem.msgid for one in undone.left if one.problem} == ({CLOSED} if closes else set())


def test_a_frame_is_undone_until_its_year_is_approved(cycle):
    frame = (cycle.portfolio, 2026, BudgetPart.OPERATING)
    session, office = cycle.session, cycle.office

    def amount():
        return frame_states(session, cycle.id, [2026])[0].amount

    budgets.put_frames(session, office, {frame: {"amount": Decimal(100)}})
    session.commit()
    written = budgets.put_frames(session, office, {frame: {"amount": Decimal(70)}}).written
    session.commit()
    budgets.lock_year(session, office, 2026, None)
    session.commit()

    undone = undo_revision(session, office, written.revision_id)

    assert amount() == 70
    assert [(one.field, one.problem.msgid) for one in undone.left] == [("amount", FRAME_LOCKED)]
    session.commit()
    budgets.unlock_year(session, office, 2026)
    session.commit()
    assert undo_revision(session, office, written.revision_id).left == ()
    assert amount() == 100
