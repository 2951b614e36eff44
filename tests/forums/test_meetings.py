import datetime as dt
import threading

from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.forums.models import Decision, DecisionInitiative, Meeting
from portfolio.forums.operations import record_outcomes
from portfolio.forums.rules import Outcome
from tests.forums.conftest import Hall

DAY = dt.date(2023, 5, 15)
WRITERS, EACH = 4, 5


def test_those_who_record_outcomes_of_one_meeting_at_once_lose_nothing(migrated_url):
    engine = open_engine(migrated_url)
    with open_session(engine, write=True) as session:
        hall = Hall(session)
        session.commit()
    start, faults = threading.Barrier(WRITERS), []

    def write(writer):
        try:
            start.wait()
            for number in range(EACH):
                with open_session(engine, write=True) as session:
                    draft = {"title_fi": f"{writer}-{number}", "outcome": Outcome.NOTED, "decision": "Merkitty."}
                    drafts = [{**draft, "initiative_ids": [hall.first]}]
                    record_outcomes(session, hall.office, hall.group, DAY, drafts)
                    session.commit()
        except Exception as fault:  # noqa: BLE001 -- told below, where the test can see it
            faults.append(fault)

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert faults == []
    with open_session(engine, write=False) as session:
        [meeting] = session.scalars(select(Meeting))
        decisions = session.scalars(select(Decision)).all()
        assert {one.title_fi for one in decisions} == {f"{a}-{b}" for a in range(WRITERS) for b in range(EACH)}
        assert {one.meeting_id for one in decisions} == {meeting.id}
        links = session.scalars(select(DecisionInitiative)).all()
        assert {one.decision_id for one in links} == {one.id for one in decisions}
        assert history.verify(session) == []
    engine.dispose()
