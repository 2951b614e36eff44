from portfolio.roadmap.bars import Need
from tests.roadmap.items import create_item, create_roadmap, create_span


def test_an_arrow_goes_from_the_end_of_one_bar_to_the_beginning_of_the_other():
    plan = create_item(span=create_span("1.1.2023", "31.12.2023"), lanes=("vitality",))
    library = create_item(span=create_span("1.1.2025", "31.12.2025"), needs=(Need(plan.id, "Kaava"),))

    roadmap = create_roadmap(plan, library)

    [arrow] = roadmap.arrows
    bars = {row.item.id: row.bar.seen for row in roadmap.rows}
    assert (arrow.before, arrow.after, arrow.broken) == (plan.id, library.id, False)
    assert (arrow.x_from, arrow.x_to) == (bars[plan.id].right, bars[library.id].x)


def test_an_arrow_is_broken_where_the_need_is():
    plan = create_item()

    [arrow] = create_roadmap(plan, create_item(needs=(Need(plan.id, "Kaava", broken=True),))).arrows

    assert arrow.broken


def test_what_has_no_bar_in_the_time_shown_gets_no_arrow():
    past = create_item(span=create_span("1.1.2010", "31.12.2011"))
    undated = create_item(span=None)
    needs = (Need(past.id, "Ennen"), Need(undated.id, "Joskus"), Need(999_999, "Muualla"))

    assert create_roadmap(past, undated, create_item(needs=needs)).arrows == ()
