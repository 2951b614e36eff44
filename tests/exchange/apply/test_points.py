"""What a demo's profile tells beside its workbooks: version histories and named points."""

import datetime as dt

import pytest
from sqlalchemy import select

from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.problem import Refusal
from portfolio.core.rights import operator
from portfolio.exchange.apply import name_point, record_versions
from portfolio.exchange.profile import BaselineSetUp, VersionHistorySetUp, VersionSetUp
from portfolio.forums.models import Meeting
from portfolio.forums.operations import put_forums
from portfolio.register.models import ProgrammeVersion
from tests import factories

TODAY = factories.MORNING.date()


@pytest.fixture
def place(db):
    """A municipality with a programme of one initiative, and who acts there an hour later."""
    home = factories.create_municipality(db).id
    programme = factories.create_portfolio(db, municipality_id=home, code="salkku", name_fi="Salkku")
    factories.create_initiative(db, portfolio_id=programme.id)
    return operator(factories.MORNING + dt.timedelta(hours=1)).within(home)


def history_of(portfolio, *versions):
    return VersionHistorySetUp(portfolio, TODAY, versions)


def test_versions_are_kept_as_the_document_lists_them_and_only_the_present_one_freezes_a_state(db, place):
    today = f"{TODAY.day}.{TODAY.month}.{TODAY.year}"
    told = history_of(
        "salkku",
        VersionSetUp("21.11.2022", "0.6", "Aloitettu", "Valmistelija"),
        VersionSetUp("12.12.2+22", "0.91", "Muokattu"),
        VersionSetUp(today, "1.0", "Hyväksytty", approver="Johtaja", valid_until=dt.date(2027, 6, 30)),
    )
    record_versions(db, place, told)
    rows = db.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.id)).all()
    assert [(one.date_words, one.label, one.day is None, one.baseline_id is None) for one in rows] == [
        ("21.11.2022", "0.6", False, True),
        ("12.12.2+22", "0.91", True, True),
        (today, "1.0", False, False),
    ]
    assert [one.name for one in db.scalars(select(Baseline))] == ["Salkku 1.0"]


def test_versions_of_a_portfolio_that_is_not_there_are_refused(db, place):
    with pytest.raises(Refusal):
        record_versions(db, place, history_of("muu", VersionSetUp("21.11.2022")))


def test_the_state_of_a_day_gets_its_name(db, place):
    identity = name_point(db, place, BaselineSetUp(TODAY, "Johtoryhmä"))
    found = db.get(Baseline, identity)
    assert (found.name, found.kind) == ("Johtoryhmä", BaselineKind.MEETING)


def test_the_state_of_a_day_is_the_end_of_a_forums_meeting(db, place):
    forum = put_forums(db, place, {"jory": {"name_fi": "Johtoryhmä", "kind": "leadership"}}).ids["jory"]
    identity = name_point(db, place, BaselineSetUp(TODAY, "Johtoryhmän kevät", note="Valmis", forum="Johtoryhmä"))
    found, meeting = db.get(Baseline, identity), db.scalar(select(Meeting))
    assert (found.name, found.kind, found.note) == ("Johtoryhmän kevät", BaselineKind.MEETING, "Valmis")
    assert (meeting.forum_id, meeting.date, meeting.baseline_id) == (forum, TODAY, identity)


def test_a_meeting_of_a_forum_that_is_not_there_is_refused(db, place):
    with pytest.raises(Refusal) as told:
        name_point(db, place, BaselineSetUp(TODAY, "Kevät", forum="Muu"))
    assert told.value.problems[0].params == {"name": "Muu", "point": "Kevät"}
