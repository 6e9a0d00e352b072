"""The page on evidence is a promise to people who trust nobody: its commands are run here."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.token import ask_for
from tests.authority.authority import Authority, clock, make_authority

PAGE = Path(__file__).resolve().parents[2] / "docs/evidence.md"
PROMISES = [
    "the record is as preserved",
    "the document is as preserved",
    "the chain holds up to the stamped line",
    "the time stamp holds",
    "the ledger is complete",
    "the anchor holds",
]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"), chain=True)


def chunked(number: int) -> Answer:
    """An answer as a real server sends it, in chunks, with a query and a quote in its address."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (b"\r\n\r\n", b"%d" % number))
    return Answer(
        url=f'http://portal.example/{number}?"offset":1',
        when=clock(),
        request=b"GET / HTTP/1.1\r\nHost: portal.example\r\n\r\n",
        head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n",
        body=io.BytesIO(body + b"0\r\n\r\n"),
        certificate=b"certificate",
    )


@pytest.fixture(params=["added", "answered"])
def corpus(tmp_path: Path, authority: Authority, request: pytest.FixtureRequest) -> Path:
    """Five captures, the first two stamped, and all of them."""
    (tmp_path / "evidence").mkdir()
    store = Store(tmp_path / "evidence")
    for number in range(5):
        with store.keeping(clock) as session:
            if request.param == "answered":
                session.keep_exchange(chunked(number), role="notice", source="p", run="r")
            else:
                document = io.BytesIO(b"\r\n\r\n%d\r\n\r\n" % number * 9)
                session.keep(document, file=f'{number}"offset":7.html')
            session.commit()
        if number in (0, 4):
            stamp(store, authority)
    return tmp_path


def stamp(store: Store, authority: Authority) -> None:
    number, line = store.last_line()
    answer = authority.answer(ask_for(line).der)
    roots = authority.roots.read_bytes()
    with store.keeping(clock) as session:
        session.add_stamp(authority="notary", url="u", line=number, answer=answer, roots=roots)


def run(corpus: Path, page: str = "") -> list[str]:
    """Which promises the commands make of this corpus."""
    page = page or PAGE.read_text(encoding="utf-8")
    bash = shutil.which("bash")
    if bash is None or shutil.which("sha256sum") is None:
        pytest.skip("no bash or no sha256sum on this machine")
    commands = "".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL))
    commands = f'PATH="{Path(sys.executable).parent}:$PATH"\n{commands}'  # where warcio is
    told = subprocess.run([bash, "-c", commands], cwd=corpus, capture_output=True, text=True)
    return [promise for promise in PROMISES if promise in told.stdout]


def third(corpus: Path) -> tuple[int, Path, bytes]:
    """The capture that the page checks: where its record is, and its document."""
    store = Store(corpus / "evidence")
    line = next(line for line in store.entries() if line.number == 3)
    assert line.capture is not None
    payload = store.payload(line.capture)
    return line.capture.offset, corpus / "evidence" / line.capture.warc, payload


def test_the_commands_on_the_page_find_good_evidence_good(corpus: Path) -> None:
    assert run(corpus) == PROMISES
    assert (corpus / "document").read_bytes() == third(corpus)[2]


def test_the_commands_on_the_page_find_a_changed_record_changed(corpus: Path) -> None:
    offset, warc, _ = third(corpus)
    changed = bytearray(warc.read_bytes())
    changed[offset + 4] ^= 1
    warc.write_bytes(changed)
    assert run(corpus) == PROMISES[1:]


@pytest.mark.parametrize("number", [3, 4, 5])
def test_the_commands_on_the_page_find_a_changed_line_changed(corpus: Path, number: int) -> None:
    ledger = corpus / "evidence/ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    lines[number - 1] = lines[number - 1].replace(b'"size":', b'"size":1')
    ledger.write_bytes(b"".join(lines))
    assert "the chain holds up to the stamped line" not in run(corpus)


def test_the_commands_on_the_page_find_a_foreign_stamp_foreign(
    corpus: Path, tmp_path: Path
) -> None:
    other = make_authority(tmp_path / "other")
    line = list(Store(corpus / "evidence").lines())[5]
    (name,) = (corpus / "evidence/stamps").glob("00000006-*.tsr")
    name.write_bytes(other.answer(ask_for(line).der))
    assert run(corpus) == [each for each in PROMISES if each != "the time stamp holds"]


def test_the_commands_on_the_page_find_a_cut_ledger_cut(corpus: Path) -> None:
    ledger = corpus / "evidence/ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:-1]))
    assert "the ledger is complete" not in run(corpus)


def test_the_commands_on_the_page_check_a_stamped_line_itself(corpus: Path) -> None:
    """Line 6 is the last that was stamped: nothing stands between it and its stamp."""
    page = PAGE.read_text(encoding="utf-8")
    assert run(corpus, page.replace("n=3\n", "n=6\n", 1)) == PROMISES
