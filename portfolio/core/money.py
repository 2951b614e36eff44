"""Euros as decimals: what planners type is read without guessing, and written as the language writes it."""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from types import MappingProxyType

from portfolio.core.language import MINUS, N_, NO_BREAK, format_number, say
from portfolio.core.problem import Problem

UNITS = MappingProxyType({"eur": Decimal(1), "teur": Decimal(1000), "meur": Decimal(1_000_000)})
LARGEST = Decimal("999999999999.99")
NOT_KNOWN = N_("not known")
NO_SEPARATE_APPROPRIATION = N_("no separate appropriation")
NOT_AN_AMOUNT = N_(
    '"%(text)s" is not an amount of money. Write for example 40 000, 1 234,50 or 0,5 milj. €, '
    "or leave it empty when the amount is not known."
)
AMBIGUOUS = N_(
    '"%(text)s" can be read as thousands or as decimals. Write thousands with a space (1 234) and at most two decimals.'
)
TOO_PRECISE = N_('"%(text)s" is more precise than a cent.')
TOO_LARGE = N_('"%(text)s" is too large an amount: at most %(largest)s euros.')

_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")
_UNKNOWN = frozenset({"", "ei tietoa", "ei tiedossa", "ingen uppgift", "not known", "unknown"})
_EXPLICIT_ZERO = frozenset(
    {"ei erillistä määrärahaa", "inget separat anslag", "inga separata anslag", "no separate appropriation"}
)
_EUROS = r"(?:€|eur|euroa?|euros)"
_AMOUNT = re.compile(
    rf"""(?P<sign>-?)\ ?
    (?P<whole>\d{{1,3}}(?:(?P<mark>[\ .,'])\d{{3}})(?:(?P=mark)\d{{3}})*|\d+)
    (?P<decimals>[.,]\d+)?\ ?
    (?:(?P<eur>{_EUROS}|,-(?:\ ?{_EUROS})?)
     |(?P<teur>[tk]\ ?{_EUROS}|te|(?:tuhatta|tusen|thousand)(?:\ ?{_EUROS})?|[(x×*]?\ ?1\ ?000\ ?{_EUROS}\)?)
     |(?P<meur>m\ ?{_EUROS}|(?:milj\.?|mn|miljoonaa?|miljon(?:er)?|million)(?:\ ?{_EUROS})?))?""",
    re.VERBOSE | re.ASCII,
)
_EUROS_FIRST = re.compile(rf"(-?) ?{_EUROS} ?(-?.*\d.*)")
_MINUS_SIGNS = re.compile(r"[‐-―−]")
_SUFFIXES = MappingProxyType(
    {
        "eur": MappingProxyType({"fi": "", "sv": "", "en": ""}),
        "teur": MappingProxyType({"fi": "t", "sv": "t", "en": "k"}),
        "meur": MappingProxyType({"fi": f"milj.{NO_BREAK}", "sv": f"mn{NO_BREAK}", "en": f"{NO_BREAK}million"}),
    }
)


def parse_money(text: str, unit: str = "eur") -> Decimal | Problem | None:
    """Read an amount as euros; None when it is not known, zero for "no separate appropriation", a Problem when unsure.

    `unit` ("eur", "teur", "meur") holds for a number without a unit of its own. Finnish, Swedish and English forms are
    read; what could be thousands or decimals ("1.234"), amounts in words and parts of a cent are refused.
    """
    plain = _MINUS_SIGNS.sub("-", " ".join(text.split())).casefold()
    if plain in _UNKNOWN:
        return None
    if plain in _EXPLICIT_ZERO:
        return Decimal(0)
    match = _AMOUNT.fullmatch(_EUROS_FIRST.sub(r"\1\2€", plain))
    if match is None:
        return Problem(NOT_AN_AMOUNT, {"text": text.strip()})
    own_unit = next((name for name in UNITS if match[name]), unit)
    number = _number(match, own_unit)
    if number is None:
        return Problem(AMBIGUOUS, {"text": text.strip()})
    return _checked(number * UNITS[own_unit], text)


def to_euros(number: Decimal | float, unit: str = "eur") -> Decimal | Problem:
    """Give a number cell of a workbook as euros and cents; a float's noise beyond the cent is rounded off."""
    amount = Decimal(str(number))
    if not amount.is_finite():
        return Problem(NOT_AN_AMOUNT, {"text": str(number)})
    if abs(amount * UNITS[unit]) > LARGEST:
        return Problem(TOO_LARGE, {"text": str(number), "largest": LARGEST})
    return (amount * UNITS[unit]).quantize(_CENT, ROUND_HALF_EVEN).normalize() + 0


def format_money(amount: Decimal | None, language: str, unit: str = "eur") -> str:
    """Write euros with no-break spaces and without cents when whole; None is the words for "not known".

    In "teur" and "meur" one decimal is kept, and an amount that this would hide is written in euros.
    """
    if amount is None:
        return say(NOT_KNOWN, language)
    if unit != "eur" and abs(amount) < UNITS[unit] * _TENTH:
        unit = "eur"
    number = (abs(amount) / UNITS[unit]).quantize(_CENT if unit == "eur" else _TENTH, ROUND_HALF_UP)
    whole = number == number.to_integral_value()
    digits = format_number(number.to_integral_value() if whole else number, language)
    sign = MINUS if amount < 0 and number else ""
    suffix = _SUFFIXES[unit][language]
    return f"{sign}€{digits}{suffix}" if language == "en" else f"{sign}{digits}{NO_BREAK}{suffix}€"


def format_appropriation(amount: Decimal | None, language: str) -> str:
    """Write one item's own money: an explicit zero is the words "no separate appropriation" (requirement 135)."""
    if amount is not None and not amount:
        return say(NO_SEPARATE_APPROPRIATION, language)
    return format_money(amount, language)


def _number(match: re.Match[str], unit: str) -> Decimal | None:
    """Give the number, or None when its one mark before three digits may separate thousands as well as decimals."""
    whole, mark, decimals = match["whole"], match["mark"], match["decimals"] or ""
    if mark in (".", ",") and whole.count(mark) == 1 and not decimals:
        if not whole.startswith("0") and (mark == "." or unit == "eur"):
            return None
        whole, decimals = whole.replace(mark, "."), ""
    elif mark and decimals.startswith(mark):
        return None
    elif mark:
        whole = whole.replace(mark, "")
    return Decimal(f"{match['sign']}{whole}{decimals.replace(',', '.')}")


def _checked(amount: Decimal, text: str) -> Decimal | Problem:
    if abs(amount) > LARGEST:
        return Problem(TOO_LARGE, {"text": text.strip(), "largest": LARGEST})
    if amount != amount.quantize(_CENT):
        return Problem(TOO_PRECISE, {"text": text.strip()})
    return amount.quantize(_CENT) if amount != amount.to_integral_value() else amount.to_integral_value()
