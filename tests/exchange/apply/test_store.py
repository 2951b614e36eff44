"""What is kept beside a plan: the file's rows in error, so that no page opens the file again."""

from sqlalchemy import select

from portfolio.exchange.guess.extract import from_extract
from portfolio.exchange.models import Upload
from tests.exchange.returns import Edited, take_out
from tests.exchange.towns import HEAD
from tests.exchange.uploads import ask, returned, sent

ITEMS, PROGRESS = "Initiatives", "Progress"
GOOD = (1, "Kirjasto", "tekninen", "Menossa", 10, 5)
BAD = (2, "Satama", "sivistys", "Proposed", "puolet", None)


def extract(town, upload_id):
    return ask(town, lambda session: session.scalar(select(Upload.extract).where(Upload.id == upload_id)))


def test_a_file_without_errors_leaves_none_of_its_rows_behind(town):
    assert extract(town, sent(town, [GOOD])) is None


def test_in_a_layout_of_sections_the_rows_around_those_in_error_are_kept_too(town):
    (sheet,) = from_extract(extract(town, sent(town, [GOOD, BAD]))).sheets
    assert [sheet.value(row, 2) for row in (1, 2, 3)] == [HEAD[1], "Kirjasto", "Satama"]


def test_of_an_export_the_rows_in_error_and_what_tells_which_export_it_is(town):
    town.put(rows=[GOOD, (*BAD[:4], None, None)])
    data = Edited(take_out(town)).put(ITEMS, 2, PROGRESS, "puolet").save()
    kept = from_extract(extract(town, returned(town, data)))
    assert kept.properties["custom:portfolio_export"]
    sheets = {sheet.name: sheet for sheet in kept.sheets}
    assert sheets["_meta"].hidden
    texts = [cell for row in sheets["Kehittämiskohteet"].rows for cell in row if isinstance(cell, str)]
    assert "Satama" in texts
    assert "Kirjasto" not in texts
