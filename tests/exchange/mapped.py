"""Rows for tests of mapping: files that wait for it, and mappings that were saved."""

import datetime as dt
import hashlib
from itertools import count

from portfolio.exchange.models import SavedProfile, Upload
from tests import factories
from tests.exchange.collected import added

_numbers = count(1)


def create_upload(session, *, data=b"x", **overrides):
    usual = {"at": factories.MORNING, "file_name": "oma.xlsx", "size": len(data), "data": data, "language": "fi"}
    usual |= {"sha256": hashlib.sha256(data).hexdigest(), "kept_until": factories.MORNING + dt.timedelta(days=30)}
    return added(session, Upload(**usual | overrides))


def create_profile(session, **overrides):
    name = f"Kartoitus {next(_numbers)}"
    sheet = {"match": ["Hankkeet"], "entity": "initiative", "columns": {"title_fi": ["Hanke"]}}
    sheet |= {"portfolio": "salkku", "identity": {"fields": ["title_fi"]}, "constants": {"kind": "measure"}}
    usual = {"name": name, "profile": {"name": name, "sheet": [sheet]}, "saved_at": factories.MORNING}
    return added(session, SavedProfile(**usual | overrides))
