"""What every answer of the desk obeys: it is for this machine, it only shows, it asks nobody.

The desk shows documents that strangers wrote. So a page may load nothing but the desk's own style
and script, may run nothing that stands in it, and may not be framed; and a name that some web page
points at 127.0.0.1 (DNS rebinding) gets no answer, because its Host header is not ours.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Wraps the desk: refuses foreign names and anything but looking, and sets the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it with one plain sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = refusal(scope) or self.app
        await app(scope, receive, send_guarded)


def refusal(scope: Scope) -> PlainTextResponse | None:
    """Why this request gets no page, or None if it does."""
    if own_name(Headers(scope=scope).get("host", "")) not in OWN_NAMES:
        what = "This desk answers only to 127.0.0.1 and localhost. Open it under that address.\n"
        return PlainTextResponse(what, status_code=421)
    if scope["method"] not in ("GET", "HEAD"):
        what = "This desk only shows: it answers GET, and changes nothing.\n"
        return PlainTextResponse(what, status_code=405, headers={"Allow": "GET, HEAD"})
    return None


def own_name(host: str) -> str:
    """A Host header without its port.

    >>> own_name("127.0.0.1:8000"), own_name("[::1]:8000"), own_name("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
