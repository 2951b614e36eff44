from tests import factories
from tests.web.examples import example


@example("organisation.edit_unit", "organisation.remove_unit", "organisation.restore_unit")
def unit(session, municipality):
    return {"unit": factories.create_unit(session, municipality_id=municipality.id).id}


@example(
    "organisation.edit_post",
    "organisation.remove_post",
    "organisation.restore_post",
    "organisation.add_holder",
)
def post(session, municipality):
    return {"post": factories.create_post(session, municipality_id=municipality.id).id}


@example("organisation.edit_holding", "organisation.remove_holding", "organisation.restore_holding")
def holding(session, municipality):
    home = {"municipality_id": municipality.id}
    place, person = factories.create_post(session, **home), factories.create_person(session, **home)
    return {"holding": factories.create_holding(session, **home, post_id=place.id, person_id=person.id).id}


@example("organisation.edit_person", "organisation.erase_person")
def person(session, municipality):
    return {"person": factories.create_person(session, municipality_id=municipality.id).id}
