"""Exchanges: what a server sends is preserved as it came, and WARC tools read it."""

import gzip
import hashlib
import io
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.keep import Keeping, keeping
from tenderlight.model import Capture

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
URL = "http://portal.example/notices/1.html?q=公告"
REQUEST = b"GET /notices/1.html HTTP/1.1\r\nHost: portal.example\r\n\r\n"
PAGE = "<title>招标公告</title>".encode() * 40
CHUNKED = b"Transfer-Encoding: chunked\r\n"
GZIP = b"Content-Encoding: gzip\r\n"


def clock() -> datetime:
    return NOON


def answer(head: bytes = b"", body: bytes | None = b"", **more: Any) -> Answer:
    more = {"url": URL, "when": NOON, "request": REQUEST} | more
    return Answer(head=head, body=None if body is None else io.BytesIO(body), **more)


def ok(headers: bytes = b"", body: bytes = PAGE, status: bytes = b"200 OK", **more: Any) -> Answer:
    return answer(b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n", body, **more)


def chunks(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def keep(session: Keeping, given: Answer, role: Any = "notice", **more: Any) -> Capture:
    return session.keep_exchange(given, role=role, source="portal", run="run-1", **more)


def kept(folder: Path, given: Answer, role: Any = "notice", **more: Any) -> Capture:
    with keeping(folder, clock) as session:
        return keep(session, given, role, **more)


def warcio(command: str, *arguments: object) -> bytes:
    without_brotli = "import sys; sys.modules['brotli'] = None"  # warcio fails with today's brotli
    run = [sys.executable, "-c", f"{without_brotli}; from warcio.cli import main; main()", command]
    done = subprocess.run([*run, *map(str, arguments)], capture_output=True, check=True)
    assert b"fail" not in done.stdout, done.stdout
    return done.stdout


ANSWERS = {
    "plain": (ok(), PAGE),
    "empty 404": (ok(body=b"", status=b"404 Not Found"), b""),
    "no reason phrase": (ok(status=b"200"), PAGE),
    "chunked": (ok(CHUNKED, chunks(PAGE)), PAGE),
    "gzip": (ok(GZIP, gzip.compress(PAGE)), PAGE),
    "deflate": (ok(b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)), PAGE),
    "raw deflate": (ok(b"content-encoding: DEFLATE\r\n", zlib.compress(PAGE, wbits=-15)), PAGE),
    "chunked gzip": (ok(CHUNKED + GZIP, chunks(gzip.compress(PAGE), 7)), PAGE),
    "torn chunks": (ok(CHUNKED, chunks(PAGE)[:160]), PAGE[:150]),
    "torn gzip": (
        ok(GZIP, gzip.compress(PAGE)[:-20], truncated="disconnect"),
        zlib.decompressobj(31).decompress(gzip.compress(PAGE)[:-20]),
    ),
    "gzip that is none": (ok(GZIP, PAGE), PAGE),
    "brotli": (ok(b"Content-Encoding: br\r\n", b"\x0bnobody knows"), b"\x0bnobody knows"),
    "wrong length": (ok(b"Content-Length: 9999\r\n", truncated="disconnect"), PAGE),
    "HTTP/1.0 without length": (answer(b"HTTP/1.0 200 OK\r\n\r\n", PAGE), PAGE),
    "bare line feeds": (answer(b"HTTP/1.1 200 OK\nA: b\n\n", PAGE), PAGE),
    "garbage in the head": (ok(b"\x00\xff: \xe6\xa0\r\nno colon\r\n: empty\r\n\tfold\r\n"), PAGE),
    "a megabyte of head": (ok(b"A: " + b"x" * 1_000_000 + b"\r\n"), PAGE),
    "broken off in the head": (answer(b"HTTP/1.1 200 OK\r\nConte"), b""),
    "large": (ok(body=PAGE * 2000), PAGE * 2000),
    "large chunked gzip": (
        ok(CHUNKED + GZIP, chunks(gzip.compress(PAGE * 9000, 0), 4096)),
        PAGE * 9000,
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_warc_tools_accept_every_answer_and_extract_the_document(name: str, tmp_path: Path) -> None:
    given, document = ANSWERS[name]
    capture = kept(tmp_path, given)
    assert (capture.sha256, capture.size) == (hashlib.sha256(document).hexdigest(), len(document))
    store = Store(tmp_path)
    assert store.payload(capture) == document
    assert store.exchange(capture) == (given.head, document)
    assert store.verify(documents=True).is_whole
    told = warcio("check", "-v", tmp_path / capture.warc)
    assert told.count(b"digest pass") == 3 + (capture.exchange.truncated is not None)  # type: ignore
    assert warcio("extract", "--payload", tmp_path / capture.warc, capture.offset) == document
    raw = gzip.decompress(store.records(next(store.entries()))[0])
    assert raw.endswith(given.head + given.body.getvalue() + b"\r\n\r\n")  # type: ignore[union-attr]
