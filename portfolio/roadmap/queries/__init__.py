"""Reading what a roadmap is made of, now or as it was after a revision (``at``)."""

from portfolio.roadmap.queries.find import Found, find, planned
from portfolio.roadmap.queries.items import days_of, make_items

__all__ = ["Found", "days_of", "find", "make_items", "planned"]
