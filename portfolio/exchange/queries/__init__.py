"""What imports read: the present in columns and keys of workbooks, earlier imports, and where an item came from."""

from portfolio.exchange.queries.loading import load_present
from portfolio.exchange.queries.origins import (
    Origin,
    earlier_import,
    get_batch,
    is_undone,
    items_of,
    origins_of,
)
from portfolio.exchange.queries.present import MODELS, Present, defaults_of

__all__ = [
    "MODELS",
    "Origin",
    "Present",
    "defaults_of",
    "earlier_import",
    "get_batch",
    "is_undone",
    "items_of",
    "load_present",
    "origins_of",
]
