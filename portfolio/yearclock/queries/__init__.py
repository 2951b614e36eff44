"""Reading the year clock and its feeds."""

from portfolio.yearclock.queries.events import Around, read_around, read_events
from portfolio.yearclock.queries.feeds import feed_of_secret, feeds_of, get_feed

__all__ = ["Around", "feed_of_secret", "feeds_of", "get_feed", "read_around", "read_events"]
