"""The words by which people fill closed lists, tell money and mark rows that are no data; as `norm` gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType


def _by_word(text: str) -> Mapping[str, str]:
    """Read lines of a code and the words for it; a line further in goes on."""
    found: dict[str, str] = {}
    code = ""
    for line in text.splitlines():
        words = line.strip()
        if words and len(line) - len(line.lstrip()) == _CODE:
            code, _, words = words.partition(" ")
        found |= {one.strip(): code for one in words.split(",") if one.strip()}
    return MappingProxyType(found)


_CODE = 4


def _words(*lines: str) -> frozenset[str]:
    return frozenset(one.strip() for line in lines for one in line.split(","))


STATUSES = _by_word(
    """
    proposed kirjattu, ei aloitettu, aloittamatta, suunniteltu, ehdotus, esitetty, idea, uusi, alkamatta, odottaa, ej
        påbörjad, inte påbörjad, planerad, förslag, ny, not started, planned, proposal, new
    in_preparation valmistelussa, suunnitteilla, suunnittelussa, valmistelu, suunnittelu, under beredning, bereds,
        planeras, planering, in planning, being prepared, preparation
    approved hyväksytty, päätetty, vahvistettu, godkänd, beslutad, accepted, decided
    under_way käynnissä, menossa, kesken, meneillään, toteutuksessa, toteutus, aloitettu, työn alla, etenee,
        aktiivinen, pågår, pågående, igång, påbörjad, genomförs, ongoing, in progress, started, underway, active
    completed valmis, valmistunut, toteutunut, toteutettu, päättynyt, päätetty hanke, tehty, ok, klar, färdig,
        slutförd, genomförd, avslutad, done, complete, finished, closed, ready
    in_use käytössä, otettu käyttöön, i bruk, i användning
    established vakiintunut, vakinaistettu, jatkuva toiminta, etablerad, permanentad
    paused keskeytetty, tauolla, odottamassa, jäissä, pausad, avbruten tills vidare, on hold, suspended
    stopped lopetettu, peruttu, ei toteudu, luovuttu, rauennut, avslutad i förtid, inställd, slopad, cancelled,
        canceled, terminated
    rejected hylätty, ei hyväksytty, avslagen, förkastad, declined
    """
)
"""What people write in place of our statuses. Colours such as "vihreä" are no status: they judge, they do not tell."""

KINDS = _by_word(
    """
    project projekti, kehittämishanke, investointihanke, projekt, utvecklingsprojekt
    measure åtgärd, kehittämistoimenpide, action, activity
    need tarve, behov
    """
)

PLACEHOLDERS = _words(
    "-, –, —, --, ---, ?, ??, n/a, na, n.a, ei sovellu, valitse, valitse listalta, valitse vaihtoehto, täytä, xxx, tbd",
    "kirjoita tähän, e.t, i.u, välj, välj från listan, fyll i, please choose, choose, select, please select",
    "click to choose, tba",
)
"""Leftovers of a form that say nothing, as `norm` gives them."""

UNKNOWN_AMOUNTS = frozenset(
    {"?", "??", "avoin", "auki", "tarkentuu", "selvitettävä", "selvitetään", "öppen", "tbd", "open"}
)

TOTALS = (
    r"(?i)^(?:kaikki |koko \w+ )?(?:yhteensä|välisumma|loppusumma|kokonaissumma|summa|summat|yht\.?|totalt|sammanlagt|"
    r"delsumma|slutsumma|total|totals|subtotal|sub-total|grand total|sum)(?:[\s:.,].*)?$"
)
TOTALS_AFTER = r"(?i)^.{1,80}[\s,:–-]+(?:yhteensä|yht\.?|totalt|sammanlagt|total|subtotal)\s*:?$"
"""A sum's words, alone or behind what is summed: "Yhteensä", "Sivistys yhteensä"."""

CONTINUED = (
    r"(?i)(?:[(\[]\s*(?:jatkoa?|jatk\.?|forts(?:\.|ättning)?|cont(?:\.|inued|'d)?)[\s.…]*[)\]]\s*$"
    r"|(?:^|[-–—:,]\s)\s*(?:jatkoa|jatk\.|forts\.|cont\.|continued)[\s.…]*$)"
)
"""What a row says that goes on with the one above: "(jatkoa)", "Torin uudistus – forts."."""

AMOUNT_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "forecast": re.compile(r"\b(?:ennust|prognos|forecast)"),
        "actual": re.compile(
            r"\b(?:toteum|toteutu[nm]|tilinpäätö|tp\b|käytetty|utfall|bokslut|förverklig|använt|actual|spent|realis)"
        ),
        "planned": re.compile(
            r"\b(?:ta\b|ta(?=\d)|ts\b|ts(?=\d)|kustannu|meno|määrärah|budj|budg|talousarvi|taloussuunn|suunnit|anslag|"
            r"kostnad|plan|cost|appropr|rahoitus|finansier|fund|hinta|pris|arvio)"
        ),
    }
)
PART_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "investment": re.compile(r"\binvest|\bpääoma|\bcapital|\bcapex"),
        "operating": re.compile(r"\bkäyttötal|\bkäyttömen|\btoimintamen|\bdrift|\boperat|\bopex|\brunning"),
    }
)
SOURCE_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "external": re.compile(
            r"\bulkopuol|\bulkoi|\beu\b|\beu-|\beakr|\besr|\bvaltio|\bavustu|\bhankeraho|\bextern|\bstatlig|\bbidrag|\bgrant"
        ),
        "own": re.compile(r"\boma\b|\bomarahoit|\bkaupungin\b|\bkunnan\b|\bkuntaosuu|\begen\b|\bown\b|\bmunicipal"),
    }
)
UNIT_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "meur": re.compile(r"\bmilj|\bm ?€|\bm ?eur|\bmiljoon|\bmillion|\bmn\b"),
        "teur": re.compile(r"\b1 ?000\b|\b[tk] ?€|\b[tk] ?eur|\btuha[tn]|\btusen|\bthousand|\bte\b"),
        "eur": re.compile(r"€|\beur|\beuro"),
    }
)
PER_CENT = re.compile(r"%|\bprosen|\bprocent|\bpercent|\bpct\b")
YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\d)")
BARE_YEAR = re.compile(r"(?:v\.? ?|vuosi |vuonna |vuoden |år |year )?(?:19|20)\d\d")
SHORT_YEAR = re.compile(r"\b(?:ta|ts|tp|tot|budget|bg)\s?[-'’]?(\d\d)\b")
NOTE = re.compile(
    r"(?i)^\W*(?:huom|selit|lähde|lähteet|koodit|tilakoodit|merkin|lyhen|ohje|anm|förklar|källa|koder|note|legend|source|"
    r"codes|\*)"
)
