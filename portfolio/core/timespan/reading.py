"""The reader of time words: a value, or a proposal to confirm, and never a silent guess."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portfolio.core.problem import Problem
from portfolio.core.timespan import doubts
from portfolio.core.timespan.context import Context
from portfolio.core.timespan.doubts import Unreadable
from portfolio.core.timespan.interval import read_interval
from portfolio.core.timespan.lexicon import Role
from portfolio.core.timespan.mending import mended
from portfolio.core.timespan.phrase import Phrase, read_phrase
from portfolio.core.timespan.rhythm import Rhythm, find_rhythm
from portfolio.core.timespan.tokens import Token, normalised, tokenise
from portfolio.core.timespan.value import EMPTY, Cadence, Kind, MonthDay, Pace, Precision, Timespan, Yearly, unread

LONGEST = 200
"""Longer text is not read as a time, so that reading stays quick whatever is pasted into a field."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the value, whether it is certain, why not, and what a person is asked to confirm.

    A value whose year or meaning is not certain is its own proposal. Words that could not be read give a value of kind
    UNREAD, with or without a proposal.
    """

    value: Timespan
    certain: bool = True
    reasons: tuple[Problem, ...] = ()
    proposal: Timespan | None = None


def parse(words: str, context: Context) -> Reading:
    """Read time words in Finnish, Swedish or English; the words are kept as written, and any text is answered."""
    kept = words.strip()
    plain = normalised(kept)
    if not plain:
        return Reading(EMPTY) if not kept else _unread(kept, Problem(doubts.NOT_A_TIME))
    if len(plain) > LONGEST:
        return _unread(kept, Problem(doubts.TOO_LONG))
    tokens = tokenise(plain, context.language)
    malformed = [token for token in tokens if token.role is Role.MALFORMED]
    if malformed:
        return _read_malformed(kept, plain, malformed, context)
    return _read(kept, tokens, context)


def _unread(words: str, reason: Problem, proposal: Timespan | None = None) -> Reading:
    return Reading(unread(words), certain=False, reasons=(reason,), proposal=proposal)


def _read_malformed(words: str, plain: str, malformed: Sequence[Token], context: Context) -> Reading:
    """Keep the words and propose what they would mean with their dates mended."""
    problem = Problem(doubts.MALFORMED_DATE, {"words": malformed[0].text})
    for token in malformed:
        plain = plain.replace(token.text, mended(token.text) or token.text)
    tokens = tokenise(plain, context.language)
    if any(token.role is Role.MALFORMED for token in tokens):
        return _unread(words, problem)
    reading = _read(words, tokens, context)
    proposal = reading.proposal or reading.value
    return _unread(words, problem, None if proposal.kind is Kind.UNREAD else proposal)


def _read(words: str, tokens: Sequence[Token], context: Context) -> Reading:
    try:
        value, problems, unknown = _value(tokens, context)
    except Unreadable as unreadable:
        proposal = unreadable.proposal
        return _unread(words, unreadable.problem, proposal and replace(proposal, words=words))
    value = replace(value, words=words)
    if unknown:
        return _unread(words, Problem(doubts.UNKNOWN_WORDS, {"words": " ".join(unknown)}), value)
    return Reading(value, not problems, tuple(problems), value if problems else None)


def _value(tokens: Sequence[Token], context: Context) -> tuple[Timespan, list[Problem], list[str]]:
    rhythm = find_rhythm(tokens, context)
    if rhythm is not None:
        return _recurring(rhythm, context)
    phrase = read_phrase(tokens)
    if not phrase.times:
        value, problems = _without_times(phrase, context)
    else:
        value, problems = read_interval(phrase, context)
        value = _flagged(value, phrase, problems)
    return value, problems, phrase.unknown


def _without_times(phrase: Phrase, context: Context) -> tuple[Timespan, list[Problem]]:
    tentative = Role.TENTATIVE in phrase.flags
    if Role.ONGOING in phrase.flags:
        return Timespan("", end_precision=Precision.OPEN, kind=Kind.ONGOING, tentative=tentative), []
    if Role.FIXED_TERM in phrase.flags:
        return Timespan("", kind=Kind.DURING, tentative=tentative), [Problem(doubts.FIXED_TERM_WITHOUT_END)]
    if Role.NOW in phrase.flags:
        return _from_now(phrase, context)
    raise Unreadable(Problem(doubts.NOT_A_TIME))


def _from_now(phrase: Phrase, context: Context) -> tuple[Timespan, list[Problem]]:
    written = context.document_date
    if written is None:
        raise Unreadable(Problem(doubts.DOCUMENT_DATE_MISSING, {"words": phrase.now}))
    reckoned = Problem(doubts.RELATIVE_TO_DOCUMENT, {"words": phrase.now, "date": written})
    tentative = Role.TENTATIVE in phrase.flags
    return Timespan("", written, None, Precision.DAY, Precision.OPEN, Kind.FROM, tentative=tentative), [reckoned]


def _flagged(value: Timespan, phrase: Phrase, problems: list[Problem]) -> Timespan:
    """Apply "possibly", "until further notice" and "fixed-term" to an interval."""
    flags = phrase.flags
    if flags & {Role.AT_LEAST, Role.NOW}:
        problems.append(Problem(doubts.UNCLEAR_KIND))
    if Role.FIXED_TERM in flags and value.end is None:
        problems.append(Problem(doubts.FIXED_TERM_WITHOUT_END))
    if Role.ONGOING in flags and len(phrase.times) == 1:
        value = _ongoing(value, problems)
    return replace(value, tentative=bool(flags & {Role.TENTATIVE, Role.APPROXIMATE}))


def _ongoing(value: Timespan, problems: list[Problem]) -> Timespan:
    """Let what goes on "until further notice" begin at the time beside it, which is unclear unless a word says so."""
    if value.kind is Kind.BY:
        return value
    if value.kind is Kind.DURING:
        problems.append(Problem(doubts.UNCLEAR_KIND))
    return replace(value, end=None, end_precision=Precision.OPEN, kind=Kind.ONGOING)


def _recurring(rhythm: Rhythm, context: Context) -> tuple[Timespan, list[Problem], list[str]]:
    cadence, tails = _whole_cadence(rhythm, context)
    phrases = [read_phrase(tokens) for tokens in tails]
    flags = set().union(*(phrase.flags for phrase in phrases))
    tentative = Role.TENTATIVE in flags
    cadence = replace(
        cadence, tentative=tentative, approximate=Role.APPROXIMATE in flags, at_most=Role.AT_LEAST in flags
    )
    value = Timespan("", end_precision=Precision.OPEN, kind=Kind.RECURRING, tentative=tentative, cadence=cadence)
    problems: list[Problem] = []
    for phrase in phrases:
        if phrase.times:
            value = _bounded(value, phrase, context, problems)
    if Role.FIXED_TERM in flags and value.end is None:
        problems.append(Problem(doubts.FIXED_TERM_WITHOUT_END))
    return value, problems, [word for phrase in phrases for word in phrase.unknown]


def _whole_cadence(rhythm: Rhythm, context: Context) -> tuple[Cadence, list[Sequence[Token]]]:
    """Join "vuosittain" with the time of the year that a second cadence tells ("toimintavuoden päättyessä")."""
    second = find_rhythm(rhythm.after, context)
    if second is None or not second.cadence.yearly or replace(second.cadence, yearly=None) != rhythm.cadence:
        return rhythm.cadence, [rhythm.before, rhythm.after]
    return second.cadence, [rhythm.before, second.before, second.after]


def _bounded(value: Timespan, phrase: Phrase, context: Context, problems: list[Problem]) -> Timespan:
    """Add a time beside a cadence: without a year it tells when in the year, with one it bounds the repetition."""
    cadence = value.cadence
    if cadence and cadence.unit is Pace.YEAR and not any(atom.dated for atom in phrase.atoms):
        within, found = read_interval(phrase, context, any_year=True)
        problems.extend(found)
        return replace(value, cadence=replace(cadence, yearly=_yearly(within)))
    bounds, found = read_interval(phrase, context)
    problems.extend(found)
    if value.start or value.end or (cadence and cadence.unit is Pace.YEAR and _within_year(bounds)):
        problems.append(Problem(doubts.UNCLEAR_KIND))
    precisions = (bounds.start_precision, bounds.end_precision if bounds.end else Precision.OPEN)
    return replace(
        value, start=bounds.start, end=bounds.end, start_precision=precisions[0], end_precision=precisions[1]
    )


def _within_year(bounds: Timespan) -> bool:
    """Tell bounds such as "syyskuussa 2024–2026", which may mean every September."""
    parts = (Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.HALF)
    return bounds.start_precision in parts or bounds.end_precision in parts


def _yearly(within: Timespan) -> Yearly:
    if within.end is None:
        raise Unreadable(Problem(doubts.UNCLEAR_KIND))
    start = MonthDay(within.start.month, within.start.day) if within.start else None
    same = start is None or within.start_precision is within.end_precision
    named = same and within.end_precision not in (Precision.YEAR, Precision.TERM)
    precision = within.end_precision if named else Precision.DAY
    return Yearly(start, MonthDay(within.end.month, within.end.day), precision)
