import io
import re

import pytest

from portfolio.core.rights import Role
from portfolio.web.errors import WORDS


@pytest.fixture
def office(probe):
    probe.sign_in(Role.OFFICE)
    return probe


def test_an_unknown_address_is_a_page_with_a_way_on(office):
    page = office.get("/koekunta/olematon", status=404)
    assert page.h1.get_text() == "Sivua ei löytynyt"
    assert page.select_one("main a.btn")
    assert "Käyttäjä office" in page.header.get_text()


def test_a_wrong_method_says_which_are_right(office):
    answer = office.client.get("/koekunta/probe/add")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_refusal_is_a_page_with_its_sentences_escaped(office):
    page = office.post("/koekunta/probe/fail", status=422, how="refusal")
    assert "The unit <b> cannot be had." in page.words


def test_a_row_that_someone_else_saved_is_a_page_that_says_so(office):
    assert office.post("/koekunta/probe/fail", status=409, how="stale").h1.get_text() == WORDS_409


def test_a_fault_is_a_page_with_a_number_that_is_in_the_log_and_nothing_of_the_fault(office, caplog):
    page = office.post("/koekunta/probe/fail", status=500, how="fault")
    (number,) = re.findall(r"virheen numero (\w+)", page.words)
    assert number == page.answer.headers["X-Request-Id"]
    assert "secret" not in str(page)
    assert f"request {number} failed" in caplog.text
    assert "the secret of the house" in caplog.text


def test_a_fault_for_someone_who_is_not_signed_in(probe):
    assert "aiemmin tallennettu on tallessa" in probe.get("/probe/boom", status=500).words


def test_when_the_database_is_gone_the_page_says_so_without_asking_it(office, engine, tmp_path):
    engine.dispose()
    (tmp_path / "town.sqlite").write_bytes(b"this is no database")
    page = office.get("/koekunta/probe", status=500)
    assert page.h1.get_text() == "Jokin meni vikaan meidän puolellamme"


def test_when_the_error_page_fails_too_there_is_still_an_answer(office, monkeypatch):
    monkeypatch.setattr("portfolio.web.errors.render_template", lambda *_, **__: 1 / 0)
    answer = office.client.get("/probe/boom")
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_form_without_its_token_says_how_to_save_the_text(office):
    answer = office.client.post("/koekunta/probe/add", data={"name": "x"})
    assert answer.status_code == 400
    assert "kopioi tekstisi talteen" in answer.text


def test_a_file_that_is_too_large_is_refused_in_a_sentence(office, monkeypatch):
    token = office.token()
    monkeypatch.setitem(office.client.application.config, "MAX_CONTENT_LENGTH", 10_000)
    data = {"csrf_token": token, "file": (io.BytesIO(b"x" * 10_001), "a.xlsx")}
    answer = office.client.post("/probe/upload", data=data, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "Tiedosto on liian suuri" in answer.text


def test_a_form_of_too_many_parts_is_refused(office):
    data = {f"field{number}": "x" for number in range(2001)} | {"csrf_token": office.token()}
    answer = office.client.post("/probe/upload", data=data, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_who_asks_for_json_gets_json(office):
    answer = office.client.get("/koekunta/olematon", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (404, "application/json")
    assert answer.json["error"] == "Sivua ei löytynyt"
    data = {"csrf_token": office.token(), "how": "refusal"}
    answer = office.client.post("/koekunta/probe/fail", data=data, headers={"Accept": "application/json"})
    assert answer.json["problems"] == ["The unit <b> cannot be had."]


def test_a_piece_of_a_page_fails_as_a_whole_page(office):
    page = office.get("/koekunta/probe/olematon", status=404, headers={"HX-Request": "true"})
    assert page.select_one("header.bar")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_errors_are_in_the_language_of_the_visitor(probe, language):
    page = probe.get("/sign-in/olematon", status=404, headers={"Accept-Language": language})
    assert page.html["lang"] == language


def test_every_error_that_a_person_can_meet_has_words():
    assert WORDS.keys() == {400, 401, 403, 404, 405, 409, 413, 422, 429, 500}


WORDS_409 = "Joku muu tallensi tämän sillä välin"
