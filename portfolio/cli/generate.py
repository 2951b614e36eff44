"""``portfolio generate``: made-up municipalities of any size, for load tests and benchmarks."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from portfolio.budgets.models import BudgetLine, FundingSource
from portfolio.budgets.rules import BudgetPart
from portfolio.cli import database
from portfolio.cli.context import WRONG_USAGE, end, with_engine
from portfolio.core import history
from portfolio.core.database import Versioned, open_session
from portfolio.core.history import Insert, Update
from portfolio.core.rights import Actor, operator
from portfolio.core.text import with_check_letter
from portfolio.core.timespan import Context, Timespan, parse
from portfolio.organisation.models import Municipality, Post, Unit
from portfolio.register.models import (
    Category,
    CategoryScheme,
    Dependency,
    Initiative,
    InitiativeCategory,
    Milestone,
    Portfolio,
)
from portfolio.register.rules import Answer, InitiativeKind, PortfolioKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

FIRST_YEAR = 2022
BATCH = 2_000
WHAT = (
    "Asiakasneuvonta",
    "Tuntikirjaus",
    "Kiinteistönhoito",
    "Päätösvalmistelu",
    "Ääniviesti",
    "Öljylämmitys",
    "Liikunta",
)
HOW = ("sähköiseksi", "yhteen paikkaan", "ennakoivaksi", "kaikissa kanavissa", "ilman paperia", "uudella mallilla")
WHERE = ("kouluissa", "varhaiskasvatuksessa", "kirjastoissa", "satamassa", "keskustassa", "kaikilla palvelualueilla")
WHEN = (
    "{y}",
    "syksy {y}",
    "kevät {y}",
    "{y}–{z}",
    "viimeistään 31.12.{z}",
    "1.3.{y}–30.9.{z}",
    "jatkuva",
    "{y}–",
    "5/{y}",
)
UNITS, POSTS, CATEGORIES = 24, 40, 8


@dataclass(frozen=True, slots=True)
class Town:
    """The ids that a made-up municipality's initiatives refer to."""

    municipality_id: int
    units: Sequence[int]
    posts: Sequence[int]
    portfolios: Sequence[int]
    categories: Sequence[int]
    source: int


@click.command()
@click.option("--initiatives", required=True, type=click.IntRange(1, 1_000_000), help="How many in all.")
@click.option("--municipalities", default=1, show_default=True, type=click.IntRange(1, 300), help="Among how many.")
@click.option("--changes", default=0, show_default=True, type=click.IntRange(0), help="Cells changed after birth.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same data.")
@with_engine
def generate_command(engine: Engine, initiatives: int, municipalities: int, changes: int, seed: int) -> None:
    """Fill an empty database with made-up municipalities.

    For load tests and benchmarks: initiatives with milestones, money and a history. The tables are made first.
    """
    database.upgrade(engine)
    with open_session(engine, write=True) as session:
        if history.latest_revision(session):
            end("The database is not empty. Generate into an empty one.", WRONG_USAGE)
        generate(session, initiatives, municipalities, changes, seed)
    click.echo(f"{initiatives} initiatives in {municipalities} municipalities, {changes} changes.")


def generate(session: Session, initiatives: int, municipalities: int, changes: int, seed: int) -> None:
    """Write the made-up data, one transaction a batch; revisions are a minute apart from the first morning of 2022."""
    chance = random.Random(seed)  # noqa: S311 -- made-up data, no secrets
    clock = _Clock()
    for number in range(municipalities):
        share = initiatives // municipalities + (number < initiatives % municipalities)
        town = _found(session, clock.actor(), number)
        session.commit()
        ids: list[int] = []
        for first in range(0, share, BATCH):
            ids += _fill(session, clock.actor(), town, chance, first, min(BATCH, share - first))
            session.commit()
        _change(session, clock, ids, chance, changes // municipalities)


class _Clock:
    """Actors whose time moves on by a minute."""

    def __init__(self) -> None:
        self._at = dt.datetime(FIRST_YEAR, 1, 3, 7, tzinfo=dt.UTC)

    def actor(self) -> Actor:
        self._at += dt.timedelta(minutes=1)
        return operator(self._at, source="generate")


def _found(session: Session, actor: Actor, number: int) -> Town:
    code = f"kunta{number + 1}"
    values = {
        "code": code,
        "number": f"{700 + number:03}",
        "name_fi": f"Kunta {number + 1}",
        "name_sv": f"Kommun {number + 1}",
    }
    (identity,) = _write(session, actor, Municipality, [values])
    root = {"municipality_id": identity}
    (top,) = _write(session, actor, Unit, [{**root, "code": "top", "name_fi": "Kaupunki"}])
    units = [{**root, "code": f"u{i}", "name_fi": f"Palvelualue {i + 1}", "parent_id": top} for i in range(UNITS)]
    unit_ids = _write(session, actor, Unit, units)
    posts = [
        {**root, "code": f"p{i}", "title_fi": f"Päällikkö {i + 1}", "unit_id": unit_ids[i % UNITS]}
        for i in range(POSTS)
    ]
    portfolios = [
        {**root, "code": f"{code}-{kind.value}", "prefix": prefix, "kind": kind, "name_fi": name}
        for kind, prefix, name in zip(PortfolioKind, "TNK", ("Ohjelma", "Tarvesalkku", "Kehittämissalkku"), strict=True)
    ]
    (scheme,) = _write(session, actor, CategoryScheme, [{**root, "code": "theme", "name_fi": "Teema"}])
    categories = [
        {**root, "scheme_id": scheme, "code": f"c{i}", "name_fi": f"Teema {i + 1}", "position": i}
        for i in range(CATEGORIES)
    ]
    (source,) = _write(session, actor, FundingSource, [{**root, "code": "own", "name_fi": "Oma rahoitus"}])
    return Town(
        identity,
        unit_ids,
        _write(session, actor, Post, posts),
        _write(session, actor, Portfolio, portfolios),
        _write(session, actor, Category, categories),
        source,
    )


def _fill(session: Session, actor: Actor, town: Town, chance: random.Random, first: int, count: int) -> Sequence[int]:
    owned = {"municipality_id": town.municipality_id}
    rows = [_initiative(town, chance, first + index) for index in range(count)]
    ids = _write(session, actor, Initiative, rows)
    years = range(FIRST_YEAR, FIRST_YEAR + 4)
    _write(
        session,
        actor,
        InitiativeCategory,
        [{**owned, "initiative_id": one, "category_id": chance.choice(town.categories)} for one in ids],
    )
    _write(
        session,
        actor,
        Milestone,
        [{**owned, "initiative_id": one, "title_fi": "Väliarviointi", "timespan": _span(chance)} for one in ids[::2]],
    )
    _write(session, actor, BudgetLine, [
        {
            **owned, "initiative_id": one, "year": year, "part": chance.choice(list(BudgetPart)),
            "source_id": town.source, "planned": _money(chance),
        }
        for one in ids for year in years[: chance.randrange(4)]
    ])  # fmt: skip
    _write(
        session,
        actor,
        Dependency,
        [
            {**owned, "predecessor_id": before, "successor_id": after}
            for before, after in zip(ids[::9], ids[1::9], strict=False)
        ],
    )
    return ids


def _initiative(town: Town, chance: random.Random, index: int) -> dict[str, Any]:
    portfolio = index % len(town.portfolios)
    status = chance.choice([one for one in Status if one is not Status.MERGED])
    return {
        "municipality_id": town.municipality_id,
        "code": with_check_letter(f"{'TNK'[portfolio]}-{index + 1:03}"),
        "portfolio_id": town.portfolios[portfolio],
        "kind": chance.choice(list(InitiativeKind)),
        "spearhead": chance.random() < 0.05,  # noqa: PLR2004 -- one in twenty
        "status": status,
        "title_fi": f"{chance.choice(WHAT)} {chance.choice(HOW)} {chance.choice(WHERE)} {index + 1}",
        "summary_fi": "Tarpeesta on sovittu, työ tehdään vaiheittain ja tulos jää pysyvään käyttöön." * 3,
        "unit_id": chance.choice(town.units),
        "owner_post_id": chance.choice([*town.posts, None]),
        "timespan": _span(chance),
        "budget_effect": chance.choice(list(Answer)),
        "progress": chance.choice([None, *range(0, 101, 10)]),
    }


def _change(session: Session, clock: _Clock, ids: Sequence[int], chance: random.Random, count: int) -> None:
    """Change cells, a few hundred a revision, as reporting weeks do."""
    for first in range(0, count, BATCH // 4):
        updates = [
            Update(Initiative, chance.choice(ids), {"progress": chance.randrange(101), "summary_fi": f"Tilanne {cell}"})
            for cell in range(first, min(first + BATCH // 4, count), 2)
        ]
        history.write_many(session, clock.actor(), updates=updates)
        session.commit()


def _span(chance: random.Random) -> Timespan | None:
    year = FIRST_YEAR + chance.randrange(5)
    words = chance.choice((*WHEN, "")).format(y=year, z=year + 1)
    return parse(words, Context.default()).value if words else None


def _money(chance: random.Random) -> Decimal | None:
    return chance.choice([None, Decimal(0), Decimal(chance.randrange(5, 900) * 1000)])


def _write(session: Session, actor: Actor, model: type[Versioned], rows: Iterable[dict[str, Any]]) -> Sequence[int]:
    return history.write_many(session, actor, inserts=[Insert(model, row) for row in rows]).ids
