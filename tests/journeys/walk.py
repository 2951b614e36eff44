"""Walking through the demo: every page a role can reach by links, one address for each endpoint."""

from collections import deque
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from werkzeug.exceptions import HTTPException

from portfolio.app import create_app
from portfolio.cli.context import DATABASE_FILE, open_engine
from tests.fixtures.demo import account
from tests.pages import Pages

ENDLESS = 400
"""Pages looked at while searching for endpoints: enough for every kind of link, an end for the rest."""


def addresses(folder, role, municipality="turku"):
    """The first address found of each HTML page, breadth first from home, for one role: {endpoint: address}."""
    engine = open_engine(f"sqlite:///{folder / DATABASE_FILE}")
    app = create_app({}, engine=engine)
    client = app.test_client()
    Pages(client).sign_in(account(folder, role, municipality)["email"])
    found = _walk(client, app.url_map.bind("localhost"), f"/{municipality}/")
    engine.dispose()
    return found


def _walk(client, urls, start):
    found, seen, waiting = {}, {start}, deque([start])
    looked = 0
    while waiting and looked < ENDLESS:
        address = waiting.popleft()
        endpoint = _endpoint(urls, address)
        if endpoint is None or endpoint in found:
            continue
        looked += 1
        answer = client.get(address)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        found[endpoint] = address
        for link in BeautifulSoup(answer.text, "html.parser").select("a[href]"):
            target = urljoin(address, link["href"]).partition("#")[0]
            if not urlsplit(target).netloc and target not in seen:
                seen.add(target)
                waiting.append(target)
    return found


def _endpoint(urls, address):
    try:
        return urls.match(urlsplit(address).path, "GET")[0]
    except HTTPException:
        return None
