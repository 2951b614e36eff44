import datetime as dt
from decimal import Decimal

import pytest
from flask import render_template_string

from portfolio.core.problem import Problem
from portfolio.core.rights import Role
from portfolio.web.language import either, gettext, lazy_gettext, ngettext


def said(application, template, language="fi", **context):
    with application.test_request_context(headers={"Accept-Language": language}):
        return render_template_string(template, **context)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.5", "sv"),
        ("en-GB", "en"),
        ("de,fr", "fi"),
        ("de,sv;q=0.3", "sv"),
        ("", "fi"),
        ("nonsense;;q=x", "fi"),
    ],
)
def test_a_visitor_gets_the_language_that_the_browser_asks_for(pages, asked, language):
    assert pages.get("/sign-in", headers={"Accept-Language": asked}).html["lang"] == language


def test_the_accounts_language_comes_before_the_browsers(pages, town):
    town.users[Role.OFFICE].language = "sv"
    town.commit()
    pages.sign_in(Role.OFFICE)
    assert pages.get("/account", headers={"Accept-Language": "en"}).html["lang"] == "sv"


def test_texts_are_translated_with_what_they_hold_in_the_language(application):
    with application.test_request_context(headers={"Accept-Language": "sv"}):
        assert gettext("until %(day)s", day=dt.date(2026, 12, 31)) == "till 31.12.2026"
        assert ngettext("%(num)s person has access.", "%(num)s people have access.", 2) == "2 personer har behörighet."


def test_a_lazy_text_waits_for_the_page(application):
    label = lazy_gettext("Password")
    for language, words in (("fi", "Salasana"), ("sv", "Lösenord"), ("en", "Password")):
        with application.test_request_context(headers={"Accept-Language": language}):
            assert str(label) == words


def test_parameters_in_templates_are_escaped(application):
    template = '{{ _("For the account %(email)s.", email=email) }}'
    assert said(application, template, email="<b>&") == "Tilille &lt;b&gt;&amp;."
    problem = Problem('"%(text)s" is not an e-mail address.', {"text": "<i>"})
    assert "&lt;i&gt;" in said(application, template, email=problem)


def test_dates_and_numbers_in_templates_are_written_in_the_language(application):
    template = '{{ _("For the account %(email)s.", email=value) }}'
    assert said(application, template, value=dt.date(2026, 5, 4)) == "Tilille 4.5.2026."
    assert said(application, template, value=Decimal("1234.5")) == "Tilille 1\N{NO-BREAK SPACE}234,5."


def test_markup_among_the_parameters_stays_markup(application):
    template = '{{ _("For the account %(email)s.", email="<b>x</b>"|safe) }}'
    assert said(application, template) == "Tilille <b>x</b>."


def test_plurals_in_templates(application):
    template = '{{ ngettext("%(num)s person has access.", "%(num)s people have access.", n) }}'
    assert said(application, template, "en", n=1) == "1 person has access."
    assert said(application, template, "en", n=2) == "2 people have access."


def test_a_text_with_a_per_cent_sign_and_no_parameters_is_left_alone(application):
    assert said(application, '{{ _("100 %") }}') == "100 %"


@pytest.mark.parametrize(
    ("language", "finnish", "swedish", "shown"),
    [
        ("fi", "Yksikkö", "Enhet", "Yksikkö"),
        ("sv", "Yksikkö", "Enhet", "Enhet"),
        ("sv", "Yksikkö", None, "Yksikkö"),
        ("en", "Yksikkö", "Enhet", "Yksikkö"),
        ("fi", None, "Enhet", "Enhet"),
        ("fi", None, None, ""),
    ],
)
def test_names_kept_in_two_languages(application, language, finnish, swedish, shown):
    with application.test_request_context(headers={"Accept-Language": language}):
        assert either(finnish, swedish) == shown


def test_messages_of_the_form_library_come_in_the_language(pages):
    for language, words in (
        ("fi", "Pakollinen."),
        ("sv", "Det här fältet är obligatoriskt."),
        ("en", "This field is required."),
    ):
        page = pages.get("/sign-in", headers={"Accept-Language": language})
        data = {"csrf_token": page.select_one("[name=csrf_token]")["value"]}
        answer = pages.client.post("/sign-in", data=data, headers={"Accept-Language": language})
        assert words in answer.text
