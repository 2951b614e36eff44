"""How headings, names and words of workbooks are compared: what a person sees as the same is the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@lru_cache(maxsize=65_536)
def norm(text: str) -> str:
    """Give the form in which texts are compared: NFC, no soft hyphens, single blanks, no trailing ":.*", casefold."""
    return _collapsed(text).rstrip(":.* ").casefold()


@lru_cache(maxsize=4096)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Compile a pattern in which a star stands for anything; it is used on normalised text and must cover it whole."""
    return re.compile(".*".join(re.escape(part) for part in _collapsed(glob).casefold().split("*")))


def matches(text: str, globs: Iterable[str]) -> bool:
    """Tell whether a text is one of those given, which may hold stars."""
    plain = norm(text)
    return any(norm(glob) == plain or glob_pattern(glob).fullmatch(plain) for glob in globs)


def _collapsed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "").split())
