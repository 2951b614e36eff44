"""Headers of every answer: what the browser may load, keep and tell others (security.md points 20–22)."""

from __future__ import annotations

from flask import Flask, Response

from portfolio.web.access import asked_access
from portfolio.web.current import current

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
PLOTLY_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
)
"""The empty style element that Plotly fills, and its one fixed inline style (dependencies.md §9)."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TWO_YEARS = 2 * 365 * 24 * 3600
NO_STORE = "no-store"


def register_headers(app: Flask, *, production: bool) -> None:
    """Put the headers on every answer, errors and static files included; registered first, so that it runs last."""
    headers = dict(ALWAYS)
    if production:
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"

    def finish(response: Response) -> Response:
        response.headers.update(headers)
        response.headers["X-Request-Id"] = current.request_id
        declared = asked_access()
        charts = declared is not None and declared.charts
        response.headers["Content-Security-Policy"] = policy(charts=charts)
        if declared is None or not declared.public or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = NO_STORE
        return response

    app.after_request(finish)


def policy(*, charts: bool = False) -> str:
    """Write the content security policy; only pages with charts get Plotly's two style hashes."""
    rules = POLICY | ({"style-src": " ".join((POLICY["style-src"], *PLOTLY_STYLES))} if charts else {})
    return "; ".join(f"{name} {value}" for name, value in rules.items())
