"""Finnish time words, in the cases in which planners use them."""

from portfolio.core.timespan.context import Season
from portfolio.core.timespan.lexicon import Mark, Role, Side, Unit, Vocabulary, listed, numbered
from portfolio.core.timespan.value import Cadence, Pace

_STEMS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"
_WITHIN_CASES = ("kuu", "kuun", "kuussa", "kuuta", "kuulle", "kuulla", "kuuksi", "kuulta", "kuuna")


def _months(ending: str, *marks: Mark) -> Vocabulary:
    return numbered(" ".join(stem + ending for stem in _STEMS.split()), Role.MONTH, *marks)


def _season(season: Season, within: str, since: str, until: str, *, part: bool = False) -> Vocabulary:
    return (
        listed(within, Role.SEASON, season, part=part)
        | listed(since, Role.SEASON, season, Mark.FROM, part=part)
        | listed(until, Role.SEASON, season, Mark.UNTIL, part=part)
    )


def _spring(prefix: str, season: Season, *, part: bool = False) -> Vocabulary:
    within = (
        prefix + ending for ending in ("kevät", "kevään", "keväällä", "keväälle", "keväänä", "kevääksi", "kevättä")
    )
    return _season(season, " ".join(within), f"{prefix}keväästä", f"{prefix}kevääseen", part=part)


def _summer(prefix: str, *, part: bool = False) -> Vocabulary:
    within = (prefix + ending for ending in ("kesä", "kesän", "kesällä", "kesälle", "kesänä", "kesäksi", "kesää"))
    return _season(Season.SUMMER, " ".join(within), f"{prefix}kesästä", f"{prefix}kesään", part=part)


def _autumn(prefix: str, *, part: bool = False) -> Vocabulary:
    within = (
        prefix + ending for ending in ("syksy", "syksyn", "syksyllä", "syksylle", "syksynä", "syksyksi", "syksyä")
    )
    return _season(Season.AUTUMN, " ".join(within), f"{prefix}syksystä", f"{prefix}syksyyn", part=part)


def _period(prefix: str, season: Season) -> Vocabulary:
    within = (
        prefix + ending for ending in ("kausi", "kauden", "kaudella", "kaudelle", "kaudeksi", "kautena", "kautta")
    )
    return _season(season, " ".join(within), f"{prefix}kaudesta", f"{prefix}kauteen")


def _year_part(prefix: str, season: Season) -> Vocabulary:
    """Decline "alkuvuosi": unlike elsewhere, "alkuvuodesta" is idiom for "during the early year"."""
    endings = ("vuosi", "vuoden", "vuonna", "vuodelle", "vuodella", "vuodeksi", "vuodesta", "vuotta")
    within = " ".join(prefix + ending for ending in endings)
    return listed(within, Role.SEASON, season) | listed(f"{prefix}vuoteen", Role.SEASON, season, Mark.UNTIL)


_TIMES_OF_YEAR: Vocabulary = {
    **_months(""),
    **{word: meaning for ending in _WITHIN_CASES for word, meaning in _months(ending).items()},
    **_months("kuusta", Mark.FROM),
    **_months("kuuhun", Mark.UNTIL),
    **_spring("", Season.SPRING),
    **_spring("loppu", Season.LATE_SPRING),
    **_spring("alku", Season.SPRING, part=True),
    **_summer(""),
    **{word: meaning for prefix in ("alku", "keski", "loppu") for word, meaning in _summer(prefix, part=True).items()},
    **_autumn(""),
    **{word: meaning for prefix in ("alku", "loppu") for word, meaning in _autumn(prefix, part=True).items()},
    **_year_part("alku", Season.EARLY_YEAR),
    **_year_part("loppu", Season.LATE_YEAR),
    **_period("kevät", Season.SPRING_PERIOD),
    **_period("syys", Season.AUTUMN_PERIOD),
    **listed("keväisin", Role.SEASONAL, Season.SPRING),
    **listed("kesäisin", Role.SEASONAL, Season.SUMMER),
    **listed("syksyisin", Role.SEASONAL, Season.AUTUMN),
    **numbered(
        "ma/maanantai/maanantaina ti/tiistai/tiistaina ke/keskiviikko/keskiviikkona to/torstai/torstaina "
        "pe/perjantai/perjantaina la/lauantai/lauantaina su/sunnuntai/sunnuntaina",
        Role.WEEKDAY,
    ),
}

_QUARTER = "neljännes kvartaali neljännesvuosi vuosineljännes"
_QUARTER_FORMS = (
    "neljänneksen neljänneksellä neljännekselle neljänneksenä neljännestä kvartaalin kvartaalilla kvartaalille "
    "kvartaalissa neljännesvuoden neljännesvuonna neljännesvuodessa vuosineljänneksen vuosineljänneksellä"
)
_HALF = "vuosipuolisko puolisko puolivuotisjakso puolivuotiskausi"
_HALF_FORMS = (
    "vuosipuoliskon vuosipuoliskolla vuosipuoliskolle puoliskon puoliskolla puoliskolle puolivuotiskauden "
    "puolivuotiskaudella puolivuotisjakson puolivuotisjaksolla"
)

_UNITS: Vocabulary = {
    **listed("päivä päivän päivässä päivää pv", Role.UNIT, Unit.DAY),
    **listed(
        "viikko viikon viikossa viikolla viikolle viikkoa viikot viikoilla vko vkon vkolla vk", Role.UNIT, Unit.WEEK
    ),
    **listed("kuukausi kuukauden kuukaudessa kuukautta kuussa kk kuu", Role.UNIT, Unit.MONTH),
    **listed(f"{_QUARTER} {_QUARTER_FORMS}", Role.UNIT, Unit.QUARTER),
    **listed("neljänneksestä kvartaalista vuosineljänneksestä", Role.UNIT, Unit.QUARTER, Mark.FROM),
    **listed("neljännekseen kvartaaliin vuosineljännekseen", Role.UNIT, Unit.QUARTER, Mark.UNTIL),
    **listed(f"{_HALF} {_HALF_FORMS}", Role.UNIT, Unit.HALF),
    **listed("vuosipuoliskosta puoliskosta puolivuotiskaudesta", Role.UNIT, Unit.HALF, Mark.FROM),
    **listed("vuosipuoliskoon puoliskoon puolivuotiskauteen", Role.UNIT, Unit.HALF, Mark.UNTIL),
    **listed("vuosi vuoden vuonna vuodelle vuodelta vuodeksi vuodessa vuotta vuosina vuosien", Role.UNIT, Unit.YEAR),
    **listed("vuosille vuodet vuosiksi v vv", Role.UNIT, Unit.YEAR),
    **listed("vuodesta", Role.UNIT, Unit.YEAR, Mark.FROM),
    **listed("vuoteen", Role.UNIT, Unit.YEAR, Mark.UNTIL),
    **listed("lukuvuosi lukuvuonna lukuvuoden lukuvuodelle lukuvuodeksi", Role.SCHOOL_YEAR),
    **listed("lukuvuodesta", Role.SCHOOL_YEAR, None, Mark.FROM),
    **listed("lukuvuoteen", Role.SCHOOL_YEAR, None, Mark.UNTIL),
    **listed("valtuustokausi valtuustokauden valtuustokaudella valtuustokaudelle valtuustokaudeksi", Role.TERM),
    **listed("valtuustokaudesta", Role.TERM, None, Mark.FROM),
    **listed("valtuustokauteen", Role.TERM, None, Mark.UNTIL),
    **listed("toimintavuoden tilikauden kalenterivuoden", Role.FISCAL),
}

_NUMBERS: Vocabulary = {
    **numbered("yksi/yhden kaksi/kahden kolme/kolmen neljä/neljän viisi/viiden kuusi/kuuden", Role.NUMBER),
    **numbered(
        "ensimmäinen/ensimmäisen/ensimmäisellä/ensimmäisestä toinen/toisen/toisella/toisesta "
        "kolmas/kolmannen/kolmannella/kolmannesta neljäs/neljännen/neljännellä/neljännestä",
        Role.ORDINAL,
    ),
    **listed("jälkimmäinen jälkimmäisen jälkimmäisellä", Role.ORDINAL, 2),
    **listed("seuraava seuraavan seuraavalla seuraavalle seuraavana tuleva tulevan tulevalla", Role.RELATIVE, 1),
    **listed("tulevalle tulevana ensi", Role.RELATIVE, 1),
    **listed("kuluva kuluvan kuluvalla kuluvana nykyinen nykyisen nykyisellä tämä tämän tänä", Role.RELATIVE, 0),
    **listed("viime edellinen edellisen edellisellä edellisenä", Role.RELATIVE, -1),
}

_RHYTHMS: Vocabulary = {
    **listed("kerran", Role.TIMES, 1),
    **listed("kahdesti", Role.TIMES, 2),
    **listed("kolmesti", Role.TIMES, 3),
    **listed("neljästi", Role.TIMES, 4),
    **listed("kerta kertaa krt x", Role.TIMES),
    **listed("joka", Role.EVERY, 1),
    **listed("välein", Role.APART),
    **listed("päivittäin", Role.RHYTHM, Cadence(1, Pace.DAY)),
    **listed("viikoittain viikottain viikoittainen", Role.RHYTHM, Cadence(1, Pace.WEEK)),
    **listed("kuukausittain kuukausittainen", Role.RHYTHM, Cadence(1, Pace.MONTH)),
    **listed("neljännesvuosittain kvartaaleittain", Role.RHYTHM, Cadence(3, Pace.MONTH)),
    **listed("puolivuosittain", Role.RHYTHM, Cadence(6, Pace.MONTH)),
    **listed("vuosittain vuosittainen vuosittaiset vuosittaisesti", Role.RHYTHM, Cadence(1, Pace.YEAR)),
}

_MARKS: Vocabulary = {
    **listed("mennessä", Role.MARK, Side.LEFT, Mark.BY),
    **listed("viimeistään", Role.MARK, Side.RIGHT, Mark.BY),
    **listed("saakka asti", Role.MARK, Side.LEFT, Mark.UNTIL),
    **listed("alkaen lähtien", Role.MARK, Side.LEFT, Mark.FROM),
    **listed("aikaisintaan", Role.MARK, Side.RIGHT, Mark.FROM),
    **listed("alkaessa", Role.MARK, Side.LEFT, Mark.START),
    **listed("alkaa aloitettu aloitetaan aloitus alkanut", Role.MARK, Side.RIGHT, Mark.START),
    **listed("käynnistyy käynnistetään käynnistetty käynnistynyt käynnistys", Role.MARK, Side.RIGHT, Mark.START),
    **listed("päättyy loppuu päättynyt", Role.MARK, Side.RIGHT, Mark.END),
    **listed("päättyessä päätteeksi", Role.MARK, Side.LEFT, Mark.END),
    **listed("jälkeen", Role.MARK, Side.LEFT, Mark.AFTER),
    **listed("ennen", Role.MARK, Side.RIGHT, Mark.BEFORE),
    **listed("välillä välisenä", Role.MARK, Side.LEFT, Mark.BETWEEN),
    **listed("alusta", Role.MARK, Side.LEFT, Mark.AT_START, Mark.FROM),
    **listed("alussa alkuun alkupuolella", Role.MARK, Side.LEFT, Mark.AT_START),
    **listed("alku", Role.MARK, Side.RIGHT, Mark.AT_START),
    **listed("loppuun", Role.MARK, Side.LEFT, Mark.AT_END, Mark.BY),
    **listed("lopussa lopulla loppupuolella", Role.MARK, Side.LEFT, Mark.AT_END),
    **listed("loppu", Role.MARK, Side.RIGHT, Mark.AT_END),
    **listed("puolivälissä puoliväliin puolessavälissä keskivaiheilla", Role.MARK, Side.LEFT, Mark.AT_MIDDLE),
}

_FLAGS: Vocabulary = {
    **listed("jatkuva jatkuvaa jatkuvasti jatkuu toistaiseksi pysyvä pysyvää pysyvästi", Role.ONGOING),
    **listed("määräaikainen määräaikaisia määräaikaiset määräaikaisen määräaikaisena", Role.FIXED_TERM),
    **listed("heti välittömästi", Role.NOW),
    **listed("mahdollisesti esim esimerkiksi ehkä alustavasti alustava arviolta arvio", Role.TENTATIVE),
    **listed("n noin suunnilleen", Role.APPROXIMATE),
    **listed("minimissään vähintään väh ainakin", Role.AT_LEAST),
    **listed("ja sekä", Role.AND),
    **listed("tai", Role.OR),
    **listed("aikana kuluessa mittaan ajalla ajalle koko voimassa voimaan valmis valmiina valmistuu", Role.NOISE),
    **listed("valmiiksi tehty tehdään linjattu päätetty hyväksytty käyttöön käytössä toteutus toteutetaan", Role.NOISE),
    **listed("toteutettu toimenpiteet toimenpide kokous kokoukset kokoontuu tavoite aikataulu klo on", Role.NOISE),
    **listed("talousarvio talousarvion ta tae ts budjetti kevätkokous syyskokous", Role.NOISE),
}

WORDS: Vocabulary = {**_TIMES_OF_YEAR, **_UNITS, **_NUMBERS, **_RHYTHMS, **_MARKS, **_FLAGS}
