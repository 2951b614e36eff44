"""Sending files in: what is taken, what is refused in words, and how far each is."""

import io

import pytest
from sqlalchemy import select

from portfolio.core.jobs import Job, JobState
from portfolio.core.problem import Problem, problem_to_json
from portfolio.core.rights import Role
from portfolio.exchange.models import Upload, UploadState
from portfolio.exchange.operations.uploads import MOST_AT_ONCE, plan_soon
from portfolio.exchange.views.room import FILES
from portfolio.web.current import EXTENSION
from tests.exchange.plans import create_upload
from tests.workbooks import workbook_bytes

BOOK = workbook_bytes({"Taulu": [["Otsikko"], ["arvo"]]})


@pytest.fixture
def begun(monkeypatch):
    """The jobs for which a process would have been started."""
    from portfolio.exchange.views import uploading

    begun = []
    monkeypatch.setattr(uploading, "start_after_commit", begun.append)
    return begun


@pytest.fixture
def reporter(pages, town, begun):
    town.commit()
    pages.sign_in(Role.REPORTER)
    return pages


def send(visitor, town, *files):
    data = {"csrf_token": visitor.token(), "files": [(io.BytesIO(data), name) for name, data in files]}
    address = f"/{town.code}/exchange/uploads"
    return visitor.client.post(address, data=data, content_type="multipart/form-data")


def test_one_file_leads_to_its_own_page_and_many_to_the_list(reporter, town, begun):
    one = send(reporter, town, ("yksi.xlsx", BOOK))
    (upload,) = town.rows(select(Upload))
    assert one.location.endswith(f"/exchange/uploads/{upload.id}")
    many = send(reporter, town, ("kaksi.xlsx", BOOK), ("kolme.ods", BOOK))
    assert many.location.endswith("/exchange/uploads")
    shown = reporter.get(f"/{town.code}/exchange/uploads").words
    for name in ("yksi.xlsx", "kaksi.xlsx", "kolme.ods", "Luetaan"):
        assert name in shown
    assert len(begun) == 3


def test_a_file_keeps_its_name_without_folders_and_its_sender(reporter, town, begun):
    send(reporter, town, ("C:\\Omat\\..\\palaute <b>.xlsx", BOOK), (f"{'x' * 300}.xlsx", BOOK))
    first, second = sorted(town.rows(select(Upload)), key=lambda one: one.id)
    assert "\\" not in first.file_name
    assert first.file_name.endswith(".xlsx")
    assert len(second.file_name) <= 200
    assert second.file_name.endswith(".xlsx")
    assert {first.user_id, second.user_id} == {town.users[Role.REPORTER].id}
    assert {one.kind for one in town.rows(select(Job))} == {"plan"}
    reporter.get(f"/{town.code}/exchange/uploads")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Valitse ainakin yksi tiedosto."),
        ([("", b"")], "Valitse ainakin yksi tiedosto."),
        ([("tyhjä.xlsx", b""), ("hyvä.xlsx", BOOK)], "on tyhjä"),
        ([(f"{one}.xlsx", b"x") for one in range(MOST_AT_ONCE + 1)], "enintään 20"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_nothing_is_kept(reporter, town, begun, files, words):
    answer = send(reporter, town, *files)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Mitään ei tuotu" in answer.text
    assert town.rows(select(Upload)) == []
    assert begun == []


def test_files_over_the_limit_are_refused_with_the_limit_in_words(reporter, town, app):
    before = app.config["MAX_CONTENT_LENGTH"]
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = send(reporter, town, ("suuri.xlsx", b"x" * 5000))
    app.config["MAX_CONTENT_LENGTH"] = before
    assert answer.status_code == 413
    most = app.extensions[EXTENSION].settings.max_upload // (1024 * 1024)
    assert f"enintään {most} Mt" in answer.text


def test_a_file_that_was_refused_says_why_and_that_nothing_was_imported(reporter, town):
    problem = problem_to_json(Problem('The file "%(name)s" is empty.', {"name": "<script>"}))
    values = {"state": UploadState.REFUSED, "problems": [problem]}
    upload = create_upload(town.session, town.municipality.id, town.users[Role.REPORTER].id, **values)
    town.commit()
    page = reporter.get(f"/{town.code}/exchange/uploads/{upload.id}")
    assert "Mitään ei tuotu" in page.words
    assert "<script>" in page.words
    # where htmx asks for a piece of the page that was left, the whole page is opened instead
    address = f"/{town.code}/exchange/uploads/{upload.id}"
    assert reporter.client.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == address


def test_reading_is_stopped_and_begun_again(reporter, town, begun, clock):
    upload = create_upload(town.session, town.municipality.id, town.users[Role.REPORTER].id, state=UploadState.WAITING)
    job = plan_soon(town.session, upload, clock.now)
    town.commit()
    address = f"/{town.code}/exchange/uploads/{upload.id}"
    assert "Keskeytä työ" in reporter.get(address).words
    reporter.post(f"{address}/cancel")
    assert town.rows(select(Job.state)) == [JobState.CANCELLED]
    assert "Ei luettu" in reporter.get(f"/{town.code}/exchange/uploads").words
    reporter.post(f"{address}/again")
    assert town.rows(select(Job.state)) == [JobState.WAITING]
    assert begun == [job.id]


@pytest.mark.parametrize(
    ("state", "place"),
    [("mapping", "/mapping"), ("checked", "/check"), ("applied", "/result"), ("discarded", "/exchange")],
)
def test_a_file_that_was_read_leads_to_where_it_is_decided(reporter, town, state, place):
    values = {"state": UploadState(state)}
    upload = create_upload(town.session, town.municipality.id, town.users[Role.REPORTER].id, **values)
    town.commit()
    answer = reporter.client.get(f"/{town.code}/exchange/uploads/{upload.id}")
    assert answer.status_code == 302
    assert answer.location.endswith(place)


def test_a_viewer_sends_nothing_in(pages, town):
    town.commit()
    pages.sign_in(Role.VIEWER)
    assert send(pages, town, ("yksi.xlsx", BOOK)).status_code == 403


@pytest.mark.whole
def test_a_flood_of_files_from_one_address_is_turned_away_for_a_while(reporter, town, begun, clock):
    most = int(FILES.split()[0])
    address, nothing = f"/{town.code}/exchange/uploads", {"csrf_token": reporter.token()}
    answers = [reporter.client.post(address, data=nothing).status_code for _ in range(most + 1)]
    assert set(answers[:most]) == {422}
    assert answers[most] == 429
    clock.move(hours=1)
    assert send(reporter, town, ("yksi.xlsx", BOOK)).status_code == 302
