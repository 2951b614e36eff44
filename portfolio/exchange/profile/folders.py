"""Where import profiles are: one folder per municipality, beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.profile import Profile, parse_profile

IMPORTS = "PORTFOLIO_IMPORTS"
FILE = "profile.toml"
PACKAGE = Path(__file__).resolve().parents[2]

IN_PROFILE = N_("%(profile)s, %(place)s: %(problem)s")


@dataclass(frozen=True, slots=True)
class Folder:
    """A profile and the folder in which its workbooks lie."""

    path: Path
    profile: Profile


def imports_folder() -> Path:
    """Return the folder of folders: PORTFOLIO_IMPORTS, or what came with the program."""
    if setting := os.environ.get(IMPORTS):
        return Path(setting)
    inside = PACKAGE / "imports"
    return inside if inside.is_dir() else PACKAGE.parent / "imports"


def folders(root: Path | None = None) -> list[Folder]:
    """Read every profile, in alphabetical order; raises Refusal with each key that is wrong in any."""
    found: list[Folder] = []
    problems: list[Problem] = []
    for path in sorted((root or imports_folder()).glob(f"*/{FILE}")):
        try:
            found.append(read_folder(path.parent))
        except Refusal as refusal:
            problems += refusal.problems
    if problems:
        raise Refusal(*problems)
    return found


def read_folder(path: Path) -> Folder:
    """Read one folder's profile; the problems of a refusal name the folder and the key."""
    try:
        return Folder(path, parse_profile((path / FILE).read_text(encoding="utf-8")))
    except Refusal as refusal:
        shown = [
            Problem(IN_PROFILE, {"profile": path.name, "place": str(one.place or ""), "problem": one}, one.place)
            for one in refusal.problems
        ]
        raise Refusal(*shown) from refusal


def profiles_of(code: str) -> list[Profile]:
    """Return the profiles of one municipality, by its code, that lie in folders."""
    found = (folder.profile for folder in folders())
    return [one for one in found if one.municipality is not None and one.municipality.code == code]
