import pytest

from portfolio.core.language import LANGUAGES
from portfolio.exchange.columns import COLUMNS, Entity, Kind
from portfolio.exchange.columns.sheets import (
    BUDGET,
    OwnFacts,
    OwnQuestion,
    OwnRound,
    OwnScheme,
    amount_key,
    amount_parts,
    field_column,
    own_sheets,
)

AMOUNTS = tuple((year, amount) for year in (2026, 2027) for amount in ("planned", "forecast", "actual"))
SCHEMES = (
    OwnScheme("luokka", {"fi": "Luokka", "sv": "Klass", "en": "Luokka"}),
    OwnScheme("teema", {"fi": "Tila", "sv": "Tema", "en": "Tila"}, several=True),
    OwnScheme("teema-2", {"fi": "Luokka", "sv": "Tema 2", "en": "Luokka"}),
)
FACTS = OwnFacts(SCHEMES, AMOUNTS, several_portfolios=True)


QUESTIONS = tuple(OwnQuestion(number, dict.fromkeys(LANGUAGES, text)) for number, text in ((1, "Miksi"), (2, "Tila")))
ASKED = OwnFacts(asked=OwnRound(QUESTIONS))


@pytest.mark.parametrize("facts", [FACTS, OwnFacts(), OwnFacts(SCHEMES, AMOUNTS, bilingual=False), ASKED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_keys_are_unique_on_their_sheet(facts, language):
    for sheet in own_sheets(facts):
        headings = [one.heading(language) for one in sheet.columns]
        assert len(set(headings)) == len(headings), sheet.key
        assert len({one.key for one in sheet.columns}) == len(sheet.columns)


def test_titles_of_sheets_are_unique_and_fit_excel():
    for language in LANGUAGES:
        titles = [sheet.title(language) for sheet in own_sheets(FACTS)]
        assert len(set(titles)) == len(titles)
        assert all(len(title) <= 31 for title in titles)


def test_every_field_of_an_initiative_and_a_milestone_has_its_column():
    initiatives, milestones, _ = own_sheets(FACTS)
    assert {one.field for one in initiatives.columns if one.field and ":" not in one.field} == {
        *COLUMNS[Entity.INITIATIVE]
    } - {"decision", "forum"}
    assert {one.field for one in milestones.columns if one.field} == set(COLUMNS[Entity.MILESTONE])


def test_every_field_of_a_review_has_its_column_and_what_was_told_before_is_for_reading():
    (reviews,) = own_sheets(ASKED)
    fields = {one.field for one in reviews.columns if one.field}
    assert fields == set(COLUMNS[Entity.REVIEW]) - {"initiative"} | {"question:1", "question:2"}
    before = [one for one in reviews.columns if one.key.startswith("last:")]
    assert before
    assert all(one.field is None and one.choices is None for one in before)
    (first,) = own_sheets(OwnFacts(asked=OwnRound(again=False)))
    assert not [one for one in first.columns if one.key.startswith("last:")]


def test_decisions_and_the_forum_are_for_reading():
    initiatives = own_sheets(FACTS)[0]
    assert [initiatives.find(key).field for key in ("decision", "forum", "code", "starts")] == [None] * 4


def test_identity_comes_first_and_the_comment_and_the_action_last():
    initiatives, milestones, budget = own_sheets(FACTS)
    for sheet in (initiatives, milestones):
        assert [one.key for one in sheet.columns[:2]] == ["_id", "_ver"]
        assert [one.key for one in sheet.columns[-2:]] == ["comment", "action"]
    assert budget.columns[-1].key == "comment"


def test_a_scheme_of_several_classes_takes_several():
    initiatives = own_sheets(FACTS)[0]
    column = initiatives.find("category:teema")
    assert (column.several, column.kind, column.choices) == (True, Kind.REFERENCES, "category:teema")
    assert not initiatives.find("category:luokka").several


def test_a_scheme_called_like_another_column_bears_its_code():
    initiatives = own_sheets(FACTS)[0]
    assert initiatives.find("status").heading("fi") == "Tila"
    assert initiatives.find("category:teema").heading("fi") == "Tila (teema)"


def test_the_column_of_an_amount_tells_its_year_and_any_other_column_none():
    assert amount_parts(amount_key(2026, "forecast")) == (2026, "forecast")
    assert amount_parts("part") is None


def test_each_field_leads_to_the_one_table_of_columns():
    for sheet in own_sheets(FACTS):
        for own in sheet.columns:
            found = field_column(sheet, own, frozenset({"teema"}))
            assert (found is None) == (own.field is None)
            if found is not None:
                assert found.kind is own.kind
    assert own_sheets(FACTS)[2].key == BUDGET
