import datetime as dt
from pathlib import Path

import pytest

from portfolio.config import JobLimits, Settings, SettingsError, Smtp, read_job_limits, read_settings

SAFE = {
    "PORTFOLIO_PRODUCTION": "1",
    "PORTFOLIO_SECRET_KEY": "k" * 32,
    "PORTFOLIO_DATABASE_URL": "postgresql://portfolio@db/portfolio",
    "PORTFOLIO_PUBLIC_URL": "https://salkku.koekunta.example/",
}


def problems(environment):
    with pytest.raises(SettingsError) as error:
        read_settings(environment)
    return list(error.value.problems)


def test_an_empty_environment_is_right_for_trying_out():
    settings = read_settings({})
    assert settings.database_url == "sqlite:///portfolio.sqlite"
    assert not settings.production
    assert (settings.smtp, settings.public_url, settings.trusted_proxies) == (None, None, 0)
    assert (settings.idle, settings.longest) == (dt.timedelta(hours=10), dt.timedelta(days=7))


def test_a_secret_that_nobody_set_is_new_each_time():
    assert read_settings({}).secret_key != read_settings({}).secret_key


def test_every_setting_is_read():
    settings = read_settings(
        SAFE
        | {
            "PORTFOLIO_SECRET_KEY_FALLBACKS": f"{'a' * 32} {'b' * 32}",
            "PORTFOLIO_TRUSTED_PROXIES": "2",
            "PORTFOLIO_MAX_UPLOAD_MB": "5",
            "PORTFOLIO_SMTP_HOST": "mail.koekunta.example",
            "PORTFOLIO_SMTP_USER": "salkku",
            "PORTFOLIO_SMTP_PASSWORD": "posti",
            "PORTFOLIO_SMTP_SECURITY": "TLS",
            "PORTFOLIO_SIGN_IN_IDLE_MINUTES": "30",
            "PORTFOLIO_SIGN_IN_LONGEST_HOURS": "12",
            "PORTFOLIO_DEMO_ACCOUNTS": "demo-accounts.json",
        }
    )
    assert settings == Settings(
        database_url="postgresql://portfolio@db/portfolio",
        secret_key="k" * 32,
        secret_key_fallbacks=("a" * 32, "b" * 32),
        production=True,
        public_url="https://salkku.koekunta.example",
        trusted_proxies=2,
        max_upload=5 * 1024 * 1024,
        smtp=Smtp(
            host="mail.koekunta.example",
            port=465,
            user="salkku",
            password="posti",
            security="tls",
            sender="portfolio@mail.koekunta.example",
        ),
        idle=dt.timedelta(minutes=30),
        longest=dt.timedelta(hours=12),
        demo_accounts=Path("demo-accounts.json"),
    )


def test_secrets_do_not_show_when_settings_are_printed():
    settings = read_settings(SAFE | {"PORTFOLIO_SMTP_HOST": "mail", "PORTFOLIO_SMTP_PASSWORD": "posti"})
    assert "k" * 32 not in repr(settings)
    assert "posti" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"PORTFOLIO_SECRET_KEY": ""}, "PORTFOLIO_SECRET_KEY must be set"),
        ({"PORTFOLIO_SECRET_KEY": "short"}, "PORTFOLIO_SECRET_KEY is too short"),
        ({"PORTFOLIO_SECRET_KEY_FALLBACKS": "short"}, "PORTFOLIO_SECRET_KEY_FALLBACKS"),
        ({"PORTFOLIO_DATABASE_URL": ""}, "PORTFOLIO_DATABASE_URL must be set"),
        ({"PORTFOLIO_PUBLIC_URL": ""}, "PORTFOLIO_PUBLIC_URL"),
        ({"PORTFOLIO_PUBLIC_URL": "http://salkku.koekunta.example"}, "begin with https://"),
        ({"PORTFOLIO_SMTP_HOST": "mail", "PORTFOLIO_SMTP_SECURITY": "none"}, "PORTFOLIO_SMTP_SECURITY"),
    ],
)
def test_what_is_unsafe_in_production_is_refused_in_a_sentence(change, words):
    (problem,) = problems(SAFE | change)
    assert words in problem
    assert "k" * 32 not in problem


def test_a_mail_relay_on_the_same_machine_needs_no_encryption():
    relay = {"PORTFOLIO_SMTP_HOST": "localhost", "PORTFOLIO_SMTP_SECURITY": "none"}
    assert read_settings(SAFE | relay).smtp.security == "none"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRODUCTION", "perhaps"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("MAX_UPLOAD_MB", "1.5"),
        ("SMTP_SECURITY", "ssl3"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_name(name, value):
    (problem,) = problems({f"PORTFOLIO_{name}": value})
    assert f"PORTFOLIO_{name} must be" in problem


def test_all_that_is_wrong_is_said_at_once():
    found = problems({"PORTFOLIO_PRODUCTION": "1", "PORTFOLIO_TRUSTED_PROXIES": "x"})
    assert len(found) == 4


def test_sqlite_may_serve_in_production():
    assert read_settings(SAFE | {"PORTFOLIO_DATABASE_URL": "sqlite:////srv/portfolio.sqlite"}).production


def test_the_limits_of_long_work_are_read_alone_and_refused_by_name():
    assert read_settings({}).jobs == JobLimits(megabytes=1500, seconds=300)
    asked = {"PORTFOLIO_JOB_MEMORY_MB": "700", "PORTFOLIO_JOB_SECONDS": "60", "PORTFOLIO_PRODUCTION": "1"}
    assert read_job_limits(asked) == JobLimits(megabytes=700, seconds=60)
    with pytest.raises(SettingsError) as error:
        read_job_limits({"PORTFOLIO_JOB_SECONDS": "a minute"})
    assert "PORTFOLIO_JOB_SECONDS" in error.value.problems[0]
