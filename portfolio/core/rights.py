"""Who may do what: the actor, the roles, and the role × field table (DESIGN §5, Rights). Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal

if TYPE_CHECKING:
    import datetime as dt


class Role(enum.StrEnum):
    """What a person is in one municipality; budget and publicity are given beside another role."""

    ADMIN = "admin"
    OFFICE = "office"
    MEMBER = "member"
    REPORTER = "reporter"
    VIEWER = "viewer"
    BUDGET = "budget"
    PUBLICITY = "publicity"


class Right(enum.StrEnum):
    """What a view or an operation asks for."""

    READ = "read"
    PROPOSE = "propose"
    EDIT = "edit"
    MANAGE = "manage"
    IMPORT = "import"
    SETTINGS = "settings"
    USERS = "users"


class FieldGroup(enum.StrEnum):
    """Fields that are given to roles together; each room says which of its fields belong to which group."""

    CONTENT = "content"
    CLASSIFICATION = "classification"
    DECISION = "decision"
    BUDGET = "budget"
    PUBLICITY = "publicity"


class Scope(enum.IntEnum):
    """How far a right reaches."""

    NONE = 0
    OWN = 1
    ALL = 2


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right),
    Role.OFFICE: frozenset(Right) - {Right.USERS},
    Role.MEMBER: frozenset({Right.READ, Right.PROPOSE}),
    Role.REPORTER: frozenset({Right.READ, Right.PROPOSE, Right.EDIT}),
    Role.VIEWER: frozenset({Right.READ}),
    Role.BUDGET: frozenset({Right.READ, Right.EDIT}),
    Role.PUBLICITY: frozenset({Right.READ, Right.EDIT}),
}
"""What each role may ask for at all; EDIT is narrowed by the table below to fields and own units."""

FIELDS: dict[Role, dict[FieldGroup, Scope]] = {
    Role.ADMIN: dict.fromkeys(FieldGroup, Scope.ALL),
    Role.OFFICE: dict.fromkeys(FieldGroup, Scope.ALL),
    Role.MEMBER: {},
    Role.REPORTER: {FieldGroup.CONTENT: Scope.OWN},
    Role.VIEWER: {},
    Role.BUDGET: {FieldGroup.BUDGET: Scope.OWN},
    Role.PUBLICITY: {FieldGroup.PUBLICITY: Scope.OWN},
}
"""The role × field table: a group that is not named is closed. OWN means the grant's unit and those below it."""

POST_HOLDER_FIELDS = frozenset({FieldGroup.CONTENT})
"""What the holder of an initiative's responsible post may edit, whatever the person's role."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, within some units (their ids, all levels below included) or, with None, the whole municipality."""

    role: Role
    unit_ids: frozenset[int] | None = None

    def covers(self, unit_id: int | None) -> bool:
        """Tell whether the grant reaches an item of this unit."""
        return self.unit_ids is None or unit_id in self.unit_ids


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, when and whence: the one argument from which rights are judged and revisions are signed.

    ``at`` is an aware time in UTC. ``source`` is form, import, command or undo; ``source_ref`` names the file or
    batch; ``reason`` is a (kind, id) pair such as ("decision", 12). ``municipality_id`` None is the operator, who
    works on the command line only.
    """

    user_id: int | None
    name: str
    municipality_id: int | None
    grants: tuple[Grant, ...]
    at: dt.datetime
    post_ids: frozenset[int] = field(default_factory=frozenset)
    source: str = "form"
    source_ref: str | None = None
    reason: tuple[str, int] | None = None
    note: str | None = None

    def may(self, right: Right) -> bool:
        """Tell whether any of the actor's roles carries the right; a post holder may also edit."""
        if right is Right.EDIT and self.post_ids:
            return True
        return any(right in RIGHTS[grant.role] for grant in self.grants)

    def has(self, *roles: Role) -> bool:
        """Tell whether the actor has one of the roles."""
        return any(grant.role in roles for grant in self.grants)

    def within(self, municipality_id: int) -> Actor:
        """Return the operator at work in one municipality; anybody else has a municipality and keeps it."""
        if self.municipality_id not in (None, municipality_id):
            message = "an actor of one municipality cannot work in another"
            raise ValueError(message)
        return replace(self, municipality_id=municipality_id)

    def because(self, kind: str, identity: int) -> Actor:
        """Return the same actor, acting for the reason given."""
        return replace(self, reason=(kind, identity))


def open_groups(actor: Actor, unit_id: int | None, owner_post_id: int | None) -> frozenset[FieldGroup]:
    """Tell which field groups of one item the actor may edit, by role, unit and responsible post."""
    groups = {
        group
        for grant in actor.grants
        for group, scope in FIELDS[grant.role].items()
        if scope is Scope.ALL or (scope is Scope.OWN and grant.covers(unit_id))
    }
    if owner_post_id is not None and owner_post_id in actor.post_ids:
        groups |= POST_HOLDER_FIELDS
    return frozenset(groups)


def working_in(actor: Actor) -> int:
    """Return the municipality in which the actor works; the operator must have said which (``Actor.within``)."""
    if actor.municipality_id is None:
        message = "an operation works in one municipality: use actor.within(municipality_id)"
        raise ValueError(message)
    return actor.municipality_id


def require(actor: Actor, right: Right) -> int:
    """Return the municipality in which the actor works; refuse unless one of the actor's roles carries the right."""
    if not actor.may(right):
        raise Refusal(Problem(N_("Your access does not cover this. Ask your municipality's administrator for it.")))
    return working_in(actor)


def operator(at: dt.datetime, *, source: str = "command", source_ref: str | None = None) -> Actor:
    """Make the actor of the command line: every field open, in no municipality of its own."""
    return Actor(None, "operator", None, (Grant(Role.ADMIN),), at, source=source, source_ref=source_ref)
