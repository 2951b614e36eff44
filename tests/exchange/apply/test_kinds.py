"""Everything that may stand in a workbook beside initiatives, and references among its own rows."""

import datetime as dt
from decimal import Decimal

from portfolio.budgets.models import BudgetLine
from portfolio.budgets.rules import BudgetPart
from portfolio.core.history import Update, write_many
from portfolio.exchange.apply import batch, summary
from portfolio.exchange.merge import Choice
from portfolio.forums.models import Decision, DecisionInitiative, Forum, InitiativeForum, Meeting
from portfolio.organisation.models import Post, Unit
from portfolio.organisation.operations import remove_unit
from portfolio.register.models import (
    Category,
    Dependency,
    DocumentLink,
    Indicator,
    IndicatorValue,
    Milestone,
    RecurringDeadline,
)
from portfolio.register.operations import remove_parts, update_parts
from portfolio.register.rules import Status

MEASURES = [("Nro", "Toimenpide"), (1, "Kirjasto"), (2, "Satama")]


def faults(done):
    return [(fault.problem.msgid, fault.place.sheet, fault.place.row) for fault in done.faults]


def test_units_posts_classes_forums_and_meetings_are_made_in_the_order_they_need_one_another(town):
    town.put(
        {
            "Kokoukset": [("Foorumi", "Päivä"), ("Satamaryhmä", dt.date(2026, 5, 4))],
            "Foorumit": [
                ("Nimi", "Laji", "Omistaja", "Puheenjohtaja"),
                ("Satamaryhmä", "työryhmä", "Kunnanhallitus", "Satamajohtaja"),
                ("Laiturijaos", "työryhmä", "Satamaryhmä", ""),
            ],
            "Virat": [("Virka", "Yksikkö"), ("Satamajohtaja", "satama")],
            "Muu": [("Tunnus", "Yksikkö", "Ylempi"), ("laiturit", "Laiturit", "satama"), ("satama", "Satama", "kunta")],
            "Luokat": [("Luokittelu", "Tunnus", "Luokka"), ("luokka", "kokeilu", "Kokeilu")],
            "Toimenpiteet": [("Nro", "Toimenpide", "Vastuualue", "Luokka"), (1, "Ranta", "Laiturit", "Kokeilu")],
        }
    )
    units = {unit.code: unit for unit in town.rows(Unit)}
    posts = {post.code: post for post in town.rows(Post)}
    forums = {forum.code: forum for forum in town.rows(Forum)}
    assert units["laiturit"].parent_id == units["satama"].id
    assert posts["satamajohtaja"].unit_id == units["satama"].id
    assert forums["satamaryhma"].chair_post_id == posts["satamajohtaja"].id
    assert forums["laiturijaos"].owning_forum_id == forums["satamaryhma"].id
    (meeting,) = town.rows(Meeting)
    assert (meeting.forum_id, meeting.date) == (forums["satamaryhma"].id, dt.date(2026, 5, 4))
    assert town.rows()[0].unit_id == units["laiturit"].id
    assert "kokeilu" in {one.code for one in town.rows(Category)}
    assert town.revision() == 2
    assert town.faults() == []


def test_a_forum_that_is_known_by_its_name_is_no_new_forum(town):
    sheets = {
        "Toimenpiteet": MEASURES,
        "Foorumit": [
            ("Nimi", "Laji", "Omistaja", "Puheenjohtaja"),
            ("Kunnanhallitus", "toimielin", "", "Tekninen johtaja"),
        ],
    }
    done = town.put(sheets)
    (forum,) = town.rows(Forum)
    assert (forum.code, forum.chair_post_id is not None, summary(done)["changed"]) == ("kh", True, 1)


def test_forums_in_a_circle_are_told_and_left_out(small_town):
    rows = [
        ("Nimi", "Laji", "Omistaja", "Puheenjohtaja"),
        ("Yksi", "työryhmä", "Kaksi", ""),
        ("Kaksi", "työryhmä", "Yksi", ""),
    ]
    done = small_town.put({"Toimenpiteet": MEASURES, "Foorumit": rows})
    assert faults(done) == [(batch.IN_A_CIRCLE, "Foorumit", 2), (batch.IN_A_CIRCLE, "Foorumit", 3)]


DECISIONS = [
    ("Viite", "Toimielin", "Päivä", "Otsikko", "Kohteet"),
    ("KH 4.5.2026 § 12", "Kunnanhallitus", dt.date(2026, 5, 4), "Ohjelma", "2"),
    ("KH 5.5.2026 § 13", "Kunnanhallitus", dt.date(2026, 5, 5), "Lisäys", ""),
]


def test_decisions_and_items_are_linked_from_either_side_of_the_workbook(town):
    measures = [
        ("Nro", "Toimenpide", "Päätös", "Foorumi"),
        (1, "Kirjasto", "KH 4.5.2026 § 12; KH 5.5.2026 § 13", "Kunnanhallitus"),
        (2, "Satama", "", ""),
    ]
    town.put({"Toimenpiteet": measures, "Päätökset": DECISIONS})
    first, second = town.rows()
    decisions = {row.source_key: row.id for row in town.rows(Decision)}
    links = {(row.decision_id, row.initiative_id) for row in town.rows(DecisionInitiative)}
    twelve, thirteen = decisions["KH 4.5.2026 § 12"], decisions["KH 5.5.2026 § 13"]
    assert links == {(twelve, first.id), (thirteen, first.id), (twelve, second.id)}
    (handling,) = town.rows(InitiativeForum)
    assert handling.initiative_id == first.id
    again = town.put({"Toimenpiteet": measures, "Päätökset": [*DECISIONS[:2], (*DECISIONS[2][:3], "Lisäys 2", "")]})
    assert summary(again)["changed"] == 1
    assert len(town.rows(DecisionInitiative)) == 3


def test_a_later_file_that_names_fewer_decisions_takes_none_away(town):
    measures = [("Nro", "Toimenpide", "Päätös"), (1, "Kirjasto", "KH 4.5.2026 § 12; KH 5.5.2026 § 13")]
    town.put({"Toimenpiteet": measures, "Päätökset": [*DECISIONS[:1], *((*row[:4], "") for row in DECISIONS[1:])]})
    done = town.put({"Toimenpiteet": [measures[0], (1, "Kirjasto 2", "KH 4.5.2026 § 12")]})
    assert (summary(done)["changed"], len(town.rows(DecisionInitiative))) == (1, 2)


def test_parts_of_initiatives_are_made_changed_and_found_again(town):
    sheets = {
        "Toimenpiteet": MEASURES,
        "Etapit": [
            ("Etappi", "Kohde", "Milloin", "Kenelle"),
            ("Suunnitelma", 1, "toukokuussa 2026", "Tekninen johtaja"),
        ],
        "Riippuvuudet": [("Ensin", "Sitten"), ("Kirjasto", "Satama")],
        "Mittarit": [("Kohde", "Mittari", "Arvo 2025", "Arvo 2026"), (1, "Kävijät", "noin 700", 1200)],
        "Määräajat": [("Asia", "Kuukausi", "Päivä"), ("Vuosiraportti", 9, 30)],
        "Linkit": [("Kohde", "Asiakirja", "Osoite"), (1, "Suunnitelma", "https://kunta.example/1")],
    }
    town.put(sheets)
    first, second = town.rows()
    (milestone,) = town.rows(Milestone)
    assert (milestone.initiative_id, milestone.starts_on) == (first.id, dt.date(2026, 5, 1))
    (dependency,) = town.rows(Dependency)
    assert (dependency.predecessor_id, dependency.successor_id) == (first.id, second.id)
    assert [(one.year, one.number, one.words) for one in town.rows(IndicatorValue)] == [
        (2025, None, "noin 700"),
        (2026, Decimal(1200), None),
    ]
    (deadline,) = town.rows(RecurringDeadline)
    assert (deadline.portfolio_id, deadline.month, deadline.day) == (first.portfolio_id, 9, 30)
    assert len(town.rows(DocumentLink)) == len(town.rows(Indicator)) == 1
    assert town.put(sheets).batch is None
    changed = {
        **sheets,
        "Etapit": [sheets["Etapit"][0], ("Suunnitelma", 1, "kesäkuussa 2026", "Tekninen johtaja")],
        "Mittarit": [sheets["Mittarit"][0], (1, "Kävijät", "noin 700", 1300)],
    }
    done = town.put(changed)
    assert summary(done)["changed"] == 2
    assert (town.rows(Milestone)[0].starts_on, town.rows(IndicatorValue)[1].number) == (
        dt.date(2026, 6, 1),
        Decimal(1300),
    )
    assert town.faults() == []


def test_a_milestone_that_was_renamed_on_screen_is_still_the_same_milestone(town):
    sheets = {"Toimenpiteet": MEASURES, "Etapit": [("Etappi", "Kohde", "Milloin"), ("Suunnitelma", 1, "2026")]}
    town.put(sheets)
    town.write(update_parts, Milestone, {town.rows(Milestone)[0].id: {"title_fi": "Hyväksytty suunnitelma"}})
    done = town.put({**sheets, "Etapit": [sheets["Etapit"][0], ("Suunnitelma", 1, "2027")]})
    (milestone,) = town.rows(Milestone)
    assert (milestone.timespan.words, summary(done)["added"]) == ("2027", 0)


def test_parts_that_were_removed_come_back_with_a_new_file(town):
    sheets = {"Toimenpiteet": MEASURES, "Etapit": [("Etappi", "Kohde", "Milloin"), ("Suunnitelma", 1, "2026")]}
    town.put(sheets)
    town.write(remove_parts, Milestone, [town.rows(Milestone)[0].id])
    done = town.put({**sheets, "Etapit": [sheets["Etapit"][0], ("Suunnitelma", 1, "2027")]})
    assert [row.timespan.words for row in town.rows(Milestone)] == ["2027"]
    assert batch.BROUGHT_BACK in {notice.msgid for notice in done.notices}


def test_dependencies_in_a_circle_are_refused(town):
    done = town.put({"Toimenpiteet": MEASURES, "Riippuvuudet": [("Ensin", "Sitten"), (1, 2), (2, 1)]})
    assert {(sheet, row) for _, sheet, row in faults(done)} == {("Riippuvuudet", 2), ("Riippuvuudet", 3)}
    assert town.rows(Dependency) == []


def test_what_belongs_to_a_row_left_out_is_left_out_with_it(town):
    rows = [("Nro", "Toimenpide", "Valmiina"), (1, "Kirjasto", 200), (2, "Satama", 10)]
    sheets = {"Toimenpiteet": rows, "Etapit": [("Etappi", "Kohde", "Milloin"), ("A", 1, "2026"), ("B", 2, "2026")]}
    done = town.put(sheets, keep="partial")
    assert [row.title_fi for row in town.rows()] == ["Satama"]
    assert [row.title_fi for row in town.rows(Milestone)] == ["B"]
    assert (batch.LEFT_OUT, "Etapit", 2) in faults(done)


def test_an_item_merged_into_another_new_one_finds_it_whatever_their_order(town):
    rows = [("Nro", "Toimenpide", "Tila", "Yhdistetty"), (1, "Kirjasto", "Merged", 2), (2, "Satama", "Menossa", "")]
    town.put({"Toimenpiteet": rows})
    by_number = {row.number: row for row in town.rows()}
    assert (by_number["1"].status, by_number["1"].merged_into_id) == (Status.MERGED, by_number["2"].id)


def test_money_may_stand_on_a_sheet_of_its_own_a_line_a_row(town):
    money = [
        ("Kohde", "Vuosi", "Osa", "Lähde", "Suunniteltu", "Toteuma"),
        (1, 2026, "Operating", "Oma rahoitus", 1000, 900.5),
        (1, 2026, "Investment", "own", "ei tiedossa", ""),
        (2, 2027, "Investment", "own", 0, ""),
    ]
    sheets = {"Toimenpiteet": [("Nro", "Toimenpide", "TA 2026"), (1, "Kirjasto", 1), (2, "Satama", "")], "Rahat": money}
    town.put(sheets)
    lines = {(line.year, line.part): (line.planned, line.actual) for line in town.rows(BudgetLine)}
    assert lines == {
        (2026, BudgetPart.OPERATING): (Decimal(1000), Decimal("900.50")),
        (2026, BudgetPart.INVESTMENT): (None, None),
        (2027, BudgetPart.INVESTMENT): (Decimal(0), None),
    }
    assert town.put(sheets).batch is None
    differing = {**sheets, "Rahat": [money[0], (1, 2026, "Operating", "own", 2000, "")]}
    assert [row for _, sheet, row in faults(town.put(differing))] == [2]
    incomplete = {**sheets, "Rahat": [money[0], (1, 2026, "", "own", 2000, "")]}
    assert [(sheet, row) for _, sheet, row in faults(town.put(incomplete))] == [("Rahat", 2)]


def test_a_reference_to_a_removed_unit_is_unknown(small_town):
    town = small_town
    unit = next(one for one in town.rows(Unit) if one.code == "sivistys")
    town.write(remove_unit, unit.id)
    done = town.put({"Toimenpiteet": [("Nro", "Toimenpide", "Vastuualue"), (1, "Kirjasto", "sivistys")]})
    assert [(fault.place.row, fault.place.column) for fault in done.faults] == [(2, "C")]


def test_a_removed_forum_that_the_workbook_has_comes_back(small_town):
    town = small_town
    sheets = {"Toimenpiteet": MEASURES, "Foorumit": [("Nimi", "Laji"), ("Rantaryhmä", "työryhmä")]}
    town.put(sheets)
    own = next(forum.id for forum in town.rows(Forum) if forum.code == "rantaryhma")
    town.write(lambda session, actor: write_many(session, actor, updates=[Update(Forum, own, {"removed": True})]))
    changed = {**sheets, "Foorumit": [("Nimi", "Laji"), ("Rantaryhmä", "toimielin")]}
    done = town.put(changed, choice=Choice.FILE)
    assert {forum.code for forum in town.rows(Forum)} == {"kh", "rantaryhma"}
    assert batch.BROUGHT_BACK in {notice.msgid for notice in done.notices}
