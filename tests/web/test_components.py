"""The macros of templates/components/ and the frame: meaning is in words and structure, never in looks alone."""

import datetime as dt
import re
from importlib import resources
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from tests.fixtures.look import FRAME, ROOT, make_app, render

STATES = {
    "proposed": "ring",
    "in_preparation": "half",
    "approved": "dot",
    "under_way": "square",
    "completed": "tick",
    "in_use": "ticks",
    "established": "ticks",
    "paused": "bars",
    "stopped": "stop",
    "rejected": "cross",
    "merged": "arrow",
}
TEMPLATES = sorted([ROOT / "templates/base.html", *(ROOT / "templates/components").iterdir()])
SPRITE = {symbol.get("id") for symbol in ET.parse(ROOT / "portfolio/static/icons.svg").getroot()}  # noqa: S314 -- our own file


@pytest.fixture
def draw(monkeypatch):
    app = make_app(monkeypatch)

    def draw(imports, source, **context):
        name, macros = imports
        html = render(app, f'{{% from "components/{name}.html" import {macros} %}}{source}', **context)
        return BeautifulSoup(html, "html.parser")

    return draw


@pytest.fixture
def page(monkeypatch):
    app = make_app(monkeypatch)

    def page(source="", **context):
        return BeautifulSoup(render(app, f'{{% extends "base.html" %}}{source}', **{**FRAME, **context}), "html.parser")

    return page


def words(soup):
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize(("state", "shape"), STATES.items())
def test_every_state_has_a_shape_and_a_word(draw, state, shape):
    chip = draw(("chip", "lifecycle"), "{{ lifecycle(state) }}", state=state)
    assert chip.use["href"].endswith(f"#{shape}")
    assert words(chip)


def test_no_two_states_share_both_shape_and_word(draw):
    chips = [draw(("chip", "lifecycle"), "{{ lifecycle(state) }}", state=state) for state in STATES]
    assert len({(chip.use["href"], words(chip)) for chip in chips}) == len(STATES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_symbol_that_a_template_names_is_in_the_sprite(path):
    assert {name for _, name in re.findall(r'(icon|symbol)\("([a-z]+)"', path.read_text())} <= SPRITE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_writes_a_style_or_a_script_into_the_page(path):
    source = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r'\sstyle=|\son[a-z]+="|<style|<script(?![^>]*\bsrc=)', source)


def test_a_progress_that_is_not_known_is_grey_words_and_zero_is_a_bar(draw):
    unknown = draw(("progress", "progress"), "{{ progress(None) }}")
    assert unknown.select_one(".unknown").text == "not known"
    assert not unknown.progress
    zero = draw(("progress", "progress"), "{{ progress(0) }}")
    assert zero.progress["value"] == "0"
    assert words(zero) == "0%"


def test_a_change_is_told_in_words_and_escapes_what_people_wrote(draw):
    soup = draw(("change", "change"), "{{ change(old, new) }}", old=None, new="<script>")
    assert words(soup) == "was not known → is now <script>"
    assert soup.select_one("ins.new").text == "<script>"


COLUMNS = [
    {"key": "title", "label": "Kohde", "sort_url": "?sort=title", "sorted": "ascending"},
    {"key": "post", "label": "Vastuutaho"},
    {"key": "budget", "label": "Budjetti", "num": True},
    {"key": "score", "label": "Arvo", "num": True},
]
TABLE = """
{% call table(columns, "Kohteet", select=true, foot=foot_row(columns, "Yhteensä", {"budget": "40 €"}, select=true)) %}
<tr>{{ select_cell(7, "Tiedepuisto") }}{{ title_cell(columns[0], "Tiedepuisto", "/7", "Hanke") }}
{{ cell(columns[1], None) }}{{ cell(columns[2], "40 €") }}{% call cell(columns[3]) %}<b>82</b>{% endcall %}</tr>
{% endcall %}"""


@pytest.fixture
def table(draw):
    imports = ("table", 'table, title_cell, cell, foot_row %}{% from "components/choose.html" import select_cell')
    return draw(imports, TABLE, columns=COLUMNS)


def test_a_table_says_its_order_and_each_cell_its_column(table):
    assert table.select_one("th[aria-sort=ascending] a")["href"] == "?sort=title"
    assert [cell["data-label"] for cell in table.select("tbody td[data-label]")] == ["Vastuutaho", "Budjetti", "Arvo"]
    assert table.select_one("tbody th[scope=row]")["data-label"] == "Kohde"
    assert table.select_one("caption").text == "Kohteet"


def test_an_empty_cell_is_said_in_words(table):
    assert table.select_one("td[data-label=Vastuutaho]").text.strip() == "not known"


@pytest.mark.parametrize("value", ["None", '""', "'a day' if false"])
@pytest.mark.parametrize(
    ("macros", "call"), [(("table", "cell"), "cell(columns[1]"), (("facts", "fact"), "fact('Due'")]
)
def test_what_has_no_value_is_said_in_the_words_of_its_place(draw, macros, call, value):
    drawn = draw(macros, f"{{{{ {call}, {value}, missing='no day set') }}}}", columns=COLUMNS)
    assert drawn.select_one("td, dd").text.strip() == "no day set"


def test_the_foot_has_as_many_columns_as_the_rows(table):
    spans = [int(cell.get("colspan", 1)) for cell in table.select("tfoot td")]
    assert sum(spans) == len(table.select("tbody td, tbody th"))
    assert table.select_one("tfoot td[data-label=Budjetti]").text == "40 €"


def test_every_checkbox_of_a_row_has_a_name_to_hear(table):
    assert [words(label) for label in table.select("label")] == ["Choose all on this page", "Choose Tiedepuisto"]


def test_pages_of_a_list_are_links_with_the_present_one_marked(draw):
    pages = {
        "first": 51,
        "last": 100,
        "total": 1046,
        "previous": "?page=1",
        "next": None,
        "pages": [{"label": 1, "url": "?page=1"}, {"label": None}, {"label": 2, "url": "?page=2", "current": True}],
    }
    soup = draw(("paging", "paging"), "{{ paging(pages) }}", pages=pages)
    assert words(soup.p) == "51–100 of 1\u00a0046".replace("\u00a0", " ")
    assert soup.select_one("[aria-current=page]")["aria-label"] == "Page 2"
    assert [link.text for link in soup.select("a")] == ["Previous", "1", "2"]


class Card(Form):
    version = HiddenField()
    title = StringField("Title", [DataRequired("Write a title.")], description="Short and plain")
    goal = TextAreaField("Goal")
    kind = SelectField("Kind", choices=[SelectChoice("need", "Need")])
    effect = RadioField(
        "Budget effect", [DataRequired("Choose one.")], choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
    )
    spearhead = BooleanField("Spearhead")
    time = StringField("Time")
    amount = StringField("Amount")


FORM = """{% call form(card) %}
{{ field(card.title) }}{{ field(card.goal, rows=5) }}{{ field(card.kind) }}
{{ field(card.effect) }}{{ field(card.spearhead) }}
{{ timespan(card.time, "/preview", "1.8.–31.12.2026") }}{{ money(card.amount) }}
{% endcall %}"""


@pytest.fixture
def form(draw):
    card = Card(MultiDict({"version": "3", "title": "", "kind": "need"}))
    card.validate()
    return draw(("form", "form, field, timespan, money"), FORM, card=card)


def test_every_control_has_a_label(form):
    for control in form.select("input:not([type=hidden]), select, textarea"):
        assert control.find_parent("label") or form.select_one(f'label[for="{control["id"]}"]')
    assert form.select_one("fieldset#effect > legend")


def test_hints_and_errors_are_told_with_their_control(form):
    title = form.select_one("#title")
    assert title["aria-invalid"] == "true"
    told = " ".join(words(form.select_one(f"#{name}")) for name in title["aria-describedby"].split())
    assert told == "Short and plain Write a title."
    assert "aria-invalid" not in form.select_one("#goal").attrs


def test_errors_are_counted_on_top_with_links_to_their_controls(form):
    summary = form.select_one(".error-summary")
    assert summary.h2.text == "2 things to mend"
    for link in summary.select("a"):
        assert form.select_one(link["href"])


def test_a_form_carries_its_hidden_fields_and_one_token(form):
    hidden = [control["name"] for control in form.select("input[type=hidden]")]
    assert sorted(hidden) == ["csrf_token", "version"]
    assert form.form["action"] == "/"


def test_a_time_field_says_back_what_it_understood_and_where_to_ask(form):
    assert form.select_one("#time")["data-preview-url"] == "/preview"
    assert form.select_one("output[for=time]").text == "1.8.–31.12.2026"


def test_required_is_a_word(form):
    assert [label.text.split() for label in form.select("label[for=title]")] == [["Title", "required"]]


def test_a_confirmation_posts_lists_of_hidden_values(draw):
    soup = draw(("confirm", "confirm"), '{{ confirm("Sure", "/x", "Do", "/", {"id": [1, 2], "to": "y"}) }}')
    values = [(control["name"], control["value"]) for control in soup.select("input[type=hidden]")[1:]]
    assert values == [("id", "1"), ("id", "2"), ("to", "y")]


def test_a_history_shows_who_when_and_whence(draw):
    revision = {
        "words": None,
        "changes": [{"label": "Tila", "old": "Hyväksytty", "new": "Käynnissä"}],
        "who": "Johtaja",
        "when": dt.datetime(2023, 5, 3, 9, 0, tzinfo=dt.UTC),
        "source": "Excel, row 14",
        "reason": "§ 4",
        "url": "/r/1",
    }
    text = words(draw(("history", "history"), "{{ history([revision]) }}", revision=revision))
    assert text == "Tila was Hyväksytty → is now Käynnissä § 4 Johtaja 3 May 2023, 12:00 Excel, row 14"


def test_a_page_has_one_heading_that_its_title_begins_with(page):
    soup = page('{% set title = "Kohteet & muut" %}{% block sub %}8 kohdetta{% endblock %}')
    assert [heading.text for heading in soup.select("h1")] == ["Kohteet & muut"]
    assert soup.title.text == "Kohteet & muut – Portfolio"
    assert soup.html["lang"] == "fi"
    assert len(soup.select("main")) == 1


def test_in_the_past_the_bar_says_so_and_leads_back(page):
    past = SimpleNamespace(words="28.4.2023", now_url="/now")
    soup = page(at=past)
    assert "is-past" in soup.body["class"]
    assert words(soup.select_one(".past")) == "As of 28.4.2023 – read only Back to now"
    assert soup.select_one(".past a")["href"] == "/now"
    assert "is-past" not in page().body.get("class", [])


def test_a_visitor_gets_no_rail_and_a_way_to_sign_in(page):
    soup = page(actor=None, rail=[], municipality=None)
    assert not soup.select(".rail, .burger")
    assert soup.select_one('.who a[href="/sign_in"]')
    assert not soup.select_one('form[action="/sign_out"]')


def test_signing_out_and_choosing_a_language_are_posts_with_a_token(page):
    for action in ("/sign_out", "/language"):
        form = page().select_one(f'form[action="{action}"]')
        assert form["method"] == "post"
        assert form.select_one("input[name=csrf_token]")["value"]


def test_what_is_not_there_is_not_linked(page):
    soup = page(site={"home": "/"})
    assert not soup.select(".search, .foot a, .who a")


def test_waiting_counts_are_told_in_words(page):
    assert words(page().select_one(".rail .n")) == "3 waiting for you"


@pytest.mark.parametrize(("shortcuts", "told"), [(True, "on"), (False, "off")])
def test_shortcuts_can_be_switched_off(page, shortcuts, told):
    assert page(shortcuts=shortcuts).body["data-shortcuts"] == told


def test_all_that_a_page_loads_is_there_and_versioned(page):
    loaded = [link["href"] for link in page().select("link[rel=stylesheet]")] + [page().script["src"]]
    assert all("?v=" in address for address in loaded)
    assert {Path(address.partition("?")[0]).name for address in loaded} >= {"bootstrap.min.css", "portfolio.js"}


STYLES = [
    *(ROOT / "portfolio/static").glob("*.css"),
    resources.files("flask_bootstrap") / "static/bootstrap5/css/bootstrap.min.css",
]


# Named for scripts and tests, or for the part of the page that they are.
HOOKS = {"choosing", "rm-facts"}


def test_every_class_that_a_template_names_has_a_style():
    styled = {name for style in STYLES for name in re.findall(r"\.([a-zA-Z][\w-]*)", style.read_text())}
    used = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for names in re.findall(r'class="([^"]*)"', path.read_text()):
            for name in re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", names).split():
                used.setdefault(name, str(path.relative_to(ROOT)))
    assert {name: place for name, place in used.items() if name not in styled | HOOKS} == {}
