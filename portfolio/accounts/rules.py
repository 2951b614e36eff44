"""What a good password is, how long links last, which roles go together, who reports, whose a saved view is. Pure."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from zxcvbn import zxcvbn

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.core.rights import Actor, Right, Role
from portfolio.organisation.rules import nearest_of

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
ENOUGH_GUESSES = 10**8
FEWEST_OWN_LETTERS = 6
JUDGED_LENGTH = 72
"""zxcvbn judges no more than this; a longer password is judged by its beginning."""

TOO_SHORT = N_("The password is too short: use at least %(shortest)s characters. Several words are easy to remember.")
TOO_LONG = N_("The password is too long: at most %(longest)s characters.")
TOO_EASY = N_(
    "The password is easy to guess: it is a common password, repeats itself, or is made of words of your work "
    "such as the municipality's name. Use several words that do not belong together."
)
NOT_AN_EMAIL = N_('"%(text)s" is not an e-mail address.')
NO_ROLE = N_("Choose a role first: this one is given only beside another.")
UNIT_NEEDED = N_("Choose a unit: a reporter edits the items of one unit and those below it.")

WORK_WORDS = (
    *("portfolio", "salkku", "salasana", "lösenord", "password", "hanke", "hankkeet", "kehittäminen", "kunta"),
    *("kaupunki", "kommun", "stad", "tiekartta", "projekti"),
)
LONGEST_QUERY = 2_000
"""Letters of a saved view's query: browsers and proxies take no address much longer."""
LINK_LASTS = dt.timedelta(days=7)
RESET_LASTS = dt.timedelta(hours=2)
BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("Chrome", "Chrome"), ("CriOS", "Chrome"), ("FxiOS", "Firefox"), ("Safari", "Safari")),
)
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)
"""What a browser's own description holds; the first that fits tells, since most of them mention several others."""

BESIDE = frozenset({Role.BUDGET, Role.PUBLICITY})
"""Roles that are given only beside another."""

IN_A_UNIT = frozenset({Role.REPORTER, Role.BUDGET, Role.PUBLICITY})
"""Roles that a unit narrows; the others hold in the whole municipality."""


def check_password(password: str, words: Iterable[str] = ()) -> Problem | None:
    """Judge a new password: long enough and not easy to guess; nothing is asked of its composition.

    ``words`` are the context: the person's name and e-mail, the municipality (security.md points 1 and 2).
    """
    if len(password) < SHORTEST_PASSWORD:
        return Problem(TOO_SHORT, {"shortest": SHORTEST_PASSWORD})
    if len(password) > LONGEST_PASSWORD:
        return Problem(TOO_LONG, {"longest": LONGEST_PASSWORD})
    parts = {part for word in (*WORK_WORDS, *words) for part in _parts(word)}
    judged = zxcvbn(password[:JUDGED_LENGTH], user_inputs=sorted(parts))
    easy = judged["guesses"] < ENOUGH_GUESSES or _own_letters(password, parts) < FEWEST_OWN_LETTERS
    return Problem(TOO_EASY) if easy else None


def clean_email(text: str) -> str:
    """Give an e-mail address as it is kept and compared: without spaces around it, in lower case."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def check_email(text: str) -> Problem | None:
    """Judge the shape of an e-mail address; whether it works is known when a mail arrives."""
    name, at, host = text.rpartition("@")
    whole = name and at and "." in host.strip(".") and not any(one.isspace() or one in '<>,;:"()' for one in text)
    return None if whole else Problem(NOT_AN_EMAIL, {"text": text}, "email")


def check_roles(roles: Collection[Role], *, with_unit: bool) -> list[Problem]:
    """Judge the roles that one user is to have in a municipality."""
    problems = []
    if roles and not set(roles) - BESIDE:
        problems.append(Problem(NO_ROLE, place="role"))
    if Role.REPORTER in roles and not with_unit:
        problems.append(Problem(UNIT_NEEDED, place="unit_id"))
    return problems


def browser_name(user_agent: str | None) -> str | None:
    """Name a browser and its system as people know them ("Firefox, Windows"); None when they cannot be told."""
    text = user_agent or ""
    browser = next((name for mark, name in BROWSERS if mark in text), None)
    system = next((name for mark, name in SYSTEMS if mark in text), None)
    return ", ".join(name for name in (browser, system) if name) or None


def is_over(
    created_at: dt.datetime,
    seen_at: dt.datetime,
    ended_at: dt.datetime | None,
    now: dt.datetime,
    idle: dt.timedelta,
    longest: dt.timedelta,
) -> bool:
    """Tell whether a sign-in has ended: by hand, because nobody used it for a while, or because it is old."""
    return ended_at is not None or now - seen_at > idle or now - created_at > longest


def _own_letters(password: str, parts: Iterable[str]) -> int:
    """Count the letters and digits that are left of a password when the words of the context are taken out."""
    rest = password.casefold()
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    return sum(one.isalnum() for one in rest)


def _parts(word: str) -> set[str]:
    plain = "".join(one if one.isalnum() else " " for one in word.casefold())
    return {part for part in plain.split() if len(part) > 2}  # noqa: PLR2004 -- shorter parts are in every word


class View(Protocol):
    """A saved view, as far as it says whose it is."""

    @property
    def user_id(self) -> int:
        """Its owner."""

    @property
    def shared(self) -> bool:
        """Whether all who may read the municipality see it."""


def may_see_view(actor: Actor, view: View) -> bool:
    """Tell whether a view is the actor's own or shared."""
    return view.shared or view.user_id == actor.user_id


def may_change_view(actor: Actor, view: View) -> bool:
    """Tell whether the actor may change a view: one's own, and shared ones with the right to manage."""
    return view.user_id == actor.user_id or (view.shared and actor.may(Right.MANAGE))


def may_share_views(actor: Actor) -> bool:
    """Tell whether the actor may put a view before everybody: whoever may edit something here."""
    return actor.may(Right.EDIT)


def reporters_of(
    parents: Mapping[int, int | None], units: Collection[int], reporters: Mapping[int, Collection[int]]
) -> dict[int, frozenset[int]]:
    """Tell for each unit who reports for it: those of the nearest unit, itself or above, that has any.

    ``reporters`` leads from a unit to the users who have the role there. Whoever reports for a whole branch is not
    asked for a part of it that has reporters of its own.
    """
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for unit in units:
        nearest = nearest_of(parents, unit, [one for one, users in reporters.items() if users])
        if nearest is not None:
            found[unit] = frozenset(reporters[nearest])
    return found
