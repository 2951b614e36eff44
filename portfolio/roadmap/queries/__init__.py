"""Reading what a roadmap is made of, now or as it was after a revision (``at``)."""

from portfolio.roadmap.queries.find import Found, find, planned
from portfolio.roadmap.queries.grouping import Grouping, Offered, groupings, usual_grouping
from portfolio.roadmap.queries.items import days_of, make_items
from portfolio.roadmap.queries.reading import Wanted, read

__all__ = [
    "Found",
    "Grouping",
    "Offered",
    "Wanted",
    "days_of",
    "find",
    "groupings",
    "make_items",
    "planned",
    "read",
    "usual_grouping",
]
