"""Walking every address of the application: what the tests that are generated from the manifest stand on."""

import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property

from portfolio.app import create_app
from portfolio.core.database import Base, make_engine
from portfolio.web.access import PLACE, manifest_of
from portfolio.web.current import SAFE

NOT_STATE = frozenset({"sign_in", "access_log", "rate_count", "calendar_feed"})
"""Tables that a GET may write: when a sign-in or a feed was last used, who read what, how often something was tried."""


@dataclass(frozen=True)
class Step:
    """One rule of the application and one of its methods."""

    endpoint: str
    rule: str
    method: str

    @property
    def id(self):
        return f"{self.method} {self.endpoint}"


@cache
def bare_app():
    """An application without a database, to see which addresses there are."""
    return create_app(engine=make_engine("sqlite://"))


@cache
def steps():
    """Every rule and method; OPTIONS and HEAD follow from the others."""
    return tuple(
        Step(rule.endpoint, rule.rule, method)
        for rule in sorted(bare_app().url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    )


def entry(step):
    """What the step's endpoint declares."""
    return manifest_of(bare_app())[step.endpoint]


def is_safe(step):
    return step.method in SAFE


def in_place(step):
    return f"<{PLACE}>" in step.rule


def with_variables():
    """The endpoints whose addresses hold more than the municipality."""
    rules = bare_app().url_map.iter_rules()
    return {rule.endpoint for rule in rules if rule.arguments - {PLACE}}


@dataclass
class Walk:
    """An application over a town in which every address has an example."""

    app: object
    engine: object
    values: dict
    code: str
    neighbour: str
    _digests: dict = field(default_factory=dict)

    def address(self, step, code=None):
        """The address of a step, in the town or in another municipality."""
        rules = self.app.url_map.iter_rules(step.endpoint)
        rule = next(one for one in rules if one.rule == step.rule)
        made = self.values.get(step.endpoint, {})
        if isinstance(made, Exception):
            raise AssertionError(f"the example of {step.endpoint} cannot be made") from made
        values = made | ({PLACE: code or self.code} if in_place(step) else {})
        missing = rule.arguments - values.keys()
        assert not missing, f"{step.endpoint} has no example for {missing}: write one in tests/<room>/examples.py"
        _domain, path = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
        return path

    def digest(self):
        """A digest of everything in the database that is state; read anew only when somebody has committed since."""
        (committed,) = self._watching.execute("PRAGMA data_version").fetchone()
        if committed not in self._digests:
            self._digests = {committed: self._read()}
        return self._digests[committed]

    def close(self):
        """Let go of the database."""
        self._watching.close()
        self.engine.dispose()

    @cached_property
    def _watching(self):
        # data_version tells one connection of the commits of the others, so it stays open and writes nothing
        return self.engine.raw_connection()

    def _read(self):
        found = hashlib.sha256()
        for table in Base.metadata.sorted_tables:
            if table.name not in NOT_STATE:
                order = ", ".join(column.name for column in table.primary_key)
                for row in self._watching.execute(f"SELECT * FROM {table.name} ORDER BY {order}"):
                    found.update(repr(row).encode())
        return found.hexdigest()
