import datetime as dt

import pytest

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.problem import Refusal
from portfolio.register.models import ProgrammeVersion
from portfolio.register.operations import add_version, remove_version, restore_version, update_version
from tests import factories

TODAY = factories.TODAY


@pytest.fixture
def programme(db):
    return factories.create_portfolio(db, name_fi="Tarvesalkku")


@pytest.fixture
def office(db, programme):
    return factories.acting(programme.municipality_id, "office", at=factories.MORNING + dt.timedelta(days=9))


def add(db, office, programme, **values):
    draft = {"portfolio_id": programme.id, "label": None, "date_words": None, "change_note": None} | values
    identity = add_version(db, office, draft, today=TODAY + dt.timedelta(days=9))
    return db.get(ProgrammeVersion, identity)


def test_a_version_of_this_moment_makes_its_baseline(db, office, programme):
    row = add(db, office, programme, label="1.0")
    baseline = db.get(Baseline, row.baseline_id)
    assert (baseline.name, baseline.kind) == ("Tarvesalkku 1.0", BaselineKind.VERSION)
    assert baseline.revision_id == history.latest_revision(db)
    assert (row.date_words, row.day) == ("13.5.2026", TODAY + dt.timedelta(days=9))


def test_a_version_from_before_the_first_item_of_its_programme_has_no_baseline(db, office, programme):
    assert add(db, office, programme, label="0.9", date_words="5.5.2026").baseline_id is None
    factories.create_initiative(db, portfolio_id=programme.id)
    assert add(db, office, programme, label="1.0", date_words="5.5.2026").baseline_id is not None


def test_a_version_of_an_earlier_day_freezes_that_day(db, office, programme):
    factories.create_initiative(db, portfolio_id=programme.id)
    then = history.latest_revision(db)
    db.commit()
    factories.write(db, type(programme), {
        "municipality_id": programme.municipality_id, "code": "toinen", "prefix": "X",
        "kind": programme.kind, "name_fi": "Toinen",
    }, at=factories.MORNING + dt.timedelta(days=5))  # fmt: skip
    row = add(db, office, programme, label="1.0", date_words="5.5.2026")
    assert row.day == dt.date(2026, 5, 5)
    assert db.get(Baseline, row.baseline_id).revision_id == then


@pytest.mark.parametrize("words", ["12.12.2+22", "21.11.2022", "1.1.2030"])
def test_a_date_that_cannot_be_shown_is_kept_without_a_baseline(db, office, programme, words):
    row = add(db, office, programme, label="0.91", date_words=words)
    assert (row.date_words, row.baseline_id) == (words, None)


def test_two_versions_of_one_label_have_baselines_of_two_names(db, office, programme):
    rows = [add(db, office, programme, label="1,0") for _ in range(2)]
    assert [db.get(Baseline, row.baseline_id).name for row in rows] == ["Tarvesalkku 1,0", "Tarvesalkku 1,0 (2)"]


def test_a_row_may_lack_any_cell_but_must_tell_something(db, office, programme):
    assert add(db, office, programme, change_note="työryhmän huomiot").label is None
    with pytest.raises(Refusal):
        add(db, office, programme)


def test_a_version_goes_and_comes_back_with_its_baseline(db, office, programme):
    row = add(db, office, programme, label="1.0")
    update_version(db, office, row.id, {"approver": "kansliapäällikkö"})
    remove_version(db, office, row.id)
    assert db.get(Baseline, row.baseline_id).removed
    restore_version(db, office, row.id)
    assert not db.get(Baseline, row.baseline_id).removed
    assert not db.get(ProgrammeVersion, row.id).removed


def test_only_the_office_writes_versions_down(db, programme):
    reporter = factories.acting(programme.municipality_id, "reporter")
    with pytest.raises(Refusal):
        add_version(db, reporter, {"portfolio_id": programme.id, "label": "1.0"}, today=TODAY)
