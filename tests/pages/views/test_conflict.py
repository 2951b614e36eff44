"""Two people change the same initiative at the same time, in two browsers."""

import pytest

from portfolio.core.rights import Role
from portfolio.register.rules import Status
from tests.pages import Pages

SUBJECT = "Ääniviestit kouluille"


@pytest.fixture
def two(app, register):
    """Two visitors who may edit everything, each with the form open, and its address."""
    visitors = [Pages(app.test_client()), Pages(app.test_client())]
    visitors[0].sign_in(Role.OFFICE)
    visitors[1].sign_in(Role.ADMIN)
    address = f"/{register.town.code}/initiatives/{register.ids[SUBJECT]}/edit"
    return visitors, [one.get(address) for one in visitors]


def test_the_same_field_is_shown_in_both_versions_and_nothing_is_saved(two, register):
    (first, second), (form_1, form_2) = two
    first.post_form(form_1, goals="Ensimmäisen tavoitteet")
    page = second.post_form(form_2, goals="Toisen tavoitteet", notes="Toisen huomio", status=409)
    assert "Ensimmäisen tavoitteet" in page.words
    assert "Toisen tavoitteet" in page.words
    assert "Toisen huomio" in page.words
    assert not page.select("input[type=radio][checked]")
    assert register.fresh(SUBJECT).goals == "Ensimmäisen tavoitteet"


@pytest.mark.parametrize(("side", "kept"), [("yours", "Toisen tavoitteet"), ("theirs", "Ensimmäisen tavoitteet")])
def test_the_chosen_version_stays_and_one_sided_changes_are_merged(two, register, side, kept):
    (first, second), (form_1, form_2) = two
    first.post_form(form_1, goals="Ensimmäisen tavoitteet", solution="Ensimmäisen ratkaisu")
    page = second.post_form(form_2, goals="Toisen tavoitteet", notes="Toisen huomio", status=409)
    second.post_form(page, **{"choose:goals": side})
    row = register.fresh(SUBJECT)
    assert (row.goals, row.solution, row.notes) == (kept, "Ensimmäisen ratkaisu", "Toisen huomio")


def test_saving_without_choosing_shows_the_page_again(two, register):
    (first, second), (form_1, form_2) = two
    first.post_form(form_1, goals="Ensimmäisen tavoitteet")
    page = second.post_form(form_2, goals="Toisen tavoitteet", status=409)
    page = second.post_form(page, status=409)
    assert "Toisen tavoitteet" in page.words
    assert register.fresh(SUBJECT).goals == "Ensimmäisen tavoitteet"


def test_changes_of_different_fields_fit_together_after_one_look(two, register):
    (first, second), (form_1, form_2) = two
    first.post_form(form_1, solution="Ensimmäisen ratkaisu")
    page = second.post_form(form_2, notes="Toisen huomio", status=409)
    assert not page.select("input[type=radio]")
    second.post_form(page)
    row = register.fresh(SUBJECT)
    assert (row.solution, row.notes) == ("Ensimmäisen ratkaisu", "Toisen huomio")


def test_the_same_change_by_both_is_no_conflict(two, register):
    (first, second), (form_1, form_2) = two
    first.post_form(form_1, goals="Sama")
    second.post_form(form_2, goals="Sama", notes="Toisen huomio")
    assert register.fresh(SUBJECT).notes == "Toisen huomio"


def test_a_third_save_while_choosing_is_shown_before_anything_is_written(two, register):
    (first, second), (form_1, form_2) = two
    first.post_form(form_1, goals="Ensimmäisen tavoitteet")
    page = second.post_form(form_2, goals="Toisen tavoitteet", status=409)
    again = first.get(f"/{register.town.code}/initiatives/{register.ids[SUBJECT]}/edit")
    first.post_form(again, goals="Ensimmäisen toinen ajatus")
    page = second.post_form(page, **{"choose:goals": "yours"}, status=409)
    assert "Ensimmäisen toinen ajatus" in page.words
    second.post_form(page, **{"choose:goals": "yours"})
    assert register.fresh(SUBJECT).goals == "Toisen tavoitteet"


def test_a_status_that_somebody_moved_on_stays_where_they_moved_it(two, register, clock):
    (_, second), (_, form_2) = two
    register.change(register.rows[SUBJECT], clock(), status=Status.PAUSED)
    page = second.post_form(form_2, notes="Toisen huomio", status=409)
    second.post_form(page)
    row = register.fresh(SUBJECT)
    assert (row.status, row.notes) == (Status.PAUSED, "Toisen huomio")


def test_classes_chosen_by_both_are_a_conflict(two, register):
    (first, second), (form_1, form_2) = two
    field = f"category:{register.scheme.code}"
    first.post_form(form_1, **{field: str(register.classes["Talous"].id)})
    page = second.post_form(form_2, **{field: ""}, status=409)
    assert "Talous" in page.words
    assert page.select(f"input[name='choose:{field}']")


def test_a_form_that_does_not_say_when_it_was_opened_overwrites_nothing(two, register):
    (_, second), (_, form_2) = two
    second.post_form(form_2, seen="0", goals="Toisen tavoitteet", status=409)
    assert register.fresh(SUBJECT).goals is None
