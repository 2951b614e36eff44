import pytest
from sqlalchemy import select

from portfolio.core.rights import Role
from portfolio.organisation.models import Municipality

SETTINGS = "/koekunta/settings"


@pytest.fixture
def office(pages):
    pages.sign_in(Role.OFFICE)
    return pages


def saved(town):
    return town.rows(select(Municipality).where(Municipality.code == "koekunta"))[0]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.REPORTER, Role.VIEWER])
def test_only_the_office_and_administrators_see_the_settings(pages, role):
    pages.sign_in(role)
    page = pages.get(SETTINGS, status=403)
    assert not page.select(f"nav.rail a[href='{SETTINGS}']")


def test_settings_are_saved_and_come_back_as_they_were_written(office, town):
    page = office.post_form(
        office.get(SETTINGS),
        plan_horizon="4",
        unit_level_names="Toimiala / Sektor\nPalvelualue",
        season_limits="syksy 15.8.–31.12.",
        council_terms="1.8.2021–31.5.2025",
        case_number_pattern=r"\d+/\d{4}",
    )
    assert page.messages == ["Asetukset tallennettiin."]
    assert page.select_one("#season_limits").get_text().strip() == "syksy 15.8.–31.12."
    assert page.select_one("#council_terms").get_text().strip() == "1.8.2021–31.5.2025"
    row = saved(town)
    assert row.plan_horizon == 4
    assert row.season_limits == {"autumn": [8, 15, 12, 31]}
    assert row.unit_level_names == [{"fi": "Toimiala", "sv": "Sektor"}, {"fi": "Palvelualue"}]


def test_emptied_lists_leave_the_defaults_in_force(office, town):
    office.post_form(office.get(SETTINGS), council_terms="1.8.2021–31.5.2025")
    office.post_form(office.get(SETTINGS), council_terms=" ")
    assert saved(town).council_terms is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"season_limits": "syksy"}, "season_limits"),
        ({"season_limits": "syksy 31.2.–1.3."}, "season_limits"),
        ({"council_terms": "1.8.2025–31.5.2021"}, "council_terms"),
        ({"plan_horizon": "kolme"}, "plan_horizon"),
        ({"plan_horizon": "99"}, "plan_horizon"),
        ({"case_number_pattern": "("}, "case_number_pattern"),
        ({"name_sv": ""}, "name_sv"),
    ],
)
def test_a_setting_that_cannot_be_read_is_refused_beside_its_field(office, town, fields, field):
    before = saved(town).version
    page = office.post_form(office.get(SETTINGS), status=422, **fields)
    assert page.select(f"#{field}-error")
    assert saved(town).version == before
