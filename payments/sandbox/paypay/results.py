"""``resultInfo``: how PayPay says what became of a call.

Codes and numbers are those of PayPay's published response code list.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Result:
    """One outcome: HTTP status, ``code``, ``codeId``, ``message``."""

    status: int
    code: str
    code_id: str
    message: str

    def envelope(self, data: dict[str, Any] | None = None) -> dict[str, Any]:
        """The JSON answer; ``data`` is null where there is none."""
        info = {"code": self.code, "message": self.message, "codeId": self.code_id}
        return {"resultInfo": info, "data": data}


class PayPayRefusal(Exception):
    """An answer other than success, raised anywhere below the routes."""

    def __init__(self, result: Result) -> None:
        super().__init__(f"{result.code} ({result.code_id})")
        self.result = result


SUCCESS = Result(200, "SUCCESS", "08100001", "Success")
CREATED = Result(201, "SUCCESS", "08100001", "Success")
ACCEPTED = Result(202, "REQUEST_ACCEPTED", "08100001", "Request accepted")
INVALID_REQUEST_PARAMS = Result(400, "INVALID_REQUEST_PARAMS", "08100006", "Invalid request params")
MISSING_REQUEST_PARAMS = Result(400, "MISSING_REQUEST_PARAMS", "08100024", "Missing request params")
UNAUTHORIZED = Result(401, "UNAUTHORIZED", "08100016", "Unauthorized request")
OP_OUT_OF_SCOPE = Result(401, "OP_OUT_OF_SCOPE", "08100023", "The operation is not permitted")
NOT_FOUND = Result(404, "RESOURCE_NOT_FOUND", "08100007", "Resource not found")

DUPLICATE_DYNAMIC_QR_REQUEST = Result(
    400, "DUPLICATE_DYNAMIC_QR_REQUEST", "01652073", "Duplicate Dynamic QR request error"
)
DYNAMIC_QR_NOT_FOUND = Result(404, "DYNAMIC_QR_NOT_FOUND", "01652072", "Dynamic qr code not found")
DYNAMIC_QR_ALREADY_PAID = Result(
    400, "DYNAMIC_QR_ALREADY_PAID", "01652074", "Dynamic QR already paid"
)
DYNAMIC_QR_PAYMENT_NOT_FOUND = Result(
    400, "DYNAMIC_QR_PAYMENT_NOT_FOUND", "01652075", "Dynamic QR payment not found"
)
ORDER_NOT_REVERSIBLE = Result(400, "ORDER_NOT_REVERSIBLE", "00200044", "Order cannot be reversed")
ORDER_NOT_FOUND = Result(404, "RESOURCE_NOT_FOUND", "00200001", "Order not found")
ORDER_NOT_REFUNDABLE = Result(400, "UNACCEPTABLE_OP", "00200013", "Order cannot be refunded")
INVALID_REFUND_AMOUNT = Result(400, "INVALID_PARAMS", "00200015", "Invalid refund amount")
INVALID_REFUND_PARAMS = Result(400, "INVALID_PARAMS", "00200004", "Invalid parameters received")
NO_SUCH_REFUND_ORDER = Result(404, "NO_SUCH_REFUND_ORDER", "00200018", "Refund not found")
