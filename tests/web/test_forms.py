import pytest
from wtforms import IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from portfolio.core.history import Update, write_many
from portfolio.core.problem import Place, Problem, Refusal
from portfolio.core.rights import Role
from portfolio.organisation.models import Unit
from portfolio.web.forms import BaseForm, VersionField, tidy
from tests import factories


class Probe(BaseForm):
    title = StringField("Title", [InputRequired()])
    text = TextAreaField("Text")
    secret = PasswordField("Secret")
    version = VersionField()


class Counted(BaseForm):
    number = IntegerField("Number", [Optional(), NumberRange(0, 100)])


@pytest.fixture
def filled(application):
    """Give a function that makes the form of what was posted."""

    def fill(**data):
        with application.test_request_context("/", method="POST", data=data):
            return Probe(meta={"csrf": False})

    return fill


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Otsikko \r\n", "Otsikko"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x07c", "abc"),
        ("A\u0308iti", "Äiti"),
        ("", None),
        (" \n ", None),
        ("<b>5 < 6</b>", "<b>5 < 6</b>"),
        ("Emoji 🙂\tja sarkain", "Emoji 🙂\tja sarkain"),
    ],
)
def test_texts_are_tidied_and_an_empty_one_is_not_known(filled, typed, kept):
    assert filled(text=typed).text.data == kept
    assert tidy(tidy(typed)) == kept


def test_passwords_are_taken_as_they_are(filled):
    assert filled(secret=" a\u0308 ").secret.data == " a\u0308 "


@pytest.mark.parametrize(("typed", "faults"), [("abc", 1), ("101", 1), ("", 0), ("7", 0)])
def test_one_thing_is_said_of_a_number_that_cannot_be_read_or_is_too_large(application, typed, faults):
    with application.test_request_context("/", method="POST", data={"number": typed}):
        form = Counted(meta={"csrf": False})
        assert form.validate() is (faults == 0)
        assert len(form.number.errors) == faults


@pytest.mark.parametrize(("sent", "version"), [("7", 7), ("", 0), ("x", 0), ("-1", 0), ("٣", 0)])
def test_a_version_that_is_none_never_matches(filled, sent, version):
    assert filled(version=sent).version.data == version


def test_values_are_those_of_the_visible_fields(filled):
    form = filled(title="A", text="B", version="3")
    assert form.values() == {"title": "A", "text": "B", "secret": None}
    assert form.values(["title", "gone"]) == {"title": "A"}


def test_a_field_that_is_closed_to_this_person_cannot_be_posted(filled):
    form = filled(title="A", text="B", version="3")
    form.keep_only({"title"})
    assert form.values() == {"title": "A"}
    assert form.version.data == 3


def test_problems_go_beside_their_fields_and_the_rest_on_top(application):
    with application.test_request_context("/", method="POST"):
        form = Probe(meta={"csrf": False})
        form.take(
            [
                Problem("There is no such unit.", place="title"),
                Problem("Write your name.", place=Place(field="text")),
                Problem("This cannot be done", place="gone"),
                Problem("Nothing was changed.", place="version"),
            ]
        )
        assert form.title.errors == ["Sellaista yksikköä ei ole."]
        assert form.text.errors == ["Kirjoita nimesi."]
        assert form.form_errors == ["Tätä ei voi tehdä", "Mitään ei muutettu."]
        assert form.status == 422


def test_a_form_without_faults_is_shown_with_success(application):
    with application.test_request_context("/"):
        assert Probe().status == 200


def test_what_an_operation_refuses_is_shown_in_the_form_with_what_was_typed(probe, town, monkeypatch):
    def refuse(session, *_arguments, **_options):
        factories.create_unit(session, municipality_id=town.municipality.id, name_fi="Half")
        raise Refusal(Problem("There is no such unit.", place="name_fi"))

    probe.sign_in(Role.OFFICE)
    monkeypatch.setattr("portfolio.organisation.operations.update_unit", refuse)
    page = probe.post_form(probe.get(f"/koekunta/probe/{town.unit.id}/edit"), status=422, name_fi="Uusi nimi")
    assert page.select_one("#name_fi")["value"] == "Uusi nimi"
    assert page.select_one("#name_fi-error").get_text() == "Sellaista yksikköä ei ole."
    assert "Half" not in probe.get("/koekunta/probe").words


def test_a_row_that_someone_saved_meanwhile_is_said_and_saving_again_is_a_decision(probe, town):
    probe.sign_in(Role.OFFICE)
    page = probe.get(f"/koekunta/probe/{town.unit.id}/edit")
    actor = factories.acting(town.municipality.id, "office")
    write_many(town.session, actor, updates=[Update(Unit, town.unit.id, {"name_fi": "Toisen nimi"})])
    town.commit()
    page = probe.post_form(page, status=409, name_fi="Oma nimi")
    assert "Joku muu tallensi tämän" in page.errors[0]
    assert page.select_one("#name_fi")["value"] == "Oma nimi"
    assert probe.get("/koekunta/probe").select_one("#said").get_text() == "Toisen nimi"
    assert probe.post_form(page).select_one("#said").get_text() == "Oma nimi"
