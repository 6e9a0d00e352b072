"""Adding: from folders to acknowledged evidence, whatever comes between."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.evidence import Store
from tenderlight.model import BrokenEvidence, Refused
from tenderlight.sources import Added, add


def clock() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus/evidence").mkdir(parents=True)
    return tmp_path / "corpus"


def test_new_known_and_refused_are_counted(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.html").write_text("a")
    (folder / "b.html").write_text("b")
    (folder / "empty.html").touch()
    line = {"file": "a.html", "url": "http://example.com/a", "captured": "2025-01-01"}
    (folder / "manifest.jsonl").write_text(json.dumps(line) + "\nwrong\n")
    added = add(corpus, [folder], clock)
    assert (added.new, added.known) == (2, 0)
    assert [f"{each.file} {each.what}" for each in added.refused][1:] == [
        "empty.html is empty: there is nothing to preserve."
    ]
    assert added.refused[0].file == "manifest.jsonl line 2"
    again = add(corpus, [folder], clock)
    assert (again.new, again.known, again.refused) == (0, 2, added.refused)
    a, b = Store(corpus / "evidence").captures()
    assert (a.file, a.url, a.captured) == ("a.html", "http://example.com/a", "2025-01-01")
    assert a.id == hashlib.sha256(f"{a.sha256}\0http://example.com/a".encode()).hexdigest()[:16]
    assert b.id == hashlib.sha256(f"{b.sha256}\0b.html".encode()).hexdigest()[:16]
    record = (corpus / "evidence" / b.warc).read_bytes()[b.offset : b.offset + b.length]
    assert str(tmp_path) not in record.decode("latin-1") + repr(list((a, b)))


def test_what_is_no_corpus_is_refused_and_not_touched(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"not a corpus.*tenderlight init"):
        add(tmp_path / "nothing", [tmp_path], clock)
    assert list(tmp_path.iterdir()) == []


def test_broken_evidence_gets_nothing_added(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a")
    add(corpus, [tmp_path / "a.html"], clock)
    with (corpus / "evidence/ledger.jsonl").open("ab") as ledger:
        ledger.write(b"{}\n")
    with pytest.raises(BrokenEvidence, match="tenderlight verify"):
        add(corpus, [tmp_path / "a.html"], clock)


def test_adding_the_folder_that_holds_the_corpus_does_not_add_the_corpus(
    corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text("a")
    heard: list[Added] = []
    assert add(corpus, [tmp_path], clock, heard.append).new == 1
    assert add(corpus, [tmp_path], clock, heard.append).known == 1
    assert [each.new for each in heard] == [1]


_CHILD = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from tenderlight.evidence import Store
from tenderlight.sources import add

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def now():
    return datetime.now(UTC)

corpus, folder = Path(sys.argv[1]), Path(sys.argv[2])
before = peak()
print("ready", flush=True)
add(corpus, [folder], now, lambda added: print(added.new, flush=True))
print("added", peak() - before, flush=True)
if "verify" in sys.argv:
    assert Store(corpus / "evidence").verify().is_whole
    print("verified", peak() - before, flush=True)
"""


def test_a_file_of_200_mb_passes_through_a_few_mb_of_memory(corpus: Path, tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200 << 20)
    command = [sys.executable, "-c", _CHILD, str(corpus), str(tmp_path / "large.txt"), "verify"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    grown = {name: int(megabytes) for name, megabytes in (line.split() for line in told[2:])}
    assert set(grown) == {"added", "verified"}
    assert max(grown.values()) < 40, grown
    (capture,) = Store(corpus / "evidence").captures()
    assert capture.size == 200 << 20


def test_killed_again_and_again_adding_loses_nothing_and_ends_with_everything(
    corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    chance = random.Random(11)
    documents = {f"{n:04}.html": chance.randbytes(chance.randint(50, 3000)) for n in range(1500)}
    for name, payload in documents.items():
        (folder / name).write_bytes(payload)
    store = Store(corpus / "evidence")
    promised = 0
    for _ in range(10):
        promised += _killed(corpus, folder, chance.uniform(0, 0.2))
        captures = list(store.captures())
        assert len(captures) >= promised
        assert all(store.payload(each) == documents[each.file] for each in captures)
        assert store.verify().is_whole
        promised = len(captures)
    added = add(corpus, [folder], clock)
    assert added.new + added.known == len(documents)
    captures = list(store.captures())
    assert {each.file: each.sha256 for each in captures} == {
        name: hashlib.sha256(payload).hexdigest() for name, payload in documents.items()
    }
    assert len(captures) == len(documents)
    report = store.verify()
    assert report.is_whole
    assert not report.unfinished


def _killed(corpus: Path, folder: Path, after: float) -> int:
    """Add in another process, kill it so many seconds after it began; what it acknowledged."""
    command = [sys.executable, "-c", _CHILD, str(corpus), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(after)
        os.kill(child.pid, signal.SIGKILL)
        counts = [line for line in child.stdout.read().splitlines() if line.isdigit()]
    return int(counts[-1]) if counts else 0
