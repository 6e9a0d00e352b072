"""People on lists of whom a system is not, or always, to report. All invented."""

from __future__ import annotations

import pytest

from tenderlight.model import Block, Reading
from tenderlight.personal import find_personal


def hidden_in(text: str) -> list[str]:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line)))
        start += len(line) + 1
    reading = Reading(text=text, blocks=tuple(blocks), media_type="text/plain")
    return [text[each.start : each.end] for each in find_personal(reading)]


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("红名单人员李秀英、张伟不预警。", ["李秀英", "张伟"]),
        ("白名单人员包括县长赵德柱、局长钱有福。", ["赵德柱", "钱有福"]),
        ("黑名单对象：艾力·吐尔逊、周小川等人，", ["艾力·吐尔逊", "周小川"]),
        ("红名单：\n（1）李秀英，女；\n（2）张伟。\n三、张伟度很高", ["李秀英", "张伟"]),
        (
            "红名单：\n1、李秀英，住云桥县幸福路12号3单元501室；",
            ["李秀英", "云桥县幸福路12号3单元501室"],
        ),
    ],
)
def test_people_on_a_list_are_hidden(line: str, hidden: list[str]) -> None:
    assert hidden_in(line) == hidden


@pytest.mark.parametrize(
    "line",
    [
        "支持白名单、黑名单、陌生人报警，高清抓拍、车辆识别、人脸布控。",
        "红名单管理：对领导、军警、贵宾等人员不予预警，包括人大代表、政协委员。",
        "红名单人员进入时系统不预警，黑名单人员进入时3秒内报警。",
        "黑名单库：\n1、车辆；\n2、人员；\n3、高危人员。",
        "本项目由云桥县公安局负责，张伟度、李家湾均有点位。",
    ],
)
def test_functions_and_groups_stay(line: str) -> None:
    assert hidden_in(line) == []


def test_a_long_list_costs_little() -> None:
    text = "红名单：\n" + "（1）县长局长科长处长" * 5_000 + "\n" + "（2）人员人员人员\n" * 5_000
    assert hidden_in(text) == []
