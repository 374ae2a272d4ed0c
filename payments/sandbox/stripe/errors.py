"""Errors as Stripe words them. Source: docs.stripe.com/api/errors."""

from enum import StrEnum
from typing import Any


class ErrorType(StrEnum):
    """``error.type``."""

    INVALID_REQUEST = "invalid_request_error"
    IDEMPOTENCY = "idempotency_error"
    CARD = "card_error"
    API = "api_error"


class StripeError(Exception):
    """An answer with an error, raised anywhere below the routes."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        type: ErrorType = ErrorType.INVALID_REQUEST,
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.type = status, message, type
        self.code, self.param = code, param

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON answer; empty fields are left out, as Stripe does."""
        fields = {
            "code": self.code,
            "doc_url": f"https://stripe.com/docs/error-codes/{self.code}".replace("_", "-")
            if self.code
            else None,
            "message": self.message,
            "param": self.param,
            "request_log_url": f"https://dashboard.stripe.com/test/logs/{request_id}",
            "type": self.type.value,
        }
        return {"error": {name: value for name, value in fields.items() if value is not None}}


def missing_parameter(param: str) -> StripeError:
    return StripeError(
        400, f"Missing required param: {param}.", code="parameter_missing", param=param
    )


def unknown_parameter(param: str) -> StripeError:
    return StripeError(
        400, f"Received unknown parameter: {param}", code="parameter_unknown", param=param
    )


def invalid_parameter(param: str, message: str) -> StripeError:
    return StripeError(400, message, param=param)


def no_such(kind: str, identifier: str, param: str = "id") -> StripeError:
    """404 on a path; the same words with 400 where the id came as another parameter."""
    return StripeError(
        404 if param == "id" else 400,
        f"No such {kind}: '{identifier}'",
        code="resource_missing",
        param=param,
    )
