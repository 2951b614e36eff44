"""A roadmap with one of everything, and what its file says of itself."""

import datetime as dt

from portfolio.core.timespan import Kind, Precision
from portfolio.register.rules import Status
from portfolio.roadmap.bars import MarkKind
from portfolio.roadmap.takeout import About
from tests.roadmap.items import create_item, create_mark, create_roadmap, create_span

ABOUT = About("Tarvesalkku", "Turku", "Näkökulma", "12.5.2024", "fi", ("Tila: Käynnissä",))


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
