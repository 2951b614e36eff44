"""What a page loads: a closed table of vendored files, and static files whose address changes with their content."""

import gzip

import pytest
from flask import Flask, render_template_string

from portfolio.web import assets


@pytest.fixture
def app(tmp_path):
    (tmp_path / "own.css").write_text("body { margin: 0 }")
    app = Flask("assets", static_folder=str(tmp_path), static_url_path="/static")
    assets.register_assets(app)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("name", assets.VENDORED)
def test_a_vendored_file_comes_from_its_package_and_may_be_kept_for_a_year(app, client, name):
    with app.test_request_context():
        address = assets.asset_url(name)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == assets.VENDORED[name].mimetype
    assert len(answer.data) > 10_000
    assert answer.cache_control.max_age == assets.YEAR
    assert answer.cache_control.immutable
    assert "v=" in address


def test_an_address_of_another_version_is_asked_again(client):
    assert client.get("/vendor/htmx.min.js?v=0").cache_control.max_age == 0


def test_a_browser_that_takes_gzip_gets_the_same_bytes_compressed_with_a_tag_of_their_own(client):
    plain = client.get("/vendor/bootstrap.min.css")
    packed = client.get("/vendor/bootstrap.min.css", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.get_etag() != plain.get_etag()


def test_a_file_that_the_browser_has_is_not_sent_again(client):
    tag = client.get("/vendor/htmx.min.js").headers["ETag"]
    assert client.get("/vendor/htmx.min.js", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["bootstrap.css", "../plotly/__init__.py", "%2e%2e/setup.py", ""])
def test_nothing_but_the_table_is_served(client, name):
    assert client.get(f"/vendor/{name}").status_code == 404


def test_the_address_of_a_static_file_changes_with_its_content(app, tmp_path):
    with app.test_request_context():
        before = assets.asset_url("own.css")
        (tmp_path / "own.css").write_text("body { margin: 1px }")
        assets._static_version.cache_clear()
        assets._address.cache_clear()
        assert assets.asset_url("own.css") != before


def test_a_static_file_is_kept_for_a_year_under_the_address_of_its_version_only(app, client):
    with app.test_request_context():
        address = assets.asset_url("own.css")
    for asked, seconds in [(address, assets.YEAR), ("/static/own.css?v=older", 0), ("/static/own.css", 0)]:
        with client.get(asked) as answer:
            assert answer.cache_control.max_age == seconds
    assert client.get("/static/gone.css").status_code == 404


def test_asking_what_may_be_done_with_a_file_that_is_not_there_is_no_error(client):
    assert client.options("/static/gone.css").status_code == 200


def test_a_page_cannot_link_to_a_static_file_that_is_not_there(app):
    with app.test_request_context(), pytest.raises(FileNotFoundError):
        render_template_string("{{ asset('gone.css') }}")


def test_a_symbol_of_the_sprite_is_drawn_in_place(tmp_path):
    (tmp_path / "icons.svg").write_text('<svg><symbol id="dot" viewBox="0 0 16 16"><circle r="7"/></symbol></svg>')
    with Flask("drawn", static_folder=str(tmp_path)).app_context():
        drawn = assets.drawn_icon("dot")

    assert drawn == ('<svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 16 16"><circle r="7"/></svg>')
