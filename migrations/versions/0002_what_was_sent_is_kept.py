"""What was sent is kept

Revision: 0002, after 0001
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from foundation.orm import Json
from foundation.orm import UtcDateTime

revision: str = '0002'
down_revision: str | None = '0001'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('application_submission',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('application_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime, nullable=False),
    sa.Column('answers', Json, nullable=False),
    sa.Column('sources', Json, nullable=False),
    sa.Column('price', Json, nullable=True),
    sa.Column('booking', Json, nullable=True),
    sa.Column('operator_id', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_submission_application_id_application')),
    sa.ForeignKeyConstraint(['operator_id'], ['staff_account.id'], name=op.f('fk_application_submission_operator_id_staff_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_submission')),
    sa.UniqueConstraint('application_id', 'number', name=op.f('uq_application_submission_application_id_number'))
    )


def downgrade() -> None:
    op.drop_table('application_submission')
