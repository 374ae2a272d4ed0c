"""Links by mail and further keys to an application

Revision: 0004, after 0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from foundation.orm import UtcDateTime

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "application_key",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_key_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_application_key")),
    )
    with op.batch_alter_table("application_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_key_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "mail_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("expires_at", UtcDateTime, nullable=True),
        sa.Column("used_at", UtcDateTime, nullable=True),
        sa.CheckConstraint(
            "purpose IN ('begin', 'resume')", name=op.f("ck_mail_link_purpose_known")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_mail_link_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_mail_link_digest")),
    )
    with op.batch_alter_table("mail_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mail_link_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index("ix_mail_link_asked", ["address_key", "asked_at"], unique=False)

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified_email", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_column("verified_email")

    with op.batch_alter_table("mail_link", schema=None) as batch_op:
        batch_op.drop_index("ix_mail_link_asked")
        batch_op.drop_index(batch_op.f("ix_mail_link_application_id"))

    op.drop_table("mail_link")
    with op.batch_alter_table("application_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_key_application_id"))

    op.drop_table("application_key")
