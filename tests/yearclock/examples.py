"""Examples of the addresses of the year clock."""

from portfolio.accounts.models import User
from portfolio.accounts.queries import hash_token
from portfolio.yearclock.models import CalendarFeed
from tests import factories
from tests.web.examples import example

SECRET = "salainen-osoite"


def create_feed(session, **overrides):
    usual = {"name": "Vuosikello", "query": "", "language": "fi", "created_at": factories.MORNING}
    feed = CalendarFeed(**usual | {"token_hash": hash_token(SECRET)} | overrides)
    session.add(feed)
    session.flush()
    return feed


@example("yearclock.revoke_feed", "yearclock.calendar")
def feed(session, municipality):
    user = session.query(User).filter_by(email=f"admin@{municipality.code}.example").one_or_none()
    user = user or factories.create_user(session)
    secret = f"{SECRET}-{municipality.code}-{session.query(CalendarFeed).count()}"
    found = create_feed(session, municipality_id=municipality.id, user_id=user.id, token_hash=hash_token(secret))
    return {"feed": found.id, "secret": secret}
