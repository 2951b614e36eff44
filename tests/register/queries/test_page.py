import datetime as dt
import random
from dataclasses import replace

import pytest

from portfolio.core import history
from portfolio.core.timespan import Kind, Precision, Timespan
from portfolio.register import operations, queries
from portfolio.register.forms.options import load_options
from portfolio.register.models import Initiative
from portfolio.register.queries import SORTS, find_initiatives
from portfolio.register.rules import InitiativeFilter, InitiativeKind, Publicity, Status
from tests.factories import (
    TODAY,
    acting,
    create_category,
    create_municipality,
    create_portfolio,
    create_post,
    create_scheme,
    create_unit,
)

WORDS = ("öljy", "Åland", "ääni", "100 %", "a_b", "koulu", "Wärtsilä", "verkko", "T-3", "opiskelijahuolto")


def years(first, last=None):
    start = None if first is None else dt.date(first, 1, 1)
    end = None if last is None else dt.date(last, 12, 31)
    ends = (Precision.OPEN if start is None else Precision.YEAR, Precision.OPEN if end is None else Precision.YEAR)
    return Timespan("sanat", start, end, *ends, Kind.DURING)


def titles(place, chosen=None, **options):
    page = find_initiatives(place.session, place.id, chosen or InitiativeFilter(), today=TODAY, **options)
    return [row.title_fi for row in page.rows]


# ------------------------------------------------------------------------------------------------ chance


@pytest.fixture
def town(any_db):
    """A register of chance whose items have been changed, removed and restored."""
    return Town(any_db, random.Random(4))


class Town:
    def __init__(self, session, chance):
        self.session, self.chance = session, chance
        self.id = create_municipality(session).id
        home = {"municipality_id": self.id}
        self.units = [create_unit(session, name_fi=word, **home).id for word in WORDS[:4]]
        self.posts = [create_post(session, title_fi=word, **home).id for word in WORDS[4:8]]
        self.portfolios = [create_portfolio(session, prefix=prefix, **home).id for prefix in ("T", "KA")]
        schemes = [create_scheme(session, several=True, **home).id for _ in range(2)]
        self.categories = {
            one: [create_category(session, scheme_id=one, **home).id for _ in range(3)] for one in schemes
        }
        self.office = acting(self.id, "office")
        self.ids = operations.create_initiatives(session, self.office, [self.values() for _ in range(40)])
        session.commit()
        for identity in self.ids[::2]:
            values = self.values()
            del values["categories"]
            history.write_many(session, self.office, updates=[history.Update(Initiative, identity, values)])
            choices = {identity: {one: self.some(ids) for one, ids in self.categories.items()}}
            operations.set_categories(session, self.office, choices)
            session.commit()
        operations.remove_initiatives(session, self.office, self.ids[:6])
        operations.restore_initiatives(session, self.office, self.ids[:2])
        session.commit()

    def some(self, values):
        return frozenset(self.chance.sample(list(values), self.chance.randrange(len(values))))

    def values(self):
        first = self.chance.choice([None, 2023, 2025, 2027])
        last = self.chance.choice([None, 2027, 2028]) if first else self.chance.choice([None, 2024, 2026])
        ongoing = Timespan("jatkuva", kind=Kind.ONGOING)
        span = years(first, last) if first or last else self.chance.choice([None, ongoing, Timespan("joskus")])
        return {
            "portfolio_id": self.chance.choice(self.portfolios),
            "kind": self.chance.choice(list(InitiativeKind)),
            "title_fi": " ".join(self.chance.sample(WORDS, 3)),
            "status": self.chance.choice([status for status in Status if status is not Status.MERGED]),
            "unit_id": self.chance.choice([None, *self.units]),
            "owner_post_id": self.chance.choice([None, *self.posts]),
            "spearhead": self.chance.random() < 0.3,
            "publicity": self.chance.choice(list(Publicity)),
            "progress": self.chance.choice([None, 0, 50]),
            "timespan": span,
            "categories": {one: self.some(ids) for one, ids in self.categories.items()},
        }

    def filter(self):
        """A filter in which each field narrows now and then."""
        flag = [None, None, None, True, False]
        chosen = [one for ids in self.categories.values() for one in self.some(ids)]
        fields = {
            "text": self.chance.choice(["", "", "öl", "åLAND opis", "%", "_b", "t-00", "ei ole"]),
            "portfolio_ids": self.some(self.portfolios),
            "kinds": self.some(InitiativeKind),
            "statuses": self.some(Status),
            "unit_ids": self.some(self.units),
            "owner_post_ids": self.some(self.posts),
            "category_groups": load_options(self.session, self.id).category_groups(frozenset(chosen)),
            "publicity": self.chance.choice([None, None, *Publicity]),
            "spearhead": self.chance.choice(flag),
            "undated": self.chance.choice(flag),
            "late": self.chance.choice(flag),
            "year_from": self.chance.choice([None, 2024, 2026]),
            "year_to": self.chance.choice([None, 2023, 2027]),
            "ids": self.chance.choice([None, None, self.some(self.ids)]),
        }
        narrowing = self.chance.sample(sorted(fields), self.chance.randrange(4))
        return replace(InitiativeFilter(), **{name: fields[name] for name in narrowing})


def test_the_present_and_the_past_of_the_present_are_the_same_for_any_filter_and_order(town):
    latest = history.latest_revision(town.session)
    seen = 0
    for _ in range(150):
        chosen, sort = town.filter(), town.chance.choice([*SORTS, *(f"-{name}" for name in SORTS)])
        options = {"today": TODAY, "sort": sort, "page": town.chance.randrange(1, 4), "per_page": 7}
        now = find_initiatives(town.session, town.id, chosen, **options)
        then = find_initiatives(town.session, town.id, chosen, at=latest, **options)
        assert [row.code for row in now.rows] == [row.code for row in then.rows], (chosen, sort)
        assert (now.total, now.page, now.pages) == (then.total, then.page, then.pages)
        for one, other in ((now.categories, then.categories), (now.units, then.units), (now.posts, then.posts)):
            assert one.keys() == other.keys()
        assert now.updated == then.updated
        by_status = queries.count_by_status(town.session, town.id, chosen, today=TODAY)
        assert by_status == queries.count_by_status(town.session, town.id, chosen, today=TODAY, at=latest)
        assert sum(by_status.values()) == now.total
        seen += now.total
    assert seen > 200


def test_the_past_stays_what_it_was_when_it_was_the_present(town):
    before = history.latest_revision(town.session)
    seen = [row.code for row in find_initiatives(town.session, town.id, InitiativeFilter(), today=TODAY).rows]
    operations.update_initiatives(town.session, town.office, {town.ids[-1]: {"title_fi": "aivan uusi nimi"}})
    operations.remove_initiatives(town.session, town.office, [town.ids[-2]])
    operations.create_initiatives(town.session, town.office, [town.values()])
    town.session.commit()
    then = find_initiatives(town.session, town.id, InitiativeFilter(), today=TODAY, at=before)
    assert [row.code for row in then.rows] == seen


# ------------------------------------------------------------------------------------------------ search


def test_every_word_must_be_part_of_a_word_and_case_does_not_matter(place):
    place.create(title_fi="Öljylämmityksestä luopuminen")
    place.create(title_fi="Ålandin verkosto", summary_fi="lämmitys")
    place.create(title_fi="Oljen käyttö")
    assert titles(place, InitiativeFilter(text="lämmi")) == ["Ålandin verkosto", "Öljylämmityksestä luopuminen"]
    assert titles(place, InitiativeFilter(text="LÄMMI ölj")) == ["Öljylämmityksestä luopuminen"]
    assert titles(place, InitiativeFilter(text="ålandin\xa0verkosto")) == ["Ålandin verkosto"]
    assert titles(place, InitiativeFilter(text="olj")) == ["Oljen käyttö"]


def test_signs_of_patterns_are_found_as_they_are(place):
    place.create(title_fi="100 % sähköä")
    place.create(title_fi="a_b ja c\\d")
    assert titles(place, InitiativeFilter(text="%")) == ["100 % sähköä"]
    assert titles(place, InitiativeFilter(text="a_")) == ["a_b ja c\\d"]
    assert titles(place, InitiativeFilter(text="c\\")) == ["a_b ja c\\d"]
    assert titles(place, InitiativeFilter(text="a/")) == titles(place, InitiativeFilter(text="\0zzz")) == []


def test_a_code_and_the_ledgers_number_are_found(place):
    place.create(ledger_number="PR-4471")
    code = place.get(place.create(title_fi="Toinen")).code
    assert titles(place, InitiativeFilter(text=code.lower())) == ["Toinen"]
    assert titles(place, InitiativeFilter(text="4471")) == ["Sähköinen asiointi"]


# ------------------------------------------------------------------------------------------------ filters


def test_classes_of_one_scheme_are_alternatives_and_of_two_must_both_hold(place):
    theme, level = (create_scheme(place.session, municipality_id=place.id).id for _ in range(2))
    water, air, upper = (
        create_category(place.session, municipality_id=place.id, scheme_id=one).id for one in (theme, theme, level)
    )
    fresh = create_category(place.session, municipality_id=place.id, scheme_id=theme, parent_id=water).id
    place.create(title_fi="a", categories={theme: {fresh}})
    place.create(title_fi="b", categories={theme: {air}, level: {upper}})
    place.create(title_fi="c", categories={level: {upper}})

    def found(*ids):
        groups = load_options(place.session, place.id).category_groups(frozenset(ids))
        return titles(place, InitiativeFilter(category_groups=groups))

    assert found(water) == ["a"]
    assert found(water, air) == ["a", "b"]
    assert found(water, air, upper) == ["b"]
    assert load_options(place.session, place.id).category_groups(frozenset()) == frozenset()


def test_years_keep_what_overlaps_them_and_undated_items_are_apart(place):
    place.create(title_fi="a", timespan=years(2023, 2024))
    place.create(title_fi="b", timespan=years(None, 2025))
    place.create(title_fi="c", timespan=years(2026))
    place.create(title_fi="d")
    place.create(title_fi="e", timespan=Timespan("jatkuva", kind=Kind.ONGOING))
    assert titles(place, InitiativeFilter(year_from=2025, year_to=2025)) == ["b", "e"]
    assert titles(place, InitiativeFilter(year_from=2024)) == ["a", "b", "c", "e"]
    assert titles(place, InitiativeFilter(year_to=2023)) == ["a", "b", "e"]
    assert titles(place, InitiativeFilter(undated=True)) == ["d"]
    assert titles(place, InitiativeFilter(year_from=-5, year_to=99999)) == ["a", "b", "c", "e"]


def test_late_is_what_is_open_and_should_have_been_done(place):
    place.create(title_fi="a", timespan=years(2023, 2024), status=Status.UNDER_WAY)
    place.create(title_fi="b", timespan=years(2023, 2024), status=Status.COMPLETED)
    place.create(title_fi="c", timespan=years(2023, 2026), status=Status.UNDER_WAY)
    place.create(title_fi="d")
    assert titles(place, InitiativeFilter(late=True)) == ["a"]
    assert titles(place, InitiativeFilter(late=False)) == ["b", "c", "d"]


def test_ids_beyond_every_database_find_nothing(any_db):
    home = create_municipality(any_db).id
    any_db.commit()
    latest = history.latest_revision(any_db)
    for beyond in (2**40, 2**70):
        ids = frozenset({beyond})
        for name in ("ids", "unit_ids", "owner_post_ids", "portfolio_ids"):
            chosen = InitiativeFilter(**{name: ids})
            assert find_initiatives(any_db, home, chosen, today=TODAY).total == 0
        in_class = InitiativeFilter(category_groups=frozenset({ids}))
        assert find_initiatives(any_db, home, in_class, today=TODAY).total == 0
        for at in (None, latest):
            assert queries.get_initiative(any_db, home, beyond, at=at) is None
            assert queries.titles_of(any_db, home, ids, at=at) == {}
            assert history.few(any_db, Initiative, home, at, id=beyond) == []


def test_nothing_of_another_municipality_is_found(place):
    place.create()
    elsewhere = create_municipality(place.session).id
    assert find_initiatives(place.session, elsewhere, InitiativeFilter(), today=TODAY).total == 0


# ------------------------------------------------------------------------------------------------ order and paging


def test_titles_stand_in_finnish_order_and_codes_by_number(place):
    for title in ("Ämpäri", "Zeppelin", "Åkerö", "vesi", "Wesi", "Yö", "Öljy", "10 askelta", "2 askelta"):
        place.create(title_fi=title)
    assert titles(place) == ["2 askelta", "10 askelta", "vesi", "Wesi", "Yö", "Zeppelin", "Åkerö", "Ämpäri", "Öljy"]
    assert titles(place, sort="-title")[:2] == ["Öljy", "Ämpäri"]
    assert titles(place, sort="nonsense") == titles(place, sort="-nonsense") == titles(place)


def test_codes_beyond_999_stand_after_those_before(place):
    operations.create_initiatives(place.session, place.office, [place.draft() for _ in range(1001)])
    page = find_initiatives(place.session, place.id, InitiativeFilter(), today=TODAY, sort="code", page=99)
    assert [row.code[:6] for row in page.rows] == ["T-1001"]
    assert (page.page, page.pages, page.total) == (21, 21, 1001)


def test_what_has_no_value_stands_last_in_both_directions(place):
    place.create(title_fi="a", progress=10)
    place.create(title_fi="b")
    place.create(title_fi="c", progress=90)
    assert titles(place, sort="progress") == ["a", "c", "b"]
    assert titles(place, sort="-progress") == ["c", "a", "b"]


def test_statuses_stand_in_the_order_of_the_lifecycle(place):
    for status in (Status.STOPPED, Status.APPROVED, Status.PROPOSED):
        place.create(title_fi=status.value, status=status)
    assert titles(place, sort="status") == ["proposed", "approved", "stopped"]


def test_the_last_changed_stands_first_when_asked(place):
    first, second = place.create(title_fi="a"), place.create(title_fi="b")
    place.session.commit()
    place.update(place.office, first, progress=1)
    place.session.commit()
    assert titles(place, sort="-updated") == ["a", "b"]
    assert titles(place, sort="-updated", at=history.latest_revision(place.session) - 1) == ["a", "b"]
    assert queries.updated_at(place.session, [first, second])[first] == place.office.at


def test_a_page_past_the_end_is_the_last_one_and_an_empty_list_has_one(place):
    for title in "abc":
        place.create(title_fi=title)
    assert titles(place, page=9, per_page=2) == ["c"]
    assert titles(place, page=-1, per_page=2) == ["a", "b"]
    assert titles(place, page=9, per_page=None) == ["a", "b", "c"]
    empty = find_initiatives(place.session, place.id, InitiativeFilter(text="x y z"), today=TODAY)
    assert (empty.rows, empty.total, empty.page, empty.pages) == ((), 0, 1, 1)


# ------------------------------------------------------------------------------------------------ cost


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_the_number_of_statements_does_not_grow_with_rows(place, counted, sort):
    category = create_category(place.session, municipality_id=place.id)
    values = {"owner_post_id": place.post.id, "categories": {category.scheme_id: {category.id}}}

    def cost():
        with counted(place.session) as count:
            find_initiatives(place.session, place.id, InitiativeFilter(), today=TODAY, sort=sort)
        return count.queries

    place.create(**values)
    few = cost()
    operations.create_initiatives(place.session, place.office, [place.draft(**values) for _ in range(40)])
    assert cost() == few <= 9


def test_a_plain_list_is_sorted_and_counted_by_an_index_alone(place):
    from sqlalchemy import text
    from sqlalchemy.dialects import sqlite

    from portfolio.register.queries.sorting import in_order

    for chosen in (
        InitiativeFilter(),
        InitiativeFilter(statuses=frozenset({Status.PROPOSED}), late=True, year_from=2024),
    ):
        statement = in_order(queries.matching_ids(place.id, chosen, today=TODAY), "title").limit(50)
        sql = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[3] for row in place.session.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
        assert "COVERING INDEX ix_initiative_list" in plan
