"""A roadmap with one of everything, and what its file says of itself."""

import datetime as dt
from dataclasses import replace

from portfolio.core.timespan import Kind, Precision
from portfolio.register.rules import Aspect, CellWords, Difference, ItemDifference, Shift, Status, TimeChange
from portfolio.roadmap.bars import Arrangement, Arrow, Band, LaneHead, MarkKind, Need, Swatch, Tone, lay_out
from portfolio.roadmap.bars.model import Compared
from portfolio.roadmap.takeout import About
from tests.roadmap.items import HEADS, TODAY, create_item, create_mark, create_roadmap, create_span, three_years

ABOUT = About("Tarvesalkku", "Turku", "Näkökulma", "12.5.2024", "fi", ("Tila: Käynnissä",))
ARRANGED = replace(ABOUT, inner="Vaihe", colour="Laji")


def full_roadmap(**options):
    """Exact, vague, open, proposed, late and cut bars, marks, an item of marks only, one elsewhere, one undated."""
    vague = create_span("1.8.2023", "31.12.2024", Precision.SEASON, Precision.YEAR, words="syksy 2023–2024")
    marks = (create_mark(), create_mark("1.6.2024", kind=MarkKind.RECURRING, title="Arvio"))
    return create_roadmap(
        create_item(title="Kirjaston palvelut", progress=45, marks=marks, owner="Kulttuurijohtaja"),
        create_item(title="Museo", span=vague, status=Status.APPROVED),
        create_item(title="Pysyvä <neuvonta> & ohjaus", span=create_span("1.2.2024", kind=Kind.FROM)),
        create_item(title="Ehdotus", status=Status.PROPOSED, span=create_span("1.1.2024", tentative=True)),
        create_item(title="Myöhässä oleva", late=True, span=create_span("1.1.2020", "31.12.2023")),
        create_item(title="T" * 300, span=create_span("1.1.2000", "31.12.2099"), lanes=("vitality",)),
        create_item(title="Vain etappi", span=None, marks=(create_mark("3.3.2025", completed_on=dt.date(2025, 3, 1)),)),
        create_item(title="Muulloin", span=create_span("1.1.2030", "31.12.2030")),
        create_item(title="Ajaton", span=None),
        **options,
    )


def arranged_roadmap():
    """Lanes of two levels, colours of classes, needs kept and broken, a ghost, terms, and one that left."""
    first = create_item(title="Kaava", lanes=("wellbeing",), inner_lanes=("a",), colour="need")
    second = create_item(
        title="Kirjasto",
        span=create_span("1.1.2025", "31.12.2025"),
        inner_lanes=("a",),
        colour="project",
        needs=(Need(first.id, first.title), Need(999, "Muualla", broken=True)),
    )
    third = create_item(
        title="Muutto", inner_lanes=("a",), colour="need", needs=(Need(second.id, "Kirjasto", broken=True),)
    )
    alone = create_item(title="Satama", lanes=("vitality",), colour="project")
    inner = (LaneHead("a", "Alku"), LaneHead("", "Muut"))
    palette = (Swatch("need", "Tarve", Tone.C1), Swatch("project", "Hanke", Tone.C2))
    arrangement = Arrangement(HEADS, inner, palette=palette, with_money=True)
    items = (_moved(first), second, third, alone)
    laid = lay_out(items, arrangement, three_years(), TODAY, "fi")
    bars = {row.item.id: row.bar.seen for row in laid.rows}
    arrows = tuple(
        Arrow(before.id, after.id, bars[before.id].right, bars[after.id].x, broken)
        for before, after, broken in ((first, second, False), (second, third, True))
    )
    bands = (
        Band(0, 80, "2021–2025", "Valtuustokausi 2021–2025", shaded=False),
        Band(80, 20, "", "Seuraava", shaded=True),
    )
    left = create_item(title="Poistunut hanke", lanes=("vitality",))
    compared = Compared("28.4. kokous", Difference(1, None, ()), (left,))
    return replace(laid, arrows=arrows, bands=bands, compared=compared)


def _moved(item):
    """The same item, half a year earlier at the time compared with."""
    old = create_span("1.10.2022", "31.3.2024", words="lokakuusta 2022")
    time = TimeChange(old, item.span, Shift.MOVED)
    told = (CellWords(Aspect.TIME, "Ajankohta", old.words, item.span.words, "loppu 183 päivää myöhemmin"),)
    return item._replace(change=ItemDifference(None, frozenset({Aspect.TIME}), time=time), told=told)
