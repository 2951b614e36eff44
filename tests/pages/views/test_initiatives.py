import datetime as dt

import pytest

from portfolio.core.rights import Role
from portfolio.register.rules import Status
from tests import factories

FINNISH_ORDER = [
    "Avoin arkisto",
    "Zeppelin asemalle",
    "Ålandsbanken yhteistyö",
    "Ääniviestit kouluille",
    "Öljylämmityksen loppu",
]


def titles(page):
    return [one.get_text() for one in page.select("table.list tbody th .t")]


def cells(page, label):
    return [" ".join(one.get_text(" ").split()) for one in page.select(f'table.list tbody td[data-label="{label}"]')]


def summary(page):
    return " ".join(page.select_one(".sub").get_text().split())


@pytest.fixture
def listed(pages, register):
    """Opens the list with some parameters, as a viewer."""
    pages.sign_in(Role.VIEWER)

    def open_list(query="", **options):
        return pages.get(f"/{register.town.code}/initiatives{query}", **options)

    return open_list


def test_the_list_begins_with_a_sentence_and_is_in_finnish_order(listed):
    page = listed()
    assert summary(page) == "5 kohdetta, 3 kohteen kustannus ei tiedossa"
    assert titles(page) == FINNISH_ORDER


def test_unknown_cost_zero_and_open_post_are_said_in_words(listed):
    page = listed()
    assert cells(page, "Talousarvio 2026") == [
        "ei tietoa",
        "ei tietoa",
        "ei tietoa",
        "180 000 €",
        "ei erillistä määrärahaa",
    ]
    assert cells(page, "Vastuutaho")[0] == "ei nimetty"


def test_the_foot_sums_what_is_known_and_counts_what_is_not(listed):
    foot = listed().select_one("tfoot")
    assert "180\xa0000\xa0€" in foot.get_text()
    assert "3 kohteen kustannus ei tiedossa" in foot.get_text()


def test_the_foot_follows_the_filter(listed, register):
    page = listed(f"?unit={register.units['tekniikka'].id}")
    assert summary(page) == "2 kohdetta 5 kohteesta, 1 kohteen kustannus ei tiedossa"
    assert "0\xa0€" in page.select_one("tfoot").get_text()


def test_a_late_one_is_marked_and_its_progress_said(listed):
    statuses = cells(listed("?q=ääni"), "Tila")
    assert statuses == ["Käynnissä Myöhässä 45 %"]


FILTERS = [
    ("q=LÄMMI", ["Öljylämmityksen loppu"]),
    ("q=koul+ääni", ["Ääniviestit kouluille"]),
    ("status=proposed&status=completed", ["Avoin arkisto", "Zeppelin asemalle"]),
    ("kind=project", ["Ålandsbanken yhteistyö", "Öljylämmityksen loppu"]),
    ("publicity=public", ["Avoin arkisto"]),
    ("only=late", ["Ääniviestit kouluille"]),
    ("only=undated", ["Zeppelin asemalle"]),
    ("only=spearhead", ["Zeppelin asemalle"]),
    ("only=mine", []),
    ("year_from=2027", ["Ålandsbanken yhteistyö", "Öljylämmityksen loppu"]),
    ("year_from=2026&year_to=2026", ["Öljylämmityksen loppu"]),
    ("year_to=2024", ["Avoin arkisto"]),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_a_filter_in_the_address_narrows_the_list(listed, query, expected):
    assert titles(listed(f"?{query}")) == expected


def test_portfolios_units_with_those_below_owners_and_classes_narrow_the_list(listed, register):
    assert len(titles(listed(f"?portfolio={register.portfolios['work'].id}"))) == 2
    assert titles(listed(f"?unit={register.units['sivistys'].id}")) == ["Ääniviestit kouluille"]
    assert titles(listed(f"?owner={register.posts['rehtori'].id}")) == ["Ääniviestit kouluille"]
    assert titles(listed(f"?category={register.classes['Talous'].id}")) == ["Ålandsbanken yhteistyö"]


def test_one_chosen_portfolio_begins_the_sentence(listed, register):
    page = listed(f"?portfolio={register.portfolios['work'].id}")
    assert summary(page).startswith("Kehittämissalkku · 2 kohdetta 5 kohteesta")


def test_mine_are_those_of_the_posts_i_hold(pages, register):
    session, home = register.session, register.home
    person = factories.create_person(session, **home, email=f"member@{register.town.code}.example")
    factories.create_holding(session, **home, post_id=register.posts["rehtori"].id, person_id=person.id)
    register.town.commit()
    pages.sign_in(Role.MEMBER)
    assert titles(pages.get(f"/{register.town.code}/initiatives?only=mine")) == ["Ääniviestit kouluille"]
    other = register.posts["insinööri"].id
    assert titles(pages.get(f"/{register.town.code}/initiatives?only=mine&owner={other}")) == []


def test_every_chosen_filter_is_a_pill_that_can_be_removed(pages, listed, register):
    page = listed(f"?status=under_way&status=proposed&unit={register.units['tekniikka'].id}&sort=-title&q=z")
    pills = page.select(".filters .pill.on")
    assert [" ".join(one.b.get_text().split()) for one in pills] == ["Tekniikka", "Ehdotettu, Käynnissä"]
    without = pages.get(pills[1].select_one("a.remove")["href"])
    assert [" ".join(one.b.get_text().split()) for one in without.select(".filters .pill.on")] == ["Tekniikka"]
    assert "sort=-title" in without.answer.request.url


def test_the_filter_form_works_without_scripts(pages, listed, register):
    form = listed("?sort=ends&only=spearhead").select_one("form.filters")
    assert form["method"] == "get"
    names = {one["name"] for one in form.select("input, select") if not one.get("form")}
    assert {"q", "portfolio", "unit", "status", "kind", "owner", "category", "year_from", "year_to"} <= names
    assert form.select_one("input[type=hidden][name=sort]")["value"] == "ends"
    assert form.select_one("input[name=only][value=spearhead]").has_attr("checked")


@pytest.mark.parametrize(
    "query", ["status=flying", "unit=99999", "category=x", "year_from=soon", "sort=colour", "columns=none", "per=7"]
)
def test_what_the_address_asks_in_vain_is_told_and_left_out(listed, query):
    page = listed(f"?{query}")
    assert len(titles(page)) == 5
    assert page.select_one(".notice.warn")


def test_years_that_run_backwards_are_left_out_and_told(listed):
    page = listed("?year_from=2028&year_to=2024")
    assert len(titles(page)) == 5
    assert "2028–2024" in page.select_one(".notice.warn").get_text()


def test_another_municipalitys_ids_do_not_filter(listed, register):
    town = register.town
    unit = factories.create_unit(town.session, municipality_id=town.neighbour.id, name_fi="Salainen yksikkö")
    town.commit()
    page = listed(f"?unit={unit.id}")
    assert len(titles(page)) == 5
    assert "Salainen" not in page.get_text()


def test_headings_sort_and_say_how(pages, listed):
    page = listed("?sort=code")
    heading = page.select_one("th[aria-sort]")
    assert heading["aria-sort"] == "ascending"
    codes = cells(page, "Tunnus")
    turned = cells(pages.get(heading.a["href"]), "Tunnus")
    assert codes == sorted(codes)
    assert turned == codes[::-1]


def test_a_long_list_is_cut_into_pages_whose_size_can_be_chosen(pages, listed, register):
    for number in range(60):
        register.add(f"Kohde {number:02}")
    register.town.commit()
    first = listed()
    assert len(titles(first)) == 50
    assert "Yhteensä kaikilla sivuilla" in first.select_one("tfoot").get_text()
    second = pages.get(first.select_one(".paging a[rel=next]")["href"])
    assert len(titles(second)) == 15
    assert not set(titles(first)) & set(titles(second))
    assert len(titles(pages.get(first.select(".sizes a")[0]["href"]))) == 25
    assert len(titles(listed("?page=99"))) == 15


def test_columns_are_chosen_and_stay_in_the_address(pages, listed, register):
    page = listed("?columns=title&columns=updated&columns=unit&status=under_way")
    assert [one.get_text(strip=True) for one in page.select("thead th")] == ["Kehittämiskohde", "Yksikkö", "Muutettu"]
    assert cells(page, "Muutettu")[0] == "4.5.2026"
    sorted_page = pages.get(page.select_one("thead a")["href"])
    assert len(sorted_page.select("thead th")) == 3
    chooser = page.select_one("form#columns")
    assert chooser.select_one("input[name=status]")["value"] == "under_way"


def test_a_classification_is_a_column_too(listed, register):
    page = listed(f"?columns=class-{register.scheme.id}")
    assert cells(page, "Näkökulma") == ["ei tietoa", "ei tietoa", "Talous", "Asukkaat", "ei tietoa"]


def test_another_budget_year_can_be_shown(listed):
    page = listed("?budget_year=2027")
    assert set(cells(page, "Talousarvio 2027")) == {"ei tietoa"}


def test_an_empty_register_says_what_comes_here_and_how(pages, town):
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/initiatives")
    assert "Ei vielä kehittämiskohteita" in page.words
    assert page.select_one(".empty a")["href"].endswith("/initiatives/new")


def test_filters_that_leave_nothing_say_so_and_offer_the_way_back(pages, listed):
    page = listed("?q=olematon&status=paused")
    assert "Mikään kohde ei vastaa rajausta" in page.words
    assert len(titles(pages.get(page.select_one(".empty a")["href"]))) == 5


def test_the_past_shows_rows_names_and_lateness_as_they_were(pages, register, clock):
    row = register.rows["Avoin arkisto"]
    clock.move(days=40)
    register.change(row, factories.MORNING + dt.timedelta(days=30), removed=True)
    other = register.rows["Ålandsbanken yhteistyö"]
    register.change(other, factories.MORNING + dt.timedelta(days=30), title_fi="Säästöpankki", status=Status.PAUSED)
    pages.sign_in(Role.OFFICE)
    address = f"/{register.town.code}/initiatives"
    assert titles(pages.get(address)) == [
        "Säästöpankki", "Zeppelin asemalle", "Ääniviestit kouluille", "Öljylämmityksen loppu",
    ]  # fmt: skip
    then = pages.get(f"{address}?at=2026-05-04")
    assert titles(then) == FINNISH_ORDER
    assert not then.select("input[name=chosen]")
    assert "at=2026-05-04" in then.select_one("thead a")["href"]
    assert then.select_one("form.filters input[type=hidden][name=at]")["value"] == "2026-05-04"
    assert titles(pages.get(f"{address}?at=2026-05-04&status=completed")) == ["Avoin arkisto"]


@pytest.mark.parametrize(("role", "may_choose"), [(Role.VIEWER, False), (Role.MEMBER, False), (Role.OFFICE, True)])
def test_only_those_who_may_edit_choose_rows(pages, register, role, may_choose):
    pages.sign_in(role)
    page = pages.get(f"/{register.town.code}/initiatives")
    assert bool(page.select("input[name=chosen]")) is may_choose


def test_the_list_speaks_swedish_and_marks_what_is_finnish(pages, register):
    register.change(register.rows["Avoin arkisto"], factories.MORNING, title_sv="Öppet arkiv")
    pages.sign_in(Role.VIEWER)
    with pages.client.session_transaction() as cookie:
        cookie["language"] = "sv"
    user = register.town.users[Role.VIEWER]
    user.language = "sv"
    register.town.commit()
    page = pages.get(f"/{register.town.code}/initiatives")
    assert page.html["lang"] == "sv"
    first, second = page.select("tbody th .t")[:2]
    assert (first.get_text(), first.get("lang")) == ("Öppet arkiv", None)
    assert second["lang"] == "fi"


def test_statements_do_not_grow_with_rows(pages, register, counted, engine):
    pages.sign_in(Role.OFFICE)
    address = f"/{register.town.code}/initiatives?status=under_way&category={register.classes['Talous'].id}"

    def cost(rows):
        with counted(engine) as count:
            assert len(titles(pages.get(address))) == rows
        return count.queries

    def grow(first, last):
        for number in range(first, last):
            register.add(f"Kohde {number}", classes=["Talous"], budget=100, unit_id=register.units["koulut"].id)
        register.town.commit()

    pages.get(address)
    few = cost(1)
    grow(0, 40)
    assert cost(41) == few
    grow(40, 60)
    assert cost(50) == few + 1  # what stands on other pages is summed by the database
    grow(60, 120)
    assert cost(50) == few + 1
    assert few <= 22
