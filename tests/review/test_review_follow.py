"""A passage is found again in a text that was read anew, and not in another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.plain import MASK
from tenderlight.review import Quote, follow
from tenderlight.review.case import AROUND

TEXT = (
    "云桥县公安局信息采集设备采购公告。项目编号：YQ-2024-018。采购人：云桥县公安局。"
    "一、采购内容：虹膜采集仪20台，人脸识别一体机6台，配套软件一套。"
    "二、资格要求：投标人应具有虹膜采集仪供货业绩。三、联系人：李某，电话13900001234。"
)
"""Invented."""


def quoted(words: str, text: str = TEXT, nth: int = 0) -> Quote:
    start = text.index(words) if not nth else text.index(words, text.index(words) + 1)
    end = start + len(words)
    return Quote(
        exact=words,
        prefix=text[max(start - AROUND, 0) : start],
        suffix=text[end : end + AROUND],
        start=start,
        end=end,
    )


@given(st.data())
def test_every_passage_follows_what_is_put_before_and_after_the_text(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 2))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    words = st.text("甲乙丙丁0123，。\n ", max_size=60)
    before, after = data.draw(words), data.draw(words)
    quote = Quote(
        exact=TEXT[start:end],
        prefix=TEXT[max(start - AROUND, 0) : start],
        suffix=TEXT[end : end + AROUND],
        start=start,
        end=end,
    )
    place = follow(quote, before + TEXT + after)
    if TEXT[start:end].strip():
        assert place is not None
        assert (place.start, place.end) == (start + len(before), end + len(before))


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("：", "： ").replace("，", " ，\n"),
        TEXT.replace("采", "採").replace("仪", "儀").replace("内容", "內容"),
        TEXT.replace("20台", "２０台"),
        TEXT.replace("人脸识别一体机6台", "人脸识别一体机8台"),
        TEXT.replace("云桥县公安局", MASK * 6),
        TEXT.replace("虹膜采集仪20", f"虹{MASK}采集仪20"),
    ],
)
def test_it_follows_what_does_not_change_what_was_judged(changed: str) -> None:
    assert follow(quoted("虹膜采集仪"), changed) is not None


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("虹膜采集仪20台，", ""),
        TEXT.replace("虹膜采集仪", "指纹采集仪"),
        TEXT.replace("一、采购内容：虹膜采集仪20台，人脸识别一体机6台", "一、本次不采购虹膜采集仪"),
        "",
        MASK * len(TEXT),
    ],
)
def test_it_is_lost_where_the_text_under_it_is_another(changed: str) -> None:
    assert follow(quoted("虹膜采集仪"), changed) is None


def test_the_same_words_elsewhere_are_another_passage() -> None:
    second = quoted("虹膜采集仪", nth=1)
    place = follow(second, "附：" + TEXT)
    assert place is not None
    assert place.start == second.start + 2


def test_a_notice_without_a_passage_follows_by_its_beginning() -> None:
    opening = Quote(exact="", suffix=TEXT[:AROUND])
    assert follow(opening, " " + TEXT) is not None
    assert follow(opening, "更正：" + TEXT) is None
    assert follow(Quote(exact=""), TEXT) is None


def test_a_word_that_stands_a_hundred_thousand_times_costs_no_more() -> None:
    quote = Quote(exact="甲", prefix="乙" * AROUND, suffix="丙" * AROUND)
    assert follow(quote, "甲" * 100_000) is None
