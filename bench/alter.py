"""Alter evidence at random in every way that changes what it says, and see whether that is noticed.

A small folder of evidence: documents, exchanges, an attachment, a withdrawal, and a time stamp
behind them all. Each alteration is one that somebody could make who can write to the folder; the
forger also computes the chain and the head anew, and only the time stamp betrays him.
"""

from __future__ import annotations

import io
import random
import shutil
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from tenderlight.evidence import Answer, Store
from tenderlight.evidence.keep import keeping
from tenderlight.evidence.ledger import (
    HEAD,
    LEDGER,
    START,
    Head,
    Line,
    decode_line,
    digest,
    encode_head,
    encode_line,
)
from tenderlight.evidence.token import ask_for
from tenderlight.model import BrokenEvidence
from tests.authority.authority import Authority

Files = dict[str, bytes]
"""The files of the evidence by name, relative to its folder."""
Alteration = Callable[[random.Random, Files, Files], Files | None]
"""From a chance, the files, and those of other evidence: the altered files; None to draw again."""

PAGE = "<h1>Invented notice {n}</h1><p>Budget {n}00 yuan, published 2025-03-{n:02}.</p>"


class Noticed(NamedTuple):
    """What came of it."""

    tried: dict[str, int]
    """Alterations by their name."""
    unnoticed: tuple[str, ...]
    """Those that verifying did not see: name and number of the draw."""


def write_evidence(folder: Path, authority: Authority, words: str = PAGE) -> None:
    """Evidence with everything in it, in three WARC files."""
    folder.mkdir(parents=True)
    stamped = authority.answer
    with keeping(folder, _clock, rotate=2200) as session:
        for n in range(1, 9):
            url = f"http://portal.example/{n}.html"
            body = words.format(n=n).encode()
            if n % 2:
                session.keep(io.BytesIO(body), file=f"{n}.html", url=url, captured="2025-03-24")
                continue
            answer = Answer(
                url=url,
                when=_clock(),
                request=b"GET /%d.html HTTP/1.1\r\nHost: portal.example\r\n\r\n" % n,
                head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                body=io.BytesIO(body),
                certificate=b"an invented certificate",
                tls="TLSv1.3",
            )
            role = "attachment" if n == 6 else "notice"
            session.keep_exchange(answer, role=role, source="portal", run="run")
        session.commit()
        third = list(Store(folder).entries())[2]
        session.add_withdrawals([third], reason="a judgment", by="office", decided=STAMPED)
        number, raw = Store(folder).last_line()
        given, roots = stamped(ask_for(raw).der), authority.roots.read_bytes()
        session.add_stamp(
            authority="invented", url="http://tsa.example", line=number, answer=given, roots=roots
        )


STAMPED = "2026-11-22T12:00:00Z"


def _clock() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def alter_at_random(work: Path, authority: Authority, times: int, seed: int = 3) -> Noticed:
    """Alter the evidence so often, each time from the good state, and verify it."""
    chance = random.Random(seed)
    write_evidence(work / "good", authority)
    write_evidence(work / "other", authority, words="<p>Another page {n}</p>" * 3)
    good, other = _read(work / "good"), _read(work / "other")
    folder = Path(shutil.copytree(work / "good", work / "altered"))
    if not Store(folder).verify(documents=True).is_whole:
        raise AssertionError("the evidence is not whole before it is altered")
    tried: Counter[str] = Counter()
    unnoticed = []
    while (number := tried.total()) < times:
        name = chance.choice(list(ALTERATIONS))
        altered = ALTERATIONS[name](chance, dict(good), other)
        if altered is None or altered == good:
            continue
        tried[name] += 1
        _write(folder, good, altered)
        if _is_whole(folder):
            unnoticed.append(f"{name} {number}")
        _write(folder, altered, good)
    return Noticed(dict(sorted(tried.items())), tuple(unnoticed))


def _is_whole(folder: Path) -> bool:
    try:
        return Store(folder).verify().is_whole
    except BrokenEvidence:
        return False


def _read(folder: Path) -> Files:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(paths)}


def _write(folder: Path, before: Files, after: Files) -> None:
    """Turn the folder from one state into another, touching only what differs."""
    for name in before.keys() | after.keys():
        if name not in after:
            (folder / name).unlink()
        elif before.get(name) != after[name]:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(after[name])


# Bytes of any file.


def _flip(chance: random.Random, files: Files, _: Files) -> Files:
    """One bit, anywhere."""
    name = chance.choice(list(files))
    raw = bytearray(files[name])
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return files | {name: bytes(raw)}


def _overwrite(chance: random.Random, files: Files, _: Files) -> Files:
    """Some bytes by others of the same number."""
    name, start, end = _part(chance, files)
    raw = files[name]
    return files | {name: raw[:start] + chance.randbytes(end - start) + raw[end:]}


def _cut(chance: random.Random, files: Files, _: Files) -> Files:
    """Some bytes taken out."""
    name, start, end = _part(chance, files)
    return files | {name: files[name][:start] + files[name][end:]}


def _insert(chance: random.Random, files: Files, _: Files) -> Files:
    """Some bytes put in, random or repeated."""
    name, start, end = _part(chance, files)
    new = chance.choice([chance.randbytes(end - start), files[name][start:end]])
    return files | {name: files[name][:end] + new + files[name][end:]}


def _truncate(chance: random.Random, files: Files, _: Files) -> Files:
    """The end of a file, or all of it."""
    name = chance.choice(list(files))
    return files | {name: files[name][: chance.randrange(len(files[name]))]}


def _part(chance: random.Random, files: Files) -> tuple[str, int, int]:
    name = chance.choice(list(files))
    start = chance.randrange(len(files[name]))
    return name, start, min(len(files[name]), start + 1 + int(chance.expovariate(0.02)))


# Whole files.


def _remove_file(chance: random.Random, files: Files, _: Files) -> Files:
    name = chance.choice(list(files))
    return {other: raw for other, raw in files.items() if other != name}


def _add_file(chance: random.Random, files: Files, other: Files) -> Files:
    new = chance.choice(["captures-00009.warc.gz", "captures-00004.warc.gz", "x", "stamps/x.tsr"])
    return files | {new: chance.choice(list(other.values()))}


def _swap_files(chance: random.Random, files: Files, _: Files) -> Files:
    one, two = chance.sample(list(files), 2)
    return files | {one: files[two], two: files[one]}


def _foreign_file(chance: random.Random, files: Files, other: Files) -> Files:
    """One file, or several, of other evidence in place of ours, but never all of them."""
    names = chance.sample(sorted(files.keys() & other.keys()), chance.randrange(1, 4))
    return files | {name: other[name] for name in names}


# Records.


def _swap_records(chance: random.Random, files: Files, _: Files) -> Files:
    name, members = _members(chance, files)
    one, two = chance.sample(range(len(members)), 2)
    members[one], members[two] = members[two], members[one]
    return files | {name: b"".join(members)}


def _drop_record(chance: random.Random, files: Files, _: Files) -> Files:
    name, members = _members(chance, files)
    del members[chance.randrange(len(members))]
    return files | {name: b"".join(members)}


def _repeat_record(chance: random.Random, files: Files, _: Files) -> Files:
    name, members = _members(chance, files)
    members.insert(chance.randrange(len(members) + 1), chance.choice(members))
    return files | {name: b"".join(members)}


def _foreign_record(chance: random.Random, files: Files, other: Files) -> Files:
    name, members = _members(chance, files)
    members[chance.randrange(len(members))] = chance.choice(_members(chance, other)[1])
    return files | {name: b"".join(members)}


REWRITTEN = [
    (b"http://portal.example/", b"http://portal.invalid/"),
    (b"WARC-Date: 2026-11-22", b"WARC-Date: 2025-11-22"),
    (b"2025-03-", b"2024-03-"),
    (b"00 yuan", b"99 yuan"),
    (b"200 OK", b"404 No"),
    (b"sha256:", b"sha512:"),
    (b"GET /", b"PUT /"),
]
"""What somebody might want a record to say instead."""


def _rewrite_record(chance: random.Random, files: Files, _: Files) -> Files | None:
    """Unpack a record, change its address, its date or its words, and pack it again."""
    name, members = _members(chance, files)
    place = chance.randrange(len(members))
    old, new = chance.choice(REWRITTEN)
    record = zlib.decompress(members[place], 31)
    if old not in record:
        return None
    zip = zlib.compressobj(chance.choice([1, 6, 9]), zlib.DEFLATED, 31)
    members[place] = zip.compress(record.replace(old, new, 1)) + zip.flush()
    return files | {name: b"".join(members)}


def _repack_record(chance: random.Random, files: Files, _: Files) -> Files:
    """The same record, packed otherwise: its bytes are not those that were preserved."""
    name, members = _members(chance, files)
    place = chance.randrange(len(members))
    zip = zlib.compressobj(chance.choice([0, 1, 9]), zlib.DEFLATED, 31)
    members[place] = zip.compress(zlib.decompress(members[place], 31)) + zip.flush()
    return files | {name: b"".join(members)}


def _members(chance: random.Random, files: Files) -> tuple[str, list[bytes]]:
    name = chance.choice([name for name in files if name.endswith(".warc.gz")])
    members, raw = [], files[name]
    while raw:
        unzip = zlib.decompressobj(31)
        unzip.decompress(raw)
        members.append(raw[: len(raw) - len(unzip.unused_data)])
        raw = unzip.unused_data
    return name, members


# Lines of the ledger, with the head as it was.


def _drop_line(chance: random.Random, files: Files, _: Files) -> Files:
    lines = _lines(files)
    del lines[chance.choice([-1, chance.randrange(len(lines))])]
    return files | {LEDGER: b"".join(lines)}


def _repeat_line(chance: random.Random, files: Files, _: Files) -> Files:
    lines = _lines(files)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return files | {LEDGER: b"".join(lines)}


def _move_line(chance: random.Random, files: Files, _: Files) -> Files:
    lines = _lines(files)
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return files | {LEDGER: b"".join(lines)}


def _rewrite_line(chance: random.Random, files: Files, _: Files) -> Files:
    lines = _lines(files)
    place = chance.randrange(len(lines))
    lines[place] = encode_line(_otherwise(chance, decode_line(lines[place])))
    return files | {LEDGER: b"".join(lines)}


def _rewrite_chain(chance: random.Random, files: Files, _: Files) -> Files:
    """A line and all after it, so that the chain holds again; the head is left as it was."""
    return files | {LEDGER: b"".join(_chained(_changed(chance, _lines(files))))}


def _lines(files: Files) -> list[bytes]:
    return files[LEDGER].splitlines(keepends=True)


def _changed(chance: random.Random, raws: list[bytes]) -> list[Line]:
    """The lines with one of those that are stamped rewritten, dropped, repeated or moved."""
    lines = [decode_line(raw) for raw in raws]
    place = chance.randrange(len(lines) - 1)
    match chance.randrange(4):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[place])
        case 2:
            lines.insert(place, lines.pop(chance.randrange(len(lines) - 1)))
        case _:
            lines[place] = _otherwise(chance, lines[place])
    return lines


def _chained(lines: list[Line]) -> list[bytes]:
    after, chained = START, []
    for number, line in enumerate(lines, start=1):
        raw = encode_line(msgspec.structs.replace(line, after=after, number=number))
        chained.append(raw)
        after = digest(raw)
    return chained


def _otherwise(chance: random.Random, line: Line) -> Line:
    """The line with one of its values changed."""
    part = "capture" if line.capture else "withdrawal" if line.withdrawal else "stamp"
    told = msgspec.to_builtins(line)[part]
    told = dict(told)
    key = chance.choice([key for key, value in told.items() if isinstance(value, str | int)])
    value = told[key]
    if isinstance(value, int):
        told[key] = value + chance.choice([-1, 1, 8])
    elif key == "role":
        told[key] = chance.choice([role for role in ("visit", "list", "run") if role != value])
    else:
        at = chance.randrange(len(value))
        told[key] = value[:at] + chance.choice("0a9f/") + value[at + 1 :]
    return msgspec.convert(msgspec.to_builtins(line) | {part: told}, Line)


# The forger: ledger, head and WARC files agree with each other again.


def _forge_lines(chance: random.Random, files: Files, _: Files) -> Files:
    return _with_head(files, _chained(_changed(chance, _lines(files))))


def _forge_record(chance: random.Random, files: Files, _: Files) -> Files | None:
    """A record rewritten with the place and digest in its line, of all after it, and the head."""
    lines = [decode_line(raw) for raw in _lines(files)]
    place = chance.randrange(len(lines))
    capture = lines[place].capture
    if capture is None:
        return None
    start, end = capture.offset, capture.offset + capture.length
    raw = files[capture.warc]
    record = zlib.decompress(raw[start:end], 31)
    old, new = chance.choice(REWRITTEN)
    zip = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = zip.compress(record.replace(old, new)) + zip.flush()
    for at, line in enumerate(lines):
        other = line.capture
        if other is not None and other.warc == capture.warc and other.offset > start:
            moved = msgspec.structs.replace(other, offset=other.offset + len(packed) - end + start)
            lines[at] = msgspec.structs.replace(line, capture=moved)
    forged = msgspec.structs.replace(capture, length=len(packed), record_sha256=digest(packed))
    lines[place] = msgspec.structs.replace(lines[place], capture=forged)
    files = files | {capture.warc: raw[:start] + packed + raw[end:]}
    return _with_head(files, _chained(lines))


def _forge_rollback(chance: random.Random, files: Files, _: Files) -> Files:
    """The ledger cut back to some line, and the head with it; the WARC files stay."""
    lines = _lines(files)
    return _with_head(files, lines[: chance.randrange(len(lines))])


def _with_head(files: Files, lines: list[bytes]) -> Files:
    raw = b"".join(lines)
    last = digest(lines[-1]) if lines else START
    head = Head(count=len(lines), sha256=last, size=len(raw))
    return files | {LEDGER: raw, HEAD: encode_head(head)}


ALTERATIONS: dict[str, Alteration] = {
    "a bit flipped": _flip,
    "bytes overwritten": _overwrite,
    "bytes cut out": _cut,
    "bytes put in": _insert,
    "a file truncated": _truncate,
    "a file removed": _remove_file,
    "a file added": _add_file,
    "files exchanged": _swap_files,
    "files of other evidence": _foreign_file,
    "records exchanged": _swap_records,
    "a record dropped": _drop_record,
    "a record repeated": _repeat_record,
    "a record of other evidence": _foreign_record,
    "a record's address, date or words rewritten": _rewrite_record,
    "a record packed otherwise": _repack_record,
    "a ledger line dropped": _drop_line,
    "a ledger line repeated": _repeat_line,
    "a ledger line moved": _move_line,
    "a ledger line rewritten": _rewrite_line,
    "a ledger line rewritten, and the chain after it": _rewrite_chain,
    "lines forged, and chain and head with them": _forge_lines,
    "a record forged, and line, chain and head with it": _forge_record,
    "the ledger cut back, and the head with it": _forge_rollback,
}
