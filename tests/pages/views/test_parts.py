"""Milestones, deadlines, dependencies, indicators, links and money: added, changed and removed on their pages."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets.models import BudgetLine
from portfolio.core.rights import Role
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Milestone,
    RecurringDeadline,
)
from tests.pages import Pages

SUBJECT, OTHER = "Ääniviestit kouluille", "Öljylämmityksen loppu"


def url(register, rest, name=SUBJECT):
    return f"/{register.town.code}/initiatives/{register.ids[name]}/{rest}"


def rows(register, model):
    return register.town.rows(select(model).where(model.removed.is_(False)).order_by(model.id))


@pytest.fixture
def office(pages, register):
    pages.sign_in(Role.OFFICE)
    return pages


ADDED = [
    ("milestones", Milestone, {"title_fi": "Määrittely", "timespan": "syksy 2027"}, {"title_fi": "Määrittely"}),
    (
        "recurring_deadlines",
        RecurringDeadline,
        {"title_fi": "Raportti", "day": "30", "month": "9"},
        {"month": 9, "day": 30},
    ),
    ("indicators", Indicator, {"name_fi": "Tyytyväisyys", "rhythm": "vuosittain"}, {"name_fi": "Tyytyväisyys"}),
    ("document_links", DocumentLink, {"title": "Suunnitelma", "url": "https://a.example/s"}, {"title": "Suunnitelma"}),
]


@pytest.mark.parametrize(("kind", "model", "typed", "stored"), ADDED, ids=[one[0] for one in ADDED])
def test_a_part_is_added_changed_and_removed(office, register, kind, model, typed, stored):
    card = office.post_form(office.get(url(register, f"{kind}/new")), **typed)
    row = rows(register, model)[0]
    assert {name: getattr(row, name) for name in stored} == stored
    assert card.select(".undo-bar")
    edit = office.get(url(register, f"{kind}/{row.id}/edit"))
    name = next(one for one in ("title_fi", "name_fi", "title") if one in typed)
    card = office.post_form(edit, form="main form.form", **{name: "Toinen nimi"})
    assert "Toinen nimi" in card.words
    office.post_form(office.get(url(register, f"{kind}/{row.id}/edit")), form="form[action$='/remove']")
    assert rows(register, model) == []


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("milestones", {"title_fi": ""}, "title_fi"),
        ("milestones", {"title_fi": "A", "completed_on": "31.2.2026"}, "completed_on"),
        ("recurring_deadlines", {"title_fi": "A", "day": "31", "month": "2"}, "day"),
        ("recurring_deadlines", {"title_fi": "A", "day": "1", "from_year": "2027", "to_year": "2026"}, "to_year"),
        ("document_links", {"title": "A", "url": "javascript:alert(1)"}, "url"),
        ("document_links", {"title": "A", "url": "x" * 1001}, "url"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(office, register, kind, typed, field):
    page = office.post_form(office.get(url(register, f"{kind}/new")), status=422, **typed)
    assert page.select_one(f"#{field}-error")


def test_the_other_initiative_is_found_by_words_and_chosen(office, register):
    page = office.get(url(register, "dependencies/new"))
    assert not page.select("select")
    page = office.get(url(register, "dependencies/new?find=lämmi"))
    office.post_form(page, predecessor_id=str(register.ids[OTHER]), note="Tilat ensin")
    row = rows(register, Dependency)[0]
    assert (row.predecessor_id, row.successor_id) == (register.ids[OTHER], register.ids[SUBJECT])
    assert SUBJECT in office.get(url(register, "", OTHER).rstrip("/")).words


def test_a_dependency_that_closes_a_ring_is_refused(office, register):
    office.post_form(office.get(url(register, "dependencies/new?find=lämmi")), predecessor_id=str(register.ids[OTHER]))
    page = office.get(url(register, "dependencies/new?find=ääniviestit", OTHER))
    page = office.post_form(page, status=422, predecessor_id=str(register.ids[SUBJECT]))
    assert page.errors


def test_values_by_year_are_numbers_or_words_and_can_be_emptied(office, register):
    page = office.get(url(register, "indicators/new"))
    office.post_form(page, name_fi="Tyytyväisyys", **{"value:2025": "4,5", "value:2026": "parani selvästi"})
    indicator = rows(register, Indicator)[0]
    told = {one.year: (one.number, one.words) for one in rows(register, IndicatorValue)}
    assert told == {2025: (Decimal("4.5"), None), 2026: (None, "parani selvästi")}
    office.post_form(
        office.get(url(register, f"indicators/{indicator.id}/edit")),
        form="main form.form",
        **{"value:2025": "", "value:2026": "1 200"},
    )
    assert {one.year: one.number for one in rows(register, IndicatorValue)} == {2026: Decimal(1200)}
    office.post_form(
        office.get(url(register, f"indicators/{indicator.id}/edit")), form="main form.form", **{"value:2025": "4"}
    )
    assert {one.year for one in rows(register, IndicatorValue)} == {2025, 2026}


def test_a_part_of_another_initiative_is_not_found(office, register):
    office.post_form(office.get(url(register, "milestones/new", OTHER)), title_fi="Muun etappi")
    identity = rows(register, Milestone)[0].id
    office.get(url(register, f"milestones/{identity}/edit"), status=404)
    office.get(url(register, "mitalisijat/new"), status=404)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
def test_a_reader_adds_nothing(pages, register, role):
    pages.sign_in(role)
    pages.get(url(register, "milestones/new"), status=403)
    pages.get(url(register, "budget"), status=403)


def test_a_reporter_adds_parts_to_own_items_only(pages, register):
    pages.sign_in(Role.REPORTER)
    pages.post_form(pages.get(url(register, "milestones/new")), title_fi="Oma etappi")
    pages.get(url(register, "milestones/new", OTHER), status=403)


def test_two_who_change_one_milestone_are_told(app, register):
    visitors = [Pages(app.test_client()), Pages(app.test_client())]
    for one in visitors:
        one.sign_in(Role.OFFICE)
    visitors[0].post_form(visitors[0].get(url(register, "milestones/new")), title_fi="Alku")
    address = url(register, f"milestones/{rows(register, Milestone)[0].id}/edit")
    forms = [one.get(address) for one in visitors]
    visitors[0].post_form(forms[0], form="main form.form", title_fi="Ensimmäinen")
    page = visitors[1].post_form(forms[1], form="main form.form", title_fi="Toinen", status=409)
    assert page.select_one("input[name=title_fi]")["value"] == "Toinen"
    assert rows(register, Milestone)[0].title_fi == "Ensimmäinen"
    visitors[1].post_form(page, form="main form.form")
    assert rows(register, Milestone)[0].title_fi == "Toinen"


def cell(register, year, part="operating"):
    return f"{year}:{part}:{register.source.id}"


def amounts(register):
    found = [one for one in rows(register, BudgetLine) if one.initiative_id == register.ids[SUBJECT]]
    return {(one.year, one.part.value): one.planned for one in found}


def test_money_is_written_in_a_grid(office, register):
    page = office.get(url(register, "budget"))
    card = office.post_form(page, **{cell(register, 2026): "40 t€", cell(register, 2027, "investment"): "0"})
    assert amounts(register) == {(2026, "operating"): Decimal(40000), (2027, "investment"): Decimal(0)}
    assert "40\N{NO-BREAK SPACE}000" in card.select_one("#money").get_text()


def test_an_emptied_amount_is_unknown_and_not_zero(office, register):
    office.post_form(office.get(url(register, "budget")), **{cell(register, 2026): ""})
    assert amounts(register) == {(2026, "operating"): None}


def test_an_amount_that_cannot_be_read_is_said_in_its_cell(office, register):
    page = office.post_form(office.get(url(register, "budget")), **{cell(register, 2026): "paljon"}, status=422)
    assert page.select(".error")
    assert page.select_one(f"input[name='{cell(register, 2026)}']")["value"] == "paljon"
    assert amounts(register) == {(2026, "operating"): Decimal(180000)}


def test_an_amount_set_by_another_meanwhile_is_shown_and_not_overwritten(app, register):
    visitors = [Pages(app.test_client()), Pages(app.test_client())]
    for one in visitors:
        one.sign_in(Role.OFFICE)
    forms = [one.get(url(register, "budget")) for one in visitors]
    visitors[0].post_form(forms[0], **{cell(register, 2026): "100"})
    page = visitors[1].post_form(forms[1], **{cell(register, 2026): "200", cell(register, 2027): "300"}, status=422)
    assert amounts(register) == {(2026, "operating"): Decimal(100)}
    visitors[1].post_form(page)
    assert amounts(register) == {(2026, "operating"): Decimal(200), (2027, "operating"): Decimal(300)}


def test_only_those_with_budget_rights_write_money(pages, register):
    pages.sign_in(Role.BUDGET)
    pages.post_form(pages.get(url(register, "budget?amount=forecast")), **{cell(register, 2026): "50"})
    pages.get(url(register, "edit"), status=403)
    pages.get(url(register, "budget", OTHER), status=403)
    pages.sign_in(Role.REPORTER)
    pages.get(url(register, "budget"), status=403)
