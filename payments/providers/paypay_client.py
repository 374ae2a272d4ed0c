"""HTTP with the PayPay Open Payment API: signing, time-outs, and what an answer means."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

from foundation.clock import Clock
from payments.providers.base import ProviderRefused, ProviderUnavailable
from payments.providers.paypay_signature import authorization

_JSON = "application/json;charset=UTF-8"


@dataclass(frozen=True)
class PayPaySettings:
    """Keys and address of one merchant."""

    api_key: str
    api_secret: str = field(repr=False)
    #: 加盟店ID
    merchant_id: str
    api_base: str
    #: seconds
    connect_timeout: float
    read_timeout: float


class PayPayClient:
    """Calls in the name of one merchant; may be used by many threads at once."""

    def __init__(self, settings: PayPaySettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._http = httpx.Client(
            base_url=settings.api_base,
            timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
        )

    def call(
        self, method: str, *path: str, body: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """``data`` of the answer. Raises ProviderRefused, ProviderUnavailable.

        ``path`` is given in parts, each of which is escaped.
        """
        target = "".join(f"/{quote(part, safe='')}" for part in path)
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {
            "Authorization": authorization(
                key=self._settings.api_key,
                secret=self._settings.api_secret,
                method=method,
                path=target,
                content_type=_JSON,
                body=content,
                nonce=secrets.token_hex(8),
                epoch=int(self._clock().timestamp()),
            ),
            "X-ASSUME-MERCHANT": self._settings.merchant_id,
        }
        if content:
            headers["Content-Type"] = _JSON
        try:
            answer = self._http.request(method, target, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise ProviderUnavailable("paypay", f"{type(error).__name__}: {error}") from error
        return _data(answer)


def _data(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        read = answer.json()
        info = read["resultInfo"]
        code, message = str(info["code"]), str(info.get("message") or "")
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ProviderUnavailable("paypay", f"unreadable answer ({answer.status_code})") from None
    if answer.status_code >= 500 or answer.status_code in (408, 429):
        raise ProviderUnavailable("paypay", message, code=code)
    if not answer.is_success:
        raise ProviderRefused("paypay", message, code=code)
    data = read.get("data")
    return data if isinstance(data, dict) else {}
