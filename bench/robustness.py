"""What thousands of broken and malicious documents do to us: nothing but a Problem each.

python -m bench.robustness [COUNT]     prints the table
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from bench.bombs import ESCAPED, bombs
from bench.hostile import broken
from tenderlight.apart import Apart
from tenderlight.model import Unreadable
from tenderlight.reading import read_document

SEED = 20261122
MB = 1 << 20
OUTCOMES = ("read", "refused", "crashed", "out-of-time", "out-of-memory", "too-much")


@dataclass(slots=True)
class Row:
    """What documents of one kind, or one bomb, came to."""

    outcomes: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    peak: int = 0
    """Bytes, of the process that read."""
    ours: int = 0
    """Bytes that our own process took meanwhile."""
    crashes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Robustness:
    """Of a whole run."""

    broken: dict[str, Row] = field(default_factory=lambda: defaultdict(Row))
    bombs: dict[str, Row] = field(default_factory=lambda: defaultdict(Row))
    escaped: list[str] = field(default_factory=list)
    """Files that came to be outside, and errors that reached us."""
    missing: tuple[str, ...] = ()
    """Locks that this computer does not have."""


def try_readers(
    count: int, megabytes: int, leave_out: tuple[str, ...] = (), seed: int = SEED
) -> Robustness:
    """Read so many broken documents, and every bomb, as a build would."""
    mark = secrets.token_hex(8)
    found = Robustness()
    with Apart() as apart:
        found.missing = apart.holds.missing()
        for kind, some in groupby(broken(seed, count), key=itemgetter(0)):
            for _, payload in some:
                _read(apart, payload, found.broken[kind], found.escaped, f"{kind}, broken")
            found.broken[kind].peak = apart.take_peak()
        for name, make in bombs(mark, megabytes):
            if name not in leave_out:
                _read(apart, make(), found.bombs[name], found.escaped, name)
                found.bombs[name].peak = apart.take_peak()
    found.escaped += [str(path) for path in _written(ESCAPED % mark)]
    return found


def _read(apart: Apart, payload: bytes, row: Row, escaped: list[str], name: str) -> None:
    before, began = _reset_peak(), time.perf_counter()
    try:
        reading = read_document(payload, "invented", reader=apart.read)
        row.outcomes["read"] += 1
        codes = [(problem.code, problem.what) for problem in reading.problems]
    except Unreadable as error:
        codes = [(error.code, error.what)]
        row.outcomes[_outcome(error.code)] += 1
    except Exception as error:  # what may not be: it would end a build
        codes = []
        escaped.append(f"{name}: {type(error).__name__}: {error}")
    row.longest = max(row.longest, time.perf_counter() - began)
    row.ours = max(row.ours, _peak() - before)
    row.crashes.update(what for code, what in codes if code == "reading.crashed")


def _outcome(code: str) -> str:
    short = code.removeprefix("reading.")
    return short if short in OUTCOMES else "refused"


def _reset_peak() -> int:
    """Forget the most memory that this process had; what it has now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def _written(name: str) -> Iterable[Path]:
    """Where a path that leads out of an archive would have led."""
    here = Path.cwd()
    places = {here, *here.parents, Path(tempfile.gettempdir()), Path("/tmp"), Path.home()}
    for place in (*places, Path("/dev/shm"), Path("/var/tmp"), Path("/etc")):
        yield from (path for path in place.glob(f"*{name}*"))


def told(found: Robustness) -> str:
    """The section of docs/benchmarks.md."""
    total = sum(row.outcomes.total() for row in found.broken.values())
    crashes = sum((row.crashes for row in found.broken.values()), Counter[str]())
    rows = [*found.broken.values(), *found.bombs.values()]
    missing = "; ".join(found.missing) or "none"
    lines = [
        "## Robustness of reading\n",
        f"{total:,} documents of {len(found.broken)} kinds with bits turned, cut off, spliced with "
        f"others, repeated, with lengths that lie (seed {SEED}), and {len(found.bombs)} made to "
        "exhaust or to break out (`bench/bombs.py`), each read with all that is inside it, as a "
        f"build does. Locks that do not hold on this machine: {missing}. "
        f"Errors that reached us or files that came to be outside: {len(found.escaped)}. "
        f"Longest: {max(row.longest for row in rows):.0f} s; most memory of a reader: "
        f"{max(row.peak for row in rows) / MB:.0f} MB, of ours meanwhile: "
        f"{max(row.ours for row in rows) / MB:.0f} MB.\n",
        _table("broken", found.broken),
        _table("made to harm", found.bombs),
    ]
    if crashes:
        told_crashes = ", ".join(f"{what} ({n})" for what, n in crashes.most_common(8))
        lines.append(f"Crashes of readers, each one Problem: {told_crashes}\n")
    return "\n".join(lines)


def _table(title: str, rows: dict[str, Row]) -> str:
    head = f"| {title} | documents | {' | '.join(OUTCOMES)} | longest | reader | ours |"
    lines = [head, "|---|" + "---:|" * (len(OUTCOMES) + 4)]
    for name, row in rows.items():
        counts = " | ".join(str(row.outcomes[outcome] or "") for outcome in OUTCOMES)
        measures = f"{row.longest:.1f} s | {row.peak / MB:.0f} MB | {row.ours / MB:.0f} MB"
        lines.append(f"| {name} | {row.outcomes.total()} | {counts} | {measures} |")
    return "\n".join(lines) + "\n"


def faults(found: Robustness, floors: dict[str, float]) -> list[str]:
    """What may not be."""
    rows = {**found.broken, **found.bombs}
    short = list(found.escaped)
    for name, row in rows.items():
        if row.longest > floors["longest_seconds"]:
            short.append(f"{name}: {row.longest:.0f} s")
        if row.peak > floors["reader_megabytes"] * MB or row.ours > floors["our_megabytes"] * MB:
            short.append(f"{name}: {row.peak / MB:.0f} MB, {row.ours / MB:.0f} MB of ours")
    total = sum(row.outcomes.total() for row in found.broken.values())
    lost = sum(row.outcomes["crashed"] for row in found.broken.values())
    if lost > floors["crashed_share"] * total:
        short.append(f"{lost} of {total} broken documents made a reader crash")
    return short


if __name__ == "__main__":
    print(told(try_readers(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, 1024)))
