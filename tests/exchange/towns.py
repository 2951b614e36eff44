"""A town set up from a profile, into which tests import workbooks on either database."""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cache

from sqlalchemy import Engine, select

from portfolio.cli import database
from portfolio.cli.context import open_engine
from portfolio.core import history
from portfolio.core.database import open_session
from portfolio.core.rights import Actor, Grant, Role, operator
from portfolio.exchange.apply import ByProfile, Import, Options, import_workbook, set_up
from portfolio.exchange.profile import Profile, parse_profile
from portfolio.files.workbook import read_workbook
from portfolio.organisation.models import Municipality
from portfolio.organisation.queries import municipality_by_code
from portfolio.register.models import Initiative
from tests.workbooks import workbook_bytes

START = dt.datetime(2026, 1, 2, 10, tzinfo=dt.UTC)

SET_UP = """
name = "kunta"
language = "fi"

[municipality]
code = "kunta"
number = "999"
name_fi = "Kunta"
name_sv = "Kommun"
season_limits = {syksy = "1.9.-30.11."}
council_terms = [{start = 2025-06-01, end = 2029-05-31}]
unit_level_names = [{fi = "Kunta", sv = "Kommun"}, {fi = "Toimiala"}]

[[unit]]
code = "kunta"
name_fi = "Kunta"
[[unit]]
code = "tekninen"
name_fi = "Tekninen toimiala"
parent = "kunta"
[[unit]]
code = "sivistys"
name_fi = "Sivistystoimiala"
parent = "kunta"

[[post]]
code = "johtaja"
title_fi = "Tekninen johtaja"
unit = "tekninen"

[[portfolio]]
code = "kunta-ohjelma"
prefix = "K"
kind = "action_programme"
name_fi = "Ohjelma"
unit = "kunta"

[[scheme]]
code = "luokka"
name_fi = "Luokka"
  [[scheme.category]]
  code = "hanke"
  name_fi = "Kehittämishanke"
  [[scheme.category]]
  code = "muutos"
  name_fi = "Laajempi muutos"
[[scheme]]
code = "teema"
name_fi = "Teema"
several = true
  [[scheme.category]]
  code = "a"
  name_fi = "Arki"
  [[scheme.category]]
  code = "b"
  name_fi = "Yritykset"

[[funding_source]]
code = "own"
name_fi = "Oma rahoitus"

[[forum]]
code = "kh"
name_fi = "Kunnanhallitus"
kind = "body"
rhythm = "kahden viikon välein"

[[sheet]]
match = "Toimenpiteet"
entity = "initiative"
portfolio = "kunta-ohjelma"
[sheet.columns]
number = ["Nro"]
title_fi = ["Toimenpide"]
unit = ["Vastuualue"]
owner_post = ["Vastuuhenkilö"]
timespan = ["Aikataulu"]
status = ["Tila"]
progress = ["Valmiina"]
completed_on = ["Valmistunut"]
benefits = ["Hyödyt"]
goals = ["Tavoitteet"]
"category:luokka" = ["Luokka"]
"category:teema" = ["Teema"]
forum = ["Foorumi"]
decision = ["Päätös"]
merged_into = ["Yhdistetty"]
publicity = ["Julkisuus"]
[sheet.values.status]
"Menossa" = "under_way"
[sheet.constants]
kind = "measure"
[sheet.identity]
fields = ["number"]
[[sheet.years]]
pattern = "TA {year}"
amount = "planned"
part = "operating"
source = "own"
unit = "teur"

[[sheet]]
match = "Foorumit"
entity = "forum"
optional_sheet = true
[sheet.columns]
name_fi = ["Nimi"]
kind = ["Laji"]
owning_forum = ["Omistaja"]
chair_post = ["Puheenjohtaja"]
[sheet.values.kind]
"toimielin" = "body"
"työryhmä" = "working_group"

[[sheet]]
match = "Päätökset"
entity = "decision"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
reference = ["Viite"]
forum = ["Toimielin"]
date = ["Päivä"]
title_fi = ["Otsikko"]
initiatives = ["Kohteet"]

[[sheet]]
match = "Etapit"
entity = "milestone"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
title_fi = ["Etappi"]
initiative = ["Kohde"]
timespan = ["Milloin"]
receiver = ["Kenelle"]

[[sheet]]
match = "Riippuvuudet"
entity = "dependency"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
predecessor = ["Ensin"]
successor = ["Sitten"]

[[sheet]]
match = "Mittarit"
entity = "indicator"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
initiative = ["Kohde"]
name_fi = ["Mittari"]
[[sheet.years]]
pattern = "Arvo {year}"
amount = "value"

[[sheet]]
match = "Muu"
entity = "unit"
optional_sheet = true
[sheet.columns]
code = ["Tunnus"]
name_fi = ["Yksikkö"]
parent = ["Ylempi"]

[[sheet]]
match = "Virat"
entity = "post"
optional_sheet = true
[sheet.columns]
title_fi = ["Virka"]
unit = ["Yksikkö"]

[[sheet]]
match = "Luokat"
entity = "category"
optional_sheet = true
[sheet.columns]
scheme = ["Luokittelu"]
code = ["Tunnus"]
name_fi = ["Luokka"]

[[sheet]]
match = "Kokoukset"
entity = "meeting"
optional_sheet = true
[sheet.columns]
forum = ["Foorumi"]
date = ["Päivä"]

[[sheet]]
match = "Määräajat"
entity = "recurring_deadline"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
title_fi = ["Asia"]
month = ["Kuukausi"]
day = ["Päivä"]

[[sheet]]
match = "Linkit"
entity = "document_link"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
initiative = ["Kohde"]
title = ["Asiakirja"]
url = ["Osoite"]

[[sheet]]
match = "Rahat"
entity = "budget"
portfolio = "kunta-ohjelma"
optional_sheet = true
[sheet.columns]
initiative = ["Kohde"]
year = ["Vuosi"]
part = ["Osa"]
source = ["Lähde"]
planned = ["Suunniteltu"]
actual = ["Toteuma"]
"""

HEAD = ("Nro", "Toimenpide", "Vastuualue", "Tila", "Valmiina", "TA 2026")
FIRST = ((1, "Kirjasto auki", "tekninen", "Menossa", 10, 5), (2, "Satama", "sivistys", "Proposed", None, "ei tiedossa"))


@dataclass
class Town:
    """The town's database, and a clock that moves an hour with each import."""

    engine: Engine
    profile: Profile
    hours: int = field(default=0)

    def later(self):
        self.hours += 1
        return START + dt.timedelta(hours=self.hours)

    def actor(self, session, *roles, unit=None):
        municipality = self.municipality(session)
        if not roles:
            return operator(self.later(), source="import", source_ref="tiedosto.xlsx").within(municipality.id)
        units = None if unit is None else frozenset({unit})
        grants = tuple(Grant(Role(role), units) for role in roles)
        return Actor(None, "tester", municipality.id, grants, self.later(), source="import")

    @staticmethod
    def municipality(session) -> Municipality:
        return municipality_by_code(session, "kunta")

    def put(self, sheets=None, *, rows=FIRST, head=HEAD, roles=(), unit=None, keep=True, name="tiedosto.xlsx", **more):
        """Import a workbook, by default one sheet of measures, and keep it when nothing is wrong, or when told to."""
        sheets = {"Toimenpiteet": [head, *rows]} if sheets is None else sheets
        profile = more.pop("profile", self.profile)
        workbook = read_workbook(workbook_bytes(sheets), name)
        options = replace(Options(START.date()), **more)
        with open_session(self.engine, write=True) as session:
            actor = self.actor(session, *roles, unit=unit)
            way = ByProfile(profile)
            done: Import = import_workbook(session, actor, self.municipality(session), way, workbook, options)
            if (keep is True and not done.has_errors) or keep == "partial":
                session.commit()
            else:
                session.rollback()
        return done

    def rows(self, model=Initiative, *, at=None):
        with open_session(self.engine, write=False) as session:
            return history.rows(session, model, self.municipality(session).id, at)

    def all(self, model):
        with open_session(self.engine, write=False) as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def revision(self):
        with open_session(self.engine, write=False) as session:
            return history.latest_revision(session)

    def faults(self):
        with open_session(self.engine, write=False) as session:
            return history.verify(session)

    def write(self, operation, *arguments):
        """Call a room's operation as the operator, later than everything so far."""
        with open_session(self.engine, write=True) as session:
            answer = operation(session, self.actor(session), *arguments)
            session.commit()
        return answer


@cache
def set_up_profile():
    """The profile that the town is set up from; nothing changes it."""
    return parse_profile(SET_UP)


def make_town(url):
    """Set the town up in a database with the real tables and no rows."""
    town = open_town(url)
    with open_session(town.engine, write=True) as session:
        set_up(session, operator(START), town.profile, demo=False)
        session.commit()
    return town


def open_town(url):
    """The town of a database in which it was set up."""
    database.metadata()
    return Town(open_engine(url), set_up_profile())
