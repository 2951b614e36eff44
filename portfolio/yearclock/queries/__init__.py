"""Reading the year clock and its feeds."""

from portfolio.yearclock.queries.events import EventContext, read_around, read_events
from portfolio.yearclock.queries.feeds import feed_of_secret, feeds_of, get_feed

__all__ = ["EventContext", "feed_of_secret", "feeds_of", "get_feed", "read_around", "read_events"]
