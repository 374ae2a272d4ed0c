"""Headers that every answer carries."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from portal.config import Config


def content_security_policy(config: Config) -> str:
    """Scripts, styles, pictures and fonts of our own only; nobody may frame us.

    Forms may also lead to the card sign-in and the payment pages, which a browser counts as the
    form's target when we answer a post with a redirect.
    """
    outside = [config.oidc_issuer, "https://checkout.stripe.com", "https://qr.paypay.ne.jp"]
    if not config.production:
        outside += [config.sandbox_url, config.mock_idp_url]
    targets = sorted({_origin(address) for address in outside})
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            f"form-action 'self' {' '.join(targets)}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def install(app: Flask, config: Config) -> None:
    policy = content_security_policy(config)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if config.production:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static":
            # Pages hold personal data; a shared computer's cache must not.
            headers.setdefault("Cache-Control", "no-store")
        return response


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
