import pytest
from sqlalchemy import select

from portfolio.accounts import operations
from portfolio.accounts.models import Access, User
from portfolio.accounts.operations import access
from portfolio.core.problem import Refusal
from portfolio.core.rights import Role, operator
from tests import factories

NEW = {"name": "Hankejohtaja", "email": " Hanke@Koekunta.example ", "role": Role.MEMBER}


@pytest.fixture
def admin(town):
    return factories.acting(town.municipality.id, "admin")


def msgids(refused):
    return [problem.msgid for problem in refused.value.problems]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_an_administrator_gives_or_takes_access(town, role):
    actor = factories.acting(town.municipality.id, role)
    user_id = town.users[Role.VIEWER].id
    row = town.session.scalar(select(Access).where(Access.user_id == user_id))
    for attempt in (
        lambda: operations.add_user(town.session, actor, NEW),
        lambda: operations.give_access(town.session, actor, user_id, {"role": Role.ADMIN}),
        lambda: operations.change_access(town.session, actor, row.id, {"role": Role.ADMIN}),
        lambda: operations.end_access(town.session, actor, user_id),
    ):
        with pytest.raises(Refusal):
            attempt()


def test_a_person_who_is_no_user_becomes_one_with_a_link(town, admin):
    new = operations.add_user(town.session, admin, NEW)
    assert (new.user.email, new.user.language, new.user.password_hash) == ("hanke@koekunta.example", "fi", None)
    assert new.token


def test_a_user_of_another_municipality_gets_access_and_keeps_the_name_and_password(town, admin):
    known = factories.create_user(town.session, email="hanke@koekunta.example", name="Oma nimi", password="x")
    new = operations.add_user(town.session, admin, NEW)
    assert (new.user, new.user.name, new.token) == (known, "Oma nimi", None)


def test_all_that_is_wrong_is_said_at_once(town, admin):
    with pytest.raises(Refusal) as refused:
        operations.add_user(town.session, admin, {"email": "x", "name": "", "role": Role.MEMBER})
    assert [problem.place for problem in refused.value.problems] == ["email", "name"]
    assert town.session.scalar(select(User).where(User.email == "x")) is None


def test_a_unit_of_another_municipality_does_not_exist(town, admin):
    other = factories.create_unit(town.session, municipality_id=town.neighbour.id)
    with pytest.raises(Refusal) as refused:
        operations.add_user(town.session, admin, NEW | {"unit_id": other.id})
    assert msgids(refused) == [access.NO_SUCH_UNIT]


def test_a_row_of_another_municipality_cannot_be_changed(town, admin):
    row = factories.create_access(town.session, municipality_id=town.neighbour.id)
    with pytest.raises(LookupError):
        operations.change_access(town.session, admin, row.id, {"role": Role.ADMIN})


def test_the_same_role_is_not_given_twice_in_one_unit(town, admin):
    with pytest.raises(Refusal) as refused:
        operations.give_access(town.session, admin, town.users[Role.MEMBER].id, {"role": Role.MEMBER})
    assert msgids(refused) == [access.SAME_ROLE]
    operations.give_access(town.session, admin, town.users[Role.MEMBER].id, {"role": "member", "unit_id": town.unit.id})


def test_a_role_that_is_given_beside_another_cannot_be_left_alone(town, admin):
    user_id = town.users[Role.BUDGET].id
    viewer = town.session.scalar(select(Access.id).where(Access.user_id == user_id, Access.role == Role.VIEWER))
    with pytest.raises(Refusal):
        operations.end_access(town.session, admin, user_id, {viewer})
    assert len(operations.end_access(town.session, admin, user_id).changed) == 2


def test_one_of_two_administrators_may_go(town, admin):
    second = factories.create_access(town.session, municipality_id=town.municipality.id, role=Role.ADMIN)
    operations.end_access(town.session, admin, town.users[Role.ADMIN].id)
    with pytest.raises(Refusal) as refused:
        operations.end_access(town.session, admin, second.user_id)
    assert msgids(refused) == [access.LAST_ADMIN]


def test_the_operator_gives_the_first_access(town):
    actor = operator(factories.MORNING).within(town.neighbour.id)
    assert operations.add_user(town.session, actor, NEW | {"role": Role.ADMIN}).token
