"""Keeping: what goes in comes out, once, and only when it is safe."""

import hashlib
import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.evidence import Store
from tenderlight.evidence.keep import keeping
from tenderlight.model import BrokenEvidence, Capture, Refused, Statement

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\n\r\n"


def clock() -> datetime:
    return NOON


def keep(folder: Path, *documents: bytes, **options: Any) -> list[Capture | None]:
    with keeping(folder, clock, **options) as session:
        return [
            session.keep(io.BytesIO(payload), file=f"{number}.html")
            for number, payload in enumerate(documents)
        ]


@settings(max_examples=30, deadline=None)
@given(payloads=st.lists(st.binary(min_size=1, max_size=5000), max_size=8, unique=True))
def test_every_document_comes_out_as_it_went_in(
    payloads: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("evidence")
    keep(folder, *payloads, rotate=3000, batch=3)
    store = Store(folder)
    assert [store.payload(capture) for capture in store.captures()] == payloads
    assert store.verify().is_whole


def test_a_large_document_is_written_from_the_file_and_comes_out_whole(tmp_path: Path) -> None:
    payload = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(100_000))
    keep(tmp_path, b"before", payload, b"after")
    store = Store(tmp_path)
    assert [store.payload(c) for c in store.captures()] == [b"before", payload, b"after"]
    assert store.verify().is_whole


def test_the_ledger_tells_where_the_record_lies_and_both_digests(tmp_path: Path) -> None:
    keep(tmp_path, b"one", b"two")
    two = list(Store(tmp_path).captures())[1]
    raw = (tmp_path / two.warc).read_bytes()[two.offset : two.offset + two.length]
    assert hashlib.sha256(raw).hexdigest() == two.record_sha256
    assert hashlib.sha256(b"two").hexdigest() == two.sha256
    assert two.added == "2026-11-22T12:00:00Z"
    place = hashlib.sha256(f"{two.sha256}\0{two.file}".encode()).hexdigest()
    assert two.id == place[:16]


def test_the_same_bytes_from_the_same_place_add_nothing(tmp_path: Path) -> None:
    keep(tmp_path, b"one")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert keep(tmp_path, b"one") == [None]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_same_bytes_from_another_place_are_another_capture(tmp_path: Path) -> None:
    with Store(tmp_path).keeping(clock) as session:
        for url in (None, "http://example.com/1", "http://example.com/2", "http://example.com/1"):
            session.keep(io.BytesIO(b"x"), file="a.html", url=url)
    captures = list(Store(tmp_path).captures())
    assert [each.url for each in captures] == [None, "http://example.com/1", "http://example.com/2"]
    assert len({each.id for each in captures}) == 3


def test_what_a_manifest_states_is_kept_verbatim_and_no_time_is_relabelled(tmp_path: Path) -> None:
    stated = Statement(line='{"file":"a","captured":"2025-03-24 08:00"}', date="2025-03-24")
    with Store(tmp_path).keeping(lambda: datetime(2026, 1, 1, 9, tzinfo=_china())) as session:
        session.keep(
            io.BytesIO(b"x"),
            file="a",
            url="http://e.cn/",
            captured="2025-03-24 08:00",
            stated=stated,
        )
    (capture,) = Store(tmp_path).captures()
    assert (capture.stated, capture.captured) == (stated, "2025-03-24 08:00")
    assert capture.added == "2026-01-01T01:00:00Z"


def _china() -> timezone:
    return timezone(timedelta(hours=8))


def test_a_clock_without_a_zone_is_a_mistake(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="zone"),
        Store(tmp_path).keeping(lambda: datetime(2026, 1, 1)) as session,  # noqa: DTZ001
    ):
        session.keep(io.BytesIO(b"x"), file="a")
    assert Store(tmp_path).verify().is_whole


def test_warcio_accepts_every_file_and_finds_every_digest_right(tmp_path: Path) -> None:
    hostile = "http://例子.cn/a\r\nWARC-Type: x b?q=<公告>"
    with keeping(tmp_path, clock, rotate=1000) as session:
        session.keep(io.BytesIO(b"HTTP/1.1 200 OK\r\n\r\nnot an answer"), file="招标 公告%.html")
        session.keep(io.BytesIO(b"two" * 999), file="b\n.html", url="https://example.com/a")
        session.keep(io.BytesIO(bytes(range(256)) * 30), file="c.pdf", url=hostile)
    files = sorted(tmp_path.glob("*.warc.gz"))
    check = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v"]
    told = subprocess.run([*check, *map(str, files)], capture_output=True, text=True, check=True)
    assert told.stdout.count("digest pass") == 3 + len(files)
    assert "fail" not in told.stdout


def test_refused_documents_leave_no_trace(tmp_path: Path) -> None:
    keep(tmp_path, b"one")
    with keeping(tmp_path, clock) as session:
        with pytest.raises(Refused, match=r"empty.html is empty.*Fetch it again"):
            session.keep(io.BytesIO(b""), file="empty.html")
        with pytest.raises(Refused, match="changed while it was read"):
            session.keep(_Growing(b"x" * 3_000_000), file="log.txt")
        with pytest.raises(Refused, match="cannot be read: Input/output error"):
            session.keep(_Failing(b"y" * 3_000_000), file="disk.txt")
        session.keep(io.BytesIO(b"two"), file="two.html")
    store = Store(tmp_path)
    assert [store.payload(capture) for capture in store.captures()] == [b"one", b"two"]
    assert store.verify().is_whole


class _Growing(io.BytesIO):
    """A file that is not the same when it is read again."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.getbuffer()[7:8] = b"!"
        return super().seek(offset, whence)


class _Failing(io.BytesIO):
    """A file on a disk that fails when it is read again."""

    again = False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.again = True
        return super().seek(offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        if self.again and self.tell() > 1_000_000:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_document_above_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenderlight.evidence.measure.LARGEST", 2 << 20)
    with Store(tmp_path).keeping(clock) as session:
        session.keep(io.BytesIO(b"x" * (2 << 20)), file="just.pdf")
        with pytest.raises(Refused, match=r"big\.pdf is larger than 2 MB"):
            session.keep(io.BytesIO(b"x" * (2 << 20) + b"x"), file="big.pdf")


def test_nobody_can_hide_a_document_behind_the_id_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("keep", "known"):
        monkeypatch.setattr(
            f"tenderlight.evidence.{module}.capture_name",
            lambda sha256, place: (7, int(sha256[:8], 16)),
        )
    with Store(tmp_path).keeping(clock) as session:
        assert session.keep(io.BytesIO(b"one"), file="a") is not None
        assert session.keep(io.BytesIO(b"one"), file="a") is None
        with pytest.raises(Refused, match="id 0000000000000007, which another document has"):
            session.keep(io.BytesIO(b"two"), file="b")


def test_only_one_session_at_a_time_may_write_and_none_while_verifying(tmp_path: Path) -> None:
    keep(tmp_path, b"one")
    store = Store(tmp_path)
    with store.keeping(clock) as session:
        session.keep(io.BytesIO(b"two"), file="two")
        with pytest.raises(Refused, match=r"in use.*Wait"), store.keeping(clock):
            raise AssertionError("two writers")
        with pytest.raises(Refused, match="in use"):
            store.verify()
        assert len(list(store.captures())) == 1, "readers see what was acknowledged, meanwhile"
    assert len(list(store.captures())) == 2


def test_acknowledged_is_said_only_when_a_reader_can_see_it(tmp_path: Path) -> None:
    seen = []

    def acknowledged(new: int) -> None:
        seen.append((new, Store(tmp_path).head().count, len(list(Store(tmp_path).captures()))))

    keep(tmp_path, *(b"%d" % n for n in range(10)), batch=4, acknowledged=acknowledged)
    assert seen == [(4, 4, 4), (8, 8, 8), (10, 10, 10)]


def test_nothing_is_added_to_broken_evidence(tmp_path: Path) -> None:
    keep(tmp_path, b"one", b"two")
    for name in ("ledger.jsonl", "captures-00001.warc.gz", "captures-00002.warc.gz", "head.json"):
        path = tmp_path / name
        good = path.read_bytes() if path.exists() else None
        path.write_bytes((good or b"") + b"more")
        with pytest.raises(BrokenEvidence, match="verify"):
            keep(tmp_path, b"three")
        assert path.read_bytes() == (good or b"") + b"more", "and nothing is tidied away"
        path.unlink()
        if good is not None:
            with pytest.raises(BrokenEvidence, match="verify"):
                keep(tmp_path, b"three")
            path.write_bytes(good)
            (tmp_path / "ledger.jsonl").touch()
    assert Store(tmp_path).verify().is_whole


def test_payload_refuses_what_the_ledger_does_not_say(tmp_path: Path) -> None:
    keep(tmp_path, b"one" * 100, b"two" * 100)
    store = Store(tmp_path)
    one, two = store.captures()
    for wrong in (
        {"sha256": "0" * 64},
        {"record_sha256": "0" * 64},
        {"size": one.size - 1},
        {"size": one.size + 1},
        {"size": 10**15},
        {"offset": one.offset + 1},
        {"offset": -1},
        {"length": 10**15},
        {"length": -1},
        {"warc": "../ledger.jsonl"},
        {"warc": "captures-00009.warc.gz"},
    ):
        with pytest.raises(BrokenEvidence, match=r"0.html \(.*verify"):
            store.payload(_with(one, wrong))
    assert store.payload(two) == b"two" * 100


def _with(capture: Capture, changes: dict[str, Any]) -> Capture:
    values = {name: getattr(capture, name) for name in capture.__struct_fields__}
    return Capture(**(values | changes))


def test_lines_can_begin_anywhere_and_are_still_checked_from_the_first(tmp_path: Path) -> None:
    keep(tmp_path, *(b"%d" % n for n in range(5)))
    store = Store(tmp_path)
    assert list(store.lines(4)) == list(store.lines())[3:]
    assert [each.file for each in store.captures(5)] == ["4.html"]
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"0.html"', b'"9.html"'))
    with pytest.raises(BrokenEvidence, match="line 2"):
        list(store.lines(4))


def test_a_batch_of_captures_is_read_from_its_place_and_its_chain_is_checked(
    tmp_path: Path,
) -> None:
    keep(tmp_path, *(b"%d" % n for n in range(6)))
    store = Store(tmp_path)
    raws = list(store.lines())
    place, last = len(raws[0] + raws[1]), hashlib.sha256(raws[4]).hexdigest()
    batch = [line.capture for line in store.entries_at(place, 3, last)]
    assert batch == list(store.captures())[2:5]
    ledger = tmp_path / "ledger.jsonl"
    for line in (2, 3, 4):
        edited = [*raws[:line], raws[line].replace(b".html", b".HTML"), *raws[line + 1 :]]
        ledger.write_bytes(b"".join(edited))
        with pytest.raises(BrokenEvidence, match="changed meanwhile"):
            list(store.entries_at(place, 3, last))
