"""Pages are looked at in the town of the pages, not in the one that imports fill."""

from tests.fixtures.web import town

__all__ = ["town"]
