import pytest

from portfolio.web import listing


@pytest.fixture
def at(application):
    return application.test_request_context


def test_an_address_keeps_its_filters_and_starts_from_the_first_page(at):
    with at("/turku/x?q=ä&status=a&status=b&page=3"):
        assert listing.address_with(sort="-title") == "/turku/x?q=%C3%A4&status=a&status=b&sort=-title"
        assert listing.address_with(status=None, q=None) == "/turku/x"
        assert listing.address_with(status=["c", "d"], q=None) == "/turku/x?status=c&status=d"
        assert listing.kept_parameters("q") == [("status", "a"), ("status", "b")]


@pytest.mark.parametrize(("asked", "page"), [("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("", 1)])
def test_a_page_that_is_none_is_the_first(at, asked, page):
    with at(f"/x?page={asked}"):
        assert listing.asked_page() == page


def test_a_page_past_the_end_is_the_last(at):
    with at("/x?page=9"):
        assert listing.cut_page(list(range(7)), 3) == [6]
        assert listing.cut_page([], 3) == []
        assert listing.paging(7, 3)["first"] == 7


def test_one_page_needs_no_paging(at):
    with at("/x"):
        assert listing.paging(3, 3) is None
        assert listing.paging(0, 3) is None


def test_paging_links_the_ends_and_the_neighbours(at):
    with at("/x?page=10&q=a"):
        pages = listing.paging(1000, 50)
    assert (pages["first"], pages["last"], pages["total"]) == (451, 500, 1000)
    assert [one["label"] for one in pages["pages"]] == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert [one["label"] for one in pages["pages"] if one["current"]] == [10]
    assert (pages["previous"], pages["next"]) == ("/x?q=a&page=9", "/x?q=a&page=11")


def test_paging_ends_at_the_ends(at):
    with at("/x"):
        assert listing.paging(4, 2)["previous"] is None
    with at("/x?page=2"):
        assert listing.paging(4, 2)["next"] is None


def test_a_pill_says_what_is_chosen_and_how_to_take_it_away(at):
    with at("/x?status=b&status=c&q=a"):
        pill = listing.pill("status", "Tila", [("a", "Yksi"), ("b", "Kaksi"), ("c", "Kolme")], many=True)
    assert pill["words"] == "Kaksi, Kolme"
    assert [one["checked"] for one in pill["choices"]] == [False, True, True]
    assert pill["remove_url"] == "/x?q=a"


def test_a_pill_of_which_nothing_is_chosen_says_nothing(at):
    with at("/x?status=unknown"):
        assert listing.pill("status", "Tila", [(1, "Yksi")])["words"] is None


@pytest.mark.parametrize(
    ("query", "sorted_", "url"),
    [
        ("", None, "/x?sort=title"),
        ("?sort=title", "ascending", "/x?sort=-title"),
        ("?sort=-title", "descending", "/x?sort=title"),
        ("?sort=code", None, "/x?sort=title"),
    ],
)
def test_a_column_is_sorted_and_turned_round(at, query, sorted_, url):
    with at(f"/x{query}"):
        column = listing.column("title", "Nimi", sort="title")
    assert (column["sorted"], column["sort_url"]) == (sorted_, url)


def test_a_column_without_an_order_has_no_link(at):
    with at("/x?sort=None"):
        assert listing.column("title", "Nimi")["sort_url"] is None
        assert listing.column("title", "Nimi")["sorted"] is None
