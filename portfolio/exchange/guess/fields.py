"""The words by which people head their columns: Finnish, Swedish, English, as `norm` gives them.

A field's block has a line a language; a word that stands in several blocks may mean any of them, and the values tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from portfolio.exchange.columns import Entity
from portfolio.exchange.profile import END, START

Words: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The words of each field by language."""


def _table(text: str) -> Words:
    """Read blocks of a field's name and, further in, "fi one, two" and so on; a line still further in goes on."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    field = language = ""
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip())
        if not line.strip():
            continue
        if depth == _FIELD:
            field = line.strip()
            found[field] = {}
            continue
        words = line.strip()
        if depth == _LANGUAGE:
            language, _, words = words.partition(" ")
        some = tuple(one.strip() for one in words.split(",") if one.strip())
        found[field][language] = (*found[field].get(language, ()), *some)
    return MappingProxyType(found)


_FIELD, _LANGUAGE = 4, 8

INITIATIVE = _table(
    """
    number
        fi nro, nr, numero, no, n:o, #, tunnus, tunniste, id, koodi, hankenro, hankenumero, hankekoodi,
           projektinro, toimenpidenumero, toimenpiteen numero, järjestysnumero, jnro, juokseva numero, kohta
        sv nummer, nr, löpnummer, åtgärdsnummer, projektnummer, kod, beteckning
        en number, no, id, code, project number, project no, project id, ref
    title_fi
        fi toimenpide, hanke, projekti, kehittämistoimenpide, kehittämishanke, kehittämiskohde, kehityskohde,
           nimi, otsikko, toimenpiteen nimi, hankkeen nimi, projektin nimi, nimi suomeksi, toimenpiteet,
           hankkeet, tarve, kehittämistarve, tarpeen nimi, tehtävä, toimi, aihe, asia, hanke/toimenpide,
           toimenpide/hanke, kehitystoimi, kehittämistoimi, kehitystoimenpide, investointikohde, kohde,
           investointi, toimenpiteen kuvaus/nimi
        sv åtgärd, projekt, åtgärder, utvecklingsåtgärd, utvecklingsobjekt, utvecklingsprojekt, namn, rubrik,
           titel, åtgärdens namn, projektnamn, projektets namn, behov, uppgift, ärende, namn på finska
        en title, name, project, measure, action, initiative, project name, project title, need, activity, task,
           name of the project, name of the measure, title in finnish
    title_sv
        fi nimi ruotsiksi, otsikko ruotsiksi, toimenpide ruotsiksi, ruotsinkielinen nimi
        sv åtgärd, namn på svenska, rubrik på svenska, på svenska, svenskt namn, åtgärd på svenska
        en title in swedish, name in swedish
    summary_fi
        fi kuvaus, sisältö, lyhyt kuvaus, toimenpiteen kuvaus, hankkeen kuvaus, tiivistelmä, kuvaus ja sisältö,
           toimenpiteen sisältö, selitys
        sv beskrivning, innehåll, sammanfattning, kort beskrivning, beskrivning av åtgärden
        en description, summary, content, short description, summary in finnish
    summary_sv
        fi kuvaus ruotsiksi, tiivistelmä ruotsiksi
        sv beskrivning på svenska
        en summary in swedish
    kind
        fi laji, tyyppi, hanketyyppi, toimenpidetyyppi
        sv typ, art, slag, projekttyp
        en kind, type
    status
        fi tila, tilanne, status, vaihe, toteutustilanne, toteutumistilanne, toteutuksen tila, tilanne nyt,
           hankkeen tila, toteutumisen tila, toteutusvaihe, hankkeen vaihe
        sv läge, status, skede, fas, nuläge för åtgärden, genomförandeläge, situation
        en status, state, phase, stage, progress status
    spearhead
        fi kärkihanke, kärki, kärkitoimenpide
        sv spetsprojekt, spets
        en spearhead, flagship, spearhead project
    unit
        fi yksikkö, vastuuyksikkö, toimiala, palvelualue, vastuualue, vastuutaho, osasto, tulosalue,
           palvelukeskus, palvelukokonaisuus, organisaatio, vastuuorganisaatio, vastuutoimiala, omistava
           yksikkö, toimija, hallinnonala
        sv enhet, ansvarig enhet, sektor, avdelning, serviceområde, bransch, ansvarsområde, ansvarig sektor,
           organisation, verksamhetsområde, förvaltning
        en unit, department, service area, division, responsible unit, organisation, sector
    owner_post
        fi vastuuhenkilö, vastuutaho, vastuullinen, vastuu, omistaja, vastuuvirka, vetäjä, projektipäällikkö,
           vastuuhenkilöt, vastuullinen taho, vastuutahot, toteutusvastuu, hankkeen omistaja,
           vastuuhenkilö/virka, vastuuviranhaltija, virka
        sv ansvarig, ansvarsperson, ansvarig person, ägare, ansvar, ansvarig tjänst, ansvariga, ansvarig
           tjänsteinnehavare, projektledare, befattning
        en owner, responsible, responsible person, person in charge, lead, project manager, responsible post,
           responsibility
    contact_post
        fi lisätietojen antaja, yhteyshenkilö, lisätietoja antaa, yhteystaho, varahenkilö, varalla
        sv kontaktperson, mer information, ersättare, kontakt
        en contact, contact person, contact for more information, deputy
    timespan
        fi aikataulu, ajankohta, aika, toteutusaika, toteutumisaika, toteutusajankohta, ajoitus, kesto,
           toteutusvuosi, toteutusaikataulu, milloin, aikajänne, vuosi, vuodet
        sv tidtabell, tidpunkt, tidsplan, tid, tidsperiod, genomförandetid, tidsram, när, år, period
        en schedule, time, timing, period, timetable, when, timeline, time frame, year
    timespan:start
        fi alku, alkaa, aloitus, alkupvm, aloituspvm, alkamispäivä, alkamispvm, alkamisaika, alkaen,
           aloitusvuosi, alkuvuosi, aloitusaika, alkupäivä, käynnistyy
        sv start, startdatum, börjar, inleds, startår, startdag, inledning, från
        en start, start date, begins, from, start year, starts, begin
    timespan:end
        fi loppu, päättyy, päättyminen, loppupvm, päättymispvm, päättymispäivä, määräaika, deadline, takaraja,
           valmistuu, lopetus, loppuvuosi, asti, loppupäivä, päättymisaika, lopetuspvm, valmis viimeistään,
           valmistumisarvio
        sv slut, slutdatum, avslutas, upphör, slutår, tidsfrist, slutdag, senast, till
        en end, end date, ends, due, due date, deadline, until, end year, finish
    present_state
        fi nykytila, nykytilanne, lähtötilanne
        sv nuläge, nuvarande läge
        en present state, current state
    target_state
        fi tavoitetila, tavoiteltu tila
        sv målbild, måltillstånd
        en target state, desired state
    goals
        fi tavoite, tavoitteet, tarve ja tavoitteet, päämäärä, tarve ja tavoite, perustelu, perustelut
        sv mål, målsättning, målsättningar, behov och mål, motivering
        en goal, goals, objective, objectives, aim, aims, need and goals, rationale
    solution
        fi ratkaisu, toteutustapa, keinot, toteutus, menettelytavat
        sv lösning, genomförande
        en solution, approach
    results
        fi tulokset, tuotokset, lopputulos, tulos, odotetut tulokset
        sv resultat, utfall av åtgärden
        en results, outputs, outcome, outcomes, deliverables
    done_so_far
        fi mitä on tehty, tehty, tehdyt toimet, tilannekatsaus, toteutuneet toimet, tehty tällä kaudella,
           toteutuminen, edistyminen sanallisesti, raportointi, seuranta
        sv vad har gjorts, gjort, utfört, genomfört hittills, uppföljning, lägesrapport
        en done so far, done, progress report, what has been done, follow-up
    continues
        fi jatkuu, jatko, jatkotoimet, jatkotoimenpiteet
        sv fortsätter, fortsättning
        en continues, next steps
    out_of_scope
        fi rajaukset, rajaus, ei sisälly
        sv avgränsningar, avgränsning
        en out of scope
    reach
        fi laajuus
        sv omfattning
        en scope, reach
    benefits
        fi hyödyt, hyöty
        sv nytta, nyttor
        en benefits, benefit
    source
        fi lähde, alkuperä, mistä aloite, aloitteen lähde, peruste
        sv källa, ursprung, initiativ från
        en source, origin
    carried_by
        fi toteuttava hanke, toteuttaja, toteuttava ohjelma
        sv genomförare, genomförs av
        en carried by, implemented by
    core_process
        fi ydinprosessi
        sv kärnprocess
        en core process
    budget_effect
        fi budjettivaikutus, talousarviovaikutus, vaikutus talousarvioon, vaikutus budjettiin
        sv budgeteffekt, budgetpåverkan
        en budget effect, budget impact
    permanent_need
        fi pysyvä tarve, pysyvä määrärahatarve
        sv permanent behov
        en permanent need
    training_plan
        fi koulutus ja tuki, koulutussuunnitelma, koulutus
        sv utbildningsplan, utbildning
        en training plan
    completed_on
        fi valmistunut, valmistumispäivä, valmistumispvm, valmis pvm, päättynyt, toteutunut pvm
        sv slutförd, slutförd den, färdigställd, avslutad den
        en completed on, completed, completion date, date completed
    in_use_on
        fi käyttöönotto, käyttöönottopäivä, otettu käyttöön
        sv ibruktagen, ibruktagande
        en taken into use, in use on
    progress
        fi valmiusaste, edistyminen, valmiina, toteutumisaste, valmius, toteuma-%, edistymä, valmiusprosentti,
           valmis-%
        sv färdighetsgrad, framskridande, färdigt, klart, framsteg, genomförandegrad
        en progress, complete, percent complete, completion, degree of completion
    ledger_number
        fi projektinumero kirjanpidossa, kirjanpidon tunniste, kustannuspaikka, projektitunniste, sisäinen
           tilaus
        sv bokföringsnummer, kostnadsställe
        en ledger project number, ledger number, cost centre
    publicity
        fi julkisuus
        sv offentlighet
        en publicity
    notes
        fi huom, huomautus, huomautukset, huomiot, lisätiedot, kommentti, kommentit, muuta, lisätieto,
           huomioita, muistiinpanot
        sv anm, anmärkning, anmärkningar, obs, kommentar, kommentarer, övrigt, noteringar, tilläggsuppgifter
        en notes, note, comment, comments, remarks, other, additional information
    decision
        fi päätös, päätökset, päätösviite
        sv beslut
        en decision, decisions
    forum
        fi foorumi, käsittelevä foorumi, toimielin, johtamisfoorumi, käsittelypaikka
        sv forum, organ, behandlande forum
        en forum, handling forum, body
    """
)

_MILESTONE_ONLY = _table(
    """
    title_fi
        fi etappi, välitavoite, virstanpylväs, välietappi, osatehtävä, työvaihe
        sv etapp, delmål, milstolpe, arbetsskede
        en milestone, step, deliverable
    initiative
        fi toimenpide, hanke, projekti, kehittämiskohde, kehittämistoimenpide, kohde, toimenpiteen nimi,
           hankkeen nimi, nimi
        sv åtgärd, projekt, utvecklingsobjekt, objekt, projektnamn
        en item, project, measure, initiative, action
    receiver
        fi kenelle, vastaanottaja
        sv till vem, mottagare
        en receiver, recipient
    """
)

BUDGET = _table(
    """
    initiative
        fi toimenpide, hanke, projekti, kehittämiskohde, kehittämistoimenpide, kohde, toimenpiteen nimi,
           hankkeen nimi, nimi
        sv åtgärd, projekt, utvecklingsobjekt, objekt, projektnamn
        en item, project, measure, initiative, action
    year
        fi vuosi, talousarviovuosi, budjettivuosi
        sv år, budgetår
        en year, budget year
    part
        fi osa, budjetin osa, talousarvion osa, käyttötalous/investointi
        sv budgetdel, del
        en budget part, part
    source
        fi rahoituslähde, rahoitus, lähde, rahoittaja
        sv finansieringskälla, finansiering
        en funding source, funding
    planned
        fi suunniteltu, talousarvio, määräraha, budjetti, budjetoitu, kustannusarvio
        sv planerad, budget, anslag, budgeterat
        en planned, budget, appropriation, budgeted
    forecast
        fi ennuste
        sv prognos
        en forecast
    actual
        fi toteuma, toteutunut, käytetty
        sv utfall, förverkligat
        en actual, spent
    """
)

MILESTONE: Words = MappingProxyType(
    {**_MILESTONE_ONLY, **{one: INITIATIVE[one] for one in ("timespan", START, END, "completed_on")}}
)
FIELDS: Mapping[Entity, Words] = MappingProxyType(
    {Entity.INITIATIVE: INITIATIVE, Entity.MILESTONE: MILESTONE, Entity.BUDGET: BUDGET}
)
