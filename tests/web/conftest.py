import shutil
from dataclasses import replace

import pytest

from portfolio.core import history
from portfolio.core.database import make_engine, open_session
from portfolio.organisation.models import Municipality
from portfolio.web.current import EXTENSION
from tests.fixtures.web import CODE, NEIGHBOUR
from tests.pages import Pages


@pytest.fixture(scope="session")
def walk(town_file, tmp_path_factory):
    """The application over a town in which every address has an example; what is sent to it changes nothing there."""
    from portfolio.app import create_app
    from tests.web.examples import build, builders
    from tests.web.walk import Walk

    path = tmp_path_factory.mktemp("walk") / "town.sqlite"
    shutil.copy(town_file, path)
    engine = make_engine(f"sqlite:///{path}")
    history.guard(engine)
    with open_session(engine, write=True) as session:
        town = session.query(Municipality).filter_by(code=CODE).one()
        made = {builder: build(builder, session, town.id) for builder in dict.fromkeys(builders().values())}
    values = {endpoint: made[builder] for endpoint, builder in builders().items()}
    walk = Walk(create_app(engine=engine), engine, values, CODE, NEIGHBOUR)
    yield walk
    walk.close()


@pytest.fixture
def visitor(walk):
    """Someone who is not signed in."""
    return Pages(walk.app.test_client())


@pytest.fixture
def admin(walk, visitor):
    """The town's administrator, who may open everything there."""
    visitor.sign_in("admin", walk.code)
    return visitor


@pytest.fixture
def stranger(walk, visitor):
    """The neighbour's administrator, who may open nothing in the town."""
    visitor.sign_in("admin", walk.neighbour)
    return visitor


@pytest.fixture(scope="session")
def probe_application():
    """The application with one more room, made once."""
    from portfolio import app
    from tests.web.probe import blueprint

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "ROOMS", (*app.ROOMS, blueprint))
        return app.create_app(engine=make_engine("sqlite://"))


@pytest.fixture
def probe(probe_application, engine, clock):
    """A visitor of the application with the probe's room."""
    before = probe_application.extensions[EXTENSION]
    probe_application.extensions[EXTENSION] = replace(before, engine=engine, clock=clock)
    yield Pages(probe_application.test_client())
    probe_application.extensions[EXTENSION] = before
