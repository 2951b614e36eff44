"""Reading what a roadmap is made of, now or as it was after a revision (``at``)."""

from portfolio.roadmap.queries.colouring import Colouring, colourings
from portfolio.roadmap.queries.comparing import Against
from portfolio.roadmap.queries.differing import Narrowed, NarrowedDifference, Placed, read_changes
from portfolio.roadmap.queries.find import FoundInitiative, find, planned
from portfolio.roadmap.queries.grouping import Grouping, Offered, groupings, usual_grouping
from portfolio.roadmap.queries.items import Keys, days_of, make_items
from portfolio.roadmap.queries.reading import WantedRoadmap, read, read_chart

__all__ = [
    "Against",
    "Colouring",
    "FoundInitiative",
    "Grouping",
    "Keys",
    "Narrowed",
    "NarrowedDifference",
    "Offered",
    "Placed",
    "WantedRoadmap",
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
