"""The first schema

Revision: 0001, after
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from foundation.orm import Json
from foundation.orm import UtcDateTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


#: The ledger is append-only, balanced and chained by the database itself.
SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER ledger_posting_no_update BEFORE UPDATE ON ledger_posting
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TRIGGER ledger_posting_no_delete BEFORE DELETE ON ledger_posting
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TRIGGER ledger_posting_sealed BEFORE INSERT ON ledger_posting
    WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.entry_seq)
    BEGIN SELECT RAISE(ABORT, 'the ledger entry is sealed'); END
    """,
    """
    CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """,
    """
    CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry
    WHEN (SELECT COUNT(*) FROM ledger_posting WHERE entry_seq = NEW.seq) < 2
      OR (SELECT SUM(amount) FROM ledger_posting WHERE entry_seq = NEW.seq) <> 0
    BEGIN SELECT RAISE(ABORT, 'the ledger entry does not balance'); END
    """,
    """
    CREATE TRIGGER ledger_entry_chained BEFORE INSERT ON ledger_entry
    WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry)
      OR NEW.previous <> COALESCE(
           (SELECT digest FROM ledger_entry ORDER BY seq DESC LIMIT 1), NEW.previous)
    BEGIN SELECT RAISE(ABORT, 'the ledger entry is not the next in the chain'); END
    """,
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
    """,
    """
    CREATE OR REPLACE FUNCTION ledger_posting_open() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.entry_seq) THEN
        RAISE EXCEPTION 'the ledger entry is sealed';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER ledger_posting_no_truncate BEFORE TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER ledger_posting_sealed BEFORE INSERT ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_posting_open()
    """,
    """
    CREATE OR REPLACE FUNCTION ledger_entry_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      lines bigint;
      total numeric;
      last record;
    BEGIN
      SELECT COUNT(*), SUM(amount) INTO lines, total
        FROM ledger_posting WHERE entry_seq = NEW.seq;
      IF lines < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'the ledger entry does not balance';
      END IF;
      SELECT seq, digest INTO last FROM ledger_entry ORDER BY seq DESC LIMIT 1;
      IF NEW.seq <> COALESCE(last.seq, 0) + 1
         OR NEW.previous <> COALESCE(last.digest, NEW.previous) THEN
        RAISE EXCEPTION 'the ledger entry is not the next in the chain';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
    """,
    """
    CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
    """,
    """
    CREATE TRIGGER ledger_entry_sealed BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_seal()
    """,
)


def upgrade() -> None:
    op.create_table(
        "booking",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("facility", sa.String(), nullable=False),
        sa.Column("facility_title", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("room_title", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slots", Json, nullable=False),
        sa.Column("resources", Json, nullable=False),
        sa.Column("base_price", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("held_until", UtcDateTime, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'pending_payment', 'confirmed', 'used', 'cancelled', 'released')",
            name=op.f("ck_booking_state_known"),
        ),
        sa.CheckConstraint("base_price >= 0", name=op.f("ck_booking_base_price_not_negative")),
        sa.CheckConstraint("hold_minutes > 0", name=op.f("ck_booking_hold_minutes_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_booking_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index("ix_booking_deadline", ["state", "held_until"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("established_at", UtcDateTime, nullable=False),
        sa.Column("cancelled_at", UtcDateTime, nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'cancelled')", name=op.f("ck_claim_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("reference", name=op.f("uq_claim_reference")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_subject"), ["subject"], unique=False)

    op.create_table(
        "definition_snapshot",
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("kept_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("checksum", name=op.f("pk_definition_snapshot")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("done_at", UtcDateTime, nullable=True),
        sa.Column("dead_at", UtcDateTime, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_message_waiting", ["done_at", "dead_at", "due_at"], unique=False
        )

    op.create_table(
        "remittance",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("booked_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("gross - fee = net", name=op.f("ck_remittance_net_is_gross_less_fee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittance")),
    )
    op.create_table(
        "resident",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_kana", sa.String(), nullable=True),
        sa.Column("given_kana", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("household_id", sa.String(), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("of_city", sa.Boolean(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "sex IN ('male', 'female', 'unknown')", name=op.f("ck_resident_sex_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
    )
    with op.batch_alter_table("resident", schema=None) as batch_op:
        batch_op.create_index("ix_resident_birth_date", ["birth_date"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resident_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "settlement_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", UtcDateTime, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "format IN ('stripe_transactions', 'stripe_payouts', 'paypay_transactions', 'zengin_deposits')",
            name=op.f("ck_settlement_file_format_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_settlement_file_sha256")),
    )
    with op.batch_alter_table("settlement_file", schema=None) as batch_op:
        batch_op.create_index(
            "ix_settlement_file_period", ["source", "first_day", "last_day"], unique=False
        )

    op.create_table(
        "staff_account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("totp_secret", sa.String(), nullable=False),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("disabled_at", UtcDateTime, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("login = lower(login)", name=op.f("ck_staff_account_login_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_account")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_account_login")),
    )
    op.create_table(
        "staff_sign_in_throttle",
        sa.Column("login_digest", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure_at", UtcDateTime, nullable=False),
        sa.Column("locked_until", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("login_digest", name=op.f("pk_staff_sign_in_throttle")),
    )
    op.create_table(
        "till",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("return_url", sa.String(), nullable=True),
        sa.Column("provider_reference", sa.String(), nullable=True),
        sa.Column("transaction_id", sa.String(), nullable=True),
        sa.Column("pay_url", sa.String(), nullable=True),
        sa.Column("qr_text", sa.String(), nullable=True),
        sa.Column("expires_at", UtcDateTime, nullable=True),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("till_id", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=True),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("succeeded_at", UtcDateTime, nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("flag", sa.String(), nullable=True),
        sa.Column("flagged_at", UtcDateTime, nullable=True),
        sa.Column("next_check_at", UtcDateTime, nullable=True),
        sa.CheckConstraint(
            "channel IN ('online', 'counter')", name=op.f("ck_attempt_channel_known")
        ),
        sa.CheckConstraint(
            "flag IN ('amount', 'currency', 'merchant', 'reference', 'transaction_missing', 'transaction_booked')",
            name=op.f("ck_attempt_flag_known"),
        ),
        sa.CheckConstraint(
            "method IN ('card', 'qr', 'cash')", name=op.f("ck_attempt_method_known")
        ),
        sa.CheckConstraint(
            "state IN ('created', 'started', 'succeeded', 'failed', 'cancelled', 'expired')",
            name=op.f("ck_attempt_state_known"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_attempt_amount_positive")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_attempt_claim_id_claim")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_attempt_till_id_till")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_attempt_idempotency_key")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attempt_next_check_at"), ["next_check_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_attempt_transaction_id"), ["transaction_id"], unique=False
        )

    op.create_table(
        "bank_deposit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("edi", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("remittance_id", sa.String(), nullable=True),
        sa.Column("in_suspense", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_bank_deposit_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["settlement_file.id"],
            name=op.f("fk_bank_deposit_file_id_settlement_file"),
        ),
        sa.ForeignKeyConstraint(
            ["remittance_id"],
            ["remittance.id"],
            name=op.f("fk_bank_deposit_remittance_id_remittance"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_deposit")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_deposit_key")),
    )
    with op.batch_alter_table("bank_deposit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_deposit_remittance_id"), ["remittance_id"], unique=False
        )

    op.create_table(
        "booking_slot",
        sa.Column("resource", sa.String(), nullable=False),
        sa.Column("slot_start", UtcDateTime, nullable=False),
        sa.Column("slot_end", UtcDateTime, nullable=False),
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.CheckConstraint("slot_end > slot_start", name=op.f("ck_booking_slot_slot_has_length")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
            name=op.f("fk_booking_slot_booking_id_booking"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resource", "slot_start", name=op.f("pk_booking_slot")),
    )
    with op.batch_alter_table("booking_slot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_booking_slot_booking_id"), ["booking_id"], unique=False
        )

    op.create_table(
        "claim_line",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_claim_line_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_line_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("pk_claim_line")),
    )
    op.create_table(
        "counter_sitting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("till", sa.String(), nullable=False),
        sa.Column("applicant_id", sa.String(), nullable=True),
        sa.Column("identified_by", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["resident.id"], name=op.f("fk_counter_sitting_applicant_id_resident")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_account.id"],
            name=op.f("fk_counter_sitting_staff_id_staff_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_sitting")),
    )
    with op.batch_alter_table("counter_sitting", schema=None) as batch_op:
        batch_op.create_index("ix_counter_sitting_open", ["staff_id", "ended_at"], unique=False)

    op.create_table(
        "ledger_entry",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("posted_at", UtcDateTime, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("cause_kind", sa.String(), nullable=False),
        sa.Column("cause_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_ledger_entry_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_ledger_entry_id")),
        sa.UniqueConstraint(
            "rule", "cause_kind", "cause_id", name=op.f("uq_ledger_entry_rule_cause_kind_cause_id")
        ),
    )
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_entry_cause", ["cause_kind", "cause_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_entry_day"), ["day"], unique=False)

    op.create_table(
        "resident_link",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("resident_id", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("last_used_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_resident_link_resident_id_resident")
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_resident_link")),
    )
    with op.batch_alter_table("resident_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_resident_link_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "settlement_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=True),
        sa.Column("refund_id", sa.String(), nullable=True),
        sa.Column("provider_refund_id", sa.String(), nullable=True),
        sa.Column("batch", sa.String(), nullable=True),
        sa.Column("payout_on", sa.Date(), nullable=True),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("remittance_id", sa.String(), nullable=True),
        sa.Column("matched", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('payment', 'refund', 'adjustment', 'fee', 'payout')",
            name=op.f("ck_settlement_line_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["settlement_file.id"],
            name=op.f("fk_settlement_line_file_id_settlement_file"),
        ),
        sa.ForeignKeyConstraint(
            ["remittance_id"],
            ["remittance.id"],
            name=op.f("fk_settlement_line_remittance_id_remittance"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_line")),
        sa.UniqueConstraint("provider", "key", name=op.f("uq_settlement_line_provider_key")),
    )
    with op.batch_alter_table("settlement_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_settlement_line_batch", ["provider", "remittance_id", "batch"], unique=False
        )
        batch_op.create_index("ix_settlement_line_matched", ["matched", "provider"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_settlement_line_remittance_id"), ["remittance_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_settlement_line_transaction_id"), ["transaction_id"], unique=False
        )

    op.create_table(
        "staff_role",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.CheckConstraint(
            "role IN ('counter', 'case_worker', 'decision_maker', 'finance', 'finance_approver', 'auditor', 'administrator')",
            name=op.f("ck_staff_role_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_account.id"], name=op.f("fk_staff_role_staff_id_staff_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint(
            "staff_id", "role", "department", name=op.f("uq_staff_role_staff_id_role_department")
        ),
    )
    with op.batch_alter_table("staff_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_role_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "till_count",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("till_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("counted_by", sa.String(), nullable=False),
        sa.Column("counted_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_till_count_counted_not_negative")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_till_count_till_id_till")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_count")),
    )
    with op.batch_alter_table("till_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_till_count_till_id"), ["till_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("applicant_id", sa.String(), nullable=True),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column("applicant_facts", Json, nullable=False),
        sa.Column("operator_id", sa.String(), nullable=True),
        sa.Column("sitting_id", sa.String(), nullable=True),
        sa.Column("guest_key", sa.String(), nullable=True),
        sa.Column("answers", Json, nullable=False),
        sa.Column("sources", Json, nullable=False),
        sa.Column("price", Json, nullable=True),
        sa.Column("booking", Json, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("submitted_at", UtcDateTime, nullable=True),
        sa.Column("decided_at", UtcDateTime, nullable=True),
        sa.CheckConstraint(
            "channel IN ('online', 'counter')", name=op.f("ck_application_channel_known")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'awaiting_payment', 'received', 'in_review', 'returned', 'approved', 'rejected', 'completed', 'withdrawn', 'lapsed')",
            name=op.f("ck_application_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["resident.id"], name=op.f("fk_application_applicant_id_resident")
        ),
        sa.ForeignKeyConstraint(
            ["checksum"],
            ["definition_snapshot.checksum"],
            name=op.f("fk_application_checksum_definition_snapshot"),
        ),
        sa.ForeignKeyConstraint(
            ["operator_id"],
            ["staff_account.id"],
            name=op.f("fk_application_operator_id_staff_account"),
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["counter_sitting.id"],
            name=op.f("fk_application_sitting_id_counter_sitting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(
            "ix_application_inbox", ["department", "state", "submitted_at"], unique=False
        )
        batch_op.create_index("ix_application_mine", ["applicant_id", "changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "attempt_evidence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("provider_status", sa.String(), nullable=False),
        sa.Column("discrepancy", sa.String(), nullable=True),
        sa.Column("raw", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_evidence_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_evidence")),
    )
    with op.batch_alter_table("attempt_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_evidence_attempt_id"), ["attempt_id"], unique=False
        )

    op.create_table(
        "ledger_posting",
        sa.Column("entry_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_posting_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["entry_seq"],
            ["ledger_entry.seq"],
            name=op.f("fk_ledger_posting_entry_seq_ledger_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("entry_seq", "account", name=op.f("pk_ledger_posting")),
    )
    with op.batch_alter_table("ledger_posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_posting_account"), ["account"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("transaction_id", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("entrusted_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "disposition IN ('claim', 'suspense')", name=op.f("ck_receipt_disposition_known")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipt_amount_positive")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_receipt_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_receipt_claim_id_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint(
            "provider", "transaction_id", name=op.f("uq_receipt_provider_transaction_id")
        ),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_attempt_id"), ["attempt_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "receipt_reversal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipt_reversal_amount_positive")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_receipt_reversal_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_receipt_reversal_claim_id_claim")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_reversal")),
    )
    with op.batch_alter_table("receipt_reversal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_receipt_reversal_attempt_id"), ["attempt_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_receipt_reversal_claim_id"), ["claim_id"], unique=False
        )

    op.create_table(
        "reconciliation_difference",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ours", sa.BigInteger(), nullable=True),
        sa.Column("theirs", sa.BigInteger(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=False),
        sa.Column("reason_values", Json, nullable=False),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("attempt_id", sa.String(), nullable=True),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("resolved_at", UtcDateTime, nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('missing_at_provider', 'missing_with_us', 'amount_differs', 'not_confirmed', 'line_changed', 'unknown_money', 'deposit_differs', 'deposit_missing', 'deposit_cancelled', 'unreadable_line')",
            name=op.f("ck_reconciliation_difference_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_reconciliation_difference_attempt_id_attempt"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["settlement_file.id"],
            name=op.f("fk_reconciliation_difference_file_id_settlement_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation_difference")),
        sa.UniqueConstraint("key", name=op.f("uq_reconciliation_difference_key")),
    )
    with op.batch_alter_table("reconciliation_difference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconciliation_difference_day"), ["day"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reconciliation_difference_resolved_at"), ["resolved_at"], unique=False
        )

    op.create_table(
        "refund",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", UtcDateTime, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", UtcDateTime, nullable=True),
        sa.Column("decline_reason", sa.String(), nullable=True),
        sa.Column("submitted_at", UtcDateTime, nullable=True),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("provider_refund_id", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("till_id", sa.String(), nullable=True),
        sa.Column("next_check_at", UtcDateTime, nullable=True),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'submitted', 'succeeded', 'failed', 'declined')",
            name=op.f("ck_refund_state_known"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_amount_positive")),
        sa.CheckConstraint("decided_by <> requested_by", name=op.f("ck_refund_two_persons")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_refund_attempt_id_attempt")
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_refund_claim_id_claim")),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name=op.f("fk_refund_till_id_till")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_refund_idempotency_key")),
    )
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refund_attempt_id"), ["attempt_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_refund_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_refund_next_check_at"), ["next_check_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_refund_provider_refund_id"), ["provider_refund_id"], unique=False
        )

    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("processed_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_webhook_delivery_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint(
            "provider", "event_id", name=op.f("uq_webhook_delivery_provider_event_id")
        ),
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_webhook_delivery_attempt_id"), ["attempt_id"], unique=False
        )

    op.create_table(
        "application_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_entry_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_entry")),
    )
    with op.batch_alter_table("application_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_entry_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_attachment_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("resident_id", sa.String(), nullable=False),
        sa.Column("application_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("read_at", UtcDateTime, nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_message_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_message_resident_id_resident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index("ix_message_box", ["resident_id", "created_at"], unique=False)

    op.create_table(
        "settlement_match",
        sa.Column("line_id", sa.String(), nullable=False),
        sa.Column("receipt_id", sa.String(), nullable=True),
        sa.Column("refund_id", sa.String(), nullable=True),
        sa.Column("reversal_id", sa.String(), nullable=True),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("matched_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(
            "(receipt_id IS NOT NULL AND refund_id IS NULL AND reversal_id IS NULL) OR (receipt_id IS NULL AND refund_id IS NOT NULL AND reversal_id IS NULL) OR (receipt_id IS NULL AND refund_id IS NULL AND reversal_id IS NOT NULL)",
            name=op.f("ck_settlement_match_one_counterpart"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["settlement_line.id"],
            name=op.f("fk_settlement_match_line_id_settlement_line"),
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_settlement_match_receipt_id_receipt")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_settlement_match_refund_id_refund")
        ),
        sa.ForeignKeyConstraint(
            ["reversal_id"],
            ["receipt_reversal.id"],
            name=op.f("fk_settlement_match_reversal_id_receipt_reversal"),
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_settlement_match")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_settlement_match_receipt_id")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_settlement_match_refund_id")),
        sa.UniqueConstraint("reversal_id", name=op.f("uq_settlement_match_reversal_id")),
    )
    dialect = op.get_bind().dialect.name
    for statement in SQLITE_TRIGGERS if dialect == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("settlement_match")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_box")
        batch_op.drop_index(batch_op.f("ix_message_application_id"))

    op.drop_table("message")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_application_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("application_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_entry_application_id"))

    op.drop_table("application_entry")
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_delivery_attempt_id"))

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refund_provider_refund_id"))
        batch_op.drop_index(batch_op.f("ix_refund_next_check_at"))
        batch_op.drop_index(batch_op.f("ix_refund_claim_id"))
        batch_op.drop_index(batch_op.f("ix_refund_attempt_id"))

    op.drop_table("refund")
    with op.batch_alter_table("reconciliation_difference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reconciliation_difference_resolved_at"))
        batch_op.drop_index(batch_op.f("ix_reconciliation_difference_day"))

    op.drop_table("reconciliation_difference")
    with op.batch_alter_table("receipt_reversal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_reversal_claim_id"))
        batch_op.drop_index(batch_op.f("ix_receipt_reversal_attempt_id"))

    op.drop_table("receipt_reversal")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_claim_id"))
        batch_op.drop_index(batch_op.f("ix_receipt_attempt_id"))

    op.drop_table("receipt")
    with op.batch_alter_table("ledger_posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_posting_account"))

    op.drop_table("ledger_posting")
    with op.batch_alter_table("attempt_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_evidence_attempt_id"))

    op.drop_table("attempt_evidence")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_sitting_id"))
        batch_op.drop_index("ix_application_mine")
        batch_op.drop_index("ix_application_inbox")

    op.drop_table("application")
    with op.batch_alter_table("till_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_till_count_till_id"))

    op.drop_table("till_count")
    with op.batch_alter_table("staff_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_role_staff_id"))

    op.drop_table("staff_role")
    with op.batch_alter_table("settlement_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_line_transaction_id"))
        batch_op.drop_index(batch_op.f("ix_settlement_line_remittance_id"))
        batch_op.drop_index("ix_settlement_line_matched")
        batch_op.drop_index("ix_settlement_line_batch")

    op.drop_table("settlement_line")
    with op.batch_alter_table("resident_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resident_link_resident_id"))

    op.drop_table("resident_link")
    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_entry_day"))
        batch_op.drop_index(batch_op.f("ix_ledger_entry_claim_id"))
        batch_op.drop_index("ix_ledger_entry_cause")

    op.drop_table("ledger_entry")
    with op.batch_alter_table("counter_sitting", schema=None) as batch_op:
        batch_op.drop_index("ix_counter_sitting_open")

    op.drop_table("counter_sitting")
    op.drop_table("claim_line")
    with op.batch_alter_table("booking_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_slot_booking_id"))

    op.drop_table("booking_slot")
    with op.batch_alter_table("bank_deposit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_deposit_remittance_id"))

    op.drop_table("bank_deposit")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_transaction_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_next_check_at"))
        batch_op.drop_index(batch_op.f("ix_attempt_claim_id"))

    op.drop_table("attempt")
    op.drop_table("till")
    op.drop_table("staff_sign_in_throttle")
    op.drop_table("staff_account")
    with op.batch_alter_table("settlement_file", schema=None) as batch_op:
        batch_op.drop_index("ix_settlement_file_period")

    op.drop_table("settlement_file")
    with op.batch_alter_table("resident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resident_household_id"))
        batch_op.drop_index("ix_resident_birth_date")

    op.drop_table("resident")
    op.drop_table("remittance")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_waiting")

    op.drop_table("outbox_message")
    op.drop_table("definition_snapshot")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_subject"))

    op.drop_table("claim")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index("ix_booking_deadline")
        batch_op.drop_index(batch_op.f("ix_booking_application_id"))

    op.drop_table("booking")
