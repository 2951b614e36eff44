"""Uploads with the plans that a job would have stored, for tests of what people see and decide."""

import datetime as dt
from itertools import count

from portfolio.exchange.columns.codec import encode
from portfolio.exchange.merge import Outcome, RowFate
from portfolio.exchange.models import Export, PlannedCell, PlannedRow, Upload, UploadState

MORNING = dt.datetime(2026, 5, 4, 6, tzinfo=dt.UTC)

_numbers = count(1)


def create_export(session, municipality_id, user_id, **overrides):
    """An export of nothing in particular."""
    usual = {
        "token": f"vienti-{next(_numbers)}", "revision_id": 1, "made_at": MORNING - dt.timedelta(days=7), "asked": {},
        "item_ids": [], "language": "fi", "layout": None, "file_name": "asiakkuudet.xlsx",
    }  # fmt: skip
    export = Export(municipality_id=municipality_id, user_id=user_id, **usual | overrides)
    session.add(export)
    session.flush()
    return export


def create_upload(session, municipality_id, user_id, **overrides):
    """A file that has been read and waits to be checked."""
    usual = {
        "at": MORNING, "file_name": "asiakkuudet.xlsx", "size": 20_000, "sha256": "0" * 64, "data": b"PK",
        "kept_until": MORNING + dt.timedelta(days=30), "state": UploadState.CHECKED, "language": "fi",
        "document_date": MORNING.date(), "planned_revision_id": 1, "summary": {"rows": 46}, "notices": [],
    }  # fmt: skip
    upload = Upload(municipality_id=municipality_id, user_id=user_id, **usual | overrides)
    session.add(upload)
    session.flush()
    return upload


class Plan:
    """Adds rows and cells to the plan of an upload, numbering them as the store does."""

    def __init__(self, session, upload, first=0):
        self._session, self._upload = session, upload
        self._rows, self._cells = count(first), count(first)

    def row(self, title, fate=RowFate.MERGE, *, item=None, entity="initiative", place=14, **more):
        """One row; `item` is the initiative that it means."""
        usual = {"portfolio": "", "source_key": "", "rows": [["Kehittämiskohteet", place]]}
        row = PlannedRow(
            upload_id=self._upload.id, number=next(self._rows), fate=fate, entity=entity, key=f"{entity}/{title}",
            entity_id=item.id if item is not None else None, code=item.code if item is not None else None,
            title=title, sheet="Kehittämiskohteet", row=place, **usual | more,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row

    def cell(self, row, field, outcome=Outcome.APPLY, *, base=None, current=None, incoming=None, result=None, **more):
        """One cell; `result` is what it becomes, by default what the file says."""
        becomes = incoming if outcome is Outcome.APPLY and result is None else result
        values = {"base": base, "current": current, "incoming": incoming, "result": becomes}
        told = {name: encode(value, lambda key: None, lambda key: key[1]) for name, value in values.items()}
        usual = {"number": next(self._cells), "sheet": row.sheet, "row": row.row, "column": "E", **told}
        cell = PlannedCell(upload_id=self._upload.id, row_id=row.id, field=field, outcome=outcome, **usual | more)
        self._session.add(cell)
        self._session.flush()
        return cell
