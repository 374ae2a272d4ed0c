"""The pages of settlement files."""

from auth.staff.roles import Role
from payments.reconciliation.service import import_file
from payments.sandbox.files import paypay_csv
from payments.settlements import FileFormat
from payments.settlements.values import FORMAT_TITLES
from portal.app import create_app
from tests.support.hall import Hall


def test_every_format_has_a_title() -> None:
    assert set(FORMAT_TITLES) == set(FileFormat)


def test_the_list_says_what_kind_of_file_it_was(hall: Hall) -> None:
    import_file(
        hall.portal.payments,
        filename="yesterday.csv",
        content=paypay_csv.write([]),
        imported_by="somebody",
    )
    client = create_app(portal=hall.portal).test_client()
    with client.session_transaction() as cookie:
        cookie["staff_id"] = hall.employee("finance", (Role.FINANCE, None)).id
    page = client.get("/finance/settlements").text
    assert "PayPay 取引明細" in page[page.index("yesterday.csv") :]
