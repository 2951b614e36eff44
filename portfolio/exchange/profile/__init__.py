"""Import profiles: how one municipality lays out its workbooks, read from TOML and checked; pure.

The keys are those of ``imports/*/profile.toml``; a person's saved profile has the same schema without the set-up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.profile.dump import dump
from portfolio.exchange.profile.load import Loader
from portfolio.exchange.profile.meaning import END, PSEUDO_FIELD, START, check
from portfolio.exchange.profile.tables import (
    BaselineSetUp,
    CategorySetUp,
    Continuation,
    ForumSetUp,
    Identity,
    MunicipalitySetUp,
    PortfolioSetUp,
    Profile,
    SchemeSetUp,
    Section,
    SheetProfile,
    Skip,
    Step,
    VersionHistorySetUp,
    VersionSetUp,
    Years,
)

__all__ = [
    "END",
    "PSEUDO_FIELD",
    "START",
    "BaselineSetUp",
    "CategorySetUp",
    "Continuation",
    "ForumSetUp",
    "Identity",
    "MunicipalitySetUp",
    "PortfolioSetUp",
    "Profile",
    "SchemeSetUp",
    "Section",
    "SheetProfile",
    "Skip",
    "Step",
    "VersionHistorySetUp",
    "VersionSetUp",
    "Years",
    "dump",
    "load_profile",
    "parse_profile",
]

NOT_TOML = N_("The profile is not valid TOML: %(reason)s")


def parse_profile(text: str) -> Profile:
    """Read a profile; raises Refusal with every problem, each placed by its key ("sheet[2].columns.title_fi")."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(Problem(NOT_TOML, {"reason": str(error)})) from error
    return load_profile(table)


def load_profile(table: Mapping[str, Any]) -> Profile:
    """Read a profile from its tables, such as :func:`dump` gave; raises Refusal with every problem."""
    loader = Loader()
    profile = loader.load(Profile, table)
    problems = loader.problems + (check(profile) if profile else [])
    if profile is None or problems:
        raise Refusal(*problems)
    return profile
