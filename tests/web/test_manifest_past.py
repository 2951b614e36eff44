"""Generated from the manifest: what can be read can be read as it was, and nothing of the past can be changed."""

import pytest
from sqlalchemy import select

from portfolio.core.database import open_session
from portfolio.core.history import Baseline, Revision
from portfolio.core.rights import Right
from portfolio.web.access import manifest_of
from tests.pages import Page
from tests.web import walk as way

ONLY_NOW = {
    "pages.ask_undo": "what undoing would do now",
    "pages.changes": "it has two times of its own in its address",
    "pages.changes_document": "it has two times of its own in its address",
    "pages.changes_slides": "it has two times of its own in its address",
    "pages.changes_workbook": "it has two times of its own in its address",
    "pages.help": "how the system is used",
    "pages.home": "what waits for me now; what it counts leads to lists that have a past",
    "pages.timespan_preview": "what words mean today",
    "register.baselines": "the names of times; each opens its own",
    "reviews.mine": "what waits for me now",
    "roadmap.views": "the names of looks; each opens the time that it keeps",
}
"""What a reader may open and shows only the present, with the reason."""

CHANGING = {Right.PROPOSE, Right.EDIT, Right.MANAGE, Right.IMPORT, Right.SETTINGS}
READ = [step for step in way.steps() if way.is_safe(step) and way.in_place(step)]
PAST = [pytest.param(step, id=step.id) for step in READ if way.entry(step).past]
NAMING = {"register.new_baseline"}
"""What may be done about a past: giving it a name."""


@pytest.fixture(scope="module")
def revision(walk):
    """The latest revision, at which every example is there."""
    with open_session(walk.engine, write=False) as session:
        return session.scalars(select(Revision.id).order_by(Revision.id.desc())).first()


@pytest.fixture(scope="module")
def baseline(walk):
    """A baseline of the town, from the examples."""
    with open_session(walk.engine, write=False) as session:
        return session.scalars(select(Baseline.id)).first()


def test_whatever_is_only_read_has_a_past_or_a_reason_not_to():
    writing = {step.endpoint for step in way.steps() if not way.is_safe(step)}
    present = {
        step.endpoint
        for step in READ
        if way.entry(step).right is Right.READ and not way.entry(step).past and step.endpoint not in writing
    }
    assert present == set(ONLY_NOW)


@pytest.mark.parametrize("step", PAST)
def test_a_page_of_the_past_says_so_and_offers_no_change(walk, admin, revision, step):
    answer = admin.client.get(f"{walk.address(step)}?revision={revision}", buffered=True)
    assert answer.status_code == 200, answer.text[:500]
    if answer.mimetype != "text/html":
        return
    page = Page(answer)
    assert "vain luku" in page.select_one(".bar .past").get_text()
    assert not [form.get("action") for form in page.select("main form[method=post]")]
    urls = walk.app.url_map.bind("localhost")
    linked = (one["href"].partition("?")[0] for one in page.select(f"#content a[href^='/{walk.code}/']"))
    changing = {one for one in (urls.match(path)[0] for path in linked) if _changes(walk, one)}
    assert changing <= NAMING


def _changes(walk, endpoint):
    declared = manifest_of(walk.app)[endpoint]
    return declared.right in CHANGING and not declared.past


@pytest.mark.parametrize("step", PAST)
def test_a_page_of_the_past_can_be_asked_for_by_a_baseline(walk, admin, baseline, step):
    answer = admin.client.get(f"{walk.address(step)}?baseline={baseline}", buffered=True)
    # an example that was made after the baseline is not there yet
    assert answer.status_code in {200, 404}, answer.text[:500]
