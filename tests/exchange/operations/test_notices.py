import datetime as dt
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.claims import Sent
from portfolio.core.database import open_session
from portfolio.exchange.models import ImportNotice
from portfolio.exchange.operations.notices import note_owners, put_away, tell_owners
from portfolio.exchange.queries.notices import notices_for, own_notice
from portfolio.organisation.models import Holding
from portfolio.register.models import Initiative, Milestone
from tests import factories
from tests.exchange.collected import change, create_batch, create_owner

TODAY = dt.date(2026, 5, 4)
LINK = "https://salkku.koekunta.example/koekunta/"


@dataclass
class Place:
    session: object
    municipality: object
    owner: object
    initiative: object
    maker: object

    def imported(self, revision_id, **overrides):
        return create_batch(
            self.session,
            municipality_id=self.municipality.id,
            revision_id=revision_id,
            user_id=self.maker.id,
            **overrides,
        )

    def noted(self, revision_id):
        """Note an import by the maker, and give the notices as (e-mail's user, initiatives)."""
        batch = self.imported(revision_id)
        actor = factories.acting(self.municipality.id, "office")
        note_owners(self.session, replace(actor, user_id=self.maker.id), batch, TODAY)
        asked = select(ImportNotice).where(ImportNotice.batch_id == batch.id)
        found = [(one.person_id, one.item_ids) for one in self.session.scalars(asked)]
        self.session.commit()
        return batch, found


@pytest.fixture
def engine(migrated_url):
    engine = open_engine(migrated_url)
    yield engine
    engine.dispose()


@pytest.fixture
def place(engine):
    with open_session(engine, write=True) as session:
        home = factories.create_municipality(session, name_fi="Koekunta", name_sv="Provkommun")
        owner = create_owner(session, home.id, "johtaja@koekunta.example")
        item = factories.create_initiative(
            session, municipality_id=home.id, owner_post_id=owner.id, title_fi="Kirjasto", title_sv="Biblioteket"
        )
        maker = factories.create_user(session, email="toimisto@koekunta.example", name="Kehittämistoimisto")
        session.commit()
        yield Place(session, home, owner, item, maker)


def clock():
    return factories.MORNING


def holder(place, post):
    return place.session.scalar(select(Holding.person_id).where(Holding.post_id == post.id))


def test_the_holder_of_the_responsible_post_is_told_which_initiatives_changed(place):
    revision = change(place.session, place.initiative, progress=40)
    assert place.noted(revision)[1] == [(holder(place, place.owner), [place.initiative.id])]


def test_an_import_is_noted_once(place):
    batch, told = place.noted(change(place.session, place.initiative, progress=40))
    assert len(told) == 1
    assert note_owners(place.session, factories.acting(place.municipality.id, "office"), batch, TODAY) == 0


def test_a_milestone_of_an_initiative_counts_as_a_change_of_it(place):
    values = {"municipality_id": place.municipality.id, "initiative_id": place.initiative.id, "title_fi": "Raportti"}
    actor = factories.acting(place.municipality.id, "office", source="import")
    written = history.write_many(place.session, actor, inserts=[history.Insert(Milestone, values)])
    assert place.noted(written.revision_id)[1] == [(holder(place, place.owner), [place.initiative.id])]


def test_the_one_who_loses_an_initiative_and_the_one_who_gets_it_are_both_told(place):
    other = create_owner(place.session, place.municipality.id, "uusi@koekunta.example")
    revision = change(place.session, place.initiative, owner_post_id=other.id)
    told = {person for person, _ in place.noted(revision)[1]}
    assert told == {holder(place, place.owner), holder(place, other)}


def test_nobody_is_told_of_an_own_import_or_of_one_that_changed_nothing(place):
    own = create_owner(place.session, place.municipality.id, place.maker.email)
    revision = change(place.session, place.initiative, owner_post_id=own.id)
    assert [person for person, _ in place.noted(revision)[1]] == [holder(place, place.owner)]
    assert place.noted(None)[1] == []


def test_a_post_that_nobody_holds_or_whose_holder_has_no_address_has_nobody_to_tell(place):
    mute = create_owner(place.session, place.municipality.id, None)
    one = factories.create_initiative(place.session, municipality_id=place.municipality.id, owner_post_id=mute.id)
    empty = factories.create_post(place.session, municipality_id=place.municipality.id)
    two = factories.create_initiative(place.session, municipality_id=place.municipality.id, owner_post_id=empty.id)
    place.session.commit()
    updates = [history.Update(Initiative, item.id, {"progress": 5}) for item in (one, two)]
    actor = factories.acting(place.municipality.id, "office")
    written = history.write_many(place.session, actor, updates=updates)
    assert place.noted(written.revision_id)[1] == []


def test_one_mail_goes_to_each_in_the_own_language_and_no_second_one(engine, place, post):
    factories.create_user(place.session, email="johtaja@koekunta.example", language="sv")
    batch, _ = place.noted(change(place.session, place.initiative, progress=40))
    assert tell_owners(engine, post.settings(), batch.id, LINK, clock) == Sent(taken=1)
    assert tell_owners(engine, post.settings(), batch.id, LINK, clock) == Sent()
    (mail,) = post.wait()
    assert mail["To"] == "johtaja@koekunta.example"
    assert "Biblioteket" in mail.get_content()
    assert "Provkommun" in mail.get_content()
    assert LINK in mail.get_content()
    assert "Kehittämistoimisto" in mail.get_content()


def test_a_server_that_refuses_leaves_the_notice_on_the_home_page(engine, place, post):
    user = factories.create_user(place.session, email="johtaja@koekunta.example")
    post.refused[user.email] = "550 No"
    batch, _ = place.noted(change(place.session, place.initiative, progress=40))
    assert tell_owners(engine, post.settings(), batch.id, LINK, clock) == Sent(refused=1)
    with open_session(engine, write=False) as session:
        (told,) = notices_for(session, place.municipality.id, user.id)
    assert (told.notice.refused, told.who) == ("550 No", "Kehittämistoimisto")
    assert [item.title_fi for item in told.items] == ["Kirjasto"]


def test_a_notice_that_was_put_away_or_whose_import_was_undone_is_no_news(place):
    user = factories.create_user(place.session, email="johtaja@koekunta.example")
    place.noted(change(place.session, place.initiative, progress=40))
    revision = change(place.session, place.initiative, progress=50)
    place.noted(revision)
    second, first = notices_for(place.session, place.municipality.id, user.id)
    history.undo(place.session, factories.acting(place.municipality.id, "office"), revision, {})
    assert [one.notice.id for one in notices_for(place.session, place.municipality.id, user.id)] == [first.notice.id]
    put_away(place.session, first.notice, factories.MORNING)
    assert notices_for(place.session, place.municipality.id, user.id) == []
    assert second.notice.seen_at is None


def test_a_notice_is_nobody_elses(place):
    user = factories.create_user(place.session, email="johtaja@koekunta.example")
    other = factories.create_user(place.session)
    batch, _ = place.noted(change(place.session, place.initiative, progress=40))
    notice = place.session.scalar(select(ImportNotice).where(ImportNotice.batch_id == batch.id))
    assert own_notice(place.session, place.municipality.id, notice.id, user.id) is notice
    assert own_notice(place.session, place.municipality.id, notice.id, other.id) is None
    assert own_notice(place.session, place.municipality.id + 1, notice.id, user.id) is None
