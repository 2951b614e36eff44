"""Import profiles: how one municipality lays out its workbooks, read from TOML and checked; pure.

The keys are those of ``imports/*/profile.toml``; a person's saved profile has the same schema without the set-up.
"""

from __future__ import annotations

import tomllib

from portfolio.core.language import N_
from portfolio.core.problem import Problem, Refusal
from portfolio.exchange.profile.load import Loader
from portfolio.exchange.profile.meaning import PSEUDO_FIELD, check
from portfolio.exchange.profile.tables import (
    CategorySetUp,
    ForumSetUp,
    MunicipalitySetUp,
    PortfolioSetUp,
    Profile,
    SchemeSetUp,
    Section,
    SheetProfile,
    Step,
    Years,
)

__all__ = [
    "PSEUDO_FIELD",
    "CategorySetUp",
    "ForumSetUp",
    "MunicipalitySetUp",
    "PortfolioSetUp",
    "Profile",
    "SchemeSetUp",
    "Section",
    "SheetProfile",
    "Step",
    "Years",
    "parse_profile",
]

NOT_TOML = N_("The profile is not valid TOML: %(reason)s")


def parse_profile(text: str) -> Profile:
    """Read a profile; raises Refusal with every problem, each placed by its key ("sheet[2].columns.title_fi")."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal(Problem(NOT_TOML, {"reason": str(error)})) from error
    loader = Loader()
    profile = loader.load(Profile, table)
    problems = loader.problems + (check(profile) if profile else [])
    if profile is None or problems:
        raise Refusal(*problems)
    return profile
