import datetime as dt

import pytest

from portfolio.accounts import rules
from portfolio.core.rights import Role

NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
IDLE, LONGEST = dt.timedelta(hours=10), dt.timedelta(days=7)


@pytest.mark.parametrize(
    "password",
    [
        "seitsemän sinistä sähköveturia",
        "correct horse battery staple kuu",
        "pqRvy8!mZk2x",
        "ä" * 3 + "sulka keltainen tupa",
        "kolme kovaa kiveä ja yksi pehmeä pilvi " * 6,
    ],
)
def test_a_long_password_of_unrelated_words_is_accepted(password):
    assert rules.check_password(password) is None


@pytest.mark.parametrize("password", ["", "lyhyt", "yksitoista!"])
def test_a_short_password_is_refused_with_the_length_asked_for(password):
    problem = rules.check_password(password)
    assert (problem.msgid, problem.params) == (rules.TOO_SHORT, {"shortest": 12})


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "qwertyuiop12",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "abcabcabcabc",
        "salasanasalasana",
        "Kehittäminen2026",
        "turkuturkuturku",
        "Turku2026Turku",
        "mattiTurku2026",
        "hankesalkku2026",
    ],
)
def test_common_passwords_repetitions_and_words_of_the_work_are_refused(password):
    problem = rules.check_password(password, ["Turku", "matti@turku.example"])
    assert problem is not None
    assert problem.msgid == rules.TOO_EASY


def test_a_password_of_any_reasonable_length_is_taken_whole():
    assert rules.check_password("kivi " * 13) is not None
    assert rules.check_password("sulka keltainen tupa kaivo " * 4) is None
    assert rules.check_password("x y" * 100).msgid == rules.TOO_LONG


@pytest.mark.parametrize("email", ["a@b.fi", "etu.suku+työ@kunta.example", "johtaja@alue.koekunta.example"])
def test_an_address_of_the_usual_shape_is_taken(email):
    assert rules.check_email(email) is None


@pytest.mark.parametrize(
    "email", ["", "a", "a@", "@b.fi", "a@b", "a b@c.fi", "a@b.fi, c@d.fi", "<a@b.fi>", "a@.fi.", "a\n@b.fi"]
)
def test_an_address_of_another_shape_is_refused_beside_its_field(email):
    problem = rules.check_email(email)
    assert (problem.msgid, problem.place) == (rules.NOT_AN_EMAIL, "email")


def test_addresses_are_compared_without_case_and_spaces():
    assert rules.clean_email("  Etu.Suku@KUNTA.example ") == "etu.suku@kunta.example"


@pytest.mark.parametrize(
    ("roles", "with_unit", "msgids"),
    [
        ({Role.VIEWER}, False, []),
        ({Role.BUDGET, Role.VIEWER}, False, []),
        ({Role.BUDGET}, False, [rules.NO_ROLE]),
        ({Role.BUDGET, Role.PUBLICITY}, True, [rules.NO_ROLE]),
        ({Role.REPORTER}, False, [rules.UNIT_NEEDED]),
        ({Role.REPORTER}, True, []),
        (set(), False, []),
    ],
)
def test_roles_that_do_not_go_together_are_refused(roles, with_unit, msgids):
    assert [problem.msgid for problem in rules.check_roles(roles, with_unit=with_unit)] == msgids


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/605 Version/19 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0", None),
        ("", None),
        (None, None),
    ],
)
def test_a_browser_is_named_as_people_know_it(user_agent, name):
    assert rules.browser_name(user_agent) == name


@pytest.mark.parametrize(
    ("created", "seen", "ended", "over"),
    [
        (1, 1, None, False),
        (9.99, 9.99, None, False),
        (10.01, 10.01, None, True),
        (24 * 7 - 1, 1, None, False),
        (24 * 7 + 1, 1, None, True),
        (1, 1, 0.5, True),
    ],
)
def test_a_sign_in_ends_when_unused_old_or_ended(created, seen, ended, over):
    hours = [None if ago is None else NOW - dt.timedelta(hours=ago) for ago in (created, seen, ended)]
    assert rules.is_over(*hours, NOW, IDLE, LONGEST) is over


PARENTS = {1: None, 2: 1, 3: 2, 4: 1}
"""Unit → the one above it."""


def test_the_reporters_of_the_nearest_unit_are_asked():
    found = rules.reporters_of(PARENTS, [1, 2, 3, 4], {1: {7}, 2: {8, 9}, 4: set()})
    assert found == {1: {7}, 2: {8, 9}, 3: {8, 9}, 4: {7}}
    assert rules.reporters_of(PARENTS, [1], {4: {7}}) == {}
