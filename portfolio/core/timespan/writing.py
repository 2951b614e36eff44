"""The writer of times: canonical words for a timespan, which the reader reads back as the same timespan."""

from collections.abc import Iterator

from portfolio.core.timespan.context import Context
from portfolio.core.timespan.naming import EN_DASH, Namer, Unit
from portfolio.core.timespan.value import LEAP_YEAR, Cadence, Kind, Precision, Timespan, Yearly
from portfolio.core.timespan.wording import WORDINGS, Wording

_DEFAULT = Context()
_NAMED_BY_YEAR = (Precision.YEAR, Precision.TERM)


def format(timespan: Timespan, language: str, context: Context | None = None) -> str:  # noqa: A001 - the package's verb
    """Give the words of a timespan, or canonical ones when it has none.

    `parse` reads canonical words of any language back as the same timespan, given the same seasons and council terms; a
    precision that no named unit fits (a season with other limits) is written by its days.
    """
    if timespan.words or timespan.kind is Kind.UNREAD:
        return timespan.words
    namer = Namer(WORDINGS[language], language, context or _DEFAULT)
    words = " ".join(filter(None, _parts(timespan, namer)))
    return f"{namer.wording.tentative} {words}" if timespan.tentative else words


def _parts(timespan: Timespan, namer: Namer) -> Iterator[str]:
    yield _bounds(timespan, namer)
    if timespan.kind is Kind.ONGOING:
        yield namer.wording.ongoing
    elif timespan.cadence:
        yield cadence_words(timespan.cadence, namer.wording)
        if timespan.cadence.yearly:
            yield _yearly(timespan.cadence.yearly, namer)
    elif timespan.start is None and timespan.end is None:
        yield namer.wording.fixed_term


def _bounds(timespan: Timespan, namer: Namer) -> str:
    if timespan.start and timespan.end:
        opening = namer.opening(timespan.start, timespan.start_precision)
        closing = namer.closing(timespan.end, timespan.end_precision)
        return _whole(opening, closing) or _between(opening[0], closing[0])
    if timespan.end:
        return _framed(namer.closing(timespan.end, timespan.end_precision)[0], "by", namer)
    if timespan.start:
        return _framed(namer.opening(timespan.start, timespan.start_precision)[0], "since", namer)
    return ""


def _whole(opening: list[Unit], closing: list[Unit]) -> str | None:
    """Name the one unit that both opens and closes an interval."""
    return next((unit.text() for unit in opening if unit in closing), None)


def _between(first: Unit, last: Unit, *, dated: bool = True) -> str:
    """Write a range; a year that both ends share is written once."""
    precisions = {first.span.precision, last.span.precision}
    shared = first.year == last.year and len(precisions) == 1 and not precisions & {*_NAMED_BY_YEAR}
    start = first.text(dated=dated and not shared)
    end = last.text(dated=dated)
    dash = f" {EN_DASH} " if " " in start or " " in last.text(dated=False) else EN_DASH
    return f"{start}{dash}{end}"


def _framed(unit: Unit, case: str, namer: Namer, *, dated: bool = True) -> str:
    wording = namer.wording
    frame = wording.day_frame if unit.span.precision is Precision.DAY else wording.frame
    text: str = getattr(frame, case)
    return text.format(name=unit.text(case, dated=dated))


def cadence_words(cadence: Cadence, wording: Wording) -> str:
    """Write a rhythm without its time of the year: "noin 2 viikon välein"."""
    rhythms = wording.rhythms[cadence.unit]
    if cadence.every == 1:
        pattern = rhythms.each if cadence.times == 1 else rhythms.times
    else:
        pattern = rhythms.every if cadence.times == 1 else rhythms.times_in
    rhythm = pattern.format(times=cadence.times, every=cadence.every)
    flags = (wording.at_least if cadence.at_most else "", wording.approximate if cadence.approximate else "")
    return " ".join(filter(None, (*flags, rhythm)))


def _yearly(yearly: Yearly, namer: Namer) -> str:
    closing = namer.closing(yearly.end.on(LEAP_YEAR), yearly.precision)
    if yearly.start is None:
        return _framed(closing[0], "by", namer, dated=False)
    opening = namer.opening(yearly.start.on(LEAP_YEAR), yearly.precision)
    whole = next((unit for unit in opening if unit in closing), None)
    return _framed(whole, "within", namer, dated=False) if whole else _between(opening[0], closing[0], dated=False)
