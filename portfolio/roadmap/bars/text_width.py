"""How wide a text is at most: labels are placed by it, so it errs on the wide side."""

from __future__ import annotations

from functools import lru_cache

LABEL_SIZE = 12
AXIS_SIZE = 12
ELLIPSIS = "…"
WESTERN = "cp1252"
"""The letters that texts are mostly written in, one byte each; a question mark stands for any other."""

_HUNDREDTHS = {
    28: "ijl",
    30: "IJ",
    32: " .,·’'|\N{NO-BREAK SPACE}",
    36: "f:;/-",
    42: 'rt()!"',
    50: "–",
    55: "scz?§",
    64: "abdeghknopquvxyåäöLFPTYES0123456789€",
    70: "ABCKRVXZÅÄ",
    80: "wDGHNOQUÖ&",
    88: "M+✓",
    97: "m%",
}


class _Widths(dict[str, int]):
    """Letters' widths in hundredths of the size, in DejaVu Sans: the widest of the fonts that the pages name."""

    def __missing__(self, letter: str) -> int:
        """Take any other letter to be as wide as it is high."""
        return 100


_WIDTHS = _Widths({letter: width for width, letters in _HUNDREDTHS.items() for letter in letters})
_BYTES = bytes(
    100 if letter == "?" else _WIDTHS[letter]
    for letter in (bytes([code]).decode(WESTERN, "replace") for code in range(256))
)


@lru_cache(maxsize=8192)
def width_of(text: str, size: int = LABEL_SIZE) -> float:
    """Give the pixels a line of text takes at most."""
    return size * sum(map(_WIDTHS.__getitem__, text)) / 100


def roughly(text: str, size: int) -> float:
    """Give the pixels that one of thousands of lines takes at most; rare letters count as wide."""
    return size * sum(text.encode(WESTERN, "replace").translate(_BYTES)) / 100


def shorten(text: str, letters: int) -> str:
    """Put a text on one line and ``cut`` it."""
    return cut(" ".join(text.split()), letters)


def cut(line: str, letters: int) -> str:
    """Cut a line after a whole word, where one ends in the second half, and say with an ellipsis that it was cut.

    Titles are lines already: they are tidied when they are written.
    """
    if len(line) <= letters:
        return line
    kept = line[: letters - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > letters // 2 else kept).rstrip(" ,.;:–-·") + ELLIPSIS


def fit(text: str, room: float, size: int = LABEL_SIZE) -> str:
    """Shorten a text as little as it takes to stand in so many pixels; one letter is always left."""
    letters = len(text)
    while letters > 1 and width_of(shorten(text, letters), size) > room:
        letters -= 1
    return shorten(text, letters)
