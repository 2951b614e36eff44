"""What the members of the register's closed lists are called: msgids, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portfolio.core.language import N_
from portfolio.register.rules.lists import Answer, Benefit, InitiativeKind, PortfolioKind, Publicity, Reach, Status

STATUS_WORDS: Mapping[Status, str] = MappingProxyType(
    {
        Status.PROPOSED: N_("Proposed"),
        Status.IN_PREPARATION: N_("In preparation"),
        Status.APPROVED: N_("Approved"),
        Status.UNDER_WAY: N_("Under way"),
        Status.COMPLETED: N_("Completed"),
        Status.IN_USE: N_("In use"),
        Status.ESTABLISHED: N_("Established"),
        Status.PAUSED: N_("Paused"),
        Status.STOPPED: N_("Stopped"),
        Status.REJECTED: N_("Rejected"),
        Status.MERGED: N_("Merged"),
    }
)
KIND_WORDS: Mapping[InitiativeKind, str] = MappingProxyType(
    {
        InitiativeKind.NEED: N_("Need"),
        InitiativeKind.PROJECT: N_("Project"),
        InitiativeKind.MEASURE: N_("Measure"),
    }
)
PORTFOLIO_KIND_WORDS: Mapping[PortfolioKind, str] = MappingProxyType(
    {
        PortfolioKind.ACTION_PROGRAMME: N_("Action programme"),
        PortfolioKind.NEED_PORTFOLIO: N_("Need portfolio"),
        PortfolioKind.DEVELOPMENT_PORTFOLIO: N_("Development portfolio"),
    }
)
PUBLICITY_WORDS: Mapping[Publicity, str] = MappingProxyType(
    {Publicity.INTERNAL: N_("Internal"), Publicity.PUBLIC: N_("Public")}
)
REACH_WORDS: Mapping[Reach, str] = MappingProxyType(
    {Reach.ORGANISATION: N_("Whole organisation"), Reach.UNIT: N_("One unit")}
)
BENEFIT_WORDS: Mapping[Benefit, str] = MappingProxyType(
    {
        Benefit.PRODUCTIVITY: N_("Productivity"),
        Benefit.RESULTS: N_("Performance"),
        Benefit.EFFECTIVENESS: N_("Effectiveness"),
        Benefit.WORK_LIFE_QUALITY: N_("Quality of working life"),
        Benefit.COST_SAVING: N_("Cost saving"),
        Benefit.AVAILABILITY: N_("Availability of services"),
    }
)
ANSWER_WORDS: Mapping[Answer, str] = MappingProxyType(
    {Answer.YES: N_("Yes"), Answer.NO: N_("No"), Answer.UNKNOWN: N_("not known")}
)
YES_OR_NO: Mapping[bool, str] = MappingProxyType({True: N_("Yes"), False: N_("No")})
