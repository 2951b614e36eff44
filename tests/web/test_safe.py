import pytest

from portfolio.web.safe import safe_next


@pytest.mark.parametrize("address", ["/", "/turku/", "/turku/initiatives?q=äly&at=2026-05-04", "/turku/x#sign", "/a:b"])
def test_an_address_of_this_site_is_gone_to(address):
    assert safe_next(address, "/home") == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "turku/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\\/evil.example",
        "https:evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " /turku",
        "/turku\r\nSet-Cookie: a=b",
        "/tur\tku",
        "/\n/evil.example",
        "/\t/evil.example",
        "/%0a\x00",
        "/" + "x" * 1000,
        "http://[",
    ],
)
def test_an_address_elsewhere_in_any_disguise_is_not(address):
    assert safe_next(address, "/home") == "/home"
