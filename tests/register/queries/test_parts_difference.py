"""Milestones and classes read between two revisions, as they are and as they were."""

import datetime as dt

import pytest

from portfolio.core import history
from portfolio.register.models import Category, CategoryScheme, Milestone
from portfolio.register.operations import add_parts, remove_parts, set_categories, update_parts
from portfolio.register.queries import difference_names, read_difference
from portfolio.register.queries.parts_difference import changed_parts
from portfolio.register.rules import Aspect
from portfolio.register.rules.parts_difference import MilestoneFate
from tests import factories

DONE = dt.date(2026, 6, 30)


@pytest.fixture
def story(any_db):
    """An initiative with two milestones and a class; then one is completed, one goes, one comes, the class changes."""
    home = factories.create_municipality(any_db).id
    programme = factories.create_portfolio(any_db, municipality_id=home).id
    item = factories.create_initiative(any_db, portfolio_id=programme).id
    of = {"municipality_id": home}
    scheme = factories.write(any_db, CategoryScheme, of | {"code": "nakokulma", "name_fi": "Näkökulma"}).id
    classes = [
        factories.write(any_db, Category, of | {"scheme_id": scheme, "code": code, "name_fi": code}).id
        for code in ("a", "b")
    ]
    office = factories.acting(home, "office")
    drafts = [{"initiative_id": item, "title_fi": title} for title in ("Alku", "Loppu")]
    start, end = add_parts(any_db, office, Milestone, drafts)
    set_categories(any_db, office, {item: {scheme: frozenset({classes[0]})}})
    any_db.commit()
    first = history.latest_revision(any_db)
    update_parts(any_db, office, Milestone, {start: {"completed_on": DONE}})
    remove_parts(any_db, office, Milestone, [end])
    add_parts(any_db, office, Milestone, [{"initiative_id": item, "title_fi": "Uusi"}])
    set_categories(any_db, office, {item: {scheme: frozenset({classes[1]})}})
    any_db.commit()
    second = history.latest_revision(any_db)
    update_parts(any_db, office, Milestone, {start: {"completed_on": None}})
    any_db.commit()
    return home, item, scheme, classes, first, second


def test_milestones_and_classes_are_told_of_their_initiative(any_db, story):
    home, item, scheme, (old, new), first, second = story
    told = changed_parts(any_db, home, first, second)[item]
    assert [(one.title_fi, one.fate, one.completed) for one in told.milestones] == [
        ("Alku", None, (None, DONE)),
        ("Loppu", MilestoneFate.REMOVED, (None, None)),
        ("Uusi", MilestoneFate.ADDED, (None, None)),
    ]
    assert told.classes == {scheme: (frozenset({old}), frozenset({new}))}


def test_many_rows_are_read_in_another_way_with_the_same_result(any_db, story, monkeypatch):
    home, _item, _scheme, _classes, first, second = story
    few = changed_parts(any_db, home, first, second)
    monkeypatch.setattr("portfolio.register.queries.parts_difference.FEW", 0)
    assert changed_parts(any_db, home, first, second) == few


def test_what_was_taken_back_since_does_not_differ_from_now(any_db, story):
    home, item, _scheme, _classes, first, _second = story
    assert [one.title_fi for one in changed_parts(any_db, home, first)[item].milestones] == ["Loppu", "Uusi"]


def test_an_initiative_differs_by_its_parts_alone_and_their_names_are_read(any_db, story):
    home, item, scheme, (old, new), first, second = story
    found = read_difference(any_db, home, first, second, money={}).items
    assert [(one.row.id, one.aspects) for one in found] == [(item, {Aspect.MILESTONE, Aspect.CLASS})]
    names = difference_names(any_db, home, found, "fi")
    assert names == {("category_scheme", scheme): "Näkökulma", ("category", old): "a", ("category", new): "b"}
