import pytest
from flask import Flask

from portfolio.core.rights import Right
from portfolio.web.access import Access, ManifestError, access, build_manifest, manifest_of, public, signed_in


def load(session, municipality_id, key, *, at=None):
    return key


def build(rule, declare, others=None, methods=("GET",)):
    app = Flask("probe", static_folder=None)

    def view(**arguments):
        return ""

    app.add_url_rule(rule, "room.view", declare(view) if declare else view, methods=methods)
    return build_manifest(app, others or {})


def test_every_endpoint_is_in_the_manifest_with_what_it_declares():
    declared = build("/<municipality>/x/<int:item>/<year>", access(Right.EDIT, load={"item": load}, plain=["year"]))
    assert declared == {"room.view": Access(Right.EDIT, load={"item": load}, plain=frozenset({"year"}))}


def test_an_endpoint_that_declares_nothing_stops_the_start():
    with pytest.raises(ManifestError, match=r"room\.view declares no access"):
        build("/<municipality>/x", None)


def test_a_declaration_of_an_endpoint_that_does_not_exist_stops_the_start():
    with pytest.raises(ManifestError, match="gone is declared but does not exist"):
        build("/x", public(), {"gone": Access(public=True)})


def test_views_that_are_not_ours_are_declared_beside():
    assert build("/x", None, {"room.view": Access(public=True)})["room.view"].public


@pytest.mark.parametrize(
    ("rule", "declare", "fault"),
    [
        ("/x", access(Right.READ), "asks for a right but lies in no municipality"),
        ("/x/<municipality>/", access(Right.READ), "must begin with the municipality"),
        ("/<municipality>/x", signed_in(), "lies in a municipality but asks for no right"),
        ("/<municipality>/<int:item>", access(Right.READ), "neither loaded nor plain: item"),
        ("/<municipality>/x", access(Right.READ, load={"item": load}), "does not have: item"),
        ("/<municipality>/x", access(Right.READ, plain=["year"]), "does not have: year"),
        ("/x/<int:item>", signed_in(), "neither loaded nor plain: item"),
    ],
)
def test_a_declaration_that_does_not_fit_the_address_stops_the_start(rule, declare, fault):
    with pytest.raises(ManifestError, match=fault):
        build(rule, declare)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(ManifestError, match="asks for a right") as error:
        build("/x/<int:item>", access(Right.READ), {"gone": Access(public=True)})
    assert "neither loaded nor plain" in str(error.value)
    assert "gone is declared" in str(error.value)


def test_the_application_has_no_view_outside_its_manifest(application):
    assert set(manifest_of(application)) == set(application.view_functions)


def test_what_asks_for_no_right_is_a_short_list_that_someone_must_change_knowingly(application):
    manifest = manifest_of(application)
    assert {endpoint for endpoint, entry in manifest.items() if entry.public} <= {
        "accounts.choose_language",
        "accounts.forgotten_password",
        "accounts.new_password",
        "accounts.sign_in",
        "accounts.sign_out",
        "documents.public_card",
        "health.healthz",
        "pages.feedback",
        "pages.help",
        "pages.statement",
        "static",
        "vendor.file",
        "yearclock.calendar",
    }
