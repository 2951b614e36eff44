"""constraints.txt names one version of everything that is installed, and it is the one that is tested."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = {
    canonicalize_name(name): version
    for name, version in (
        line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    )
}


def direct():
    """What pyproject.toml asks for, extras included."""
    return [Requirement(line) for lines in (PROJECT["dependencies"], *extras()) for line in lines]


def extras():
    return PROJECT["optional-dependencies"].values()


def needed():
    """Everything installed for the project's sake, directly or through others: name to version."""
    found, waiting, seen = {}, direct(), set()
    while waiting:
        wish = waiting.pop()
        name = canonicalize_name(wish.name)
        if (name, frozenset(wish.extras)) in seen:
            continue
        seen.add((name, frozenset(wish.extras)))
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or Python version
        found[name] = installed.version
        further = map(Requirement, installed.requires or [])
        waiting += [more for more in further if is_wanted(more, wish.extras)]
    return found


def is_wanted(requirement, extras):
    """Whether a requirement holds on this machine, for one of the extras that were asked for or for none."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def test_every_requirement_is_pinned_to_a_version_that_it_allows():
    wrong = [str(wish) for wish in direct() if not wish.specifier.contains(PINS.get(canonicalize_name(wish.name), "0"))]
    assert wrong == []


def test_what_is_installed_is_what_is_pinned():
    assert {name: version for name, version in needed().items() if PINS.get(name) != version} == {}


def test_nothing_is_pinned_that_nothing_needs():
    assert sorted(set(PINS) - set(needed())) == []


def test_pins_are_plain_names_and_versions():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.+!]+", line)] == []
