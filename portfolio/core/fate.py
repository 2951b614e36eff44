"""What became of something that was sent to a server; pure, since files send and claims are kept in the database."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Fate(enum.Enum):
    """Whether it went: only what was refused for certain may be sent again by itself."""

    TAKEN = enum.auto()
    REFUSED = enum.auto()
    UNKNOWN = enum.auto()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one thing; ``reason`` is why it was refused, in the server's words."""

    fate: Fate
    reason: str = ""
