"""Indicators in a round's workbook: named in their places, told beside what was measured before, merged and refused."""

from decimal import Decimal

import pytest
from openpyxl.utils import get_column_letter

from portfolio.core.database import open_session
from portfolio.exchange.apply.stale import StalePlanError
from portfolio.register import operations as register
from portfolio.register.models import Indicator, IndicatorValue, Initiative
from portfolio.reviews import operations
from portfolio.reviews.models import ReviewIndicator
from portfolio.reviews.rules import ReviewState
from tests.exchange import uploads
from tests.exchange.asked import (
    CONTINUE,
    GREEN,
    HEALTH,
    SHEET,
    VERDICT,
    WHOLE,
    open_round,
    review_of,
    take_out_round,
    write_review,
)
from tests.exchange.returns import Edited, bring_in, changes, messages, outcomes

NAMED, VALUE, EARLIER = (f"Mittari {{}}{end}" for end in ("", ": arvo", ": aiempi arvo"))


@pytest.fixture
def measured(town):
    """An open round; the first measure has two indicators, the second one of its own."""
    identity = open_round(town)
    items = {row.number: row.id for row in town.rows(Initiative)}
    rows = [
        {"initiative_id": items["1"], "name_fi": "Tyytyväisyys", "measured_in": "asteikko 1–5"},
        {"initiative_id": items["2"], "name_fi": "Käyttäjät"},
        {"initiative_id": items["1"], "name_fi": "Odotusaika", "name_sv": "Väntetid"},
    ]
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session)
        happy, _users, wait = register.add_parts(session, actor, Indicator, rows)
        values = [
            {"indicator_id": happy, "year": 2024, "number": Decimal("3.5")},
            {"indicator_id": happy, "year": 2025, "number": Decimal("3.8")},
            {"indicator_id": happy, "year": 2026, "number": Decimal(9)},
            {"indicator_id": wait, "year": 2025, "words": "alle viikon"},
        ]
        register.add_parts(session, actor, IndicatorValue, values)
        session.commit()
    return identity


def told(town):
    """What the reviews tell of indicators, by the indicator's name."""
    names = {row.id: row.name_fi for row in town.rows(Indicator)}
    return {names[row.indicator_id]: row.words or row.number for row in town.rows(ReviewIndicator)}


def indicator(town, name):
    return next(row.id for row in town.rows(Indicator) if row.name_fi == name)


def test_the_sheet_names_each_indicator_with_its_latest_value_before_the_period(town, measured):
    edited = Edited(take_out_round(town, measured))
    shown = [
        [edited.get(SHEET, row, one.format(place)) or "" for one in (NAMED, EARLIER)]
        for row in (1, 2)
        for place in (1, 2)
    ]
    assert shown == [
        ["Tyytyväisyys (asteikko 1–5)", "3,8 (2025)"],
        ["Odotusaika", "alle viikon (2025)"],
        ["Käyttäjät", ""],
        ["", ""],
    ]
    swedish = Edited(take_out_round(town, measured, language="sv"), "sv")
    assert swedish.get(SHEET, 1, "Indikator 2") == "Väntetid"


def test_a_round_of_items_without_indicators_has_no_such_columns(town):
    headings = Edited(take_out_round(town, open_round(town))).header(SHEET)[1]
    assert not [one for one in headings if one.startswith("Mittari")]


def test_only_where_an_indicator_is_named_the_cell_looks_open(town, measured):
    edited = Edited(take_out_round(town, measured))

    def fill(row, place):
        cell = edited.sheet(SHEET).cell(edited.row(SHEET, row), edited.column(SHEET, VALUE.format(place)))
        look = cell if cell.has_style else edited.sheet(SHEET).column_dimensions[cell.column_letter]
        return look.fill.fgColor.rgb

    assert fill(1, 1) == fill(1, 2) == fill(2, 1) != fill(2, 2)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_untouched_workbook_changes_nothing(town, measured, language):
    answer = {indicator(town, "Tyytyväisyys"): {"number": Decimal("4.25"), "words": None}}
    answer |= {indicator(town, "Odotusaika"): {"number": None, "words": "kolme päivää"}}
    write_review(town, operations.write_answers, review_of(town).id, {"indicators": answer})
    revision = town.revision()
    done = bring_in(town, take_out_round(town, measured, language=language))
    assert (messages(done.faults), messages(done.notices), changes(done)) == ([], [], {})
    assert town.revision() == revision


def test_numbers_and_words_come_in_and_an_approval_writes_them_to_the_year_of_the_period(town, measured):
    edited = Edited(take_out_round(town, measured))
    edited.put(SHEET, 1, HEALTH, GREEN).put(SHEET, 1, VERDICT, CONTINUE)
    edited.put(SHEET, 1, VALUE.format(1), 4.1).put(SHEET, 1, VALUE.format(2), "kaksi viikkoa")

    done = bring_in(town, edited.save())

    assert messages(done.faults) == []
    assert changes(done)["review", "measure:1"] == Decimal("4.1")
    assert told(town) == {"Tyytyväisyys": Decimal("4.1"), "Odotusaika": "kaksi viikkoa"}
    review = review_of(town)
    assert review.state is ReviewState.SUBMITTED
    with open_session(town.engine, write=True) as session:
        operations.approve_reviews(session, town.actor(session), [review.id], today=review.submitted_on)
        session.commit()
    values = {(row.indicator_id, row.year): row.words or row.number for row in town.rows(IndicatorValue)}
    assert values[indicator(town, "Tyytyväisyys"), 2026] == Decimal("4.1")
    assert values[indicator(town, "Odotusaika"), 2026] == "kaksi viikkoa"


def test_a_cell_that_was_emptied_takes_the_value_back(town, measured):
    answer = {indicator(town, "Käyttäjät"): {"number": Decimal(120), "words": None}}
    write_review(town, operations.write_answers, review_of(town, 2).id, {"indicators": answer})
    edited = Edited(take_out_round(town, measured)).put(SHEET, 2, VALUE.format(1), None)
    assert messages(bring_in(town, edited.save()).faults) == []
    assert told(town) == {"Käyttäjät": None}


def test_a_value_without_an_indicator_is_refused_at_its_cell(town, measured):
    edited = Edited(take_out_round(town, measured)).put(SHEET, 2, VALUE.format(2), 7)
    edited.put(SHEET, 1, VALUE.format(1), 4)
    done = bring_in(town, edited.save(), keep="partial")
    (fault,) = done.faults
    assert messages([fault]) == ["The item has no indicator here. Write a value only where an indicator is named."]
    assert fault.problem.place.row == edited.row(SHEET, 2)
    assert fault.problem.place.column == get_column_letter(edited.column(SHEET, VALUE.format(2)))
    assert told(town) == {"Tyytyväisyys": Decimal(4)}


def test_a_value_told_in_the_browser_meanwhile_is_kept_or_in_conflict(town, measured):
    edited = Edited(take_out_round(town, measured))
    answer = {indicator(town, name): {"number": Decimal(5), "words": None} for name in ("Tyytyväisyys", "Odotusaika")}
    write_review(town, operations.write_answers, review_of(town).id, {"indicators": answer})
    edited.put(SHEET, 1, VALUE.format(1), 4)
    found = outcomes(bring_in(town, edited.save(), keep=False))
    assert found["measure:1"] == "conflict"
    assert found.get("measure:2", "keep") == "keep"


def test_an_indicator_keeps_its_place_when_another_is_removed_or_added_meanwhile(town, measured):
    edited = Edited(take_out_round(town, measured)).put(SHEET, 1, VALUE.format(2), "viikko")
    item = review_of(town).initiative_id
    with open_session(town.engine, write=True) as session:
        actor = town.actor(session)
        register.remove_parts(session, actor, Indicator, [indicator(town, "Tyytyväisyys")])
        register.add_parts(session, actor, Indicator, [{"initiative_id": item, "name_fi": "Uusi"}])
        session.commit()
    assert messages(bring_in(town, edited.save()).faults) == []
    assert told(town) == {"Odotusaika": "viikko"}
    after = Edited(take_out_round(town, measured))
    assert [after.get(SHEET, 1, NAMED.format(place)) for place in (1, 2, 3)] == [None, "Odotusaika", "Uusi"]


def test_a_touched_name_is_told_and_not_read(town, measured):
    edited = Edited(take_out_round(town, measured)).put(SHEET, 1, NAMED.format(1), "Toinen nimi")
    done = bring_in(town, edited.save())
    assert any("Mittari 1" in one for one in messages(done.notices, "fi"))
    assert changes(done) == {}


def test_a_plan_is_stale_once_somebody_tells_of_the_same_review(town, measured):
    edited = Edited(take_out_round(town, measured)).put(SHEET, 1, VALUE.format(1), 4)
    upload = uploads.returned(town, edited.save())
    write_review(
        town,
        operations.write_answers,
        review_of(town).id,
        {**WHOLE, "indicators": {indicator(town, "Odotusaika"): {"number": Decimal(1), "words": None}}},
    )
    with pytest.raises(StalePlanError):
        uploads.apply(town, upload)
