from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portfolio.budgets.rules import Total, add_up
from portfolio.core.timespan import Kind, Precision
from portfolio.register.rules import Status
from portfolio.roadmap.bars import LaneHead, MarkKind, Scale, Side, Tone, Where, choose_window
from portfolio.roadmap.bars.placing import DIAMOND, TODAY
from portfolio.roadmap.bars.row import OUTLINED, TONES
from portfolio.roadmap.bars.text_width import width_of
from tests.roadmap.items import HEADS, create_item, create_mark, create_roadmap, create_span, day, only_row, three_years
from tests.roadmap.items import TODAY as NOW


def titles(rows):
    return [row.item.title for row in rows]


def test_items_stand_in_their_lanes_in_the_order_of_the_heads():
    roadmap = create_roadmap(
        create_item(title="a", lanes=("vitality",)), create_item(title="b"), create_item(title="c", lanes=())
    )

    assert [(lane.title, titles(lane.rows)) for lane in roadmap.lanes] == [
        ("Hyvinvointi", ["b"]),
        ("Elinvoima", ["a"]),
        ("Luokittelematta", ["c"]),
    ]


def test_an_item_of_several_lanes_stands_in_the_first_only():
    roadmap = create_roadmap(create_item(lanes=("vitality", "wellbeing")))

    assert [(lane.key, len(lane.rows)) for lane in roadmap.lanes] == [("vitality", 1)]


def test_an_item_of_an_unknown_lane_stands_in_the_last():
    assert [lane.key for lane in create_roadmap(create_item(lanes=("gone",))).lanes] == [""]


def test_rows_stand_by_start_then_end_then_title():
    late, early = create_span("1.1.2024", "31.12.2024"), create_span("1.1.2023", "31.12.2024")
    roadmap = create_roadmap(
        create_item(title="d", span=late),
        create_item(title="c", span=early, sort="c"),
        create_item(title="b", span=early, sort="b"),
        create_item(title="a", span=create_span(None, "1.6.2023", kind=Kind.BY)),
    )

    assert titles(roadmap.rows) == ["b", "c", "a", "d"]


def test_a_lane_adds_up_what_is_known_and_counts_what_is_not():
    roadmap = create_roadmap(
        create_item(amount=add_up([Decimal(400_000)])),
        create_item(amount=add_up([Decimal(100_000), None])),
        create_item(amount=add_up([Decimal(0)])),
        create_item(amount=None),
    )

    assert roadmap.lanes[0].money == Total(Decimal(500_000), 2)


def test_a_lane_of_which_nothing_is_known_has_no_sum():
    assert create_roadmap(create_item()).lanes[0].money == Total(None, 1)


def test_what_has_no_time_is_listed_apart_and_not_lost():
    roadmap = create_roadmap(
        create_item(title="a", span=None), create_item(title="b", span=create_span(kind=Kind.UNREAD))
    )

    assert titles(roadmap.undated) == ["a", "b"]
    assert roadmap.lanes == ()
    assert roadmap.count == 2


def test_what_lies_before_or_after_the_window_is_listed_with_its_side():
    roadmap = create_roadmap(
        create_item(title="old", span=create_span("1.1.2019", "31.12.2020")),
        create_item(title="coming", span=create_span("1.1.2030", kind=Kind.FROM)),
        create_item(title="mark", span=None, marks=(create_mark("1.2.2021"),)),
    )

    assert [(row.item.title, row.where) for row in roadmap.elsewhere] == [
        ("old", Where.BEFORE),
        ("mark", Where.BEFORE),
        ("coming", Where.AFTER),
    ]


def test_a_milestone_in_the_window_draws_the_row_of_an_initiative_without_a_time():
    row = only_row(create_item(span=None, marks=(create_mark(),)))

    assert row.bar is None
    assert len(row.marks) == 1


def test_the_lane_of_one_remaining_head_takes_all():
    roadmap = create_roadmap(create_item(), create_item(lanes=()), heads=[LaneHead("", "Kaikki")])

    assert [len(lane.rows) for lane in roadmap.lanes] == [2]


def test_today_has_a_place_in_the_window_only():
    assert 45 < create_roadmap().today < 46
    assert create_roadmap(today=day("1.1.2027")).today is None


def test_a_done_mark_stands_on_the_day_when_it_was_done():
    mark = create_mark("1.3.2024", completed_on=day("1.7.2024"))

    [placed] = only_row(create_item(marks=(mark,))).marks
    assert 49.9 < placed.x < 50
    assert placed.reach is None


def test_a_vague_mark_reaches_over_its_time_and_stands_at_its_end():
    mark = create_mark("31.12.2024", start=day("1.8.2024"))

    [placed] = only_row(create_item(marks=(mark,))).marks
    assert placed.reach[0] < placed.x <= placed.reach[1]


def test_a_yearly_time_is_drawn_as_a_mark_in_each_year():
    from portfolio.core.timespan import Cadence, MonthDay, Pace, Yearly

    cadence = Cadence(1, Pace.YEAR, yearly=Yearly(None, MonthDay(9, 30)))
    row = only_row(create_item(span=create_span(kind=Kind.RECURRING, cadence=cadence, words="vuosittain")))

    assert [mark.mark.kind for mark in row.marks] == [MarkKind.RECURRING] * 3


def test_late_work_runs_from_its_end_to_today():
    row = only_row(create_item(span=create_span("1.1.2023", "31.12.2023"), late=True))

    assert row.overrun[0] == row.bar.seen.right
    assert row.overrun[1] == create_roadmap().today


def test_late_work_whose_time_is_long_past_is_still_in_its_lane():
    row = only_row(create_item(span=create_span("1.1.2019", "31.12.2020"), late=True))

    assert row.bar is None
    assert row.overrun[0] == 0


def test_nothing_runs_over_before_its_time_or_without_an_end():
    assert only_row(create_item(span=create_span("1.1.2023", kind=Kind.FROM), late=True)).overrun is None
    assert only_row(create_item(span=create_span("1.1.2023", "31.12.2023"))).overrun is None


def test_every_status_has_a_tone():
    assert set(TONES) == set(Status)
    assert set(TONES.values()) == {tone for tone in Tone if not tone.value[1:].isdigit()}


def test_nothing_at_all_gives_an_empty_roadmap_with_its_axis():
    roadmap = create_roadmap()

    assert roadmap.count == 0
    assert len(roadmap.axis.lower) == 12


days = st.dates(day("1.1.2010"), day("31.12.2040"))
precisions = st.sampled_from([one for one in Precision if one not in {Precision.OPEN, Precision.NONE}])


@st.composite
def spans(draw):
    kind = draw(st.sampled_from(Kind))
    if kind in {Kind.UNREAD, Kind.ONGOING, Kind.RECURRING}:
        return create_span(kind=kind, words="jatkuva")
    start, end = sorted(draw(st.tuples(days, days)))
    return replace(
        create_span("1.1.2010", "31.12.2040", draw(precisions), draw(precisions)),
        start=None if kind is Kind.BY else start,
        start_precision=Precision.NONE if kind is Kind.BY else draw(precisions),
        end=None if kind is Kind.FROM else end,
        end_precision=Precision.OPEN if kind is Kind.FROM else draw(precisions),
        kind=kind,
        tentative=draw(st.booleans()),
    )


@st.composite
def items(draw):
    names = st.sampled_from(
        ["Väliarvio", "Ohjausryhmä nimetty", "Loppuraportti kaupunginhallitukselle ja lautakunnille"]
    )
    marks = tuple(
        create_mark(title=name, start=min(one, two), end=max(one, two))
        for name, one, two in draw(st.lists(st.tuples(names, days, days), max_size=5))
    )
    return create_item(
        span=draw(st.none() | spans()),
        status=draw(st.sampled_from(Status)),
        progress=draw(st.none() | st.integers(0, 100)),
        late=draw(st.booleans()),
        completed_on=draw(st.none() | days),
        lanes=draw(st.sampled_from([(), ("wellbeing",), ("vitality", "wellbeing"), ("gone",)])),
        marks=marks,
    )


windows = st.builds(lambda scale, on: choose_window(scale, on, years=3), st.sampled_from(Scale), days)


@given(st.lists(items(), max_size=8), windows, days)
def test_each_item_is_exactly_once_in_a_lane_or_listed_apart(made, window, today):
    roadmap = create_roadmap(*made, window=window, today=today)

    drawn = [row.item.id for row in (*roadmap.rows, *roadmap.elsewhere, *roadmap.undated)]
    assert sorted(drawn) == sorted(item.id for item in made)
    assert {lane.key for lane in roadmap.lanes} <= {head.key for head in HEADS}


@given(items(), windows, days)
def test_everything_drawn_lies_inside_the_window(item, window, today):
    for row in create_roadmap(item, window=window, today=today).rows:
        stretches = [one for one in (row.bar and row.bar.seen, row.bar and row.bar.done) if one]
        for stretch in stretches:
            assert 0 <= stretch.x <= stretch.right <= 100
            assert all(0 <= offset <= 100 and 0 <= opacity <= 100 for offset, opacity in stretch.fade)
            assert [offset for offset, _ in stretch.fade] == sorted(offset for offset, _ in stretch.fade)
        assert all(0 <= mark.x <= 100 for mark in row.marks)
        assert row.bar or row.marks or row.overrun


def span_of(label, room):
    at, width = label.x * room / 100 + label.dx, width_of(label.text)
    return (at - width, at) if label.side is Side.LEFT else (at, at + width)


@given(items(), windows, days, st.sampled_from([620, 700, 1000, 1600]))
def test_labels_touch_nothing_on_any_width_of_track(item, window, today, room):
    for row in create_roadmap(item, window=window, today=today).rows:
        placed = [label for label in (row.label, *(mark.label for mark in row.marks)) if label]
        now = window.place(today.toordinal()) * room / 100 if window.first <= today <= window.last else None
        diamonds = [(mark.x * room / 100 - DIAMOND, mark.x * room / 100 + DIAMOND) for mark in row.marks]
        for label in placed:
            start, end = span_of(label, room)
            others = [span_of(other, room) for other in placed if other is not label and other.line == label.line]
            others += diamonds if label.line == 0 else []
            others += [tuple(x * room / 100 for x in row.overrun)] if row.overrun and label.line == 0 else []
            others += [] if now is None else [(now - TODAY, now + TODAY)]
            assert start >= 0
            assert end <= room
            assert all(end <= left or start >= right for left, right in others)


@given(items(), windows, days)
def test_text_never_crosses_the_edge_of_a_bar(item, window, today):
    for row in create_roadmap(item, window=window, today=today).rows:
        for label in (row.label, *(mark.label for mark in row.marks)):
            if label is None or row.bar is None or label.line == 1:
                continue
            start, end = span_of(label, 620)
            left, right = row.bar.seen.x * 6.2, row.bar.seen.right * 6.2
            within = left <= start + 0.1 and end <= right + 0.1
            assert within or end <= left + 0.1 or start >= right - 0.1
            assert not label.light or within


def test_outlines_are_what_nothing_is_decided_of():
    assert {Tone.PROPOSED, Tone.PREPARED} == OUTLINED
    assert not only_row(create_item(status=Status.PROPOSED), window=three_years(), today=NOW).filled
