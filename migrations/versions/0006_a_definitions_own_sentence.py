"""What a definition adds to a notice; the city's switches

Revision: 0006, after 0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from foundation.orm import UtcDateTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sentence", sa.String(), nullable=True))
    op.create_table(
        "surge_switch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_account.id"], name=op.f("fk_surge_switch_staff_id_staff_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surge_switch")),
    )


def downgrade() -> None:
    op.drop_table("surge_switch")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("sentence")
