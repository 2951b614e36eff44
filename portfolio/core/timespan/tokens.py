"""Text to words with a role: digits by their shape, letters by the vocabularies of three languages."""

import re
import unicodedata
from types import MappingProxyType
from typing import Any, NamedTuple

from portfolio.core.timespan import words_en, words_fi, words_sv
from portfolio.core.timespan.lexicon import Role, Vocabulary, Word
from portfolio.core.timespan.shapes import PATTERNS, ROMAN, shaped


class Token(NamedTuple):
    """A word of the text and what it may do."""

    word: Word
    text: str

    @property
    def role(self) -> Role:
        """The part the word plays."""
        return self.word.role

    @property
    def value(self) -> Any:
        """What the word tells in its role."""
        return self.word.value


_LANGUAGES = {"fi": words_fi.WORDS, "sv": words_sv.WORDS, "en": words_en.WORDS}


def _merged(first: str) -> Vocabulary:
    """Join the vocabularies; a word that several languages share means what it means in the first."""
    merged: Vocabulary = {}
    for language in (*(other for other in reversed(_LANGUAGES) if other != first), first):
        merged |= _LANGUAGES[language]
    return merged


VOCABULARIES = MappingProxyType({language: _merged(language) for language in _LANGUAGES})
PHRASES = words_sv.PHRASES | words_en.PHRASES
_PHRASE = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, PHRASES), key=len, reverse=True)) + r")\b")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile(r"[‐-―−→]|->")
_SCANNER = re.compile(
    r"(?P<space>\s+) | (?P<clock>klo?\b\.?\ ?[0-9]{1,2}(?:[.:][0-9]{2})?)(?![0-9.]) | "
    + PATTERNS
    + r"| (?P<word>[^\W\d_]+(?:[.:'’][^\W\d_]+)*)\.? | (?P<symbol>.)",
    re.VERBOSE | re.DOTALL,
)
_SYMBOLS = {
    "-": Word(Role.DASH),
    ",": Word(Role.COMMA),
    ";": Word(Role.COMMA),
    "/": Word(Role.SLASH),
    "+": Word(Role.AND),
    "&": Word(Role.AND),
    "?": Word(Role.TENTATIVE),
    **dict.fromkeys("()[]:.!\"'”’“*•·", Word(Role.NOISE)),
}
_UNKNOWN = Word(Role.UNKNOWN)


def normalised(words: str) -> str:
    """Give the text in one case, with one kind of space and dash, without a full stop at its end."""
    text = " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", words)).split()).casefold()
    return _DASHES.sub("-", text).rstrip(" .:;,")


def tokenise(text: str, language: str | None) -> list[Token]:
    """Split normalised text into words with a role; words of one's own language win where several share a word."""
    vocabulary = VOCABULARIES.get(language or "fi", VOCABULARIES["fi"])
    text = _PHRASE.sub(lambda phrase: PHRASES[phrase[0]], text)
    return [
        Token(_word(match.lastgroup or "symbol", match, vocabulary), match[0])
        for match in _SCANNER.finditer(text)
        if match.lastgroup not in ("space", "clock")
    ]


def language_of(words: str) -> str | None:
    """Tell the language that knows the most words of a text, Finnish before Swedish and English; None without words."""
    text = _PHRASE.sub(lambda phrase: PHRASES[phrase[0]], normalised(words))
    found = [match["word"] for match in _SCANNER.finditer(text) if match.lastgroup == "word"]
    known = {language: sum(word in vocabulary for word in found) for language, vocabulary in _LANGUAGES.items()}
    best = max(known, key=known.__getitem__)
    return best if known[best] else None


def _word(name: str, match: re.Match[str], vocabulary: Vocabulary) -> Word:
    text = match[name]
    if name == "symbol":
        return _SYMBOLS.get(text, _UNKNOWN)
    if name != "word":
        return shaped(name, text)
    known = vocabulary.get(text) or vocabulary.get(text.replace(".", ""))
    if known is None:
        return Word(Role.NUMBER, ROMAN[text]) if text in ROMAN else _UNKNOWN
    return known
