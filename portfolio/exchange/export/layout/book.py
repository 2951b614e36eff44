"""A register in a profile's own layout: the workbook that a municipality knows, made afresh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from portfolio.core.language import N_, say
from portfolio.core.rights import Actor
from portfolio.exchange.columns.identity import Meta, SheetMeta
from portfolio.exchange.export.carriers import carry
from portfolio.exchange.export.day import day_of, moment_of
from portfolio.exchange.export.layout.card import Card, number_of
from portfolio.exchange.export.layout.contents import Contents, Line
from portfolio.exchange.export.layout.headings import BUDGET_MONTH
from portfolio.exchange.export.layout.setting import Setting
from portfolio.exchange.export.layout.sheets import Chosen, choose_sheets, sheet_title
from portfolio.exchange.export.layout.table import Table
from portfolio.exchange.export.layout.then import as_of, versions_of
from portfolio.exchange.export.layout.values import Values
from portfolio.exchange.models import Export
from portfolio.exchange.profile import Profile
from portfolio.exchange.queries import load_present
from portfolio.exchange.queries.rights import Rights
from portfolio.exchange.queries.since import changes_since
from portfolio.exchange.rows import Surroundings
from portfolio.files.workbook.book import Book, BookSheet, Palette
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context
from portfolio.register.models import Portfolio

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CHOOSE = N_("Choose from the list, or write as the list has it.")


def layout_book(session: Session, export: Export, profile: Profile, actor: Actor) -> Book:
    """Lay out an export as its profile lays out workbooks; cells that the actor may not change are shaded.

    The same export gives the same workbook whenever it is asked for.
    """
    municipality = session.get_one(Municipality, export.municipality_id)
    today = day_of(session, export, municipality)
    since = changes_since(session, municipality.id, export.revision_id)
    now = load_present(session, municipality.id, profile, since)
    present = as_of(session, now, since)
    times = timespan_context(municipality, today, profile.language)
    values = Values(profile, Surroundings(times, present.registry, present.aliases))
    setting = Setting(
        profile,
        values,
        Contents(present, export.item_ids, values.constants),
        versions_of(session, present, since),
        Rights(actor, now, {}).allows,
        today,
        today.year + (today.month >= BUDGET_MONTH),
        municipality.plan_horizon,
        say(CHOOSE, profile.language),
    )
    portfolio = session.get(Portfolio, export.portfolio_id) if export.portfolio_id else None
    drawn = list(_draw(setting, choose_sheets(profile, portfolio.code if portfolio else None)))
    meta = Meta(export.token, profile.language, profile.name, tuple(one for _, one in drawn))
    title = municipality.name_fi if portfolio is None else portfolio.name_fi
    sheets = [sheet for sheet, _ in drawn]
    book = carry(meta, sheets, made_at=moment_of(export, municipality), title=title, lists=setting.lists)
    return replace(book, palette=Palette(**asdict(profile.look)))


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
        blank = Line((one.profile.entity, ""), {})  # to be filled in
        for running, line in enumerate(lines or [blank], start=1):
            title = sheet_title(one.profile, number_of(line, running), taken)
            taken.append(title)
            yield Card(setting, f"{one.number}/{running}", one.profile, title, line).sheet()
