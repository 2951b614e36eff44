"""The follow-up of a round: who has answered, what is late, what moved; its list as a workbook; approving many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, flash, redirect, render_template, request, url_for

from portfolio.core.problem import Refusal
from portfolio.core.rights import Right
from portfolio.files.workbook import Format, TableColumn, write_table
from portfolio.forums import queries as forums
from portfolio.organisation import queries as organisation
from portfolio.organisation.models import Unit
from portfolio.organisation.rules import subtree
from portfolio.register import queries as register
from portfolio.register.forms.options import indented
from portfolio.reviews import operations, queries
from portfolio.reviews.forms.following import NOT_RATED, AskedRows, chosen_reviews, narrow, read_rows
from portfolio.reviews.models import ReviewRound
from portfolio.reviews.queries import Follow, FollowRow
from portfolio.reviews.rules import HEALTH_WORDS, VERDICT_WORDS, RoundState, review_words
from portfolio.reviews.views.room import blueprint, frame_of
from portfolio.reviews.views.words import Words, sentence_of
from portfolio.web.access import access
from portfolio.web.current import current
from portfolio.web.downloads import attachment
from portfolio.web.language import gettext, name_of, ngettext, say_here, title_of
from portfolio.web.listing import address_with, column, cut_page, kept_parameters, paging, pill, same_list

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

PER_PAGE = 50
FILTERS = ("state", "health", "verdict", "unit", "late", "moved", "q")


@dataclass(frozen=True, slots=True)
class FollowPage:
    """A round as it is read: frozen, past or present; what its address asks for, and what rows are called by."""

    asked: ReviewRound
    at: int | None
    follow: Follow
    wanted: AskedRows
    rows: list[FollowRow]
    units: Mapping[int, Unit]
    tree: Sequence[Any]
    posts: Mapping[int, str]

    def unit(self, identity: int | None) -> str | None:
        """Name a unit."""
        found = self.units.get(identity or 0)
        return name_of(found) if found else None

    def title(self, row: FollowRow) -> str:
        """Give the title of a row's initiative."""
        return title_of(row)

    @property
    def approvable(self) -> bool:
        """Tell whether this person may approve here and now."""
        return self.at is None and self.asked.state is RoundState.OPEN and current.actor.may(Right.MANAGE)


@blueprint.get("/<municipality>/reviews/<int:asked>")
@access(Right.READ, load={"asked": queries.get_round}, past=True)
def follow(asked: ReviewRound) -> str:
    """Show how a round stands."""
    return render_template("reviews/follow.html", removed=asked.removed, **_page(_read(asked)))


@blueprint.get("/<municipality>/reviews/<int:asked>.xlsx")
@access(Right.READ, load={"asked": queries.get_round}, past=True)
def follow_workbook(asked: ReviewRound) -> Response:
    """Give the list as a workbook of exactly what is shown, on all its pages."""
    shown = _read(asked)
    name = name_of(shown.asked)
    above = [name, f"{name_of(current.municipality)} · {sentence_of(shown.follow)}"]
    data = write_table(_sheet_columns(), [_cells(shown, row) for row in shown.rows], title=name, above=above)
    file = "-".join((gettext("reviews"), current.municipality.code, str(asked.id)))
    return attachment(data, f"{file}.xlsx")


@blueprint.post("/<municipality>/reviews/<int:asked>/approve")
@access(Right.MANAGE, load={"asked": queries.get_round})
def approve_many(asked: ReviewRound) -> Answer:
    """Approve what was ticked, as the list showed it; when one is refused, none is, and the list says why."""
    read = chosen_reviews(request.form)
    if not read:
        flash(gettext("Choose first what is approved."), "warn")
        return redirect(url_for("reviews.follow", asked=asked.id))
    try:
        operations.approve_reviews(current.session, current.actor, read.keys(), today=current.today, versions=read)
        flash(ngettext("%(num)s review was approved.", "%(num)s reviews were approved.", len(read)), "ok")
    except Refusal as refusal:
        current.session.rollback()
        flash(" ".join([gettext("Nothing was approved."), *map(say_here, refusal.problems)]), "bad")
    return redirect(url_for("reviews.follow", asked=asked.id))


def _page(shown: FollowPage) -> dict[str, Any]:
    """Give what the template draws of a round as it is read; only whether it is removed is told as of now, beside."""
    left = register.titles_of(current.session, shown.asked.municipality_id, shown.follow.movement.left, at=shown.at)
    forum_names = {one.id: name_of(one) for one in _forums(shown)}
    return {
        "shown": shown,
        "asked": shown.asked,
        "name": name_of(shown.asked),
        "sentence": sentence_of(shown.follow),
        "rows": cut_page(shown.rows, PER_PAGE),
        "columns": _columns(),
        "pills": _pills(shown),
        "keep": kept_parameters(*FILTERS),
        "clear_url": address_with(**dict.fromkeys(FILTERS)) if shown.wanted.narrows else None,
        "pages": paging(len(shown.rows), PER_PAGE),
        "tiles": _tiles(shown),
        "moved": _moved(shown),
        "left": sorted(left.values(), key=lambda one: one.title_sort),
        "forum_names": forum_names,
        "words": Words,
        "proposals": _proposals(shown),
        "excel_url": same_list("reviews.follow_workbook", asked=shown.asked.id),
        "may_manage": current.actor.may(Right.MANAGE) and current.at is None,
        "may_propose": current.actor.may(Right.PROPOSE) and shown.at is None and shown.asked.state is RoundState.OPEN,
    }


def _read(asked: ReviewRound) -> FollowPage:
    """Read a round at its own time: a closed one as closing froze it."""
    session, place = current.session, asked.municipality_id
    at, day = frame_of(asked)
    then = (queries.get_round(session, place, asked.id, at=at) or asked) if at is not None else asked
    found = queries.follow(session, then, today=day, at=at)
    tree = organisation.units(session, place, at=at)
    wanted = read_rows(request.args)
    units = subtree((one.unit for one in tree), wanted.unit_ids) if wanted.unit_ids else frozenset()
    posts = {one.id: title_of(one) for one in organisation.posts(session, place, at=at)}
    rows = narrow(found.rows, wanted, units, found.movement)
    return FollowPage(then, at, found, wanted, rows, {one.unit.id: one.unit for one in tree}, tree, posts)


def _forums(shown: FollowPage) -> list[Any]:
    asked = shown.asked
    if asked.receiving_forum_id is None and asked.coordinating_forum_id is None:
        return []
    return list(forums.forums(current.session, asked.municipality_id, at=shown.at))


def _proposals(shown: FollowPage) -> list[Any]:
    """Give the new initiatives that were proposed in the round."""
    ids = queries.proposals(current.session, shown.asked.municipality_id, shown.asked.id, at=shown.at)
    found = register.titles_of(current.session, shown.asked.municipality_id, ids, at=shown.at)
    return sorted((one for one in found.values() if not one.removed), key=lambda one: one.title_sort)


def _columns() -> list[dict[str, Any]]:
    return [
        column("title", gettext("Initiative"), sort="title"),
        column("state", gettext("Answer"), sort="state"),
        column("health", gettext("Health"), sort="health"),
        column("progress", gettext("Progress"), sort="progress"),
        column("verdict", gettext("Verdict"), sort="verdict"),
        column("due", gettext("Due"), sort="due"),
    ]


def _pills(shown: FollowPage) -> list[dict[str, Any]]:
    used = _with_those_above(shown)
    states = [(one.value, gettext(words)) for one, words in review_words(shown.asked.state).items()]
    healths: list[tuple[str, str]] = [(one.value, gettext(words)) for one, words in HEALTH_WORDS.items()]
    return [
        pill("state", gettext("Answer"), states, many=True),
        pill(
            "unit",
            gettext("Unit"),
            [(one.unit.id, indented(one)) for one in shown.tree if one.unit.id in used],
            many=True,
        ),
        pill("health", gettext("Health"), [*healths, (NOT_RATED, gettext("not assessed"))], many=True),
        pill("verdict", gettext("Verdict"), [(one, gettext(words)) for one, words in VERDICT_WORDS.items()], many=True),
        pill("late", gettext("Time"), [("1", gettext("late"))]),
    ]


def _with_those_above(shown: FollowPage) -> set[int]:
    """Give the units that have a review, and all above them."""
    found: set[int] = set()
    for row in shown.follow.rows:
        here = row.unit_id
        while here is not None and here not in found and here in shown.units:
            found.add(here)
            here = shown.units[here].parent_id
    return found


def _tiles(shown: FollowPage) -> list[dict[str, Any]]:
    """Count by state; each tile narrows the list to what it counts."""
    tiles = [
        {
            "number": shown.follow.count(one),
            "label": gettext(words).lower(),
            "url": address_with(state=one, late=None),
            "current": shown.wanted.states == {one},
        }
        for one, words in review_words(shown.asked.state).items()
    ]
    late = sum(row.overdue for row in shown.follow.rows)
    tone = "bad" if late else ""
    url = address_with(late=1, state=None)
    return [*tiles, {"number": late, "label": gettext("late"), "url": url, "current": shown.wanted.late, "tone": tone}]


def _moved(shown: FollowPage) -> list[dict[str, Any]]:
    """Say what moved since the last round, with the list of each; nothing where there was no round before."""
    moved = shown.follow.movement
    found = [
        ("improved", gettext("improved"), moved.improved),
        ("worsened", gettext("worsened"), moved.worsened),
        ("joined", gettext("joined"), moved.joined),
    ]
    if not any((*moved.unchanged, *moved.left, *(one for _, _, ids in found for one in ids))):
        return []
    return [{"label": label, "number": len(ids), "url": address_with(moved=key)} for key, label, ids in found] + [
        {"label": gettext("left"), "number": len(moved.left), "url": "#left" if moved.left else None}
    ]


def _sheet_columns() -> list[TableColumn]:
    """Head the columns of the workbook, in the order of :func:`_cells`."""
    return [
        TableColumn(gettext("Code"), Format.TEXT, 12),
        TableColumn(gettext("Title"), Format.TEXT, 46),
        TableColumn(gettext("Unit"), Format.TEXT, 30),
        TableColumn(gettext("Responsible post"), Format.TEXT, 28),
        TableColumn(gettext("Answer"), Format.TEXT, 20),
        TableColumn(gettext("Due"), Format.DATE, 12),
        TableColumn(gettext("Submitted on"), Format.DATE, 14),
        TableColumn(gettext("Days late"), Format.NUMBER, 10),
        TableColumn(gettext("Health"), Format.TEXT, 30),
        TableColumn(gettext("Office's rating"), Format.TEXT, 30),
        TableColumn(gettext("Progress"), Format.NUMBER, 10),
        TableColumn(gettext("Verdict"), Format.TEXT, 20),
    ]


def _cells(shown: FollowPage, row: FollowRow) -> list[Any]:
    return [
        row.code,
        shown.title(row),
        shown.unit(row.unit_id),
        shown.posts.get(row.owner_post_id or 0),
        Words.state(row.state),
        row.due_on,
        row.submitted_on,
        row.late or None,
        Words.health(row.health) or None,
        Words.health(row.office_health) or None,
        row.progress,
        Words.verdict(row.verdict) or None,
    ]
