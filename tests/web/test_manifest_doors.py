"""Generated from the manifest: who is let in, at every address."""

import pytest

from tests.web import walk as way
from tests.web.examples import builders

STEPS = [pytest.param(step, id=step.id) for step in way.steps()]
GUARDED = [pytest.param(step, id=step.id) for step in way.steps() if not way.entry(step).public]
PUBLIC = [pytest.param(step, id=step.id) for step in way.steps() if way.entry(step).public and way.is_safe(step)]
IN_PLACE = [pytest.param(s, id=s.id) for s in way.steps() if way.in_place(s) and not way.entry(s).public]
LOADING = [pytest.param(step, id=step.id) for step in way.steps() if way.entry(step).load]


def send(visitor, method, address):
    data = {"csrf_token": visitor.token()} if method != "GET" else None
    return visitor.client.open(address, method=method, data=data)


def test_every_address_with_variables_has_an_example_and_no_example_is_stale():
    assert set(builders()) == way.with_variables()


@pytest.mark.parametrize("step", GUARDED)
def test_whoever_is_not_signed_in_is_sent_to_sign_in_or_refused(walk, visitor, step):
    before = walk.digest()
    answer = send(visitor, step.method, walk.address(step))
    if way.is_safe(step):
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?next=")
    else:
        assert answer.status_code == 401
    assert walk.digest() == before


@pytest.mark.parametrize("step", PUBLIC)
def test_what_is_declared_public_opens_for_everyone(walk, visitor, step):
    assert visitor.client.get(walk.address(step), buffered=True).status_code in {200, 410}


@pytest.mark.parametrize("step", IN_PLACE)
def test_a_user_of_another_municipality_finds_nothing(walk, stranger, step):
    before = walk.digest()
    assert send(stranger, step.method, walk.address(step)).status_code == 404
    assert walk.digest() == before


@pytest.mark.parametrize("step", LOADING)
def test_another_municipalitys_object_is_not_found_under_ones_own_address(walk, stranger, step):
    before = walk.digest()
    assert send(stranger, step.method, walk.address(step, walk.neighbour)).status_code == 404
    assert walk.digest() == before
