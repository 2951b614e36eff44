import pytest

from portfolio.accounts import operations, queries
from portfolio.core.problem import Refusal
from portfolio.core.rights import Actor, Grant, Role
from tests import factories

PAGE = "roadmap"


@pytest.fixture
def people(town):
    """Actors of the town by role, each a user of its own."""
    return {
        role: Actor(user.id, user.name, town.municipality.id, (Grant(role),), factories.MORNING)
        for role, user in town.users.items()
    }


def keep(town, actor, name="Johtoryhmä", **values):
    return operations.save_view(town.session, actor, PAGE, {"name": name, "query": "group=unit", **values})


def seen(town, actor):
    found = queries.saved_views(town.session, town.municipality.id, actor.user_id, PAGE)
    return [one.view.name for one in found]


def refused(call, *args, **values):
    with pytest.raises(Refusal) as refusal:
        call(*args, **values)
    return [problem.place for problem in refusal.value.problems]


def test_a_reader_keeps_views_that_nobody_else_sees(town, people):
    keep(town, people[Role.VIEWER])

    assert seen(town, people[Role.VIEWER]) == ["Johtoryhmä"]
    assert seen(town, people[Role.ADMIN]) == []


def test_own_views_come_first_then_those_that_others_share(town, people):
    keep(town, people[Role.OFFICE], "Ääni", shared=True)
    keep(town, people[Role.OFFICE], "Aamu", shared=True)
    keep(town, people[Role.VIEWER], "Öljy")

    assert seen(town, people[Role.VIEWER]) == ["Öljy", "Aamu", "Ääni"]


def test_sharing_asks_for_a_right_to_edit(town, people):
    assert refused(keep, town, people[Role.VIEWER], shared=True) == ["shared"]
    assert keep(town, people[Role.REPORTER], shared=True)


@pytest.mark.parametrize("name", ["", "   ", None])
def test_a_view_has_a_name(town, people, name):
    assert refused(keep, town, people[Role.VIEWER], name) == ["name"]


def test_one_name_is_one_view_among_those_that_a_person_sees(town, people):
    keep(town, people[Role.OFFICE], "Kevät")
    keep(town, people[Role.ADMIN], "Kevät", shared=True)

    assert refused(keep, town, people[Role.OFFICE], "kevät") == ["name"]
    assert refused(keep, town, people[Role.REPORTER], "Kevät", shared=True) == ["name"]
    assert keep(town, people[Role.VIEWER], "Kevät")


def test_a_query_longer_than_an_address_is_refused(town, people):
    assert refused(keep, town, people[Role.VIEWER], query="q=" + "a" * 3_000) == [None]


def test_a_view_is_renamed_and_made_to_show_something_else(town, people):
    identity = keep(town, people[Role.VIEWER])
    operations.update_view(town.session, people[Role.VIEWER], identity, {"name": "Kevät", "query": "group=none"})

    view = queries.get_view(town.session, town.municipality.id, identity)
    assert (view.name, view.query, view.shared) == ("Kevät", "group=none", False)


def test_what_is_another_persons_own_is_not_changed(town, people):
    own = keep(town, people[Role.VIEWER])
    shared = keep(town, people[Role.OFFICE], "Yhteinen", shared=True)

    for identity, actor in ((own, people[Role.ADMIN]), (shared, people[Role.REPORTER])):
        assert refused(operations.update_view, town.session, actor, identity, {"name": "Minun"}) == [None]
        assert refused(operations.remove_view, town.session, actor, identity) == [None]


def test_who_manages_keeps_order_in_shared_views(town, people):
    shared = keep(town, people[Role.REPORTER], shared=True)
    operations.update_view(town.session, people[Role.ADMIN], shared, {"name": "Uusi"})

    assert seen(town, people[Role.VIEWER]) == ["Uusi"]


def test_a_view_that_was_removed_comes_back_unless_its_name_is_taken(town, people):
    actor = people[Role.VIEWER]
    identity = keep(town, actor)
    operations.remove_view(town.session, actor, identity)
    assert seen(town, actor) == []
    operations.restore_view(town.session, actor, identity)
    assert seen(town, actor) == ["Johtoryhmä"]

    operations.remove_view(town.session, actor, identity)
    keep(town, actor)
    assert refused(operations.restore_view, town.session, actor, identity) == ["name"]


def test_a_view_of_another_municipality_is_not_there(town, people):
    identity = keep(town, people[Role.OFFICE], shared=True)
    stranger = Actor(people[Role.OFFICE].user_id, "x", town.neighbour.id, (Grant(Role.ADMIN),), factories.MORNING)

    with pytest.raises(LookupError):
        operations.remove_view(town.session, stranger, identity)
