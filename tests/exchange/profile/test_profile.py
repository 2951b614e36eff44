from pathlib import Path

import pytest

from portfolio.core.language import say_problem
from portfolio.core.problem import Refusal
from portfolio.exchange.profile import Profile, dump, load, load_profile, meaning, parse_profile
from tests.workbooks import PROFILE, make_profile

IMPORTS = Path(__file__).parents[3] / "imports"


def problems_of(text):
    with pytest.raises(Refusal) as refusal:
        parse_profile(text)
    return {(problem.msgid, problem.place) for problem in refusal.value.problems}


def with_sheet(**parts):
    usual = {"name": "kunta", "portfolio": "p", "top": "", "keys": "", "columns": "", "tables": ""}
    return PROFILE.format(**usual | parts)


@pytest.mark.parametrize("folder", sorted(path.name for path in IMPORTS.iterdir() if path.is_dir()))
def test_every_profile_of_the_demo_is_sound_and_named_as_its_folder(folder):
    profile = parse_profile((IMPORTS / folder / "profile.toml").read_text(encoding="utf-8"))
    assert profile.name == folder
    assert profile.municipality.code
    assert all((IMPORTS / folder / step.workbook).is_file() for step in profile.steps)


def test_a_profile_becomes_typed_tables():
    profile = make_profile(top='ignore_sheets = "Lähde*"', keys="header_rows = 2")
    (sheet,) = profile.sheets
    assert (profile.name, profile.ignore_sheets, sheet.match, sheet.header_rows) == (
        "kunta",
        ("Lähde*",),
        ("Toimenpiteet*",),
        2,
    )
    assert sheet.columns["title_fi"] == ("Toimenpide",)
    assert sheet.identity.fields == ("number",)


def test_a_typing_error_in_a_key_is_never_dropped():
    found = problems_of(with_sheet(top='langauge = "fi"', keys="headerrows = 2"))
    assert found == {(load.UNKNOWN_KEY, "langauge"), (load.UNKNOWN_KEY, "sheet[1].headerrows")}


@pytest.mark.parametrize(
    ("parts", "msgid", "place"),
    [
        ({"top": "demo_day = 2024"}, load.WRONG_TYPE, "demo_day"),
        ({"top": 'demo_day = "1.1.2024"'}, load.WRONG_TYPE, "demo_day"),
        ({"top": '[[unit]]\nname_fi = "Y"'}, load.MISSING_KEY, "unit[1]"),
        ({"keys": 'layout = "kortti"'}, load.NOT_ONE_OF, "sheet[1].layout"),
        ({"keys": "header_rows = 4"}, meaning.HEADER_ROWS, "sheet[1].header_rows"),
        ({"columns": 'titel_sv = ["Namn"]'}, meaning.UNKNOWN_FIELD, "sheet[1].columns"),
        ({"tables": '[sheet.skip]\npatterns = ["("]'}, meaning.BAD_PATTERN, "sheet[1].skip.patterns[1]"),
        ({"tables": '[sheet.values.status]\n"Auki" = "open"'}, load.NOT_ONE_OF, "sheet[1].values.status.auki"),
        ({"tables": '[sheet.values.amount]\n"paljon" = "much"'}, meaning.BAD_VALUE, "sheet[1].values.amount.paljon"),
        ({"tables": '[[sheet.section]]\nfield = "area"'}, meaning.UNKNOWN_FIELD, "sheet[1].section"),
        ({"tables": '[[sheet.years]]\npattern = "TA"\namount = "planned"'}, meaning.NO_YEAR, "sheet[1].years[1]"),
        (
            {"tables": '[[sheet.years]]\npattern = "TA {year}"\namount = "planned"'},
            meaning.INCOMPLETE_MONEY,
            "sheet[1].years[1]",
        ),
        ({"tables": '[sheet.split]\nreference = "(?P<titel>.+)"'}, meaning.UNKNOWN_FIELD, "sheet[1].split"),
        (
            {"top": '[[step]]\ndate=2024-02-01\nworkbook="b"\n[[step]]\ndate=2024-01-01\nworkbook="a"'},
            meaning.STEPS_BACKWARDS,
            "step",
        ),
    ],
)
def test_what_a_profile_cannot_mean_is_told_with_its_place(parts, msgid, place):
    assert (msgid, place) in problems_of(with_sheet(**parts))


def test_items_need_an_identity_and_a_portfolio():
    text = with_sheet().replace('[sheet.identity]\nfields = ["number"]', "").replace('portfolio = "p"', "")
    assert {msgid for msgid, _ in problems_of(text)} == {meaning.NO_IDENTITY, meaning.NO_PORTFOLIO}


def test_a_second_sheet_of_the_same_items_borrows_their_identity():
    second = (
        '[[sheet]]\nmatch = "Lisätiedot"\nentity = "initiative"\nportfolio = "p"\n[sheet.columns]\nnumber = ["Nro"]'
    )
    assert len(parse_profile(with_sheet(tables=second)).sheets) == 2


def test_a_wrong_constant_is_told():
    text = with_sheet().replace('kind = "measure"', 'kind = "idea"\nspearhead = "kyllä"')
    assert problems_of(text) == {
        (load.NOT_ONE_OF, "sheet[1].constants.kind"),
        (meaning.BAD_VALUE, "sheet[1].constants.spearhead"),
    }


def test_text_that_is_no_toml_is_told_where_it_breaks():
    with pytest.raises(Refusal) as refusal:
        parse_profile("name = 1 2")
    assert "line 1" in say_problem(refusal.value.problems[0], "en")


@pytest.mark.parametrize("folder", sorted(path.name for path in IMPORTS.iterdir() if path.is_dir()))
def test_a_profile_that_was_dumped_is_the_same_when_it_is_loaded(folder):
    profile = parse_profile((IMPORTS / folder / "profile.toml").read_text(encoding="utf-8"))
    assert load_profile(dump(profile)) == profile


def test_what_is_as_usual_is_not_dumped():
    assert dump(Profile("oma")) == {"name": "oma"}


def test_a_column_told_by_its_letter_needs_a_field_and_a_letter():
    text = with_sheet(tables='[sheet.letters]\nnonsense = "F"\nnumber = "7"\n"money:2025:operating:own:planned" = "AB"')
    assert problems_of(text) == {
        (meaning.UNKNOWN_FIELD, "sheet[1].letters"),
        (meaning.BAD_LETTER, "sheet[1].letters.number"),
    }
