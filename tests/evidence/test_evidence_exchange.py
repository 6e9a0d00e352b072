"""Exchanges: what a server sends is preserved as it came, and WARC tools read it."""

import gzip
import hashlib
import io
import json
import ssl
import subprocess
import sys
import tracemalloc
import zlib
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.keep import Keeping, keeping
from tenderlight.model import Capture, Refused

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


def keep(session: Keeping, answered: Answer, role: Any = "notice", **more: Any) -> Capture:
    return session.keep_exchange(answered, role=role, source="portal", run="run-1", **more)


def kept(folder: Path, answered: Answer, role: Any = "notice", **more: Any) -> Capture:
    with keeping(folder, clock) as session:
        return keep(session, answered, role, **more)


def warcio(command: str, *arguments: object) -> bytes:
    without_brotli = "import sys; sys.modules['brotli'] = None"  # warcio fails with today's brotli
    run = [sys.executable, "-c", f"{without_brotli}; from warcio.cli import main; main()", command]
    done = subprocess.run([*run, *map(str, arguments)], capture_output=True, check=True)
    assert b"digest failed" not in done.stdout, done.stdout
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
    answered, document = ANSWERS[name]
    capture = kept(tmp_path, answered)
    assert (capture.sha256, capture.size) == (hashlib.sha256(document).hexdigest(), len(document))
    store = Store(tmp_path)
    assert store.payload(capture) == document
    assert store.exchange(capture) == (answered.head, document)
    assert store.verify(documents=True).is_whole
    told = warcio("check", "-v", tmp_path / capture.warc)
    assert told.count(b"digest pass") == 3 + (capture.exchange.truncated is not None)  # type: ignore
    assert warcio("extract", "--payload", tmp_path / capture.warc, capture.offset) == document
    raw = gzip.decompress(store.records(next(store.entries()))[0])
    assert raw.endswith(answered.head + answered.body.getvalue() + b"\r\n\r\n")  # type: ignore[union-attr]


def raw_blocks(folder: Path, number: int = 1) -> list[tuple[dict[str, str], bytes]]:
    """Header and block of every record of a ledger line, read without our code."""
    store = Store(folder)
    found = []
    for member in store.records(list(store.entries())[number - 1]):
        header, _, block = gzip.decompress(member).partition(b"\r\n\r\n")
        lines = header.decode().split("\r\n")[1:]
        found.append((dict(line.split(": ", 1) for line in lines), block[:-4]))
    return found


NO_HTTP = {
    "another protocol": (b"SSH-2.0-OpenSSH_9.9\r\n", b""),
    "nothing like a head": (b"\x00" * 5000, b"\xff" * 100),
    "an old protocol": (b"ICY 200 OK\r\n\r\n", b"music"),
    "a head without end": (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 1_100_000, b"y" * 1_000_000),
    "a status of letters": (b"HTTP/1.1 abc OK\r\n\r\n", b"page"),
    "a status too long": (b"HTTP/1.1 2000 OK\r\n\r\n", b"page"),
}


@pytest.mark.parametrize("name", NO_HTTP)
def test_what_is_no_http_is_kept_byte_for_byte_beside_a_note_of_it(
    name: str, tmp_path: Path
) -> None:
    head, body = NO_HTTP[name]
    capture = kept(tmp_path, answer(head, body), file="x")
    assert capture.exchange is not None
    assert (capture.exchange.status, capture.exchange.error) == (None, "protocol")
    assert (capture.role, capture.file) == ("other", "x")
    note, _, _, received = raw_blocks(tmp_path)
    assert received == (received[0], head + body)
    assert note[0]["Content-Type"] == "application/json"
    assert json.loads(note[1])["received"] == len(head + body)
    assert Store(tmp_path).exchange(capture) == (b"", note[1])
    assert warcio("check", "-v", tmp_path / capture.warc).count(b"digest pass") == 5
    assert warcio("extract", "--payload", tmp_path / capture.warc, capture.offset) == note[1]


def test_a_failed_connection_is_evidence_too(tmp_path: Path) -> None:
    failed = answer(body=None, request=b"", error="dns", why="no such name\nat all")
    capture = kept(tmp_path, failed)
    assert capture.exchange is not None
    assert (capture.exchange.error, capture.role, capture.size > 0) == ("dns", "other", True)
    note = json.loads(Store(tmp_path).payload(capture))
    assert (note["url"], note["when"]) == (URL, "2026-11-22T12:00:00.123Z")
    (_, (_, fields)) = raw_blocks(tmp_path)
    assert fields == b"error: dns\r\nwhy: no such name at all\r\n"
    warcio("check", "-v", tmp_path / capture.warc)


def test_a_record_names_its_time_its_host_and_its_companions(tmp_path: Path) -> None:
    der = b"0\x82not really a certificate"
    answered = ok(
        ip="2001:db8::1",
        tls="TLSv1.3 X",
        certificate=der,
        before=b"HTTP/1.1 103 Early\r\n\r\n",
        truncated="time",
    )
    capture = kept(tmp_path, answered, page="http://portal.example/human")
    assert capture.captured == "2026-11-22T12:00:00.123Z"
    assert capture.exchange is not None
    assert capture.exchange.certificate == hashlib.sha256(der).hexdigest()
    assert capture.exchange.page == "http://portal.example/human"
    (main, _), (request, sent), (_, fields), (pem, printed), (_, interim) = raw_blocks(tmp_path)
    assert main["WARC-Type"] == "response"
    assert main["Content-Type"] == "application/http;msgtype=response"
    assert main["WARC-Date"] == capture.captured
    assert main["WARC-IP-Address"] == "2001:db8::1"
    assert main["WARC-Truncated"] == "time"
    assert main["WARC-Payload-Digest"] == f"sha256:{capture.sha256}"
    assert request["WARC-Concurrent-To"] == main["WARC-Record-ID"]
    assert request["Content-Type"] == "application/http;msgtype=request"
    assert sent == REQUEST
    assert fields.startswith(b"tls: TLSv1.3 X\r\ncertificate-sha256: ")
    assert pem["Content-Type"] == "application/pem-certificate-chain"
    assert ssl.PEM_cert_to_DER_cert(printed.decode()) == der
    assert interim == answered.before
    header = gzip.decompress(Store(tmp_path).records(next(Store(tmp_path).entries()))[0])
    assert header.partition(b"\r\n\r\n")[0].count(b"WARC-Concurrent-To") == 4


def test_a_bomb_stays_packed_and_takes_no_memory(tmp_path: Path) -> None:
    zip = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(zip.compress(bytes(1 << 20)) for _ in range(140)) + zip.flush()
    tracemalloc.start()
    capture = kept(tmp_path, ok(GZIP + CHUNKED, chunks(bomb, 9999)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert capture.exchange is not None
    assert capture.exchange.undecoded == "gzip"
    assert Store(tmp_path).payload(capture) == bomb
    assert peak < 12 << 20
    assert Store(tmp_path).verify(documents=True).is_whole


def test_a_body_that_changes_while_it_is_read_leaves_no_trace(tmp_path: Path) -> None:
    class Changing(io.BytesIO):
        reads = 0

        def seek(self, offset: int, whence: int = 0, /) -> int:
            self.reads += 1
            self.getbuffer()[self.reads] ^= 1
            return super().seek(offset, whence)

    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with keeping(tmp_path, clock) as session:
        keep(session, ok())
        changing = Answer(url=URL, when=NOON, head=head, body=Changing(b"x" * 3_000_000))
        with pytest.raises(Refused, match="changed while it was read"):
            keep(session, changing, "visit")
        keep(session, ok())
    assert [each.role for each in Store(tmp_path).captures()] == ["notice", "visit"]
    assert Store(tmp_path).verify(documents=True).is_whole


HEADERS = st.sampled_from(
    [
        b"Transfer-Encoding: chunked\r\n",
        b"transfer-encoding : Chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: deflate\n",
        b"Content-Encoding: x-gzip, br\r\n",
        b"Content-Length: 7\r\n",
        b" \r\n",
        b"\x0b\r\n",
        b"\xc2\x85\r\n",
        b"A:\xff\x00\r",
        b"\tfolded\r\n",
        b"WARC/1.1\r\n",
    ]
)
STARTS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 404\n",
        b"HTTP/1.1 304 X\r\n",
        b"\r\n",
        b"WARC/1.0\r\n",
        b"",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(chunks),
    st.binary(max_size=200).map(gzip.compress),
    st.binary(max_size=200).map(lambda raw: chunks(gzip.compress(raw), 9)),
    st.binary(max_size=200).map(zlib.compress),
    st.sampled_from(
        [b"-5\r\n\r\n", b"0\r\nT: x\r\n\r\n", b"ffffffffffffff\r\nx", b"3;a=b\r\nabc\r\n"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    exchanges=st.lists(
        st.tuples(
            STARTS,
            st.lists(HEADERS, max_size=4).map(b"".join),
            st.sampled_from([b"\r\n", b"\n", b"", b"\r\n\r\n"]),
            BODIES,
            st.integers(0, 9),
            st.sampled_from([URL, "HTTP://portal.example/", "https://p.example/<a b>"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_comes_is_kept_byte_for_byte_and_warc_tools_accept_it(
    exchanges: list[tuple[bytes, bytes, bytes, bytes, int, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("evidence")
    answers = [
        answer(start + headers + end, body[: len(body) - cut], url=url)
        for start, headers, end, body, cut, url in exchanges
    ]
    with keeping(folder, clock, rotate=4000) as session:
        captures = [keep(session, each) for each in answers]
    store = Store(folder)
    report = store.verify(documents=True)
    assert report.is_whole, report.damages
    for number, (each, capture) in enumerate(zip(answers, captures, strict=True), start=1):
        assert each.body is not None
        came = each.head + each.body.getvalue()  # type: ignore[attr-defined]
        blocks = [block for _, block in raw_blocks(folder, number)]
        assert came in (blocks[0], blocks[-1]) or not came
        assert hashlib.sha256(store.payload(capture)).hexdigest() == capture.sha256
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as stream, redirect_stderr(io.StringIO()):
            for record in ArchiveIterator(stream, check_digests="raise"):
                while record.content_stream().read(1 << 16):
                    pass
                assert record.digest_checker.passed is not False
