"""``portfolio roadmap``: a portfolio's roadmap as a file, the same bars as on the page."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

import click

from portfolio.cli.context import INPUT_ERRORS, WRONG_USAGE, end_with, now, with_engine
from portfolio.cli.context import language as terminal_language
from portfolio.cli.taking import check_target, find_point, find_portfolio, read_day, write_file
from portfolio.core.database import open_session
from portfolio.core.language import LANGUAGES, N_, format_date, in_language, say
from portfolio.core.problem import Problem, Refusal
from portfolio.files.document import Paper
from portfolio.forums.queries import forums
from portfolio.organisation.models import Municipality
from portfolio.organisation.rules import timespan_context, today_in
from portfolio.register.forms import load_options
from portfolio.register.rules import InitiativeFilter
from portfolio.roadmap import queries
from portfolio.roadmap.bars import Order, Scale
from portfolio.roadmap.takeout import FORMATS, About, make_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portfolio.cli.taking import Point
    from portfolio.roadmap.bars import Roadmap

NO_FORMAT = N_('A roadmap cannot be written as "%(ending)s". It can be written as: %(known)s.')
NO_GROUPING = N_('There is no grouping "%(value)s". There are: %(known)s.')
NO_COLOUR = N_('Colours cannot tell "%(value)s". They can tell: %(known)s.')
SAME_TWICE = N_('The lanes cannot be grouped by "%(value)s" twice.')
NOT_EARLIER = N_("%(time)s is not earlier than the time of the roadmap, so they cannot be compared.")
NOT_WRITTEN = N_("%(file)s could not be written: %(reason)s.")
WRITTEN = N_("%(file)s is written, with %(count)s items.")
STATUS = "status"

Way = TypeVar("Way", queries.Grouping, queries.Colouring)


class Options(TypedDict):
    """What may be asked of the roadmap; None where nothing is."""

    group: str | None
    inner: str | None
    colour: str
    order: str
    scale: str
    first: str | None
    money: bool
    as_of: str | None
    compare: str | None
    language: str
    paper: str


def _words(members: type[StrEnum]) -> list[str]:
    """Give what is typed on the command line."""
    return [one.value for one in members]


@click.command()
@click.option("--portfolio", "code", required=True, help="Code of the portfolio, such as turku-tarvesalkku.")
@click.option("--out", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--group-by", "group", help="unit, scheme-CODE, portfolio, forum, post or none; by default what differs.")
@click.option("--inner", help="A second level of lanes, by one of the same.")
@click.option("--colour", default=STATUS, show_default=True, help="What colours tell: status, kind or scheme-CODE.")
@click.option(
    "--order", type=click.Choice(_words(Order)), default=Order.START.value, show_default=True, help="Of rows in a lane."
)
@click.option(
    "--scale", type=click.Choice(_words(Scale)), default=Scale.YEARS.value, show_default=True, help="How long a time."
)
@click.option("--from", "first", metavar="DATE", help="A day in the time that is shown; by default today.")
@click.option("--money", is_flag=True, help="With the planned money of the years shown in the labels.")
@click.option("--as-of", "as_of", metavar="DATE|BASELINE", help="As it was after a day, or at a baseline by its name.")
@click.option("--compare", metavar="DATE|BASELINE", help="With what has changed since then.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True, help="Of the file.")
@click.option("--paper", type=click.Choice(_words(Paper)), default=Paper.A4.value, show_default=True, help="Of a PDF.")
@with_engine
def roadmap_command(engine: Engine, *, code: str, file: Path, **options: Unpack[Options]) -> None:
    """Write a portfolio's roadmap as slides, PDF, picture or table.

    The ending of the file's name tells its kind: .pptx, .pdf, .svg, .png, .xlsx or .json. The bars are the page's.
    """
    kind = file.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        end_with((Problem(NO_FORMAT, {"ending": file.suffix, "known": ", ".join(FORMATS)}),), WRONG_USAGE)
    check_target(engine, file)
    try:
        with open_session(engine, write=False) as session:
            roadmap, about = _read(session, code, options)
    except Refusal as refusal:
        end_with(refusal.problems, WRONG_USAGE)
    try:
        write_file(file, make_file(kind, roadmap, about))
    except Refusal as refusal:
        end_with(refusal.problems, INPUT_ERRORS)
    except OSError as error:
        end_with((Problem(NOT_WRITTEN, {"file": str(file), "reason": error.strerror or str(error)}),), WRONG_USAGE)
    click.echo(say(WRITTEN, terminal_language(), file=str(file), count=roadmap.count), err=True)


def _read(session: Session, code: str, options: Options) -> tuple[Roadmap, About]:
    """Lay out the roadmap that is asked for. Raises Refusal for anything asked for that is not there."""
    portfolio = find_portfolio(session, code)
    municipality = session.get_one(Municipality, portfolio.municipality_id)
    language = options["language"]
    point = find_point(session, municipality.id, options["as_of"]) if options["as_of"] else None
    today = today_in(municipality.demo_day, now())
    day, at = (min(point.day, today), point.revision) if point else (today, None)
    offered = load_options(session, municipality.id, at=at)
    ways = queries.groupings(offered, language, forums(session, municipality.id, at=at))
    inner = _one(ways, options["inner"], NO_GROUPING)
    if inner is not None and options["inner"] == options["group"]:
        raise Refusal(Problem(SAME_TWICE, {"value": inner.key}))
    colours = queries.colourings(offered, language)
    colour = None if options["colour"] == STATUS else _one(colours, options["colour"], NO_COLOUR)
    wanted = queries.WantedRoadmap(
        filter=InitiativeFilter(portfolio_ids=frozenset({portfolio.id})),
        day=day,
        language=language,
        ways=ways,
        years=municipality.plan_horizon,
        terms=timespan_context(municipality, day, language).council_terms,
        grouping=_one(ways, options["group"], NO_GROUPING),
        scale=Scale(options["scale"]),
        first=read_day(options["first"]) if options["first"] else None,
        at=at,
        inner=inner,
        colour=colour,
        order=Order(options["order"]),
        with_money=options["money"],
        compare=_against(session, municipality.id, options["compare"], point, language),
    )
    roadmap, grouping = queries.read(session, municipality.id, wanted)
    return roadmap, About(
        title=in_language(portfolio.name_fi, portfolio.name_sv, language),
        municipality=in_language(municipality.name_fi, municipality.name_sv, language),
        grouping=grouping.label,
        time=_time(point, day, language),
        language=language,
        inner=inner.label if inner else "",
        colour=colour.label if colour else "",
        paper=Paper(options["paper"]),
    )


def _time(point: Point | None, day: dt.date, language: str) -> str:
    return ", ".join(filter(None, (point.name if point else None, format_date(day, language))))


def _against(
    session: Session, municipality_id: int, text: str | None, shown: Point | None, language: str
) -> queries.Against | None:
    """Find the time to compare with, which must be before the one shown."""
    if text is None:
        return None
    point = find_point(session, municipality_id, text)
    words = point.name or format_date(point.day, language)
    if shown is not None and point.revision >= shown.revision:
        raise Refusal(Problem(NOT_EARLIER, {"time": words}))
    return queries.Against(point.revision, words)


def _one(ways: Sequence[Way], key: str | None, unknown: str) -> Way | None:
    found = next((one for one in ways if one.key == key), None)
    if key is not None and found is None:
        raise Refusal(Problem(unknown, {"value": key, "known": ", ".join(one.key for one in ways)}))
    return found
