import pytest

from portfolio.core.problem import Refusal
from portfolio.core.rights import (
    FIELDS,
    RIGHTS,
    FieldGroup,
    Grant,
    Right,
    Role,
    open_groups,
    operator,
    require,
    working_in,
)
from tests.factories import MORNING, acting

OWN, OTHER, POST = 1, 2, 7


def test_every_role_has_rights_and_fields():
    assert set(RIGHTS) == set(FIELDS) == set(Role)
    assert all(Right.READ in rights for rights in RIGHTS.values())


def test_only_admins_keep_users_and_only_the_office_beside_them_manages():
    assert {role for role, rights in RIGHTS.items() if Right.USERS in rights} == {Role.ADMIN}
    for right in (Right.MANAGE, Right.IMPORT, Right.SETTINGS):
        assert {role for role, rights in RIGHTS.items() if right in rights} == {Role.ADMIN, Role.OFFICE}


def test_a_grant_reaches_its_units_or_everything():
    assert Grant(Role.VIEWER).covers(None)
    assert Grant(Role.VIEWER, frozenset({OWN})).covers(OWN)
    assert not Grant(Role.VIEWER, frozenset({OWN})).covers(OTHER)
    assert not Grant(Role.VIEWER, frozenset({OWN})).covers(None)


def test_roles_add_up_each_within_its_own_units():
    actor = acting(1, "reporter", "budget", unit_ids={OWN})
    assert open_groups(actor, OWN, None) == {FieldGroup.CONTENT, FieldGroup.BUDGET}
    assert open_groups(actor, OTHER, None) == frozenset()


def test_a_post_holder_may_edit_whatever_the_role():
    holder = acting(1, "viewer", post_ids={POST})
    assert holder.may(Right.EDIT)
    assert open_groups(holder, None, POST) == {FieldGroup.CONTENT}
    assert not acting(1, "viewer").may(Right.EDIT)


def test_someone_without_any_role_may_nothing():
    assert not any(acting(1).may(right) for right in Right)


def test_the_operator_works_where_told_and_nobody_works_elsewhere():
    assert working_in(operator(MORNING).within(3)) == 3
    assert acting(1, "office").within(1).municipality_id == 1
    with pytest.raises(ValueError, match="another"):
        acting(1, "admin").within(2)
    with pytest.raises(ValueError, match="within"):
        working_in(operator(MORNING))


def test_a_right_that_is_missing_is_refused_in_words():
    assert require(acting(4, "office"), Right.MANAGE) == 4
    with pytest.raises(Refusal):
        require(acting(4, "reporter"), Right.MANAGE)


def test_a_reason_is_kept_with_the_actor():
    assert acting(1, "office").because("decision", 12).reason == ("decision", 12)
