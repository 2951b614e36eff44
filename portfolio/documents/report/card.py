"""An initiative's card of one page, as Pori's: need and goals, solution, results, who is responsible, link."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.core.language import N_
from portfolio.documents.report.facts import CardFacts
from portfolio.documents.report.model import Part, Report, Said
from portfolio.documents.report.voice import NO_TIME, NOT_NAMED, Voice

NOT_WRITTEN = N_("Not written yet.")
LINK = N_("%(title)s: %(url)s")
STATUS_AND_TIME = N_("%(status)s · %(time)s")


def build_card(facts: CardFacts) -> Report:
    """Build the card; one for the public holds only what requirement 148 lists."""
    voice = Voice(facts.setting.language)
    return voice.report(
        facts.setting,
        facts.item.title.of(voice.language),
        _parts(facts, voice),
        lead=list(_lead(facts, voice)),
        landscape=False,
        numbered=False,
    )


def _lead(facts: CardFacts, voice: Voice) -> Iterator[str]:
    item = facts.item
    time = item.time or voice.say(NO_TIME)
    yield voice.say(STATUS_AND_TIME, status=voice.status(item), time=time)
    whose, when = voice.lead(facts.setting)
    yield f"{whose} · {item.code}" if facts.internal else whose
    yield when


def _parts(facts: CardFacts, voice: Voice) -> Iterator[Part]:
    item = facts.item
    needs = [voice.name(item.summary), *map(voice.text, (facts.present_state, item.goals, facts.target_state))]
    yield _part(voice.say(N_("Need and goals")), needs, voice)
    yield _part(voice.say(N_("Solution")), [voice.text(facts.solution)], voice)
    yield _part(voice.say(N_("Results")), [voice.text(item.results)], voice)
    yield Part(voice.say(N_("Responsible")), list(_responsible(facts, voice)))
    if facts.links:
        points = [voice.say(LINK, title=title, url=url) for title, url in facts.links]
        yield Part(voice.say(N_("Links")), points=points)


def _part(heading: str, texts: list[str | Said | None], voice: Voice) -> Part:
    told = [text for text in texts if text is not None]
    return Part(heading, told or [voice.say(NOT_WRITTEN)])


def _responsible(facts: CardFacts, voice: Voice) -> Iterator[str | Said]:
    """Name the posts and the unit; never a person."""
    owner = facts.item.owner.of(voice.language) if facts.item.owner else voice.say(NOT_NAMED)
    area = facts.area.of(voice.language) if facts.area else None
    yield ", ".join(filter(None, (owner, area)))
    if facts.contact is not None:
        yield voice.say(N_("More information: %(post)s"), post=facts.contact.of(voice.language))
