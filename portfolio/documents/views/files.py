"""The page where a document is chosen, and the file that the same address gives; both can be of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from portfolio.core import history
from portfolio.core.language import N_, say
from portfolio.core.problem import Problem
from portfolio.core.rights import Right
from portfolio.core.text import sort_key
from portfolio.documents import queries
from portfolio.documents.forms import ABOUT, NO_SUCH_INITIATIVE, YEAR_HINTS, DocumentForm
from portfolio.documents.report import FILE_WORDS, KIND_WORDS, WRITERS, Kind, build
from portfolio.documents.views.room import blueprint
from portfolio.forums.queries import forums, get_forum
from portfolio.organisation.models import Municipality
from portfolio.register.models import Initiative, Portfolio
from portfolio.register.queries import get_portfolio
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of
from portfolio.web.listing import kept_parameters
from portfolio.web.past import TIME
from portfolio.web.rail import Group, rail

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/<municipality>/documents")
@access(Right.READ, past=True)
@rail(N_("Documents for decision"), Group.DECISIONS, 60)
def choose() -> str:
    """Offer the documents, or ask of what, in which language and format the one chosen is made."""
    return _page(_form(MultiDict({"format": "pdf", "language": current.language, **request.args})))


@blueprint.get("/<municipality>/documents/file")
@access(Right.READ, past=True)
def file() -> str | tuple[str, int] | Response:
    """Give the document that the address asks for, or ask again where something is missing."""
    if "kind" not in request.args:
        return choose()
    form = _form(MultiDict({"format": "pdf", "language": current.language, **request.args}))
    if form.validate():
        form.check_whole()
    wanted = _wanted(form) if not form.errors else None
    if wanted is None:
        return _page(form), form.status
    data = WRITERS[form.format.data](build(queries.read_facts(current.session, wanted)))
    name = "-".join((say(FILE_WORDS[wanted.kind], wanted.language), _whose(wanted), wanted.day.isoformat()))
    return attachment(data, f"{name}.{form.format.data}")


def _form(asked: MultiDict[str, str]) -> DocumentForm:
    """Read the address into the form; its choices are what there was at the time shown."""
    session, place = current.session, current.municipality.id
    form = DocumentForm(formdata=asked)
    none = gettext("not chosen")
    rows = history.rows(session, Portfolio, place, current.at)
    held = sorted(((one.id, name_of(one)) for one in rows), key=lambda pair: sort_key(pair[1]))
    form.portfolio.choices = [("", none), *held]
    form.forum.choices = [
        ("", none),
        *((one.id, name_of(one)) for one in forums(session, place, at=current.at)),
    ]
    if len(held) == 1 and form.portfolio.data is None:
        form.portfolio.data = held[0][0]
    return form


def _page(form: DocumentForm) -> str:
    """Show the documents to choose from, or the form of the one that the address names."""
    times = [(name, request.args[name]) for name in TIME if request.args.get(name)]
    kind = form.kind.data if isinstance(form.kind.data, Kind) else None
    return render_template(
        "documents/choose.html",
        form=form,
        times=times,
        kind=kind,
        kind_words={one.value: gettext(words) for one, words in KIND_WORDS.items()},
        about={one.value: gettext(words) for one, words in ABOUT.items()},
        year_hints={one.value: gettext(words) for one, words in YEAR_HINTS.items()},
        kind_urls={one.value: _address(kept_parameters("kind"), kind=one.value) for one in Kind},
        all_url=_address(times),
    )


def _address(parameters: list[tuple[str, str]], **more: str) -> str:
    """Give the page's address with what the reader has chosen so far."""
    path, query = url_for("documents.choose"), urlencode([*parameters, *more.items()])
    return f"{path}?{query}" if query else path


def _wanted(form: DocumentForm) -> queries.WantedReport | None:
    """Find what the form names; None where its initiative is not there, which the form then tells."""
    session, place, at = current.session, current.municipality.id, current.at
    initiative = None
    if form.kind.data is Kind.CARD:
        initiative = queries.find_named(session, Initiative, place, form.initiative.data or "", at)
        if initiative is None:
            form.take([Problem(NO_SUCH_INITIATIVE, {"text": form.initiative.data}, "initiative")])
            return None
    portfolio = initiative.portfolio_id if initiative is not None else form.portfolio.data
    has_portfolio = form.kind.data is not Kind.DECISIONS and portfolio is not None
    return queries.WantedReport(
        kind=form.kind.data,
        municipality=current.loaded(Municipality),
        portfolio=get_portfolio(session, place, portfolio, at=at) if has_portfolio else None,
        language=form.language.data,
        day=current.shown_day,
        made_at=current.now,
        at=at,
        words=current.past.words if current.past else None,
        year=form.year.data,
        initiative=initiative,
        forum=get_forum(session, place, form.forum.data, at=at) if form.forum.data is not None else None,
    )


def _whose(wanted: queries.WantedReport) -> str:
    """Name what a file is of by its code."""
    if wanted.initiative is not None:
        return wanted.initiative.code
    if wanted.kind is Kind.DECISIONS and wanted.forum is not None:
        return wanted.forum.code
    return wanted.programme.code
