"""Where ledger profiles are: ``ledger.toml`` in a municipality's folder of imports."""

from __future__ import annotations

from pathlib import Path

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.ledger.profile import LedgerProfile, parse_ledger_profile
from portfolio.exchange.profile.folders import IN_PROFILE, imports_folder

FILE = "ledger.toml"
NO_PROFILE = N_('There is no ledger profile "%(name)s". Known are: %(known)s.')


def ledgers_of(folder: Path) -> list[LedgerProfile]:
    """Read the ledger profile of a folder, if it has one; the problems of a refusal name the folder and the key."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        return [parse_ledger_profile(path.read_text(encoding="utf-8"))]
    except Refusal as refusal:
        told = [
            Problem(IN_PROFILE, {"profile": f"{folder.name}/{FILE}", "place": one.place or "", "problem": one})
            for one in refusal.problems
        ]
        raise Refusal(*told) from refusal


def ledger_profiles(municipality: str | None = None) -> list[LedgerProfile]:
    """Read every ledger profile, or those of one municipality by its code."""
    found = [one for path in sorted(imports_folder().glob(f"*/{FILE}")) for one in ledgers_of(path.parent)]
    return [one for one in found if municipality in (None, one.municipality)]


def ledger_profile(name: str, municipality: str | None = None) -> LedgerProfile:
    """Find a profile by its name; refuses with the names that are known."""
    known = ledger_profiles(municipality)
    for one in known:
        if one.name == name:
            return one
    raise Refusal(Problem(NO_PROFILE, {"name": name, "known": ", ".join(one.name for one in known) or "–"}))
