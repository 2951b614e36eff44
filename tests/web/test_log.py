import logging
import re

import pytest

from portfolio.core.rights import Role

LINE = re.compile(r"(\S+) (\S+) (\d{3}) (\d+) ms user=(\S+) id=([0-9a-f]{16})")


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "portfolio.request")
    return lambda: [one.getMessage() for one in caplog.records if one.name == "portfolio.request"]


def test_each_request_is_one_line_with_its_id(probe, lines):
    user = probe.sign_in(Role.OFFICE)
    answer = probe.client.get("/koekunta/probe?q=salaisuus")
    (line,) = lines()
    method, path, status, _ms, who, number = LINE.fullmatch(line).groups()
    assert (method, path, status, who) == ("GET", "/koekunta/probe", "200", str(user.id))
    assert number == answer.headers["X-Request-Id"]


def test_no_secret_of_an_address_is_in_the_log(probe, lines):
    probe.client.get("/password/new?token=salaisuus")
    probe.client.get("/calendar/salaisuus.ics")
    assert len(lines()) == 2
    assert "salaisuus" not in "".join(lines())


@pytest.mark.parametrize("path", ["/a%0d%0aGET /forged 200", "/a%1b[31m", "/ä%E2%80%A8x", "/" + "x" * 5000])
def test_nobody_forges_a_line(probe, lines, path):
    probe.client.get(path)
    (line,) = lines()
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 600


def test_a_fault_has_its_line_too(probe, lines):
    probe.client.get("/probe/boom")
    assert LINE.fullmatch(lines()[0])[3] == "500"
