"""Anchors: a ledger that is not the same any more cannot hide it from who noted its head."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenderlight.evidence import Store
from tenderlight.evidence.anchors import Anchor, append_anchor, check_anchors, read_anchors
from tenderlight.model import Refused


def clock() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


def keep(folder: Path, *names: str) -> Anchor:
    """Add documents; an anchor of the ledger then."""
    folder.mkdir(exist_ok=True)
    with Store(folder).keeping(clock) as session:
        for name in names:
            session.keep(io.BytesIO(name.encode()), file=name)
    head = Store(folder).head()
    return Anchor(corpus="c", count=head.count, sha256=head.sha256, at="2026-11-22T00:00:00Z")


def test_anchors_hold_however_much_is_added(tmp_path: Path) -> None:
    anchors = [keep(tmp_path / "e", "a", "b"), keep(tmp_path / "e", "c"), keep(tmp_path / "e", "d")]
    assert [each.count for each in anchors] == [2, 3, 4]
    assert check_anchors(tmp_path / "e", anchors) == ()


def test_a_ledger_that_was_cut_back_whole_and_neat_is_betrayed(tmp_path: Path) -> None:
    keep(tmp_path / "e", "a", "b")
    shutil.copytree(tmp_path / "e", tmp_path / "before")
    anchor = keep(tmp_path / "e", "c")
    assert Store(tmp_path / "before").verify().is_whole, "nothing inside can tell"
    (damage,) = check_anchors(tmp_path / "before", [anchor])
    assert "there was a line 3, but the ledger ends with line 2" in damage.what


def test_a_ledger_that_was_replaced_is_betrayed(tmp_path: Path) -> None:
    anchor = keep(tmp_path / "e", "a", "b")
    keep(tmp_path / "new", "a", "x", "c")
    assert Store(tmp_path / "new").verify().is_whole, "nothing inside can tell"
    (damage,) = check_anchors(tmp_path / "new", [anchor])
    assert "that line 2 was another" in damage.what


def test_an_emptied_corpus_is_betrayed(tmp_path: Path) -> None:
    anchor = keep(tmp_path / "e", "a")
    (tmp_path / "empty").mkdir()
    assert len(check_anchors(tmp_path / "empty", [anchor])) == 1


def test_anchors_are_lines_that_are_only_appended(tmp_path: Path) -> None:
    path = tmp_path / "anchors.jsonl"
    first, second = keep(tmp_path / "e", "a"), keep(tmp_path / "e", "b")
    append_anchor(path, first)
    before = path.read_bytes()
    append_anchor(path, second)
    assert path.read_bytes().startswith(before)
    assert read_anchors(path) == (first, second)


@pytest.mark.parametrize(
    "content",
    [b"my novel\n", b'{"corpus":"c"}\n', b"[]\n", b"\xff\xfe", b'{"corpus":"c","count":1'],
)
def test_a_file_of_something_else_is_neither_read_nor_touched(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "novel.txt"
    path.write_bytes(content)
    anchor = keep(tmp_path / "e", "a")
    with pytest.raises(Refused, match="something else than anchors"):
        append_anchor(path, anchor)
    with pytest.raises(Refused, match="something else than anchors"):
        read_anchors(path)
    assert path.read_bytes() == content


def test_devices_are_no_files_of_anchors(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file"):
        append_anchor(Path("/dev/null"), keep(tmp_path / "e", "a"))
