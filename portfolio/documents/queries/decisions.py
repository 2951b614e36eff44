"""Reading a forum's decisions (requirements 77–80, 92b)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from portfolio.core import history
from portfolio.documents.queries.wanted import WantedReport
from portfolio.documents.report import DecisionFacts, DecisionsFacts, Name
from portfolio.forums.models import Decision, DecisionInitiative
from portfolio.forums.queries import decisions
from portfolio.register.models import Initiative


def read_decisions(session: Session, wanted: WantedReport) -> DecisionsFacts:
    """Return the decisions of the forum asked for, of one year where one is asked for, the earliest first."""
    forum = wanted.forum
    if forum is None:
        raise ValueError("a list of decisions is of a forum")
    found = [
        row
        for row in decisions(session, wanted.place, forum_id=forum.id, at=wanted.at)
        if wanted.year is None or (row.date is not None and row.date.year == wanted.year)
    ]
    found.sort(key=lambda row: (row.date or dt.date.max, row.id))
    codes = _codes(session, wanted, found)
    return DecisionsFacts(
        wanted.setting(),
        Name(forum.name_fi, forum.name_sv),
        wanted.year,
        [_facts(row, codes.get(row.id, [])) for row in found],
    )


def _facts(row: Decision, codes: Sequence[str]) -> DecisionFacts:
    return DecisionFacts(
        date=row.date,
        section=row.section,
        case_number=row.case_number,
        title=Name(row.title_fi, row.title_sv),
        proposal=row.proposal,
        decision=row.decision,
        outcome=row.outcome,
        codes=codes,
    )


def _codes(session: Session, wanted: WantedReport, found: Sequence[Decision]) -> dict[int, list[str]]:
    """Name the initiatives that each decision concerns by their codes."""
    if not found:
        return {}
    ids = frozenset(row.id for row in found)
    links = history.rows(session, DecisionInitiative, wanted.place, wanted.at, decision_id=ids)
    wanted_ids = frozenset(link.initiative_id for link in links)
    rows = history.rows(session, Initiative, wanted.place, wanted.at, id=wanted_ids) if wanted_ids else []
    names = {row.id: row.code for row in rows}
    codes: dict[int, list[str]] = defaultdict(list)
    for link in links:
        if link.initiative_id in names:
            codes[link.decision_id].append(names[link.initiative_id])
    return codes
