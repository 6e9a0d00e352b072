"""Rules of the system are quoted whole; what only sounds like one is not quoted."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.stated.section import look, missed_rules
from tenderlight.model import Block, Condition, Fields, Findings, Reading
from tenderlight.technologies import Definitions, find_findings, load_definitions
from tenderlight.technologies.definition import Clause
from tenderlight.technologies.lines import LONGEST
from tenderlight.technologies.rules import MOST_CONDITIONS

OURS = load_definitions()
SYSTEM = "人脸识别系统一套。"


def rules(text: str, *, cells: list[list[str]] | None = None) -> list[tuple[str, str]]:
    found = look({"text": text, "cells": cells} if cells else {"text": text}, OURS)
    return [(rule.id, rule.at.text) for rule in found.conditions]


def alerts(text: str) -> list[str]:
    return [said for id, said in rules(text) if id == "alert"]


def test_rules_of_the_labelled_notices_are_quoted_from_first_to_last() -> None:
    wrong = [fact for _, fact, right in missed_rules(OURS) if not right]
    assert wrong == []


def test_a_sentence_is_quoted_without_its_neighbours() -> None:
    said = "三名以上外来人员同日入住一家旅馆的，系统自动预警。"
    assert alerts(f"{SYSTEM}{said}投标人须提供样品。") == [said]


def test_a_list_below_its_heading_is_one_rule_with_all_of_its_items() -> None:
    listed = (
        "预警规则：\n（1）离开本县的，自动预警；\n（2）购买进京车票的；\n（3）与前科人员同住的。"
    )
    assert alerts(f"重点人员管控平台。\n{listed}\n质保两年。") == [listed]


def test_an_item_of_a_list_of_requirements_is_quoted_alone() -> None:
    text = f"{SYSTEM}\n功能要求：\n1、支持导出；\n2、陌生人员徘徊即报警；\n3、支持查询。"
    assert alerts(text) == ["陌生人员徘徊即报警"]


def test_a_table_of_points_is_quoted_with_all_rows() -> None:
    cells = [["行为", "人员积分规则"], ["夜间外出", "加5分"], ["更换手机卡", "加10分"]]
    found = rules("重点人员管控平台。", cells=cells)
    assert ("score", "行为\n人员积分规则\n夜间外出\n加5分\n更换手机卡\n加10分") in found


def test_the_row_of_a_short_cell_is_quoted_whole() -> None:
    cells = [["序号", "功能", "说明"], ["4", "红名单", "名单内人员不予预警"]]
    assert ("exempt-list", "4\n红名单\n名单内人员不予预警") in rules(SYSTEM, cells=cells)


@pytest.mark.parametrize(
    "text",
    [
        "某镇水库水位超过警戒线，系统自动预警并通知人员。",
        "人脸识别系统。资格要求：\n投标人发现三名以上人员造假的，即报警。",
        "人脸识别系统。本期不含人员聚集预警。",
        "人脸识别系统。机房温度超过三十度即报警，通知值班人员。",
    ],
)
def test_what_is_no_rule_about_people_is_not_quoted(text: str) -> None:
    assert alerts(text) == []


def test_the_same_rule_printed_twice_is_quoted_once() -> None:
    said = "两名以上重点人员聚集的，自动预警。"
    assert alerts(f"{SYSTEM}\n{said}\n{SYSTEM}\n{said}") == [said]


def test_a_notice_that_watches_nobody_has_no_rules() -> None:
    assert rules("图书采购。人员超过三名即报警。") == []


def test_a_rule_names_the_words_by_which_it_was_found() -> None:
    said = f"{SYSTEM}重点人员离开本县即预警，越级上访即推送。"
    (rule,) = [one for one in look({"text": said}, OURS).conditions if one.id == "alert"]
    assert [word.text for word in rule.named] == ["即预警", "即推送"]
    assert all(rule.at.start <= word.start < word.end <= rule.at.end for word in rule.named)


def test_a_list_without_end_is_cut_after_a_whole_item() -> None:
    items = "\n".join(f"（{n % 90 + 1}）重点人员第{n}种情形的，自动预警；" for n in range(400))
    (said,) = alerts(f"{SYSTEM}\n预警规则如下：\n{items}")[:1]
    assert LONGEST - 60 < len(said) <= LONGEST
    assert said.endswith("自动预警")


LINE = st.text(alphabet="重点人员预警规则：；。，、1（）一\t①超过三名即离开不 ", max_size=40)


def find_in(lines: list[str], cells: list[bool], definitions: Definitions = OURS) -> Findings:
    blocks, start = [], 0
    for number, (line, cell) in enumerate(zip(lines, cells, strict=True)):
        place = (1, number, 0) if cell else (None, None, None)
        kind = "cell" if cell else "text"
        blocks.append(
            Block(start, start + len(line), kind, table=place[0], row=place[1], column=place[2])
        )
        start += len(line) + 1
    reading = Reading(text="\n".join(lines), blocks=tuple(blocks), media_type="text/plain")
    return find_findings(reading, Fields(), definitions)


@given(st.lists(st.tuples(LINE, st.booleans()), max_size=25))
def test_whatever_is_printed_a_rule_is_a_bounded_stretch_of_it(
    lines: list[tuple[str, bool]],
) -> None:
    texts = [SYSTEM, *(line for line, _ in lines)]
    found = find_in(texts, [False, *(cell for _, cell in lines)])
    whole = "\n".join(texts)
    last: dict[str, int] = {}
    for rule in found.conditions:
        assert whole[rule.at.start : rule.at.end] == rule.at.text
        assert 0 < len(rule.at.text) <= LONGEST
        assert rule.at.start >= last.get(rule.id, 0)
        last[rule.id] = rule.at.end


def test_rules_are_bounded_in_number() -> None:
    lines = [f"重点人员{n}离开的，自动预警。" for n in range(300)]
    found = find_in([SYSTEM, *lines], [False] * 301)
    assert sum(rule.id == "alert" for rule in found.conditions) == MOST_CONDITIONS


def test_a_definition_of_ones_own_is_quoted_too() -> None:
    own = Clause(
        id="curfew",
        kind="rule",
        en="Curfew",
        zh="宵禁",
        meaning_en="When nobody may leave.",
        meaning_zh="何时不得外出。",
        words=("不得外出",),
        company=("人员",),
    )
    definitions = msgspec.structs.replace(OURS, rule=(own,))
    found = find_in([SYSTEM, "二十二时后人员不得外出。"], [False, False], definitions)
    expected = [Condition(id="curfew", at=one.at, named=one.named) for one in found.conditions]
    assert [one.at.text for one in expected] == ["二十二时后人员不得外出。"]


@pytest.mark.parametrize(
    "text",
    [
        "预警规则：" * 20_000,
        "重点人员自动预警;" * 20_000,
        "（1）重点人员自动预警；\n" * 10_000,
        "重点人员自动预警" + "，" * 100_000,
        "重点人员自动预警如下:" * 10_000,
    ],
)
def test_hostile_lists_take_no_time(text: str) -> None:
    begun = time.process_time()
    look({"text": SYSTEM + text}, OURS)
    assert time.process_time() - begun < 10
