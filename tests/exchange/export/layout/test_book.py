import datetime as dt
import io

import openpyxl
import pytest
from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import Grant, Role, operator
from portfolio.exchange.apply import set_up
from portfolio.exchange.columns import ROW_ENTITIES, Entity
from portfolio.exchange.columns.identity import token_of
from portfolio.exchange.queries import load_present
from portfolio.register.models import Initiative
from portfolio.register.operations import update_initiatives
from tests.exchange.export.layout.outings import TOWNS, Outing, cell_of, edited, profile_of, saved

NOTHING = {"added": 0, "changed": 0, "kept": 0, "conflicts": 0, "errors": 0, "not_in_file": 0}

EDITS = [
    ("kemi", "Toimenpiteet 2017", "Kemi-kortti käyttöön", "Tila", "Odottaa", "status", "paused"),
    ("kemi", "Toimenpiteet 2017", "Kemi-kortti käyttöön", "Tila", "Lopetettu", "status", "stopped"),
    ("kemi", "Toimenpiteet 2017", "Kemi-kortti käyttöön", "Edistyminen", 0.9, "progress", 90),
    ("kemi", "Toimenpiteet 2017", "Kemi-kortti käyttöön", "TAE 2017", 7, "money:2017:operating:own:planned", 7000),
    ("kemi", "Toimenpiteet 2017", "Kemi-kortti käyttöön", "Ajankohta", None, "timespan", None),
    ("kemi", "Päätökset", "KH 14.9.2015 § 320", "Asianro", "71/00.01.05/2014", "case_number", "71/00.01.05/2014"),
    (
        *("turku", "Määrärahat", "Tilastrategian päivitys", "Käyttötalous €", 40_000),
        *("money:2023:operating:own:planned", 40_000),
    ),
    ("turku", "Etenemissuunnitelma", "Muutokset kirjattu", "Tehty", dt.date(2023, 5, 31), "completed_on", "2023-05-31"),
    ("turku", "Kärkihankkeet", "Tiedepuisto", "Tila", "Valmis", "status", "completed"),
    (
        *("tuusula", "Tilannekatsaus 15.9.2021", "Toimenpide 4: Tiedonkulun tarpeet ja käytännöt", "Toimenpide"),
        *("Toimenpide 4: Tiedonkulun tarpeet", "title_fi", "Tiedonkulun tarpeet"),
    ),
    ("helsinki", "Toimeksianto", "Rajaus", None, "Vain valtuusto.", "out_of_scope", "Vain valtuusto."),
    ("helsinki", "Päätös", "Ratkaisu", None, "Hylätty", "outcome", "rejected"),
    (
        "pori",
        "Teko 2",
        "Hyödyt",
        None,
        "vaikuttavuus; työelämän laatu",
        "benefits",
        ["effectiveness", "work_life_quality"],
    ),
    ("pori", "Toistuvat", "31.12.", "Määräpäivä", "30.12.", "day", 30),
]


@pytest.mark.parametrize("town", TOWNS)
def test_a_workbook_in_a_municipality_s_own_layout_comes_back_untouched_and_changes_nothing(outing, town):
    there = outing(town)
    _, data = there.take_out()
    said = there.said(there.bring_back(data))
    assert {name: said["summary"][name] for name in NOTHING} == NOTHING
    assert said["summary"]["cells"] == said["summary"]["unchanged"] > 100
    assert said["notices"] == []


@pytest.mark.parametrize(("town", "sheet", "row", "heading", "value", "field", "new"), EDITS)
def test_one_edited_cell_is_exactly_one_change(outing, town, sheet, row, heading, value, field, new):
    there = outing(town)
    _, data = there.take_out()
    said = there.said(there.bring_back(edited(data, {(sheet, cell_of(data, sheet, row, heading)): value})))
    assert [(one["field"], one["new"], one["outcome"]) for one in said["changes"]] == [(field, new, "apply")]
    assert said["errors"] == []


@pytest.mark.parametrize("town", TOWNS)
def test_a_workbook_without_its_identity_makes_the_same_register_in_an_empty_database(
    outing, town, migrated_sqlite_url
):
    there = outing(town)
    data = there.take_out()[1]
    profile = profile_of(town)
    engine = open_engine(migrated_sqlite_url)
    with open_session(engine, write=True) as session:
        set_up(session, operator(dt.datetime(2026, 1, 2, tzinfo=dt.UTC)), profile, demo=False)
        session.commit()
    here = Outing(engine, town, profile)
    done = here.bring_back(data, alone=True, keep=True)
    assert done.faults == []
    for key, record in done.parsed.records.items():
        told = {name for name, cell in record.cells.items() if cell.raw != ""}
        assert _cells(here, key, told) == _cells(there, key, told), key
    engine.dispose()


def _cells(outing, key, names):
    with open_session(outing.engine, write=False) as session:
        present = load_present(session, outing.municipality(session).id, outing.profile)
    return {name: present.cells[key].get(name) for name in names}


@pytest.mark.parametrize("town", ["kemi", "turku"])
def test_joined_headings_that_a_program_took_apart_are_still_found(outing, town):
    there = outing(town)
    workbook = openpyxl.load_workbook(io.BytesIO(there.take_out()[1]))
    for sheet in workbook:
        for joined in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(joined))
    said = there.said(there.bring_back(saved(workbook)))
    assert said["summary"]["cells"] == said["summary"]["unchanged"] > 100
    assert said["notices"] == []


@pytest.mark.parametrize(
    ("town", "sheet"), [("kemi", "Toimenpiteet 2017"), ("turku", "Määrärahat"), ("pori", "Teko 3"), ("pori", "Vaiheet")]
)
def test_a_sheet_that_somebody_renamed_is_known_by_its_headings(outing, town, sheet):
    there = outing(town)
    data = there.take_out()[1]
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    workbook[sheet].title = "Oma nimi"
    before, after = (there.said(there.bring_back(one)) for one in (data, saved(workbook)))
    assert after["summary"] == before["summary"]
    assert after["notices"] == []


def test_a_new_row_takes_what_its_table_says_of_every_row(outing):
    turku = outing("turku")
    data = turku.take_out()[1]
    row = openpyxl.load_workbook(io.BytesIO(data))["Tarvesalkku"].max_row + 1
    new = {
        ("Tarvesalkku", f"A{row}"): 24,
        ("Tarvesalkku", f"B{row}"): "tarve",
        ("Tarvesalkku", f"C{row}"): "Uusi tarve",
    }
    done = turku.bring_back(edited(data, new))
    assert turku.said(done)["summary"]["added"] == 1
    added = {one["field"]: one["new"] for one in turku.said(done)["changes"]}
    assert (added["title_fi"], added["kind"], added["source"]) == ("Uusi tarve", "need", "Uuden Turun toimintamalli")


def test_a_row_that_moves_below_another_section_goes_to_its_unit(outing):
    kemi = outing("kemi")
    data = kemi.take_out()[1]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Toimenpiteet 2017"]
    start = cell_of(data, "Toimenpiteet 2017", "Tietohallinnon painopiste käyttäjäpalveluihin", "Nro")
    under = cell_of(data, "Toimenpiteet 2017", "KunTeko-ohjelma kehittämisen tueksi", "Nro")
    old, new = sheet[start].row, sheet[under].row
    swapped = {
        ("Toimenpiteet 2017", f"{cell.column_letter}{there}"): sheet.cell(here, cell.column).value
        for here, there in ((old, new), (new, old))
        for cell in sheet[old]
        if cell.column_letter != "A"
    }
    said = kemi.said(kemi.bring_back(edited(data, swapped)))
    changes = {(one["field"], one["old"], one["new"]) for one in said["changes"]}
    assert ("unit", "Tietohallintokeskus", "Kaupunginkanslia") in changes
    assert ("unit", "Kaupunginkanslia", "Tietohallintokeskus") in changes
    assert {field for field, _, _ in changes} == {"unit", "number"}


def test_a_row_whose_identity_was_changed_is_an_error(outing):
    kemi = outing("kemi")
    data = kemi.take_out()[1]
    address = cell_of(data, "Toimenpiteet 2017", "Kemi-kortti käyttöön", "_id")
    said = kemi.said(kemi.bring_back(edited(data, {("Toimenpiteet 2017", address): "I-1-A"})))
    assert [(one["column"], one["value"]) for one in said["errors"]] == [(address.rstrip("0123456789"), "I-1-A")]


def test_a_sheet_that_was_sorted_without_its_identity_stops_the_file(outing):
    kemi, sheet = outing("kemi"), "Toimenpiteet 2017"
    data = kemi.take_out()[1]
    titles = ("Kemi-kortti käyttöön", "Ydinprosesseille omistajat ja vastuut", "Kiinteistönhoito ennakoivaksi")
    at = [(sheet, cell_of(data, sheet, title, "Toimenpide")) for title in titles]
    two = kemi.bring_back(edited(data, dict(zip(at[:2], titles[1::-1], strict=True))))
    assert not two.parsed.stopped
    done = kemi.bring_back(edited(data, dict(zip(at, (*titles[1:], titles[0]), strict=True))))
    assert done.parsed.stopped
    assert kemi.said(done)["errors"][0]["message"].startswith("Vähintään 3 rivillä on toisen rivin nimi")
    assert kemi.said(done)["summary"]["changed"] == 0


def test_money_of_one_item_cannot_be_given_to_another_by_its_number(outing):
    turku = outing("turku")
    data = turku.take_out()[1]
    address = cell_of(data, "Määrärahat", "Tilastrategian päivitys", "Nro")
    said = turku.said(turku.bring_back(edited(data, {("Määrärahat", address): "K1"})))
    assert [one["value"] for one in said["errors"]] == ["K1"]
    assert said["summary"]["changed"] == 0


def test_the_same_export_is_made_again_as_of_its_revision(outing):
    kemi = outing("kemi")
    identity, before = kemi.take_out()
    with open_session(kemi.engine, write=True) as session:
        item = session.scalars(select(Initiative).where(Initiative.title_fi == "Kemi-kortti käyttöön")).one()
        update_initiatives(
            session, kemi.actor(session, hours=2), {item.id: {"title_fi": "Kemi-kortti", "status": "paused"}}
        )
        session.commit()
    assert _values(kemi.make(identity)) == _values(before)
    said = kemi.said(kemi.bring_back(before))
    assert {(one["field"], one["outcome"]) for one in said["changes"]} == {("title_fi", "keep"), ("status", "keep")}


def _values(data):
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for sheet in workbook for row in sheet.iter_rows()]


def test_a_workbook_of_an_earlier_day_tells_that_day(outing):
    kemi = outing("kemi")
    with open_session(kemi.engine, write=False) as session:
        revision = history.revision_on(session, dt.date(2016, 1, 1))
    data = kemi.take_out(at=revision)[1]
    texts = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["Toimenpiteet 2016"]["A"]]
    assert any(str(text).startswith("Koonti 15.12.2015") for text in texts)


def test_what_its_reader_may_not_change_is_shaded(outing):
    kemi = outing("kemi")
    with open_session(kemi.engine, write=False) as session:
        office = kemi.actor(session)
    identity, data = kemi.take_out(actor=office)
    reader = type(office)(None, "viewer", office.municipality_id, (Grant(Role.VIEWER),), office.at)
    address = cell_of(data, "Toimenpiteet 2017", "Kemi-kortti käyttöön", "Tila")
    open_cell = openpyxl.load_workbook(io.BytesIO(data))["Toimenpiteet 2017"][address]
    shut = openpyxl.load_workbook(io.BytesIO(kemi.make(identity, reader)))["Toimenpiteet 2017"][address]
    assert (open_cell.fill.fill_type, shut.fill.fill_type) == (None, "solid")


def test_a_reporter_may_change_in_it_what_a_reporter_may_change(outing):
    kemi = outing("kemi")
    reporter = kemi.reporter("kaupunginkanslia")
    data = kemi.take_out(actor=reporter)[1]
    own, other = (
        ("Toimenpiteet 2017", cell_of(data, "Toimenpiteet 2017", title, "Tila"))
        for title in ("Kemi-kortti käyttöön", "Kiinteistönhoito ennakoivaksi")
    )
    cells = openpyxl.load_workbook(io.BytesIO(data))["Toimenpiteet 2017"]
    assert (cells[own[1]].fill.fill_type, cells[other[1]].fill.fill_type) == (None, "solid")
    said = kemi.said(kemi.bring_back(edited(data, {own: "Odottaa", other: "Odottaa"}), actor=reporter))
    assert [(one["field"], one["outcome"]) for one in said["changes"]] == [("status", "apply"), ("status", "error")]
    assert kemi.said(kemi.bring_back(data, actor=reporter))["errors"] == []


def test_only_what_the_export_holds_is_in_the_workbook(outing):
    turku = outing("turku")
    with open_session(turku.engine, write=False) as session:
        item = session.scalars(select(Initiative).where(Initiative.title_fi == "Tilastrategian päivitys")).one()
    _, data = turku.take_out(item_ids=(item.id,))
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    rows = {sheet.title: [cell.value for cell in sheet["A"]] for sheet in workbook}
    assert 16 in rows["Tarvesalkku"]
    assert {1, 15, 17}.isdisjoint(rows["Tarvesalkku"])
    tokens = [
        cell.value for row in workbook["Määrärahat"].iter_rows() for cell in row if str(cell.value).startswith("I-")
    ]
    assert tokens == [token_of(Entity.INITIATIVE, item.id)]
    assert turku.said(turku.bring_back(data))["summary"]["changed"] == 0


def test_every_kind_of_row_has_an_identity_of_its_own():
    assert len({token_of(entity, 7) for entity in ROW_ENTITIES if entity is not Entity.BUDGET}) == len(ROW_ENTITIES) - 1
