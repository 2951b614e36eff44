"""One initiative is moved in time: shown first, saved once seen, by those who may."""

from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.core.timespan import Context, parse
from portfolio.register.models import Dependency, Initiative, Milestone
from portfolio.register.rules import Status
from tests import factories


def span(words):
    return parse(words, Context.default()).value


@pytest.fixture
def autumn(town):
    found = factories.create_initiative(
        town.session, municipality_id=town.municipality.id, title_fi="Asiointi", timespan=span("syksy 2026 (alustava)")
    )
    town.commit()
    return found


def address(town, initiative, query=""):
    return f"/{town.code}/initiatives/{initiative.id}/move{query}"


def stored(town, initiative):
    return town.rows(select(Initiative.timespan).where(Initiative.id == initiative.id))[0]


def test_a_button_proposes_a_year_later_and_nothing_is_saved_before_it_was_seen(pages, town, autumn):
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(town, autumn))
    later = next(one for one in page.select(".rm-steps button") if one.get_text(strip=True) == "Vuotta myöhemmin")
    checked = pages.get(f"{page.select_one('.rm-steps')['action']}?{urlencode({'words': later['value']})}")
    assert checked.select_one("del").get_text(strip=True) == "syksy 2026 (alustava)"
    assert checked.select_one("ins").get_text(strip=True) == "syksy 2027 (alustava)"
    assert stored(town, autumn).words == "syksy 2026 (alustava)"


def test_words_are_shown_as_a_change_and_saved_when_they_are_sent_again(pages, town, autumn):
    pages.sign_in(Role.OFFICE)
    shown = pages.post_form(pages.get(address(town, autumn)), form="#move .form", timespan="2027–2028")
    assert stored(town, autumn).words == "syksy 2026 (alustava)"
    saved = pages.post_form(shown, form="#move .form")
    assert stored(town, autumn) == span("2027–2028")
    assert saved.select_one(".undo-bar")


def test_a_time_is_taken_away_when_that_has_been_seen_and_brought_back_by_undoing(pages, town, autumn):
    pages.sign_in(Role.OFFICE)
    shown = pages.post_form(pages.get(address(town, autumn)), form="#move .form", timespan="")
    assert stored(town, autumn) == span("syksy 2026 (alustava)")
    saved = pages.post_form(shown, form="#move .form")
    assert not stored(town, autumn)
    assert "syksy 2026 (alustava) → ei tietoa" in " ".join(saved.select_one(".undo-bar").get_text().split())
    pages.post_form(saved, form=".undo-bar form")
    assert stored(town, autumn) == span("syksy 2026 (alustava)")


def test_after_saving_the_move_is_undone_with_one_button(pages, town, autumn):
    pages.sign_in(Role.OFFICE)
    shown = pages.post_form(pages.get(address(town, autumn)), form="#move .form", timespan="2027")
    pages.post_form(pages.post_form(shown, form="#move .form"), form=".undo-bar form")
    assert stored(town, autumn) == span("syksy 2026 (alustava)")


def test_what_someone_else_saved_meanwhile_is_not_overwritten(pages, town, autumn):
    pages.sign_in(Role.OFFICE)
    first = pages.post_form(pages.get(address(town, autumn)), form="#move .form", timespan="2027")
    second = pages.post_form(pages.get(address(town, autumn)), form="#move .form", timespan="2028")
    pages.post_form(second, form="#move .form")
    pages.post_form(first, form="#move .form", status=409)
    assert stored(town, autumn).words == "2028"


def test_a_dependency_that_would_break_is_said_before_saving(pages, town, autumn):
    after = factories.create_initiative(
        town.session, municipality_id=town.municipality.id, title_fi="Käyttöönotto", timespan=span("kevät 2027")
    )
    factories.write(
        town.session,
        Dependency,
        {"municipality_id": town.municipality.id, "predecessor_id": autumn.id, "successor_id": after.id},
    )
    town.commit()
    pages.sign_in(Role.OFFICE)
    page = pages.get(address(town, autumn, "?words=syksy+2027"))
    assert "Käyttöönotto" in page.select_one(".notice.bad").get_text()


def test_milestones_left_outside_move_along_when_asked(pages, town, autumn):
    mark = factories.write(
        town.session,
        Milestone,
        {
            "municipality_id": town.municipality.id,
            "initiative_id": autumn.id,
            "title_fi": "Pilotti",
            "timespan": span("lokakuu 2026"),
        },
    )
    town.commit()
    pages.sign_in(Role.OFFICE)
    shown = pages.get(address(town, autumn, "?words=syksy+2027+(alustava)"))
    pages.post_form(shown, form="#move .form", milestones="y")
    assert town.rows(select(Milestone.timespan).where(Milestone.id == mark.id))[0].words == "lokakuu 2027"


def test_who_may_not_edit_it_may_not_move_it(pages, town, autumn):
    pages.sign_in(Role.VIEWER)
    pages.get(address(town, autumn), status=403)


def test_what_is_removed_is_not_moved(pages, town):
    gone = factories.create_initiative(town.session, municipality_id=town.municipality.id)
    town.commit()
    pages.sign_in(Role.OFFICE)
    pages.post(f"/{town.code}/initiatives/{gone.id}/remove")
    pages.get(address(town, gone), status=403)


def test_what_was_merged_into_another_is_not_moved_and_its_row_has_no_link(pages, town, autumn):
    merged = {"status": Status.MERGED, "timespan": span("2026"), "title_fi": "Yhdistetty"}
    gone = factories.create_initiative(
        town.session, municipality_id=town.municipality.id, merged_into_id=autumn.id, **merged
    )
    town.commit()
    pages.sign_in(Role.OFFICE)
    assert [link["href"].split("?")[0] for link in pages.get(f"/{town.code}/roadmap").select("a.rm-move")] == [
        address(town, autumn)
    ]
    pages.get(address(town, gone), status=403)
    assert not pages.get(f"/{town.code}/initiatives/{gone.id}/panel").select("[data-moves]")


def test_an_initiative_without_a_time_gets_one(pages, town):
    new = factories.create_initiative(town.session, municipality_id=town.municipality.id, timespan=None)
    town.commit()
    pages.sign_in(Role.OFFICE)
    shown = pages.post_form(pages.get(address(town, new)), form="#move .form", timespan="Q2 2027")
    pages.post_form(shown, form="#move .form")
    assert stored(town, new) == span("Q2 2027")


def test_words_that_are_no_time_are_said_beside_the_field(pages, town, autumn):
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(address(town, autumn)), form="#move .form", timespan="kun ehditään", status=422)
    assert stored(town, autumn).words == "syksy 2026 (alustava)"
