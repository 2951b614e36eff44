"""The card of an initiative: everything that is told, nothing that may not be done, every text harmless."""

import datetime as dt
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, inspect, select

from portfolio.budgets.models import BudgetLine, FundingShare, FundingSource
from portfolio.budgets.operations import put_funding_shares, remove_funding_share
from portfolio.budgets.rules import BudgetPart
from portfolio.core import history
from portfolio.core.rights import Role
from portfolio.core.timespan import Context, parse
from portfolio.exchange.models import ImportBatch, ImportOrigin
from portfolio.forums.models import Decision, DecisionInitiative, Forum, InitiativeForum
from portfolio.forums.rules import ForumKind, Outcome
from portfolio.register.models import (
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    InitiativeCategory,
    Milestone,
    RecurringDeadline,
)
from portfolio.register.operations import remove_initiatives, update_initiatives
from portfolio.register.rules import Benefit, InitiativeKind, MilestoneKind, Status
from tests import factories

TEXTS = (
    *("present_state", "target_state", "goals", "solution", "results", "done_so_far", "continues", "out_of_scope"),
    *("output_home", "training_plan", "source", "carried_by", "notes"),
)
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 1234 * 8 }}",
    "</textarea><b>ulos</b>",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
)


def span(words):
    reading = parse(words, Context(dt.date(2026, 5, 4)))
    return reading.value if reading.certain else reading.proposal


def make(town, model, **values):
    return factories.write(town.session, model, {"municipality_id": town.municipality.id, **values})


def create(town, **overrides):
    return factories.create_initiative(town.session, municipality_id=town.municipality.id, **overrides)


def office(town):
    return factories.acting(town.municipality.id, Role.OFFICE)


def address(town, initiative, rest=""):
    return f"/{town.code}/initiatives/{identity_of(initiative)}{rest}"


def identity_of(initiative):
    """Give a row's id without reading the row again, which would take the write lock."""
    return inspect(initiative).identity[0]


def a_full_card(town, parts=1):
    """An initiative of which everything is told, with some of every part."""
    post = factories.create_post(
        town.session, municipality_id=town.municipality.id, title_fi="Asiakkuusjohtaja", unit_id=town.unit.id
    )
    person = factories.create_person(town.session, municipality_id=town.municipality.id, name="Viranhaltija Yksi")
    factories.create_holding(town.session, municipality_id=town.municipality.id, post_id=post.id, person_id=person.id)
    one = create(
        town,
        title_fi="Asiakaspalvelu kaikissa kanavissa",
        summary_fi="Asukas saa saman neuvon joka kanavassa.",
        kind=InitiativeKind.NEED,
        unit_id=town.unit.id,
        owner_post_id=post.id,
        timespan=span("kevät 2023 – 2025"),
        progress=45,
        benefits=frozenset({Benefit.AVAILABILITY}),
        ledger_number="1234",
        **{name: f"Teksti {name}" for name in TEXTS},
    )
    scheme = factories.create_scheme(town.session, municipality_id=town.municipality.id, name_fi="Taso")
    category = factories.create_category(
        town.session, municipality_id=town.municipality.id, scheme_id=scheme.id, name_fi="Taktinen taso"
    )
    make(town, InitiativeCategory, initiative_id=one.id, category_id=category.id)
    source = make(town, FundingSource, code="oma", name_fi="oma rahoitus")
    forum = make(town, Forum, code="jory", name_fi="Integraation johtoryhmä", kind=ForumKind.LEADERSHIP)
    make(town, InitiativeForum, initiative_id=one.id, forum_id=forum.id)
    for number in range(parts):
        _add_parts(town, one, post, source, forum, number)
    return one


def _add_parts(town, one, post, source, forum, number):
    make(
        town,
        Milestone,
        initiative_id=one.id,
        title_fi=f"Määrittely {number}",
        timespan=span("keväällä 2026"),
        kind=MilestoneKind.REPORT,
        receiver_post_id=post.id,
    )
    make(town, RecurringDeadline, initiative_id=one.id, title_fi=f"Raportti {number}", month=9, day=30)
    indicator = make(town, Indicator, initiative_id=one.id, name_fi=f"Tyytyväisyys {number}")
    make(town, IndicatorValue, indicator_id=indicator.id, year=2025, number=Decimal("4.5"))
    make(town, DocumentLink, initiative_id=one.id, title=f"Suunnitelma {number}", url="https://esimerkki.example/s")
    line = {"initiative_id": one.id, "part": BudgetPart.OPERATING, "source_id": source.id}
    make(town, BudgetLine, **line, year=2026 + number, planned=Decimal(120_000))
    decision = make(
        town,
        Decision,
        forum_id=forum.id,
        date=dt.date(2023, 5, 12),
        section="4",
        case_number="TRE/123",
        title_fi=f"Tarpeen hyväksyminen {number}",
        outcome=Outcome.APPROVED,
    )
    make(town, DecisionInitiative, decision_id=decision.id, initiative_id=one.id)
    for title, ends in (("Ensin", "predecessor_id"), ("Sitten", "successor_id")):
        other = create(town, title_fi=f"{title} {number}", timespan=span("2030"))
        own = "successor_id" if ends == "predecessor_id" else "predecessor_id"
        make(town, Dependency, **{ends: other.id, own: one.id})


def test_the_card_tells_everything_that_is_known(pages, town):
    one = a_full_card(town)
    town.commit()
    pages.sign_in(Role.VIEWER)
    words = pages.get(address(town, one)).words
    told = [
        *("Asiakaspalvelu kaikissa kanavissa", "Asukas saa saman neuvon", "Taktinen taso", "Asiakkuusjohtaja"),
        *("Viranhaltija Yksi", "Sivistys", "Integraation johtoryhmä", "kevät 2023 – 2025", "45 %", "1234"),
        *("Määrittely 0", "keväällä 2026", "30.9.", "Tyytyväisyys 0", "4,5", "Suunnitelma 0", "120 000 €"),
        *("Tarpeen hyväksyminen 0", "12.5.2023 § 4", "TRE/123", "Ensin 0", "Sitten 0", one.code),
        *(f"Teksti {name}" for name in TEXTS),
    ]
    missing = [text for text in told if text not in words.replace("\N{NO-BREAK SPACE}", " ")]
    assert not missing


def test_what_is_not_known_is_said_and_no_cell_is_empty(pages, town):
    one = create(town)
    town.commit()
    pages.sign_in(Role.VIEWER)
    page = pages.get(address(town, one))
    assert not [
        cell
        for cell in page.select("dd, td, tbody th")
        if not cell.get_text(strip=True) and not cell.select("progress")
    ]
    assert len(page.select(".unknown")) >= 8


def test_the_number_of_statements_does_not_grow_with_the_parts(pages, town, engine):
    few = a_full_card(town)
    town.commit()
    pages.sign_in(Role.OFFICE)
    pages.get(address(town, few))
    counts = [_statements(engine, lambda: pages.get(address(town, few)))]
    post = factories.create_post(town.session, municipality_id=town.municipality.id)
    source = make(town, FundingSource, code="esr", name_fi="ESR")
    forum = make(town, Forum, code="toinen", name_fi="Toinen", kind=ForumKind.BODY)
    for number in range(1, 8):
        _add_parts(town, few, post, source, forum, number)
    town.commit()
    counts.append(_statements(engine, lambda: pages.get(address(town, few))))
    assert counts[0] == counts[1] <= 45


def _statements(engine, act):
    seen = []

    def listen(*arguments):
        seen.append(arguments[2])

    event.listen(engine, "before_cursor_execute", listen)
    act()
    event.remove(engine, "before_cursor_execute", listen)
    return len(seen)


def test_the_card_is_shown_as_it_was(pages, town):
    one = create(town, title_fi="Vanha otsikko", status=Status.PROPOSED)
    town.commit()
    then = history.latest_revision(town.session)
    town.commit()
    update_initiatives(town.session, office(town), {one.id: {"title_fi": "Uusi otsikko"}})
    make(town, Milestone, initiative_id=one.id, title_fi="Myöhempi etappi")
    town.commit()
    pages.sign_in(Role.OFFICE)
    now, past = pages.get(address(town, one)), pages.get(address(town, one, f"?revision={then}"))
    assert "Uusi otsikko" in now.words
    assert "Vanha otsikko" in past.words
    assert "Myöhempi etappi" not in past.words
    assert "Uusi otsikko" not in past.words
    changing = [link for link in past.links() if "/edit" in link or "/new" in link.split("?")[0]]
    assert changing == [f"/koekunta/baselines/new?number={then}"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
def test_those_who_may_not_edit_see_no_way_to_edit(pages, town, role):
    one = a_full_card(town)
    town.commit()
    pages.sign_in(role)
    links = pages.get(address(town, one)).links()
    assert not [link for link in links if link.endswith(("/edit", "/budget", "/remove")) or "milestones/new" in link]


def test_a_removed_one_says_so_and_can_be_restored(pages, town):
    one = create(town)
    remove_initiatives(town.session, office(town), [one.id])
    town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(town, one))
    assert "poistettu" in page.words.lower() or "removed" in page.words.lower()
    page = pages.post_form(page, form="form[action$='/restore']")
    assert not page.select("form[action$='/restore']")


def test_an_item_of_another_municipality_is_not_found(pages, town):
    theirs = factories.create_initiative(town.session, municipality_id=town.neighbour.id)
    town.commit()
    pages.sign_in(Role.ADMIN)
    for rest in ("", "/history", "/edit", "/copy", "/remove", "/budget", "/milestones/new"):
        pages.get(address(town, theirs, rest), status=404)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup(pages, town, attack):
    texts = (*TEXTS, "title_fi", "title_sv", "summary_fi", "summary_sv")
    one = create(town, ledger_number=attack[:40], number=attack[:30], **dict.fromkeys(texts, attack))
    make(town, Milestone, initiative_id=one.id, title_fi=attack)
    make(town, RecurringDeadline, initiative_id=one.id, title_fi=attack, month=1, day=1)
    indicator = make(town, Indicator, initiative_id=one.id, name_fi=attack, measured_in=attack[:40], source=attack)
    make(town, IndicatorValue, indicator_id=indicator.id, year=2025, words=attack)
    make(
        town,
        DocumentLink,
        initiative_id=one.id,
        title=attack,
        url="https://esimerkki.example/" + attack.replace(" ", ""),
    )
    other = create(town, title_fi=attack)
    make(town, Dependency, predecessor_id=other.id, successor_id=one.id, note=attack)
    town.commit()
    pages.sign_in(Role.OFFICE)
    card = pages.get(address(town, one))
    edits = [link for link in card.links() if link.endswith("/edit")]
    assert len(edits) == 6
    looked = ["/history", "/copy", "/remove", f"/dependencies/new?{urlencode({'find': attack})}"]
    for page in (card, *(pages.get(link) for link in (*edits, *(address(town, one, rest) for rest in looked)))):
        assert not page.select("main script, main img, main b:-soup-contains('ulos')")
        assert not page.select("[onerror], [onmouseover], a[href^='javascript:']")
        assert "9872" not in page.select_one("h1").get_text()


def test_the_card_says_which_file_sheet_and_row_it_came_from(pages, town):
    one = create(town)
    born = history.latest_revision(town.session)
    town.commit()
    update_initiatives(town.session, office(town), {one.id: {"goals": "Yksi tapa toimia"}})
    batch = ImportBatch(
        municipality_id=town.municipality.id,
        revision_id=history.latest_revision(town.session),
        base_revision_id=born,
        counts={},
        profile="turku",
        file_name="asiakkuudet.xlsx",
        content_hash="b" * 64,
        applied_at=factories.MORNING + dt.timedelta(days=1),
    )
    town.session.add(batch)
    town.session.flush()
    town.session.add(ImportOrigin(batch_id=batch.id, entity="initiative", entity_id=one.id, sheet="Tarpeet", row=14))
    town.commit()
    pages.sign_in(Role.VIEWER)
    page = pages.get(address(town, one))
    assert "asiakkuudet.xlsx" in page.words
    (cell,) = page.select(".origin")
    assert cell.find_parent("dd").find_previous_sibling("dt").get_text() == "Tarve ja tavoitteet"
    assert "asiakkuudet.xlsx" in cell.get_text()
    assert "Tarpeet" in cell.get_text()
    assert "14" in cell.get_text()
    assert "asiakkuudet.xlsx" not in pages.get(address(town, one, f"?revision={born}")).words


def test_the_history_tells_parts_by_name_and_pages(pages, town):
    one = create(town, title_fi="Alku")
    make(town, Milestone, initiative_id=one.id, title_fi="Etapin nimi")
    town.commit()
    for number in range(30):
        update_initiatives(town.session, office(town), {one.id: {"title_fi": f"Otsikko {number}"}})
        town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(town, one, "/history"))
    assert "Otsikko 29" in page.words
    assert "Etapin nimi" not in page.words
    assert "Etapin nimi" in pages.get(address(town, one, "/history?page=2")).words
    assert [link for link in page.links() if "revision=" in link]
    assert [link for link in page.links() if "/undo" in link]


def test_the_history_tells_who_pays_what_share_and_how_it_changed(pages, town):
    one = create(town)
    source = make(town, FundingSource, code="eakr", name_fi="EAKR").id
    town.commit()
    key = (one.id, source)
    put_funding_shares(town.session, office(town), {key: {"percent": Decimal("62.5"), "timespan": span("2024–2026")}})
    town.commit()
    put_funding_shares(town.session, office(town), {key: {"percent": Decimal(50)}})
    town.commit()
    remove_funding_share(town.session, office(town), town.rows(select(FundingShare.id))[0])
    town.commit()
    pages.sign_in(Role.VIEWER)
    words = pages.get(address(town, one, "/history")).words
    assert "Lisätty: Rahoitusosuus: EAKR, 62,5 %, 2024–2026" in words
    assert "Rahoitusosuus: EAKR · Osuus, prosenttia oli 62,5 % → on nyt 50 %" in words
    assert "Poistettu: Rahoitusosuus: EAKR" in words
    assert "Rahoitusosuus: EAKR" in pages.get(address(town, one)).words


def test_swedish_and_english_pages_mark_finnish_text(pages, town):
    one = create(town, title_fi="Vain suomeksi", summary_fi="Suomenkielinen")
    town.commit()
    pages.sign_in(Role.VIEWER)
    pages.post("/language", language="sv", next=address(town, one))
    page = pages.get(address(town, one))
    if page.html["lang"] == "sv":
        assert page.select_one("h1")["lang"] == "fi"
        assert page.select_one("#why .prose")["lang"] == "fi"
