"""Ordering, finding, checking and cleaning of Finnish text; every function is pure and works the same everywhere."""

import html
import re
import unicodedata
from itertools import cycle

_LAST_LETTERS = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
_BASES = {"w": "v", "ü": "y", "đ": "d", "ð": "d", "ł": "l", "ŋ": "n", "ŧ": "t", "ı": "i", "œ": "oe", "þ": "th"}
_DIGITS = re.compile(r"[0-9]+")
_NOT_WORD = re.compile(r"[\W_]+")

_CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_CHECK_MODULUS = len(_CHECK_LETTERS)
_PRIMITIVE_ROOT = 5
_DASHES = re.compile(r"[‐-―−]")

_BLOCK = re.compile(r"(?:</?(?:p|br|ul|ol|li|div|h[1-6]|table|thead|tbody|tr|td|th)\b[^<>]*>\s*)+", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:span|b|strong|i|em|u|s|sub|sup|a|font)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]+|#[0-9]+|#x[0-9a-f]+);", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]")
_MOST_DIGITS = 18
_KEPT_JOINERS = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Cs")


def sort_key(text: str) -> str:
    """Give a key that sorts in Finnish order when compared by code point.

    Case does not matter, nor do accents and punctuation except between otherwise equal texts; digits come before
    letters, runs of digits by their value (T-2 before T-10); w stands beside v, ü with y, and å, ä, ö last (SFS 4600).
    """
    folded = unicodedata.normalize("NFC", text.casefold())
    words = _NOT_WORD.sub(" ", folded).strip().translate(_BASE_OF)
    primary = _DIGITS.sub(lambda run: _measured(run[0]), words)
    return primary if words == folded else f"{primary}\t{folded}"


def search_key(text: str) -> str:
    """Give the form in which texts are compared when searching: case and spacing do not matter, å ä ö do."""
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def check_letter(text: str) -> str:
    """Give the letter that guards an id against typing errors; never I, O or Q.

    It finds any one wrong digit, any swap of neighbours that are digits or hyphens, and a digit typed as the letter it
    looks like; also wrong and swapped letters, save the pairs A–X, B–Y and C–Z, since 26 letters do not fit in 23.
    """
    weights = cycle(pow(_PRIMITIVE_ROOT, power, _CHECK_MODULUS) for power in range(1, _CHECK_MODULUS))
    total = sum(weight * _check_value(character) for weight, character in zip(weights, _as_id(text), strict=False))
    return _CHECK_LETTERS[total % _CHECK_MODULUS]


def with_check_letter(text: str) -> str:
    """Give the id in capitals with its check letter after a hyphen: "T-014" becomes "T-014-K" in shape."""
    return f"{_as_id(text)}-{check_letter(text)}"


def has_valid_check_letter(text: str) -> bool:
    """Tell whether an id ends in the check letter that belongs to it; case, spaces and kinds of dash do not matter."""
    body, _, letter = _as_id(text).rpartition("-")
    return bool(body) and letter == check_letter(body)


def read_whole(text: str) -> int | None:
    """Read digits as a whole number of at most 18 of them; None for anything else.

    A cell or an address may hold thousands of digits, which Python refuses to read and no database could compare.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def slug(text: str, length: int = 40) -> str:
    """Give a code made from a name: small letters a–z, digits and hyphens ("Oma työ" → "oma-tyo")."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:length].rstrip("-")


def clean(text: str) -> str:
    """Give ordinary text: lines stripped, markup made lines, no-break spaces made spaces, control characters gone.

    What merely looks like markup ("a < b") stays. Cleaning what is clean changes nothing.
    """
    before = None
    while text != before:
        before, text = text, _cleaned_once(text)
    return text


def _base(letter: str) -> str:
    if letter in _LAST_LETTERS:
        return _LAST_LETTERS[letter]
    if letter in _BASES:
        return _BASES[letter]
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


class _Bases(dict[int, str]):
    """The base of each letter by its code point, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _base(chr(code))
        return self[code]


_BASE_OF = _Bases()


def _measured(run: str) -> str:
    """Put the length before the digits, so that longer numbers sort after shorter ones."""
    digits = run.lstrip("0") or "0"
    nines, rest = divmod(len(digits), 9)
    return "9" * nines + str(rest) + digits


def _as_id(text: str) -> str:
    return _DASHES.sub("-", "".join(text.split())).upper()


def _check_value(character: str) -> int:
    """Map digits to themselves and letters so that none shares the value of a digit it looks like (O/0, I/1, S/5)."""
    if "0" <= character <= "9":
        return int(character)
    offset = 5 - ord("A") if "A" <= character <= "Z" else 0
    return (ord(character) + offset) % _CHECK_MODULUS


def _cleaned_once(text: str) -> str:
    text = _INLINE.sub("", _BLOCK.sub("\n", text))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    text = _SPACES.sub(" ", _LINE_END.sub("\n", unicodedata.normalize("NFC", text)))
    visible = "".join(
        character
        for character in text
        if character in "\n" + _KEPT_JOINERS or unicodedata.category(character) not in _INVISIBLE
    )
    lines = [line.strip() for line in visible.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
