"""English time words, British forms first."""

from portfolio.core.timespan.context import Season
from portfolio.core.timespan.lexicon import Mark, Role, Side, Unit, Vocabulary, listed, numbered
from portfolio.core.timespan.value import Cadence, Pace

_TIMES_OF_YEAR: Vocabulary = {
    **numbered(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept "
        "october/oct november/nov december/dec",
        Role.MONTH,
    ),
    **listed("spring", Role.SEASON, Season.SPRING),
    **listed("summer", Role.SEASON, Season.SUMMER),
    **listed("autumn fall", Role.SEASON, Season.AUTUMN),
    **listed("latespring", Role.SEASON, Season.LATE_SPRING),
    **listed("earlyyear", Role.SEASON, Season.EARLY_YEAR),
    **listed("lateyear", Role.SEASON, Season.LATE_YEAR),
    **listed("springperiod", Role.SEASON, Season.SPRING_PERIOD),
    **listed("autumnperiod", Role.SEASON, Season.AUTUMN_PERIOD),
    **numbered("monday/mon tuesday/tue wednesday/wed thursday/thu friday/fri saturday/sat sunday/sun", Role.WEEKDAY),
}

_UNITS: Vocabulary = {
    **listed("day days", Role.UNIT, Unit.DAY),
    **listed("week weeks wk", Role.UNIT, Unit.WEEK),
    **listed("month months", Role.UNIT, Unit.MONTH),
    **listed("quarter quarters", Role.UNIT, Unit.QUARTER),
    **listed("half halves", Role.UNIT, Unit.HALF),
    **listed("year years yr", Role.UNIT, Unit.YEAR),
    **listed("schoolyear", Role.SCHOOL_YEAR),
    **listed("term", Role.TERM),
    **listed("operating financial fiscal", Role.FISCAL),
}

_NUMBERS: Vocabulary = {
    **numbered("one two three four five six", Role.NUMBER),
    **numbered("first second third fourth", Role.ORDINAL),
    **listed("next coming upcoming following", Role.RELATIVE, 1),
    **listed("this current present", Role.RELATIVE, 0),
    **listed("last previous", Role.RELATIVE, -1),
}

_RHYTHMS: Vocabulary = {
    **listed("once", Role.TIMES, 1),
    **listed("twice", Role.TIMES, 2),
    **listed("times time", Role.TIMES),
    **listed("per a an", Role.PER),
    **listed("every each", Role.EVERY, 1),
    **listed("everyother", Role.EVERY, 2),
    **listed("intervals apart", Role.APART),
    **listed("daily", Role.RHYTHM, Cadence(1, Pace.DAY)),
    **listed("weekly", Role.RHYTHM, Cadence(1, Pace.WEEK)),
    **listed("fortnightly", Role.RHYTHM, Cadence(2, Pace.WEEK)),
    **listed("monthly", Role.RHYTHM, Cadence(1, Pace.MONTH)),
    **listed("quarterly", Role.RHYTHM, Cadence(3, Pace.MONTH)),
    **listed("halfyearly", Role.RHYTHM, Cadence(6, Pace.MONTH)),
    **listed("yearly annually annual", Role.RHYTHM, Cadence(1, Pace.YEAR)),
}

_MARKS: Vocabulary = {
    **listed("by nolater", Role.MARK, Side.RIGHT, Mark.BY),
    **listed("atlatest", Role.MARK, Side.LEFT, Mark.BY),
    **listed("until till to through upto", Role.MARK, Side.RIGHT, Mark.UNTIL),
    **listed("from since asof atearliest", Role.MARK, Side.RIGHT, Mark.FROM),
    **listed("starts started begins began begun launched", Role.MARK, Side.RIGHT, Mark.START),
    **listed("ends expires", Role.MARK, Side.RIGHT, Mark.END),
    **listed("after", Role.MARK, Side.RIGHT, Mark.AFTER),
    **listed("before", Role.MARK, Side.RIGHT, Mark.BEFORE),
    **listed("between", Role.MARK, Side.RIGHT, Mark.BETWEEN),
    **listed("beginning start early", Role.MARK, Side.RIGHT, Mark.AT_START),
    **listed("end late", Role.MARK, Side.RIGHT, Mark.AT_END),
    **listed("mid middle", Role.MARK, Side.RIGHT, Mark.AT_MIDDLE),
    **listed("onwards onward", Role.MARK, Side.LEFT, Mark.FROM),
}

_FLAGS: Vocabulary = {
    **listed("ongoing continuous continuously permanent permanently furthernotice", Role.ONGOING),
    **listed("fixedterm", Role.FIXED_TERM),
    **listed("immediately asap now", Role.NOW),
    **listed("possibly eg perhaps maybe tentative tentatively provisional provisionally estimated", Role.TENTATIVE),
    **listed("about approximately approx around roughly", Role.APPROXIMATE),
    **listed("atleast", Role.AT_LEAST),
    **listed("and", Role.AND),
    **listed("or", Role.OR),
    **listed("the of at on in during within throughout for over with course valid inforce ready done", Role.NOISE),
    **listed("completed decided approved adopted use meeting meetings meets measures actions target whole", Role.NOISE),
    **listed("schedule budget force taken into when", Role.NOISE),
}

WORDS: Vocabulary = {**_TIMES_OF_YEAR, **_UNITS, **_NUMBERS, **_RHYTHMS, **_MARKS, **_FLAGS}

PHRASES: dict[str, str] = {
    "until further notice": "furthernotice",
    "no later than": "nolater",
    "at the latest": "atlatest",
    "at the earliest": "atearliest",
    "up to": "upto",
    "as of": "asof",
    "for example": "eg",
    "at least": "atleast",
    "every other": "everyother",
    "half-yearly": "halfyearly",
    "fixed-term": "fixedterm",
    "fixed term": "fixedterm",
    "late spring": "latespring",
    "early year": "earlyyear",
    "late year": "lateyear",
    "spring period": "springperiod",
    "autumn period": "autumnperiod",
    "autumn season": "autumnperiod",
    "school year": "schoolyear",
    "council term": "term",
    "as soon as possible": "asap",
}
