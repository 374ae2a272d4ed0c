"""The blueprint that the pages of this feature share, and who may open them."""

from flask import Blueprint

from auth.staff.roles import Role

blueprint = Blueprint("finance", __name__, url_prefix="/finance")

#: Those who look.
READERS = (Role.FINANCE, Role.FINANCE_APPROVER, Role.AUDITOR)
#: Those who import, ask for refunds and clear differences.
WORKERS = (Role.FINANCE, Role.FINANCE_APPROVER)
