"""Ask one address once, and keep what came back byte for byte.

The only code that sends a request. One connection for each (`Connection: close`), no redirects
followed, nothing decoded: h11 says where the answer ends, the bytes are those that arrived.
"""

from __future__ import annotations

import asyncio
import functools
import re
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

import h11

from tenderlight.collecting.fetching.answer import Received
from tenderlight.collecting.fetching.connection import (
    Arriving,
    Failed,
    collect_addresses,
    collect_connection,
)
from tenderlight.collecting.fetching.guard import Reach, Target, is_in_reach, target_of
from tenderlight.collecting.fetching.limits import Limits
from tenderlight.evidence import Answer
from tenderlight.model import Refused

__all__ = ["Limits", "Reach", "fetch", "is_in_reach"]

_METHODS = ("GET", "HEAD", "POST")
"""Those that read. A form is asked by POST; what changes or deletes is never sent."""
_OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that say how the answer is framed and coded: never a caller's to set."""
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\x20-\x7e]*")
_NONE: Mapping[str, str] = MappingProxyType({})


async def fetch(
    url: str,
    *,
    reach: Reach,
    limits: Limits,
    now: Callable[[], datetime],
    method: str = "GET",
    headers: Mapping[str, str] = _NONE,
    body: bytes = b"",
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Send one request and take down what comes back, whatever it is.

    `answer = await fetch("https://www.example.org/", reach=reach, limits=Limits(), now=now)`

    Never raises for what a network or a server does. Without an answer `head` is empty and `error`
    says why: `dns`, `private-address`, `refused`, `timeout`, `tls`, `reset`, `protocol`. An answer
    of which less was taken than was sent or announced has `truncated`; one that breaks the rules of
    HTTP has both. The certificate must be valid for the host, and there is no way around that;
    `tls` is for other trust roots. The caller closes `body`, a file that lies on disk from 1 MB on.

    Refuses (Refused), before anything is sent: addresses out of `reach`, other methods than GET,
    HEAD and POST, and headers that could not be sent as they are or that are ours to set.
    """
    target = target_of(url, reach)
    request = _Request(target, method, headers, body)
    trust = _trust(tls) if target.scheme == "https" else None
    exchange = _Exchange(target, request, Received(limits), now)
    failed = await exchange.run(reach, trust)
    return exchange.answer(url, failed)


@functools.cache
def _usual_trust() -> ssl.SSLContext:
    """The roots of this computer. Reading them takes longer than most answers."""
    return ssl.create_default_context()


def _trust(tls: ssl.SSLContext | None) -> ssl.SSLContext:
    trust = tls or _usual_trust()
    if trust.verify_mode != ssl.CERT_REQUIRED or not trust.check_hostname:
        raise Refused("Certificates are always checked.", "Give other roots, or none.")
    return trust


class _Request:
    """A request as it is sent, and a protocol machine that has sent it, for each try to read."""

    def __init__(
        self, target: Target, method: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        if method not in _METHODS or (body and method != "POST"):
            raise Refused(
                f"{method!r} is no request that collecting makes.", "Ask with GET, HEAD or POST."
            )
        fields = [("Host", target.authority), *headers.items()]
        for name, value in headers.items():
            _check_header(name, value)
        fields += [("Accept-Encoding", "identity"), ("Connection", "close")]
        if method == "POST":
            fields.append(("Content-Length", str(len(body))))
        self.method, self.body = method, body
        self._head = h11.Request(method=method, target=target.path, headers=fields)
        self.sent = self._send(h11.Connection(h11.CLIENT))

    def _send(self, machine: h11.Connection) -> bytes:
        sent = machine.send(self._head) or b""
        if self.body:
            sent += machine.send(h11.Data(data=self.body)) or b""
        return sent + (machine.send(h11.EndOfMessage()) or b"")

    def machine(self, limits: Limits) -> h11.Connection:
        """A client that waits for the answer to this request."""
        machine = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.head)
        self._send(machine)
        return machine


def _check_header(name: str, value: str) -> None:
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value) or value != value.strip():
        raise Refused(f"The header {name[:80]!r} cannot be sent as it is.", "Correct it.")
    if name.lower() in _OURS:
        raise Refused(f"The header {name!r} is set by us alone.", "Leave it out.")


class _Exchange:
    """One request under way, and what is known of it so far."""

    def __init__(
        self, target: Target, request: _Request, received: Received, now: Callable[[], datetime]
    ) -> None:
        self._target, self._request, self._received, self._now = target, request, received, now
        self._when = now()
        self._arriving: Arriving | None = None
        self._ip: str | None = None
        self._sent = False

    async def run(self, reach: Reach, tls: ssl.SSLContext | None) -> Failed | None:
        """All of it within the time there is."""
        limits = self._received.limits
        try:
            async with asyncio.timeout(limits.seconds):
                await self._connect(reach, tls)
                await self._talk()
        except TimeoutError:
            return Failed("timeout", f"no end within {limits.seconds:g} seconds")
        except Failed as failed:
            return failed
        except BaseException:
            self._received.body.close()
            raise
        finally:
            if self._arriving is not None:
                await self._arriving.close()
        return None

    async def _connect(self, reach: Reach, tls: ssl.SSLContext | None) -> None:
        seconds = self._received.limits.connect
        addresses = await collect_addresses(self._target, private=reach.private, seconds=seconds)
        self._arriving, self._ip = await collect_connection(self._target, addresses, tls, seconds)

    async def _talk(self) -> None:
        assert self._arriving is not None  # noqa: S101 - _connect made it
        self._when, self._sent = self._now(), True
        await self._arriving.write(self._request.sent)
        await self._received.take(self._arriving, self._request.machine)

    def answer(self, url: str, failed: Failed | None) -> Answer:
        """What is known at the end."""
        received = self._received
        secured = self._arriving.secured() if self._arriving is not None else None
        if failed is not None:
            received.broken_off(failed)
        return Answer(
            url=url,
            when=self._when,
            method=self._request.method,
            request=self._request.sent if self._sent else b"",
            asked=self._request.body if self._sent else b"",
            before=received.before,
            head=received.head,
            body=received.document(),
            ip=self._ip,
            certificate=secured.certificate if secured else None,
            tls=secured.tls if secured else None,
            truncated=received.truncated,
            error=received.error,
            why=received.why,
        )
