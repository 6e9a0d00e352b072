"""Answers of every kind, from a server on loopback that says exactly the bytes it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.collecting.fetching.fetch import Limits, Reach, fetch
from tenderlight.evidence import Answer
from tenderlight.model import Refused

NOW = datetime(2026, 11, 22, 6, 46, 33, tzinfo=UTC)
SHORT = Limits(connect=2, seconds=5, idle=2, behind=0.05)
Step = bytes | float | str
"""Bytes to send, seconds to wait, or `reset`, `hold`, `close`."""


class Portal:
    """Takes one request whole, then goes through its steps."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps, self.asked, self.port = steps, b"", 0
        self.under_way: list[asyncio.Task[Any]] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self.under_way += [task] if task is not None else []
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            if self.steps[:1] != ["reset"]:
                self.asked = await reader.readuntil(b"\r\n\r\n")
            for step in self.steps:
                await self.take(step, reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def take(self, step: Step, reader: Any, writer: asyncio.StreamWriter) -> None:
        if isinstance(step, bytes):
            writer.write(step)
            await writer.drain()
        elif isinstance(step, float):
            await asyncio.sleep(step)
        elif step == "hold":
            await reader.read()  # until the client has had enough
        elif step == "reset":
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()


def run(portal: Portal, ask: Callable[[str, Reach], Awaitable[Any]]) -> Any:
    async def both() -> Any:
        server = await asyncio.start_server(portal, "127.0.0.1", 0)
        portal.port = server.sockets[0].getsockname()[1]
        place = f"127.0.0.1:{portal.port}"
        try:
            async with asyncio.timeout(20):
                return await ask(f"http://{place}", Reach(hosts=frozenset({place}), private=True))
        finally:
            server.close()
            await server.wait_closed()
            await asyncio.gather(*portal.under_way)

    return asyncio.run(both())


def ask(
    *steps: Step, path: str = "/a", limits: Limits = SHORT, **how: Any
) -> tuple[Answer, bytes | None]:
    async def once(root: str, reach: Reach) -> tuple[Answer, bytes | None]:
        answer = await fetch(root + path, reach=reach, limits=limits, now=lambda: NOW, **how)
        if answer.body is None:
            return answer, None
        with answer.body as body:
            return answer, body.read()

    result: tuple[Answer, bytes | None] = run(Portal(steps), once)
    return result


def told(answer: Answer) -> tuple[str | None, str | None]:
    return answer.error, answer.truncated


def test_an_answer_is_kept_byte_for_byte() -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nserver:  Odd/1\r\nSet-Cookie: a=1\r\nSET-COOKIE: b=2\r\n"
        b"Content-Length: 5\r\n\r\n"
    )
    answer, body = ask(head + b"hello")
    assert (answer.head, body, told(answer)) == (head, b"hello", (None, None))
    assert (answer.ip, answer.when, answer.certificate, answer.tls) == (
        "127.0.0.1",
        NOW,
        None,
        None,
    )


def test_it_does_not_matter_in_which_pieces_an_answer_comes() -> None:
    raw = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-End: 1\r\n\r\n"
    )
    steps: list[Step] = []
    for byte in raw:
        steps += [bytes([byte]), 0.001]
    answer, body = ask(*steps)
    assert (answer.head + (body or b""), told(answer)) == (raw, (None, None))


def test_what_was_sent_is_told_and_holds_nothing_but_what_it_needs() -> None:
    portal = Portal([b"HTTP/1.1 204 No Content\r\n\r\n"])

    async def once(root: str, reach: Reach) -> Answer:
        return await fetch(
            root + "/公告 a?词=1#x",
            reach=reach,
            limits=SHORT,
            now=lambda: NOW,
            headers={"User-Agent": "Tenderlight (+mailto:a@example.org)"},
        )

    answer = run(portal, once)
    answer.body.close()
    assert answer.request == portal.asked
    assert portal.asked.decode().split("\r\n") == [
        "GET /%E5%85%AC%E5%91%8A%20a?%E8%AF%8D=1 HTTP/1.1",
        f"Host: 127.0.0.1:{portal.port}",
        "User-Agent: Tenderlight (+mailto:a@example.org)",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
        "",
    ]


def test_a_form_is_sent_with_its_length() -> None:
    answer, _ = ask(
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        method="POST",
        body=b"page=2",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.request.endswith(b"Content-Length: 6\r\n\r\npage=2")
    assert (answer.asked, answer.method, told(answer)) == (b"page=2", "POST", (None, None))


@pytest.mark.parametrize(
    ("raw", "method"),
    [
        (b"HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n", "GET"),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "GET"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HEAD"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "GET"),
    ],
)
def test_answers_without_a_body_end_with_their_head(raw: bytes, method: str) -> None:
    answer, body = ask(raw, "hold", method=method)
    assert (answer.head, body, told(answer)) == (raw, b"", (None, None))


@pytest.mark.parametrize(
    "line", [b"HTTP/1.0 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 200 \xd5\xfd\xb3\xa3"]
)
def test_a_body_without_a_length_ends_with_the_connection(line: bytes) -> None:
    answer, body = ask(line + b"\r\n\r\n", b"one ", 0.01, b"two")
    assert (body, told(answer)) == (b"one two", (None, None))


def test_lines_that_end_with_line_feeds_alone_are_read() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
    assert (answer.head, body) == (b"HTTP/1.1 200 OK\nContent-Length: 2\n\n", b"ok")
    assert told(answer) == (None, None)


def test_lines_that_are_no_headers_are_kept_and_do_not_count() -> None:
    odd = b"no header\r\nX Y: 1\r\nZ: a\x00b\r\n folded\r\n"
    head = b"HTTP/1.1 200 OK\r\n" + odd + b"Content-Length: 2\r\n\r\n"
    answer, body = ask(head + b"ok")
    assert (answer.head, body, told(answer)) == (head, b"ok", (None, None))


def test_interim_answers_are_kept_apart() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
    answer, body = ask(interim + interim + final + b"ok")
    assert (answer.before, answer.head, body) == (interim + interim, final, b"ok")


def test_endless_interim_answers_are_broken_off() -> None:
    answer, body = ask(b"HTTP/1.1 102 Processing\r\n\r\n" * 100, "hold")
    assert (answer.head, body, told(answer)) == (b"", None, ("protocol", None))


def test_a_server_that_switches_protocols_unasked_has_not_answered() -> None:
    answer, _ = ask(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "hold")
    assert (answer.head, told(answer)) == (b"", ("protocol", None))


def test_a_body_that_is_too_large_is_kept_up_to_the_limit() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"
    mega = b"x" * 2**20
    limits = Limits(largest=3 * 2**20 + 7, seconds=10, idle=5)
    answer, body = ask(head, *[mega] * 64, limits=limits)
    assert (answer.head, len(body or b""), told(answer)) == (head, 3 * 2**20 + 7, (None, "length"))


@pytest.mark.parametrize("size", [9, 10, 11])
@pytest.mark.parametrize("framed", ["length", "chunks", "close"])
def test_the_limit_is_exact(size: int, framed: str) -> None:
    text = b"abcdefghijk"[:size]
    head = {
        "length": b"Content-Length: %d\r\n" % size,
        "chunks": b"Transfer-Encoding: chunked\r\n",
        "close": b"",
    }[framed]
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (size, text) if framed == "chunks" else text
    limits = Limits(largest=10 + len(sent) - size, behind=0.05)
    answer, body = ask(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + sent, limits=limits)
    assert body == sent[: limits.largest]
    assert told(answer) == (None, "length" if size > 10 else None)


def test_a_body_that_is_shorter_than_announced_is_told() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
    assert (body, told(answer)) == (b"hello", (None, "disconnect"))


def test_a_body_that_is_longer_than_announced_is_told() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 0.01, b" world")
    assert (body, told(answer)) == (b"hello", (None, "disconnect"))
    assert answer.why == "more was sent than was announced"


def test_line_breaks_behind_the_end_are_forgiven() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n")
    assert (body, told(answer)) == (b"hello", (None, None))


def test_a_server_that_keeps_the_connection_open_costs_little() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hold")
    assert (body, told(answer)) == (b"hello", (None, None))


@pytest.mark.parametrize(
    "chunks",
    [b"zz\r\nhello", b"5\r\nhelloXX", b"-1\r\n", b"f" * 21 + b"\r\n", b"5 " + b"x" * 70_000],
)
def test_chunks_that_are_none_are_kept_and_told(chunks: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
    answer, body = ask(head + chunks, "hold")
    assert (body or b"").startswith(b"2\r\nok\r\n")
    assert told(answer) == ("protocol", "disconnect")


def test_chunks_that_break_off_are_told() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    assert (body, told(answer)) == (b"5\r\nhello\r\n", (None, "disconnect"))


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 2\r\nContent-Length: 3\r\n",
        b"Content-Length: many\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    ],
)
def test_lengths_that_cannot_be_told_leave_everything_that_came(lines: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n"
    answer, body = ask(head + b"hello")
    assert (answer.head, body, told(answer)) == (head, b"hello", ("protocol", "disconnect"))


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ((b"",), "reset"),
        (("reset",), "reset"),
        ((b"HTTP/1.1 200 OK\r\nContent-",), "reset"),
        ((b"SSH-2.0-OpenSSH_9.6\r\n", "hold"), "protocol"),
        ((b"<html>an answer of 1991</html>",), "protocol"),
        ((b"HTTP/2.0 200 OK\r\n\r\n",), "protocol"),
        ((b"HTTP/1.1 two hundred\r\n\r\n",), "protocol"),
        ((b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 20_000, "hold"), "protocol"),
        ((b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", "hold"), "protocol"),
        ((b"\x16\x03\x01\x00\x05", "hold"), "protocol"),
    ],
)
def test_what_is_no_answer_is_told(steps: tuple[Step, ...], error: str) -> None:
    answer, body = ask(*steps)
    assert (answer.head, body, told(answer)) == (b"", None, (error, None))
    assert answer.why
    assert answer.when == NOW


def test_what_came_before_a_reset_is_kept() -> None:
    answer, body = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", 0.1, "reset")
    assert (body, told(answer)) == (b"hello", (None, "disconnect"))


def test_a_reset_is_no_end_of_a_body_without_a_length() -> None:
    answer, body = ask(b"HTTP/1.0 200 OK\r\n\r\nhello", 0.1, "reset")
    assert (body, told(answer)) == (b"hello", (None, "disconnect"))


def test_silence_ends_after_the_idle_time() -> None:
    limits = Limits(idle=0.1)
    assert told(ask("hold", limits=limits)[0]) == ("timeout", None)
    answer, body = ask(b"HTTP/1.0 200 OK\r\n\r\nhello", "hold", limits=limits)
    assert (body, told(answer)) == (b"hello", (None, "time"))


def test_a_slow_drip_ends_after_the_whole_time() -> None:
    drip: list[Step] = []
    for _ in range(100):
        drip += [b"x", 0.05]
    limits = Limits(idle=2, seconds=0.3)
    answer, body = ask(b"HTTP/1.0 200 OK\r\n\r\n", *drip, limits=limits)
    assert body is not None
    assert 0 < len(body) < 100
    assert told(answer) == (None, "time")
    assert told(ask(b"HTTP/1.0 200 OK\r\nA: ", *drip, limits=limits)[0]) == ("timeout", None)


WHOLE = (
    b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n",
    b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nhello",
)


@given(st.sampled_from(WHOLE), st.integers(0, 90), st.binary(max_size=8), st.integers(0, 8))
@settings(max_examples=150, deadline=None)
def test_whatever_a_server_says_is_taken_down_as_it_was_said(
    whole: bytes, at: int, noise: bytes, cut: int
) -> None:
    said = whole[:at] + noise + whole[at + cut :]
    answer, body = ask(said)
    assert said.startswith(answer.before + answer.head + (body or b""))
    assert (answer.error is None) <= (body is not None)
    assert (answer.error is not None and body is not None) <= (answer.truncated is not None)


def test_nobody_listening_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        answer = asyncio.run(
            fetch(
                f"http://{place}/",
                reach=Reach(hosts=frozenset({place}), private=True),
                limits=SHORT,
                now=lambda: NOW,
            )
        )
    assert (answer.error, answer.request, answer.body) == ("refused", b"", None)


def test_redirects_and_cookies_are_answers_like_any_other() -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    answer, body = ask(head)
    assert (answer.head, body, told(answer)) == (head, b"", (None, None))


def test_a_fetch_that_is_cancelled_leaves_nothing_open() -> None:
    async def once(root: str, reach: Reach) -> None:
        task = asyncio.create_task(fetch(root, reach=reach, limits=Limits(), now=lambda: NOW))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(Portal([b"HTTP/1.0 200 OK\r\n\r\nhello", "hold"]), once)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X", "a\r\nHost: evil.example"),
        ("X", "a\nb"),
        ("X", "a\x00"),
        ("X", "公告"),
        ("X", " a"),
        ("X: y\r\nZ", "a"),
        ("", "a"),
        ("Host", "evil.example"),
        ("transfer-encoding", "chunked"),
        ("Accept-Encoding", "gzip"),
    ],
)
def test_headers_cannot_be_smuggled_in(name: str, value: str) -> None:
    with pytest.raises(Refused):
        ask(b"", headers={name: value})


@pytest.mark.parametrize("how", [{"method": "DELETE"}, {"method": "get"}, {"body": b"x"}])
def test_requests_that_do_not_only_read_are_refused(how: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        ask(b"", **how)
