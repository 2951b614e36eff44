import datetime as dt
import json
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from portfolio.accounts.models import Access, User
from portfolio.accounts.operations import verify_password
from portfolio.cli import database, demo, main
from portfolio.cli.context import open_engine
from portfolio.cli.profiles import folders
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.history import Baseline, BaselineKind, Revision
from portfolio.core.rights import Role
from portfolio.exchange.ledger.folders import ledgers_of
from portfolio.exchange.models import ImportBatch
from portfolio.forums.models import Meeting
from portfolio.forums.queries import last_meeting
from portfolio.organisation.models import Municipality
from portfolio.organisation.queries import municipality_by_code
from portfolio.register.models import Initiative, Portfolio, ProgrammeVersion
from tests.exchange.towns import FIRST, HEAD, SET_UP
from tests.workbooks import workbook_bytes

IMPORTS = Path(__file__).parents[2] / "imports"
SIXTH = SET_UP.replace('language = "fi"', 'language = "fi"\ndemo_day = 2020-06-01').replace(
    "[[sheet]]",
    '[[step]]\ndate = 2020-03-01\nworkbook = "a.xlsx"\n[[step]]\ndate = 2022-03-01\nworkbook = "b.xlsx"\n\n[[sheet]]',
    1,
)


def make_demo(folder, code=0):
    result = CliRunner().invoke(main, ["demo", "--data", str(folder), "--no-serve"])
    assert result.exit_code == code, result.output
    return result


@contextmanager
def open_demo(folder):
    engine = open_engine(f"sqlite:///{folder}/portfolio.sqlite")
    with open_session(engine, write=False) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of the demo as it comes, made once for the tests that only look at it."""
    folder = tmp_path_factory.mktemp("whole")
    make_demo(folder)
    return folder


def test_the_demo_has_a_programme_with_versions_and_meetings_to_compare_with(whole):
    with open_demo(whole) as session:
        versions = session.execute(select(ProgrammeVersion.label, ProgrammeVersion.date_words, ProgrammeVersion.day))
        found = [tuple(row) for row in versions]
        named = {one.name: one for one in session.scalars(select(Baseline))}
        turku = municipality_by_code(session, "turku")
        assert (
            turku.demo_day > session.get_one(Revision, named["Integraation johtoryhmä 10.5.2023"].revision_id).at.date()
        )
    assert ("0.91", "12.12.2+22", None) in found
    assert len(found) == 11
    assert sum(label is None for label, _words, _day in found) == 3
    assert "Kaupunkitason tarvesalkku 1.0" in named


def test_the_points_of_meetings_are_their_ends_in_the_demo(whole):
    with open_demo(whole) as session:
        ended = select(Baseline.name, Meeting.date).join(Meeting, Meeting.baseline_id == Baseline.id)
        found = dict(iter(session.execute(ended)))
        named = set(session.scalars(select(Baseline.name).where(Baseline.kind == BaselineKind.MEETING)))
        turku = municipality_by_code(session, "turku")
        last = last_meeting(session, turku.id, turku.demo_day)
        end = last.end.name
    assert set(found) == named
    assert found["Integraation johtoryhmä 10.5.2023"] == last.day == dt.date(2023, 5, 10)
    assert end == "Integraation johtoryhmä 10.5.2023"


def accounts_of(folder):
    return json.loads((folder / demo.ACCOUNTS_FILE).read_text(encoding="utf-8"))


@pytest.fixture
def demo_folder(tmp_path):
    return tmp_path / "demo"


@pytest.fixture
def make(demo_folder):
    return lambda code=0: make_demo(demo_folder, code)


@pytest.fixture
def sixth(tmp_path, monkeypatch):
    """The imports folder with one more municipality in it: a profile and two workbooks, and no code."""
    imports = tmp_path / "imports"
    imports.mkdir()
    shutil.copytree(IMPORTS / "kemi", imports / "kemi")
    folder = imports / "kunta"
    folder.mkdir()
    (folder / "profile.toml").write_text(SIXTH, encoding="utf-8")
    (folder / "a.xlsx").write_bytes(workbook_bytes({"Toimenpiteet": [HEAD, *FIRST]}))
    (folder / "b.xlsx").write_bytes(
        workbook_bytes({"Toimenpiteet": [HEAD, (1, "Kirjasto auki", "", "Completed", 100, 6)]})
    )
    monkeypatch.setenv("PORTFOLIO_IMPORTS", str(imports))
    return folder


def test_the_demo_holds_five_municipalities_with_their_history_and_accounts(whole):
    with open_demo(whole) as session:
        assert session.scalar(select(func.count()).select_from(Municipality)) >= 5
        assert session.scalar(select(func.count()).select_from(Initiative)) >= 45
        assert history.verify(session) == []
        moments = list(session.scalars(select(Revision.at).order_by(Revision.id)))
        assert moments == sorted(moments)
        batches = list(session.scalars(select(ImportBatch)))
        booked = sum(len(ledger.steps) for folder in folders(IMPORTS) for ledger in ledgers_of(folder.path))
        steps = booked + sum(len(folder.profile.steps) for folder in folders(IMPORTS))
        assert len(batches) == steps
        assert all(batch.revision_id for batch in batches)
    accounts = accounts_of(whole)
    assert {one["role"] for one in accounts if one["municipality"] == "turku"} == {role.value for role in Role}
    others = [one for one in accounts if one["municipality"] != "turku"]
    assert {one["role"] for one in others} == {"office"}
    assert len(others) == len(folders(IMPORTS)) - 1


def test_every_account_signs_in_and_a_role_beside_another_reads_too(whole):
    accounts = accounts_of(whole)
    with open_demo(whole) as session:
        users = {user.email: user for user in session.scalars(select(User))}
        assert verify_password(users["office@kemi.example"], accounts[0]["password"])
        assert {user.password_hash for user in users.values()} == {users["office@kemi.example"].password_hash}
        assert set(users) == {one["email"] for one in accounts}
        roles = set(session.scalars(select(Access.role).where(Access.user_id == users["budget@turku.example"].id)))
    assert roles == {Role.VIEWER, Role.BUDGET}


def test_a_sixth_municipality_needs_a_folder_and_no_code(sixth, make, demo_folder):
    make()
    with open_demo(demo_folder) as session:
        place = municipality_by_code(session, "kunta")
        portfolio = session.scalar(select(Portfolio).where(Portfolio.code == "kunta-ohjelma"))
        titles = [row.title_fi for row in history.rows(session, Initiative, place.id, portfolio_id=portfolio.id)]
        assert titles == ["Kirjasto auki", "Satama"]
        before = history.revision_on(session, place.demo_day)
        then = {row.title_fi: row.progress for row in history.rows(session, Initiative, place.id, before)}
        assert then == {"Kirjasto auki": 10, "Satama": None}
        assert history.verify(session) == []
        batches = session.scalars(select(ImportBatch).order_by(ImportBatch.id))
        assert [batch.file_name for batch in batches][-2:] == ["a.xlsx", "b.xlsx"], "after Kemi's, which are older"


def test_a_step_with_an_error_stops_the_demo_and_leaves_nothing_behind(sixth, make, demo_folder):
    (sixth / "b.xlsx").write_bytes(workbook_bytes({"Toimenpiteet": [HEAD, (1, "Kirjasto", "puutarha", "", "", "")]}))
    result = make(code=1)
    assert "b.xlsx" in result.output
    assert "C2" in result.output
    assert list(demo_folder.iterdir()) == []


def test_a_demo_is_made_afresh_and_other_data_are_left_alone(sixth, make, demo_folder):
    make()
    make()
    with open_demo(demo_folder) as session:
        assert session.scalar(select(func.count()).select_from(Municipality)) == 2
    file = demo_folder / "portfolio.sqlite"
    file.unlink()
    engine = open_engine(f"sqlite:///{file}")
    database.upgrade(engine)
    engine.dispose()
    content = file.read_bytes()
    make(code=2)
    assert file.read_bytes() == content
    file.write_text("ei tietokanta")
    make(code=2)
    assert file.read_text() == "ei tietokanta"


def test_a_broken_profile_is_told_with_its_folder_and_key(sixth, make):
    (sixth / "profile.toml").write_text(SIXTH.replace("demo_day", "demoday"), encoding="utf-8")
    result = make(code=1)
    assert "kunta, demoday" in result.output


def test_without_folders_there_is_no_demo(tmp_path, monkeypatch, make):
    monkeypatch.setenv("PORTFOLIO_IMPORTS", str(tmp_path / "tyhjä"))
    make(code=1)
