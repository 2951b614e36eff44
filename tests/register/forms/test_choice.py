import pytest
from werkzeug.datastructures import MultiDict

from portfolio.core import history
from portfolio.core.rights import operator
from portfolio.register.forms import PARAMETERS, filter_pills, filter_words, read_filter
from portfolio.register.models import Category
from portfolio.register.rules import InitiativeFilter, InitiativeKind, Publicity, Status
from tests import factories


@pytest.fixture
def place(session, app):
    """A town with a unit below another, a post, a portfolio and two schemes; the request gives the language."""
    town = session.query(history.versioned_models()["municipality"]).filter_by(code="koekunta").one()
    home = {"municipality_id": town.id}
    above = factories.create_unit(session, **home, name_fi="Ylin")
    below = factories.create_unit(session, **home, name_fi="Alin", parent_id=above.id)
    post = factories.create_post(session, **home, title_fi="Päällikkö")
    portfolio = factories.create_portfolio(session, **home, name_fi="Tarvesalkku")
    scheme = factories.create_scheme(session, **home, name_fi="Näkökulma")
    parent = factories.create_category(session, **home, scheme_id=scheme.id, name_fi="Asukas")
    child = factories.create_category(session, **home, scheme_id=scheme.id, name_fi="Lapsi", parent_id=parent.id)
    other = factories.create_scheme(session, **home, name_fi="Taso", portfolio_id=portfolio.id)
    level = factories.create_category(session, **home, scheme_id=other.id, name_fi="Kaupunki")
    with app.test_request_context("/"):
        yield {
            "town": town, "above": above, "below": below, "post": post, "portfolio": portfolio,
            "parent": parent, "child": child, "level": level,
        }  # fmt: skip


@pytest.fixture
def read(session, place):
    """Reads a filter from pairs, as a member who holds the post."""

    def read_pairs(*pairs, post_ids=None, at=None):
        held = [place["post"].id] if post_ids is None else post_ids
        actor = factories.acting(place["town"].id, "member", post_ids=held)
        return read_filter(MultiDict(pairs), session, place["town"].id, actor, at=at)

    return read_pairs


def test_an_address_without_filters_asks_for_everything(read):
    choice = read(("sort", "title"), ("group", "unit"))
    assert choice.filter == InitiativeFilter()
    assert choice.is_empty
    assert choice.problems == ()


def test_every_parameter_narrows_and_is_kept_for_links(read, place):
    pairs = [
        ("q", "  sähköinen   asiointi "), ("portfolio", str(place["portfolio"].id)), ("unit", str(place["above"].id)),
        ("status", "under_way"), ("status", "paused"), ("kind", "need"), ("owner", str(place["post"].id)),
        ("category", str(place["parent"].id)), ("category", str(place["level"].id)), ("year_from", "2024"),
        ("year_to", "2026"), ("only", "late"), ("only", "spearhead"), ("publicity", "public"),
    ]  # fmt: skip
    choice = read(*pairs)
    assert choice.problems == ()
    assert set(choice.asked) == PARAMETERS
    assert choice.filter == InitiativeFilter(
        text="sähköinen asiointi",
        portfolio_ids=frozenset({place["portfolio"].id}),
        kinds=frozenset({InitiativeKind.NEED}),
        statuses=frozenset({Status.UNDER_WAY, Status.PAUSED}),
        unit_ids=frozenset({place["above"].id, place["below"].id}),
        owner_post_ids=frozenset({place["post"].id}),
        category_groups=frozenset({frozenset({place["parent"].id, place["child"].id}), frozenset({place["level"].id})}),
        publicity=Publicity.PUBLIC,
        spearhead=True,
        late=True,
        year_from=2024,
        year_to=2026,
    )


def test_what_was_asked_reads_the_same_again(read, place):
    first = read(("status", "paused"), ("unit", str(place["below"].id)), ("q", "ö"), ("year_to", "2030"))
    again = read(*((name, one) for name, found in first.asked.items() for one in found))
    assert again.filter == first.filter


def test_both_publicities_and_all_that_are_empty_do_not_narrow(read):
    assert read(("publicity", "public"), ("publicity", "internal")).filter.publicity is None
    assert read(("q", " "), ("unit", ""), ("year_from", "")).is_empty


def test_mine_is_by_the_posts_i_hold_and_nothing_when_i_hold_none(read, place):
    assert read(("only", "mine")).filter.owner_post_ids == {place["post"].id}
    assert read(("only", "mine"), post_ids=[]).filter.ids == frozenset()


@pytest.mark.parametrize(
    "pair",
    [
        ("status", "flying"), ("kind", "dream"), ("unit", "0"), ("unit", "1 OR 1=1"), ("owner", "-1"), ("only", "old"),
        ("category", "999999"), ("year_from", "24"), ("year_to", "２０２６"), ("year_to", "9999"), ("q", "x" * 201),
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_out_and_told(read, pair):
    choice = read(pair)
    assert choice.is_empty
    assert len(choice.problems) == 1


def test_years_that_run_backwards_are_left_out_and_told(read):
    choice = read(("year_from", "2027"), ("year_to", "2026"))
    assert choice.is_empty
    assert choice.problems[0].params == {"first": "2027", "last": "2026"}


def test_ids_of_another_municipality_are_not_known(read, session):
    neighbour = session.query(history.versioned_models()["municipality"]).filter_by(code="naapurikunta").one()
    unit = factories.create_unit(session, municipality_id=neighbour.id)
    post = factories.create_post(session, municipality_id=neighbour.id)
    choice = read(("unit", str(unit.id)), ("owner", str(post.id)))
    assert choice.is_empty
    assert len(choice.problems) == 2


def test_the_past_knows_what_has_been_removed_since(read, session, place):
    before = history.latest_revision(session)
    session.commit()
    removal = history.Update(Category, place["level"].id, {"removed": True})
    history.write_many(session, operator(factories.MORNING), updates=[removal])
    pair = ("category", str(place["level"].id))
    assert read(pair).is_empty
    assert read(pair, at=before).filter.category_groups == {frozenset({place["level"].id})}


def test_one_value_or_a_whole_parameter_can_be_taken_away(read):
    choice = read(("status", "paused"), ("status", "under_way"), ("q", "ö"))
    assert choice.without("status") == {"q": ("ö",)}
    assert choice.without("status", values=["paused"]) == {"q": ("ö",), "status": ("under_way",)}


def address(**parameters):
    return "?" + "&".join(f"{name}={','.join(found)}" for name, found in sorted(parameters.items()))


def test_a_pill_says_what_is_chosen_and_how_to_remove_it(read, place):
    choice = read(("status", "paused"), ("category", str(place["child"].id)), ("category", str(place["level"].id)))
    pills = {pill["key"]: pill for pill in filter_pills(choice, address)}
    assert pills["status"]["words"] == "Tauolla"
    assert "status" not in pills["status"]["remove_url"]
    views = next(pill for pill in pills.values() if pill["label"] == "Näkökulma")
    assert views["words"] == "Lapsi"
    assert views["remove_url"] == f"?category={place['level'].id}&status=paused"
    assert pills["unit"]["words"] is None
    assert pills["owner"]["folded"]


def test_a_pill_in_use_is_never_folded(read, place):
    pills = {pill["key"]: pill for pill in filter_pills(read(("owner", str(place["post"].id))), address)}
    assert not pills["owner"]["folded"]


def test_many_chosen_values_are_named_in_short(read):
    statuses = [("status", str(one)) for one in list(Status)[:5]]
    pills = {pill["key"]: pill for pill in filter_pills(read(*statuses), address)}
    assert pills["status"]["words"] == "Ehdotettu, Valmistelussa, 3 muuta"


def test_years_are_told_as_an_interval_that_may_be_open(read):
    def words(*pairs):
        return next(pill["words"] for pill in filter_pills(read(*pairs), address) if pill["key"] == "years")

    assert words(("year_from", "2024"), ("year_to", "2026")) == "2024–2026"
    assert words(("year_from", "2024"), ("year_to", "2024")) == "2024"
    assert words(("year_from", "2024")) == "2024–"
    assert words(("year_to", "2026")) == "–2026"


def test_classifications_are_those_of_the_portfolios_shown(read, session, place):
    other = factories.create_portfolio(session, municipality_id=place["town"].id)

    def labels(*pairs):
        return {pill["label"] for pill in filter_pills(read(*pairs), address)}

    assert {"Näkökulma", "Taso"} <= labels()
    assert "Taso" not in labels(("portfolio", str(other.id)))
    assert "Taso" in labels(("portfolio", str(other.id)), ("category", str(place["level"].id)))


def test_the_filter_is_said_whole_in_words(read, place):
    statuses = [("status", str(one)) for one in list(Status)[:4]]
    choice = read(*statuses, ("unit", str(place["below"].id)), ("q", "ö"), ("year_from", "2024"))
    assert filter_words(choice) == [
        "Yksikkö: Alin",
        "Tila: Ehdotettu, Valmistelussa, Hyväksytty, Käynnissä",
        "Ajankohta: 2024–",
        "Teksti: ö",
    ]
