"""Finnish order, searching, check letters and cleaning."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portfolio.core.text import (
    check_letter,
    clean,
    has_valid_check_letter,
    read_whole,
    search_key,
    slug,
    sort_key,
    with_check_letter,
)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Aamu", "Zeppelin", "Åbo", "Äiti", "Öljy"],
        ["vaara", "Waara", "vaasa", "Wiik", "voi", "x"],
        ["ya", "yb", "über", "yc"],
        ["elan", "Élan", "elb"],
        ["2 asiaa", "10 asiaa", "asia"],
        ["T-2", "T-10", "T-014"],
        ["Toimenpide 1", "Toimenpide 1a", "Toimenpide 2", "Toimenpide 10"],
        ["Hanke", "Hanke 1", "Hanke B", "Hankekokonaisuus"],
        ["arki", "”Hyvä arki” -hanke", "ilo"],
        ["äs", "Æt", "öa", "øb"],
        ["123456789", "1234567890", "12345678901234567890"],
    ],
)
def test_texts_stand_in_finnish_order(ordered):
    keys = [sort_key(text) for text in ordered]
    assert keys == sorted(set(keys))


def test_case_and_composed_letters_do_not_matter_in_order():
    assert sort_key("ÄITI") == sort_key("äiti") == sort_key("a\u0308iti")


def test_texts_that_differ_by_an_accent_only_still_have_a_fixed_order():
    assert sort_key("elan") < sort_key("élan") < sort_key("elan ja muut")


@given(st.text(), st.text())
def test_only_texts_that_are_the_same_but_for_case_share_a_key(one, other):
    folded = [unicodedata.normalize("NFC", text.casefold()) for text in (one, other)]
    assert (sort_key(one) == sort_key(other)) == (folded[0] == folded[1])


def test_searching_ignores_case_and_spacing_but_not_finnish_letters():
    assert search_key("  Hyvinvointi\N{NO-BREAK SPACE}JA\n arki ") == "hyvinvointi ja arki"
    assert search_key("A\u0308iti") == "äiti"
    assert search_key("saari") != search_key("sääri")


IDS = st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}", fullmatch=True)


def test_a_check_letter_follows_the_id():
    guarded = with_check_letter("t-014")
    assert guarded.startswith("T-014-")
    assert has_valid_check_letter(guarded)
    assert has_valid_check_letter(guarded.lower().replace("-", " – "))


@pytest.mark.parametrize("text", ["", "T-014", "K", "-K", "T-014-", "T-014-0", "T-014-KK"])
def test_what_has_no_check_letter_has_no_valid_one(text):
    assert not has_valid_check_letter(text)


@given(IDS)
def test_a_check_letter_is_never_taken_for_a_digit(identifier):
    assert check_letter(identifier) in "ABCDEFGHJKLMNPRSTUVWXYZ"


@given(IDS, st.data())
def test_every_wrong_digit_is_found(identifier, data):
    guarded = with_check_letter(identifier)
    place = data.draw(st.sampled_from([place for place, character in enumerate(guarded) if character.isdecimal()]))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != guarded[place])
    assert not has_valid_check_letter(guarded[:place] + digit + guarded[place + 1 :])


@given(IDS, st.data())
def test_every_swap_of_neighbouring_digits_and_hyphens_is_found(identifier, data):
    guarded = with_check_letter(identifier)
    first = identifier.index("-")
    place = data.draw(st.integers(first, len(identifier) - 2))
    swapped = guarded[:place] + guarded[place + 1] + guarded[place] + guarded[place + 2 :]
    assume(swapped != guarded)
    assert not has_valid_check_letter(swapped)


@given(IDS, st.sampled_from(["0O", "1I", "2Z", "5S", "8B", "6G"]), st.data())
def test_a_letter_typed_for_a_digit_that_looks_like_it_is_found(identifier, pair, data):
    guarded = with_check_letter(identifier.replace(identifier[-1], pair[0]))
    place = guarded.rindex(pair[0])
    assert not has_valid_check_letter(guarded[:place] + pair[1] + guarded[place + 1 :])


@given(IDS, st.data())
def test_a_wrong_letter_is_found_but_for_three_pairs(identifier, data):
    guarded = with_check_letter(identifier)
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assume(abs(ord(letter) - ord(guarded[0])) not in (0, 23))
    assert not has_valid_check_letter(letter + guarded[1:])


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("  Hyvä\N{NO-BREAK SPACE}arki \u2009ja\u202ftyö ", "Hyvä arki  ja työ"),
        ("rivi 1\r\nrivi 2\rrivi 3\x0brivi 4", "rivi 1\nrivi 2\nrivi 3\nrivi 4"),
        ("a\x00b\x07c\u200bd\u00ade\ufefff\u202eg", "abcdefg"),
        ("a\u0308iti", "äiti"),
        ("sarake\tsarake", "sarake sarake"),
        (
            'Linjaukset. <ul style="list-style-type: none"> Asioiden läpikäynti <li>Esitykset</li></ul>',
            "Linjaukset.\nAsioiden läpikäynti\nEsitykset",
        ),
        ("<p>Strategian ohjaus.</p> <p>Muutoksen <b>johtaminen</b>.</p>", "Strategian ohjaus.\nMuutoksen johtaminen."),
        ("rivi<br/>rivi&nbsp;2 &amp; 3", "rivi\nrivi 2 & 3"),
        ("a < b ja c > d, x <3, <tekijä>", "a < b ja c > d, x <3, <tekijä>"),
        ("https://esimerkki.example/?a=1&copy=2", "https://esimerkki.example/?a=1&copy=2"),
        ("yksi\n\n\n\nkaksi", "yksi\n\nkaksi"),
        ("", ""),
    ],
)
def test_text_is_cleaned_to_plain_lines(written, plain):
    assert clean(written) == plain


@given(
    st.text()
    | st.lists(st.sampled_from(["<p>", "</p>", "&lt;", "&amp;", "p&gt;", "<b", ">", " ", "\n", "a"])).map("".join)
)
def test_cleaning_what_is_clean_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tekninen lautakunta", "tekninen-lautakunta"),
        ("Työllisyyden tuki, Åbo", "tyollisyyden-tuki-abo"),
        ("  –1.–2. luokka! ", "1-2-luokka"),
        ("Wärtsilä", "wartsila"),
        ("Директор", ""),
        ("a" * 50, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_name_becomes_a_code_of_plain_letters(name, code):
    assert slug(name) == code


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("0042", 42), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text, number):
    assert read_whole(text) == number


@pytest.mark.parametrize("text", ["1" * 19, "1" * 5000, "", "-1", "²", "1.0"])
def test_what_nothing_could_hold_is_no_number(text):
    assert read_whole(text) is None
