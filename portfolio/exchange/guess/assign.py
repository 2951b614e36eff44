"""Which column holds which field: by the heading's words and by what the values are, each field once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portfolio.core.language import N_
from portfolio.core.problem import Problem
from portfolio.exchange.columns import AMOUNTS, CATEGORY, MONEY, Entity, Kind, as_text, column, money_parts, norm
from portfolio.exchange.guess.body import says_total
from portfolio.exchange.guess.evidence import Fit, Values, fit, is_per_cent
from portfolio.exchange.guess.heading import Head
from portfolio.exchange.guess.meanings import may_be_told
from portfolio.exchange.guess.model import ColumnGiven, ColumnGuess, Vocabulary
from portfolio.exchange.guess.money import ANY_YEAR, Money, NearbyTexts, find_unit, read_money, year_in
from portfolio.exchange.guess.names import EXACT, LEAF, Name, heading_of, names, schemes
from portfolio.exchange.profile import END, START, Years
from portfolio.files.cells import column_letter

NAMED = N_('The heading "%(word)s" means this.')
NEARLY = N_('The heading is close to "%(word)s".')
VALUES_FIT = N_("%(count)s of %(of)s values fit.")
BY_VALUES = N_("The heading tells nothing, but %(count)s of %(of)s values fit.")
LONG_TEXTS = N_("The heading tells nothing; the column has a text of its own on each row.")
CHOSEN = N_("You chose this.")
NOT_WANTED = N_("You chose not to read the column.")
NOT_FOUND = N_("No field was found that the heading or the values would mean.")
UNLIKE = N_('The heading would mean "%(field)s", but only %(count)s of %(of)s values fit: "%(value)s" does not.')
NAMES_OTHERS = N_('The values are known as "%(field)s", so that they cannot be titles.')
TAKEN = N_('"%(field)s" was taken from column %(letter)s already.')
EMPTY = N_("The column has no values. If its colours tell something: colours are not read.")
TWICE_OVER = N_("The same year's money stands in column %(letter)s as well, and nothing tells them apart.")
SUM_OF_OTHERS = N_("The column is the sum of the years beside it: what is read are the years.")
SHARES = N_("The values are shares from 0 to 1.")
MIXED_SHARES = N_("Some values are from 0 to 1 and some above: nobody can tell which are shares and which per cents.")

ENOUGH, ENOUGH_OPEN, SURE = 0.7, 0.5, 0.8
FEWEST_VALUES = 2
SHOWN = 3
LEAST = 0.55

_BY_VALUES = ("unit", "owner_post", "status", "timespan", "progress")
_TITLES = ("title_fi", "name_fi")


@dataclass(frozen=True, slots=True)
class _Candidate:
    column: int
    field: str
    score: float
    reasons: tuple[Problem, ...]


class Assignment:
    """Assigns the columns of one table."""

    def __init__(
        self, head: Head, values: Mapping[int, Values], entity: Entity, vocabulary: Vocabulary, around: NearbyTexts
    ) -> None:
        self._head = head
        self._values = values
        self._entity = entity
        self._vocabulary = vocabulary
        self._around = around
        self._why: dict[int, list[Problem]] = {}

    def run(self, given: Mapping[int, ColumnGiven]) -> tuple[ColumnGuess, ...]:
        """Give every column that has a heading or values, with its field or the reason why it has none."""
        taken: dict[str, int] = {}
        found: dict[int, ColumnGuess] = {}
        for number, answer in given.items():
            if number in self._values:
                found[number] = guess = self._given(number, answer, taken)
                if guess.field:
                    taken[guess.field] = number
        if self._entity is not Entity.MILESTONE:
            found |= self._money_columns(found, taken)
        candidates = [one for number in self._values if number not in found for one in self._candidates(number)]
        for one in sorted(candidates, key=lambda one: (-one.score, one.column)):
            if one.column in found:
                continue
            if one.field in taken:
                other = column_letter(taken[one.field])
                self._tell(one.column, Problem(TAKEN, {"field": self._label(one.field), "letter": other}))
                continue
            if self._clashes(one.field, taken):
                continue
            taken[one.field] = one.column
            found[one.column] = self._in_unit(self._guess(one.column, one.field, one.score, one.reasons))
        found |= self._title(found, taken)
        return tuple(found.get(number) or self._unread(number) for number in self._values)

    # ------------------------------------------------------------------------------------ by kinds of evidence
    def _candidates(self, number: int) -> Iterator[_Candidate]:
        values = self._values[number]
        named = names(self._head.told(number), self._entity, self._vocabulary.registry)
        for field, name in named.items():
            if field in _TITLES and (others := self._names_others(values)):
                self._tell(number, Problem(NAMES_OTHERS, {"field": self._label(others)}))
                continue
            how = fit(field, self._entity, values, self._vocabulary)
            if values.is_empty:
                yield _Candidate(number, field, name.score * LEAST, (_by_name(name), Problem(EMPTY)))
            elif how.share >= self._enough(field):
                yield _Candidate(number, field, self._score(field, name, how, values), _reasons(name, how))
            else:
                shown = {"field": self._label(field), "count": how.count, "of": how.of, "value": how.other}
                self._tell(number, Problem(UNLIKE, shown))
        for field in (*_BY_VALUES, *(f"{CATEGORY}{code}" for code in schemes(self._vocabulary.registry))):
            if field not in named and self._entity is Entity.INITIATIVE and (by := self._by_values(field, values)):
                yield _Candidate(number, field, 0.5 * by.share, (Problem(BY_VALUES, {"count": by.count, "of": by.of}),))
        if self._entity is not Entity.INITIATIVE and "initiative" not in named:
            by = fit("initiative", self._entity, values, self._vocabulary)
            if by.of >= FEWEST_VALUES and by.share >= SURE:
                yield _Candidate(number, "initiative", 0.6, (Problem(BY_VALUES, {"count": by.count, "of": by.of}),))

    def _names_others(self, values: Values) -> str | None:
        """Tell whether what would be titles are names of posts, units or the like."""
        for field in ("owner_post", "unit", "forum") if self._entity is Entity.INITIATIVE else ():
            how = fit(field, self._entity, values, self._vocabulary)
            if how.of >= FEWEST_VALUES and how.share >= SURE:
                return field
        return None

    def _by_values(self, field: str, values: Values) -> Fit | None:
        """Tell whether values alone make a field; plain numbers and days could be anything."""
        if len(values.texts) < FEWEST_VALUES or (field == "progress" and not is_per_cent(values)):
            return None
        how = fit(field, self._entity, values, self._vocabulary)
        return how if how.share >= SURE else None

    def _score(self, field: str, name: Name, how: Fit, values: Values) -> float:
        """Weigh words and values: a text fits everywhere, so that its values say little; a title stands on each row."""
        found = column(self._entity, field, self._vocabulary.registry.several)
        strong = found is not None and found.kind is not Kind.TEXT
        if field in _TITLES and values.rows:
            return name.score * 0.9 * (0.4 + 0.6 * values.filled / values.rows)
        return name.score * (0.55 + 0.4 * how.share if strong else 0.9) + (0.02 if strong and how.of else 0.0)

    def _enough(self, field: str) -> float:
        """Give the share of values that must fit: a name may be misspelt or new, a day impossible, a word another's."""
        found = column(self._entity, "timespan" if field in (START, END) else field, self._vocabulary.registry.several)
        is_open = found is not None and (found.to is not None or found.kind in {Kind.WORDS, Kind.DATE})
        is_open = is_open or may_be_told(found)
        return ENOUGH_OPEN if is_open else ENOUGH

    def _clashes(self, field: str, taken: Mapping[str, int]) -> bool:
        """Tell whether a time is told already, as a whole or by its ends."""
        return (field in (START, END) and "timespan" in taken) or (
            field == "timespan" and (START in taken or END in taken)
        )

    # ------------------------------------------------------------------------------------ money, title
    def _money_columns(self, found: Mapping[int, ColumnGuess], taken: dict[str, int]) -> dict[int, ColumnGuess]:
        """Take the columns of money; two that say the same are told apart by their values, or neither is read."""
        read = {
            number: money
            for number, values in self._values.items()
            if number not in found and (money := self._read_money(number, values))
        }
        self._without_sums(read, found)
        chosen: dict[int, ColumnGuess] = {}
        by_field: dict[str, list[int]] = {}
        for number, money in read.items():
            if money.field is None:
                self._tell(number, *money.reasons)
                chosen[number] = self._unread(number)
            else:
                by_field.setdefault(money.field, []).append(number)
        for field, numbers in by_field.items():
            if len(numbers) == 1 and field not in taken:
                chosen[numbers[0]] = self._as_money(numbers[0], read[numbers[0]])
                taken[field] = numbers[0]
                continue
            for number in numbers:
                other = next((one for one in (taken.get(field), *numbers) if one and one != number), number)
                self._tell(number, Problem(TWICE_OVER, {"letter": column_letter(other)}))
                chosen[number] = self._unread(number)
        return chosen

    def _without_sums(self, read: dict[int, Money], given: Mapping[int, ColumnGuess]) -> None:
        """Leave out the columns that only sum the years beside them, so that they stand in no year's way."""
        texts = self._head.texts
        dated = {number for number, money in read.items() if money.field and year_in(texts.get(number, ""))}
        for number, text in texts.items():
            others = dated - {number}
            if not others or number in given or number not in self._values or not says_total(" ".join(text.split())):
                continue
            same = number in read and any(read[other].field == read[number].field for other in others)
            if same or not (year_in(text) or self._values[number].texts):
                read[number] = Money(None, 0.0, (Problem(SUM_OF_OTHERS),))

    def _read_money(self, number: int, values: Values) -> Money | None:
        heading = self._head.texts.get(number, "")
        named = names(self._head.told(number), self._entity, self._vocabulary.registry)
        if self._entity is Entity.BUDGET and named and not year_in(heading):
            return None
        return read_money(heading, values, self._around, self._vocabulary)

    def _in_unit(self, guess: ColumnGuess) -> ColumnGuess:
        """Find the unit of an amount whose year stands in a column of its own."""
        if guess.field not in AMOUNTS:
            return guess
        unit, _, why = find_unit(norm(guess.heading), self._values[guess.number], self._around)
        return replace(guess, unit=unit, reasons=(*guess.reasons, *why))

    def _as_money(self, number: int, money: Money) -> ColumnGuess:
        guess = self._guess(number, money.field, money.confidence, money.reasons)
        return replace(guess, years=money.years, unit=money.years.unit if money.years else None)

    def _title(self, found: Mapping[int, ColumnGuess], taken: dict[str, int]) -> dict[int, ColumnGuess]:
        """Find the title: Swedish where there is no Finnish one, else the first column with a text on each row."""
        wanted = next((one for one in _TITLES if column(self._entity, one)), None)
        if wanted is None or wanted in taken:
            return {}
        swedish = taken.pop("title_sv", None)
        if swedish is not None:
            taken[wanted] = swedish
            return {swedish: replace(found[swedish], field=wanted)}
        for number, values in self._values.items():
            free = number not in found or found[number].field is None
            if (
                free
                and self._names_others(values) is None
                and values.rows
                and len(values.texts) >= LEAST * values.rows
                and len(values.texts) == len(values.distinct)
            ):
                taken[wanted] = number
                return {number: self._guess(number, wanted, 0.4, (Problem(LONG_TEXTS),))}
        return {}

    # ------------------------------------------------------------------------------------ telling
    def _given(self, number: int, given: ColumnGiven, taken: Mapping[str, int]) -> ColumnGuess:
        """Take a person's answer; a field that another column has by the person's own word is told, not overwritten."""
        if given.field is None:
            return replace(self._unread(number), reasons=(Problem(NOT_WANTED),))
        if given.field == ANY_YEAR:
            money = read_money(
                self._head.texts.get(number, ""), self._values[number], self._around, self._vocabulary, wanted=True
            )
            if money is None or money.field is None:
                return self._plain(number, None, 0.0, money.reasons if money else ())
            return self._as_money(number, money)
        if given.field in taken or self._clashes(given.field, taken):
            other = column_letter(taken.get(given.field, number))
            return self._plain(
                number, None, 0.0, (Problem(TAKEN, {"field": self._label(given.field), "letter": other}),)
            )
        guess = replace(self._plain(number, given.field, EXACT, (Problem(CHOSEN),)), unit=given.unit)
        if given.field.startswith(MONEY):
            year, part, source, amount = money_parts(given.field)
            years = Years(guess.heading, amount, year, part, source, given.unit or "eur")  # type: ignore[arg-type] # checked by the form
            return replace(guess, years=years, unit=years.unit)
        return guess

    def _guess(self, number: int, field: str | None, score: float, reasons: tuple[Problem, ...]) -> ColumnGuess:
        numbers = self._values[number].numbers if field == "progress" else []
        if any(numbers) and max(numbers) <= 1:
            return replace(self._plain(number, field, score, (*reasons, Problem(SHARES))), unit="fraction")
        if any(0 < one < 1 for one in numbers):
            return self._plain(number, None, 0.0, (Problem(MIXED_SHARES),))
        return self._plain(number, field, score, reasons)

    def _plain(self, number: int, field: str | None, score: float, reasons: tuple[Problem, ...]) -> ColumnGuess:
        values = self._values[number]
        samples = tuple(
            " ".join(as_text(one, self._vocabulary.language).split())[:60] for one in values.distinct[:SHOWN]
        )
        heading = self._head.texts.get(number, "")
        return ColumnGuess(number, heading, field, round(score, 2), reasons, None, None, samples, values.filled)

    def _unread(self, number: int) -> ColumnGuess:
        values = self._values[number]
        reasons = self._why.get(number) or [Problem(EMPTY if values.is_empty else NOT_FOUND)]
        return self._plain(number, None, 0.0, tuple(reasons[:1]))

    def _tell(self, number: int, *problems: Problem) -> None:
        self._why.setdefault(number, []).extend(problems)

    def _label(self, field: str) -> Problem:
        return heading_of(field, self._entity, self._vocabulary.registry)


def _by_name(name: Name) -> Problem:
    return Problem(NAMED if name.score >= LEAF else NEARLY, {"word": name.word})


def _reasons(name: Name, how: Fit) -> tuple[Problem, ...]:
    return (_by_name(name), Problem(VALUES_FIT, {"count": how.count, "of": how.of}))
