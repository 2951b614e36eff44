"""The process that runs Typst: takes what to make as JSON on standard input, gives the file on standard output.

Typst keeps what it has laid out, hundreds of megabytes after some documents; with this process all of it goes.
"""

from __future__ import annotations

import json
import sys
from importlib import resources
from typing import Any

import typst

from portfolio.files.pdf.letters import Spelling, fonts, spell_out

UNSETTABLE = ("could not be displayed", "disallowed codepoint")
"""What Typst says of a letter that PDF/UA-1 does not allow as it is."""


def make(source: str, inputs: dict[str, str], options: dict[str, Any]) -> bytes:
    """Give the file of one of our sources, filled with texts as they are; ``options`` are Typst's own."""
    text = resources.files("portfolio.files.pdf").joinpath(source).read_bytes()
    for how in (Spelling.MISSING, Spelling.UNSEEN):
        try:
            return _compile(text, inputs, how, options)
        except typst.TypstError as error:
            if not any(sign in str(error) for sign in UNSETTABLE):
                raise
    return _compile(text, inputs, Spelling.RARE, options)


def _compile(text: bytes, inputs: dict[str, str], how: Spelling, options: dict[str, Any]) -> bytes:
    spelt = {name: spell_out(value, how) for name, value in inputs.items()}
    made = typst.compile(text, font_paths=fonts(), sys_inputs=spelt, **options)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single file")
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(make(**json.load(sys.stdin.buffer)))
