"""The time words of the five demo municipalities, each moved by its year (a council term by a term), read back."""

from dataclasses import replace

import pytest

from portfolio.core.timespan import Context, Step, parse, shift, steps_of

CONTEXT = Context.default()

MOVED = {
    "1.1.2023–30.6.2023": "1.1.2024–30.6.2024",
    "1.7.–31.12.2023": "1.7.–31.12.2024",
    "2016": "2017",
    "2016–2017": "2017–2018",
    "2017–2018": "2018–2019",
    "2023–2024": "2024–2025",
    "31.1.2019 mennessä": "31.1.2020 mennessä",
    "31.12.2015 mennessä": "31.12.2016 mennessä",
    "4.10.2021": "4.10.2022",
    "4.6.2018": "4.6.2019",
    "alkuvuonna 2023": "alkuvuonna 2024",
    "elo-syyskuussa 2021": "elo-syyskuussa 2022",
    "huhtikuun 2023 aikana aloitetaan": "huhtikuun 2024 aikana aloitetaan",
    "kesäkuun 2023 loppuun mennessä": "kesäkuun 2024 loppuun mennessä",
    "kesäkuussa 2021": "kesäkuussa 2022",
    "kesällä 2017": "kesällä 2018",
    "kesällä 2021": "kesällä 2022",
    "kevät 2023 – 2025": "kevät 2024 – 2026",
    "kevät 2024": "kevät 2025",
    "keväällä 2018": "keväällä 2019",
    "keväällä 2025": "keväällä 2026",
    "kevään 2023 aikana": "kevään 2024 aikana",
    "mahdollisesti syyskaudella 2023": "mahdollisesti syyskaudella 2024",
    "seuraavan valtuustokauden alkaessa 1.6.2025": "1.6.2026 alkaen",
    "syksyllä 2018": "syksyllä 2019",
    "syksyllä 2021": "syksyllä 2022",
    "syyskaudella 2023": "syyskaudella 2024",
    "syyskuussa 2021": "syyskuussa 2022",
    "toukokuun 2023 aikana": "toukokuun 2024 aikana",
    "toukokuussa 2021": "toukokuussa 2022",
    "valtuustokaudella 2021–2025": "valtuustokaudella 2025–2029",
    "viimeistään 31.12.2023": "viimeistään 31.12.2024",
    "viimeistään 31.12.2024": "viimeistään 31.12.2025",
    "viimeistään 31.3.2024": "viimeistään 31.3.2025",
    "viimeistään 31.5.2025": "viimeistään 31.5.2026",
    "vuoden 2016 aikana": "vuoden 2017 aikana",
    "vuoden 2021 loppuun mennessä": "vuoden 2022 loppuun mennessä",
    "vuoden 2023 aikana": "vuoden 2024 aikana",
    "vuoden 2023 alusta": "vuoden 2024 alusta",
    "vuoden 2023 loppuun mennessä": "vuoden 2024 loppuun mennessä",
    "vuoden 2024 loppuun mennessä": "vuoden 2025 loppuun mennessä",
    "vuonna 2017": "vuonna 2018",
    "vuonna 2018": "vuonna 2019",
    "vuonna 2021–2022": "vuonna 2022–2023",
    "vuonna 2024": "vuonna 2025",
}


@pytest.mark.parametrize(("words", "after"), MOVED.items())
def test_a_time_of_the_demo_moves_in_its_own_words(words: str, after: str) -> None:
    before = parse(words, CONTEXT).value
    step = Step.YEAR if Step.YEAR in steps_of(before) else Step.TERM
    moved = shift(before, 1, step, CONTEXT)
    assert moved.words == after
    assert parse(after, CONTEXT).value == moved
    assert replace(shift(moved, -1, step, CONTEXT), words="") == replace(before, words="")
