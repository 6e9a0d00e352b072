"""The page on evidence is a promise to people who trust nobody: its commands are run here."""

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.evidence import Store

PAGE = Path(__file__).resolve().parents[2] / "docs/evidence.md"
PROMISES = [
    "the record is as preserved",
    "the document is as preserved",
    "the line is in the chain",
    "the ledger is complete",
    "the anchor holds",
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    with Store(tmp_path / "evidence").keeping(lambda: datetime(2026, 1, 1, tzinfo=UTC)) as session:
        for number in range(5):
            session.keep(io.BytesIO(b"\r\n\r\n%d\r\n\r\n" % number * 9), file=f"{number}.html")
    return tmp_path


def run(corpus: Path) -> list[str]:
    bash = shutil.which("bash")
    if bash is None or shutil.which("sha256sum") is None:
        pytest.skip("no bash or no sha256sum on this machine")
    commands = "".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
    told = subprocess.run([bash, "-c", commands], cwd=corpus, capture_output=True, text=True)
    return told.stdout.splitlines()


def test_the_commands_on_the_page_find_good_evidence_good(corpus: Path) -> None:
    assert run(corpus) == PROMISES
    third = list(Store(corpus / "evidence").captures())[2]
    assert (corpus / "document").read_bytes() == Store(corpus / "evidence").payload(third)


def test_the_commands_on_the_page_find_changed_evidence_changed(corpus: Path) -> None:
    ledger = corpus / "evidence/ledger.jsonl"
    raw = ledger.read_bytes()
    ledger.write_bytes(raw.replace(b'"1.html"', b'"9.html"'))
    assert run(corpus) == [line for line in PROMISES if line != "the line is in the chain"]
    ledger.write_bytes(raw)
    third = list(Store(corpus / "evidence").captures())[2]
    warc = corpus / "evidence" / third.warc
    changed = bytearray(warc.read_bytes())
    changed[third.offset + 4] ^= 1
    warc.write_bytes(changed)
    assert run(corpus) == PROMISES[1:]
