"""Finding the profile that a workbook on the command line is meant for."""

from __future__ import annotations

from pathlib import Path

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.profile.folders import FILE, Folder, folders, read_folder
from portfolio.exchange.rows import fits
from portfolio.files.cells import Workbook

__all__ = ["Folder", "find_profile", "folders", "read_folder"]

NO_PROFILE = N_('There is no profile "%(name)s". Known are: %(known)s.')
SEVERAL_FIT = N_("Several profiles fit this file: %(found)s. Name one with --profile.")


def find_profile(name: str | None, file: Path, workbook: Workbook) -> Folder | None:
    """Find a profile by name, else by the file's own folder, else as the only one that fits the workbook.

    None when none fits; raises Refusal when several do, or the name is not known.
    """
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
        return None
    raise Refusal(Problem(SEVERAL_FIT, {"found": ", ".join(folder.profile.name for folder in fitting)}))
