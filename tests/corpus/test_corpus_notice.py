"""The exported notice: the keys of the labels, every value cited, personal data hidden."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from tenderlight.corpus.gathered import Gathered
from tenderlight.corpus.notice import notice_row
from tenderlight.corpus.rows_findings import claims, findings_passages, further
from tenderlight.corpus.shown import Row, digits
from tenderlight.model import (
    Award,
    Block,
    Capture,
    Cited,
    Fields,
    Finding,
    Findings,
    Item,
    Mask,
    Money,
    Passage,
    Place,
    Problem,
    Quantity,
    Reading,
    Relation,
    Statement,
)
from tenderlight.plain import MASK

TEXT = (
    "DNA实验室建设\n采购人：某县公安局 王小明\n预算 27.8万元\n甲公司\n"
    "27.8万元\n摄像机\n62台\n上访人员\n省略"
)
KEYS = (
    "id file url source language notice_type procedure title project_name project_number buyer "
    "agency published opening province_code county_code budget_cny ceiling_cny awards lots items "
    "surveillance_purchase technologies targets sites quantities note "
    "attachments buyer_code planned needs why signed accepted zone place_confidence numbers by_lot "
    "proposed changes unsettled rivals specifications parties deployment "
    "purposes rules mismatches passages evidence problems"
)


def reading() -> Reading:
    blocks, start = [], 0
    for line in TEXT.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    return Reading(text=TEXT, blocks=tuple(blocks), media_type="text/html", encoding="utf-8")


def at(words: str) -> Passage:
    start = TEXT.index(words)
    return reading().passage(start, start + len(words))


def capture(stated: Statement | None = None) -> Capture:
    return Capture(
        id="0" * 16,
        file="1.html",
        sha256="a" * 64,
        size=9,
        added="2026-05-03T00:00:00Z",
        warc="0001.warc.gz",
        offset=7,
        length=9,
        record_sha256="b" * 64,
        stated=stated,
    )


def cny(amount: str) -> Money:
    return Money(amount=Decimal(amount))


FIELDS = Fields(
    notice_type=Cited(value="award", at=at("采购人")),
    title=Cited(value="DNA实验室建设", at=at("DNA实验室建设")),
    buyer=Cited(value="某县公安局 王小明", at=at("某县公安局 王小明")),
    budget=Cited(value=cny("278000.00"), at=at("27.8万元")),
    awards=(
        Award(
            supplier=Cited(value="甲公司", at=at("甲公司")),
            printed=at("27.8万元"),
            amount=cny("2.78E+5"),
        ),
        Award(supplier=Cited(value="甲公司", at=at("甲公司")), printed=at("62台"), rank=2),
    ),
    items=(
        Item(
            name=Cited(value="摄像机", at=at("摄像机")),
            quantity=Cited(value=Decimal("62.0"), at=at("62台")),
        ),
    ),
)
FINDINGS = Findings(
    findings=(
        Finding(kind="technology", id="dna", at=at("采购")),
        Finding(kind="target", id="petitioner", at=at("上访人员")),
        Finding(kind="technology", id="dna", at=at("DNA实验室"), relation="bought"),
    ),
    quantities=(Quantity(what="cameras", value=Decimal(62), at=at("62台"), unit="台"),),
    surveillance=Cited(value=True, at=at("DNA实验室")),
)
PLACE = Place(province=Cited(value="360000", at=at("某县"), rule="buyer"))


def row_of(
    capture: Capture,
    reading: Reading | None,
    fields: Fields,
    place: Place | None,
    findings: Findings,
    masks: tuple[Mask, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Row:
    return notice_row(
        Gathered(
            capture=capture,
            reading=reading,
            masks=masks,
            fields=fields,
            place=place,
            findings=findings,
            problems=problems,
        )
    )


def test_it_has_the_keys_of_the_labels_with_passages_evidence_and_problems() -> None:
    row = row_of(capture(), reading(), FIELDS, PLACE, FINDINGS)
    assert list(row) == KEYS.split()
    assert row["evidence"] == {
        "sha256": "a" * 64,
        "captured": None,
        "warc": "0001.warc.gz",
        "offset": 7,
    }
    assert (row["language"], row["lots"], row["surveillance_purchase"]) == ("zh", 1, True)
    assert row["technologies"] == [
        {"id": "dna", "relation": "bought", "evidence": "DNA实验室", "quotes": []}
    ]


def test_amounts_and_quantities_are_plain_decimal_strings() -> None:
    row = row_of(capture(), reading(), FIELDS, PLACE, FINDINGS)
    assert row["budget_cny"] == "278000"
    first, second = row["awards"]
    assert first == {
        "lot": None,
        "supplier": "甲公司",
        "amount_cny": "278000",
        "amount_printed": "27.8万元",
        "why": None,
        "code": None,
    }
    assert (second["amount_cny"], second["rank"]) == (None, 2)
    assert row["items"][0]["quantity"] == "62"
    assert row["quantities"] == [
        {"what": "cameras", "value": "62", "unit": "台", "evidence": "62台"}
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [("1E+3", "1000"), ("0.10", "0.1"), ("0", "0"), ("100", "100"), ("-5.0", "-5")],
)
def test_numbers_are_written_without_exponent_or_idle_zeros(number: str, written: str) -> None:
    assert digits(Decimal(number)) == written


def test_every_value_points_to_where_it_is_printed() -> None:
    row = row_of(capture(), reading(), FIELDS, PLACE, FINDINGS)
    keys = (
        "notice_type title buyer budget_cny province_code surveillance_purchase awards.0.supplier"
    )
    keys += " awards.0.amount_cny awards.0.amount_printed awards.1.supplier awards.1.amount_printed"
    keys += " items.0.name items.0.quantity technologies.0 targets.0 quantities.0"
    assert set(row["passages"]) == set(keys.split())
    for passage in row["passages"].values():
        assert passage["text"] == TEXT[passage["start"] : passage["end"]]
        assert list(passage) == ["text", "part", "page", "start", "end"]


def test_a_masked_person_is_hidden_in_value_and_passage() -> None:
    start = TEXT.index("王小明")
    masks = (Mask(start, start + 3, "person"),)
    row = row_of(capture(), reading(), FIELDS, PLACE, FINDINGS, masks)
    assert row["buyer"] == row["passages"]["buyer"]["text"] == f"某县公安局 {MASK * 3}"
    closed = msgspec.structs.replace(
        FIELDS, buyer=Cited(value="某县公安局王小明", at=at("某县公安局 王小明"))
    )
    row = row_of(capture(), reading(), closed, PLACE, FINDINGS, masks)
    assert row["buyer"] == f"某县公安局{MASK * 3}"
    other = msgspec.structs.replace(FIELDS, buyer=Cited(value="局", at=at("某县公安局 王小明")))
    assert "王小明" not in str(row_of(capture(), reading(), other, PLACE, FINDINGS, masks))


def test_what_a_manifest_states_is_masked_too() -> None:
    stated = Statement(
        line='{"title": "公告 13800138000"}', title="公告 13800138000", source="某门户"
    )
    said = Passage(text="公告 13800138000", part="manifest", start=11, end=25)
    fields = Fields(title=Cited(value="公告 13800138000", at=said))
    row = row_of(capture(stated), reading(), fields, None, Findings())
    assert "13800138000" not in str(row)
    assert row["source"] == "某门户"


def test_an_unreadable_capture_has_a_row_with_its_problems() -> None:
    problem = Problem(code="reading.empty", what="空", hint="重新下载", unread=True)
    row = row_of(capture(), None, Fields(), None, Findings(), (), (problem,))
    assert list(row) == KEYS.split()
    assert row["title"] is row["lots"] is row["language"] is row["surveillance_purchase"] is None
    assert row["awards"] == row["technologies"] == []
    assert row["passages"] == {}
    assert row["problems"] == [
        {"code": "reading.empty", "what": "空", "hint": "重新下载", "unread": True}
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("视频监控采购", "zh"),
        ("監視カメラのしくみについてのおしらせです", "ja"),
        ("감시 카메라 구매 공고", "ko"),
        ("Tender for cameras. " * 20, "und"),
        ("GPS 2 台", "zh"),
    ],
)
def test_the_language_is_chinese_unless_clearly_another(text: str, language: str) -> None:
    alone = Reading(text=text, blocks=(Block(0, len(text)),), media_type="text/plain")
    assert row_of(capture(), alone, Fields(), None, Findings())["language"] == language


def test_a_technology_is_quoted_with_what_else_says_so_each_wording_once() -> None:
    told: tuple[tuple[Relation, str], ...] = (
        ("bought", "虹膜"),
        ("bought", "虹膜仪"),
        ("bought", "虹膜"),
        ("mentioned", "瞳孔"),
    )
    findings = tuple(
        Finding(
            kind="technology",
            id="iris",
            relation=said,
            at=Passage(text=text, part="body", start=place, end=place + 2),
        )
        for place, (said, text) in enumerate(told)
    )
    found = Findings(findings=findings)
    (claim,) = claims(found)
    assert [other.at.text for other in further(found, claim)] == ["虹膜仪"]
    assert "technologies.0.quotes.0" in findings_passages(found)
