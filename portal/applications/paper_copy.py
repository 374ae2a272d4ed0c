"""申請書（控え）: an application as it was sent, as the contents of a paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount
from foundation.languages import LANGUAGES
from foundation.wording import N_, Translate
from payments.claims.models import ClaimState
from portal import i18n, ruby
from portal.applications.models import Application, Submission
from portal.applications.paper_price import price_blocks
from portal.applications.paper_words import Reader, Words
from portal.applications.payment import Fee, claims_with_standing
from portal.applications.service import context_of
from portal.applications.spoken import spoken
from portal.documents.paper import Block, Code, Paper, Row, Rows, Table, Wording
from portal.forms import Catalogue, Procedure, SummarySection, messages
from portal.forms.figures import in_figures

#: Of the checksum of a definition: enough to tell two versions apart.
CHECKSUM_SHOWN = 8


def copy_of(
    session: Session,
    catalogue: Catalogue,
    procedure: Procedure,
    application: Application,
    submission: Submission,
    reader: Reader,
    *,
    now: datetime,
) -> Paper:
    """What was sent, what it costs and how it is paid, with the rules as they were then.

    ``procedure`` is the one that the application was begun with; ``now`` is when the copy is made.
    """
    words = Words(reader)
    title = words.title(application.title)
    checksum = procedure.checksum[:CHECKSUM_SHOWN]
    foot = words.say(N_("%(reference)s　様式 第%(version)s版（%(checksum)s）　%(moment)s作成")) % {
        "reference": application.reference,
        "version": procedure.version,
        "checksum": checksum,
        "moment": ruby.plain(i18n.format_moment(now)),
    }
    blocks = (
        *_booking(submission.booking, words),
        *_answers(procedure, application, submission, words),
        *_promised(procedure, application, submission, words),
        *_attachments(submission.answers, words),
        *price_blocks(submission.price, words),
        *_payment(session, procedure, application, words),
    )
    return Paper(
        language=LANGUAGES[reader.language].bcp47,
        sender=words.say(catalogue.city.name),
        kind=words.title(N_("申請書（控え）")),
        title=title,
        created=now,
        head=Rows(None, tuple(_head(session, catalogue, application, submission, words))),
        code=Code(
            reader.address,
            words.say(N_("この申請のページ")),
            words.say(N_("この申請のページを開くQRコード")) + f" {reader.address}",
        ),
        blocks=blocks,
        foot=foot,
        wording=Wording(
            continued=words.say(N_("（つづき）")),
            empty=words.say(messages.EMPTY),
            missing=words.say(N_("〓は、印刷できる書体がない文字です：")),
            other_form=words.say(N_("標準の字形で印刷した文字です：")),
            notes=words.title(N_("文字について")),
        ),
    )


def _head(
    session: Session,
    catalogue: Catalogue,
    application: Application,
    submission: Submission,
    words: Words,
) -> Sequence[Row]:
    operator = session.get(StaffAccount, submission.operator_id) if submission.operator_id else None
    received = ruby.plain(i18n.format_moment(application.submitted_at or submission.at))
    rows = [
        Row(
            words.title(N_("受付番号")),
            application.reference,
            spoken(application.reference, words.reader.language),
            is_large=True,
        ),
        words.row(N_("受付日時"), received),
    ]
    if submission.number > 1:
        again = ruby.plain(i18n.format_moment(submission.at))
        rows.append(words.row(N_("直して送った日時"), again))
    rows.append(words.row(N_("申請者"), application.applicant_name))
    if operator is not None:
        by = words.say(N_("窓口（入力した職員：%(name)s）")) % {"name": operator.name}
        rows.append(words.row(N_("受付方法"), by))
    else:
        rows.append(words.row(N_("受付方法"), words.say(N_("オンライン（本人が入力）"))))
    department = catalogue.departments.get(application.department)
    if department is not None:
        rows.append(
            words.row(N_("担当する課"), words.say(department.title), department.phone or "")
        )
    return rows


def _booking(booking: Mapping[str, Any] | None, words: Words) -> Sequence[Block]:
    if booking is None:
        return ()
    place = f"{words.say(booking['facility_title'])} {words.say(booking['room_title'])}"
    day = ruby.plain(i18n.format_iso_day(booking["day"]))
    return (
        Rows(
            words.title(N_("予約")),
            (
                words.row(N_("場所"), place),
                words.row(N_("日時"), f"{day} {booking['times']}"),
            ),
        ),
    )


def _answers(
    procedure: Procedure, application: Application, submission: Submission, words: Words
) -> Sequence[Block]:
    """All sections as they were checked before they were sent, on the day on which they were."""
    context = context_of(application, submission.at)

    def summary(translate: Translate) -> tuple[SummarySection, ...]:
        return procedure.summary(
            submission.answers, context, translate=translate, sources=submission.sources
        )

    japanese = summary(lambda text: text)
    said = summary(words.say)
    return [
        Rows(
            words.both(section.title, original.title),
            tuple(
                Row(words.both(row.label, other.label), row.text, row.source if row.text else "")
                for row, other in zip(section.rows, original.rows, strict=True)
            ),
        )
        for section, original in zip(said, japanese, strict=True)
    ]


def _promised(
    procedure: Procedure, application: Application, submission: Submission, words: Words
) -> Sequence[Block]:
    """What was to be handed in later when it was sent."""
    found = procedure.promised(submission.answers, context_of(application, submission.at))
    rows = tuple(words.row(paper.label, words.say(paper.text)) for paper in found)
    return (Rows(words.title(N_("あとから出す書類")), rows),) if rows else ()


def _attachments(answers: Mapping[str, Any], words: Words) -> Sequence[Block]:
    files = tuple(
        (
            str(file["filename"]),
            f"{in_figures(max(1, round(file['size'] / 1024)), words.say)} kB",
        )
        for file in files_in(answers)
    )
    if not files:
        return ()
    head = (words.say(N_("ファイル名")), words.say(N_("大きさ")))
    return (Table(words.title(N_("添付ファイル")), head, files),)


def files_in(answers: Any) -> Sequence[Mapping[str, Any]]:
    """The attachments that answers name, those in rows of groups too, by their names.

    A database may give the answers back in another order, so theirs means nothing.
    """
    return sorted(_files(answers), key=lambda file: (str(file["filename"]), str(file["id"])))


def _files(answers: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(answers, Mapping):
        if {"id", "filename", "size"} <= set(answers):
            yield answers
            return
        answers = list(answers.values())
    if isinstance(answers, list):
        for each in answers:
            yield from _files(each)


def _payment(
    session: Session, procedure: Procedure, application: Application, words: Words
) -> Sequence[Block]:
    """How the claims stand at the moment at which the copy is made."""
    fees = claims_with_standing(session, application)
    rows = [words.row(N_("支払い"), _standing(fee, words), fee.claim.reference) for fee in fees]
    if not fees and (application.price or {}).get("total"):
        later = {
            "on_approval": N_("認められたあとに請求します"),
            "at_counter": N_("窓口で支払います"),
        }.get(procedure.fees_collected or "")
        rows += [words.row(N_("支払い"), words.say(later))] if later else []
    return (Rows(words.title(N_("支払いの状態")), tuple(rows)),) if rows else ()


def _standing(fee: Fee, words: Words) -> str:
    amount = words.yen(fee.claim.amount)
    if fee.claim.state == ClaimState.CANCELLED:
        state = N_("取り消されました")
    elif fee.is_due:
        state = N_("支払い待ち")
    else:
        state = N_("支払い済み")
    refunded = fee.standing.refunded
    said = [f"{amount} {words.say(state)}"]
    if refunded:
        back = words.say(N_("%(amount)sを返金しました"))
        said.append(back % {"amount": words.yen(refunded)})
    return "\n".join(said)
