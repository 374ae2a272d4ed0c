"""Places, wishes for them and counted uses

Revision: 0003, after 0002
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from foundation.orm import Json
from foundation.orm import UtcDateTime

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "admission_pool",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("arrivals", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UtcDateTime, nullable=True),
        sa.Column("drawn_by", sa.String(), nullable=True),
        sa.Column("seed", sa.String(), nullable=True),
        sa.Column("drawn_from", Json, nullable=True),
        sa.Column("drawn_from_digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["drawn_by"],
            ["staff_account.id"],
            name=op.f("fk_admission_pool_drawn_by_staff_account"),
        ),
        sa.PrimaryKeyConstraint("procedure", "edition", "pool", name=op.f("pk_admission_pool")),
    )
    op.create_table(
        "admission_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "state IN ('entered', 'placed', 'waiting', 'lost', 'given_up')",
            name=op.f("ck_admission_entry_state_known"),
        ),
        sa.CheckConstraint("takes > 0", name=op.f("ck_admission_entry_takes_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_admission_entry_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["procedure", "edition", "pool"],
            ["admission_pool.procedure", "admission_pool.edition", "admission_pool.pool"],
            name="fk_admission_entry_pool",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_entry")),
    )
    with op.batch_alter_table("admission_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_admission_entry_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            "ix_admission_entry_queue",
            ["procedure", "edition", "pool", "state", "turn"],
            unique=False,
        )

    op.create_table(
        "admission_use",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_admission_use_number_positive")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_admission_use_application_id_application"),
        ),
        sa.PrimaryKeyConstraint(
            "procedure", "digest", "since", "number", name=op.f("pk_admission_use")
        ),
    )
    with op.batch_alter_table("admission_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_admission_use_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "admission_seat",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_admission_seat_number_positive")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["admission_entry.id"],
            name=op.f("fk_admission_seat_entry_id_admission_entry"),
        ),
        sa.PrimaryKeyConstraint(
            "procedure", "edition", "pool", "number", name=op.f("pk_admission_seat")
        ),
    )
    with op.batch_alter_table("admission_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_admission_seat_entry_id"), ["entry_id"], unique=False)



def downgrade() -> None:
    with op.batch_alter_table("admission_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_admission_seat_entry_id"))

    op.drop_table("admission_seat")
    with op.batch_alter_table("admission_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_admission_use_application_id"))

    op.drop_table("admission_use")
    with op.batch_alter_table("admission_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_admission_entry_queue")
        batch_op.drop_index(batch_op.f("ix_admission_entry_application_id"))

    op.drop_table("admission_entry")
    op.drop_table("admission_pool")
