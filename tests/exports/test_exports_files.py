"""Exports: whole or not at all, exact amounts, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.exports import export, write_csv, write_jsonl, write_parquet
from tenderlight.exports.place import new_file
from tenderlight.model import Refused
from tenderlight.offprints.cells import safe
from tenderlight.sources import add

PAGE = """<html><head><title>某县公安局DNA实验室建设项目中标公告</title></head><body>
<p>采购人：某县公安局</p><p>项目编号：XN-2021-007</p><p>中标供应商：甲乙科技有限公司</p>
<p>中标金额：27.8万元</p><p>采购内容：DNA实验室建设。</p></body></html>"""

ROW: dict[str, Any] = {
    "id": "a" * 16,
    "file": "甲/1.html",
    "url": None,
    "source": None,
    "language": "zh",
    "notice_type": "award",
    "procedure": None,
    "title": "=HYPERLINK(“点此”)",
    "project_name": "线路\n改造，第“一”包",
    "project_number": "-XN-1",
    "buyer": "某县公安局",
    "agency": None,
    "published": "2021-06-18",
    "opening": None,
    "province_code": "360000",
    "county_code": None,
    "budget_cny": "278000.5",
    "ceiling_cny": None,
    "awards": [
        {
            "lot": None,
            "supplier": "甲公司",
            "amount_cny": "0.1",
            "amount_printed": "0.1元",
            "why": None,
            "code": "91110000XN00000001",
        },
        {
            "lot": "2",
            "supplier": "乙公司",
            "amount_cny": None,
            "amount_printed": "5%",
            "why": "rate",
            "code": None,
            "rank": 1,
        },
    ],
    "lots": 2,
    "items": [
        {
            "name": "摄像机",
            "brand": None,
            "model": None,
            "quantity": "62",
            "unit": "台",
            "unit_price_cny": "3150.5",
            "total_cny": "195331",
            "origin": "中国",
            "maker": None,
            "lot": None,
        }
    ],
    "surveillance_purchase": True,
    "technologies": [{"id": "dna", "relation": "bought", "evidence": "DNA实验室"}],
    "targets": [{"id": "petitioner", "evidence": "上访人员"}],
    "sites": [],
    "quantities": [{"what": "cameras", "value": "62", "unit": "台", "evidence": "62台"}],
    "note": None,
    **dict.fromkeys(("buyer_code", "planned", "needs", "why", "signed", "accepted", "zone")),
    "place_confidence": 80,
    "numbers": [{"kind": "plan", "number": "XN-P-1"}],
    "by_lot": [{"name": "1包", "title": None, "budget_cny": "278000.5", "ceiling_cny": None}],
    "proposed": [],
    "changes": [{"what": "开标时间", "was": "6月1日", "now": "6月9日"}],
    "unsettled": [{"field": "ceiling", "printed": "27.8", "why": "no-unit"}],
    "rivals": [{"field": "budget", "value": "278000", "rule": "whole before lots"}],
    "specifications": [
        {
            "heading": "二、技术要求",
            "kind": "section",
            "part": "body",
            "page": None,
            "start": 12,
            "end": 90,
            "letters": 70,
        }
    ],
    "passages": {
        "buyer": {"text": "某县公安局", "part": "body", "page": None, "start": 4, "end": 9},
        "items.0.name": {
            "text": "摄像机",
            "part": "body",
            "page": 1,
            "start": 20,
            "end": 23,
            "table": 0,
            "row": 1,
            "column": 0,
        },
    },
    "evidence": {"sha256": "b" * 64, "captured": None, "warc": "0001.warc.gz", "offset": 12},
    "problems": [{"code": "fields.unit", "what": "没有单位", "hint": "看原文"}],
    "purchase": "p" + "a" * 16,
    "organisation": None,
    "watch": {"verdict": "removed", "since": "2026-05-01", "last": "2026-05-02"},
}
UNREAD: dict[str, Any] = {
    **ROW,
    **dict.fromkeys(("language", "notice_type", "title", "buyer", "budget_cny", "lots"), None),
    **{key: [] for key in ("awards", "items", "technologies", "targets", "quantities")},
    "surveillance_purchase": None,
    "passages": {},
    "problems": [{"code": "reading.empty", "what": "空", "hint": "重新下载", "unread": True}],
    "watch": None,
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = tmp_path_factory.mktemp("export") / "corpus"
    documents = root.with_name("documents")
    documents.mkdir()
    (documents / "award.html").write_text(PAGE, encoding="utf-8")
    (documents / "empty.html").write_bytes(b"")
    init_corpus(root)
    add(root, [documents], lambda: datetime(2026, 5, 3, tzinfo=UTC))
    build(root)
    return Corpus.open(root)


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_every_document_has_a_row_in_every_format(
    corpus: Corpus, tmp_path: Path, format: str
) -> None:
    out, seen = tmp_path / f"out.{format}", list[tuple[int, int]]()
    count = export(corpus, out, format, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (count, count)
    assert len(list(read_back(out, format))) == count == len(list(corpus.rows()))
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def read_back(out: Path, format: str) -> Iterator[dict[str, Any]]:
    if format == "jsonl":
        yield from map(json.loads, out.read_text(encoding="utf-8").splitlines())
    elif format == "csv":
        yield from csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline=""))
    else:
        yield from pq.read_table(out).to_pylist()


def test_json_lines_hold_the_rows_as_they_are() -> None:
    file = io.BytesIO()
    write_jsonl([ROW, UNREAD], file)
    assert [json.loads(line) for line in file.getvalue().splitlines()] == [ROW, UNREAD]


def test_parquet_keeps_amounts_exact_and_lists_whole() -> None:
    file = io.BytesIO()
    write_parquet([ROW, UNREAD], file)
    table = pq.read_table(pa.BufferReader(file.getvalue()))
    assert str(table.schema.field("budget_cny").type) == "decimal128(38, 2)"
    row, unread = table.to_pylist()
    assert list(row) == list(ROW)
    assert row["budget_cny"] == Decimal("278000.50")
    assert [award["amount_cny"] for award in row["awards"]] == [Decimal("0.10"), None]
    assert row["items"][0]["quantity"] == Decimal("62.0000")
    assert dict(row["passages"])["items.0.name"]["row"] == 1
    assert row["problems"][0] == {**ROW["problems"][0], "where": "", "unread": False}
    assert (unread["title"], unread["awards"]) == (None, [])


def test_csv_has_one_line_for_each_notice_with_lists_as_words_and_as_json() -> None:
    row, unread = sheet([ROW, UNREAD])
    assert row["suppliers"] == "甲公司; 乙公司"
    assert row["technologies_bought"] == "dna"
    assert row["project_name"] == ROW["project_name"]
    assert json.loads(row["awards"]) == ROW["awards"]
    assert json.loads(row["passages"]) == ROW["passages"]
    assert (unread["title"], unread["surveillance_purchase"]) == ("", "")
    assert (row["watch_verdict"], unread["watch_verdict"]) == ("removed", "")


def test_csv_cells_that_begin_a_formula_have_an_apostrophe() -> None:
    (row,) = sheet([ROW])
    assert row["title"] == "'" + ROW["title"]
    assert row["project_number"] == "'-XN-1"
    assert row["budget_cny"] == "278000.5"


def sheet(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    file = io.BytesIO()
    write_csv(rows, file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_taking_the_apostrophe_away_gives_every_text_back(text: str) -> None:
    cell = sheet([{**ROW, "buyer": text}])[0]["buyer"]
    assert cell == safe(text)
    assert cell.removeprefix("'") == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_an_export_that_fails_leaves_the_earlier_file_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"earlier")
    with pytest.raises(KeyError, match="awards"), new_file(out) as file:
        write_csv([ROW, {"suppliers": "not a notice"}], file)
    assert out.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        (".", "is a folder"),
        ("no/such/out.csv", "no folder"),
        ("corpus/evidence/out.csv", "inside the corpus"),
        ("corpus/corpus.toml", "inside the corpus"),
    ],
)
def test_a_place_that_is_not_for_exports_is_refused(corpus: Corpus, place: str, says: str) -> None:
    out = corpus.folder.root.parent / place
    with pytest.raises(Refused, match=says):
        export(corpus, out, "csv")


def test_an_unknown_format_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="jsonl, csv, parquet"):
        export(corpus, tmp_path / "out.xlsx", "xlsx")


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(Refused, match="could not be written"),
        new_file(tmp_path / ("n" * 250)) as file,
    ):
        file.write(b"")
