"""Who may import whom: the tree keeps the contracts of pyproject.toml, and each catches a planted violation."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# contract, who imports, what is imported (None: that the module stands there is the violation)
VIOLATIONS = [
    ("layers", "portfolio.register.queries", "portfolio.budgets.queries"),
    ("layers", "portfolio.accounts.operations", "portfolio.register.operations"),
    ("layers", "portfolio.exchange.apply", "portfolio.roadmap.queries"),
    ("layers", "portfolio.findings.rules", "portfolio.pages.queries"),
    ("layers", "portfolio.web.access", "portfolio.organisation.queries"),
    ("layers", "portfolio.files.word", "portfolio.web.language"),
    ("layers", "portfolio.core.jobs", "portfolio.files.word"),
    ("layers", "portfolio.core.database", "portfolio.config"),
    ("layers", "portfolio.utils", None),
    ("pure", "portfolio.register.rules", "sqlalchemy"),
    ("pure", "portfolio.budgets.rules", "portfolio.budgets.models"),
    ("pure", "portfolio.core.money", "flask"),
    ("pure", "portfolio.core.problem", "flask"),
    ("pure", "portfolio.core.rights", "sqlalchemy"),
    ("pure", "portfolio.core.text", "sqlalchemy"),
    ("pure", "portfolio.core.timespan", "sqlalchemy"),
    ("pure", "portfolio.exchange.columns", "sqlalchemy"),
    ("pure", "portfolio.exchange.guess", "openpyxl"),
    ("pure", "portfolio.exchange.merge", "sqlalchemy"),
    ("pure", "portfolio.exchange.profile", "flask"),
    ("pure", "portfolio.exchange.rows", "openpyxl"),
    ("pure", "portfolio.roadmap.bars", "plotly"),
    ("no-flask-in-rooms", "portfolio.forums.operations", "flask"),
    ("no-flask-in-rooms", "portfolio.forums.queries", "flask_wtf"),
    ("no-flask-in-rooms", "portfolio.register.models", "flask_login"),
    ("no-flask-below", "portfolio.core.language", "flask"),
    ("no-flask-below", "portfolio.files.mail", "flask"),
    ("no-flask-below", "portfolio.config", "flask"),
    ("core-stands-alone", "portfolio.core.rights", "portfolio.accounts.models"),
    ("files-know-no-model", "portfolio.files.workbook", "portfolio.register.models"),
    ("files-know-no-model", "portfolio.files.pdf", "portfolio.core.history.read"),
    ("bytes", "portfolio.exchange.export", "openpyxl"),
    ("bytes", "portfolio.exchange.apply", "python_calamine"),
    ("bytes", "portfolio.documents.views", "docx"),
    ("bytes", "portfolio.documents.operations", "typst"),
    ("bytes", "portfolio.roadmap.drawing", "pptx"),
    ("bytes", "portfolio.accounts.operations", "smtplib"),
    ("figures", "portfolio.roadmap.views", "plotly"),
    ("figures", "portfolio.app", "plotly"),
    ("web", "portfolio.register.operations", "portfolio.web.language"),
    ("web", "portfolio.roadmap.figure", "portfolio.web.assets"),
]

PERMITTED = [
    ("portfolio.app", "portfolio.web.access"),
    ("portfolio.cli.demo", "portfolio.web.access"),
    ("portfolio.exchange.commands", "portfolio.web.language"),
    ("portfolio.files.workbook", "openpyxl"),
    ("portfolio.register.forms", "portfolio.web.forms"),
    ("portfolio.register.views", "portfolio.web.access"),
    ("portfolio.roadmap.figure", "plotly.graph_objects"),
    ("portfolio.pages.views", "portfolio.roadmap.bars"),
]


def path_of(folder, module):
    """The file of a module, which may have become a package."""
    path = folder.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def plant(folder, importer, imported):
    """Write one import at the end of a module, making what is not there yet."""
    for module in filter(None, (importer, imported)):
        if module.startswith("portfolio."):
            path = path_of(folder, module)
            path.parent.mkdir(parents=True, exist_ok=True)
            for package in [path.parent, *path.parent.parents]:
                if package == folder:
                    break
                (package / "__init__.py").touch()
            path.touch()
    if imported:
        with path_of(folder, importer).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {imported}\n")


def lint(folder, imports):
    """Run import-linter over a copy of the tree with the imports planted in it; returns its exit status and words."""
    shutil.copytree(ROOT / "portfolio", folder / "portfolio", ignore=lambda _folder, names: without_sources(names))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for importer, imported in imports:
        plant(folder, importer, imported)
    run = subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "400", "PYTHONPATH": str(folder), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def without_sources(names):
    """What a copy of the package leaves out: everything that is not Python."""
    return [name for name in names if "." in name and not name.endswith(".py")] + ["__pycache__"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What import-linter says about each contract, by id, when every violation is planted at once."""
    folder = tmp_path_factory.mktemp("planted")
    status, words = lint(folder, [(importer, imported) for _contract, importer, imported in VIOLATIONS])
    assert status == 1, words
    sections = re.split(r"^(.+)\n-{3,}\n", words, flags=re.MULTILINE)
    said = dict(zip(sections[1::2], sections[2::2], strict=True))
    return {contract["id"]: said.get(contract["name"], "") for contract in SETTINGS["contracts"]}


@pytest.mark.parametrize(("contract", "importer", "imported"), VIOLATIONS)
def test_a_contract_catches_a_planted_violation(broken, contract, importer, imported):
    said = re.escape(f"{importer} -> {imported} (") if imported else re.escape(f"- {importer}") + "$"
    assert re.search(said, broken[contract], flags=re.MULTILINE), broken[contract]


def test_every_contract_is_proved():
    assert {contract for contract, _importer, _imported in VIOLATIONS} == {c["id"] for c in SETTINGS["contracts"]}


def test_the_tree_keeps_every_contract_also_with_what_is_permitted(tmp_path):
    status, words = lint(tmp_path, PERMITTED)
    assert status == 0, words
    assert f"Contracts: {len(SETTINGS['contracts'])} kept, 0 broken" in words


PURE = re.compile(
    r"^(core/(money|problem|rights|text|timespan)|\w+/rules|roadmap/bars|exchange/(columns|profile|rows|merge|guess))\b"
)


def pure_modules():
    """The modules that hold rules, as they stand in the tree."""
    paths = (path.relative_to(ROOT / "portfolio") for path in sorted((ROOT / "portfolio").rglob("*.py")))
    return [".".join(["portfolio", *path.with_suffix("").parts]) for path in paths if PURE.match(path.as_posix())]


def test_importing_the_rules_loads_no_framework():
    script = f"""
import importlib, sys
for module in {pure_modules()!r}:
    importlib.import_module(module)
    loaded = {{"flask", "sqlalchemy", "openpyxl", "plotly", "wtforms"}} & set(sys.modules)
    assert not loaded, f"{{module}} loads {{loaded}}"
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
