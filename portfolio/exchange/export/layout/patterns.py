"""Texts that a regular expression of a profile would take apart again: how split cells and section rows are written.

Only what profiles use is understood: words, escapes, sets of characters, groups, alternatives and repetitions. Anything
else gives no text, and whoever asks checks what is given by the expression itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

MOST = 200
"""How many texts are tried for one expression, the fullest first."""

_ESCAPES = {"w": "a", "s": " ", "b": "", "A": "", "Z": "", "n": "\n", "t": "\t"}
_ANY = "…"
_CLOSERS = frozenset("|)")


def fillings(expression: str, values: Mapping[str, str], digit: str = "1") -> list[str]:
    """Give texts that an expression may match with its named groups holding these values, the fullest first.

    ``digit`` stands for a digit that no value gives, such as the running number of a section.
    """
    try:
        return list(dict.fromkeys(_Writer(expression, values, digit).texts()))
    except (IndexError, ValueError):
        return []


class _Writer:
    """Reads an expression from left to right, and gives for each part the texts that may stand for it."""

    def __init__(self, expression: str, values: Mapping[str, str], digit: str) -> None:
        self._left = expression
        self._values = values
        self._digit = digit

    def texts(self) -> list[str]:
        """Give what the whole expression may be; raises ValueError or IndexError for what is not understood."""
        found = self._alternatives()
        if self._left:
            raise ValueError(self._left)
        return found

    def _alternatives(self) -> list[str]:
        found = self._sequence()
        while self._left.startswith("|"):
            self._take()
            found += self._sequence()
        return found[:MOST]

    def _sequence(self) -> list[str]:
        found = [""]
        while self._left and self._left[0] not in _CLOSERS:
            part = self._repeated(self._atom())
            found = list(islice((one + other for one in found for other in part), MOST))
        return found

    def _atom(self) -> list[str]:
        match self._take():
            case "^" | "$":
                return [""]
            case ".":
                return [_ANY]
            case "\\":
                return [self._escape(self._take())]
            case "[":
                return self._set()
            case "(":
                return self._group()
            case one:
                return [one]

    def _escape(self, letter: str) -> str:
        return self._digit if letter == "d" else _ESCAPES.get(letter, letter)

    def _set(self) -> list[str]:
        """Give the characters of a set as they are listed; of a range its first."""
        excludes = self._left.startswith("^")
        found: list[str] = []
        while (one := self._take()) != "]":
            found.append(self._escape(self._take()) if one == "\\" else one)
            if self._left.startswith("-") and not self._left.startswith("-]"):
                self._take(2)
        return [_ANY] if excludes else found

    def _group(self) -> list[str]:
        name = None
        if self._left.startswith("?P<"):
            name, _, self._left = self._left[3:].partition(">")
        elif self._left.startswith("?:"):
            self._take(2)
        elif self._left.startswith("?"):
            raise ValueError(self._left)
        found = self._alternatives()
        if self._take() != ")":
            raise ValueError(self._left)
        return found if name is None else [self._values.get(name, "")]

    def _repeated(self, part: list[str]) -> list[str]:
        """Give what a part with the repetition behind it may be: once where it may be, and as often as it must."""
        match self._left[:1]:
            case "?":
                self._take()
                found = [*part, ""]
            case "*":
                self._take()
                found = ["", *part]
            case "+":
                self._take()
                found = part
            case "{":
                least, _, self._left = self._left[1:].partition("}")
                found = [one * int(least.split(",")[0]) for one in part]
            case _:
                return part
        if self._left.startswith("?"):
            self._take()
        return found

    def _take(self, count: int = 1) -> str:
        taken, self._left = self._left[:count], self._left[count:]
        if len(taken) < count:
            raise IndexError(self._left)
        return taken
