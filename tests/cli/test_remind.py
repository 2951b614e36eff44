import json

import pytest
from click.testing import CliRunner

from portfolio.cli import main, remind
from portfolio.cli.context import open_engine
from tests.reviews.operations.test_reminders import NOW, Year


@pytest.fixture
def year(migrated_sqlite_url):
    engine = open_engine(migrated_sqlite_url)
    yield Year(engine)
    engine.dispose()


@pytest.fixture
def command(year, post, monkeypatch):
    """Run `portfolio remind …` on a September morning, in this process; `smtp=False` without a mail server."""
    monkeypatch.setattr(remind, "now", lambda: NOW)
    url = year.engine.url.render_as_string(hide_password=False)

    def command(*arguments, smtp=True):
        environment = {"PORTFOLIO_DATABASE_URL": url, **(post.environment if smtp else {})}
        return CliRunner().invoke(main, ["remind", "--language", "fi", *arguments], env=environment)

    return command


def test_a_dry_run_says_who_would_be_told_and_sends_nothing(command, year, post):
    answer = command("--dry-run", smtp=False)
    assert answer.exit_code == 0
    for words in ("hoitaja@koekunta.example", "raportoija@koekunta.example", "Ilman sähköpostia", "T-001"):
        assert words in answer.stdout
    assert not post.mails
    assert not year.rows()


def test_the_command_sends_once_and_tells_its_progress_apart(command, post):
    answer = command()
    assert answer.exit_code == 0
    assert "2/2" in answer.stderr
    assert "2 viestiä lähetettiin" in answer.stdout
    assert len(post.wait(2)) == 2
    again = json.loads(command("--json").stdout)
    assert [one["sent"] for one in again["municipalities"]] == [0]
    assert len(post.wait(2)) == 2


def test_the_json_is_one_object_with_who_and_what(command, year):
    answer = json.loads(command("--dry-run", "--json").stdout)
    (town,) = answer["municipalities"]
    assert answer["dry_run"] is True
    assert [one["to"] for one in town["mails"]] == ["raportoija@koekunta.example", "hoitaja@koekunta.example"]
    assert {one["stage"] for one in town["mails"]} == {"soon"}
    assert len(town["without_email"]) == 2
    assert town["unknown"] == []


def test_a_refusal_ends_with_status_1_and_the_next_run_tries_again(command, post):
    post.refused["hoitaja@koekunta.example"] = "550 No such person"
    answer = command("--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["municipalities"][0]["refused"] == 1
    post.refused.clear()
    assert command().exit_code == 0
    assert len(post.wait(2)) == 2


def test_without_a_mail_server_nothing_can_be_sent(command, year):
    answer = command(smtp=False)
    assert answer.exit_code == 2
    assert "Sähköpostipalvelinta" in answer.stderr
    assert not year.rows()


def test_a_database_without_open_rounds_needs_no_reminding(migrated_sqlite_url, post):
    answer = CliRunner().invoke(
        main, ["remind", "--language", "en"], env={"PORTFOLIO_DATABASE_URL": migrated_sqlite_url, **post.environment}
    )
    assert (answer.exit_code, answer.stdout) == (0, "Nobody needs reminding today.\n")
