"""Documents inside and beside others: one text, parts with names of their own, limits told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from tenderlight.model import Block, Problem, Reading, Sheet, Stretch, Unreadable
from tenderlight.reading import Attached, Opened, limits, read_document
from tenderlight.reading.document import Member

TABLE = b"<table><tr><td>a<td>b<tr><td>c<td>d</table>"


def attached(name: str, payload: bytes, capture: str | None = None) -> Attached:
    return Attached(name, "", len(payload), lambda: payload, capture)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, payload in files.items():
            archive.writestr(name, payload)
    return out.getvalue()


def test_parts_follow_the_document_and_keep_their_places() -> None:
    inside = zipped({"表.html": TABLE, "文.txt": "正文".encode()})
    reading = read_document(
        b"<p>notice</p>" + TABLE, "n.html", [attached("附件.zip", inside, "id")]
    )
    assert [part.name for part in reading.parts] == [
        "附件.zip",
        "附件.zip/表.html",
        "附件.zip/文.txt",
    ]
    assert {part.capture for part in reading.parts} == {"id"}
    assert {b.table for b in reading.blocks if b.part == "body"} == {None, 0}
    assert {b.table for b in reading.blocks if b.part == "附件.zip/表.html"} == {1}
    end = -1
    for block in reading.blocks:
        assert block.start == end + 1
        end = block.end
    assert end == len(reading.text)
    assert reading.passage(reading.text.index("正文"), len(reading.text)).part == "附件.zip/文.txt"


def test_the_document_itself_is_what_it_is_without_its_parts() -> None:
    alone = read_document(b"<p>notice</p>" + TABLE, "n.html")
    together = read_document(b"<p>notice</p>" + TABLE, "n.html", [attached("a.html", TABLE)])
    assert together.own() == alone


def test_two_of_one_name_are_told_apart_and_no_name_is_ours() -> None:
    texts = [attached(n, b"text %d" % i) for i, n in enumerate(("a.txt", "a.txt", "body", "head"))]
    reading = read_document(b"notice", "n.txt", texts)
    assert [p.name for p in reading.parts] == ["a.txt", "a.txt (2)", "./body", "./head"]
    assert len({block.part for block in reading.blocks}) == 5


def test_a_part_that_cannot_be_read_costs_itself() -> None:
    documents = [attached("坏.pdf", b"%PDF-1.7 x"), attached("好.txt", b"good")]
    reading = read_document(b"notice", "n.txt", documents)
    (problem,) = reading.problems
    assert (problem.where, problem.unread) == ("坏.pdf", True)
    assert "good" in reading.text


def test_an_archive_without_anything_readable_says_what_stood_in_the_way() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(zipped({"a.pdf": b"%PDF-1.7 x"}), "a.zip")
    assert refused.value.code == "reading.damaged"
    assert "a.pdf" in refused.value.what


def test_an_archive_of_many_pages_is_told_to_be_one_notice() -> None:
    reading = read_document(zipped({f"{n}.html": TABLE for n in range(3)}), "notices.zip")
    assert [(p.code, p.unread) for p in reading.problems] == [("reading.collection", False)]


def nesting(depth: int) -> Callable[[bytes, str], Opened]:
    """A reader to which every document holds another one, `depth` deep."""

    def read(payload: bytes, file: str) -> Opened:
        level = int(payload)
        text = Reading(text=f"level {level}", blocks=(Block(0, 7),), media_type="x")
        inner = (Member(name="in", payload=b"%d" % (level + 1)),) if level < depth else ()
        return Opened(reading=text, members=inner)

    return read


def test_documents_inside_one_another_end_at_a_limit_that_is_told() -> None:
    reading = read_document(b"0", "n", reader=nesting(100))
    assert len([b for b in reading.blocks]) == limits.DEPTH + 1
    assert [p.code for p in reading.problems] == ["reading.over-limit"]


def test_too_many_and_too_large_parts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARTS", 2)
    monkeypatch.setattr(limits, "PART_BYTES", 100)
    documents = [attached(f"{n}.txt", b"x" * 30) for n in range(4)]
    reading = read_document(b"notice", "n.txt", documents)
    assert [part.problem for part in reading.parts] == [None, None, *["reading.over-limit"] * 2]
    large = read_document(b"notice", "n.txt", [attached("l.txt", b"x" * 101)])
    assert [part.problem for part in large.parts] == ["reading.over-limit"]


def test_what_is_gone_is_told_in_its_own_words() -> None:
    def load() -> bytes:
        raise Unreadable("evidence.withdrawn", "It was withdrawn.", "See why.")

    reading = read_document(b"notice", "n.txt", [Attached("a.pdf", "ab", 9, load)])
    assert reading.problems == (
        Problem(
            code="evidence.withdrawn",
            what="It was withdrawn.",
            hint="See why.",
            where="a.pdf",
            unread=True,
        ),
    )


def test_places_on_sheets_move_with_their_part() -> None:
    def read(payload: bytes, file: str) -> Opened:
        stretch = Stretch(0, 2, 1, 100, 220, (0, 120, 120, 240))
        reading = Reading(
            text="预算",
            blocks=(Block(0, 2, page=1),),
            media_type="x",
            sheets=(Sheet("body", 1, 100.0, 100.0),),
            stretches=(stretch,),
        )
        return Opened(reading=reading)

    reading = read_document(b"1", "n", [attached("附.pdf", b"2")], reader=read)
    assert [sheet.part for sheet in reading.sheets] == ["body", "附.pdf"]
    (box,) = reading.boxes(3, 4)
    assert (box.part, box.left, box.right) == ("附.pdf", 0.0, 12.0)
