"""Examples of addresses: for each endpoint whose address has variables, a builder that makes rows to fill them.

A room registers its own in tests/<room>/examples.py; a builder runs once for all the endpoints that it names:

    @example("organisation.edit_unit")
    def edit_unit(session, municipality):
        return {"unit": factories.create_unit(session, municipality_id=municipality.id).id}
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from portfolio.organisation.models import Municipality

BUILDERS = {}
TESTS = Path(__file__).parent.parent


def example(*endpoints):
    """Register a builder for one endpoint or more."""

    def register(builder):
        for endpoint in endpoints:
            assert endpoint not in BUILDERS, f"two examples for {endpoint}"
            BUILDERS[endpoint] = builder
        return builder

    return register


@cache
def builders():
    """Every builder of every room."""
    for path in sorted(TESTS.glob("*/examples.py")):
        if path.parent.name != "web":
            import_module(f"tests.{path.parent.name}.examples")
    return BUILDERS


def build(builder, session, municipality_id):
    """Make one builder's rows in a transaction of their own, once for all its endpoints; a failure is theirs alone."""
    try:
        values = builder(session, session.get(Municipality, municipality_id))
        session.commit()
    except Exception as error:  # noqa: BLE001 -- whatever it is, the tests of these endpoints tell it
        session.rollback()
        return error
    return values


@example("static")
def static(session, municipality):
    return {"filename": "tokens.css"}


@example("vendor.file")
def vendor(session, municipality):
    return {"name": "bootstrap.min.css"}
