"""A workbook that nobody prepared: its guess is shown, a person corrects it, and it is read by what they confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, make_response, redirect, render_template, request, url_for

from portfolio.core.problem import Problem
from portfolio.core.rights import Right
from portfolio.exchange.apply.mapping import confirm_mapping
from portfolio.exchange.columns import Entity
from portfolio.exchange.forms.mapping import MappingForm, answers
from portfolio.exchange.guess import Guess, SheetGiven, guess
from portfolio.exchange.guess.extract import from_extract, is_whole
from portfolio.exchange.guess.names import sources
from portfolio.exchange.guess.profile import for_next_years
from portfolio.exchange.models import SavedProfile, Upload, UploadState
from portfolio.exchange.operations.profiles import delete_profile, save_profile
from portfolio.exchange.queries.loading import load_registry
from portfolio.exchange.queries.profiles import get_profile, saved_profiles
from portfolio.exchange.queries.vocabulary import vocabulary_of
from portfolio.exchange.queries.words import Words
from portfolio.exchange.rows import Parsed, Surroundings, parse
from portfolio.exchange.views.room import blueprint, own_upload
from portfolio.exchange.views.sampling import Choices, money_choices, sheets_shown
from portfolio.exchange.views.told import told
from portfolio.exchange.views.uploading import read_again
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.register.models import Portfolio
from portfolio.register.queries import portfolios
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.guard import is_fragment
from portfolio.web.language import gettext, name_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

SHOWN = 60
"""How many sentences about the file are listed."""


@dataclass(frozen=True, slots=True)
class MappingPage:
    """What a page of the mapping is made of: the file's first rows, what names mean here, and where rows may go."""

    workbook: Workbook
    choices: Choices
    portfolios: list[Portfolio]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a file: the guess around the person's answers, and what it reads of the first rows."""

    given: dict[str, SheetGiven]
    found: Guess
    parsed: Parsed


@blueprint.route("/<municipality>/exchange/uploads/<int:upload>/mapping", methods=["GET", "POST"])
@access(Right.IMPORT, load={"upload": own_upload})
def mapping(upload: Upload) -> Response:
    """Show how a file would be read, and read it so once that is confirmed."""
    if upload.state is not UploadState.MAPPING:
        return redirect(url_for("exchange.progress", upload=upload.id))
    asked = _load(upload)
    form = _form(upload, asked)
    proposal = _proposal(form, asked)
    if form.validate_on_submit():
        with form.refusals():
            confirm_mapping(upload, proposal.found.profile, form.document_date.data or current.today)
            if form.name.data:
                lasting = for_next_years(proposal.found.profile, asked.workbook)
                save_profile(current.session, current.actor, form.name.data, lasting)
                flash(gettext("The mapping was saved."))
            read_again(upload)
            return redirect(url_for("exchange.progress", upload=upload.id))
    return _page(upload, form, asked, proposal, form.status)


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/mapping/again")
@access(Right.IMPORT, load={"upload": own_upload}, writes=False)
def mapping_again(upload: Upload) -> Response:
    """Show the mapping anew by what was answered so far; nothing is kept."""
    if upload.state is not UploadState.MAPPING:
        return redirect(url_for("exchange.progress", upload=upload.id))
    asked = _load(upload)
    form = _form(upload, asked)
    return _page(upload, form, asked, _proposal(form, asked), 200)


@blueprint.get("/<municipality>/exchange/profiles")
@access(Right.IMPORT)
def profiles() -> str:
    """List the mappings that were saved."""
    found = saved_profiles(current.session, current.municipality.id)
    return render_template("exchange/profiles.html", profiles=[_profile_shown(one) for one in found])


@blueprint.post("/<municipality>/exchange/profiles/<int:profile>/delete")
@access(Right.IMPORT, load={"profile": get_profile})
def forget_profile(profile: SavedProfile) -> Response:
    """Give a saved mapping up."""
    name = profile.name
    delete_profile(current.session, current.actor, profile)
    flash(gettext("The mapping %(name)s was deleted. What was imported by it stays.", name=name))
    return redirect(url_for("exchange.profiles"))


def _load(upload: Upload) -> MappingPage:
    """Load once what the whole request needs."""
    session, place = current.session, current.municipality.id
    choices = Choices(load_registry(session, place), Words(session, place, (), current.language))
    return MappingPage(from_extract(upload.extract), choices, [one.portfolio for one in portfolios(session, place)])


def _form(upload: Upload, asked: MappingPage) -> MappingForm:
    form = MappingForm(document_date=upload.document_date or current.today)
    form.portfolio.choices = [(one.id, name_of(one)) for one in asked.portfolios]
    if form.portfolio.data is None and asked.portfolios:
        form.portfolio.data = _likely_portfolio(asked).id
    return form


def _likely_portfolio(asked: MappingPage) -> Portfolio:
    """Choose the portfolio in which most of the file's texts are titles; without any the first."""
    texts = {cell for sheet in asked.workbook.sheets for row in sheet.rows for cell in row if isinstance(cell, str)}
    knows = asked.choices.registry.knows
    return max(asked.portfolios, key=lambda one: sum(knows(Entity.INITIATIVE, text, one.code) for text in texts))


def _proposal(form: MappingForm, asked: MappingPage) -> Proposal:
    """Guess the file around what was answered, and read its first rows by that."""
    registry, workbook = asked.choices.registry, asked.workbook
    # Looked up among what was offered: the answers are drawn before the form is checked, or without that.
    chosen = next((one for one in asked.portfolios if one.id == form.portfolio.data), None)
    day = form.document_date.data or current.today
    vocabulary = vocabulary_of(registry, current.loaded(Municipality), chosen, day, current.language)
    names, known = asked.choices.names(), tuple(sources(registry))
    given = answers(request.form, [one.name for one in workbook.sheets], names, known)
    found = guess(workbook, vocabulary, given)
    times = vocabulary.in_language(found.profile.language).times
    return Proposal(given, found, parse(workbook, found.profile, Surroundings(times, registry)))


def _page(upload: Upload, form: MappingForm, asked: MappingPage, proposal: Proposal, status: int) -> Response:
    choices = asked.choices
    notices: list[Problem] = [*proposal.found.notices, *proposal.parsed.notices]
    faults = [fault.problem for fault in proposal.parsed.faults]
    context: dict[str, Any] = {
        "upload": upload,
        "form": form,
        "sheets": list(sheets_shown(proposal.found, proposal.given, proposal.parsed, choices)),
        "money": money_choices(choices),
        "notices": list(dict.fromkeys(told(one) for one in notices))[:SHOWN],
        "faults": [told(one) for one in faults[:SHOWN]],
        "fault_count": len(faults),
        "whole": is_whole(upload.extract),
        "readable": proposal.found.is_readable,
    }
    name = "exchange/mapping_form.html" if is_fragment() else "exchange/mapping.html"
    return make_response(render_template(name, **context), status)


def _profile_shown(one: SavedProfile) -> dict[str, Any]:
    sheets = one.profile.get("sheet", [])
    return {"profile": one, "sheets": [", ".join(sheet["match"]) for sheet in sheets], "columns": _columns(sheets)}


def _columns(sheets: list[dict[str, Any]]) -> int:
    return sum(len(sheet.get(part, ())) for sheet in sheets for part in ("columns", "letters", "years"))
