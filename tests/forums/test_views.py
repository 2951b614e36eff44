import pytest

from portfolio.accounts import operations as accounts
from portfolio.core.problem import Refusal
from portfolio.core.rights import Actor, Grant, Role
from portfolio.forums import operations, queries
from tests import factories


@pytest.fixture
def office(town):
    """The office of the town."""
    return Actor(town.users[Role.OFFICE].id, "x", town.municipality.id, (Grant(Role.OFFICE),), factories.MORNING)


@pytest.fixture
def forum(town, office):
    """The id of a forum."""
    return operations.put_forums(town.session, office, {"jory": {"name_fi": "Johtoryhmä", "kind": "leadership"}}).ids[
        "jory"
    ]


def keep(town, actor, name="Kevät", *, shared=True):
    values = {"name": name, "query": "group=unit", "shared": shared}
    return accounts.save_view(town.session, actor, "roadmap", values)


def opened(town):
    return {forum: view.id for forum, view in queries.forum_views(town.session, town.municipality.id).items()}


def test_a_forum_opens_with_one_view(town, office, forum):
    first, second = keep(town, office), keep(town, office, "Syksy")
    operations.open_forum_with_view(town.session, office, first, forum)
    operations.open_forum_with_view(town.session, office, second, forum)

    assert opened(town) == {forum: second}


def test_a_view_is_taken_from_its_forum_and_given_back(town, office, forum):
    view = keep(town, office)
    operations.open_forum_with_view(town.session, office, view, forum)
    operations.open_forum_with_view(town.session, office, view, None)
    assert opened(town) == {}

    operations.open_forum_with_view(town.session, office, view, forum)
    assert opened(town) == {forum: view}


def test_a_view_that_its_members_do_not_see_opens_no_forum(town, office, forum):
    with pytest.raises(Refusal) as refusal:
        operations.open_forum_with_view(town.session, office, keep(town, office, shared=False), forum)

    assert [problem.place for problem in refusal.value.problems] == ["forum_id"]


@pytest.mark.parametrize("change", [{"shared": False}, None])
def test_a_view_that_is_no_longer_shared_or_there_opens_nothing(town, office, forum, change):
    view = keep(town, office)
    operations.open_forum_with_view(town.session, office, view, forum)
    if change:
        accounts.update_view(town.session, office, view, change)
    else:
        accounts.remove_view(town.session, office, view)

    assert opened(town) == {}


def test_only_who_manages_chooses_it(town, office, forum):
    reporter = Actor(
        town.users[Role.REPORTER].id, "x", town.municipality.id, (Grant(Role.REPORTER),), factories.MORNING
    )

    with pytest.raises(Refusal):
        operations.open_forum_with_view(town.session, reporter, keep(town, office), forum)
