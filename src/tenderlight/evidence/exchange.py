"""One exchange over HTTP as it went over the wire: what a collector hands to the evidence."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

import msgspec

from tenderlight.model import Truncated

_NO_CODINGS = frozenset({"utf-8", "utf8", "gbk", "gb2312", "gb18030", "none", "binary", "8bit"})
"""What servers that are set up wrongly name as one: the body is plain, and browsers show it."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A request and what came back, byte for byte.

    `head` and `body` together are the answer exactly as it was received: the status line, the
    header lines and the empty line in `head`, everything behind it in `body`, with the transfer
    coding (chunks) and the content coding still on it.
    """

    url: str
    when: datetime
    """When the request was sent. Aware."""
    method: str = "GET"
    request: bytes = b""
    """Head and body as sent; empty where no connection came about."""
    asked: bytes = b""
    """The request's body alone."""
    before: bytes = b""
    """Interim answers (1xx) that came before the answer itself, as received."""
    head: bytes = b""
    """Empty where no answer came; then `error` says why."""
    body: BinaryIO | None = None
    """A file, at its start; the caller closes it."""
    ip: str | None = None
    certificate: bytes | None = None
    """The server's certificate, DER."""
    tls: str | None = None
    """Protocol and cipher, `TLSv1.3 TLS_AES_256_GCM_SHA384`."""
    truncated: Truncated | None = None
    error: str | None = None
    """A stable word, see `Exchange.error`. With a `head`: the answer breaks the rules of HTTP, and
    is never taken for whole."""
    why: str | None = None
    """What is behind `error` or `truncated`, in the words of the network: for the note of it."""


def is_encoded(undecoded: str | None) -> bool:
    """True for a document with a coding on it that could not be taken off: nobody can read it.

    >>> is_encoded("gzip"), is_encoded("utf-8"), is_encoded(None)
    (True, False, False)
    """
    return undecoded is not None and undecoded not in _NO_CODINGS
