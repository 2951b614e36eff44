"""Rows for tests of mapping: files that wait for it, and mappings that were saved."""

import datetime as dt
import hashlib
from itertools import count

from portfolio.exchange.guess.extract import to_extract
from portfolio.exchange.models import SavedProfile, Upload, UploadState
from portfolio.files.workbook import read_workbook
from tests import factories
from tests.exchange.collected import added
from tests.workbooks import workbook_bytes

_numbers = count(1)


def create_upload(session, *, data=b"x", **overrides):
    usual = {"at": factories.MORNING, "file_name": "oma.xlsx", "size": len(data), "data": data, "language": "fi"}
    usual |= {"sha256": hashlib.sha256(data).hexdigest(), "kept_until": factories.MORNING + dt.timedelta(days=30)}
    return added(session, Upload(**usual | overrides))


def create_mapping(session, municipality_id, user_id):
    """A file that waits for its mapping: a sheet that is read, one that is hidden, and one without a table."""

    def hide(workbook):
        workbook["Vanha"].sheet_state = "hidden"

    head = ["Nro", "Hanke", "TA 2026", "Mittari"]
    sheets = {"Hankkeet": [["Hankelista"], head, ["ELINVOIMA"], [1, "Tori", 5, "km"], ["Yhteensä", None, 6, None]]}
    sheets |= {"Vanha": [head[:2], [1, "Tori"]], "Ohje": [["Täytä kaikki."]]}
    data = workbook_bytes(sheets, change=hide)
    extract = to_extract(read_workbook(data, "oma.xlsx"))
    values = {"state": UploadState.MAPPING, "user_id": user_id, "data": data, "extract": extract}
    return create_upload(session, municipality_id=municipality_id, **values)


def create_profile(session, **overrides):
    name = f"Kartoitus {next(_numbers)}"
    sheet = {"match": ["Hankkeet"], "entity": "initiative", "columns": {"title_fi": ["Hanke"]}}
    sheet |= {"portfolio": "salkku", "identity": {"fields": ["title_fi"]}, "defaults": {"kind": "measure"}}
    usual = {"name": name, "profile": {"name": name, "sheet": [sheet]}, "saved_at": factories.MORNING}
    return added(session, SavedProfile(**usual | overrides))
