"""The sample: invented throughout, labelled truthfully, complete, and read well."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.model import Unreadable
from tenderlight.places import PROVINCES
from tenderlight.reading import read_document
from tenderlight.sample import further_folder, sample_folder, visits_folder
from tenderlight.sources import add
from tenderlight.technologies import load_definitions
from tools.make_sample_visits import write

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/tenderlight/sample"
SCORE = runpy.run_path(str(ROOT / "bench/score.py"))
FLOORS = tomllib.loads((ROOT / "bench/floors.toml").read_text("utf-8"))["quality"]["sample"]
NOTICES = sorted((FOLDER / "notices").glob("xn-*"))
BAD = sorted((FOLDER / "notices").glob("bad-*"))
BROKEN = FOLDER / "notices" / "bad-broken-bytes.html"
REFUSED = [path for path in BAD if path != BROKEN]
STATED = [
    json.loads(line) for line in (FOLDER / "notices/manifest.jsonl").read_text("utf-8").splitlines()
]
ATTACHED = {
    one["attached_to"]: FOLDER / "notices" / one["file"] for one in STATED if "attached_to" in one
}
SCAN = FOLDER / "notices/attached/中标结果公告.pdf"
LABELS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in (FOLDER / "labels").glob("*.json")
}
ALLOWED_MOBILE = re.compile(r"1390000\d{4}")
ALLOWED_LINE = re.compile(r"0\d{2,3}-0000\d{3,4}")


@cache
def text_of(path: Path) -> str:
    """The text of a notice and of what is attached to it, but for a scan."""
    text = read_document(path.read_bytes(), path.name).text
    attached = ATTACHED.get(path.name)
    return text if attached in (None, SCAN) else f"{text}\n{text_of(attached)}"


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def evidence(label: dict[str, Any]) -> Iterator[str]:
    for kind in ("technologies", "targets", "quantities"):
        yield from (one["evidence"] for one in label[kind])
    for award in label["awards"]:
        yield from (award[key] for key in ("supplier", "amount_printed") if award[key])
    for field in ("project_name", "project_number", "buyer", "agency"):
        if label[field]:
            yield label[field]


def test_there_are_at_least_sixty_notices_and_some_bad_documents() -> None:
    assert len(NOTICES) >= 60
    assert len(BAD) >= 5
    with sample_folder() as folder:
        names = {p.name for p in folder.iterdir()}
        assert names == {p.name for p in NOTICES + BAD} | {"manifest.jsonl", "attached"}
        attached = {p.name for p in (folder / "attached").iterdir()}
        assert attached == {path.name for path in ATTACHED.values()}
    assert sum(path.stat().st_size for path in ATTACHED.values()) < 1_200_000


@pytest.mark.parametrize("path", sorted(set(ATTACHED.values()) - {SCAN}), ids=lambda p: p.name)
def test_an_attachment_says_that_it_is_invented(path: Path) -> None:
    assert "虚构样本 invented sample" in text_of(path)


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_notice_says_that_it_is_invented(path: Path) -> None:
    if path.suffix == ".html":
        assert b"invented sample -->" in path.read_bytes()[:60]
    else:
        assert "虚构样本 invented sample" in text_of(path)


def test_a_further_notice_says_that_it_is_invented_and_has_a_line_in_the_manifest() -> None:
    with further_folder() as folder:
        manifest = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        named = {json.loads(line)["file"] for line in manifest}
        pages = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    assert set(pages) == named
    assert len(named) == 16
    for page in pages.values():
        assert "invented sample -->" in page[:60]
        assert "XN-" in page


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_a_bad_document_says_that_it_is_invented_and_is_refused_with_a_hint(path: Path) -> None:
    assert b"invented sample" in path.read_bytes()
    with pytest.raises(Unreadable) as refusal:
        read_document(path.read_bytes(), path.name)
    assert refusal.value.what
    assert refusal.value.hint


def test_a_page_with_broken_bytes_is_read_and_says_which_are_broken() -> None:
    reading = read_document(BROKEN.read_bytes(), BROKEN.name)
    assert "XN-SM-2012-01" in reading.text
    assert "\ufffd" in reading.text
    assert [problem.code for problem in reading.problems] == ["reading.broken-bytes"]
    assert reading.problems[0].hint


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_numbers_telephones_and_mailboxes_are_of_the_invented_ranges(path: Path) -> None:
    text = text_of(path)
    mobiles = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    lines = re.findall(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)", text)
    assert all(ALLOWED_MOBILE.fullmatch(number) for number in mobiles)
    assert all(ALLOWED_LINE.match(number) for number in lines)
    assert all(box.endswith(".example") for box in re.findall(r"[\w.]+@[\w.]+", text))
    assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", text)
    number = LABELS[path.stem]["project_number"]
    assert number is None or number.startswith("XN-")


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_what_a_label_quotes_stands_in_the_document(path: Path) -> None:
    label = LABELS[path.stem]
    assert label["file"] == path.name
    text = without_space(text_of(path))
    missing = [quote for quote in evidence(label) if without_space(quote) not in text]
    assert missing == [] or ATTACHED.get(path.name) == SCAN


def test_every_label_belongs_to_a_notice_and_every_notice_has_one() -> None:
    assert set(LABELS) == {path.stem for path in NOTICES}


def test_the_manifest_names_every_notice_once_and_nothing_real() -> None:
    notices = [one["file"] for one in STATED if "attached_to" not in one]
    assert sorted(notices) == [path.name for path in NOTICES]
    urls = [one["url"] for one in STATED if "url" in one]
    assert len(urls) >= len(NOTICES) / 3
    assert all(re.match(r"https://[\w.]+\.example/", url) for url in urls)


def test_every_technology_is_bought_and_every_target_named() -> None:
    definitions = load_definitions()
    found = [one for label in LABELS.values() for one in label["technologies"]]
    bought = {one["id"] for one in found if one["relation"] == "bought"}
    targets = {one["id"] for label in LABELS.values() for one in label["targets"]}
    assert {term.id for term in definitions.technology} <= bought
    assert {term.id for term in definitions.target} <= targets


def test_the_sample_spans_divisions_years_kinds_and_ordinary_purchases() -> None:
    labels = list(LABELS.values())
    assert {label["province_code"] for label in labels} <= {province.code for province in PROVINCES}
    assert len({label["province_code"] for label in labels}) >= 22
    assert {"2009", "2026"} <= {(label["published"] or "")[:4] for label in labels}
    assert len({label["notice_type"] for label in labels}) == 11
    assert sum(not label["surveillance_purchase"] for label in labels) >= 15
    longest = max(len(text_of(path)) for path in NOTICES)
    assert longest > 6_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The corpus that the whole path makes of the sample."""
    root = tmp_path_factory.mktemp("sample") / "corpus"
    init_corpus(root)
    with sample_folder() as folder:
        add(root, [folder], lambda: datetime(2026, 5, 3, tzinfo=UTC))
    made = build(root, jobs=1)
    assert (made.documents, made.unread) == (len(NOTICES) + len(BAD), len(REFUSED))
    return Corpus.open(root)


@pytest.fixture(scope="module")
def exported(built: Corpus) -> list[dict[str, Any]]:
    return list(built.rows())


def test_what_a_label_quotes_is_recognised_in_the_scan(
    built: Corpus, exported: list[dict[str, Any]]
) -> None:
    row = next(row for row in exported if ATTACHED.get(row["file"]) == SCAN)
    shown = built.notice(row["id"])
    assert shown is not None
    assert [page.recognised for page in shown.pages] == [True, True]
    label = LABELS[Path(row["file"]).stem]
    text = without_space(shown.text)
    assert [quote for quote in evidence(label) if without_space(quote) not in text] == []
    assert row["awards"][0]["amount_cny"] == label["awards"][0]["amount_cny"]
    assert "虚构样本invented" in text


def test_values_of_a_notice_without_content_come_from_its_attachment(
    exported: list[dict[str, Any]],
) -> None:
    rows = {row["file"]: row for row in exported if row["file"] in ATTACHED}
    assert set(rows) == set(ATTACHED)
    for file, row in rows.items():
        part = row["passages"]["project_number"]["part"]
        assert part.split("/")[0] == ATTACHED[file].name
    parts = [part["name"] for part in rows["xn-80.html"]["attachments"]]
    assert parts == [
        "采购文件.zip",
        "采购文件.zip/采购文件/采购清单.xlsx",
        "采购文件.zip/采购文件/磋商文件.doc",
    ]


def test_no_field_is_read_worse_than_its_floor(exported: list[dict[str, Any]]) -> None:
    labels = SCORE["load_labels"](FOLDER / "labels")
    table = SCORE["score"](labels, SCORE["by_file"](exported))
    assert set(FLOORS) == set(table)
    assert SCORE["below"](table, FLOORS) == []


def test_no_telephone_or_mailbox_of_the_sample_is_exported(exported: list[dict[str, Any]]) -> None:
    shown = json.dumps(exported, ensure_ascii=False, default=str)
    for path in NOTICES:
        for secret in re.findall(r"1390000\d{4}|0\d{2,3}-0000\d{3,4}|\w+@[\w.]+", text_of(path)):
            assert secret not in shown


def test_the_archive_of_visits_is_what_its_tool_writes_and_tells_what_became_of_notices(
    tmp_path: Path,
) -> None:
    with visits_folder() as folder:
        (archive,) = folder.iterdir()
        write(tmp_path / archive.name)
        assert (tmp_path / archive.name).read_bytes() == archive.read_bytes()
        root = tmp_path / "corpus"
        init_corpus(root)
        add(root, [folder], lambda: datetime(2026, 1, 2, tzinfo=UTC))
    build(root, jobs=1)
    corpus = Corpus.open(root)
    assert corpus.watched() == {"changed": 2, "removed": 2, "unchanged": 1}
