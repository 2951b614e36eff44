"""Where import profiles are: one folder per municipality, beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.profile import Profile, parse_profile
from portfolio.exchange.rows import fits
from portfolio.files.cells import Workbook

IMPORTS = "PORTFOLIO_IMPORTS"
FILE = "profile.toml"
PACKAGE = Path(__file__).resolve().parent.parent

NO_PROFILE = N_('There is no profile "%(name)s". Known are: %(known)s.')
NONE_FITS = N_("No profile fits this file. Name one with --profile; known are: %(known)s.")
SEVERAL_FIT = N_("Several profiles fit this file: %(found)s. Name one with --profile.")
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


def find_profile(name: str | None, file: Path, workbook: Workbook) -> Folder:
    """Find a profile by name, else by the file's own folder, else as the only one that fits the workbook."""
    if name is None and (file.resolve().parent / FILE).is_file():
        return read_folder(file.resolve().parent)
    known = folders()
    names = ", ".join(folder.profile.name for folder in known)
    if name is not None:
        found = [folder for folder in known if folder.profile.name == name]
        if not found:
            raise Refusal(Problem(NO_PROFILE, {"name": name, "known": names}))
        return found[0]
    fitting = [folder for folder in known if fits(workbook, folder.profile)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise Refusal(Problem(NONE_FITS, {"known": names}))
    raise Refusal(Problem(SEVERAL_FIT, {"found": ", ".join(folder.profile.name for folder in fitting)}))
