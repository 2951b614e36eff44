import io
import zipfile

import pytest

from portfolio.core import history
from portfolio.core.rights import Role, operator
from portfolio.forums.models import Decision, Forum
from portfolio.register.models import Initiative
from portfolio.register.rules import Publicity
from tests import factories
from tests.factories import MORNING, write

START = {"pdf": b"%PDF", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}


def create_portfolio(town, **overrides):
    return factories.create_portfolio(town.session, municipality_id=town.municipality.id, **overrides)


def create_initiative(town, **overrides):
    return factories.create_initiative(town.session, municipality_id=town.municipality.id, **overrides)


def create_public(town, **overrides):
    texts = {
        "summary_fi": "Ohje oli vanhentunut.",
        "goals": "Yhteinen tapa toimia",
        "solution": "Käsikirja",
        "results": "Otettu käyttöön",
    }
    internal = {"notes": "Sisäinen muistiinpano", "present_state": "Sisäinen nykytila", "ledger_number": "LEDGER-77"}
    usual = {"title_fi": "Hyvän yhteistoiminnan käsikirja", "publicity": Publicity.PUBLIC}
    return create_initiative(town, **usual | texts | internal | overrides)


def change(town, row, **values):
    identity = row.id
    town.commit()
    history.write_many(town.session, operator(MORNING), updates=[history.Update(Initiative, identity, values)])
    town.commit()


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "edistymisraportti"), ("sv", "lagesrapport"), ("en", "progress")]
)
def test_a_file_is_named_in_the_language_of_the_document(pages, town, language, word):
    portfolio = create_portfolio(town)
    town.commit()
    pages.sign_in(Role.VIEWER)
    asked = {"kind": "progress", "portfolio": portfolio.id, "format": "xlsx", "language": language}
    answer = pages.client.get(f"/{town.code}/documents/file", query_string=asked)
    assert f"filename={word}" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("ending", START)
@pytest.mark.parametrize("kind", ["progress", "measures", "budget"])
def test_a_reader_downloads_a_report_of_a_portfolio(pages, town, kind, ending):
    portfolio = create_portfolio(town)
    create_initiative(town, portfolio_id=portfolio.id)
    town.commit()
    pages.sign_in(Role.VIEWER)
    url = f"/{town.code}/documents/file?kind={kind}&portfolio={portfolio.id}&format={ending}&language=sv"
    answer = pages.client.get(url)
    assert answer.data[:4] == START[ending]
    assert portfolio.code in answer.headers["Content-Disposition"]


def test_the_page_keeps_what_the_address_says_and_its_form_asks_for_the_file(pages, town):
    portfolio = create_portfolio(town, name_fi="Toimenpideohjelma")
    create_portfolio(town, name_fi="Toinen salkku")
    town.commit()
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"/{town.code}/documents?portfolio={portfolio.id}&kind=budget")
    form = page.select_one("form.form")
    assert form["action"].endswith("/documents/file")
    assert form.select_one("[name=kind]")["value"] == "budget"
    assert form.select_one("[name=portfolio] option[selected]")["value"] == str(portfolio.id)
    assert not form.select("[name=initiative], [name=forum]"), "only what this document needs is asked"


def test_the_documents_are_told_in_words_before_one_is_chosen(pages, town):
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"/{town.code}/documents?portfolio=7&_external=1&municipality=muu")
    links = page.select("#kind a")
    assert [one["href"].rpartition("kind=")[2] for one in links] == [
        *("progress", "measures", "budget", "card", "decisions")
    ]
    assert all(one["href"].startswith(f"/{town.code}/documents?portfolio=7&") for one in links)
    assert len(page.select("#kind .below")) == len(links)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=card", "tunnus"),
        ("kind=card&initiative=EI-OLE", "EI-OLE"),
        ("kind=decisions", "foorumi"),
        ("kind=progress", "salkku"),
        ("kind=progress&year=12", "2"),
        ("kind=secret", "1"),
    ],
)
def test_what_is_missing_is_asked_for_in_words(pages, town, query, words):
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"/{town.code}/documents/file?{query}", 422)
    assert words in page.select_one(".error-summary").get_text()


def test_a_forum_s_decisions_and_a_card_are_files_too(pages, town):
    code = create_initiative(town).code
    forum = write(
        town.session,
        Forum,
        {"code": "kh", "name_fi": "Kaupunginhallitus", "kind": "body", "municipality_id": town.municipality.id},
    )
    values = {"forum_id": forum.id, "title_fi": "Ohjelma", "municipality_id": town.municipality.id}
    write(town.session, Decision, values)
    town.commit()
    pages.sign_in(Role.VIEWER)
    for query in (f"kind=card&initiative={code}", f"kind=decisions&forum={forum.id}"):
        answer = pages.client.get(f"/{town.code}/documents/file?{query}&format=docx")
        assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None


def test_a_report_of_the_past_holds_what_was_there_then(pages, town):
    portfolio = create_portfolio(town)
    row = create_initiative(town, portfolio_id=portfolio.id, title_fi="Vanha nimi")
    code, then = row.code, history.latest_revision(town.session)
    change(town, row, title_fi="Uusi nimi")
    pages.sign_in(Role.VIEWER)
    base = f"/{town.code}/documents/file?kind=card&initiative={code}&format=docx"
    old, new = (
        zipfile.ZipFile(io.BytesIO(pages.client.get(url).data)).read("word/document.xml").decode()
        for url in (f"{base}&revision={then}", base)
    )
    assert "Vanha nimi" in old
    assert "Uusi nimi" in new


def test_anybody_reads_the_card_of_a_public_initiative_and_nothing_internal(pages, town):
    row = create_public(town)
    town.commit()
    page = pages.get(f"/public/{town.code}/{row.code}")
    assert page.select_one("h1").get_text(strip=True) == "Hyvän yhteistoiminnan käsikirja"
    for words in ("Ohje oli vanhentunut.", "Yhteinen tapa toimia", "Käsikirja", "Otettu käyttöön"):
        assert words in page.text
    for words in ("Sisäinen", "LEDGER-77", "Ohjelma"):
        assert words not in page.text
    inside = [one["href"] for one in page.select("a[href]") if f"/{town.code}/" in one["href"]]
    assert inside == [page.select_one("main a[href]")["href"]]


@pytest.mark.parametrize("later", [{"publicity": Publicity.INTERNAL}, {"removed": True}])
def test_a_card_that_is_made_internal_again_or_removed_is_not_there(pages, town, later):
    row = create_public(town)
    address = f"/public/{town.code}/{row.code}"
    change(town, row, **later)
    assert pages.client.get(address).status_code == 404
    pages.sign_in(Role.ADMIN)
    assert pages.client.get(address).status_code == 404


def test_what_was_public_before_is_not_there_by_asking_for_the_past(pages, town):
    row = create_public(town)
    address = f"/public/{town.code}/{row.code}?revision={history.latest_revision(town.session)}"
    change(town, row, publicity=Publicity.INTERNAL)
    assert pages.client.get(address).status_code in {404, 422}


def test_another_municipality_s_address_does_not_show_the_card_and_what_is_not_there_answers_alike(pages, town):
    row = create_public(town)
    internal = create_initiative(town)
    town.commit()
    addresses = [
        f"/public/{town.neighbour.code}/{row.code}",
        f"/public/{town.code}/{internal.code}",
        f"/public/{town.code}/EI-OLE",
        f"/public/{town.code}/{row.id}",
        f"/public/{town.code}/{row.code}%00",
    ]
    answers = [pages.client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert all("Sähköinen asiointi" not in answer.text for answer in answers)


def test_the_link_to_the_public_card_is_for_those_who_set_publicity(pages, town):
    row = create_public(town)
    town.commit()
    address = f"/public/{town.code}/{row.code}"
    for role, there in ((Role.OFFICE, True), (Role.VIEWER, False)):
        pages.sign_in(role)
        page = pages.get(f"/{town.code}/initiatives/{row.id}")
        assert bool(page.select(f'a[href="{address}"]')) is there
