"""One review as its page shows it: this year's answers beside last year's, with the facts of the initiative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from flask import abort

from portfolio.accounts.queries import names_of_users
from portfolio.budgets.queries import money_by_year
from portfolio.budgets.rules import YearMoney
from portfolio.core import history
from portfolio.organisation import queries as organisation
from portfolio.register import queries as register
from portfolio.register.models import Indicator, IndicatorValue, Initiative
from portfolio.reviews import queries
from portfolio.reviews.models import Review, ReviewIndicator, ReviewQuestion, ReviewRound
from portfolio.reviews.queries import ReviewStep
from portfolio.reviews.rules import (
    ReviewFacts,
    RoundState,
    check_standing,
    days_late,
    due_day,
    may_answer,
    may_judge,
)
from portfolio.reviews.views.room import frame_of
from portfolio.web.current import current
from portfolio.web.language import name_of, title_of

NOT_FOUND = 404


class Sheet:
    """A review with its round, initiative, questions and indicators, at the time that the page shows."""

    def __init__(self, review: Review) -> None:
        """Read the review's round; a closed one is read as closing froze it."""
        asked = queries.get_round(current.session, review.municipality_id, review.round_id, at=current.at)
        self.asked: ReviewRound = asked or abort(NOT_FOUND)
        self.place = review.municipality_id
        self.at, self.day = frame_of(self.asked)
        self.review = review
        if self.at is not None:
            then = queries.get_review(current.session, self.place, review.id, at=self.at)
            self.review = then or abort(NOT_FOUND)
        self.initiative: Initiative = self._initiative() or abort(NOT_FOUND)

    @property
    def is_now(self) -> bool:
        """Tell whether the present is shown."""
        return self.at is None

    @cached_property
    def questions(self) -> list[ReviewQuestion]:
        """Give the round's questions in order."""
        return queries.questions(current.session, self.place, self.asked.template_id, at=self.at)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Give the initiative's indicators."""
        rows = history.few(current.session, Indicator, self.place, self.at, initiative_id=self.initiative.id)
        return sorted(rows, key=lambda row: row.id)

    @cached_property
    def values(self) -> Mapping[int, Sequence[IndicatorValue]]:
        """Give the earlier values of indicators in order of year."""
        found: dict[int, list[IndicatorValue]] = defaultdict(list)
        ids = frozenset(one.id for one in self.indicators)
        if ids:
            rows = history.few(current.session, IndicatorValue, self.place, self.at, indicator_id=ids)
            for row in sorted(rows, key=lambda one: one.year):
                found[row.indicator_id].append(row)
        return found

    @cached_property
    def answers(self) -> Mapping[int, str]:
        """Give this year's answers by question."""
        return queries.answers_of(current.session, self.place, self.review.id, at=self.at)

    @cached_property
    def measured(self) -> Mapping[int, ReviewIndicator]:
        """Give this year's values by indicator."""
        return queries.measured_in(current.session, self.place, self.review.id, at=self.at)

    @cached_property
    def last(self) -> Review | None:
        """Give what was told in the round before."""
        return queries.last_review(current.session, self.asked, self.initiative.id, at=self.at)

    @cached_property
    def last_round(self) -> ReviewRound | None:
        """Give the round in which that was told."""
        return queries.get_round(current.session, self.place, self.last.round_id, at=self.at) if self.last else None

    @cached_property
    def last_answers(self) -> Mapping[int, str]:
        """Give last time's answers by question."""
        return queries.answers_of(current.session, self.place, self.last.id, at=self.at) if self.last else {}

    @cached_property
    def money(self) -> list[YearMoney]:
        """Give the initiative's money of the years that the period touches."""
        years = range(self.asked.period_first.year, self.asked.period_last.year + 1)
        return money_by_year(current.session, self.place, self.initiative.id, years, at=self.at)

    @cached_property
    def steps(self) -> list[ReviewStep]:
        """Give who did what with the review, newest first."""
        return queries.steps_of(current.session, self.review.id, at=self.at)

    @cached_property
    def due_on(self) -> Any:
        """Give the day by which the unit answers."""
        parents = {one.id: one.parent_id for one in self._units.values()}
        later = queries.extensions(current.session, self.place, self.asked.id, at=self.at)
        return due_day(self.asked.due_on, self.initiative.unit_id, later, parents)

    @property
    def late(self) -> int:
        """Count the days by which the answer is, or came, late."""
        return days_late(self.review.state, self.review.submitted_on, self.due_on, self.day)

    @property
    def unit(self) -> str | None:
        """Name the unit."""
        found = self._units.get(self.initiative.unit_id or 0)
        return name_of(found) if found else None

    def post(self, identity: int | None) -> str | None:
        """Name a post."""
        found = organisation.get_post(current.session, self.place, identity, at=self.at) if identity else None
        return title_of(found) if found else None

    @cached_property
    def people(self) -> Mapping[int, str]:
        """Name the users who rated it and who was asked to answer."""
        review = self.review
        return names_of_users(current.session, (review.health_by, review.office_by, review.delegate_id))

    def merged_into(self, review: Review) -> str | None:
        """Give the code and title of what an initiative is merged into."""
        if review.merged_into_id is None:
            return None
        found = register.get_initiative(current.session, self.place, review.merged_into_id, at=self.at)
        return f"{found.code} {title_of(found)}" if found else None

    @cached_property
    def may_answer(self) -> bool:
        """Tell whether this person may write here and now."""
        return self.allowed and not check_standing(self.asked.state, self.review.state)

    @property
    def allowed(self) -> bool:
        """Tell whether this person is one who answers it, whatever its state."""
        facts = ReviewFacts(self.initiative.unit_id, self.initiative.owner_post_id, self.review.delegate_id)
        open_now = self.is_now and not self.review.removed and not self.initiative.removed
        return open_now and (may_judge(current.actor) or may_answer(current.actor, facts))

    @property
    def may_judge(self) -> bool:
        """Tell whether this person may return, approve and rate it here and now."""
        return self.is_now and self.asked.state is RoundState.OPEN and may_judge(current.actor)

    @cached_property
    def _units(self) -> Mapping[int, Any]:
        return {one.unit.id: one.unit for one in organisation.units(current.session, self.place, at=self.at)}

    def _initiative(self) -> Initiative | None:
        identity = self.review.initiative_id
        if self.at is None:
            return register.get_initiative(current.session, self.place, identity)
        rows = history.few(current.session, Initiative, self.place, self.at, with_removed=True, id=identity)
        return next(iter(rows), None)
