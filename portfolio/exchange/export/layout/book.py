"""A register in a profile's own layout: the workbook that a municipality knows, made afresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from portfolio.core.language import N_, say
from portfolio.core.rights import Actor
from portfolio.exchange.apply.rights import Rights
from portfolio.exchange.columns import Entity, Key
from portfolio.exchange.columns.identity import Meta, SheetMeta
from portfolio.exchange.export.layout.card import Card, number_of
from portfolio.exchange.export.layout.contents import Contents
from portfolio.exchange.export.layout.headings import BUDGET_MONTH
from portfolio.exchange.export.layout.setting import Setting
from portfolio.exchange.export.layout.sheets import Chosen, choose_sheets, sheet_title
from portfolio.exchange.export.layout.table import Table
from portfolio.exchange.export.layout.values import Values
from portfolio.exchange.models import Export
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries import MODELS, Present, load_present
from portfolio.exchange.rows import Surroundings
from portfolio.files.workbook.book import Book, BookSheet, Palette
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context
from portfolio.register.models import Portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CHOOSE = N_("Choose from the list, or write as the list has it.")


def layout_book(session: Session, export: Export, profile: Profile, actor: Actor, today: dt.date) -> Book:
    """Lay out an export as its profile lays out workbooks; cells that the actor may not change are shaded."""
    municipality = session.get_one(Municipality, export.municipality_id)
    present = load_present(session, municipality.id, profile)
    times = timespan_context(municipality, today, profile.language)
    values = Values(profile, Surroundings(times, present.registry, present.aliases))
    setting = Setting(
        profile,
        values,
        Contents(present, export.item_ids, values.constants),
        _versions(session, present),
        Rights(actor, present, {}).allows,
        today,
        today.year + (today.month >= BUDGET_MONTH),
        municipality.plan_horizon,
        say(CHOOSE, profile.language),
    )
    portfolio = session.get(Portfolio, export.portfolio_id) if export.portfolio_id else None
    drawn = list(_draw(setting, choose_sheets(profile, portfolio.code if portfolio else None)))
    _ = Meta(export.token, profile.language, profile.name, tuple(one for _, one in drawn))
    return Book(
        [*(sheet for sheet, _ in drawn)],
        export.made_at,
        setting.lists,
        title=export.file_name,
        language=profile.language,
        palette=Palette(**asdict(profile.look)),
    )


def _draw(setting: Setting, chosen: list[Chosen]) -> Iterator[tuple[BookSheet, SheetMeta]]:
    taken: list[str] = []
    for one in chosen:
        lines = setting.contents.lines(one, chosen)
        if one.profile.layout == "table":
            planned = any(years.amount == "planned" for years in one.profile.years)
            title = sheet_title(one.profile, setting.fill("{year}" if planned else "{day}"), taken)
            taken.append(title)
            yield Table(setting, one.number, one.profile, title, lines).sheet()
            continue
        for running, line in enumerate(lines, start=1):
            title = sheet_title(one.profile, number_of(line, running), taken)
            taken.append(title)
            yield Card(setting, f"{one.number}/{running}", one.profile, title, line).sheet()


def _versions(session: Session, present: Present) -> dict[Key, int]:
    """Give the version of each row, which the export writes beside its identity."""
    found: dict[Key, int] = {}
    for entity, model in MODELS.items():
        statement = select(model.id, model.version).where(model.municipality_id == present.municipality_id)
        versions = dict(session.execute(statement).tuples().all())
        found |= {key: versions[identity] for key, identity in present.ids.items() if key[0] == Entity(entity)}
    return found
