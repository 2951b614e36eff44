import datetime as dt
from dataclasses import replace

import pytest
from wtforms import StringField

from portfolio.core.timespan import Context, Kind, parse
from portfolio.web.current import current
from portfolio.web.forms import BaseForm
from portfolio.web.timespan import TimespanField, preview


class Probe(BaseForm):
    when = TimespanField("When")
    title = StringField("Title")


@pytest.fixture
def here(app, town):
    """A request in the town, in which a form may be filled."""

    def request(data=None, **options):
        context = app.test_request_context("/", method="POST" if data is not None else "GET", data=data, **options)
        context.push()
        contexts.append(context)
        current.enter(town.municipality, None)

    contexts = []
    yield request
    for context in reversed(contexts):
        context.pop()


def fill(here, words, before=None, **more):
    here({"when": words, **more})
    form = Probe(meta={"csrf": False}, data={"when": before})
    form.validate()
    return form


def test_words_that_are_certain_are_taken(here):
    form = fill(here, " syksy 2026 ")
    assert form.when.data.words == "syksy 2026"
    assert (form.when.data.start, form.when.data.end) == (dt.date(2026, 8, 1), dt.date(2026, 12, 31))
    assert "31.12.2026" in form.when.understood


def test_nothing_written_is_not_known(here):
    form = fill(here, "  ")
    assert (form.when.data, form.when.errors, form.when.understood) == (None, [], "")


def test_words_that_are_not_certain_are_asked_about_and_taken_when_sent_again(here):
    form = fill(here, "syksyllä")
    assert form.when.data is None
    assert "2026" in form.when.errors[0]
    drawn = str(form.when())
    assert 'value="syksyllä"' in drawn
    assert 'name="when-confirmed"' in drawn
    again = fill(here, "syksyllä", **{"when-confirmed": "syksyllä"})
    assert not again.when.errors
    assert (again.when.data.words, again.when.data.start) == ("syksyllä", dt.date(2026, 8, 1))


def test_a_confirmation_holds_only_for_the_words_that_were_asked_about(here):
    form = fill(here, "keväällä", **{"when-confirmed": "syksyllä"})
    assert form.when.errors


def test_words_that_cannot_be_read_are_kept_as_words_when_confirmed(here):
    words = "kun ehditään"
    assert fill(here, words).when.errors
    form = fill(here, words, **{"when-confirmed": words})
    assert not form.when.errors
    assert (form.when.data.words, form.when.data.kind) == (words, Kind.UNREAD)
    assert form.when.understood == ""


def test_words_that_were_not_changed_keep_their_meaning(here):
    before = replace(parse("syksy 2021", Context.default()).value, words="syksyllä")
    form = fill(here, "syksyllä", before)
    assert form.when.data == before
    assert not form.when.errors


def test_the_words_are_shown_for_changing(here):
    here()
    form = Probe(data={"when": parse("viimeistään 31.12.2027", Context.default()).value})
    assert 'value="viimeistään 31.12.2027"' in str(form.when())


def test_words_are_escaped_wherever_they_are_shown(here):
    form = fill(here, '"><script>')
    assert "<script>" not in str(form.when())


def test_the_form_says_back_what_it_understands(here):
    here()
    assert preview("") == {"words": "", "certain": True}
    assert preview("2024–2026")["certain"]
    assert "2026" in preview("2024–2026")["words"]
    assert not preview("syksyllä")["certain"]
    assert not preview("kun ehditään")["certain"]
