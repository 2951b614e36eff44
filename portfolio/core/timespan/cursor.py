"""A place among the tokens of a text, and the year that may follow it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portfolio.core.timespan.atoms import Atom
from portfolio.core.timespan.lexicon import Mark, Role, Unit, Word
from portfolio.core.timespan.tokens import Token

FILLERS = (Role.NOISE, Role.PER)
"""Words that may stand between a time and its year or its number."""

_NOTHING = Word(Role.UNKNOWN)


@dataclass
class Cursor:
    """A place among the tokens."""

    tokens: Sequence[Token]
    at: int = 0

    def role(self, ahead: int = 0) -> Role | None:
        """Give the role of a token ahead, None beyond the end."""
        token = self.at + ahead
        return self.tokens[token].role if token < len(self.tokens) else None

    def word(self, ahead: int = 0) -> Word:
        """Give the meaning of a token ahead, an unknown word beyond the end."""
        token = self.at + ahead
        return self.tokens[token].word if token < len(self.tokens) else _NOTHING

    def is_unit(self, *units: Unit) -> bool:
        """Tell whether one of these units stands here."""
        return self.role() is Role.UNIT and self.word().value in units

    def take(self) -> Token:
        """Give this token and go on."""
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, *roles: Role) -> None:
        """Go past words of these roles."""
        while self.role() in roles:
            self.at += 1

    def text(self, start: int) -> str:
        """Give the words from a place up to here."""
        return " ".join(token.text for token in self.tokens[start : self.at])

    def with_year(self, atom: Atom) -> Atom:
        """Take the year that follows, also after "of", "vuonna" or a slash; leave the atom as it is when none does."""
        if atom.year is not None:
            return atom
        ahead = 0
        while self.role(ahead) in FILLERS or _is_year_word(self.word(ahead)):
            ahead += 1
        if ahead == 0 and self.role() is Role.SLASH:
            ahead = 1
        if self.role(ahead) is not Role.YEAR:
            return atom
        self.at += ahead
        year = self.take()
        return replace(atom, year=year.value, text=f"{atom.text} {year.text}")


def _is_year_word(word: Word) -> bool:
    return word.role is Role.UNIT and word.value is Unit.YEAR and not word.marks & {Mark.FROM, Mark.UNTIL}
