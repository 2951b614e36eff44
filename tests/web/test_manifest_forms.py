"""Generated from the manifest: nothing changes without a form's token."""

import pytest

from tests.web import walk as way

UNSAFE = [pytest.param(step, id=step.id) for step in way.steps() if not way.is_safe(step)]


@pytest.mark.parametrize("step", UNSAFE)
def test_a_form_without_its_token_is_refused_and_changes_nothing(walk, admin, step):
    before = walk.digest()
    answer = admin.client.open(walk.address(step), method=step.method, data={"name": "x"})
    assert answer.status_code == 400
    assert walk.digest() == before


@pytest.mark.parametrize("step", UNSAFE)
def test_a_form_with_the_token_of_another_session_is_refused(walk, admin, step):
    token = type(admin)(walk.app.test_client()).token()
    answer = admin.client.open(walk.address(step), method=step.method, data={"csrf_token": token})
    assert answer.status_code == 400


def test_no_view_is_exempt_from_the_token(walk):
    csrf = walk.app.extensions["csrf"]
    assert not csrf._exempt_views
    assert not csrf._exempt_blueprints
