import datetime as dt

from portfolio.accounts.models import SignIn
from portfolio.core.rights import Role
from tests import factories
from tests.web.examples import example


@example(
    "accounts.user",
    "accounts.give_access",
    "accounts.end_user",
    "accounts.end_sign_ins",
    "accounts.new_link",
)
def user(session, municipality):
    return {"user": factories.create_access(session, municipality_id=municipality.id).user_id}


@example("accounts.change_access", "accounts.end_role")
def access(session, municipality):
    row = factories.create_access(session, municipality_id=municipality.id, role=Role.MEMBER)
    return {"user": row.user_id, "access_row": row.id}


@example("accounts.end_own_sign_in")
def sign_in(session, municipality):
    now = dt.datetime.now(dt.UTC)
    row = SignIn(token_hash="example", user_id=factories.create_user(session).id, created_at=now, seen_at=now)
    session.add(row)
    session.flush()
    return {"sign_in_id": row.id}
