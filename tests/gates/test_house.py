"""Rules of the house that no tool knows: sizes, names of files, what templates and commits may not hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).parents[2]

PURE_OR_FLASKLESS = {"rules", "models", "queries", "operations"}
ROOM = PURE_OR_FLASKLESS | {"forms", "views"}
ROOMS = {
    "accounts": ROOM | {"loaders"},  # what app.py hands to web: who acts, and where
    "api": ROOM,
    "budgets": ROOM | {"figure"},
    "documents": ROOM | {"report"},
    "exchange": ROOM
    | {"columns", "profile", "guess", "rows", "merge", "apply", "export", "preview", "commands", "ledger"},
    "findings": ROOM,
    "forums": ROOM | {"outcomes"},
    "organisation": ROOM,
    "pages": ROOM,
    "priorities": ROOM,
    "register": ROOM,
    "reviews": ROOM,
    "roadmap": ROOM | {"bars", "figure", "slides", "drawing", "takeout"},
    "yearclock": ROOM | {"figure"},
}
# Not rooms: what they hold is settled by DESIGN.md §3 and the layers of import-linter.
HALLS = {"cli", "core", "files", "web"}
WITHOUT_CODE = {"static", "translations"}
CORE = {"database", "history", "jobs", "language", "money", "problem", "rights", "text", "timespan"}
CORE |= {"claims", "fate"}  # what is sent once: claimed before, its fate noted after
CORE |= {"bulk", "collecting"}  # a statement for many rows at once; much that is made and all kept
CORE |= {"columns", "records"}  # the types of columns; rows judged and written in a batch, for every room's operations
ALONE = {"__init__", "app", "config"}

FILE_LIMITS = {"portfolio": 350, "benchmarks": 350, "tests": 500}
FUNCTION_LIMIT = 50
VIEW_LIMIT = 20
TEMPLATE_LIMIT = 120

# Written with brackets, so that this file does not hold them itself.
FORBIDDEN = re.compile(
    r"pyp[i]\.or[g]|pythonhoste[d]|registry\.npmj[s]|de[b]\.debian|astra[l]\.sh|/wor[k]/|/roo[t]/|/hom[e]/\w|(?-i:/User[s]/\w)",
    re.IGNORECASE,
)
SUPPRESSED = re.compile(r"#\s*(?:noqa|type: ignore|pragma|ruff: noqa)\b(?::\s*[A-Z0-9, ]+|\[[\w, -]+\])?(?P<reason>.*)")


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def python_files(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


def name(path):
    return path.relative_to(ROOT).as_posix()


def committed():
    """The files that are in git or about to be: everything that is not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / entry for entry in listed.split("\0") if entry and (ROOT / entry).is_file()]


def text_of(path):
    """The text of a file, or nothing for a picture, a workbook or a compiled catalogue."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def without(pattern, source):
    """A source without what matches the pattern; line breaks stay, so that line numbers do."""
    return re.sub(pattern, lambda found: "\n" * found[0].count("\n"), source, flags=re.DOTALL)


def test_files_are_short():
    limits = [(path, limit) for folder, limit in FILE_LIMITS.items() for path in python_files(folder)]
    limits += [(path, TEMPLATE_LIMIT) for path in templates()]
    long = {name(path): len(lines(path)) for path, limit in limits if len(lines(path)) > limit}
    assert long == {}, "a sign that a room is missing"


def test_functions_are_short():
    long = {}
    for path in python_files("portfolio", "benchmarks", "tests"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LIMIT:
                    long[f"{name(path)}:{node.lineno} {node.name}"] = length
    assert long == {}


def test_views_only_load_ask_call_and_answer():
    long = {}
    for path in python_files("portfolio"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            routed = [ast.unparse(one) for one in getattr(node, "decorator_list", ()) if isinstance(one, ast.Call)]
            if any(one.startswith(("blueprint.get(", "blueprint.post(", "blueprint.route(")) for one in routed):
                length = node.end_lineno - node.lineno + 1
                if length > VIEW_LIMIT:
                    long[f"{name(path)}:{node.lineno} {node.name}"] = length
    assert long == {}, "what a template draws is gathered beside the view, or below it"


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert [name(path) for path in python_files("portfolio", "tests", "benchmarks") if path.stem in drawers] == []


def test_every_room_has_only_the_files_that_rooms_have():
    strangers = []
    for entry in sorted((ROOT / "portfolio").iterdir()):
        if entry.name in HALLS | WITHOUT_CODE | {"__pycache__"}:
            continue
        if entry.is_dir():
            allowed = ROOMS.get(entry.name, set()) | {"__init__", "__pycache__"}
            strangers += [f"{entry.name}/{file.name}" for file in sorted(entry.iterdir()) if file.stem not in allowed]
        elif entry.stem not in ALONE:
            strangers.append(entry.name)
    assert strangers == []


def test_core_has_only_what_was_decided_to_belong_there():
    found = {entry.stem for entry in (ROOT / "portfolio" / "core").iterdir()} - {"__init__", "__pycache__"}
    assert found - CORE == set()


def test_folders_without_code_hold_none():
    assert [name(path) for path in python_files(*(f"portfolio/{folder}" for folder in WITHOUT_CODE))] == []


def revisions():
    """The migrations: every Python file of the folder but Alembic's own."""
    return [path for path in python_files("migrations") if path.stem != "env"]


def test_migrations_are_numbered_without_a_gap_and_named_like_their_revision():
    stems = [path.stem for path in revisions()]
    assert [stem[:5] for stem in stems] == [f"{number:04}_" for number in range(1, len(stems) + 1)]
    for path, before in zip(revisions(), [None, *(stem[:4] for stem in stems)], strict=False):
        values = {
            target.id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        }
        assert values["revision"] == path.stem[:4]
        assert values["down_revision"] == before


def test_migrations_go_both_ways_and_import_no_models():
    for path in revisions():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert {"upgrade", "downgrade"} <= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert [module for module in modules if module.split(".")[0] == "portfolio"] == [], name(path)


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_is_one_that_jinja_reads(path):
    try:
        Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    except TemplateSyntaxError as error:
        pytest.fail(f"{name(path)}:{error.lineno} {error.message}")


JINJA_COMMENT = r"\{#.*?#\}"
JINJA = JINJA_COMMENT + r"|\{%.*?%\}|\{\{.*?\}\}"
INLINE = re.compile(
    r"""(?P<style>\sstyle\s*=) | (?P<handler>\son[a-z]+\s*=) | (?P<hyperscript>\shx-on\b) | (?P<block><style\b)
    | (?P<script><script\b(?![^>]*\bsrc=)) | (?P<javascript>javascript:)""",
    re.VERBOSE | re.IGNORECASE,
)


def test_templates_have_no_inline_styles_scripts_or_handlers():
    faults = []
    for path in templates():
        source = without(JINJA, path.read_text(encoding="utf-8"))
        for number, line in enumerate(source.splitlines(), start=1):
            faults += [f"{name(path)}:{number} {found[0].strip()}" for found in INLINE.finditer(line)]
    assert faults == [], "the content security policy forbids them"


# Words that are the same in every language: names of formats, and of the product.
SAME_EVERYWHERE = {"Portfolio", "Excel", "PDF", "PowerPoint", "Word", "CSV", "JSON", "iCalendar"}
WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN = re.compile(r"""\s(?:title|placeholder|alt|aria-label)="([^"]*)\"""")


def test_templates_have_no_text_outside_the_catalogues():
    faults = []
    for path in templates():
        source = without(JINJA, path.read_text(encoding="utf-8"))
        for spoken in SPOKEN.finditer(source):
            faults += [f"{name(path)}: {spoken[0].strip()}" for _word in WORD.findall(spoken[1])[:1]]
        shown = without(r"<[^>]*>|[\w-]+=\"[^\"]*\"|&\w+;", source)
        for number, line in enumerate(shown.splitlines(), start=1):
            faults += [f"{name(path)}:{number} {word}" for word in WORD.findall(line) if word not in SAME_EVERYWHERE]
    assert faults == [], "text a person sees goes through gettext"


def test_nothing_committed_names_a_registry_or_a_path_of_one_machine():
    faults = [
        f"{name(path)}:{number} {found[0]}"
        for path in committed()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if (found := FORBIDDEN.search(line))
    ]
    assert faults == []


def test_nothing_committed_is_somebody_elses_code():
    names = {"uv.lock", ".python-version", "node_modules", "package-lock.json"}
    faults = [name(path) for path in committed() if names & set(path.relative_to(ROOT).parts)]
    faults += [name(path) for path in committed() if re.search(r"\.min\.(js|css)$|\.(woff2?|ttf|otf)$", path.name)]
    assert faults == []


def test_a_rule_that_is_switched_off_has_its_reason_beside_it_or_above():
    bare = []
    for path in python_files("portfolio", "migrations", "benchmarks", "tests"):
        source = ["", *lines(path)]
        for number, line in enumerate(source):
            found = SUPPRESSED.search(line)
            if found and "SUPPRESSED" not in line:
                reason = re.search(r"\w{2,}.*\w{2,}", found["reason"])
                if not reason and not source[number - 1].lstrip().startswith("#"):
                    bare.append(f"{name(path)}:{number} {line.strip()}")
    assert bare == []


def test_a_test_of_pages_waits_by_wait_until_which_the_policy_allows():
    calls = re.compile(r"\.wait_for_function\(")
    assert [name(path) for path in python_files("tests") if calls.search(path.read_text())] == []
