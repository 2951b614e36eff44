"""What has changed since the round before, or since a baseline: old → new, as on the page of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolio.core.language import N_
from portfolio.documents.report.facts import Changes, Name
from portfolio.documents.report.model import Field, Grid, Group, Part, Value
from portfolio.documents.report.voice import Voice
from portfolio.register.rules import Aspect, CellWords, ItemDifference, cells_of, difference_sentence, fate_words

HEADING = N_("Changes since %(since)s")
NOTED = N_("%(cell)s (%(note)s)")
NOT_THERE, THERE, OTHER_WORDS = N_("not in it"), N_("in it"), N_("other words")


def changes_part(changes: Changes, voice: Voice) -> Part:
    """Tell under each measure what differs in it, a row a thing; a text that differs is only named."""
    rows: list[Sequence[Value] | Group] = []
    for item in changes.difference.items:
        title = voice.name(Name(item.row.title_fi, item.row.title_sv))
        rows.append(Group(title or item.row.code))
        rows.extend(_rows(item, changes, voice))
    fields = [
        Field(voice.say(N_("What changed")), share=1.6),
        Field(voice.say(N_("Before")), share=2),
        Field(voice.say(N_("After")), share=2.6),
    ]
    grid = Grid(voice.say(N_("What has changed")), fields, rows, group=voice.say(N_("Measure")))
    heading = voice.say(HEADING, since=changes.since)
    sentence = difference_sentence(changes.difference, voice.language)
    return Part(heading, [sentence], grid=grid if rows else None)


def _rows(item: ItemDifference, changes: Changes, voice: Voice) -> Iterator[list[Value]]:
    fate = fate_words(item, voice.language)
    if fate:
        words = [voice.say(one) for one in (NOT_THERE, THERE)]
        yield [fate, *(words if Aspect.JOINED in item.aspects else reversed(words))]
        return
    cells = cells_of(item, changes.names, voice.language)
    for cell in cells:
        if cell.aspect is not Aspect.TEXT:
            yield [cell.label, cell.old, _after(cell, voice)]
    texts = list(dict.fromkeys(cell.label for cell in cells if cell.aspect is Aspect.TEXT))
    if texts:
        yield [voice.say(N_("Texts")), voice.say(OTHER_WORDS), ", ".join(texts)]


def _after(cell: CellWords, voice: Voice) -> str | None:
    if cell.note is None or cell.new is None:
        return cell.new
    return voice.say(NOTED, cell=cell.new, note=cell.note)
