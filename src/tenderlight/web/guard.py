"""What every answer of the desk obeys: it is for this machine, it shows, it asks nobody.

The desk shows documents that strangers wrote. So a page may load nothing but the desk's own style
and scripts, may run nothing that stands in it, and may not be framed; and a name that some web page
points at 127.0.0.1 (DNS rebinding) gets no answer, because its Host header is not ours.

All that it writes is what a reviewer answers or saves, at the addresses of `WRITING`. Another web
page in the same browser cannot send such a form: the browser says where a request comes from
(Sec-Fetch-Site, Origin), and each form carries a word that only this run of the desk knows.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
WRITING = frozenset({"/review/answer", "/review/undo", "/review/name", "/own/save", "/own/retire"})
"""The only addresses that take a POST: an answer, an answer taken back, the reviewer's name (which
is kept in a cookie and written nowhere); a figure that is saved, and one that is retired."""
LARGEST = 16 << 10
"""Bytes of a form at most: an answer is a few hundred, a reason at most a few thousand."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Wraps the desk: refuses foreign names and foreign forms, and sets the headers."""

    def __init__(self, app: ASGIApp, writing: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.writing = writing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it with one plain sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = refusal(scope, self.writing) or self.app
        await app(scope, receive, send_guarded)


def refusal(scope: Scope, writing: frozenset[str] = frozenset()) -> PlainTextResponse | None:
    """Why this request gets no page, or None if it does."""
    headers = Headers(scope=scope)
    if own_name(headers.get("host", "")) not in OWN_NAMES:
        what = "This desk answers only to 127.0.0.1 and localhost. Open it under that address.\n"
        return PlainTextResponse(what, status_code=421)
    if scope["method"] in ("GET", "HEAD"):
        return None
    if scope["method"] == "POST" and scope["path"] in writing:
        return refused_form(headers)
    what = "This desk only shows: it answers GET, and changes nothing.\n"
    return PlainTextResponse(what, status_code=405, headers={"Allow": "GET, HEAD"})


def refused_form(headers: Headers) -> PlainTextResponse | None:
    """Why a form is not read, or None if it is."""
    if not is_our_own(headers):
        what = "This answer did not come from the desk's own page, and was not written.\n"
        return PlainTextResponse(what, status_code=403)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return PlainTextResponse("An answer is sent as a form.\n", status_code=415)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 8 and int(length) <= LARGEST):
        what = f"A form has at most {LARGEST} bytes, and says how many.\n"
        return PlainTextResponse(what, status_code=413)
    return None


def is_our_own(headers: Headers) -> bool:
    """Whether the browser says that a page of this desk sent it; False where it says nothing.

    >>> is_our_own(Headers({"host": "127.0.0.1:8000", "sec-fetch-site": "same-origin"}))
    True
    >>> is_our_own(Headers({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:9000"}))
    False

    A form of a page with our Referrer-Policy has the origin `null`: then only Sec-Fetch-Site, which
    no page can set (Fetch Metadata Request Headers, W3C), can tell.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin not in (None, "null") and origin != f"http://{headers.get('host', '')}":
        return False
    if site is not None:
        return site == "same-origin"
    return origin not in (None, "null")


def own_name(host: str) -> str:
    """A Host header without its port.

    >>> own_name("127.0.0.1:8000"), own_name("[::1]:8000"), own_name("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
