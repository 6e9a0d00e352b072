"""Preserving and verifying: how fast, beside `sha256sum`, in how much memory.

    python -m bench.evidence_bench keep FOLDER COUNT    small documents and exchanges, in turn
    python -m bench.evidence_bench verify FOLDER

Those two are what is measured from outside for the memory.
"""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench.measure import run
from bench.multiply import multiplied
from tenderlight.evidence import Answer, Keeping, Store

REQUEST = b"GET / HTTP/1.1\r\nHost: portal.example\r\nAccept-Encoding: identity\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
MB = 1_000_000
PER_PAGE = 4


class Preserved(NamedTuple):
    """One way of preserving, and verifying what came of it."""

    way: str
    count: int
    keep: float
    """Seconds."""
    size: int
    """Of the documents."""
    packed: int
    """Of the WARC files."""
    verify: float
    documents: float
    """Seconds of verifying with every document unpacked."""
    sha256sum: float

    @property
    def ratio(self) -> float:
        """How many times as fast as `sha256sum` over the same files verifying is."""
        return self.sha256sum / self.verify


def preserve(notices: Path, count: int, work: Path) -> Iterator[Preserved]:
    """Preserve so many notices as documents, then as exchanges; verify each beside `sha256sum`."""
    for way, keep in (("documents", keep_document), ("exchanges", keep_exchange)):
        folder = work / f"evidence-{way}"
        folder.mkdir()
        begun, size = time.perf_counter(), 0
        with Store(folder).keeping(clock) as session:
            for number, payload in enumerate(_pages(notices, count)):
                keep(session, number, payload)
                size += len(payload)
        kept = time.perf_counter() - begun
        files = sorted(folder.glob("*.warc.gz"))
        verified, summed = _beside(folder, files)
        begun = time.perf_counter()
        _check(folder, documents=True)
        documents = time.perf_counter() - begun
        packed = sum(path.stat().st_size for path in files)
        yield Preserved(way, count, kept, size, packed, verified, documents, summed)
        shutil.rmtree(folder)


def _pages(notices: Path, count: int) -> Iterator[bytes]:
    """Several invented notices in one page: as long as real pages are."""
    payloads = (payload for _, payload in multiplied(notices, count * PER_PAGE))
    for _ in range(count):
        yield b"".join(itertools.islice(payloads, PER_PAGE))


def _beside(folder: Path, files: list[Path]) -> tuple[float, float]:
    """The best of three, in turns, so that both have the same neighbours on this machine."""
    verified, summed = [], []
    for _ in range(3):
        begun = time.perf_counter()
        _check(folder, documents=False)
        between = time.perf_counter()
        subprocess.run(["sha256sum", *map(str, files)], check=True, stdout=subprocess.DEVNULL)
        verified.append(between - begun)
        summed.append(time.perf_counter() - between)
    return min(verified), min(summed)


def _check(folder: Path, *, documents: bool) -> None:
    if not Store(folder).verify(documents=documents).is_whole:
        raise AssertionError("the evidence is not whole")


class Peak(NamedTuple):
    """The memory that a number of captures takes."""

    count: int
    keep: int
    """Bytes, the most that were ever in use."""
    again: int
    """Of a session that adds one more: it reads the whole ledger first."""
    verify: int
    seconds: float


def peaks(sizes: tuple[int, ...], work: Path) -> Iterator[Peak]:
    """Keep and verify so many small captures, each in a process of its own."""
    for count in sizes:
        folder = work / f"evidence-{count}"
        folder.mkdir()
        this = (sys.executable, "-m", "bench.evidence_bench")
        kept = run(*this, "keep", str(folder), str(count))
        again = run(*this, "keep", str(folder), str(count + 1))
        verified = run(*this, "verify", str(folder))
        seconds = kept.seconds + again.seconds + verified.seconds
        yield Peak(count, kept.peak, again.peak, verified.peak, seconds)
        shutil.rmtree(folder)


def told(
    preserved: list[Preserved], measured: list[Peak], tried: dict[str, int], unnoticed: int
) -> str:
    """The section for docs/benchmarks.md."""
    lines = [
        "## Evidence\n",
        "Invented notices, four to a page, preserved one by one in one process, everything "
        "on disk (fsync) before it counts; verified beside `sha256sum` over the "
        "same WARC files, in turns, best of three. `--documents` also unpacks each document.\n",
        "| | captures | bytes each, packed | preserve | verify | `sha256sum` | ratio "
        "| `verify --documents` |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in preserved:
        lines.append(
            f"| {each.way} | {each.count:,} | {each.packed / each.count:,.0f} "
            f"| {_rate(each.count, each.size, each.keep)} "
            f"| {_rate(each.count, each.packed, each.verify)} "
            f"| {each.packed / each.sha256sum / MB:.0f} MB/s | {each.ratio:.2f} "
            f"| {_rate(each.count, each.size, each.documents)} |"
        )
    lines += [
        "\nPeak memory, small documents and exchanges in turn:\n",
        "| captures | preserve all | preserve one more | verify |",
        "|---:|---:|---:|---:|",
    ]
    for peak in measured:
        cells = [f"{size / MB:.0f} MB" for size in (peak.keep, peak.again, peak.verify)]
        lines.append(f"| {peak.count:,} | {' | '.join(cells)} |")
    lines.append(
        f"\nOf {sum(tried.values()):,} alterations at random (bench/alter.py) **{unnoticed}** went "
        "unnoticed. Tried were: "
        + "; ".join(f"{count:,} × {name}" for name, count in tried.items())
        + ". (Packed otherwise, a record says the same: only its bytes are others.)\n"
    )
    return "\n".join(lines)


def _rate(count: int, size: int, seconds: float) -> str:
    return f"{count / seconds:,.0f}/s, {size / seconds / MB:.0f} MB/s"


def growth(measured: list[Peak]) -> float:
    """How many times the memory of the smallest number the largest takes, at worst."""
    first, last = measured[0], measured[-1]
    pairs = ((first.keep, last.keep), (first.again, last.again), (first.verify, last.verify))
    return max(after / before for before, after in pairs)


def keep_document(session: Keeping, number: int, payload: bytes) -> None:
    """As a file that somebody saved."""
    session.keep(io.BytesIO(payload), file=f"{number}.html")


def keep_exchange(session: Keeping, number: int, payload: bytes) -> None:
    """As an answer over HTTP."""
    answer = Answer(
        url=f"http://portal.example/{number}.html",
        when=clock(),
        request=REQUEST,
        head=HEAD,
        body=io.BytesIO(payload),
        ip="192.0.2.1",
    )
    session.keep_exchange(answer, role="notice", source="portal", run="run")


def clock() -> datetime:
    """The same for every capture: only the speed is of interest."""
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def _keep_small(folder: Path, count: int) -> None:
    keep: tuple[Callable[[Keeping, int, bytes], None], ...] = (keep_document, keep_exchange)
    with Store(folder).keeping(clock) as session:
        for number in range(session.next_number - 1, count):
            keep[number % 2](session, number, b"an invented notice, number %d" % number)


if __name__ == "__main__":
    if sys.argv[1] == "keep":
        _keep_small(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        _check(Path(sys.argv[2]), documents=False)
