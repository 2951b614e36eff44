"""What a workbook was made from is the present with everything that changed since put back."""

from decimal import Decimal

import pytest

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.operations import set_budget_cells
from portfolio.core.database import open_session
from portfolio.exchange.queries import load_present
from portfolio.exchange.queries.base import base_since
from portfolio.exchange.queries.since import changes_since
from portfolio.organisation.models import Unit
from portfolio.organisation.operations import put_units
from portfolio.register.models import Category, CategoryScheme, Milestone
from portfolio.register.operations import (
    add_parts,
    create_initiatives,
    remove_initiatives,
    restore_initiatives,
    set_categories,
    update_initiatives,
    update_parts,
)


@pytest.fixture
def full(town):
    town.put()
    town.write(add_parts, Milestone, [{"initiative_id": town.rows()[0].id, "title_fi": "Avajaiset"}])
    return town


def base(town, revision):
    with open_session(town.engine, write=False) as session:
        identity = town.municipality(session).id
        since = changes_since(session, identity, revision)
        present = load_present(session, identity, None, since)
        return base_since(session, present, since), present


def then(town):
    """Everything as it is now, to be held against what is later computed as the base."""
    found, present = base(town, town.revision())
    assert not found.cells
    return {key: dict(cells) for key, cells in present.cells.items()}


def rebuilt(found, present):
    keys = {key for key in {*present.cells, *found.cells} if key not in found.later}
    return {key: dict(found.row(key, present)) for key in keys}


def told(cells):
    """Rows without what says nothing."""
    return {
        key: {name: value for name, value in row.items() if value not in (None, frozenset())}
        for key, row in cells.items()
    }


def test_whatever_changed_since_the_base_is_what_was_there(full):
    first, second = full.rows()
    category = next(row.id for row in full.rows(Category))
    scheme = next(row.id for row in full.rows(CategoryScheme) if row.code == "luokka")
    line = full.rows(BudgetLine)[0]
    place = (line.initiative_id, line.year, line.part, line.source_id)
    before, revision = then(full), full.revision()
    full.write(update_initiatives, {first.id: {"title_fi": "Toinen", "progress": 55}})
    full.write(update_initiatives, {first.id: {"progress": 56}})
    full.write(set_categories, {first.id: {scheme: frozenset({category})}})
    full.write(set_budget_cells, {place: {"planned": Decimal(1), "actual": Decimal(2)}})
    full.write(set_budget_cells, {(*place[:1], 2031, *place[2:]): {"planned": Decimal(3)}})
    full.write(update_parts, Milestone, {full.rows(Milestone)[0].id: {"title_fi": "Juhla"}})
    full.write(remove_initiatives, [second.id])
    portfolio = first.portfolio_id
    full.write(create_initiatives, [{"title_fi": "Uusi", "kind": "measure", "portfolio_id": portfolio}])
    found, present = base(full, revision)
    assert told(rebuilt(found, present)) == told(before)
    assert len(found.later) == 1
    key = present.keys["initiative"][first.id]
    assert {"title_fi", "progress", "category:luokka"} < found.cells[key].keys()
    assert present.keys["initiative"][second.id] in found.cells


def test_what_changed_and_changed_back_has_no_base_of_its_own(full):
    first = full.rows()[0]
    revision = full.revision()
    full.write(update_initiatives, {first.id: {"progress": 55}})
    full.write(update_initiatives, {first.id: {"progress": first.progress}})
    full.write(remove_initiatives, [first.id])
    full.write(restore_initiatives, [first.id])
    found, _ = base(full, revision)
    assert {key: cells for key, cells in found.cells.items() if cells} == {}


def test_a_row_is_called_first_what_it_was_called_then(full):
    revision = full.revision()
    unit = next(row for row in full.rows(Unit) if row.code == "sivistys")
    full.write(put_units, {"sivistys": {"name_fi": "Hyvinvointi"}})
    full.write(put_units, {"uusi": {"name_fi": unit.name_fi}})
    _, present = base(full, revision)
    assert present.registry.find("unit", unit.name_fi) == ("unit", "sivistys")
    assert present.registry.find("unit", "Hyvinvointi") == ("unit", "sivistys")
    assert present.registry.find("unit", "uusi") == ("unit", "uusi")


def test_versions_count_the_revisions_that_touched_a_row(full):
    first = full.rows()[0]
    revision = full.revision()
    full.write(update_initiatives, {first.id: {"progress": 55}})
    full.write(update_initiatives, {first.id: {"progress": 56}})
    with open_session(full.engine, write=False) as session:
        since = changes_since(session, full.municipality(session).id, revision)
    assert since.version("initiative", first.id, full.rows()[0].version) == first.version
