import shutil

import pytest

from portfolio.core import history
from portfolio.core.database import make_engine, open_session
from portfolio.organisation.models import Municipality
from tests.fixtures.web import CODE, NEIGHBOUR
from tests.pages import Pages


@pytest.fixture(scope="module")
def walk(town_file, tmp_path_factory):
    """The application over a town in which every address has an example, for the tests of one file."""
    from portfolio.app import create_app
    from tests.web.examples import builders
    from tests.web.walk import Walk

    path = tmp_path_factory.mktemp("walk") / "town.sqlite"
    shutil.copy(town_file, path)
    engine = make_engine(f"sqlite:///{path}")
    history.guard(engine)
    with open_session(engine, write=True) as session:
        town = session.query(Municipality).filter_by(code=CODE).one()
        values = {endpoint: builder(session, town) for endpoint, builder in builders().items()}
        session.commit()
    yield Walk(create_app(engine=engine), engine, values, CODE, NEIGHBOUR)
    engine.dispose()


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
