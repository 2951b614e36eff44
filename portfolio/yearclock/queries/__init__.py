"""Reading the year clock and its feeds."""

from portfolio.yearclock.queries.events import clock_heads, read_events
from portfolio.yearclock.queries.feeds import feed_of_secret, feeds_of, get_feed

__all__ = ["clock_heads", "feed_of_secret", "feeds_of", "get_feed", "read_events"]
