"""Reading the register, now (SQL) or as it was after a revision (``at``)."""

from portfolio.register.queries.baselines import NamedPoint, baselines, get_baseline
from portfolio.register.queries.classes import ClassCount, SchemeCounts, counted_schemes
from portfolio.register.queries.difference import difference_names, read_difference, search_texts
from portfolio.register.queries.initiatives import (
    count_by_status,
    count_without_owner,
    get_initiative,
    initiative_by_code,
    initiatives_of_posts,
    overdue,
    titles_of,
    updated_at,
)
from portfolio.register.queries.matching import matching_ids, matching_rows
from portfolio.register.queries.overview import DeadlineNext, Overview, overview, portfolio_deadline
from portfolio.register.queries.page import Page, find_initiatives
from portfolio.register.queries.parts import (
    categories_of,
    deadlines_of_portfolio,
    parts_of,
)
from portfolio.register.queries.settings import (
    PortfolioCount,
    SchemeCategories,
    get_category,
    get_portfolio,
    get_scheme,
    portfolio_by_code,
    portfolios,
    schemes,
)
from portfolio.register.queries.sorting import SORTS
from portfolio.register.queries.versions import get_version, versions

__all__ = [
    "SORTS",
    "ClassCount",
    "DeadlineNext",
    "NamedPoint",
    "Overview",
    "Page",
    "PortfolioCount",
    "SchemeCategories",
    "SchemeCounts",
    "baselines",
    "categories_of",
    "count_by_status",
    "count_without_owner",
    "counted_schemes",
    "deadlines_of_portfolio",
    "difference_names",
    "find_initiatives",
    "get_baseline",
    "get_category",
    "get_initiative",
    "get_portfolio",
    "get_scheme",
    "get_version",
    "initiative_by_code",
    "initiatives_of_posts",
    "matching_ids",
    "matching_rows",
    "overdue",
    "overview",
    "parts_of",
    "portfolio_by_code",
    "portfolio_deadline",
    "portfolios",
    "read_difference",
    "schemes",
    "search_texts",
    "titles_of",
    "updated_at",
    "versions",
]
