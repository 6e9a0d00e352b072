"""The pages on which values stand are in the folder: framed, masked, with what was recognised."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bagit
import numpy as np
import pytest
from PIL import Image

from tenderlight.corpus import Corpus, build
from tenderlight.evidence import Store
from tenderlight.evidence.testimony import Testimony
from tenderlight.evidence.withdraw import choose, withdraw
from tenderlight.exports.handover import pictures
from tenderlight.model import BrokenEvidence
from tenderlight.recognising import engine_name
from tests.exports.handover_corpus import NOON, TELEPHONE, commands, give, promises, run
from tests.exports.handover_scanned import AMOUNT, CALLED, SUPPLIER, Scanned


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    return Scanned(tmp_path_factory.mktemp("scanned") / "corpus")


@pytest.fixture(scope="module")
def folder(scanned: Scanned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages") / "folder"
    made = give(scanned.corpus, {scanned.id}, out)
    assert (made.pages, made.testimony) == (3, 2)
    return out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def colours(picture: Path) -> np.ndarray:
    with Image.open(picture) as png:
        return np.asarray(png.convert("RGB")).astype(int)


def inside(pixels: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    scale = pixels.shape[1] / 1240
    left, top, right, bottom = (round(edge * scale) for edge in box)
    return pixels[top:bottom, left:right]


def is_red(pixels: np.ndarray) -> np.ndarray:
    return (pixels[..., 0] > 180) & (pixels[..., 1] < 100)


def test_every_value_on_a_page_has_its_picture(scanned: Scanned, folder: Path) -> None:
    places = {one["field"]: one for one in table(folder / "data/passages.csv")}
    parts = {"buyer": "文件.zip/内/公告.pdf", "awards.0.supplier": "扫描.png"}
    for field, part in parts.items():
        assert places[field]["part"] == part
        assert (folder / "data" / places[field]["picture"]).is_file()
    assert places["project_number"]["picture"] != places["buyer"]["picture"]
    assert places["title"]["picture"] == ""
    for path in (folder / "data/pages").iterdir():
        assert path.name.startswith(f"{scanned.id}-")
        assert colours(path).shape[1] == pictures.WIDTH


def test_all_values_of_a_page_are_framed_and_personal_data_is_black(folder: Path) -> None:
    places = {one["field"]: one for one in table(folder / "data/passages.csv")}
    pixels = colours(folder / "data" / places["awards.0.supplier"]["picture"])
    near = [(box[0] - 10, box[1] - 10, box[2] + 10, box[3] + 10) for box in (SUPPLIER, AMOUNT)]
    assert all(is_red(inside(pixels, box)).any() for box in near)
    half = (CALLED[0] + 0.6 * (CALLED[2] - CALLED[0]), CALLED[1], CALLED[2] - 20, CALLED[3])
    assert (inside(pixels, half) == 0).all()
    elsewhere = inside(pixels, (100, 700, 1200, 1700))
    assert (elsewhere == 255).all()


def test_the_page_shows_pictures_beside_values_in_both_languages(folder: Path) -> None:
    page = (folder / "data/pages.html").read_text(encoding="utf-8")
    for said in ("award 1 supplier", "中标结果 1 供应商", "甲乙科技有限公司", "recognised", "证言"):
        assert said in page
    for path in (folder / "data/pages").iterdir():
        assert f'<img src="pages/{path.name}"' in page
    assert "<script" not in page
    assert engine_name() in page
    assert TELEPHONE not in page


def test_attachments_are_listed_read_or_why_not(scanned: Scanned, folder: Path) -> None:
    parts = {one["name"]: one for one in table(folder / "data/attachments.csv")}
    inside = [name for name in parts if name.startswith("坏.docx/")]
    assert set(parts) == {"文件.zip", "文件.zip/内/公告.pdf", "扫描.png", "坏.docx", *inside}
    assert parts["扫描.png"]["sha256"] == hashlib.sha256(scanned.scan).hexdigest()
    (problem,) = {parts[name]["problem"] for name in ("坏.docx", *inside)} - {""}
    assert problem.startswith("reading.")
    assert problem in (folder / "data/pages.html").read_text("utf-8")


def test_what_recognisers_said_of_these_documents_is_there_as_it_was_kept(
    scanned: Scanned, folder: Path
) -> None:
    lines = (folder / "data/testimony.jsonl").read_bytes().splitlines()
    said: list[dict[str, Any]] = [json.loads(one) for one in lines]
    assert {one["engine"] for one in said} == {engine_name(), "another engine"}
    assert {one["notice"] for one in said} == {scanned.id}
    own = next(one for one in said if one["engine"] == engine_name())
    assert own["answer"]["lines"][1][0] == "中标金额：278000元"
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert "testimony" in readme
    assert "证言" in readme


def test_the_folder_is_a_bag_and_its_commands_still_hold(folder: Path, tools: Path) -> None:
    bagit.Bag(str(folder)).validate()
    told = run(commands(folder / "README.txt"), folder, tools)
    assert {said for said in promises(folder / "README.txt") if said not in told} == set()


def test_without_originals_there_are_masked_pages_and_no_testimony(
    scanned: Scanned, tmp_path: Path
) -> None:
    made = give(scanned.corpus, {scanned.id}, tmp_path / "out", originals=False)
    assert (made.pages, made.testimony) == (3, 0)
    assert not (tmp_path / "out/data/testimony.jsonl").exists()
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not any(TELEPHONE.encode() in path.read_bytes() for path in files)


def test_two_hand_overs_have_the_same_pages(scanned: Scanned, folder: Path, tmp_path: Path) -> None:
    give(scanned.corpus, {scanned.id}, tmp_path / "out")
    manifest = "manifest-sha256.txt"
    assert (tmp_path / "out" / manifest).read_bytes() == (folder / manifest).read_bytes()


@pytest.mark.parametrize("limit", ["MOST", "MOST_IN_ALL"])
def test_pages_beyond_the_limit_are_named(
    scanned: Scanned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(pictures, limit, 1)
    made = give(scanned.corpus, {scanned.id}, tmp_path / "out")
    assert made.pages == 1
    page = (tmp_path / "out/data/pages.html").read_text(encoding="utf-8")
    assert page.count("Its picture is not here: at most 1 page") == 2
    assert "扫描.png" in page


def test_damaged_testimony_is_not_handed_over(tmp_path: Path) -> None:
    scanned = Scanned(tmp_path / "corpus")
    subject = f"{hashlib.sha256(scanned.scan).hexdigest()}#image"
    with Testimony(scanned.corpus.folder.testimony) as testimony:
        testimony.keep("engine of strangers", subject, "n", b"[")
    with pytest.raises(BrokenEvidence):
        give(scanned.corpus, {scanned.id}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_of_a_withdrawn_attachment_nothing_is_handed_over_before_the_corpus_is_built_again(
    tmp_path: Path,
) -> None:
    scanned = Scanned(tmp_path / "corpus")
    store = Store(scanned.root / "evidence")
    chosen = choose(store, scanned.attachment("扫描.png"))
    withdraw(
        store,
        scanned.root / "decisions",
        chosen,
        reason="a court's order",
        by="the editor",
        now=lambda: NOON,
    )
    stale = give(scanned.corpus, {scanned.id}, tmp_path / "stale")
    assert (stale.unread, stale.pages, stale.testimony) == (1, 0, 0)
    assert not _holding(tmp_path / "stale", "甲乙科技")
    build(scanned.root, jobs=1)
    fresh = give(Corpus.open(scanned.root), {scanned.id}, tmp_path / "fresh")
    assert (fresh.unread, fresh.pages, fresh.testimony) == (0, 2, 0)
    assert not _holding(tmp_path / "fresh", "甲乙科技")
    assert "evidence.withdrawn" in (tmp_path / "fresh/data/pages.html").read_text("utf-8")


def _holding(folder: Path, words: str) -> list[Path]:
    def files() -> Iterator[Path]:
        return (path for path in folder.rglob("*") if path.is_file())

    return [path for path in files() if words.encode() in path.read_bytes()]
