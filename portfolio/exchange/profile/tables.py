"""The tables of a profile.toml as typed values: who the municipality is, and how its workbooks are laid out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from portfolio.exchange.columns import Entity


@dataclass(frozen=True, slots=True)
class Term:
    """A council term, both days included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class LevelName:
    """What one level of the unit tree is called."""

    fi: str
    sv: str | None = None


@dataclass(frozen=True, slots=True)
class MunicipalitySetUp:
    """A municipality and its settings; ``season_limits`` are "d.m.-d.m." by the Finnish word of a season."""

    code: str
    number: str
    name_fi: str
    name_sv: str
    bilingual: bool = False
    plan_horizon: int = 3
    case_number_pattern: str | None = None
    unit_level_names: tuple[LevelName, ...] = ()
    season_limits: dict[str, str] = field(default_factory=dict)
    council_terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitSetUp:
    """A unit of the organisation; without a parent it is the root."""

    code: str
    name_fi: str
    name_sv: str | None = None
    parent: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PostSetUp:
    """A post in a unit."""

    code: str
    title_fi: str
    unit: str
    title_sv: str | None = None


@dataclass(frozen=True, slots=True)
class PortfolioSetUp:
    """A portfolio and its rules; deadlines are "d.m."."""

    code: str
    prefix: str
    kind: Literal["action_programme", "need_portfolio", "development_portfolio"]
    name_fi: str
    name_sv: str | None = None
    unit: str | None = None
    description_fi: str | None = None
    description_sv: str | None = None
    quota_min: int | None = None
    quota_max: int | None = None
    review_interval_months: int | None = None
    report_deadline: str | None = None
    proposal_deadline: str | None = None


@dataclass(frozen=True, slots=True)
class CategorySetUp:
    """A class of a scheme."""

    code: str
    name_fi: str
    name_sv: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class SchemeSetUp:
    """A classification with its classes; ``several``: an initiative may have several of them."""

    code: str
    name_fi: str
    name_sv: str | None = None
    portfolio: str | None = None
    several: bool = False
    categories: tuple[CategorySetUp, ...] = field(default=(), metadata={"key": "category"})


@dataclass(frozen=True, slots=True)
class FundingSourceSetUp:
    """Where money comes from."""

    code: str
    name_fi: str
    name_sv: str | None = None
    external: bool = False


@dataclass(frozen=True, slots=True)
class ForumSetUp:
    """A forum that is there before the first workbook."""

    code: str
    name_fi: str
    kind: Literal["body", "leadership", "steering", "working_group", "theme", "phenomenon", "network"]
    name_sv: str | None = None
    chair_post: str | None = None
    agenda_owner_post: str | None = None
    owning_forum: str | None = None
    rhythm: str | None = None
    timespan: str | None = None
    case_number: str | None = None
    tasks: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated workbook of a demo municipality."""

    date: dt.date
    workbook: str
    document_date: dt.date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class VersionSetUp:
    """One row of a programme's version history as its document has it; ``date`` is text, a day or not."""

    date: str | None = None
    label: str | None = None
    change: str | None = None
    authors: str | None = None
    approver: str | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class VersionHistorySetUp:
    """The versions of a portfolio's programme, written down on one day of a demo."""

    portfolio: str
    recorded: dt.date
    versions: tuple[VersionSetUp, ...] = field(metadata={"key": "version"})


@dataclass(frozen=True, slots=True)
class BaselineSetUp:
    """A point in time that a demo names: the state at the end of that day's steps.

    With a ``forum``, by its name, it is the end of that forum's meeting of the day.
    """

    date: dt.date
    name: str
    kind: Literal["meeting", "version", "round", "free"] = "meeting"
    note: str | None = None
    forum: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A row between the data that gives a field to the rows below it; without a field it only ends those below it."""

    field: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are no data: those whose first filled cell matches, and all from a row on.

    ``only_money``: rows that fill nothing but columns of money are sums. ``blank_rows``: so many blank rows end the
    table.
    """

    patterns: tuple[str, ...] = ()
    until: str | None = None
    only_money: bool = False
    blank_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Continuation:
    """Rows that go on with the record above them, and the fields they may lengthen.

    They lack what tells an item, or say there by the pattern ``mark`` that they go on.
    """

    append: tuple[str, ...]
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """A column for each year: money of a part and source in a unit, or an indicator's values."""

    pattern: str
    amount: Literal["planned", "forecast", "actual", "value"]
    year: int | None = None
    part: Literal["operating", "investment"] | None = None
    source: str | None = None
    unit: Literal["eur", "teur", "meur"] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """The fields whose values together tell one row from another."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a workbook in this layout looks when it is written: font, size in points, and colours as RRGGBB."""

    font: str = "Calibri"
    size: int = 11
    heading: str = "1F3864"
    section: str = "B4C6E7"
    subsection: str = "DEEAF6"
    total: str = "F2F2F2"


@dataclass(frozen=True, slots=True)
class SheetProfile:
    """How one kind of sheet is read; ``columns`` are headings by field, ``split`` regular expressions by field.

    The heading is searched from the row ``header_from`` on. ``letters`` are columns by field where a heading is blank
    or stands twice. ``spread_headings``: a text in an upper row of the heading holds for the columns on its right that
    have none. ``blank`` are texts that mean a blank cell. ``whole``: a sheet lacking any column does not fit.
    ``constants`` hold for every row, ``defaults`` for new rows only, where they say nothing else.
    """

    match: tuple[str, ...]
    entity: Entity
    workbook: str | None = None
    portfolio: str | None = None
    layout: Literal["table", "card"] = "table"
    header_rows: int = 1
    header_from: int = 1
    whole: bool = False
    required: tuple[str, ...] | None = None
    optional_sheet: bool = False
    ignore: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    label_column: str = "A"
    value_column: str = "B"
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    spread_headings: bool = False
    blank: tuple[str, ...] = ()
    sections: tuple[Section, ...] = field(default=(), metadata={"key": "section"})
    skip: Skip = field(default_factory=Skip)
    continuation: Continuation | None = None
    split: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Literal["fraction", "percent", "eur", "teur", "meur"]] = field(default_factory=dict)
    years: tuple[Years, ...] = ()
    identity: Identity | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()
    above: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """One municipality's way of keeping its workbooks; the set-up tables are empty in a person's saved profile."""

    name: str
    language: Literal["fi", "sv", "en"] = "fi"
    demo_day: dt.date | None = None
    ignore_sheets: tuple[str, ...] = ()
    look: Look = field(default_factory=Look)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    municipality: MunicipalitySetUp | None = None
    units: tuple[UnitSetUp, ...] = field(default=(), metadata={"key": "unit"})
    posts: tuple[PostSetUp, ...] = field(default=(), metadata={"key": "post"})
    portfolios: tuple[PortfolioSetUp, ...] = field(default=(), metadata={"key": "portfolio"})
    schemes: tuple[SchemeSetUp, ...] = field(default=(), metadata={"key": "scheme"})
    funding_sources: tuple[FundingSourceSetUp, ...] = field(default=(), metadata={"key": "funding_source"})
    forums: tuple[ForumSetUp, ...] = field(default=(), metadata={"key": "forum"})
    steps: tuple[Step, ...] = field(default=(), metadata={"key": "step"})
    version_histories: tuple[VersionHistorySetUp, ...] = field(default=(), metadata={"key": "version_history"})
    baselines: tuple[BaselineSetUp, ...] = field(default=(), metadata={"key": "baseline"})
    sheets: tuple[SheetProfile, ...] = field(default=(), metadata={"key": "sheet"})
