"""What the worker ends because nobody did in time."""

from sqlalchemy import select

from foundation.clock import jst_date
from payments.claims.models import Claim, ClaimState
from payments.context import Payments
from portal.applications.actors import SYSTEM
from portal.applications.life import advance
from portal.applications.models import Application
from portal.applications.states import Event, State
from portal.applications.submission import SUBJECT_PREFIX


def lapse_unpaid(payments: Payments) -> int:
    """Let applications lapse whose fee is still open after its due day (納期限) in Japan.

    Returns how many. Money that is on its way all the same comes back by itself.
    """
    now = payments.clock()
    with payments.database.transaction() as session:
        overdue = session.scalars(
            select(Application)
            .join(Claim, Claim.subject == SUBJECT_PREFIX + Application.id)
            .where(
                Application.state == State.AWAITING_PAYMENT,
                Claim.state == ClaimState.OPEN,
                Claim.due_on < jst_date(now),
            )
            .with_for_update(of=Application, skip_locked=True)
        ).unique()
        count = 0
        for application in overdue:
            advance(session, payments.events, application, Event.LAPSE, SYSTEM, now=now)
            count += 1
        return count
