"""The procedures as pages offer them at this moment."""

from flask import abort

from portal.context import current_portal
from portal.forms import Procedure
from portal.surge.service import procedure_now


def offered(procedure_id: str) -> Procedure:
    """The procedure of an address, eased while the surge is on; 404 where there is none."""
    portal = current_portal()
    with portal.database.reading() as db:
        return procedure_now(db, portal.catalogue, procedure_id) or abort(404)
