import pytest

from portfolio.core.rights import Role


@pytest.mark.parametrize("page", ["/koekunta/roadmap", "/koekunta/changes", "/koekunta/initiatives", "/sign-in"])
def test_bytes_that_are_no_letters_in_an_address_break_no_page(pages, town, page):
    town.commit()
    pages.sign_in(Role.VIEWER)
    answer = pages.client.get(page, environ_overrides={"QUERY_STRING": "q=a\xff\xe4&page=\xff"})
    assert answer.status_code in {200, 302}


def test_letters_in_an_address_are_read_as_they_are(pages, town):
    town.commit()
    pages.sign_in(Role.VIEWER)
    raw = {"QUERY_STRING": "q=äly".encode().decode("latin-1")}
    answer = pages.client.get("/koekunta/initiatives", environ_overrides=raw)
    assert 'value="äly"' in answer.text
