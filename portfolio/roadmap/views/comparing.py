"""The control that compares the roadmap with an earlier time, and what the comparison says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import request, url_for

from portfolio.core import history
from portfolio.core.language import format_date
from portfolio.forums.queries import HeldMeeting, last_meeting
from portfolio.register.forms.times import BASELINE
from portfolio.register.rules import difference_sentence, fate_words, in_short
from portfolio.roadmap.bars import Item, Roadmap
from portfolio.roadmap.forms import COMPARE
from portfolio.roadmap.views.shown import ShownRoadmap
from portfolio.web.current import current
from portfolio.web.language import gettext, name_of
from portfolio.web.listing import address_with
from portfolio.web.past import named_points


def comparison_of(shown: ShownRoadmap) -> dict[str, Any]:
    """Give what ``components/compare.html`` needs: what is compared with, the ways to, and the way out."""
    point = shown.comparison.point
    kept = [(name, one) for name, one in request.args.items(multi=True) if name != COMPARE]
    return {
        "words": point.words if point else None,
        "sentence": sentence_of(shown.roadmap) if point else None,
        "groups": list(_groups(shown)),
        "off": _address(None),
        "form": {"action": request.path, "keep": kept, "name": COMPARE, "max": shown.day.isoformat()},
        "changes_url": _changes_url(shown),
        "gone": [_gone(item, shown) for item in shown.roadmap.gone],
    }


def sentence_of(roadmap: Roadmap) -> str | None:
    """Say what changed of what is shown: "Kevään kokoukseen verrattuna: 4 kehittämiskohdetta on muuttunut: …"."""
    compared = roadmap.compared
    if compared is None:
        return None
    counted = difference_sentence(compared.difference, current.language)
    return gettext("Compared with %(time)s: %(sentence)s", time=compared.words, sentence=counted)


def asked_end(meeting: HeldMeeting) -> str:
    """Give what ``compare`` says for the end of a meeting; one not ended before the time shown ended with its day."""
    end = meeting.end
    if end is None or (current.at is not None and end.revision_id >= current.at):
        return meeting.day.isoformat()
    return f"{BASELINE}:{end.id}"


def _groups(shown: ShownRoadmap) -> Iterator[dict[str, Any]]:
    """Give the times to compare with that are earlier than the one shown: the last meeting, then named points."""
    session, place = current.session, current.municipality.id
    first = history.first_day(session, place)
    meeting, told = last_meeting(session, place, shown.day), None
    if meeting is not None and first is not None and meeting.day >= first:
        told = asked_end(meeting)
        name = name_of(meeting.forum)
        label = f"{name} {format_date(meeting.day, current.language)}"
        yield {"title": gettext("The last meeting"), "items": [_choice(label, told, shown)]}
    for title, points in named_points(session, place):
        earlier = [one for one in points if current.at is None or one.revision_id < current.at]
        items = [(one.name, f"{BASELINE}:{one.id}") for one in earlier]
        if others := [_choice(name, value, shown) for name, value in items if value != told]:
            yield {"title": title, "items": others}


def _choice(label: str, value: str, shown: ShownRoadmap) -> dict[str, Any]:
    point = shown.comparison.point
    return {"label": label, "url": _address(value), "current": point is not None and point.asked == value}


def _address(value: str | None) -> str:
    """Give this page compared with another time, or with none; all else is kept."""
    return address_with(**{COMPARE: value})


def _changes_url(shown: ShownRoadmap) -> str | None:
    """Lead to the same difference in full, of the same filter and lanes."""
    point = shown.comparison.point
    if point is None:
        return None
    to = "now" if current.at is None else f"revision:{current.at}"
    asked: dict[str, Any] = {**shown.choice.asked, "from": point.asked, "to": to, "group": shown.grouping.key}
    return url_for("pages.changes", **asked)


def _gone(item: Item, shown: ShownRoadmap) -> dict[str, Any]:
    """Give what has left, with the way to its card at the time compared with, and why it is here no more."""
    against = shown.comparison.against
    changes, also = in_short(item.told)
    return {
        "item": item,
        "url": url_for("pages.card", initiative=item.id, revision=against.revision if against else None),
        "fate": fate_words(item.change, current.language) if item.change is not None else None,
        "changes": changes,
        "also": ", ".join(also),
    }
