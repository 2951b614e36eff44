"""What an address asks of the list for the handling of the budget: which year, news since when, which of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portfolio.budgets.queries import Handled, News
from portfolio.budgets.rules import FIRST_YEAR, LAST_YEAR
from portfolio.core.columns import read_id
from portfolio.core.history import Baseline

PARAMETERS = ("portfolio", "news", "since")


@dataclass(frozen=True, slots=True)
class AskedHandling:
    """The budget year, the baseline from which news are counted (None where there is none), and what is kept.

    An empty set keeps everything; ``narrows`` tells whether the address asks for anything but the usual.
    """

    year: int
    baseline: Baseline | None
    portfolio_ids: frozenset[int] = frozenset()
    news: frozenset[News] = frozenset()
    narrows: bool = False

    @property
    def since(self) -> int | None:
        """The revision from which news are counted."""
        return self.baseline.revision_id if self.baseline is not None else None

    def keeps(self, one: Handled) -> bool:
        """Tell whether an initiative is on the list."""
        return (not self.portfolio_ids or one.initiative.portfolio_id in self.portfolio_ids) and (
            not self.news or one.news in self.news
        )


def read_handling_asked(args: MultiDict[str, str], baselines: Sequence[Baseline], usual_year: int) -> AskedHandling:
    """Read ``year``, ``since`` (a baseline's id; the latest is the usual one), ``portfolio`` and ``news`` (repeated).

    ``baselines`` are those that may be chosen, the latest first. What is not known asks for nothing.
    """
    year = read_id(args.get("year", "")) or 0
    since = read_id(args.get("since", ""))
    chosen = next((one for one in baselines if one.id == since), next(iter(baselines), None))
    ids = (read_id(text) for text in args.getlist("portfolio"))
    return AskedHandling(
        year=year if FIRST_YEAR <= year <= LAST_YEAR else usual_year,
        baseline=chosen,
        portfolio_ids=frozenset(one for one in ids if one is not None),
        news=frozenset(News(one) for one in args.getlist("news") if one in set(News)),
        narrows=any(args.getlist(name) for name in PARAMETERS),
    )
