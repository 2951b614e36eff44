"""Several people in one cell: "A / B", "A, varalla B"; the first is responsible, the rest must not be lost."""

from __future__ import annotations

import re

SEVERAL = r"\s*(?:/|;|,|&|\n|\+|\(?\b(?:varalla|varahlö|sekä|ersättare|samt|deputy)\b:?)\s*"
"""What stands between several people; "ja" and "and" are no such words, since they stand in titles of posts."""

_SEVERAL = re.compile(SEVERAL)


def first_of(text: str) -> str:
    """Give the first of several people in a cell, or the whole text."""
    return _SEVERAL.split(text.strip(), maxsplit=1)[0].strip()


def has_several(text: str) -> bool:
    """Tell whether a cell names several people."""
    parts = [part for part in _SEVERAL.split(text.strip()) if part.strip(" ()")]
    return len(parts) > 1


def split_pattern(first: str, rest: str) -> str:
    """Give the regular expression that parts a cell into the first person and all the others."""
    return rf"^(?P<{first}>(?:(?!{SEVERAL})[\s\S])+?){SEVERAL}\(?(?P<{rest}>[\s\S]+?)\)?$"
