"""Forums' closed lists. Pure."""

from __future__ import annotations

import enum


class ForumKind(enum.StrEnum):
    """What kind of group a forum is."""

    BODY = "body"
    LEADERSHIP = "leadership"
    STEERING = "steering"
    WORKING_GROUP = "working_group"
    THEME = "theme"
    PHENOMENON = "phenomenon"
    NETWORK = "network"


class Outcome(enum.StrEnum):
    """How a matter ended in a meeting; noted for information is not an approval."""

    APPROVED = "approved"
    NOTED = "noted"
    REJECTED = "rejected"
    RETURNED = "returned"
    TABLED = "tabled"
