"""An interface's answer in JSON is read as the notice in it, without what only programs need."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.fields import find_fields
from tenderlight.model import Reading, Unreadable
from tenderlight.reading import limits, read_document
from tests.reading.test_reading_documents import assert_every_character_has_its_block

NOTICE = {
    "code": 200,
    "msg": "操作成功",
    "timestamp": "2026-11-22 07:30:12",
    "data": {
        "id": "f3b1c2d4-0000-4c4c-8d8d-123456789abc",
        "title": "岚枫县公安局人脸识别系统采购项目公开招标公告",
        "publishDate": "2026-03-21 10:22",
        "regionCode": "420526",
        "url": "https://portal.example.cn/公告/1",
        "open": True,
        "viewCount": 118,
        "content": (
            "<div><p>一、项目概况</p><table><tr><td>采购人</td><td>岚枫县公安局</td></tr>"
            "<tr><td>预算金额</td><td>128万元</td></tr></table></div>"
        ),
        "remark": "本项目不接受联合体。\n详见附件。",
        "attachments": [{"name": "采购需求.pdf", "key": "a7f0"}, {"name": "图纸.zip", "key": "b1"}],
    },
}


def read(value: Any) -> Reading:
    return read_document(json.dumps(value, ensure_ascii=False).encode(), "notice.json")


def test_the_notice_in_an_answer_is_read_in_the_order_in_which_it_stands() -> None:
    reading = read(NOTICE)
    assert reading.media_type == "application/json"
    assert reading.text.split("\n") == [
        "岚枫县公安局人脸识别系统采购项目公开招标公告",
        "2026-03-21 10:22",
        "操作成功",
        "一、项目概况",
        "采购人",
        "岚枫县公安局",
        "预算金额",
        "128万元",
        "本项目不接受联合体。",
        "详见附件。",
        "采购需求.pdf",
        "图纸.zip",
    ]
    assert_every_character_has_its_block(reading)
    title, published, message, *_ = reading.blocks
    assert (title.kind, title.part) == ("title", "head")
    assert published.part == "head"
    assert message.furniture


def test_cells_keep_their_places_and_tables_count_on_over_the_pieces() -> None:
    table = "<table><tr><td>采购人</td><td>市公安局</td></tr></table>"
    reading = read({"a": table, "b": "说明文字", "c": f"<p>又一张</p>{table}"})
    cells = [(b.table, b.row, b.column) for b in reading.blocks if b.kind == "cell"]
    assert cells == [(0, 0, 0), (0, 0, 1), (1, 0, 0), (1, 0, 1)]


def test_the_fields_of_a_notice_are_found_in_an_answer() -> None:
    fields = find_fields(read(NOTICE), None)
    assert fields.title is not None
    assert fields.title.value == NOTICE["data"]["title"]  # type: ignore[index]
    assert fields.published is not None
    assert fields.published.value == "2026-03-21 10:22"
    assert fields.buyer is not None
    assert fields.buyer.value == "岚枫县公安局"
    assert fields.budget is not None
    assert fields.budget.value.amount == 1_280_000


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_answers_are_read_in_any_encoding(codec: str) -> None:
    payload = json.dumps(NOTICE, ensure_ascii=False).encode(codec)
    assert read_document(payload, "x").text == read(NOTICE).text


def test_escapes_are_read_as_what_they_stand_for() -> None:
    assert read_document(json.dumps(NOTICE).encode(), "x").text == read(NOTICE).text
    escaped = read(
        {"content": "&lt;p&gt;采购人：市公安局&lt;/p&gt;&lt;p&gt;预算&amp;nbsp;12万元&lt;/p&gt;"}
    )
    assert escaped.text == "采购人：市公安局\n预算\u00a012万元"
    assert (
        read({"content": "采购人：市公安局<br>预算12万元"}).text == "采购人：市公安局\n预算12万元"
    )


def test_an_answer_inside_an_answer_is_entered() -> None:
    inner = json.dumps({"records": [{"title": "监控采购公告", "content": "采购内容"}]})
    assert read({"content": inner}).text == "监控采购公告\n采购内容"


TECHNICAL = ("a1b2", "420526", "2c9e_81", "2026-01-02 10:00:00", "true", "zh", "A" * 5000, "", " ")
CLOCKS = (
    "2025年01月06日 09:00:01",
    "2026/3/5",
    "2026-01-02T10:00:00.123+08:00",
    "2026年3月5日9时30分",
)
PLACES = ("https://a.cn/公告", "/files/公告.pdf", "data:image/png;base64,AAAA 公告")


@pytest.mark.parametrize("value", [*TECHNICAL, *CLOCKS, *PLACES])
def test_what_only_programs_need_is_no_text(value: str) -> None:
    assert read({"content": "采购内容", "x": value}).text == "采购内容"


def test_a_servers_clock_and_its_counters_change_nothing() -> None:
    later = json.loads(json.dumps(NOTICE))
    later["timestamp"] = "2027-01-01 00:00:00"
    later["data"]["viewCount"] = 4711
    later["data"]["id"] = "other"
    assert read(later) == read(NOTICE)


def test_an_answer_without_a_notice_says_so() -> None:
    with pytest.raises(Unreadable) as refused:
        read({"code": 404, "data": None, "ok": False})
    assert refused.value.code == "reading.no-text"
    reading = read({"code": 404, "msg": "该信息不存在"})
    assert [problem.code for problem in reading.problems] == ["reading.no-body"]


def test_a_piece_of_html_that_cannot_be_read_is_named_and_the_rest_is_read() -> None:
    reading = read({"title": "监控采购公告", "a": "<div>" * 3000, "b": "预算12万元"})
    assert reading.text == "监控采购公告\n预算12万元"
    assert [(p.code, p.unread) for p in reading.problems] == [("reading.tag-soup", True)]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.sampled_from(
        ["<p>预算</p><p>12</p><p>3", "采购\n内容", "<table><tr><td>一<td>二", "{", "[1"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "msg", "content", "publishDate", "x"]), inner)
    ),
    max_leaves=30,
)


@given(VALUES)
def test_every_character_of_an_answer_is_in_exactly_one_block(value: Any) -> None:
    try:
        reading = read({"data": value})
    except Unreadable:
        return
    assert_every_character_has_its_block(reading)
    assert read({"data": value}) == reading


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=2000))
def test_junk_behind_a_brace_is_read_or_refused(junk: bytes) -> None:
    for payload in (b'{"a": "' + junk + b'"}', b"[" + junk + b"]"):
        try:
            assert_every_character_has_its_block(read_document(payload, "x"))
        except Unreadable:
            continue


@pytest.mark.parametrize(
    "payload",
    [
        b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
        b"[" * 1_000_000 + b"]" * 1_000_000,
        json.dumps(["<p>公告"] * 200_000, ensure_ascii=False).encode(),
        json.dumps(["ab cd 公告"] * 500_000, ensure_ascii=False).encode(),
        json.dumps({"a": "x" * 20_000_000}).encode(),
        json.dumps({"a": "ab " * 7_000_000}).encode(),
        json.dumps({"a": "&lt;" * 4_000_000}).encode(),
        json.dumps({str(n): "x" * 200 for n in range(100_000)}).encode(),
    ],
    ids=["nested", "lists", "pieces", "texts", "long", "words", "escapes", "keys"],
)
def test_hostile_answers_are_read_or_refused_in_seconds(payload: bytes) -> None:
    began = time.monotonic()
    try:
        reading = read_document(payload, "x")
    except Unreadable:
        pass
    else:
        assert len(reading.text) <= limits.CHARACTERS
        assert len(reading.blocks) <= limits.BLOCKS
    assert time.monotonic() - began < 30


def test_an_answer_wrapped_in_itself_many_times_is_entered_only_so_deep() -> None:
    wrapped = "采购内容"
    for _ in range(9):
        wrapped = json.dumps({"c": wrapped}, ensure_ascii=False)
    assert read_document(wrapped.encode(), "x").text == "采购内容"
    for _ in range(2):
        wrapped = json.dumps({"c": wrapped}, ensure_ascii=False)
    assert read_document(wrapped.encode(), "x").text != "采购内容"
