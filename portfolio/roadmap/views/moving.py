"""Moving one initiative in time: a page that shows what would change before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from portfolio.core import history
from portfolio.core.language import N_
from portfolio.core.problem import Refusal
from portfolio.core.rights import Right
from portfolio.core.timespan import EMPTY, Ends, Step, Timespan, shift, steps_of
from portfolio.register import queries as register
from portfolio.register.models import Initiative, Milestone
from portfolio.register.rules import Facts, Fit, editable_fields
from portfolio.roadmap.forms.moving import ENDS_WORDS, STEP_WORDS, MoveForm
from portfolio.roadmap.operations import move_initiative
from portfolio.roadmap.queries.moving import neighbours_of, open_milestones
from portfolio.roadmap.rules import TurnedOrder, distance, is_outside, moved_along, turned
from portfolio.roadmap.views.room import blueprint
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.filters import interval_words
from portfolio.web.guard import is_fragment
from portfolio.web.language import either, gettext, say_here
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
    moving = Moving(initiative)
    form, in_panel = moving.form, is_fragment()
    if form.validate_on_submit() and moving.is_checked:
        with form.refusals():
            revision = move_initiative(
                current.session,
                current.actor,
                initiative.id,
                form.timespan.data,
                version=form.version.data,
                milestones=moving.along if form.milestones.data else {},
            )
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
        moved = asked_shift(initiative.timespan)
    except Refusal as refusal:
        return jsonify(problem=" ".join(map(say_here, refusal.problems)))
    return jsonify(words=moved.words, interval=interval_words(moved, current.language))


def asked_shift(span: Timespan | None) -> Timespan:
    """Move a time as the address asks by a count of steps and the ends; Refusal for what cannot be moved so."""
    try:
        count = int(request.args.get("count", "0"))
        if count == 0:
            return span or EMPTY
        step, ends = Step(request.args["step"]), Ends(request.args.get("ends", Ends.BOTH))
    except ValueError:
        abort(400)
    return shift(span or EMPTY, count, step, current.context, ends)


def may_move(initiative: Initiative) -> bool:
    """Tell whether this person may move it: not in the past, not what is removed."""
    facts = Facts(initiative.unit_id, initiative.owner_post_id)
    return current.at is None and not initiative.removed and "timespan" in editable_fields(current.actor, facts)


class Moving:
    """One initiative's time, the one proposed in its place, and what the change does to what stands round it."""

    def __init__(self, initiative: Initiative) -> None:
        """Read what is proposed: words that were posted, or those in the address, or none yet."""
        self.initiative = initiative
        if request.method == "POST":
            history.take_turn(current.session)
            current.session.refresh(initiative)
        self.old = initiative.timespan
        self.problems: list[str] = []
        self.form = self._open()
        self.is_checked = self.form.checked.data == self.words
        self.form.checked.data = self.words
        if not self.is_checked:
            self.form.milestones.data = True

    def _open(self) -> MoveForm:
        """Open the form: as it was posted, with the words of the address, or with the present time."""
        back = request.args.get("next")
        began = {"timespan": self.old, "version": self.initiative.version, "next": back}
        words = self._asked_words()
        if request.method == "POST" or words is None:
            return MoveForm(data=began)
        asked = MultiDict([("timespan", words), ("version", str(self.initiative.version))])
        form = MoveForm(formdata=asked, data=began)
        form.next.data = back
        form.timespan.validate(form)
        return form

    def _asked_words(self) -> str | None:
        """Give the words that the address proposes, itself or as a move from the present time."""
        if "count" not in request.args:
            return request.args.get("words")
        try:
            return asked_shift(self.old).words
        except Refusal as refusal:
            self.problems += map(say_here, refusal.problems)
            return None

    @property
    def address(self) -> str:
        """The address to which the form is sent."""
        return url_for("roadmap.move", initiative=self.initiative.id)

    @property
    def new(self) -> Timespan | None:
        """The proposed time, None when none is written."""
        value = self.form.timespan.data
        return value if isinstance(value, Timespan) and value else None

    @property
    def words(self) -> str:
        """The words that are proposed."""
        return self.new.words if self.new else ""

    @property
    def changes(self) -> bool:
        """Tell whether there is something to show and to save."""
        return self.new != self.old and not self.form.timespan.errors

    @cached_property
    def orders(self) -> list[tuple[str, str]]:
        """Say what the change does to dependencies: a kind of notice and its words."""
        found = neighbours_of(current.session, current.municipality.id, self.initiative.id, current.language)
        return [_order_words(one) for one in turned(self.old, self.new, found)]

    @cached_property
    def outside(self) -> list[tuple[Milestone, Timespan | None]]:
        """List the milestones that would fall outside the time, and where each would be if it moved along."""
        if self.new is None:
            return []
        by = distance(self.old, self.new)
        milestones = open_milestones(current.session, current.municipality.id, self.initiative.id)
        return [
            (one, moved_along(one.timespan, by, current.context))
            for one in milestones
            if is_outside(one.timespan, self.new)
        ]

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Give those milestones as changes, for the check; one that cannot move along stays, and says so."""
        return [
            {
                "label": either(one.title_fi, one.title_sv),
                "old": one.timespan.words if one.timespan else None,
                "new": (span or one.timespan or EMPTY).words,
                "note": None if span else gettext("This stays where it is: move it on the card."),
            }
            for one, span in self.outside
        ]

    @property
    def along(self) -> dict[int, Timespan]:
        """Give the new times of the milestones that can move along."""
        return {one.id: span for one, span in self.outside if span is not None}

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
        span = self.new or EMPTY
        for ends, label in ENDS_WORDS.items():
            own = steps_of(span, ends)
            steps = dict.fromkeys((*own[:1], *(step for step in own if step is Step.YEAR)))
            buttons = [one for step in steps for one in self._buttons(span, step, ends)]
            if buttons and (ends is Ends.BOTH or (span.start and span.end)):
                yield {"ends": ends, "label": label, "buttons": buttons}

    def _buttons(self, span: Timespan, step: Step, ends: Ends) -> Iterator[dict[str, Any]]:
        for count, label in zip((-1, 1), STEP_WORDS[step], strict=True):
            try:
                moved = shift(span, count, step, current.context, ends)
            except Refusal:
                continue
            yield {"label": label, "words": moved.words, "count": count, "step": step}

    @property
    def title(self) -> str:
        """The initiative's title in the page's language."""
        return either(self.initiative.title_fi, self.initiative.title_sv)


def _order_words(one: TurnedOrder) -> tuple[str, str]:
    title = one.neighbour.title
    if one.after is Fit.BROKEN:
        return "bad", gettext(BREAKS[one.neighbour.first], title=title)
    if one.after is Fit.KEPT:
        return "ok", gettext(MENDS, title=title)
    return "warn", gettext(UNSURE, title=title)
