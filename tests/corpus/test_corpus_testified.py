"""What recognisers said, put side by side."""

from __future__ import annotations

import msgspec

from tenderlight.corpus.testified import tell_testimony
from tenderlight.evidence.testimony import Testified
from tenderlight.model import BrokenEvidence
from tenderlight.pictures import Recognised, Written
from tenderlight.plain import MASK


def line(text: str, sure: int) -> Written:
    edges = tuple(float(n) for n in range(2 * len(text)))
    return Written(text, 0.0, 0.0, 9.0, 9.0, edges, bytes([sure]) * len(text))


def said(engine: str, subject: str, *lines: Written) -> Testified:
    seen = Recognised(engine=engine, lines=lines)
    answer = msgspec.json.encode(seen)
    return Testified(engine=engine, subject=subject, notice="n1", answer=answer)


def test_each_engine_has_its_pages_confidence_and_unsure_lines() -> None:
    told = tell_testimony(
        [said("甲", "a", line("采购公告", 90), line("云桥县", 70)), said("甲", "b")]
    )
    (one,) = told.engines
    assert (one.pages, one.characters, one.unsure_lines) == (2, 7, 1)
    assert one.confidence == round((4 * 90 + 3 * 70) / 700, 4)
    assert told.compared == ()


def test_two_engines_are_compared_on_the_pages_of_both_and_the_worst_comes_first() -> None:
    told = tell_testimony(
        [
            said("甲", "a", line("预算金额：100元", 90), line("项目编号", 90)),
            said("乙", "a", line("预算金额：1OO元", 90), line("项目编号", 90)),
            said("甲", "b", line("采购公告", 90)),
            said("乙", "b", line("采购公告", 90)),
            said("甲", "c", line("全部不同的一行", 90)),
            said("乙", "c"),
            said("甲", "d", line("只有甲读过", 90)),
        ]
    )
    (pair,) = told.compared
    assert (pair.pages, pair.differing_pages, pair.differing) == (3, 2, 9)
    assert [(page.subject, page.differing) for page in pair.worst] == [("c", 7), ("a", 2)]
    (example,) = pair.worst[1].examples
    assert (example.first, example.second) == ("00", "OO")


def test_what_is_hidden_in_one_answer_is_hidden_in_both() -> None:
    told = tell_testimony(
        [
            said("甲", "a", line("联系人：王小明 电话：13900001234", 90)),
            said("乙", "a", line("联系人：王小明 电话：1390000I234", 90)),
        ]
    )
    shown = msgspec.json.encode(told).decode()
    assert MASK in shown
    assert "I234" not in shown
    assert '"I"' not in shown


def test_damaged_answers_are_counted_and_left_out() -> None:
    broken = Testified(engine="甲", subject="a", notice="n1", answer=b"[[[[")
    told = tell_testimony([broken, BrokenEvidence("x"), said("甲", "b", line("公告", 90))])
    assert told.damaged == 2
    assert told.engines[0].pages == 1
