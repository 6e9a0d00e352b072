"""What a state of a corpus rests on: its ledger, its decisions, its method, and its tables."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import msgspec
from duckdb import DuckDBPyConnection

from tenderlight import __version__
from tenderlight.corpus import Corpus
from tenderlight.corpus.joining.kinds import KINDS
from tenderlight.corpus.likeness.leads import LEAD
from tenderlight.corpus.path import PATH, ROWS, given_definitions
from tenderlight.corpus.schemas import EVENT, JOINED_SCHEMAS, SCHEMAS
from tenderlight.corpus.timeline.update import VERSION
from tenderlight.editions.manifest import LinesOf, MethodOf, RowsOf
from tenderlight.evidence import Store, parse_line
from tenderlight.evidence.decisions import real_folder
from tenderlight.evidence.files import open_inside
from tenderlight.evidence.ledger import START
from tenderlight.model import Refused

Progress = Callable[[int, int], None]
TABLES = {**SCHEMAS, **JOINED_SCHEMAS, "event": EVENT, "lead": LEAD}
"""What is fingerprinted: everything that a figure reads but the answers, which are decisions."""
LARGEST = 512 << 20
"""Bytes of a file of decisions."""
FILE = re.compile(r"[a-z][a-z0-9-]{0,40}\.jsonl")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
NOTHING_YET = "1970-01-01T00:00:00Z"


class Decided(msgspec.Struct, frozen=True):
    """A file of decisions as it stands: whole lines only."""

    name: str
    raw: bytes

    @property
    def lines(self) -> LinesOf:
        """How many lines it has, and the digest of them all."""
        sha256 = hashlib.sha256(self.raw).hexdigest()
        return LinesOf(name=self.name, lines=self.raw.count(b"\n"), sha256=sha256)

    def moments(self) -> Iterator[str]:
        """When each of them was taken, where a line says so."""
        for line in self.raw.splitlines():
            try:
                told = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
                yield from (
                    msgspec.json.decode(told[key], type=str)
                    for key in ("decided", "made")
                    if key in told
                )
            except (msgspec.DecodeError, UnicodeError, RecursionError):
                continue


def read_decided(decisions: Path) -> tuple[Decided, ...]:
    """Every file of decisions, by name; a line that was cut off is none.

    Refuses (Refused) a linked folder and files larger than any people can have written.
    """
    found = []
    folder = real_folder(decisions)
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    for name in sorted(name for name in names if FILE.fullmatch(name)):
        with open(open_inside(folder, name), "rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            hint = "No people decide so much. Look into it, and take out what nobody decided."
            raise Refused(f"{name} in the decisions is larger than {LARGEST >> 20} MB.", hint)
        found.append(Decided(name, raw[: raw.rfind(b"\n") + 1]))
    return tuple(found)


def ledger_of(store: Store) -> tuple[LinesOf, str]:
    """How long the ledger is, the digest of its last line, and the moment which that names."""
    head = store.head()
    count, raw = store.last_line()
    if not count:
        return LinesOf(name="ledger", lines=0, sha256=START), NOTHING_YET
    line = parse_line(raw)
    at = NOTHING_YET
    if line.capture is not None:
        at = line.capture.added
    elif line.stamp is not None:
        at = line.stamp.stamped
    elif line.withdrawal is not None:
        at = line.withdrawal.decided
    return LinesOf(name="ledger", lines=count, sha256=head.sha256), at


def moment_of(ledger: str, decided: tuple[Decided, ...]) -> str:
    """The last moment of ledger and decisions, to the second.

    A line of a stranger's file that names no moment as we write it is not looked at.

    >>> moment_of("2026-05-03T00:00:00Z", (Decided("a.jsonl", b'{"decided":"soon"}'),))
    '2026-05-03T00:00:00Z'
    """
    told = [ledger, *(at for each in decided for at in each.moments())]
    known = [at[:19] + "Z" for at in told if MOMENT.fullmatch(at)]
    return max(known, default=NOTHING_YET)


def method_of(corpus: Corpus) -> MethodOf:
    """How notices became rows: steps, joins, definitions, and the packages that did it."""
    steps = {step.name: str(step.version) for step in PATH}
    steps |= {"rows": str(ROWS), "timeline": str(VERSION)}
    steps |= {f"joining {kind.name}": kind.version for kind in KINDS.values()}
    return MethodOf(
        digest=corpus.state().method,
        steps=dict(sorted(steps.items())),
        definitions=given_definitions(corpus.definitions).digest,
        packages=_packages(),
    )


def _packages() -> dict[str, str]:
    """Versions of Tenderlight and of what it needs to run; of zlib, too, which packs the files."""
    try:
        needed = requires("tenderlight") or []
        names = [m.group() for each in needed if (m := PACKAGE.match(each))]
        found = {name.lower(): version(name) for name in names}
    except PackageNotFoundError:  # run out of a folder that nobody installed
        found = {}
    return dict(
        sorted({**found, "tenderlight": __version__, "zlib": zlib.ZLIB_RUNTIME_VERSION}.items())
    )


def tables_of(con: DuckDBPyConnection, progress: Progress | None = None) -> tuple[RowsOf, ...]:
    """Each table: how many rows, and a digest that no order of them changes.

    Each row's SHA-256 is cut into four numbers, and each of the four is added up over the table.
    """
    found = []
    for number, (name, columns) in enumerate(TABLES.items(), start=1):
        rows, *sums = con.execute(_fingerprint(name, tuple(columns))).fetchone() or (0,)
        told = ":".join(str(each or 0) for each in (rows, *sums))
        sha256 = hashlib.sha256(told.encode()).hexdigest()
        found.append(RowsOf(name=name, rows=rows, sha256=sha256))
        if progress is not None:
            progress(number, len(TABLES))
    return tuple(found)


def _fingerprint(table: str, columns: tuple[str, ...]) -> str:
    """Every value with its length before it, so that no two rows read alike."""
    values = (f"coalesce(length(v{n}) || ':' || v{n}, '-')" for n in range(len(columns)))
    texts = ", ".join(f'"{column}"::varchar as v{n}' for n, column in enumerate(columns))
    four = ", ".join(f"sum(('0x' || h[{at + 1}:{at + 16}])::ubigint)" for at in range(0, 64, 16))
    row = " || ".join(values)
    named = f"(select {texts} from {table})"  # noqa: S608 - names of our own schemas
    return f"select count(*), {four} from (select sha256({row}) as h from {named})"  # noqa: S608
