"""Writing documents as tagged PDF (PDF/UA-1), and drawings as pictures, by Typst: no browser, no network.

Typst itself refuses what PDF/UA-1 does not allow, such as a picture without alternative text. Fonts come from packages,
not from the machine, so that a document looks the same everywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.files.document import Document, without_controls
from portfolio.files.pdf.plain import plain

STANDARD = "ua-1"
POINTS_PER_INCH = 72
MOST_SECONDS = 60
TOO_LONG = N_("The document could not be made in %(seconds)s seconds. Narrow down what it shows, and try again.")
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that the process needs of our surroundings, which hold secrets too."""


def write_pdf(document: Document) -> bytes:
    """Write a document as tagged PDF in its language. Raises Refusal where it is too much for ``MOST_SECONDS``."""
    inputs = {"document": json.dumps(plain(document), ensure_ascii=False)}
    return _typeset("document.typ", inputs, {"format": "pdf", "pdf_standards": STANDARD})


def draw_png(svg: str, width: float, height: float, *, scale: float = 2) -> bytes:
    """Draw an SVG of so many pixels as a PNG of ``scale`` times as many."""
    inputs = {"svg": without_controls(svg), "width": str(width), "height": str(height)}
    return _typeset("picture.typ", inputs, {"format": "png", "ppi": POINTS_PER_INCH * scale})


def _typeset(source: str, inputs: dict[str, str], options: dict[str, Any]) -> bytes:
    """Have a process make the file, so that Typst's memory ends with it."""
    asked = json.dumps({"source": source, "inputs": inputs, "options": options}).encode()
    command = [sys.executable, "-I", "-m", "portfolio.files.pdf.typesetting"]
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and what it is given is data
            command, input=asked, capture_output=True, timeout=MOST_SECONDS, check=False, env=kept
        )
    except subprocess.TimeoutExpired:
        raise Refusal(Problem(TOO_LONG, {"seconds": MOST_SECONDS})) from None
    if done.returncode:
        raise RuntimeError(f"Typst made no file: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout
