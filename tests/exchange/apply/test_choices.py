import pytest

from portfolio.core.problem import Refusal
from portfolio.exchange.merge import Choice
from portfolio.exchange.models import ImportBatch
from portfolio.exchange.operations.plans import choose, tick
from portfolio.exchange.queries.plan import PlanPart
from portfolio.register.operations import update_initiatives
from tests.exchange.uploads import act, apply, sent


def test_a_conflict_must_be_decided_or_unticked(town):
    upload_id = _conflict(town)
    with pytest.raises(Refusal):
        apply(town, upload_id)
    act(town, choose, upload_id, Choice.FILE)
    apply(town, upload_id)
    assert town.rows()[0].progress == 40


def test_a_conflict_that_the_present_wins_changes_nothing(town):
    upload_id = _conflict(town)
    act(town, choose, upload_id, Choice.CURRENT, column=("initiative", "progress"))
    apply(town, upload_id)
    assert town.rows()[0].progress == 70
    assert town.all(ImportBatch)[-1].counts["kept"] == 1


def test_an_unticked_conflict_does_not_stop_the_rest(town):
    upload_id = _conflict(town)
    act(town, tick, upload_id, value=False, shown=PlanPart.CONFLICT)
    apply(town, upload_id)
    assert town.rows()[0].progress == 70


def _conflict(town):
    """A workbook nobody prepared: each difference asks."""
    head = ("Nro", "Toimenpide", "Valmiina")
    apply(town, sent(town, [(1, "Kirjasto", 10)], head))
    town.write(update_initiatives, {town.rows()[0].id: {"progress": 70}})
    return sent(town, [(1, "Kirjasto", 40)], head, guessed=True)
