"""Municipalities, their unit tree, posts and those who hold them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.core.columns import sort_text
from portfolio.core.database import Base, Owned, Versioned
from portfolio.core.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet


class Municipality(Versioned, Base):
    """A municipality: the tenant to which everything else belongs, and its settings.

    ``code`` stands in addresses, commands and folders ("turku"); ``number`` is Statistics Finland's code as text
    ("853"). ``season_limits`` maps a season to [first month, first day, last month, last day] where it differs from
    the default; ``council_terms`` is a list of [first day, last day] (a table, for two of four terms are irregular).
    ``demo_day`` marks a demo municipality and is its today.
    """

    __tablename__ = "municipality"

    code: Mapped[str] = mapped_column(String(30), unique=True)
    number: Mapped[str] = mapped_column(String(3), unique=True)
    name_fi: Mapped[str] = mapped_column(String(80))
    name_sv: Mapped[str] = mapped_column(String(80))
    bilingual: Mapped[bool] = mapped_column(default=False)
    plan_horizon: Mapped[int] = mapped_column(default=3)
    season_limits: Mapped[Any] = mapped_column(JSON, default=None, nullable=True)
    council_terms: Mapped[Any] = mapped_column(JSON, default=None, nullable=True)
    unit_level_names: Mapped[Any] = mapped_column(JSON, default=None, nullable=True)
    case_number_pattern: Mapped[str | None] = mapped_column(String(200))
    accessibility_statement: Mapped[str | None] = mapped_column(Text)
    demo_day: Mapped[dt.date | None]


class Unit(Owned, Base):
    """A node of the organisation (toimiala, palvelualue …), valid from a day to a day."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    derived: ClassVar[frozenset[str]] = frozenset({"name_sort"})
    sources: ClassVar[frozenset[str]] = frozenset({"name_fi"})

    code: Mapped[str] = mapped_column(String(40))
    name_fi: Mapped[str] = mapped_column(String(160))
    name_sort: Mapped[str] = mapped_column(sort_text(500))
    name_sv: Mapped[str | None] = mapped_column(String(160))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]

    @classmethod
    def derive(cls, row: Mapping[str, Any], _changed: AbstractSet[str] | None = None) -> dict[str, Any]:
        """Compute the Finnish sort key of the name."""
        return {"name_sort": sort_key(row["name_fi"])[:500]}


class Post(Owned, Base):
    """A role in a unit (virka, tehtävä): ownership is by post, whoever holds it."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    derived: ClassVar[frozenset[str]] = frozenset({"title_sort"})
    sources: ClassVar[frozenset[str]] = frozenset({"title_fi"})

    code: Mapped[str] = mapped_column(String(60))
    title_fi: Mapped[str] = mapped_column(String(160))
    title_sort: Mapped[str] = mapped_column(sort_text(500))
    title_sv: Mapped[str | None] = mapped_column(String(160))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]

    @classmethod
    def derive(cls, row: Mapping[str, Any], _changed: AbstractSet[str] | None = None) -> dict[str, Any]:
        """Compute the Finnish sort key of the title."""
        return {"title_sort": sort_key(row["title_fi"])[:500]}


class Person(Base):
    """A person's name and e-mail: outside the history, which holds the id only, so that a person can be erased."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), index=True)


class Holding(Owned, Base):
    """A person in a post for a time."""

    __tablename__ = "holding"
    fixed: ClassVar[frozenset[str]] = Owned.fixed | {"post_id", "person_id"}

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
