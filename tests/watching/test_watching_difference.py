"""The difference between two looks: complete, in order, bounded, blind to clocks and counters."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Block, Fields, Reading
from tenderlight.watching import Page, difference, likeness, page_of
from tenderlight.watching.difference import MOST
from tenderlight.watching.page import Said
from tenderlight.watching.steady import steady

AT = datetime(2026, 3, 9, 6, 30, 7, tzinfo=UTC)


def page(*lines: str, at: datetime | None = None, **values: str) -> Page:
    return Page(
        lines=tuple(Said(steady(line), line) for line in lines if steady(line)),
        values={name: Said(value, value) for name, value in values.items()},
        at=at,
    )


def told(before: Page, after: Page) -> list[tuple[str, str | None, str | None]]:
    return [(c.what, c.before, c.after) for c in difference(before, after).changes]


def test_fields_come_first_and_lines_stand_beside_each_other() -> None:
    before = page("采购人：甲县公安局", "预算：12万元", "落款", budget_cny="120000")
    after = page("采购人：甲县公安局", "预算：15万元", "附件一", "落款", budget_cny="150000")
    assert told(before, after) == [
        ("budget_cny", "120000", "150000"),
        ("text", "预算：12万元", "预算：15万元"),
        ("text", None, "附件一"),
    ]


def test_two_bidders_that_change_places_are_a_difference() -> None:
    before = page("第一名", "甲公司", "第二名", "乙公司")
    after = page("第一名", "乙公司", "第二名", "甲公司")
    assert difference(before, after).is_any


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("发布时间：2026-03-02 浏览次数：12", "发布时间：2026-03-02 浏览次数：1,340"),
        ("2026-03-02浏览次数：102", "2026-03-02浏览次数：1105"),
        ("来源：某县浏览量：3字体：大 中 小", "来源：某县浏览量：14字体：大 中 小"),
        ("【点击量：3】", "【点击量：4】"),
        ("您是第 1204 位访问者", "您是第 1377 位访问者"),
        ("今天是2026年3月2日 星期一", "今天是2026年3月9日 星期一"),
        ("当前时间：2026-03-02 09:00:01", "当前时间：2026-03-09 14:30:05"),
        ("Processed in 0.021 second(s)", "Processed in 0.4 second(s)"),
        ("csrf_token=ab12cd34", "csrf_token=ff00"),
        ("0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
        ("预算：12万元", "预算： 12万元".replace(" ", "")),
    ],
)
def test_counters_clocks_and_tokens_are_no_difference(before: str, after: str) -> None:
    assert told(page("标题", before), page("标题", after)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("日访问量：10000次", "日访问量：20000次"),
        ("开标时间：2026年3月25日 09:30", "开标时间：2026年3月26日 09:30"),
        ("北京时间2026年3月25日9时30分前递交", "北京时间2026年3月27日9时30分前递交"),
        ("项目编号：ZB-2026-001", "项目编号：ZB-2026-002"),
        ("中标金额：1,204元", "中标金额：1,340元"),
        ("公告时间：2026-03-02 14:30", "公告时间：2026-03-05 14:30"),
    ],
)
def test_what_a_notice_states_is_a_difference(before: str, after: str) -> None:
    assert told(page("标题", before), page("标题", after)) == [("text", before, after)]


def test_a_time_that_was_now_both_times_is_a_clock() -> None:
    before = page("甲 2026-03-02 14:30:00", at=datetime(2026, 3, 2, 6, 30, 9, tzinfo=UTC))
    after = page("甲 2026-03-09 14:30:05", at=AT)
    assert told(before, after) == []
    late = page("甲 2026-03-10 14:30:05", at=AT)
    assert told(before, late) != []


def test_lines_of_the_site_are_no_difference_unless_a_field_changed() -> None:
    news = "最新公告：青石县教育局图书采购项目"
    before, after = page("甲", budget_cny="1"), page("甲", news, budget_cny="1")
    assert difference(before, after).is_any
    assert not difference(before, after, frozenset([news])).is_any
    changed = page("甲", news, budget_cny="2")
    assert len(difference(before, changed, frozenset([news])).changes) == 2
    cell = Page(lines=(Said("甲", "甲"), Said(news, news, True)), values=before.values)
    assert difference(before, cell, frozenset([news])).is_any, "a table is the notice's"


def test_a_long_line_is_shown_around_what_differs() -> None:
    ((_, before, after),) = told(page("文" * 5000 + "甲" + "字" * 500), page("文" * 5000 + "乙"))
    assert before is not None
    assert after is not None
    assert before.startswith("…文")
    assert "甲" in before
    assert after.endswith("文乙")
    assert max(len(before), len(after)) < 320


def test_a_masked_value_is_told_as_its_passage_shows_it() -> None:
    text = "采购人：王小明"
    reading = Reading(text=text, blocks=(Block(0, len(text)),), media_type="text/plain")
    at = reading.passage(4, 7)
    fields = Fields(buyer=_cited("王小明", at))
    one = page_of(reading, fields, shown="采购人：＊＊＊")
    assert one.lines[0].shown == "采购人：＊＊＊"
    assert one.values["buyer"].shown == "＊＊＊"


def _cited(value: str, at: object) -> object:
    from tenderlight.model import Cited

    return Cited(value=value, at=at)  # type: ignore[arg-type]


LINES = st.lists(st.sampled_from([*"甲乙丙丁", "一 二", "预算：12万元"]), max_size=40)


@given(LINES, LINES)
def test_what_is_told_leads_from_one_look_to_the_other(old: list[str], new: list[str]) -> None:
    found = difference(page(*old), page(*new))
    assert found.is_any == (old != new)
    gone = [c.before for c in found.changes if c.before is not None]
    come = [c.after for c in found.changes if c.after is not None]
    if not found.more:
        left = list(old)
        for line in gone:
            left.remove(line)
        assert sorted(left + come) == sorted(new)


@given(LINES, LINES)
def test_likeness_is_between_nothing_and_all(old: list[str], new: list[str]) -> None:
    assert 0 <= likeness(page(*old), page(*new)) <= 1
    assert likeness(page(*old), page(*old)) == (1.0 if old else 0.0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["x"] * 150_000, ["y"] * 150_000),
        (["x"] * 150_000, ["x"] * 149_999),
        ([str(n) for n in range(150_000)], [str(n) for n in reversed(range(150_000))]),
        (["x", "y"] * 75_000, ["y", "x", "z"] * 50_000),
        (["x", "z", "x"], ["x", "y"] * 99_000),
        (
            [line for n in range(30_000) for line in (f"u{n}", "x", "v")],
            [line for n in range(30_000) for line in (f"w{n}", "v", "x")],
        ),
        (["长" * 1_000_000], ["长" * 999_999 + "短"]),
    ],
    ids=["all", "one fewer", "reversed", "periods", "few and many", "woven", "one line"],
)
def test_a_hostile_page_costs_seconds_at_most_and_is_told_in_brief(
    old: list[str], new: list[str]
) -> None:
    before = Page(lines=tuple(Said(line, line) for line in old))
    after = Page(lines=tuple(Said(line, line) for line in new))
    began = time.process_time()
    found = difference(before, after)
    assert time.process_time() - began < 10
    assert found.is_any
    assert len(found.changes) <= MOST


@pytest.mark.parametrize(
    "piece", ["1", "浏览", "浏览：1", "2026-01-01 ", "token=", " ", "今天是2", "："]
)
def test_a_hostile_line_costs_no_more_than_its_length(piece: str) -> None:
    began = time.process_time()
    steady(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 5
