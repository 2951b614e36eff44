from sqlalchemy import select

from portfolio.core import history
from portfolio.core.history import Baseline, BaselineKind
from portfolio.core.rights import Role
from portfolio.forums.models import Decision, DecisionInitiative, Forum, Meeting
from portfolio.register.operations import remove_baseline, update_baseline, update_initiatives
from tests import factories
from tests.factories import acting
from tests.pages import Pages
from tests.roadmap.examples import create_forum


def meeting_of(town):
    """A forum, an initiative of this year, and the address of the forum's meeting."""
    forum = create_forum(town.session, town.municipality).id
    item = factories.create_initiative(town.session, municipality_id=town.municipality.id, title_fi="Kirjasto").id
    town.commit()
    return forum, item, f"/{town.code}/roadmap/meeting?forum={forum}&date=2026-05-04"


def test_a_meeting_is_started_from_the_roadmap(pages, town):
    forum, _, _ = meeting_of(town)
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"/{town.code}/roadmap/meeting?group=portfolio")
    assert page.select_one("input[name=group]")["value"] == "portfolio"
    assert page.select_one(f"option[value='{forum}']").text == "Johtoryhmä"


def test_the_cover_tells_forum_day_and_how_much_is_shown(pages, town):
    _, _, address = meeting_of(town)
    pages.sign_in(Role.VIEWER)
    page = pages.get(address)
    cover = page.select_one("[data-slide]")
    assert page.h1.text == "Johtoryhmä 4.5.2026"
    assert "1 kohde" in cover.text


def test_an_impossible_day_or_an_unknown_forum_is_said_beside_the_field(pages, town):
    meeting_of(town)
    pages.sign_in(Role.VIEWER)
    page = pages.get(f"/{town.code}/roadmap/meeting?forum=999999&date=2026-02-31", status=422)
    assert page.select_one("#forum-error")
    assert page.select_one("#date-error")


def test_an_outcome_makes_the_meeting_and_a_decision_of_the_initiative(pages, town):
    forum, item, _ = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    address = f"/{town.code}/forums/{forum}/meetings/2026-05-04/outcome?initiative={item}"
    page = pages.get(address)
    assert page.select_one("[name=title_fi]")["value"] == "Kirjasto"
    answer = pages.post_form(page, form="form[data-draft]", outcome="approved", decision="Jatketaan.", section="12")
    assert "Jatketaan." in answer.text
    assert answer.select_one(".undo-bar span").text == "Päätös on kirjattu."
    (decision,) = town.rows(select(Decision))
    (meeting,) = town.rows(select(Meeting))
    (link,) = town.rows(select(DecisionInitiative))
    assert (decision.forum_id, decision.meeting_id, decision.section) == (forum, meeting.id, "12")
    assert (link.decision_id, link.initiative_id) == (decision.id, item)


def test_two_outcomes_of_one_meeting_are_both_kept(pages, town):
    forum, item, _ = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    address = f"/{town.code}/forums/{forum}/meetings/2026-05-04/outcome"
    first, second = pages.get(f"{address}?initiative={item}"), pages.get(address)
    pages.post_form(first, form="form[data-draft]", outcome="approved", decision="Jatketaan.")
    answer = pages.post_form(
        second, form="form[data-draft]", title_fi="Muu asia", outcome="noted", decision="Merkitty."
    )
    assert "Jatketaan." in answer.text
    assert "Merkitty." in answer.text
    assert len(town.rows(select(Meeting))) == 1


def test_who_writes_of_the_same_matter_at_once_sees_the_first_decision_before_recording_another(app, pages, town):
    forum, item, _ = meeting_of(town)
    colleague = Pages(app.test_client())
    pages.sign_in(Role.OFFICE)
    colleague.sign_in(Role.ADMIN)
    address = f"/{town.code}/forums/{forum}/meetings/2026-05-04/outcome?initiative={item}"
    mine, theirs = pages.get(address), colleague.get(address)
    colleague.post_form(theirs, form="form[data-draft]", outcome="approved", decision="Jatketaan.")

    told = pages.post_form(mine, form="form[data-draft]", status=422, outcome="rejected", decision="Ei jatketa.")
    assert "Joku kirjasi tästä asiasta päätöksen" in told.words
    assert "Jatketaan." in told.words
    assert told.select_one("[name=decision]").get_text(strip=True) == "Ei jatketa."
    assert len(town.rows(select(Decision))) == 1

    pages.post_form(told, form="form[data-draft]")
    assert [one.decision for one in town.rows(select(Decision).order_by(Decision.id))] == ["Jatketaan.", "Ei jatketa."]


def test_the_card_of_a_meeting_lists_all_changes_since_the_time_compared_with(pages, town, clock):
    _, item, _ = meeting_of(town)
    baseline = factories.create_baseline(town.session, municipality_id=town.municipality.id, name="Kevät").id
    town.commit()
    for number in range(5):
        clock.move(minutes=1)
        actor = acting(town.municipality.id, "office", at=clock())
        update_initiatives(town.session, actor, {item: {"title_fi": f"Kirjasto {number}"}})
        town.commit()
    pages.sign_in(Role.VIEWER)

    panel = f"/{town.code}/initiatives/{item}/panel"
    since = pages.get(f"{panel}?compare=baseline:{baseline}")
    assert "Muuttunut hetken Kevät jälkeen" in since.words
    assert [one.get_text() for one in since.select(".hist ins")] == [
        f"Kirjasto {number}" for number in range(4, -1, -1)
    ]
    assert len(pages.get(panel).select(".hist > li")) == 3
    assert "Muuttunut hetken" not in pages.get(f"{panel}?compare=baseline:999").words


def test_a_forum_that_was_removed_meets_no_more(pages, town):
    forum, item, address = meeting_of(town)
    create_forum(town.session, town.municipality, name="Toinen")
    history.write_many(
        town.session,
        acting(town.municipality.id, "office"),
        updates=[history.Update(Forum, forum, {"removed": True})],
    )
    town.commit()
    pages.sign_in(Role.OFFICE)

    assert "Sellaista foorumia ei ole" in pages.get(address, status=422).words
    panel = pages.get(f"/{town.code}/initiatives/{item}/panel?forum={forum}&date=2026-05-04")
    assert not panel.select("form[data-draft]")
    pages.get(f"/{town.code}/forums/{forum}/meetings/2026-05-04/outcome?initiative={item}", status=404)
    assert "ei ole" in pages.get(f"/{town.code}/roadmap?forum={forum}").select_one(".notice.warn").text


def test_an_outcome_without_its_text_is_said_beside_the_field(pages, town):
    forum, _, _ = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    page = pages.get(f"/{town.code}/forums/{forum}/meetings/2026-05-04/outcome")
    answer = pages.post_form(page, form="form[data-draft]", status=422, title_fi="Asia", outcome="approved")
    assert answer.select_one("#decision-error")


def test_those_who_may_not_decide_see_no_form(pages, town):
    forum, item, address = meeting_of(town)
    pages.sign_in(Role.VIEWER)
    page = pages.get(address)
    assert not page.select("[data-do=outcome], form[action*='/end']")
    pages.get(f"/{town.code}/forums/{forum}/meetings/2026-05-04/outcome?initiative={item}", status=403)


def test_the_end_of_a_meeting_is_a_baseline_that_the_next_one_compares_with(pages, town):
    forum, _, address = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    after = pages.post_form(pages.get(f"{address}&group=portfolio&scale=term"), form="form[action*='/end']")
    assert after.answer.request.full_path.endswith("/roadmap?group=portfolio&scale=term")
    (baseline,) = town.rows(select(Baseline))
    assert (baseline.name, baseline.kind) == ("Johtoryhmä 4.5.2026", BaselineKind.MEETING)
    (meeting,) = town.rows(select(Meeting))
    assert (meeting.forum_id, meeting.date.isoformat(), meeting.baseline_id) == (forum, "2026-05-04", baseline.id)


def compared_with(pages, address):
    """The sentence of the cover on what the meeting is compared with, None where it is with nothing."""
    found = pages.get(address).find("p", string=lambda text: text and text.startswith("Vertailukohta"))
    return found.get_text() if found else None


def test_a_meeting_compares_with_the_end_of_the_last_one_whatever_it_is_called(pages, town, clock):
    forum, _, address = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(address), form="form[action*='/end']")
    [ended] = town.rows(select(Baseline))
    update_baseline(town.session, acting(town.municipality.id, "office"), ended.id, {"name": "Kevään päätökset"})
    town.commit()

    later = address.replace("2026-05-04", "2026-06-04")
    assert "Kevään päätökset" in compared_with(pages, later)
    clock.move(days=1)
    pages.sign_in(Role.VIEWER)
    links = [
        one["href"] for one in pages.get(f"/{town.code}/roadmap").select("a.menu-item") if "compare=" in one["href"]
    ]
    assert links == [f"/{town.code}/roadmap?compare=baseline%3A{ended.id}"]
    other = create_forum(town.session, town.municipality, name="Ohjausryhmä").id
    town.commit()
    assert "Kevään päätökset" in compared_with(pages, later.replace(f"forum={forum}", f"forum={other}"))


def test_a_meeting_whose_point_in_time_is_gone_ended_with_its_day(pages, town, clock):
    _, _, address = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(address), form="form[action*='/end']")
    [ended] = town.rows(select(Baseline))
    remove_baseline(town.session, acting(town.municipality.id, "office"), ended.id)
    town.commit()
    clock.move(days=2)
    pages.sign_in(Role.VIEWER)

    assert "4.5.2026" in compared_with(pages, address.replace("2026-05-04", "2026-06-04"))


def test_the_slides_of_changes_hold_as_many_as_the_sentence_counts(pages, town):
    _, item, address = meeting_of(town)
    pages.sign_in(Role.OFFICE)
    pages.post_form(pages.get(address), form="form[action*='/end']")
    edit = pages.get(f"/{town.code}/initiatives/{item}/move?words=vuonna+2027")
    pages.post_form(edit, form="form[action$='/move']:has([name=checked])")
    page = pages.get(address.replace("2026-05-04", "2026-06-04"))
    slide = page.select_one("[data-sort=changes]")
    assert "1 kehittämiskohde on muuttunut" in page.select_one("[data-sort=cover]").text
    assert [one["data-kind"] for one in slide.select("[data-kind]")] == ["retimed"]
    brief = page.select_one("[data-sort=lane] .rm-brief") or page.select_one("[data-sort=list] .rm-brief")
    assert "vuonna 2027" in brief.text
