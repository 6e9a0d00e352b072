"""A whole answer, for those who ask one question and need its content: no part of one will do."""

from __future__ import annotations

import h11
import msgspec

from tenderlight.collecting.fetching.connection import Failed
from tenderlight.evidence import Answer


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """Status, headers and content of an answer that came to its end."""

    status: int
    headers: dict[str, str]
    """By their names in small letters; of several of one name, the last."""
    content: bytes
    """With the transfer coding off. We ask for no content coding."""


def read_whole(answer: Answer) -> Whole:
    """What an answer says. Its body is read, and closed.

    Raises `Failed` where none came, where it broke off or was cut, and where it is not HTTP.
    """
    body = answer.body
    try:
        if answer.error is not None or answer.truncated is not None or body is None:
            word = answer.error or answer.truncated or "nothing came"
            raise Failed(word, answer.why or "no reason is known")
        return _read(answer.method, answer.head + body.read())
    except h11.RemoteProtocolError as error:
        raise Failed("protocol", str(error)) from error
    finally:
        if body is not None:
            body.close()


def _read(method: str, raw: bytes) -> Whole:
    machine = h11.Connection(h11.CLIENT, max_incomplete_event_size=len(raw) + 1)
    machine.send(h11.Request(method="GET", target="/", headers=[("Host", "asked")]))
    machine.receive_data(raw)
    machine.receive_data(b"")
    status, headers, content = 0, dict[str, str](), bytearray()
    while not isinstance(event := machine.next_event(), h11.EndOfMessage):
        if isinstance(event, h11.Response):
            status = event.status_code
            headers = {k.decode("ascii"): v.decode("latin-1") for k, v in event.headers}
        elif isinstance(event, h11.Data):
            content += event.data
        elif not isinstance(event, h11.InformationalResponse):
            raise Failed("protocol", f"its answer to {method} has no end")
    return Whole(status=status, headers=headers, content=bytes(content))
