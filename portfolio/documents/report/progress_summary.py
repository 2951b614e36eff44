"""The summary of a progress report: sentences that a board member understands before any table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portfolio.core.language import N_
from portfolio.documents.report.facts import Item, ProgressFacts, ReviewSummary, RoundFacts
from portfolio.documents.report.voice import Voice, amount_total
from portfolio.register.rules import Status
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.reviews.rules import ANSWERED, VERDICT_WORDS, Health, Verdict

NO_ROUND = N_("No review round has told of this year: the report stands on the register alone.")
ROUND = N_("%(round)s: %(first)s–%(last)s, answers due %(due)s.")
NO_LATE = N_("None is late.")
SINCE = N_("Since %(since)s")
MONEY = N_("Budget of %(year)s: %(planned)s. Actual: %(actual)s.")
EMPTY = N_("The portfolio holds nothing to report on.")
BY_RATING = N_("By the ratings of the responsible posts, %(counts)s.")
VERDICTS, COUNTED = N_("Verdicts: %(verdicts)s."), N_("%(words)s: %(number)s")
NUMBERED = N_("%(words)s %(number)s")
NAMED = 5
"""Initiatives named in the summary before the rest are counted."""


def summary_text(facts: ProgressFacts, voice: Voice) -> Iterator[str]:
    """Say how many were asked and answered, how they proceed, what needs a decision, the money and what is new."""
    if not facts.items:
        yield voice.say(EMPTY)
        return
    yield _extent(facts, voice)
    if facts.round is None:
        yield voice.say(NO_ROUND)
    else:
        yield _of_round(facts.round, [item.told for item in facts.items if item.told is not None], voice)
        yield from _situation(facts, voice)
    planned, actual = (voice.total(amount_total(facts.items, one)) for one in ("planned", "actual"))
    yield voice.say(MONEY, year=str(facts.year), planned=planned, actual=actual)
    yield from _changed(facts, voice)
    yield _new(facts, voice)


def summary_points(facts: ProgressFacts, voice: Voice) -> Iterator[str]:
    """Count statuses where no round has told how anything proceeds."""
    if facts.round is None:
        statuses = Counter(item.status for item in facts.items)
        for one in Status:
            if statuses[one]:
                yield voice.say(COUNTED, words=voice.say(STATUS_WORDS[one]), number=statuses[one])


def _extent(facts: ProgressFacts, voice: Voice) -> str:
    ngettext = voice.count
    items = ngettext("%(num)s initiative", "%(num)s initiatives", len(facts.items))
    held = {item.area_id for item in facts.items} - {None}
    areas = ngettext("%(num)s service area", "%(num)s service areas", len(held))
    words = (
        voice.say(N_("The report tells of %(items)s in %(areas)s."), items=items, areas=areas)
        if held
        else voice.say(N_("The report tells of %(items)s."), items=items)
    )
    if not facts.outside:
        return words
    outside = ngettext(
        "%(num)s other that is going on was not asked about.",
        "%(num)s others that are going on were not asked about.",
        facts.outside,
    )
    return f"{words} {outside}"


def _of_round(asked: RoundFacts, told: list[ReviewSummary], voice: Voice) -> str:
    """Say what was asked by when, how many have answered, and how many are late: late is seen and stops nothing."""
    days = {"first": asked.first, "last": asked.last, "due": asked.due_on}
    round_words = voice.say(ROUND, round=asked.name.of(voice.language), **days)
    ngettext = voice.count
    answered = ngettext(
        "%(answered)s of %(num)s review has been answered.",
        "%(answered)s of %(num)s reviews have been answered.",
        len(told),
        answered=sum(one.state in ANSWERED for one in told),
    )
    late = sum(one.late > 0 and one.state not in ANSWERED for one in told)
    words = ngettext("%(num)s is late.", "%(num)s are late.", late) if late else voice.say(NO_LATE)
    return f"{round_words} {answered} {words}"


def _situation(facts: ProgressFacts, voice: Voice) -> Iterator[str]:
    """Say how many proceed as planned, are at risk and do not proceed; name those, and count what is to become."""
    colours = Counter(item.told.health for item in facts.items if item.told)
    ngettext = voice.count
    clauses = [
        (Health.GREEN, ngettext("%(num)s proceeds as planned", "%(num)s proceed as planned", colours[Health.GREEN])),
        (Health.YELLOW, ngettext("%(num)s is at risk", "%(num)s are at risk", colours[Health.YELLOW])),
        (Health.RED, ngettext("%(num)s does not proceed", "%(num)s do not proceed", colours[Health.RED])),
    ]
    counted = [words for health, words in clauses if colours[health]]
    if counted:
        rated = voice.say(BY_RATING, counts=voice.together(counted))
        untold = colours[None]
        more = ngettext(
            "Of %(num)s the situation has not been told.", "Of %(num)s the situation has not been told.", untold
        )
        yield f"{rated} {more}" if untold else rated
    stuck = [item for item in facts.items if item.told and Health.RED in {item.told.health, item.told.office_health}]
    if stuck:
        titles = _titles(stuck, voice)
        yield ngettext(
            "This needs a decision: %(titles)s.", "These need a decision: %(titles)s.", len(stuck), titles=titles
        )
    verdicts = Counter(item.told.verdict for item in facts.items if item.told)
    told = [
        voice.say(NUMBERED, words=voice.say(VERDICT_WORDS[one]).lower(), number=verdicts[one])
        for one in Verdict
        if verdicts[one]
    ]
    if told:
        yield voice.say(VERDICTS, verdicts=", ".join(told))


def _titles(items: list[Item], voice: Voice) -> str:
    titles = [item.title.of(voice.language) for item in items[:NAMED]]
    ngettext, more = voice.count, len(items) - NAMED
    return voice.together([*titles, ngettext("%(num)s more", "%(num)s more", more)] if more > 0 else titles)


def _changed(facts: ProgressFacts, voice: Voice) -> Iterator[str]:
    """Count what has changed since the round before; what it is stands in a part of its own."""
    if facts.changes is not None:
        ngettext, number = voice.count, len(facts.changes.difference.items)
        words = ngettext("%(num)s initiative has changed.", "%(num)s initiatives have changed.", number)
        yield f"{voice.say(SINCE, since=facts.changes.since)}: {words}"


def _new(facts: ProgressFacts, voice: Voice) -> str:
    ngettext, year = voice.count, str(facts.year + 1)
    if not facts.new:
        return voice.say(N_("No new measures are proposed for %(year)s."), year=year)
    return ngettext(
        "%(num)s new measure is proposed for %(year)s.",
        "%(num)s new measures are proposed for %(year)s.",
        len(facts.new),
        year=year,
    )
