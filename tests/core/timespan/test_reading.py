"""The table of domain.md section 3, row by row in three languages, and what planners type every day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.core.timespan import (
    EMPTY,
    Cadence,
    Context,
    Kind,
    MonthDay,
    Pace,
    Precision,
    Timespan,
    Yearly,
    doubts,
    parse,
)
from portfolio.core.timespan.tokens import PHRASES, VOCABULARIES

HELSINKI, PORI, TUUSULA = date(2023, 3, 1), date(2018, 12, 3), date(2021, 6, 4)
KEMI, TURKU = date(2015, 9, 4), date(2023, 1, 24)
SEASON, MONTH, DAY, YEAR, TERM, HALF = (
    Precision.SEASON,
    Precision.MONTH,
    Precision.DAY,
    Precision.YEAR,
    Precision.TERM,
    Precision.HALF,
)


def by(end, precision=DAY):
    return Timespan("", end=date.fromisoformat(end), end_precision=precision, kind=Kind.BY)


def during(start, end, precision=DAY, end_precision=None, *, tentative=False):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return Timespan("", first, last, precision, end_precision or precision, Kind.DURING, tentative=tentative)


def since(start, precision=DAY):
    return Timespan("", date.fromisoformat(start), None, precision, Precision.OPEN, Kind.FROM)


def recurring(every, unit, **details):
    cadence = Cadence(every, unit, **details)
    return Timespan("", end_precision=Precision.OPEN, kind=Kind.RECURRING, tentative=cadence.tentative, cadence=cadence)


ONGOING = Timespan("", end_precision=Precision.OPEN, kind=Kind.ONGOING)
FIXED_TERM = Timespan("", kind=Kind.DURING)
YEAR_END = Yearly(MonthDay(12, 31), MonthDay(12, 31))
SEPTEMBER_END = Yearly(None, MonthDay(9, 30), MONTH)


@pytest.mark.parametrize(
    ("written", "words", "expected", "certain"),
    [
        (HELSINKI, ("viimeistään 31.5.2025", "senast 31.5.2025", "by 31 May 2025"), by("2025-05-31"), True),
        (HELSINKI, ("viimeistään 31.12.2023", "senast den 31 december 2023", "no later than 31 December 2023"),
         by("2023-12-31"), True),
        (HELSINKI, ("vuoden 2023 aikana", "under 2023", "during 2023"), during("2023-01-01", "2023-12-31", YEAR), True),
        (HELSINKI, ("vuonna 2024", "år 2024", "in 2024"), during("2024-01-01", "2024-12-31", YEAR), True),
        (HELSINKI, ("keväällä 2025", "våren 2025", "in spring 2025"), during("2025-01-01", "2025-05-31", SEASON), True),
        (HELSINKI, ("seuraavan valtuustokauden alkaessa 1.6.2025", "när nästa fullmäktigeperiod börjar 1.6.2025",
                    "when the next council term begins on 1 June 2025"), since("2025-06-01"), True),
        (PORI, ("kesällä 2017 voimaan", "i kraft sommaren 2017", "in force in summer 2017"),
         during("2017-06-01", "2017-08-31", SEASON), True),
        (PORI, ("toimintavuoden päättyessä", "vid verksamhetsårets slut", "at the end of the operating year"),
         recurring(1, Pace.YEAR, yearly=YEAR_END), True),
        (TUUSULA, ("kesäkuussa 2021", "i juni 2021", "in June 2021"), during("2021-06-01", "2021-06-30", MONTH), True),
        (TUUSULA, ("syksyllä 2021", "hösten 2021", "in autumn 2021"), during("2021-08-01", "2021-12-31", SEASON), True),
        (TUUSULA, ("valtuustokauden alussa syksyllä 2021", "i början av fullmäktigeperioden, hösten 2021",
                   "at the beginning of the council term in autumn 2021"),
         during("2021-08-01", "2021-12-31", SEASON), True),
        (TUUSULA, ("kesällä 2021", "sommaren 2021", "summer 2021"), during("2021-06-01", "2021-08-31", SEASON), True),
        (TUUSULA, ("keväällä 2021", "på våren 2021", "spring 2021"), during("2021-01-01", "2021-05-31", SEASON), True),
        (TUUSULA, ("toukokuussa", "i maj", "in May"), during("2021-05-01", "2021-05-31", MONTH), False),
        (TUUSULA, ("elo-syyskuussa", "augusti–september", "August–September"),
         during("2021-08-01", "2021-09-30", MONTH), False),
        (TUUSULA, ("4.10.", "den 4 oktober", "4 October"), during("2021-10-04", "2021-10-04"), False),
        (TUUSULA, ("ke 23.6.", "ons 23.6.", "Wednesday 23 June"), during("2021-06-23", "2021-06-23"), True),
        (TUUSULA, ("2/2021",), during("2021-02-01", "2021-02-28", MONTH), False),
        (TUUSULA, ("3/2021",), during("2021-03-01", "2021-03-31", MONTH), False),
        (TUUSULA, ("5/2021",), during("2021-05-01", "2021-05-31", MONTH), False),
        (TUUSULA, ("6/2021",), during("2021-06-01", "2021-06-30", MONTH), False),
        (TUUSULA, ("vuonna 2021-2022", "åren 2021–2022", "in 2021–2022"),
         during("2021-01-01", "2022-12-31", YEAR), True),
        (TUUSULA, ("valtuustokaudella 2021-2025", "under fullmäktigeperioden 2021–2025", "council term 2021–2025"),
         during("2021-08-01", "2025-05-31", TERM), True),
        (TUUSULA, ("kuluvan valtuustokauden", "innevarande fullmäktigeperiod", "the current council term"),
         during("2017-06-01", "2021-07-31", TERM), True),
        (TUUSULA, ("aloitettu v. 2020", "påbörjad år 2020", "started in 2020"), since("2020-01-01", YEAR), True),
        (TUUSULA, ("2018 tehty", "gjord 2018", "done in 2018"), during("2018-01-01", "2018-12-31", YEAR), True),
        (TUUSULA, ("9.8.2018 linjattu", "beslutat 9.8.2018", "decided on 9 August 2018"),
         during("2018-08-09", "2018-08-09"), True),
        (TUUSULA, ("syyskuussa 2021", "september 2021", "September 2021"),
         during("2021-09-01", "2021-09-30", MONTH), True),
        (TUUSULA, ("Kokous kerran /vko", "Möte en gång/vecka", "Meeting once a week"), recurring(1, Pace.WEEK), True),
        (TUUSULA, ("1 krt/viikko", "1 gång/vecka", "weekly"), recurring(1, Pace.WEEK), True),
        (TUUSULA, ("1 krt/kk", "1 ggr/mån", "1 time a month"), recurring(1, Pace.MONTH), True),
        (TUUSULA, ("esim. 1 krt/kk", "t.ex. 1 gång/mån", "e.g. once a month"),
         recurring(1, Pace.MONTH, tentative=True), True),
        (KEMI, ("30.4.2015 mennessä", "senast den 30 april 2015", "by 30 April 2015"), by("2015-04-30"), True),
        (KEMI, ("15.11. 2015 mennessä", "senast 15.11. 2015", "by 15.11. 2015"), by("2015-11-15"), True),
        (KEMI, ("31.12.2015 mennessä", "till 31.12.2015", "by 31 Dec 2015"), by("2015-12-31"), True),
        (KEMI, ("syyskuun 2016 loppuun mennessä", "före utgången av september 2016", "by the end of September 2016"),
         by("2016-09-30", MONTH), True),
        (KEMI, ("vuosittain syyskuun loppuun mennessä", "årligen före utgången av september",
                "annually by the end of September"), recurring(1, Pace.YEAR, yearly=SEPTEMBER_END), True),
        (KEMI, ("huhtikuussa", "i april", "in April"), during("2015-04-01", "2015-04-30", MONTH), False),
        (KEMI, ("kevään ja syksyn kuluessa", "under våren och hösten", "in the course of spring and autumn"),
         during("2015-01-01", "2015-09-04", SEASON, DAY), False),
        (KEMI, ("vuoden 2016 aikana", "under år 2016", "during the year 2016"),
         during("2016-01-01", "2016-12-31", YEAR), True),
        (KEMI, ("vuonna 2016", "2016", "in 2016"), during("2016-01-01", "2016-12-31", YEAR), True),
        (KEMI, ("vuoden 2016 toimenpiteet", "åtgärder 2016", "measures of 2016"),
         during("2016-01-01", "2016-12-31", YEAR), True),
        (KEMI, ("tulevalle valtuustokaudelle", "nästa fullmäktigeperiod", "for the next council term"),
         during("2017-06-01", "2021-07-31", TERM), True),
        (TURKU, ("voimassa 30.6.2023 saakka", "giltig t.o.m. 30.6.2023", "valid until 30 June 2023"),
         by("2023-06-30"), True),
        (TURKU, ("vuoden 2023 alusta", "från början av 2023", "from the beginning of 2023"),
         since("2023-01-01", YEAR), True),
        (TURKU, ("1.1.2023 – 30.6.2023", "1.1.2023-30.6.2023", "1 Jan 2023 – 30 June 2023"),
         during("2023-01-01", "2023-06-30"), True),
        (TURKU, ("1.7 – 31.12.2023", "1.7.–31.12.2023", "1 July – 31 December 2023"),
         during("2023-07-01", "2023-12-31"), True),
        (TURKU, ("alkuvuonna 2023", "i början av 2023", "in early 2023"),
         during("2023-01-01", "2023-03-31", SEASON), True),
        (TURKU, ("loppukeväällä 2023", "senvåren 2023", "in late spring 2023"),
         during("2023-04-01", "2023-05-31", SEASON), True),
        (TURKU, ("kevään 2023 aikana", "under våren 2023", "during spring 2023"),
         during("2023-01-01", "2023-05-31", SEASON), True),
        (TURKU, ("kevään aikana", "under våren", "during the spring"),
         during("2023-01-01", "2023-05-31", SEASON), False),
        (TURKU, ("huhtikuun 2023 aikana aloitetaan", "inleds i april 2023", "starts in April 2023"),
         since("2023-04-01", MONTH), True),
        (TURKU, ("toukokuun aikana", "under maj", "during May"), during("2023-05-01", "2023-05-31", MONTH), False),
        (TURKU, ("kesäkuun loppuun mennessä", "före utgången av juni", "by the end of June"),
         by("2023-06-30", MONTH), False),
        (TURKU, ("syyskaudelle 2023", "höstperioden 2023", "autumn period 2023"),
         during("2023-07-01", "2023-12-31", HALF), True),
        (TURKU, ("mahdollisesti syyskaudella", "eventuellt under höstperioden", "possibly in the autumn period"),
         during("2023-07-01", "2023-12-31", HALF, tentative=True), False),
        (TURKU, ("(kevät 2023)", "(våren 2023)", "(spring 2023)"), during("2023-01-01", "2023-05-31", SEASON), True),
        (TURKU, ("vuoden 2025 jälkeen", "efter 2025", "after 2025"), since("2026-01-01", YEAR), True),
        (TURKU, ("n. kahden viikon välein", "med ca två veckors mellanrum", "about every two weeks"),
         recurring(2, Pace.WEEK, approximate=True), True),
        (TURKU, ("minimissään kerran vuodessa", "minst en gång per år", "at least once a year"),
         recurring(1, Pace.YEAR, at_most=True), True),
        (TURKU, ("toistaiseksi", "tills vidare", "until further notice"), ONGOING, True),
        (TURKU, ("määräaikaisia", "tidsbundna", "fixed-term"), FIXED_TERM, False),
    ],
)  # fmt: skip
def test_every_row_of_the_table_gives_its_interval_in_three_languages(written, words, expected, certain):
    for text in words:
        reading = parse(text, Context.default(written))
        assert bare(reading.value) == expected, text
        assert reading.value.words == text
        assert reading.certain is certain, (text, reading.reasons)
        assert bool(reading.reasons) is not certain
        assert reading.proposal == (None if certain else reading.value)


def bare(timespan):
    return Timespan.from_json({**timespan.to_json(), "words": ""})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", during("2024-01-01", "2024-12-31", YEAR)),
        ("2024-2026", during("2024-01-01", "2026-12-31", YEAR)),
        ("2024 – 2026", during("2024-01-01", "2026-12-31", YEAR)),
        ("syksy 2026", during("2026-08-01", "2026-12-31", SEASON)),
        ("kevät 2023 – 2025", during("2023-01-01", "2025-12-31", SEASON, YEAR)),
        ("kevät–syksy 2021", during("2021-01-01", "2021-12-31", SEASON)),
        ("syksy 2026 – kevät 2027", during("2026-08-01", "2027-05-31", SEASON)),
        ("1-3/2024", during("2024-01-01", "2024-03-31", MONTH)),
        ("12/2024–2/2025", during("2024-12-01", "2025-02-28", MONTH)),
        ("kesä-elokuussa 2025", during("2025-06-01", "2025-08-31", MONTH)),
        ("elo- ja syyskuussa 2025", during("2025-08-01", "2025-09-30", MONTH)),
        ("6/2025 mennessä", by("2025-06-30", MONTH)),
        ("Q3 2025", during("2025-07-01", "2025-09-30", Precision.QUARTER)),
        ("Q1–Q2/2025", during("2025-01-01", "2025-06-30", Precision.QUARTER)),
        ("III/2025", during("2025-07-01", "2025-09-30", Precision.QUARTER)),
        ("I neljännes 2025", during("2025-01-01", "2025-03-31", Precision.QUARTER)),
        ("3. neljännes 2025", during("2025-07-01", "2025-09-30", Precision.QUARTER)),
        ("kvartal 3/2025", during("2025-07-01", "2025-09-30", Precision.QUARTER)),
        ("third quarter of 2025", during("2025-07-01", "2025-09-30", Precision.QUARTER)),
        ("vuoden 2025 ensimmäisellä puoliskolla", during("2025-01-01", "2025-06-30", HALF)),
        ("andra halvåret 2025", during("2025-07-01", "2025-12-31", HALF)),
        ("1.1.-31.12.2024", during("2024-01-01", "2024-12-31")),
        ("1.–15.3.2024", during("2024-03-01", "2024-03-15")),
        ("1–5 June 2025", during("2025-06-01", "2025-06-05")),
        ("31.12.2024", during("2024-12-31", "2024-12-31")),
        ("31.12 2024", during("2024-12-31", "2024-12-31")),
        ("5. kesäkuuta 2025", during("2025-06-05", "2025-06-05")),
        ("June 5, 2025", during("2025-06-05", "2025-06-05")),
        ("2024-05-01", during("2024-05-01", "2024-05-01")),
        ("2024-05", during("2024-05-01", "2024-05-31", MONTH)),
        ("31.12.2024 klo 16 mennessä", by("2024-12-31")),
        ("jatkuva", ONGOING),
        ("2023–", since("2023-01-01", YEAR)),
        ("–2026", by("2026-12-31", YEAR)),
        ("vuodesta 2024 alkaen", since("2024-01-01", YEAR)),
        ("vuodesta 2024 vuoteen 2026", during("2024-01-01", "2026-12-31", YEAR)),
        ("vuosien 2024 ja 2026 välillä", during("2024-01-01", "2026-12-31", YEAR)),
        ("aikaisintaan 2026", since("2026-01-01", YEAR)),
        ("March to May 2025", during("2025-03-01", "2025-05-31", MONTH)),
        ("från mars till maj 2025", during("2025-03-01", "2025-05-31", MONTH)),
        ("alkaa 1.1.2024, päättyy 31.12.2025", during("2024-01-01", "2025-12-31")),
        ("viikko 38/2024", during("2024-09-16", "2024-09-22")),
        ("vko 38/2024", during("2024-09-16", "2024-09-22")),
        ("viikot 38–40/2024", during("2024-09-16", "2024-10-06")),
        ("v. 38/2024", during("2024-09-16", "2024-09-22")),
        ("viikko 53/2026", during("2026-12-28", "2027-01-03")),
        ("alkuvuosi 2025", during("2025-01-01", "2025-03-31", SEASON)),
        ("loppuvuosi 2025", during("2025-10-01", "2025-12-31", SEASON)),
        ("vuoden 2025 lopussa", during("2025-10-01", "2025-12-31", SEASON)),
        ("vuoden 2025 loppuun mennessä", by("2025-12-31", YEAR)),
        ("ennen kesää 2025", by("2025-05-31", SEASON)),
        ("valtuustokausi 2021–2025", during("2021-08-01", "2025-05-31", TERM)),
        ("lukuvuosi 2024–2025", during("2024-08-01", "2025-07-31", YEAR)),
        ("2009+2010", during("2009-01-01", "2010-12-31", YEAR)),
        ("syksy 2026?", during("2026-08-01", "2026-12-31", SEASON, tentative=True)),
        ("kahdesti vuodessa", recurring(1, Pace.YEAR, times=2)),
        ("joka toinen viikko", recurring(2, Pace.WEEK)),
        ("varannan vecka", recurring(2, Pace.WEEK)),
        ("every other week", recurring(2, Pace.WEEK)),
        ("neljännesvuosittain", recurring(3, Pace.MONTH)),
        ("1/vko", recurring(1, Pace.WEEK)),
        ("joka syyskuu", recurring(1, Pace.YEAR, yearly=Yearly(MonthDay(9, 1), MonthDay(9, 30), MONTH))),
        ("vuosittain 15.11.", recurring(1, Pace.YEAR, yearly=Yearly(MonthDay(11, 15), MonthDay(11, 15)))),
        ("vuosittain vuoden loppuun mennessä", recurring(1, Pace.YEAR, yearly=Yearly(None, MonthDay(12, 31)))),
    ],
)  # fmt: skip
def test_what_planners_type_every_day_is_read_without_questions(text, expected):
    reading = parse(text, Context.default())
    assert bare(reading.value) == expected
    assert reading.certain, reading.reasons


def test_a_repetition_may_have_a_first_and_a_last_year():
    value = parse("joka syksy 2024–2026", Context.default()).value
    assert (value.start, value.end) == (date(2024, 1, 1), date(2026, 12, 31))
    assert value.cadence.yearly == Yearly(MonthDay(8, 1), MonthDay(12, 31), SEASON)


def test_what_goes_on_until_further_notice_may_have_a_start():
    value = parse("1.1.2024 – toistaiseksi", Context.default()).value
    assert (value.kind, value.start, value.end) == (Kind.ONGOING, date(2024, 1, 1), None)


@pytest.mark.parametrize(
    "text",
    ["SYKSY 2026", "syksy\N{NO-BREAK SPACE}2026", "  syksy   2026. ", "syksy\n2026", "syksy\u2009\u200b2026"],
)
def test_case_spaces_and_a_full_stop_do_not_matter(text):
    assert bare(parse(text, Context.default()).value) == during("2026-08-01", "2026-12-31", SEASON)


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", "‑", " - ", " – "])
def test_no_kind_of_dash_matters(dash):
    assert bare(parse(f"2024{dash}2026", Context.default()).value) == during("2024-01-01", "2026-12-31", YEAR)


def test_no_words_are_the_empty_timespan():
    assert parse("  ", Context.default()).value is EMPTY
    assert parse("", Context.default()).certain


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.2.2024", doubts.IMPOSSIBLE_DATE),
        ("30.13.2024", doubts.IMPOSSIBLE_DATE),
        ("29.2.2023", doubts.IMPOSSIBLE_DATE),
        ("2024-02-30", doubts.IMPOSSIBLE_DATE),
        ("13/2024", doubts.IMPOSSIBLE_DATE),
        ("1.1.0000", doubts.IMPOSSIBLE_DATE),
        ("31.12.9999 jälkeen", doubts.IMPOSSIBLE_DATE),
        ("viikko 53/2024", doubts.IMPOSSIBLE_WEEK),
        ("31.12.2024–1.1.2024", doubts.END_BEFORE_START),
        ("2026–2024", doubts.END_BEFORE_START),
        ("valtuustokausi 1996–2000", doubts.UNKNOWN_TERM),
        ("toukokuussa", doubts.YEAR_MISSING),
        ("seuraavalla valtuustokaudella", doubts.DOCUMENT_DATE_MISSING),
        ("heti", doubts.DOCUMENT_DATE_MISSING),
        ("20244", doubts.MALFORMED_DATE),
        ("ei tiedossa", doubts.NOT_A_TIME),
        ("?", doubts.NOT_A_TIME),
        ("kun rahoitus on saatu", doubts.NOT_A_TIME),
        ("2-3 toimenpidettä", doubts.NOT_A_TIME),
        ("x" * 1000, doubts.TOO_LONG),
    ],
)
def test_what_cannot_be_read_is_kept_and_flagged_and_nothing_is_proposed(text, reason):
    reading = parse(text, Context.default())
    assert reading.value == Timespan(text)
    assert reading.value.kind is Kind.UNREAD
    assert [problem.msgid for problem in reading.reasons] == [reason]
    assert not reading.certain
    assert reading.proposal is None


@pytest.mark.parametrize(
    ("text", "reason", "proposal"),
    [
        ("12.12.2+22", doubts.MALFORMED_DATE, during("2022-12-12", "2022-12-12")),
        ("31,12,2024 mennessä", doubts.MALFORMED_DATE, by("2024-12-31")),
        ("1.10.–31.3.2025", doubts.END_BEFORE_START, during("2024-10-01", "2025-03-31")),
        ("1.8.2024–31.5.", doubts.END_BEFORE_START, during("2024-08-01", "2025-05-31")),
        ("odottaa päätöstä 4.10.2021", doubts.UNKNOWN_WORDS, during("2021-10-04", "2021-10-04")),
    ],
)
def test_what_was_perhaps_meant_is_proposed_beside_the_unread_words(text, reason, proposal):
    reading = parse(text, Context.default())
    assert reading.value == Timespan(text)
    assert [problem.msgid for problem in reading.reasons] == [reason]
    assert bare(reading.proposal) == proposal
    assert reading.proposal.words == text


@pytest.mark.parametrize(
    ("text", "reason", "value"),
    [
        ("31.12.24", doubts.TWO_DIGIT_YEAR, during("2024-12-31", "2024-12-31")),
        ("2024-25", doubts.TWO_DIGIT_YEAR, during("2024-01-01", "2025-12-31", YEAR)),
        ("2010-12", doubts.MONTH_OR_YEARS, during("2010-12-01", "2010-12-31", MONTH)),
        ("1/2/2025", doubts.DAY_OR_MONTH_FIRST, during("2025-02-01", "2025-02-01")),
        ("ti 23.6.2021", doubts.WEEKDAY_DIFFERS, during("2021-06-23", "2021-06-23")),
        ("alkusyksyllä 2025", doubts.PART_OF_SEASON, during("2025-08-01", "2025-12-31", SEASON)),
        ("kesäkuun 2025 lopussa", doubts.PART_OF_SEASON, during("2025-06-01", "2025-06-30", MONTH)),
        ("huhti- ja lokakuussa 2025", doubts.SEVERAL_TIMES, during("2025-04-01", "2025-10-31", MONTH)),
        ("2024 tai 2025", doubts.SEVERAL_TIMES, during("2024-01-01", "2025-12-31", YEAR)),
        ("1.1.2024 alkaen, määräaikainen", doubts.FIXED_TERM_WITHOUT_END, since("2024-01-01")),
        ("ensi vuonna", doubts.RELATIVE_TO_DOCUMENT, during("2024-01-01", "2024-12-31", YEAR)),
        ("ensi syksynä", doubts.RELATIVE_TO_DOCUMENT, during("2023-08-01", "2023-12-31", SEASON)),
        ("viime syksynä", doubts.RELATIVE_TO_DOCUMENT, during("2022-08-01", "2022-12-31", SEASON)),
        ("heti", doubts.RELATIVE_TO_DOCUMENT, since("2023-01-24")),
        ("valtuustokauden loppuun mennessä", doubts.RELATIVE_TO_DOCUMENT, by("2025-05-31", TERM)),
        ("pe 24.6.", doubts.YEAR_ASSUMED, during("2022-06-24", "2022-06-24")),
        ("kevään aikana", doubts.YEAR_ASSUMED, during("2023-01-01", "2023-05-31", SEASON)),
    ],
)
def test_a_year_or_meaning_that_is_not_certain_is_proposed_with_its_reason(text, reason, value):
    reading = parse(text, Context.default(TURKU))
    assert bare(reading.value) == value
    assert reading.proposal == reading.value
    assert not reading.certain
    assert [problem.msgid for problem in reading.reasons] == [reason]


def test_the_municipalitys_own_seasons_and_terms_are_used():
    context = Context.of_settings({"autumn": [9, 1, 11, 30]}, [["2021-08-01", "2025-05-31"]])
    assert bare(parse("syksy 2026", context).value) == during("2026-09-01", "2026-11-30", SEASON)
    assert parse("valtuustokausi 2025–2029", context).value.kind is Kind.UNREAD


def test_a_word_of_two_languages_means_what_the_writers_language_says():
    finnish = parse("to 4.10.", Context.default(date(2018, 1, 1), "fi"))
    assert bare(finnish.value) == during("2018-10-04", "2018-10-04")
    assert finnish.certain
    english = parse("to 4.10.2021", Context.default(language="en"))
    assert bare(english.value) == by("2021-10-04")


WORDS = st.sampled_from(sorted({word for words in VOCABULARIES.values() for word in words} | set(PHRASES)))
PIECES = st.sampled_from(
    [
        "2024",
        "31.12.2024",
        "4.10.",
        "1-3/2024",
        "2/2021",
        "12.12.2+22",
        "9999",
        "0",
        "00.00.0000",
        "-",
        "–",
        "/",
        "(",
        "?",
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS | PIECES, max_size=12).map(" ".join))
def test_any_text_is_answered_and_kept(text):
    for context in (Context.default(), Context.default(TUUSULA, "sv"), Context.default(date.max, "en")):
        reading = parse(text, context)
        assert reading.value.words == text.strip()
        assert reading.certain is not bool(reading.reasons)
        if reading.value.kind is Kind.UNREAD and text.strip():
            assert reading.reasons
