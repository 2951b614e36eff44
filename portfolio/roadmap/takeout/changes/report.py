"""A difference ready to be written: its sentence, and lane by lane what joined, left or differs, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.core.language import N_, say
from portfolio.register.rules import CellWords, lines_of

SOURCE = N_("Source: %(municipality)s")


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """One initiative: ``fate`` says that it joined or left, ``cells`` what differs where it was there at both times.

    ``title_language`` is that of a title that is not in the reader's.
    """

    title: str
    code: str
    fate: str | None
    cells: Sequence[CellWords]
    title_language: str | None = None

    def lines(self, language: str) -> list[str]:
        """Say it line by line."""
        return lines_of(self.fate, self.cells, language)


@dataclass(frozen=True, slots=True)
class ChangedLane:
    """A lane with what changed in it."""

    title: str
    items: Sequence[ChangedItem]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole difference: ``between`` names the two times, ``sentence`` counts, ``narrowed`` tell the filter."""

    title: str
    municipality: str
    between: str
    sentence: str
    grouping: str
    language: str
    lanes: Sequence[ChangedLane]
    narrowed: Sequence[str] = ()

    @property
    def count(self) -> int:
        """How many rows there are: an initiative stands in each of its lanes."""
        return sum(len(lane.items) for lane in self.lanes)

    @property
    def source(self) -> str:
        """Where it is from and of which times, for the foot of a page."""
        where = say(SOURCE, self.language, municipality=self.municipality)
        return f"{where} · {self.between}"

    def head(self) -> Iterator[str]:
        """Give what stands under the title."""
        grouped = say(N_("grouped by: %(grouping)s"), self.language, grouping=self.grouping.lower())
        yield f"{self.municipality} · {self.between} · {grouped}"
        yield self.sentence
        yield from self.narrowed
