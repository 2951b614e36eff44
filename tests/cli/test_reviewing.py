import pytest
from sqlalchemy import select

from portfolio.cli.profiles import folders
from portfolio.cli.reviewing import dated_reviews
from portfolio.core.database import make_engine, open_session
from portfolio.register.models import Initiative
from portfolio.register.rules import Status
from portfolio.reviews.models import Review, ReviewRound
from portfolio.reviews.rules import ReviewState, RoundState, Verdict


def test_what_a_folder_dates_is_between_its_first_day_and_the_demo_day():
    for folder in folders():
        days = [day for day, _ in dated_reviews(folder.path, folder.profile.name)]
        assert all(day <= folder.profile.demo_day for day in days)


def test_a_folder_without_reviews_dates_none(tmp_path):
    assert list(dated_reviews(tmp_path, "koekunta")) == []


@pytest.fixture
def demo(demo_folder):
    with open_session(make_engine(f"sqlite:///{demo_folder / 'portfolio.sqlite'}"), write=False) as session:
        yield session


def test_the_demo_has_a_closed_round_and_an_open_one_with_answers_a_return_and_late_ones(demo):
    rounds = {one.name_fi: one for one in demo.scalars(select(ReviewRound))}
    assert rounds["Vuosiraportti 2016"].state is RoundState.CLOSED
    asked = rounds["Vuosikatselmus 2023"]
    assert asked.state is RoundState.OPEN
    states = demo.scalars(select(Review.state).where(Review.round_id == asked.id)).all()
    assert {ReviewState.WAITING, ReviewState.SUBMITTED, ReviewState.RETURNED, ReviewState.APPROVED} == set(states)


def test_the_demo_has_one_project_redirected_and_one_made_permanent_by_an_approved_review(demo):
    told = select(Review.verdict, Review.new_goal, Initiative.status, Initiative.goals, Initiative.timespan).join(
        Initiative, Initiative.id == Review.initiative_id
    )
    approved = demo.execute(told.where(Review.state == ReviewState.APPROVED)).all()
    (redirected,) = [one for one in approved if one.verdict is Verdict.REDIRECT]
    assert redirected.new_goal in redirected.goals
    assert redirected.timespan.words == "syksy 2023"
    (permanent,) = [one for one in approved if one.verdict is Verdict.MAKE_PERMANENT]
    assert permanent.status is Status.ESTABLISHED
