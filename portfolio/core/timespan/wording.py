"""The words in which a language writes times: every name in four cases, and the frames that go round it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from portfolio.core.language import month_name
from portfolio.core.timespan.context import Season
from portfolio.core.timespan.value import Pace, Precision


class Cases(NamedTuple):
    """A name, or a frame for one: by itself, as the latest time, as the start, and as the time within."""

    plain: str
    by: str
    since: str
    within: str


class Rhythms(NamedTuple):
    """How a pace is told: each one, several times in each, every so many, and several times in so many."""

    each: str
    times: str
    every: str
    times_in: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; frames hold {name}, names of quarters and halves {number}, rhythms {times} and {every}."""

    frame: Cases
    day_frame: Cases
    months: tuple[Cases, ...]
    seasons: Mapping[Season, Cases]
    quarter: Cases
    halves: tuple[Cases, Cases]
    year: Cases
    term: Cases
    rhythms: Mapping[Pace, Rhythms]
    ongoing: str
    fixed_term: str
    tentative: str
    approximate: str
    at_least: str

    def names(self, precision: Precision, number: int) -> Cases:
        """Give the cases of a month, quarter or half by its number, of a year or a term."""
        if precision is Precision.MONTH:
            return self.months[number - 1]
        if precision is Precision.HALF:
            return self.halves[number - 1]
        if precision is Precision.QUARTER:
            return Cases(*(case.format(number=number) for case in self.quarter))
        return self.term if precision is Precision.TERM else self.year


def _same(name: str) -> Cases:
    return Cases(name, name, name, name)


def _by_season(*seasons: Cases) -> Mapping[Season, Cases]:
    return MappingProxyType(dict(zip(Season, seasons, strict=True)))


def _finnish_month(number: int) -> Cases:
    month = month_name(number, "fi")
    return Cases(month, f"{month}n", f"{month}sta", f"{month}ssa")


_FINNISH = Wording(
    frame=Cases("{name}", "{name} loppuun mennessä", "{name} alkaen", "{name}"),
    day_frame=Cases("{name}", "{name} mennessä", "{name} alkaen", "{name}"),
    months=tuple(map(_finnish_month, range(1, 13))),
    seasons=_by_season(
        Cases("kevät", "kevään", "keväästä", "keväällä"),
        Cases("kesä", "kesän", "kesästä", "kesällä"),
        Cases("syksy", "syksyn", "syksystä", "syksyllä"),
        Cases("alkuvuosi", "alkuvuoden", "alkuvuodesta", "alkuvuonna"),
        Cases("loppuvuosi", "loppuvuoden", "loppuvuodesta", "loppuvuonna"),
        Cases("loppukevät", "loppukevään", "loppukeväästä", "loppukeväällä"),
        Cases("kevätkausi", "kevätkauden", "kevätkaudesta", "kevätkaudella"),
        Cases("syyskausi", "syyskauden", "syyskaudesta", "syyskaudella"),
    ),
    quarter=Cases(
        "{number}. neljännes", "{number}. neljänneksen", "{number}. neljänneksestä", "{number}. neljänneksellä"
    ),
    halves=(
        Cases("1. vuosipuolisko", "1. vuosipuoliskon", "1. vuosipuoliskosta", "1. vuosipuoliskolla"),
        Cases("2. vuosipuolisko", "2. vuosipuoliskon", "2. vuosipuoliskosta", "2. vuosipuoliskolla"),
    ),
    year=Cases("", "vuoden", "vuodesta", "vuonna"),
    term=Cases("valtuustokausi", "valtuustokauden", "valtuustokaudesta", "valtuustokaudella"),
    rhythms=MappingProxyType(
        {
            Pace.DAY: Rhythms(
                "päivittäin", "{times} kertaa päivässä", "{every} päivän välein", "{times} kertaa {every} päivässä"
            ),
            Pace.WEEK: Rhythms(
                "viikoittain", "{times} kertaa viikossa", "{every} viikon välein", "{times} kertaa {every} viikossa"
            ),
            Pace.MONTH: Rhythms(
                "kuukausittain",
                "{times} kertaa kuukaudessa",
                "{every} kuukauden välein",
                "{times} kertaa {every} kuukaudessa",
            ),
            Pace.YEAR: Rhythms(
                "vuosittain", "{times} kertaa vuodessa", "{every} vuoden välein", "{times} kertaa {every} vuodessa"
            ),
        }
    ),
    ongoing="toistaiseksi",
    fixed_term="määräaikainen",
    tentative="mahdollisesti",
    approximate="noin",
    at_least="vähintään",
)

_SWEDISH = Wording(
    frame=Cases("{name}", "senast i slutet av {name}", "från {name}", "under {name}"),
    day_frame=Cases("{name}", "senast {name}", "från {name}", "{name}"),
    months=tuple(_same(month_name(number, "sv")) for number in range(1, 13)),
    seasons=_by_season(
        *map(
            _same, ("våren", "sommaren", "hösten", "årsbörjan", "årsslutet", "senvåren", "vårperioden", "höstperioden")
        )
    ),
    quarter=_same("kvartal {number}"),
    halves=(_same("första halvåret"), _same("andra halvåret")),
    year=_same(""),
    term=_same("fullmäktigeperioden"),
    rhythms=MappingProxyType(
        {
            Pace.DAY: Rhythms(
                "dagligen", "{times} gånger per dag", "med {every} dagars mellanrum", "{times} gånger per {every} dagar"
            ),
            Pace.WEEK: Rhythms(
                "varje vecka",
                "{times} gånger per vecka",
                "med {every} veckors mellanrum",
                "{times} gånger per {every} veckor",
            ),
            Pace.MONTH: Rhythms(
                "varje månad",
                "{times} gånger per månad",
                "med {every} månaders mellanrum",
                "{times} gånger per {every} månader",
            ),
            Pace.YEAR: Rhythms(
                "årligen", "{times} gånger per år", "med {every} års mellanrum", "{times} gånger per {every} år"
            ),
        }
    ),
    ongoing="tills vidare",
    fixed_term="tidsbunden",
    tentative="möjligen",
    approximate="cirka",
    at_least="minst",
)

_ENGLISH = Wording(
    frame=Cases("{name}", "by the end of {name}", "from {name}", "in {name}"),
    day_frame=Cases("{name}", "by {name}", "from {name}", "on {name}"),
    months=tuple(_same(month_name(number, "en")) for number in range(1, 13)),
    seasons=_by_season(
        _same("spring"),
        _same("summer"),
        _same("autumn"),
        Cases("early", "early year", "early year", "early year"),
        Cases("late", "late year", "late year", "late year"),
        *map(_same, ("late spring", "spring period", "autumn period")),
    ),
    quarter=_same("Q{number}"),
    halves=(_same("H1"), _same("H2")),
    year=_same(""),
    term=_same("council term"),
    rhythms=MappingProxyType(
        {
            Pace.DAY: Rhythms("daily", "{times} times a day", "every {every} days", "{times} times in {every} days"),
            Pace.WEEK: Rhythms(
                "weekly", "{times} times a week", "every {every} weeks", "{times} times in {every} weeks"
            ),
            Pace.MONTH: Rhythms(
                "monthly", "{times} times a month", "every {every} months", "{times} times in {every} months"
            ),
            Pace.YEAR: Rhythms(
                "yearly", "{times} times a year", "every {every} years", "{times} times in {every} years"
            ),
        }
    ),
    ongoing="until further notice",
    fixed_term="fixed-term",
    tentative="possibly",
    approximate="about",
    at_least="at least",
)

WORDINGS: Mapping[str, Wording] = MappingProxyType({"fi": _FINNISH, "sv": _SWEDISH, "en": _ENGLISH})
