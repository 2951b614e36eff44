"""Pages as a visitor without scripts sees them: every one that is fetched is checked against the rules of the house."""

import re
from collections import Counter, defaultdict
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from portfolio.accounts.models import User
from portfolio.accounts.operations import sign_in
from portfolio.core.database import open_session
from portfolio.core.rights import Role
from portfolio.web.current import EXTENSION

LANGUAGES = {"fi", "sv", "en"}
TYPED = ("input", "select", "textarea")
NEED_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}


class Page(BeautifulSoup):
    """One page: its markup, its address, and the answer it came with."""

    def __init__(self, answer):
        super().__init__(answer.text, "html.parser")
        self.answer = answer
        self.url = answer.request.path
        self.status = answer.status_code

    @property
    def words(self):
        """The text of the page's main part, with single spaces."""
        return " ".join((self.main or self).get_text(" ").split())

    @property
    def messages(self):
        """What the page says on top after something was done."""
        return [" ".join(one.get_text(" ").split()) for one in self.select(".messages .notice")]

    @property
    def errors(self):
        """The errors beside the fields and on top of the form."""
        return [" ".join(one.get_text(" ").split()) for one in self.select(".error, .error-summary li")]

    def links(self):
        """Every address of this site that the page links to."""
        found = (urljoin(self.url, one["href"]) for one in self.select("a[href]"))
        return [address for address in found if not urlsplit(address).netloc]


class Pages:
    """A visitor: signs in as a role, opens pages, fills forms."""

    def __init__(self, client):
        self.client = client

    def sign_in(self, role, code="koekunta"):
        """Sign in as the town's user of a role, past the form (which has tests of its own)."""
        email = role if "@" in str(role) else f"{Role(role)}@{code}.example"
        installation = self.client.application.extensions[EXTENSION]
        with open_session(installation.engine, write=True) as session:
            user = session.query(User).filter_by(email=email).one()
            token = sign_in(session, user.id, "test", installation.clock())
            session.commit()
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
        return user

    def get(self, url, status=200, **options):
        """Open a page, following redirects, and check it."""
        return self._checked(self.client.get(url, follow_redirects=True, **options), status)

    def post(self, url, status=200, **fields):
        """Post fields to an address with a valid token, as a script of ours would; follow the redirect."""
        data = {"csrf_token": self.token(), **fields}
        return self._checked(self.client.post(url, data=data, follow_redirects=True), status)

    def post_form(self, page, form="main form[method=post]", status=200, button=None, **fields):
        """Fill in a form of a page and send it; None leaves a field out, a list sends several values.

        `form` is a CSS selector, `button` the (name, value) pressed. A field that the form lacks cannot be filled in.
        """
        found = page.select_one(form)
        assert found is not None, f"no form {form!r} on {page.url}"
        data = filled(found) | {name: value for name, value in fields.items() if value is not None}
        for name in [name for name, value in fields.items() if value is None]:
            data.pop(name, None)
        unknown = fields.keys() - names_in(found)
        assert not unknown, f"the form has no fields {sorted(unknown)}"
        if button is not None:
            data[button[0]] = button[1]
        files = any(one.get("type") == "file" for one in found.select("input"))
        encoding = {"content_type": "multipart/form-data"} if files else {}
        address = urljoin(page.url, found.get("action") or page.url)
        return self._checked(self.client.post(address, data=data, follow_redirects=True, **encoding), status)

    def token(self):
        """A CSRF token of this visitor's session, from a page that everyone may open."""
        page = self.client.get("/password/forgotten").text
        return re.search('name="csrf_token"[^>]* value="([^"]+)"', page)[1]

    @staticmethod
    def _checked(answer, status):
        page = Page(answer)
        assert answer.status_code == status, f"{answer.request.path}: {answer.status}: {page.words[:600]} {page.errors}"
        check_house(page)
        return page


def names_in(form):
    """The names of what can be filled in."""
    return {one["name"] for one in form.select("[name]") if one.name in TYPED}


def filled(form):
    """What a browser would send of a form in which nothing was changed."""
    data = {}
    for one in form.select("input[name], select[name], textarea[name]"):
        value = _value_of(one)
        if value is None:
            continue
        if one["name"] in data:
            before = data[one["name"]]
            data[one["name"]] = [*(before if isinstance(before, list) else [before]), value]
        else:
            data[one["name"]] = value
    return data


def check_house(page):
    """Assert what holds for every page: one h1, title, language, unique ids, labels, actions, nothing inline."""
    faults = list(house_faults(page))
    assert not faults, f"{page.url}: {'; '.join(faults)}"


def house_faults(page):
    """Say what breaks the rules of the house on a page, in one walk over it: thousands of pages are checked."""
    by_name = defaultdict(list)
    for one in page.descendants:
        if isinstance(one, Tag):
            by_name[one.name].append(one)
    yield from _headed(page, by_name["h1"])
    every = [one for found in by_name.values() for one in found]
    ids = Counter(one["id"] for one in every if "id" in one.attrs)
    if twice := sorted(one for one, times in ids.items() if times > 1):
        yield f"ids twice: {twice}"
    fields = [one for name in TYPED for one in by_name[name]]
    yield from _unlabelled(fields, ids.keys(), {one.get("for") for one in by_name["label"]})
    yield from _inline(every)
    yield from _forms(by_name["form"])
    policy = page.answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy:
        yield "no strict content security policy"


def _headed(page, headings):
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    else:
        title = " ".join(page.title.get_text().split()) if page.title else ""
        if not title.startswith(" ".join(headings[0].get_text().split())):
            yield f"the title {title!r} does not start with the h1"
    if page.html is None or page.html.get("lang") not in LANGUAGES:
        yield "no language"


def _unlabelled(fields, ids, labelled):
    for one in fields:
        if one.get("type") in NEED_NO_LABEL:
            continue
        named = one.get("aria-label") or (one.get("aria-labelledby", "").split() or [None])[0] in ids
        if not (named or (one.get("id") and one["id"] in labelled) or one.find_parent("label")):
            yield f"no label: {one.get('name')}"
        yield from (
            f"{one.get('name')} is described by {missing}, which is not there"
            for missing in set(one.get("aria-describedby", "").split()) - ids
        )


def _inline(every):
    for one in every:
        attributes = one.attrs
        if "style" in attributes or one.name == "style":
            yield f"inline style on {one.name}"
        if one.name == "script" and "src" not in attributes and attributes.get("type") != "application/json":
            yield "inline script"
        yield from (f"{name} on {one.name}" for name in attributes if name.startswith("on"))
        loaded = attributes.get("src") or (attributes.get("href") if one.name in {"link", "use"} else None)
        if loaded and urlsplit(loaded).netloc:
            yield f"loads from elsewhere: {loaded}"


def _forms(forms):
    for one in forms:
        if "action" not in one.attrs:
            yield f"a form without action: {one.get('id')}"
        if one.get("method") == "post" and not one.find("input", attrs={"name": "csrf_token"}):
            yield f"a form without token: {one.get('action')}"


def _value_of(one):
    if one.name == "textarea":
        return one.get_text().removeprefix("\n")
    if one.name == "select":
        chosen = one.select("option[selected]") or one.select("option")[:1]
        values = [option.get("value", option.get_text()) for option in chosen]
        return values if one.has_attr("multiple") else (values[0] if values else None)
    kind = one.get("type", "text")
    if kind in {"checkbox", "radio"}:
        return one.get("value", "on") if one.has_attr("checked") else None
    if kind in {"submit", "button", "image", "file"} or one.has_attr("disabled"):
        return None
    return one.get("value", "")
