import re

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portfolio.accounts.models import Access, User
from portfolio.cli import main
from portfolio.core.rights import Role
from tests.fixtures.web import CODE


@pytest.fixture
def run(monkeypatch, engine):
    monkeypatch.setenv("PORTFOLIO_DATABASE_URL", str(engine.url))

    def run(*arguments, code=0):
        result = CliRunner().invoke(main, ["user", "add", *arguments])
        assert result.exit_code == code, result.output
        return result

    return run


def test_the_first_administrator_comes_in_by_a_one_time_link(run, pages, town):
    result = run("johto@koekunta.example", "--role", "admin", "--municipality", CODE)
    (path,) = re.findall(r"^http://127\.0\.0\.1:8000(/password/new\?token=\S+)$", result.stdout, re.MULTILINE)
    pages.post_form(pages.get(path), password="punainen rieha kaatoi tynnyrin")
    (user,) = town.rows(select(User).where(User.email == "johto@koekunta.example"))
    assert [row.role for row in town.rows(select(Access).where(Access.user_id == user.id))] == [Role.ADMIN]


def test_the_address_of_the_link_is_the_installations(run, monkeypatch):
    monkeypatch.setenv("PORTFOLIO_PUBLIC_URL", "https://salkku.koekunta.example/")
    result = run("johto@koekunta.example", "--role", "admin", "--municipality", CODE)
    assert result.stdout.startswith("https://salkku.koekunta.example/password/new?token=")


def test_a_role_is_given_in_a_unit(run, town):
    run("raportoija@koekunta.example", "--role", "reporter", "--municipality", CODE, "--unit", "sivistys")
    (user,) = town.rows(select(User).where(User.email == "raportoija@koekunta.example"))
    assert [row.unit_id for row in town.rows(select(Access).where(Access.user_id == user.id))] == [town.unit.id]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("x@y.example", "--role", "admin"), "--municipality"),
        (("x@y.example", "--role", "admin", "--municipality", "oulu"), CODE),
        (("x@y.example", "--role", "reporter", "--municipality", CODE, "--unit", "ei"), "sivistys"),
        (("x", "--role", "admin", "--municipality", CODE), "x"),
        (("office@koekunta.example", "--role", "admin", "--municipality", CODE), "office@koekunta.example"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, arguments, words):
    assert words in run(*arguments, code=1).stderr


def test_an_unknown_role_is_wrong_usage(run):
    run("x@y.example", "--role", "owner", code=2)
