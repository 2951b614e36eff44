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
from portfolio.exchange.guess import Guess, SheetGiven, Vocabulary, guess
from portfolio.exchange.guess.extract import from_extract, is_whole
from portfolio.exchange.guess.names import sources
from portfolio.exchange.models import SavedProfile, Upload, UploadState
from portfolio.exchange.operations.profiles import delete_profile, save_profile
from portfolio.exchange.queries.profiles import get_profile, saved_profiles
from portfolio.exchange.queries.vocabulary import load_vocabulary
from portfolio.exchange.queries.words import Words
from portfolio.exchange.rows import Parsed, Surroundings, parse
from portfolio.exchange.views.room import blueprint, own_upload
from portfolio.exchange.views.sampling import Choices, money_choices, sheets_shown
from portfolio.exchange.views.told import told
from portfolio.exchange.views.uploading import read_again
from portfolio.files.cells import Workbook
from portfolio.organisation.models import Municipality
from portfolio.register.forms.options import name_of
from portfolio.register.models import Portfolio
from portfolio.register.queries import portfolios
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.guard import is_fragment
from portfolio.web.language import gettext

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

SHOWN = 60
"""How many sentences about the file are listed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a file: the guess around the person's answers, and what it reads of the first rows."""

    workbook: Workbook
    vocabulary: Vocabulary
    given: dict[str, SheetGiven]
    found: Guess
    parsed: Parsed


@blueprint.route("/<municipality>/exchange/uploads/<int:upload>/mapping", methods=["GET", "POST"])
@access(Right.IMPORT, load={"upload": own_upload})
def mapping(upload: Upload) -> Response:
    """Show how a file would be read, and read it so once that is confirmed."""
    if upload.state is not UploadState.MAPPING:
        return redirect(url_for("exchange.progress", upload=upload.id))
    form = _form(upload)
    proposal = _proposal(upload, form)
    if form.validate_on_submit():
        with form.refusals():
            confirm_mapping(upload, proposal.found.profile, form.document_date.data or current.today)
            if form.name.data:
                save_profile(current.session, current.actor, form.name.data, proposal.found.profile)
                flash(gettext("The mapping was saved."))
            read_again(upload)
            return redirect(url_for("exchange.progress", upload=upload.id))
    return _page(upload, form, proposal, form.status)


@blueprint.post("/<municipality>/exchange/uploads/<int:upload>/mapping/again")
@access(Right.IMPORT, load={"upload": own_upload}, writes=False)
def mapping_again(upload: Upload) -> Response:
    """Show the mapping anew by what was answered so far; nothing is kept."""
    if upload.state is not UploadState.MAPPING:
        return redirect(url_for("exchange.progress", upload=upload.id))
    form = _form(upload)
    return _page(upload, form, _proposal(upload, form), 200)


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


def _form(upload: Upload) -> MappingForm:
    found = [one.portfolio for one in portfolios(current.session, current.municipality.id)]
    choices = [(one.id, name_of(one)) for one in found]
    form = MappingForm(document_date=upload.document_date or current.today)
    form.portfolio.choices = choices
    if form.portfolio.data is None and choices:
        form.portfolio.data = _likely_portfolio(upload, [identity for identity, _ in choices])
    return form


def _likely_portfolio(upload: Upload, ids: list[int]) -> int:
    """Choose the portfolio in which most of the file's texts are titles; without any the first."""
    extract = from_extract(upload.extract)
    texts = {cell for sheet in extract.sheets for row in sheet.rows for cell in row if isinstance(cell, str)}
    registry = _vocabulary(None).registry
    codes = {one.portfolio.id: one.portfolio.code for one in portfolios(current.session, current.municipality.id)}
    return max(ids, key=lambda one: sum(registry.knows(Entity.INITIATIVE, text, codes[one]) for text in texts))


def _vocabulary(portfolio: Portfolio | None) -> Vocabulary:
    municipality = current.loaded(Municipality)
    return load_vocabulary(current.session, municipality, portfolio, current.today, current.language)


def _proposal(upload: Upload, form: MappingForm) -> Proposal:
    """Guess the file around what was answered, and read its first rows by that."""
    workbook = from_extract(upload.extract)
    # Looked up among what was offered: the answers are drawn before the form is checked, or without that.
    offered = (one.portfolio for one in portfolios(current.session, current.municipality.id))
    chosen = next((one for one in offered if one.id == form.portfolio.data), None)
    municipality = current.loaded(Municipality)
    day = form.document_date.data or current.today
    vocabulary = load_vocabulary(current.session, municipality, chosen, day, current.language)
    words = Words(current.session, current.municipality.id, (), current.language)
    names = Choices(vocabulary.registry, words).names()
    known = tuple(sources(vocabulary.registry))
    given = answers(request.form, [one.name for one in workbook.sheets], names, known)
    found = guess(workbook, vocabulary, given)
    parsed = parse(workbook, found.profile, Surroundings(vocabulary.times, vocabulary.registry))
    return Proposal(workbook, vocabulary, given, found, parsed)


def _page(upload: Upload, form: MappingForm, proposal: Proposal, status: int) -> Response:
    words = Words(current.session, current.municipality.id, (), current.language)
    choices = Choices(proposal.vocabulary.registry, words)
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
