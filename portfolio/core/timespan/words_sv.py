"""Swedish time words, as they are used in Finland."""

from portfolio.core.timespan.context import Season
from portfolio.core.timespan.lexicon import Mark, Role, Side, Unit, Vocabulary, listed, numbered
from portfolio.core.timespan.value import Cadence, Pace

_TIMES_OF_YEAR: Vocabulary = {
    **numbered(
        "januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sep/sept "
        "oktober/okt november/nov december/dec",
        Role.MONTH,
    ),
    **listed("vår våren vårens", Role.SEASON, Season.SPRING),
    **listed("sommar sommaren sommarens", Role.SEASON, Season.SUMMER),
    **listed("höst hösten höstens", Role.SEASON, Season.AUTUMN),
    **listed("senvår senvåren", Role.SEASON, Season.LATE_SPRING),
    **listed("årsbörjan", Role.SEASON, Season.EARLY_YEAR),
    **listed("årsslut årsslutet", Role.SEASON, Season.LATE_YEAR),
    **listed("vårperiod vårperioden vårsäsongen", Role.SEASON, Season.SPRING_PERIOD),
    **listed("höstperiod höstperioden höstsäsongen", Role.SEASON, Season.AUTUMN_PERIOD),
    **listed("förvåren", Role.SEASON, Season.SPRING, part=True),
    **listed("försommaren sensommaren högsommaren", Role.SEASON, Season.SUMMER, part=True),
    **listed("förhösten senhösten", Role.SEASON, Season.AUTUMN, part=True),
    **numbered(
        "måndag/må tisdag/ti/tis onsdag/ons torsdag/tors fredag/fr/fre lördag/lö/lör söndag/sö/sön", Role.WEEKDAY
    ),
}

_UNITS: Vocabulary = {
    **listed("dag dagen dagar dagars", Role.UNIT, Unit.DAY),
    **listed("vecka veckan veckor veckors veckorna v", Role.UNIT, Unit.WEEK),
    **listed("månad månaden månader månaders mån", Role.UNIT, Unit.MONTH),
    **listed("kvartal kvartalet kv", Role.UNIT, Unit.QUARTER),
    **listed("halvår halvåret", Role.UNIT, Unit.HALF),
    **listed("år året åren års årets", Role.UNIT, Unit.YEAR),
    **listed("läsår läsåret", Role.SCHOOL_YEAR),
    **listed("fullmäktigeperiod fullmäktigeperioden fullmäktigeperiodens mandatperiod mandatperioden", Role.TERM),
    **listed("mandatperiodens", Role.TERM),
    **listed("verksamhetsårets verksamhetsåret räkenskapsårets kalenderårets", Role.FISCAL),
}

_NUMBERS: Vocabulary = {
    **numbered("en/ett två tre fyra fem sex", Role.NUMBER),
    **numbered("första andra tredje fjärde", Role.ORDINAL),
    **listed("nästa kommande följande", Role.RELATIVE, 1),
    **listed("innevarande denna detta nuvarande pågående", Role.RELATIVE, 0),
    **listed("förra föregående", Role.RELATIVE, -1),
}

_RHYTHMS: Vocabulary = {
    **listed("gång gången gånger ggr ggn", Role.TIMES),
    **listed("i per om", Role.PER),
    **listed("varje var vart", Role.EVERY, 1),
    **listed("varannan vartannat", Role.EVERY, 2),
    **listed("mellanrum intervall intervaller", Role.APART),
    **listed("dagligen", Role.RHYTHM, Cadence(1, Pace.DAY)),
    **listed("veckovis", Role.RHYTHM, Cadence(1, Pace.WEEK)),
    **listed("månatligen månadsvis", Role.RHYTHM, Cadence(1, Pace.MONTH)),
    **listed("kvartalsvis", Role.RHYTHM, Cadence(3, Pace.MONTH)),
    **listed("halvårsvis", Role.RHYTHM, Cadence(6, Pace.MONTH)),
    **listed("årligen årlig årligt", Role.RHYTHM, Cadence(1, Pace.YEAR)),
}

_MARKS: Vocabulary = {
    **listed("senast", Role.MARK, Side.RIGHT, Mark.BY),
    **listed("till tills tom", Role.MARK, Side.RIGHT, Mark.UNTIL),
    **listed("från from fom tidigast", Role.MARK, Side.RIGHT, Mark.FROM),
    **listed("börjar inleds inledd inletts inleddes startar startat", Role.MARK, Side.RIGHT, Mark.START),
    **listed("påbörjas påbörjad påbörjats påbörjades", Role.MARK, Side.RIGHT, Mark.START),
    **listed("slutar upphör avslutas", Role.MARK, Side.RIGHT, Mark.END),
    **listed("efter", Role.MARK, Side.RIGHT, Mark.AFTER),
    **listed("före innan", Role.MARK, Side.RIGHT, Mark.BEFORE),
    **listed("mellan", Role.MARK, Side.RIGHT, Mark.BETWEEN),
    **listed("början inledningen", Role.MARK, Side.RIGHT, Mark.AT_START),
    **listed("slutet slut utgången utgång", Role.MARK, Side.RIGHT, Mark.AT_END),
    **listed("mitten", Role.MARK, Side.RIGHT, Mark.AT_MIDDLE),
}

_FLAGS: Vocabulary = {
    **listed("tillsvidare fortlöpande kontinuerlig kontinuerligt löpande permanent pågår", Role.ONGOING),
    **listed("tidsbunden tidsbundna tidsbundet tidsbegränsad tidsbegränsade tidsbegränsat visstid", Role.FIXED_TERM),
    **listed("genast omedelbart", Role.NOW),
    **listed("möjligen eventuellt tex kanske preliminärt preliminär exempelvis uppskattningsvis", Role.TENTATIVE),
    **listed("ca cirka ungefär omkring", Role.APPROXIMATE),
    **listed("minst åtminstone", Role.AT_LEAST),
    **listed("och samt", Role.AND),
    **listed("eller", Role.OR),
    **listed("under av den det på med vid inom hela gäller giltig giltigt klar klart färdig färdigt", Role.NOISE),
    **listed("gjort gjord genomförd genomförs genomfört utförd beslutad beslutat godkänd ibruk ikraft", Role.NOISE),
    **listed("möte möten mötet sammanträder åtgärder åtgärderna mål tidtabell kl budget budgeten för när", Role.NOISE),
}

WORDS: Vocabulary = {**_TIMES_OF_YEAR, **_UNITS, **_NUMBERS, **_RHYTHMS, **_MARKS, **_FLAGS}

PHRASES: dict[str, str] = {
    "tills vidare": "tillsvidare",
    "till och med": "tom",
    "från och med": "from",
    "till exempel": "tex",
    "i bruk": "ibruk",
    "i kraft": "ikraft",
    "i år": "innevarande år",
    "med början": "fom",
}
