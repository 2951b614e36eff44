"""What every builder of reports says in the same way: names, statuses, colours of health, verdicts, amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portfolio.budgets.rules import AMOUNT_WORDS, AMOUNTS, Sum, Total, total_of
from portfolio.core.language import N_, format_date, say, say_plural
from portfolio.core.money import format_money
from portfolio.documents.report.facts import Area, Item, Name, Setting
from portfolio.documents.report.model import ColumnFormat, Field, Grid, Group, Part, Report, Said, Value
from portfolio.register.rules.words import STATUS_WORDS
from portfolio.reviews.rules import HEALTH_WORDS, VERDICT_WORDS, Health, Verdict

NO_AREA, NOT_NAMED, NO_TIME = N_("no unit"), N_("not named"), N_("no time set")
NOT_TOLD = N_("not told")
OFFICE = N_("%(owner)s\nOffice: %(office)s")
NUMBER_UNKNOWN = N_("%(amount)s: how many not known")
AND = N_("%(first)s and %(last)s")
NOTHING_KNOWN = N_("nothing is known")
TIME_AND_MAKING = N_("As of %(time)s. Made on %(made)s.")


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language; texts that people wrote are in Finnish unless their Swedish stands beside them."""

    language: str

    def say(self, msgid: str, /, **params: object) -> str:
        """Say a msgid."""
        return say(msgid, self.language, **params)

    def count(self, one: str, many: str, number: int, /, **params: object) -> str:
        """Say the form that fits a number."""
        return say_plural(one, many, number, self.language, **params)

    def day(self, day: dt.date) -> str:
        """Write a day."""
        return format_date(day, self.language)

    def money(self, amount: Decimal | None) -> str:
        """Write euros."""
        return format_money(amount, self.language)

    def name(self, name: Name | None) -> str | Said | None:
        """Name something, telling the language where it is not the report's."""
        if name is None:
            return None
        text = name.of(self.language)
        return text if self.language == "fi" or text != name.fi else Said(text, "fi")

    def text(self, text: str | None) -> str | Said | None:
        """Give what somebody wrote."""
        return text if text is None or self.language == "fi" else Said(text, "fi")

    def status(self, item: Item) -> str:
        """Name an initiative's status."""
        return self.say(STATUS_WORDS[item.status])

    def health(self, item: Item) -> str | None:
        """Say the owner's rating in its fixed words, and the office's beside it where it is another."""
        told = item.told
        if told is None or (told.health is None and told.office_health is None):
            return None
        own = self.one_health(told.health)
        if told.office_health in {None, told.health}:
            return own
        return self.say(OFFICE, owner=own, office=self.one_health(told.office_health))

    def one_health(self, health: Health | None) -> str:
        """Say a colour in its fixed words."""
        return self.say(NOT_TOLD) if health is None else self.say(HEALTH_WORDS[health])

    def verdict(self, verdict: Verdict | None) -> str | None:
        """Name a verdict."""
        return None if verdict is None else self.say(VERDICT_WORDS[verdict])

    def together(self, clauses: Sequence[str]) -> str:
        """Join clauses into one: "a, b and c"."""
        *first, last = clauses
        return self.say(AND, first=", ".join(first), last=last) if first else last

    def total(self, total: Total) -> str:
        """Say a sum of initiatives with what it leaves out: "12 000 € (of 3 the amount is not known)"."""
        known = self.say(NOTHING_KNOWN) if total.known is None else self.money(total.known)
        ngettext, unknown = self.count, total.without
        if not unknown or total.known is None:
            return known
        return ngettext(
            "%(amount)s (of %(num)s the amount is not known)",
            "%(amount)s (of %(num)s the amount is not known)",
            unknown,
            amount=known,
        )

    def report(
        self,
        setting: Setting,
        title: str,
        parts: Iterable[Part],
        *,
        lead: Sequence[str] | None = None,
        landscape: bool = True,
        numbered: bool = True,
    ) -> Report:
        """Put the parts of a report into what all kinds have round them; without a ``lead`` it is the usual one."""
        return Report(
            title=title,
            municipality=setting.municipality.of(self.language),
            language=self.language,
            lead=self.lead(setting) if lead is None else lead,
            source=self.source(setting),
            parts=list(parts),
            made_at=setting.made_at,
            landscape=landscape,
            numbered=numbered,
        )

    def lead(self, setting: Setting) -> list[str]:
        """Say under a title whose report it is, of which time, and when it was made."""
        made = self.day(setting.made_at.date())
        return [" · ".join(self._whose(setting)), self.say(TIME_AND_MAKING, time=setting.time, made=made)]

    def source(self, setting: Setting) -> str:
        """Say at the foot of each page whose report it is and of which time."""
        return " · ".join([*self._whose(setting), setting.time])

    def _whose(self, setting: Setting) -> Iterator[str]:
        """Name the municipality, and the portfolio where the report is of one."""
        yield setting.municipality.of(self.language)
        if setting.portfolio is not None:
            yield setting.portfolio.of(self.language)

    def area(self, area: Area) -> str | Said:
        """Name a service area."""
        return self.name(area.name) or self.say(NO_AREA)


def amount_total(items: Sequence[Item], amount: str) -> Total:
    """Add up what some initiatives have in the year; one without a figure counts as not known."""
    sums: Iterable[Sum] = (item.money[amount] for item in items if amount in item.money)
    return total_of(sums, len(items))


def by_area(areas: Sequence[Area], items: Sequence[Item]) -> Iterator[tuple[Area, list[Item]]]:
    """Give each area that has some of the items, with them."""
    for area in areas:
        own = [item for item in items if item.area_id == area.id]
        if own:
            yield area, own


def area_grid(
    name: str,
    fields: Sequence[Field],
    areas: Sequence[Area],
    items: Sequence[Item],
    row_of: Callable[[Item], Sequence[Value]],
    voice: Voice,
) -> Grid:
    """Make a table of initiatives by service area."""
    rows: list[Sequence[Value] | Group] = []
    for area, own in by_area(areas, items):
        rows.append(Group(voice.area(area)))
        rows.extend(row_of(item) for item in own)
    return Grid(name, fields, rows)


def money_grid(name: str, areas: Sequence[Area], items: Sequence[Item], voice: Voice) -> Grid:
    """Make a table of what each service area has in the year, and of how many initiatives nothing is known."""
    fields = [
        Field(voice.say(N_("Service area")), share=2.4),
        Field(voice.say(N_("Initiatives")), ColumnFormat.NUMBER, 1.2),
        *(
            field
            for words in AMOUNT_WORDS.values()
            for field in (
                Field(voice.say(words), ColumnFormat.MONEY, 1.2),
                Field(voice.say(NUMBER_UNKNOWN, amount=voice.say(words)), ColumnFormat.NUMBER, 1.2),
            )
        ),
    ]

    def sums(some: Sequence[Item]) -> list[Value]:
        return [value for amount in AMOUNTS for value in _known(amount_total(some, amount))]

    rows = [[voice.area(area), len(own), *sums(own)] for area, own in by_area(areas, items)]
    return Grid(name, fields, rows, [voice.say(N_("Together")), len(items), *sums(items)])


def _known(total: Total) -> tuple[Value, Value]:
    return total.known, total.without
