"""Attachments: parts of their notice, wherever in the ledger they stand, read or told why not."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageDraw, ImageFont

from tenderlight.apart import Apart
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.witness import _Process
from tenderlight.evidence import Store
from tenderlight.evidence.testimony import Testimony
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.model import TenderlightError, Unreadable
from tenderlight.pictures import Recognised, Written
from tenderlight.reading import Opened
from tenderlight.recognising import engine_name
from tenderlight.sources import add
from tests.corpus.test_corpus_build import lines

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
PAGE = "<h1>云桥县公安局设备采购项目公开招标公告</h1><p>详见附件。</p>".encode()
DOCUMENT = (
    "采购人：云桥县公安局\n预算金额：120万元\n"
    "采购虹膜采集仪20台。\n联系人：赵一凡\n联系电话：13900001234\n"
).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, payload in files.items():
            archive.writestr(name, payload)
    return out.getvalue()


def scan() -> bytes:
    """A picture of one large line; a font of Pillow's own, so that no font need be installed."""
    picture = Image.new("RGB", (900, 160), "white")
    font = ImageFont.load_default(size=56)
    ImageDraw.Draw(picture).text((40, 40), "XNCG-2024-0815", fill="black", font=font)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def corpus_of(root: Path, attached: dict[str, bytes], page: bytes = PAGE) -> Path:
    init_corpus(root)
    keep(root, attached, page)
    return root


def keep(root: Path, attached: dict[str, bytes], page: bytes = PAGE) -> None:
    folder = root.with_name("saved")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "notice.html").write_bytes(page)
    stated = [{"file": name, "attached_to": "notice.html"} for name in attached]
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, stated)))
    for name, payload in attached.items():
        (folder / name).write_bytes(payload)
    assert not add(root, [folder], lambda: NOON).refused


def test_what_stands_in_an_attachment_is_found_cited_and_masked(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"文件.zip": zipped({"内/招标文件.txt": DOCUMENT})})
    build(root)
    corpus = Corpus.open(root)
    (row,) = corpus.rows()
    assert row["budget_cny"] == "1200000"
    assert row["buyer"] == "云桥县公安局"
    name = "文件.zip/内/招标文件.txt"
    assert row["passages"]["budget_cny"]["part"] == name
    assert [(p["name"], p.get("problem")) for p in row["attachments"]] == [
        ("文件.zip", None),
        (name, None),
    ]
    assert {t["id"] for t in row["technologies"]} == {"iris"}
    assert corpus.search("虹膜采集仪").total == 1
    shown = corpus.notice(row["id"])
    assert shown is not None
    assert "13900001234" not in shown.text + str(row)
    parts = corpus.connect().execute("select name, characters > 0 from part").fetchall()
    assert parts == [("文件.zip", False), (name, True)]


def test_an_attachment_that_comes_later_is_read_and_touches_its_batch(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {})
    build(root)
    assert Corpus.open(root).search("虹膜").total == 0
    keep(root, {"招标文件.txt": DOCUMENT})
    assert build(root).batches_run == 1
    assert Corpus.open(root).search("虹膜").total == 1
    rows = lines(root)
    shutil.rmtree(root / "derived")
    build(root)
    assert lines(root) == rows


def test_what_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    bad = {"坏.docx": b"PK\x03\x04" + bytes(200), "内.zip": zipped({"a.exe": b"MZ\x90\x00" * 99})}
    root = corpus_of(tmp_path / "c", bad)
    build(root)
    (row,) = Corpus.open(root).rows()
    problems = {p["where"]: p for p in row["problems"]}
    assert set(problems) >= {"坏.docx", "内.zip/a.exe"}
    assert all(problem["unread"] for problem in problems.values())
    assert row["title"]


def test_a_withdrawn_attachment_is_gone_from_the_rows_and_told(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"招标文件.txt": DOCUMENT})
    build(root)
    store = Store(root / "evidence")
    id = next(c.id for c in store.captures() if c.role == "attachment")
    withdraw(
        store,
        root / "decisions",
        choose(store, id),
        reason="a court's order",
        by="the editor",
        now=lambda: NOON,
    )
    build(root)
    corpus = Corpus.open(root)
    (row,) = corpus.rows()
    assert row["buyer"] != "云桥县公安局" or row["passages"]["buyer"]["part"] == "body"
    assert corpus.search("虹膜").total == 0
    assert "evidence.withdrawn" in {p["code"] for p in row["problems"]}


@pytest.mark.slow
def test_a_scan_is_recognised_once_and_its_testimony_serves_every_rebuild(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"扫描.png": scan()})
    recognised: list[int] = []
    build(root, jobs=1, progress=lambda going: recognised.append(going.recognised))
    corpus = Corpus.open(root)
    assert corpus.search("XNCG-2024-0815").total == 1
    assert recognised[-1] == 1
    rows = lines(root)
    shutil.rmtree(root / "derived")
    recognised.clear()
    build(root, jobs=1, progress=lambda going: recognised.append(going.recognised))
    assert max(recognised) == 0
    assert lines(root) == rows
    (row,) = corpus.rows()
    shown = corpus.notice(row["id"])
    assert shown is not None
    assert [page.recognised for page in shown.pages] == [True]
    at = shown.text.index("XNCG")
    assert shown.page_with(at, at + 14) == 0
    assert shown.page_with(0, 5) is None
    picture = corpus.page_picture(row["id"], 0, marks=[(at, at + 14)], width=600)
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as png:
        assert png.width == 600
    with Testimony(corpus.folder.testimony) as testimony:
        (answer,) = testimony.all()
        assert answer.notice == row["id"]


def test_pictures_can_be_left_unread_and_are_counted_as_such(tmp_path: Path) -> None:
    root = corpus_of(tmp_path / "c", {"扫描.png": scan()})
    build(root, pictures=False)
    (row,) = Corpus.open(root).rows()
    assert [p["code"] for p in row["problems"] if p["unread"]] == ["reading.scan"]


def test_people_in_names_of_files_are_masked_in_every_row(tmp_path: Path) -> None:
    named = {"王小明13900001234.zip": zipped({"李建国/z13812345678.pdf": b"%PDF-1.7 broken"})}
    root = corpus_of(tmp_path / "c", named)
    keep(root, {}, b"%PDF-1.7 broken")
    (root.with_name("saved") / "坏13900001234.pdf").write_bytes(b"%PDF-1.7 broken too")
    add(root, [root.with_name("saved")], lambda: NOON)
    build(root)
    corpus = Corpus.open(root)
    told = json.dumps([*corpus.rows()], ensure_ascii=False)
    for table in ("part", "problem", "attachment"):
        told += str(corpus.connect().execute(f"select * from {table}").fetchall())
    assert "＊" in told
    for name in ("王小明", "李建国", "13900001234", "13812345678"):
        assert name not in told


def _edges_gone(said: dict[str, Any]) -> bytes:
    said["lines"][0][5] = []
    return json.dumps(said).encode()


def _elsewhere(said: dict[str, Any]) -> bytes:
    said["lines"][0][1:5] = [1e300, 1e300, 1e300, 1e300]
    return json.dumps(said).encode()


@pytest.mark.parametrize("change", [_edges_gone, _elsewhere, lambda said: b"{", None])
def test_testimony_that_cannot_be_true_costs_its_page_and_nothing_else(
    tmp_path: Path, change: Callable[[dict[str, Any]], bytes] | None
) -> None:
    root = corpus_of(tmp_path / "c", {})
    engine, picture = engine_name(), scan()
    seen = Recognised(engine=engine, lines=(Written("甲", 1, 1, 9, 9, (1.0, 9.0), b"c"),))
    said = msgspec.json.encode(seen) if change is None else change(msgspec.to_builtins(seen))
    file = root / "testimony" / "recognised.sqlite"
    with Testimony(file) as testimony:
        testimony.keep(engine, f"{sha256(picture).hexdigest()}#image", "n", said)
    if change is None:  # altered as it lies there
        with sqlite3.connect(file) as db:
            db.execute("drop trigger answers_are_never_edited")
            db.execute("update answer set sha256 = 'x'")
        db.close()
    keep(root, {"扫描件.png": picture})
    build(root)
    (row,) = Corpus.open(root).rows()
    (problem,) = row["problems"]
    assert (problem["code"], problem["where"]) == ("reading.testimony", "扫描件.png")
    assert row["title"]
    assert str(tmp_path) not in json.dumps(row)


def test_what_a_reader_gave_up_is_remembered_until_a_retry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Apart, payload: bytes, file: str) -> Opened:
        raise Unreadable("reading.out-of-time", "It took too long.", "Try again.")

    root = corpus_of(tmp_path / "c", {})
    with monkeypatch.context() as slow:
        slow.setattr(Apart, "read", fails)
        build(root, jobs=1)
    assert [p["code"] for p in next(Corpus.open(root).rows())["problems"]] == [
        "reading.out-of-time"
    ]
    assert build(root, jobs=1).batches_run == 0
    assert build(root, jobs=1, retry=True).batches_run == 1
    assert next(Corpus.open(root).rows())["title"]
    assert build(root, jobs=1, retry=True).batches_run == 0


def test_where_readers_do_not_start_the_build_stops_and_blames_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = corpus_of(tmp_path / "c", {})
    with monkeypatch.context() as broken:
        broken.setattr("tenderlight.corpus.witness._PROCESS", _Process())
        broken.setattr("sys.executable", "/no/such/python")
        with pytest.raises(TenderlightError, match="does not start"):
            build(root)
    build(root)
    (row,) = Corpus.open(root).rows()
    assert row["problems"] == []


def test_once_testimony_is_restored_a_retry_reads_the_page(tmp_path: Path) -> None:
    root, engine, picture = corpus_of(tmp_path / "c", {"扫描件.png": scan()}), engine_name(), scan()
    seen = Recognised(engine=engine, lines=(Written("甲", 1, 1, 9, 9, (1.0, 9.0), b"c"),))
    for said in (b"{", msgspec.json.encode(seen)):
        (root / "testimony" / "recognised.sqlite").unlink(missing_ok=True)
        with Testimony(root / "testimony" / "recognised.sqlite") as testimony:
            testimony.keep(engine, f"{sha256(picture).hexdigest()}#image", "n", said)
        build(root, retry=True)
    (row,) = Corpus.open(root).rows()
    assert row["problems"] == []
