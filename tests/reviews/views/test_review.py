import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from portfolio.budgets import operations as budgets
from portfolio.budgets.rules import BudgetPart
from portfolio.core.rights import Role
from portfolio.register.models import Indicator, IndicatorValue, Initiative
from portfolio.register.operations import update_initiatives, update_parts
from portfolio.register.rules import Status
from portfolio.reviews import operations
from portfolio.reviews.models import ReviewAnswer, ReviewDraft, ReviewIndicator
from portfolio.reviews.rules import Health, ReviewState, Verdict
from tests import factories
from tests.reviews.views.conftest import ROUNDS

FORM = "form[action*='/answers/']:has(#bar)"


def address(identity):
    return f"{ROUNDS}/answers/{identity}"


@pytest.fixture
def asked(programme):
    """The review of the reporter's own measure, with last year's told and approved."""
    before = programme.round(2025, due_on=dt.date(2025, 9, 30))
    review = programme.review(before, programme.first)
    programme.submit(
        review, day=dt.date(2025, 9, 1), results="Viime vuoden tulos", health=Health.YELLOW, health_reason="Viive"
    )
    programme.approve(review, day=dt.date(2025, 9, 2))
    return programme.review(programme.round(), programme.first)


def test_last_years_answers_stand_beside_this_years(reporter, asked):
    page = reporter.get(address(asked))
    told = page.select_one(".beside:has(#results) .told-last")
    assert "Vuosiraportti 2025" in told.get_text()
    assert "Viime vuoden tulos" in told.get_text()
    assert "Riski" in page.select_one(".beside:has(#health) .told-last").get_text()
    assert page.select_one("#results").get_text(strip=True) == ""


def test_a_review_is_submitted_and_read_by_others(reporter, programme, asked):
    page = reporter.post_form(
        reporter.get(address(asked)), form=FORM, health="green", progress="60", done="Koulutus pidetty",
        money_used="12 000", verdict="continue",
    )  # fmt: skip
    assert page.messages == ["Katselmus lähetettiin. Kehittämistoimisto jatkaa tästä."]
    stored = programme.stored(asked)
    assert (stored.state, stored.progress, stored.money_used) == (ReviewState.SUBMITTED, 60, Decimal(12000))
    reporter.sign_in(Role.VIEWER)
    page = reporter.get(address(asked))
    assert page.select_one(FORM) is None
    assert "Koulutus pidetty" in page.words
    assert "Käyttäjä reporter" in page.words


def test_what_was_submitted_is_read_first_and_changed_by_choice(reporter, programme, asked):
    programme.submit(asked)
    page = reporter.get(address(asked))
    assert page.select_one(FORM) is None
    link = next(one for one in page.links() if "edit=1" in one)
    reporter.post_form(reporter.get(link), form=FORM, done="Tarkennettu")
    assert programme.stored(asked).done == "Tarkennettu"


def test_what_is_missing_is_told_beside_the_fields_and_nothing_typed_is_lost(reporter, asked):
    page = reporter.post_form(reporter.get(address(asked)), form=FORM, status=422, health="red", done="Kesken")
    assert page.select_one("#done").get_text(strip=True) == "Kesken"
    assert page.select_one("[name=health][checked]")["value"] == "red"
    assert page.select_one("#health_reason-error")
    assert page.select_one("#verdict-error")


def test_unchanged_submits_in_one_press_what_was_told_last_time(reporter, programme, asked):
    reporter.post_form(reporter.get(address(asked)), form=FORM, button=("unchanged", "1"))
    stored = programme.stored(asked)
    assert (stored.state, stored.unchanged, stored.verdict) == (ReviewState.SUBMITTED, True, Verdict.CONTINUE)
    assert (stored.results, stored.health) == ("Viime vuoden tulos", Health.YELLOW)


def test_paused_work_is_resumed_or_stays_paused_and_the_form_tells_where_each_leads(reporter, programme):
    paused = programme.measure("Tauolla oleva hanke", programme.town.unit.id, status=Status.PAUSED)
    programme.town.commit()
    asked = programme.round()
    page = reporter.get(address(programme.review(asked, paused)))
    found = {one["value"]: one.find_parent("label").get_text(" ", strip=True) for one in page.select("[name=verdict]")}
    assert found["resume"] == "Jatketaan uudelleen tilaksi tulee Käynnissä"
    assert found["pause"] == "Keskeytetään tila pysyy: Tauolla"
    assert "continue" not in found
    page = reporter.get(address(programme.review(asked, programme.first)))
    assert "resume" not in {one["value"] for one in page.select("[name=verdict]")}


def test_unchanged_leaves_paused_work_paused(reporter, programme, asked):
    update_initiatives(programme.session, programme.office, {programme.first: {"status": Status.PAUSED}})
    programme.town.commit()
    reporter.post_form(reporter.get(address(asked)), form=FORM, button=("unchanged", "1"))
    stored = programme.stored(asked)
    assert (stored.state, stored.verdict) == (ReviewState.SUBMITTED, Verdict.PAUSE)


def test_copying_fills_what_is_empty_and_keeps_what_was_typed(reporter, programme, asked):
    page = reporter.post_form(reporter.get(address(asked)), form=FORM, button=("copy", "1"), done="Uutta tänä vuonna")
    assert page.select_one("#done").get_text(strip=True) == "Uutta tänä vuonna"
    assert page.select_one("#results").get_text(strip=True) == "Viime vuoden tulos"
    assert programme.stored(asked).state is ReviewState.WAITING


def test_a_draft_is_kept_as_typed_right_or_wrong_until_it_is_submitted(reporter, programme, asked):
    page = reporter.post_form(
        reporter.get(address(asked)), form=FORM, button=("draft", "1"), progress="ehkä puolet", done="Alku"
    )
    assert page.messages[0].startswith("Luonnos tallennettiin")
    assert page.select_one("#progress")["value"] == "ehkä puolet"
    assert page.select_one("#done").get_text(strip=True) == "Alku"
    assert programme.stored(asked).done is None
    page = reporter.post_form(page, form=FORM, progress="50", health="green", verdict="continue")
    assert programme.stored(asked).done == "Alku"
    assert programme.town.rows(select(ReviewDraft)) == []


def test_a_draft_that_somebody_overtook_stands_below_what_was_saved_and_may_be_thrown_away(reporter, programme, asked):
    reporter.post_form(reporter.get(address(asked)), form=FORM, button=("draft", "1"), done="Oma luonnos")
    programme.submit(asked, done="Toimiston vastaus")

    page = reporter.get(address(asked))
    assert "Toimiston vastaus" in page.select_one("#told").get_text()
    assert page.select_one("#done").get_text(strip=True) == "Oma luonnos"
    reporter.post_form(page, form=FORM, health="green", verdict="continue")
    assert programme.stored(asked).done == "Oma luonnos"

    reporter.post_form(
        reporter.get(f"{address(asked)}?edit=1"), form=FORM, button=("draft", "1"), done="Toinen luonnos"
    )
    programme.submit(asked, done="Toimiston uusi vastaus")
    page = reporter.post_form(reporter.get(address(asked)), form="form[action$='/discard']")
    assert page.select_one(FORM) is None
    assert "Toimiston uusi vastaus" in page.words
    assert programme.town.rows(select(ReviewDraft)) == []


def test_a_draft_is_kept_while_typing_and_says_when(reporter, programme, asked):
    answer = reporter.client.post(
        f"{address(asked)}/draft", data={"csrf_token": reporter.token(), "done": "Kirjoitan", "evil": "ei"}
    )
    assert "Luonnos tallennettu klo" in answer.text
    assert programme.town.rows(select(ReviewDraft))[0].texts == {"done": "Kirjoitan"}
    programme.close(programme.stored(asked).round_id)
    answer = reporter.client.post(f"{address(asked)}/draft", data={"csrf_token": reporter.token(), "done": "Lisää"})
    assert "Kierros on suljettu" in answer.text


def test_a_verdict_that_the_lifecycle_forbids_is_shut_and_refused_in_words(reporter, programme, asked):
    page = reporter.get(address(asked))
    radio = page.select_one("[name=verdict][value=make_permanent]")
    assert radio.has_attr("disabled")
    assert "ei mahdollinen tilasta" in radio.find_parent("label").get_text()
    page = reporter.post_form(page, form=FORM, status=422, health="green", verdict="make_permanent", done="Valmis")
    assert "ei ole mahdollinen" in page.select_one("#verdict-error").get_text()
    assert page.select_one("#done").get_text(strip=True) == "Valmis"


def test_a_review_after_closing_is_refused_with_a_sentence_and_what_was_typed_stays(reporter, programme, asked):
    page = reporter.get(address(asked))
    programme.close(programme.stored(asked).round_id)
    page = reporter.post_form(page, form=FORM, status=422, health="green", verdict="continue", done="Myöhästyin")
    assert any("Kierros on suljettu" in one for one in page.errors)
    assert page.select_one("#done").get_text(strip=True) == "Myöhästyin"
    assert reporter.get(address(asked)).select_one(FORM) is None


def test_two_people_on_one_review_at_once_lose_nothing(reporter, programme, asked):
    page = reporter.get(address(asked))
    programme.submit(asked, done="Toimiston kirjaama")
    page = reporter.post_form(page, form=FORM, status=409, health="green", verdict="continue", done="Minun tekstini")
    assert page.select_one("#done").get_text(strip=True) == "Minun tekstini"
    assert "Toimiston kirjaama" in page.select_one("#told").get_text()
    reporter.post_form(page, form=FORM)
    assert programme.stored(asked).done == "Minun tekstini"


def test_another_units_review_is_only_read_until_it_is_delegated(pages, programme):
    identity = programme.review(programme.round(), programme.third)
    pages.sign_in(Role.REPORTER)
    assert pages.get(address(identity)).select_one(FORM) is None
    pages.sign_in(Role.OFFICE)
    user = programme.town.users[Role.REPORTER].id
    page = pages.post_form(
        pages.get(address(identity)), form="form[action$='/delegate']", **{"delegate-delegate_id": str(user)}
    )
    assert "voi nyt vastata" in page.messages[0]
    pages.sign_in(Role.REPORTER)
    assert "siirretty sinulle" in pages.get(f"{ROUNDS}/mine").words
    pages.post_form(pages.get(address(identity)), form=FORM, health="green", verdict="continue")
    assert programme.stored(identity).state is ReviewState.SUBMITTED


def test_a_redirection_is_told_approved_and_changes_the_initiative(pages, programme, asked):
    pages.sign_in(Role.REPORTER)
    pages.post_form(
        pages.get(address(asked)), form=FORM, health="yellow", health_reason="Rahoitus puuttuu", verdict="redirect",
        verdict_what="Kohderyhmä", verdict_why="Tarve muuttui", new_goal="Palvelu kaikille", new_timespan="syksy 2027",
        new_owner_post_id=str(programme.post),
    )  # fmt: skip
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(address(asked)), form="form[action$='/approve']")
    item = programme.town.rows(select(Initiative).where(Initiative.id == programme.first))[0]
    assert (item.goals, item.owner_post_id, item.timespan.words) == ("Palvelu kaikille", programme.post, "syksy 2027")


def test_an_answer_that_changed_since_it_was_read_is_not_approved_and_the_page_says_so(pages, programme, asked):
    programme.submit(asked)
    pages.sign_in(Role.OFFICE)
    read = pages.get(address(asked))
    programme.submit(asked, verdict=Verdict.STOP, verdict_why="Rahoitus päättyi")

    page = pages.post_form(read, form="form[action$='/approve']", status=422)
    assert "on muuttunut sen jälkeen, kun luit" in page.select_one(".notice.bad").get_text()
    assert "Rahoitus päättyi" in page.words
    assert programme.stored(asked).state is ReviewState.SUBMITTED
    pages.post_form(page, form="form[action$='/approve']")
    assert programme.stored(asked).state is ReviewState.APPROVED


def test_before_an_approved_review_is_returned_it_is_said_that_the_initiative_stays_changed(pages, programme, asked):
    programme.submit(asked, verdict=Verdict.STOP, verdict_why="Rahoitus päättyi")
    pages.sign_in(Role.OFFICE)
    assert "pysyy, vaikka katselmus palautetaan" not in pages.get(address(asked)).words
    programme.approve(asked)
    page = pages.get(address(asked))
    assert "pysyy, vaikka katselmus palautetaan" in page.words
    assert f"/koekunta/initiatives/{programme.first}/history" in page.links()


def test_returning_what_was_returned_meanwhile_says_why_not(pages, programme, asked):
    programme.submit(asked)
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(asked))
    pages.post_form(page, form="form[action$='/return']", **{"return-comment": "Kerro tuloksista"})
    page = pages.post_form(page, form="form[action$='/return']", status=422, **{"return-comment": "Kerro taas"})
    assert "Vain lähetetyn katselmuksen voi hyväksyä tai palauttaa" in page.select_one(".notice.bad").get_text()


def test_a_review_is_returned_with_a_comment_that_the_answerer_sees(pages, programme, asked):
    programme.submit(asked)
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(asked))
    pages.post_form(page, form="form[action$='/return']", status=422)
    pages.post_form(page, form="form[action$='/return']", **{"return-comment": "Kerro tuloksista"})
    pages.sign_in(Role.REPORTER)
    page = pages.get(address(asked))
    assert "Kerro tuloksista" in page.select_one(".notice.warn").get_text()
    assert "Kerro tuloksista" in pages.get(f"{ROUNDS}/mine").words
    assert page.select_one("#done").get_text(strip=True) == "Kilpailutus tehty"


def test_the_offices_rating_stands_beside_the_owners(pages, programme, asked):
    programme.submit(asked)
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(asked))
    form = "form[action$='/rate']"
    pages.post_form(page, form=form, status=422, **{"rate-office_health": "red"})
    pages.post_form(page, form=form, **{"rate-office_health": "red", "rate-office_reason": "Aikataulu ei pidä"})
    stored = programme.stored(asked)
    assert (stored.health, stored.office_health) == (Health.GREEN, Health.RED)
    pages.sign_in(Role.VIEWER)
    assert "Aikataulu ei pidä" in pages.get(address(asked)).select_one("#office").get_text()


def test_indicators_questions_and_money_have_their_earlier_values_beside(reporter, programme):
    session, home = programme.session, programme.home
    indicator = factories.write(
        session, Indicator, home | {"initiative_id": programme.first, "name_fi": "Käyttöaste"}
    ).id
    programme.town.commit()
    template = operations.create_template(session, programme.office, {"name_fi": "Kysymykset"})
    programme.town.commit()
    question = operations.add_question(session, programme.office, template, {"text_fi": "Palaute?", "required": True})
    programme.town.commit()
    identity = programme.review(programme.round(template_id=template), programme.first)
    page = reporter.get(address(identity))
    assert "talousarvio: ei kirjattu" in page.select_one(".beside:has(#money_used)").get_text().replace("\n", "")
    fields = {f"indicator:{indicator}": "12,5", "health": "green", "verdict": "continue"}
    page = reporter.post_form(page, form=FORM, status=422, **fields)
    assert page.errors
    reporter.post_form(page, form=FORM, **{f"question:{question}": "Hyvää"})
    assert programme.town.rows(select(ReviewIndicator))[0].number == Decimal("12.5")
    assert programme.town.rows(select(ReviewAnswer))[0].answer == "Hyvää"


def test_an_indicator_keeps_in_a_closed_round_the_value_it_was_told_beside_the_one_before(pages, programme):
    session, home = programme.session, programme.home
    indicator = factories.write(session, Indicator, home | {"initiative_id": programme.first, "name_fi": "Arvosana"}).id
    factories.write(session, IndicatorValue, home | {"indicator_id": indicator, "year": 2025, "number": Decimal("3.6")})
    programme.town.commit()
    asked = programme.round()
    review = programme.review(asked, programme.first)
    pages.sign_in(Role.OFFICE)
    assert "2025: 3,6" in pages.get(address(review) + "?edit=1").words
    programme.submit(review, indicators={indicator: {"number": Decimal("4.25"), "words": None}})
    programme.approve(review)
    programme.close(asked)
    (value,) = [one for one in programme.town.rows(select(IndicatorValue)) if one.year == 2026]
    assert value.number == Decimal("4.25")
    update_parts(session, programme.office, IndicatorValue, {value.id: {"number": Decimal(1)}})
    update_parts(session, programme.office, Indicator, {indicator: {"name_fi": "Uusi nimi"}})
    programme.town.commit()
    words = pages.get(address(review)).words
    assert "Arvosana 4,25 2025: 3,6" in words
    assert "Uusi nimi" not in words


def test_the_money_beside_tells_what_its_sum_leaves_out(reporter, programme, asked):
    sources = {code: {"name_fi": code} for code in ("oma", "eu")}
    own, other = budgets.put_funding_sources(programme.session, programme.office, sources).ids.values()
    keys = [(programme.first, 2026, BudgetPart.OPERATING, source) for source in (own, other)]
    cells = dict(zip(keys, ({"planned": Decimal(5000)}, {"planned": None}), strict=True))
    budgets.set_budget_cells(programme.session, programme.office, cells)
    programme.town.commit()
    told = reporter.get(address(asked)).select_one(".beside:has(#money_used)").get_text(" ", strip=True)
    assert "5 000 € 1/2 ei tiedossa" in told.replace("\N{NO-BREAK SPACE}", " ")


def test_the_form_is_printed_empty_or_with_the_answers(reporter, programme, asked):
    programme.submit(asked)
    assert "Kilpailutus tehty" in reporter.get(f"{address(asked)}/paper").words
    assert "Kilpailutus tehty" not in reporter.get(f"{address(asked)}/paper?empty=1").words


def test_a_closed_round_shows_what_was_told_and_the_initiative_as_they_were(office, programme, asked):
    programme.submit(asked, done="Ennen sulkemista")
    programme.close(programme.stored(asked).round_id)
    update = {programme.first: {"goals": "Myöhempi tavoite"}}
    update_initiatives(programme.session, programme.office, update)
    programme.town.commit()
    page = office.get(address(asked))
    assert "Ennen sulkemista" in page.words
    assert "Myöhempi tavoite" not in page.words


def test_nobody_is_waited_for_once_a_round_is_closed(office, programme, asked):
    assert "Odottaa vastausta" in office.get(address(asked)).words
    review = programme.stored(asked)
    programme.close(review.round_id)
    for shown in (address(asked), f"{ROUNDS}/{review.round_id}", f"/koekunta/initiatives/{review.initiative_id}"):
        words = office.get(shown).words.lower()
        assert "odottaa vastausta" not in words
        assert "ei vastattu" in words


def test_the_page_of_a_review_asks_no_more_for_many_rounds(reporter, programme, asked, counted, engine):
    with counted(engine) as few:
        reporter.get(address(asked))
    for year in (2022, 2023, 2024):
        programme.round(year)
    with counted(engine) as many:
        reporter.get(address(asked))
    assert many.queries == few.queries
