"""Moving one initiative in time: a page that shows what would change before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from portfolio.core.language import N_
from portfolio.core.problem import Refusal
from portfolio.core.rights import Right
from portfolio.core.timespan import EMPTY, Ends, Step, Timespan, shift, steps_of
from portfolio.register import queries as register
from portfolio.register.models import Initiative
from portfolio.register.rules import Facts, Fit
from portfolio.roadmap.forms.moving import ENDS_WORDS, STEP_WORDS, MoveForm, read_asked_time, read_shifted
from portfolio.roadmap.operations import move_initiative
from portfolio.roadmap.queries.moving import read_surroundings
from portfolio.roadmap.rules import Consequences, TurnedOrder, is_movable, judge_move
from portfolio.roadmap.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.filters import interval_words
from portfolio.web.guard import is_fragment
from portfolio.web.language import gettext, say_here, title_of
from portfolio.web.safe import safe_next

BREAKS = {
    True: N_("%(title)s is needed first, but would not be ready before this begins."),
    False: N_("%(title)s needs this first, but would begin before this is ready."),
}
MENDS = N_("The order with %(title)s would be right again.")
UNSURE = N_("The times are too vague to tell whether the order with %(title)s would hold.")


@blueprint.route("/<municipality>/initiatives/<int:initiative>/move", methods=["GET", "POST"])
@access(Right.EDIT, load={"initiative": register.get_initiative})
def move(initiative: Initiative) -> tuple[str, int] | BaseResponse:
    """Propose a time in words or by whole units, show what it changes, and save it once that has been shown."""
    if not may_move(initiative):
        abort(403)
    moving = _proposed(initiative)
    form, in_panel = moving.form, is_fragment()
    if form.validate_on_submit() and moving.is_checked:
        with form.refusals():
            revision = _save(moving)
            if not in_panel:
                return redirect(moving.after(revision))
            if revision is not None:
                return Response(headers={"HX-Redirect": moving.after(revision)})
    template = "roadmap/move_piece.html" if in_panel else "roadmap/move.html"
    return render_template(template, moving=moving, in_panel=in_panel), form.status


@blueprint.get("/<municipality>/initiatives/<int:initiative>/move/preview")
@access(Right.EDIT, load={"initiative": register.get_initiative})
def preview_move(initiative: Initiative) -> Response:
    """Say the time that ``?count=&step=&ends=`` would give: ``words`` and ``interval``, or the ``problem`` with it."""
    if not may_move(initiative):
        abort(403)
    try:
        moved = read_shifted(request.args, initiative.timespan, current.context)
    except Refusal as refusal:
        return jsonify(problem=" ".join(map(say_here, refusal.problems)))
    except ValueError:
        abort(400)
    return jsonify(words=moved.words, interval=interval_words(moved, current.language))


def may_move(initiative: Initiative) -> bool:
    """Tell whether this person may move an initiative on this page: not in the past, not what is removed."""
    facts = Facts(initiative.unit_id, initiative.owner_post_id)
    return current.at is None and not initiative.removed and is_movable(current.actor, facts, initiative.status)


@dataclass(frozen=True)
class Moving:
    """One initiative and the form with the time proposed for it, as the templates draw them.

    ``is_checked`` when what the change does has been shown; ``problems`` tell why no time is proposed.
    """

    initiative: Initiative
    form: MoveForm
    is_checked: bool
    problems: list[str]

    @property
    def address(self) -> str:
        """The address to which the form is sent."""
        return url_for("roadmap.move", initiative=self.initiative.id)

    @property
    def title(self) -> str:
        """The initiative's title in the page's language."""
        return title_of(self.initiative)

    @property
    def changes(self) -> bool:
        """Tell whether there is something to show and to save."""
        return self.form.proposed != self.initiative.timespan and not self.form.timespan.errors

    @cached_property
    def does(self) -> Consequences:
        """What the change does to what stands round the initiative."""
        around = read_surroundings(current.session, current.municipality.id, self.initiative.id, current.language)
        return judge_move(self.initiative.timespan, self.form.proposed, around, current.context)

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Say what the change does to dependencies: a kind of notice and its words."""
        return [_order_words(one) for one in self.does.orders]

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Give the milestones left outside as changes, for the check; one that cannot move along says that it stays."""
        return [
            {
                "label": title_of(one.milestone),
                "old": one.milestone.timespan.words,
                "new": (one.along or one.milestone.timespan).words,
                "note": None if one.along else gettext("This stays where it is: move it on the card."),
            }
            for one in self.does.strays
        ]

    def after(self, revision: int | None) -> str:
        """Give the page to go on to, at the row that was moved, where what was saved can be undone."""
        card = url_for("pages.card", initiative=self.initiative.id, saved=revision)
        back = safe_next(self.form.next.data, "")
        if not back:
            return card
        page, _, place = back.partition("#")
        saved = f"{'&' if '?' in page else '?'}{urlencode({'saved': revision})}" if revision else ""
        return f"{page}{saved}#{place or f'row-{self.initiative.id}'}"

    def groups(self) -> Iterator[dict[str, Any]]:
        """Give the buttons that move the proposed time, the whole of it and each end, by its own unit and by a year."""
        span = self.form.proposed or EMPTY
        for ends, label in ENDS_WORDS.items():
            own = steps_of(span, ends)
            steps = dict.fromkeys((*own[:1], *(step for step in own if step is Step.YEAR)))
            buttons = [one for step in steps for one in _buttons(span, step, ends)]
            if buttons and (ends is Ends.BOTH or (span.start and span.end)):
                yield {"ends": ends, "label": label, "buttons": buttons}


def _proposed(initiative: Initiative) -> Moving:
    """Read what is proposed: words that were posted, or those in the address, or none yet."""
    try:
        asked = read_asked_time(request.args, initiative.timespan, current.context)
    except ValueError:
        abort(400)
    form = _open(initiative, asked.words if request.method == "GET" else None)
    moving = Moving(initiative, form, (form.checked.data or "") == form.words, list(map(say_here, asked.problems)))
    form.checked.data = form.words
    if not moving.is_checked:
        form.milestones.data = True
    return moving


def _open(initiative: Initiative, words: str | None) -> MoveForm:
    """Open the form: as it was posted, with the words of the address, or with the present time."""
    back = request.args.get("next")
    began = {"timespan": initiative.timespan, "version": initiative.version, "next": back}
    if words is None:
        return MoveForm(data=began)
    form = MoveForm(formdata=MultiDict([("timespan", words), ("version", str(initiative.version))]), data=began)
    form.next.data = back
    form.timespan.validate(form)
    return form


def _save(moving: Moving) -> int | None:
    form = moving.form
    return move_initiative(
        current.session,
        current.actor,
        moving.initiative.id,
        form.timespan.data,
        version=form.version.data,
        milestones=form.milestones.data,
        context=current.context,
    )


def _buttons(span: Timespan, step: Step, ends: Ends) -> Iterator[dict[str, Any]]:
    for count, label in zip((-1, 1), STEP_WORDS[step], strict=True):
        try:
            moved = shift(span, count, step, current.context, ends)
        except Refusal:
            continue
        yield {"label": label, "words": moved.words, "count": count, "step": step}


def _order_words(one: TurnedOrder) -> tuple[str, str]:
    title = one.neighbour.title
    if one.after is Fit.BROKEN:
        return "bad", gettext(BREAKS[one.neighbour.first], title=title)
    if one.after is Fit.KEPT:
        return "ok", gettext(MENDS, title=title)
    return "warn", gettext(UNSURE, title=title)
