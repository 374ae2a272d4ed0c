"""What the worker ends because nobody did in time."""

from sqlalchemy import select

from foundation.clock import jst_date
from payments.claims.models import Claim, ClaimState
from payments.claims.standing import standings
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
        # Whoever has one of the two locked is paying or withdrawing this moment.
        rows = session.execute(
            select(Application, Claim.id)
            .join(Claim, Claim.subject == SUBJECT_PREFIX + Application.id)
            .where(
                Application.state == State.AWAITING_PAYMENT,
                Claim.state == ClaimState.OPEN,
                Claim.due_on < jst_date(now),
            )
            .with_for_update(of=(Application, Claim), skip_locked=True)
        ).all()
        # A claim that was paid before a correction raised the fee is past its day, and not open.
        stand = standings(session, [claim_id for _, claim_id in rows])
        overdue = {
            application.id: application
            for application, claim_id in rows
            if stand[claim_id].outstanding > 0
        }
        for application in overdue.values():
            advance(session, payments.events, application, Event.LAPSE, SYSTEM, now=now)
        return len(overdue)
