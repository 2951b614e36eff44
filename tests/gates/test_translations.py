"""Finnish and Swedish are complete: every text of the code and the templates, with the same placeholders, compiled."""

import ast
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ("fi", "sv")
MARKS = frozenset({"gettext", "ngettext", "lazy_gettext", "N_", "say", "say_plural"})
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]")


def catalogue(path, language=None):
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def path_of(language, suffix):
    return ROOT / "portfolio" / "translations" / language / "LC_MESSAGES" / f"messages{suffix}"


def forms(text):
    """The singular and the plural of a text, or the text alone, as a tuple."""
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """The texts of the code and the templates, collected as `make translations` collects them."""
    pot = tmp_path_factory.mktemp("texts") / "messages.pot"
    tools = Path(sys.executable).parent
    command = ["make", "--silent", "messages", f"BIN={tools}", f"POT={pot}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return {forms(message.id) for message in catalogue(pot) if message.id}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def translated(language):
    return catalogue(path_of(language, ".po"), language)


def test_no_text_stands_inside_an_f_string_where_babel_does_not_look():
    hidden = [
        f"{path.relative_to(ROOT)}:{inside.lineno}"
        for path in (ROOT / "portfolio").rglob("*.py")
        for whole in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(whole, ast.JoinedStr)
        for inside in ast.walk(whole)
        if isinstance(inside, ast.Call) and getattr(inside.func, "id", None) in MARKS
        if inside.args and isinstance(inside.args[0], ast.Constant)
    ]
    assert hidden == []


def test_every_text_has_its_translation(extracted, translated):
    done = {forms(message.id) for message in translated if message.id and all(forms(message.string))}
    assert sorted(extracted - done) == []


def test_no_translation_is_left_of_a_text_that_is_gone(extracted, translated):
    assert sorted({forms(message.id) for message in translated if message.id} - extracted) == []
    assert list(translated.obsolete) == []


def test_no_translation_is_a_guess_of_the_tools(translated):
    assert [message.id for message in translated if message.id and message.fuzzy] == []


def test_a_translation_has_the_placeholders_of_its_text(translated):
    wrong = [
        (message.id, form)
        for message in translated
        if message.id
        for form in forms(message.string)
        if not placeholders_agree(forms(message.id), form)
    ]
    assert wrong == []


def placeholders_agree(texts, translation):
    """Whether a translation uses exactly the placeholders of the text, or of its plural."""
    return Counter(PLACEHOLDER.findall(translation)) in [Counter(PLACEHOLDER.findall(text)) for text in texts]


def test_the_compiled_catalogue_is_that_of_the_texts(language, translated):
    compiled = BytesIO()
    write_mo(compiled, translated)
    assert path_of(language, ".mo").read_bytes() == compiled.getvalue(), "run `make translations`"
