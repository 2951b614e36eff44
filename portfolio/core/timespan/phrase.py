"""A text as times, the marks that belong to each, what joins them, and the words that were not understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from portfolio.core.timespan.atoms import Atom
from portfolio.core.timespan.cursor import Cursor
from portfolio.core.timespan.lexicon import Mark, Role, Side
from portfolio.core.timespan.times import Times, read_times
from portfolio.core.timespan.tokens import Token


class Link(Enum):
    """What stands between two times."""

    NOTHING = auto()
    RANGE = auto()
    AND = auto()
    OR = auto()


_LINKS = {
    Role.DASH: Link.RANGE,
    Role.AND: Link.AND,
    Role.COMMA: Link.AND,
    Role.SLASH: Link.OR,
    Role.OR: Link.OR,
}
_FLAGS = (Role.ONGOING, Role.FIXED_TERM, Role.NOW, Role.TENTATIVE, Role.APPROXIMATE, Role.AT_LEAST)
_PARTS = frozenset({Mark.AT_START, Mark.AT_END, Mark.AT_MIDDLE})


@dataclass
class Placed:
    """A time, its marks, and what joins it to the time before it."""

    atom: Atom
    marks: set[Mark] = field(default_factory=set)
    link: Link = Link.NOTHING


@dataclass
class Phrase:
    """What a text holds; `open_start` and `open_end` are a dash before the first and after the last time."""

    times: list[Placed] = field(default_factory=list)
    flags: set[Role] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    now: str = ""
    open_start: bool = False
    open_end: bool = False

    @property
    def atoms(self) -> list[Atom]:
        """The times without their marks."""
        return [placed.atom for placed in self.times]

    def marked(self, *marks: Mark) -> bool:
        """Tell whether any time carries one of the marks."""
        return any(placed.marks.intersection(marks) for placed in self.times)


@dataclass
class _Item:
    """A time, a mark or a link in the order of the text; `own` are the marks within the words of the time itself."""

    times: Times = ()
    marks: frozenset[Mark] = frozenset()
    side: Side | None = None
    link: Link | None = None


def read_phrase(tokens: Sequence[Token]) -> Phrase:
    """Gather the times, marks and flags of a text; nothing is decided here."""
    phrase = Phrase()
    items = _without_bare_terms(_items(Cursor(tokens), phrase))
    _join(items, phrase)
    _attach_marks(items, phrase)
    return phrase


def _items(cursor: Cursor, phrase: Phrase) -> list[_Item]:
    items: list[_Item] = []
    while (role := cursor.role()) is not None:
        start = cursor.at
        if _is_english_to(cursor, items):
            cursor.take()
            items.append(_Item(marks=frozenset({Mark.UNTIL}), side=Side.RIGHT))
        elif times := read_times(cursor):
            own = frozenset().union(*(token.word.marks for token in cursor.tokens[start : cursor.at]))
            items.append(_Item(times=times, marks=own))
        else:
            _take_other(role, cursor.take(), items, phrase)
    return items


def _take_other(role: Role, token: Token, items: list[_Item], phrase: Phrase) -> None:
    if role is Role.MARK:
        items.append(_Item(marks=token.word.marks, side=token.value))
    elif role in _LINKS:
        items.append(_Item(link=_LINKS[role]))
    elif role in _FLAGS:
        phrase.flags.add(role)
        phrase.now = token.text if role is Role.NOW else phrase.now
    elif role not in (Role.NOISE, Role.PER):
        phrase.unknown.append(token.text)


def _is_english_to(cursor: Cursor, items: list[_Item]) -> bool:
    """Tell "March to May" from the Finnish Thursday, "to 4.10."."""
    return cursor.role() is Role.WEEKDAY and cursor.tokens[cursor.at].text == "to" and bool(items and items[-1].times)


def _without_bare_terms(items: list[_Item]) -> list[_Item]:
    """Leave out "valtuustokauden alussa" where another time tells when that is."""
    others = [item for item in items if item.times and not item.times[0].bare_term]
    if not others:
        return items
    kept: list[_Item] = []
    after_term = False
    for item in items:
        if item.times and item.times[0].bare_term:
            after_term = True
            while kept and kept[-1].side is Side.RIGHT and kept[-1].marks <= _PARTS:
                kept.pop()
        elif not (after_term and item.side is Side.LEFT and item.marks <= _PARTS):
            kept.append(item)
            after_term = False
    return kept


def _join(items: list[_Item], phrase: Phrase) -> None:
    """List the times with the links between them; dashes at the edges leave an end open."""
    link: Link | None = None
    after_mark = False
    for item in items:
        if item.times:
            phrase.open_start |= not phrase.times and link is Link.RANGE
            for position, atom in enumerate(item.times):
                joined = Link.RANGE if position else (link or Link.NOTHING)
                phrase.times.append(Placed(atom, link=joined if phrase.times else Link.NOTHING))
            phrase.times[-1].marks |= item.marks
            link = None
        elif item.link and not (item.link is Link.RANGE and after_mark):
            link = item.link
        after_mark = item.side is Side.RIGHT
    phrase.open_end = bool(phrase.times) and link is Link.RANGE


def _attach_marks(items: list[_Item], phrase: Phrase) -> None:
    """Give each mark to the time on its side, or to the one on the other side when there is none."""
    before = 0
    for item in items:
        before += len(item.times)
        if item.side is None or not phrase.times:
            continue
        wanted = before - 1 if item.side is Side.LEFT else before
        phrase.times[min(max(wanted, 0), len(phrase.times) - 1)].marks |= item.marks
