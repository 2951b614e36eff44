"""Examples of the addresses of import and export."""

from portfolio.exchange.models import ImportNotice
from tests import factories
from tests.exchange.collected import added, create_batch, create_collection, create_export, create_owner
from tests.web.examples import example


@example("exchange.collection", "exchange.collection_files", "exchange.close_collection", "exchange.remind")
def collection(session, municipality):
    found = create_collection(session, municipality_id=municipality.id)
    unit = factories.create_unit(session, municipality_id=municipality.id)
    create_export(session, municipality_id=municipality.id, unit_id=unit.id, collection_id=found.id)
    return {"collection": found.id}


@example("exchange.export", "exchange.export_file", "exchange.close_export")
def export(session, municipality):
    return {"export": create_export(session, municipality_id=municipality.id).id}


@example("exchange.put_away")
def notice(session, municipality):
    """A notice for somebody else: nobody of the town may put it away."""
    create_owner(session, municipality.id, "omistaja@koekunta.example")
    person = factories.create_person(session, municipality_id=municipality.id)
    batch = create_batch(session, municipality_id=municipality.id)
    return {"notice": added(session, ImportNotice(batch_id=batch.id, person_id=person.id, item_ids=[])).id}
