"""What the queries gather, with rounds and without, and what the builders make of it."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from portfolio.budgets.models import BudgetLine, Frame, FundingSource
from portfolio.core import history
from portfolio.core.timespan import Context, parse
from portfolio.documents import queries
from portfolio.documents.report import Group, Kind, Said, as_document, build
from portfolio.files.document import Table
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Portfolio
from portfolio.register.operations import create_initiatives
from portfolio.register.rules import InitiativeKind, Status
from portfolio.reviews import operations
from portfolio.reviews.rules import Health, Verdict
from tests.factories import MORNING, create_baseline, create_holding, create_initiative, create_person, write
from tests.reviews.conftest import Cycle

DAY = dt.date(2026, 10, 5)


@pytest.fixture
def cycle(db):
    """A programme with two service areas, as the tests of reviews have it."""
    return Cycle(db)


def span(words):
    return parse(words, Context(document_date=DAY)).value


def wanted(cycle, kind=Kind.PROGRESS, **asked):
    session = cycle.session
    session.commit()
    session.expire_all()
    usual = {"day": DAY, "made_at": MORNING, "language": "fi"} | asked
    municipality, portfolio = session.get(Municipality, cycle.id), session.get(Portfolio, cycle.portfolio)
    return queries.WantedReport(kind, municipality, portfolio, **usual)


def read(cycle, kind=Kind.PROGRESS, **asked):
    return queries.read_facts(cycle.session, wanted(cycle, kind, **asked))


def made(cycle, kind=Kind.PROGRESS, **asked):
    return build(read(cycle, kind, **asked))


def part(report, heading):
    return next(one for one in report.parts if one.heading == heading)


def rows(grid):
    return [row.title if isinstance(row, Group) else list(row) for row in grid.rows]


def line(cycle, initiative, planned, year=2026, part="operating", actual=None):
    source = cycle.session.query(FundingSource).first() or write(
        cycle.session, FundingSource, {"municipality_id": cycle.id, "code": "oma", "name_fi": "Oma rahoitus"}
    )
    values = {"municipality_id": cycle.id, "initiative_id": initiative, "year": year, "part": part}
    write(cycle.session, BudgetLine, values | {"source_id": source.id, "planned": planned, "actual": actual})


def test_without_a_round_the_register_tells_and_proposals_of_next_year_are_new(cycle):
    cycle.measure(cycle.town, status=Status.PROPOSED, title_fi="Ensi vuoden puisto", timespan=span("2027"))
    facts = read(cycle)

    assert facts.round is None
    assert {item.id for item in facts.items} >= {cycle.first, cycle.proposed}
    assert [item.title.fi for item in facts.new] == ["Ensi vuoden puisto"]
    report = build(facts)
    assert "ei ole katselmuskierrosta" in report.parts[0].text[1]
    assert "Vuodelle 2027 ehdotetaan 1 uusi toimenpide." in report.parts[0].text
    assert part(report, "Tilanne palvelualueittain").grid.foot[-1] == len(facts.items)


def test_a_round_tells_health_verdict_and_what_is_late(cycle):
    asked = cycle.opened()
    review = cycle.review(asked, cycle.first)
    reason = {"health": Health.RED, "health_reason": "Kilpailutus viivästyi", "next_goals": "Valmis syksyllä"}
    redirected = {"verdict_what": "Rajataan", "verdict_why": "Hinta nousi", "new_goal": "Uusi hankinta"}
    cycle.submit(review, **reason, verdict=Verdict.REDIRECT, **redirected)
    report = made(cycle)

    text = " ".join(report.parts[0].text)
    assert "Kysyttyjä kohteita on 3, vastauksia 1. Myöhässä on 2 vastausta." in text
    assert "1 kohde ei etene ilman päätöstä. 2 kohteen tilannetta ei ole kerrottu." in text
    assert "Päätöstä vaatii: Ajanvaraus verkkoon." in text
    assert "Ratkaisut: suunnataan uudelleen 1." in text
    attention = rows(part(report, "Huomiota vaativat kohteet").grid)
    assert attention[1][2:] == [
        "Kilpailutus viivästyi",
        "Suunnataan uudelleen",
        "Rajataan\nHinta nousi\nUusi tavoite: Uusi hankinta",
    ]
    assert rows(part(report, "Vuoden 2027 tavoitteet").grid)[1][2] == "Valmis syksyllä"
    chart = part(report, "Tilanne palvelualueittain").chart
    assert [list(stack.numbers) for stack in chart.stacks] == [[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]]
    assert "Ei etene" in chart.alt


def test_what_was_returned_is_not_told_to_the_board(cycle):
    asked = cycle.opened()
    review = cycle.review(asked, cycle.first)
    cycle.submit(review, done="Keskeneräinen vastaus")
    operations.return_review(cycle.session, cycle.office, review.id, "Täydennä")
    assert "Keskeneräinen" not in str(made(cycle).parts)


def test_the_year_chooses_the_round_and_a_closed_one_is_read_as_it_was_closed(cycle):
    first = cycle.opened(2025)
    cycle.submit(cycle.review(first, cycle.first), done="Vuonna 2025")
    operations.close_round(cycle.session, cycle.office, first)
    cycle.session.commit()
    values = {"title_fi": "Uusi nimi", "status": Status.PAUSED}
    history.write_many(cycle.session, cycle.office, updates=[history.Update(Initiative, cycle.first, values)])
    cycle.session.commit()
    second = cycle.opened(2026)
    cycle.submit(cycle.review(second, cycle.first), done="Vuonna 2026", verdict=Verdict.RESUME)

    old, new = read(cycle, year=2025), read(cycle)
    assert (old.year, new.year) == (2025, 2026)
    assert [item.title.fi for item in old.items if item.told.done] == ["Ajanvaraus verkkoon"]
    assert "Vuosiraportti 2025" in old.setting.time
    changed = part(build(new), f"Muutokset: vertailukohta {new.changes.since}")
    assert ["Tila", "Käynnissä", "Tauolla"] in rows(changed.grid)
    assert "Uusi nimi" in rows(changed.grid)


def test_a_baseline_is_the_point_of_comparison_where_no_round_came_before(cycle):
    create_baseline(cycle.session, municipality_id=cycle.id, name="Ohjelma 1.0")
    cycle.session.commit()
    cycle.measure(cycle.town, title_fi="Tullut lisää")
    facts = read(cycle)
    assert facts.changes.since.startswith("Ohjelma 1.0")
    changed = part(build(facts), f"Muutokset: vertailukohta {facts.changes.since}")
    assert rows(changed.grid)[0] == "Tullut lisää"


def test_unknown_money_is_counted_beside_the_sum_and_never_as_zero(cycle):
    line(cycle, cycle.first, 1200)
    line(cycle, cycle.third, None)
    report = made(cycle)
    money = part(report, "Rahat vuonna 2026").grid
    assert money.foot[1:4] == [4, 1200, 3]
    assert "1\N{NO-BREAK SPACE}200" in " ".join(report.parts[0].text)


def test_measures_for_decision_are_held_against_the_range_in_words_and_came_in_time(cycle):
    rules = {"quota_min": 2, "quota_max": 2, "proposal_deadline": "15.11."}
    history.write_many(cycle.session, cycle.office, updates=[history.Update(Portfolio, cycle.portfolio, rules)])
    for number in range(3):
        cycle.measure(cycle.care, status=Status.PROPOSED, title_fi=f"Ehdotus {number}", timespan=span("2027"))
    cycle.measure(cycle.care, status=Status.PROPOSED, kind=InitiativeKind.NEED, title_fi="Tarve")
    report = made(cycle, Kind.MEASURES, day=dt.date(2026, 12, 15))

    assert report.title == "Vuoden 2027 toimenpiteet päätettäviksi"
    text = " ".join(report.parts[0].text)
    assert "Ehdotusten määräpäivä oli 15.11.2026. Kaikki tulivat ajoissa." in text
    assert re.search(r"Suositus \(2 toimenpidettä vuodessa\) ylittyy: \S+ 4\.", text)
    assert re.search(r"Suosituksesta \(2 toimenpidettä vuodessa\) jäädään: \S+ 1\.", text)
    told = [row[1:] for row in rows(report.parts[-1].grid)]
    assert sorted(told) == [[1, 0, 1, "1 puuttuu"], [1, 1, 2, "sopii"], [1, 3, 4, "2 yli"]]


def test_an_area_that_brings_its_list_a_month_late_is_told_with_its_day_whenever_the_report_is_made(cycle):
    rules = {"proposal_deadline": "15.11."}
    history.write_many(cycle.session, cycle.office, updates=[history.Update(Portfolio, cycle.portfolio, rules)])
    cycle.measure(cycle.town, status=Status.PROPOSED, title_fi="Ajoissa tuotu", timespan=span("2027"))
    for day in (dt.date(2026, 12, 1), dt.date(2026, 12, 15), dt.date(2027, 1, 20)):
        late = replace(cycle.office, at=dt.datetime.combine(day, dt.time(12), dt.UTC))
        values = {"portfolio_id": cycle.portfolio, "unit_id": cycle.care, "title_fi": f"Tuotu {day}", "kind": "measure"}
        cycle.session.commit()
        create_initiatives(cycle.session, late, [values | {"status": Status.PROPOSED}])
    for made_on in (dt.date(2026, 12, 15), dt.date(2027, 8, 1)):
        text = " ".join(made(cycle, Kind.MEASURES, year=2027, day=made_on).parts[0].text)
        assert re.search(r"Myöhässä tuotiin: \S+ 15\.12\.2026 \(30 päivää myöhässä\)\.", text)


def test_what_nobody_has_told_is_said_in_a_sentence_and_not_as_a_table_of_nothing(cycle):
    report = made(cycle)
    assert part(report, "Rahat vuonna 2026").grid is None
    assert part(report, "Rahat vuonna 2026").text == ["Vuodelle 2026 ei ole kirjattu määrärahoja."]
    updates = [history.Update(Initiative, cycle.proposed, {"removed": True})]
    history.write_many(cycle.session, cycle.office, updates=updates)
    text = made(cycle, Kind.MEASURES).parts[0].text
    assert text[0].startswith("Vuodelle 2027 ei ehdoteta uusia kehittämiskohteita, ja aiemmin päätetyistä jatkuu")
    assert text[1] == "Vuodelle 2027 ei ole kirjattu määrärahoja."


def test_a_portfolio_without_measures_and_range_has_no_empty_chart(cycle):
    values = {"kind": InitiativeKind.NEED}
    updates = [
        history.Update(Initiative, one, values) for one in (cycle.first, cycle.second, cycle.third, cycle.proposed)
    ]
    history.write_many(cycle.session, cycle.office, updates=updates)
    report = made(cycle, Kind.MEASURES)
    assert [one.heading for one in report.parts if one.chart] == []
    history.write_many(
        cycle.session, cycle.office, updates=[history.Update(Portfolio, cycle.portfolio, {"quota_min": 1})]
    )
    ranged = made(cycle, Kind.MEASURES).parts[-1]
    assert ranged.chart is None
    assert "Salkussa ei ole tälle vuodelle laskettavia toimenpiteitä." in ranged.text


def test_measures_of_another_year_are_not_in_the_list_and_those_without_time_are(cycle):
    late = create_initiative(
        cycle.session,
        municipality_id=cycle.id,
        portfolio_id=cycle.portfolio,
        timespan=span("2029"),
        title_fi="Myöhempi",
    )
    found = read(cycle, Kind.MEASURES)
    ids = {item.id for item in (*found.proposed, *found.going_on)}
    assert late.id not in ids
    assert {cycle.first, cycle.proposed} <= ids


def test_the_budget_list_adds_by_part_and_source_and_tells_frames_and_what_has_no_amount(cycle):
    line(cycle, cycle.first, 1000, actual=400)
    line(cycle, cycle.third, None)
    line(cycle, cycle.first, 500, part="investment")
    frame = {"municipality_id": cycle.id, "portfolio_id": cycle.portfolio, "year": 2026, "part": "operating"}
    write(cycle.session, Frame, frame | {"amount": 5000})
    report = made(cycle, Kind.BUDGET)

    sums = rows(report.parts[0].grid)
    assert sums[0] == ["Käyttötalous", "Oma rahoitus", 1000, 1, None, 2, 400, 1]
    assert sums[1][:4] == ["Investoinnit", "Oma rahoitus", 500, 0]
    frames = part(report, "Kehykset ja mitä niistä on jäljellä").grid
    assert rows(frames) == [["Käyttötalous", 5000, 1000, 1, 4000]]
    without = part(report, "Ilman summaa").grid
    assert {row[1] for row in rows(without)} == {"Neuvolan palvelupolku", "Uusi puisto"}


def test_an_empty_portfolio_has_a_report_of_every_kind(cycle):
    empty = write(
        cycle.session,
        Portfolio,
        {
            "municipality_id": cycle.id,
            "code": "tyhja",
            "prefix": "E",
            "kind": "action_programme",
            "name_fi": "Tyhjä",
        },
    )
    for kind in (Kind.PROGRESS, Kind.MEASURES, Kind.BUDGET):
        asked = wanted(cycle, kind)
        report = build(
            queries.read_facts(
                cycle.session, queries.WantedReport(kind, asked.municipality, empty, "sv", day=DAY, made_at=MORNING)
            )
        )
        assert report.parts[0].text


@pytest.mark.parametrize("kind", [Kind.PROGRESS, Kind.MEASURES, Kind.BUDGET])
def test_the_number_of_statements_does_not_grow_with_the_initiatives(cycle, counted, kind):
    def cost():
        asked = wanted(cycle, kind)
        assert asked.municipality.code
        assert asked.programme.code
        with counted(cycle.session) as count:
            build(queries.read_facts(cycle.session, asked))
        return count.queries

    cycle.opened()
    before = cost()
    for number in range(12):
        line(cycle, cycle.measure(cycle.care, title_fi=f"Toimenpide {number}"), 10)
    assert cost() <= before + 1


def test_a_swedish_report_tells_which_words_are_finnish(cycle):
    report = made(cycle, language="sv")
    table = part(report, "Åtgärder enligt serviceområde").grid
    assert Said("Katuvalot", "fi") in [value for row in table.rows if not isinstance(row, Group) for value in row]
    written = next(one for one in as_document(report).blocks if isinstance(one, Table))
    assert written.columns[0].heading == "Serviceområde"


def test_posts_are_named_and_the_people_who_hold_them_are_not(cycle):
    person = create_person(cycle.session, municipality_id=cycle.id, name="Salainen Henkilö")
    create_holding(cycle.session, municipality_id=cycle.id, post_id=cycle.post, person_id=person.id)
    owned = cycle.measure(cycle.care, title_fi="Omistettu", owner_post_id=cycle.post)
    asked = wanted(cycle, Kind.CARD)
    card = replace(asked, initiative=cycle.session.get(Initiative, owned))
    for one in (replace(asked, kind=Kind.PROGRESS), card):
        told = str(build(queries.read_facts(cycle.session, one)))
        assert "Johtaja" in told
        assert "Salainen" not in told
