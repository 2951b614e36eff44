"""Reading what a roadmap is made of, now or as it was after a revision (``at``)."""

from portfolio.roadmap.queries.colouring import Colouring, colourings
from portfolio.roadmap.queries.comparing import Against
from portfolio.roadmap.queries.differing import Narrowed, Placed, Told, read_changes
from portfolio.roadmap.queries.find import Found, find, planned
from portfolio.roadmap.queries.grouping import Grouping, Offered, groupings, usual_grouping
from portfolio.roadmap.queries.items import Keys, days_of, make_items
from portfolio.roadmap.queries.reading import Wanted, read, read_chart

__all__ = [
    "Against",
    "Colouring",
    "Found",
    "Grouping",
    "Keys",
    "Narrowed",
    "Offered",
    "Placed",
    "Told",
    "Wanted",
    "colourings",
    "days_of",
    "find",
    "groupings",
    "make_items",
    "planned",
    "read",
    "read_changes",
    "read_chart",
    "usual_grouping",
]
