"""What a notice leaves out, what stands elsewhere, and where in the document that is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_technologies_definitions import OURS, find, read

from tenderlight.fields import find_fields
from tenderlight.model import Finding, Findings, Relation, Standing
from tenderlight.reading import read_document
from tenderlight.technologies import find_findings


def first(text: str, id: str = "voiceprint") -> Finding:
    return next(one for one in find(text).findings if one.id == id)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("本项目不含虹膜、步态和声纹。", "excluded"),
        ("不包括虹膜，步态，声纹等模块。", "excluded"),
        ("不含运费，声纹采集仪六套。", "bought"),
        ("不含虹膜，仅采购声纹采集仪。", "bought"),
        ("取消指纹终端改为声纹采集仪。", "bought"),
        ("不得取消声纹功能。", "bought"),
        ("不得缺少声纹采集模块。", "bought"),
        ("不仅包含声纹采集仪，还含服务器。", "bought"),
        ("系统支持人员的新增、删除、声纹比对。", "bought"),
        ("无需人工干预的声纹核验终端六套。", "bought"),
        ("不采集声纹。", "excluded"),
        ("声纹、虹膜、步态等不纳入本期范围。", "excluded"),
        ("声纹平台由省厅统一建设，本项目不涉及。", "excluded"),
        ("声纹平台由中标人负责建设。", "bought"),
        ("声纹采集仪六套，本次不采购。", "excluded"),
        ("声纹采集仪六套，本项目不涉及进口产品。", "bought"),
        ("声纹采集仪立杆利旧。", "bought"),
        ("声纹记录的删除功能由管理员使用。", "bought"),
        ("The tender buys servers. Voiceprint 声纹 is not included.", "excluded"),
    ],
)
def test_an_exclusion_holds_for_its_list_and_ends_where_the_sentence_turns(
    text: str, relation: Relation
) -> None:
    assert first(text).relation == relation


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("与同期实施的声纹项目做好衔接。", "another project"),
        ("参照邻县声纹库项目的做法。", "another project"),
        ("系统符合《声纹识别数据交换规范》。", "a standard that is named"),
        ("应满足《声纹数据要求》（GA/T 1179）。", "a standard that is named"),
        ("预留声纹接口。", "room is left for it"),
        ("后期可扩展声纹核验。", "room is left for it"),
        ("自助机支持声纹登录。", "a way to log in"),
        ("供应商经营范围含声纹设备销售。", "past work of a bidder"),
        ("已建声纹库一套。", "exists already"),
    ],
)
def test_what_stands_elsewhere_is_mentioned_with_its_reason(text: str, rule: str) -> None:
    assert (first(text).relation, first(text).rule) == ("mentioned", rule)


@pytest.mark.parametrize(
    "text",
    [
        "在原有监控基础上新增声纹采集仪六套。",
        "声纹采集仪须提供检测报告。",
        "《声纹库建设项目》采购合同：声纹采集仪六套。",
    ],
)
def test_words_of_what_exists_of_papers_and_of_titles_leave_it_bought(text: str) -> None:
    assert first(text).relation == "bought"


STANDS = """一、项目背景
声纹库运行多年。
二、采购需求
虹膜采集仪六套。
三、供应商资格
具有步态识别业绩。
四、其他
不含指纹采集；与省厅警用地理信息平台对接。"""


def test_a_finding_says_where_in_the_document_it_stands() -> None:
    found = find(STANDS, "某县公安局人脸识别系统").findings
    standings: dict[str, Standing] = {one.id: one.standing for one in reversed(found)}
    assert standings["facial-recognition"] == "title"
    assert standings["voiceprint"] == "background"
    assert standings["iris"] == "needs"
    assert standings["gait-recognition"] == "qualification"
    assert standings["fingerprint"] == "exclusion"
    assert standings["pgis"] == "reference"


def page(body: str) -> Findings:
    reading = read_document(f"<html><body>{body}</body></html>".encode(), "page.html")
    return find_findings(reading, find_fields(reading, None), OURS)


def test_what_a_correction_replaces_is_cancelled_and_what_takes_its_place_is_bought() -> None:
    found = page(
        "<h1>某县公安局设备采购更正公告</h1><p>更正事项：采购需求</p>"
        "<p>更正前：虹膜采集仪 20台</p><p>更正后：声纹采集仪 20台</p>"
    )
    told = {one.id: (one.relation, one.standing) for one in found.findings}
    assert told["iris"] == ("excluded", "cancelled")
    assert told["voiceprint"][0] == "bought"


def test_a_sum_that_a_correction_changes_cancels_nothing() -> None:
    found = page(
        "<h1>某县公安局设备采购更正公告</h1><p>更正事项：预算金额</p>"
        "<p>更正前：声纹采集仪预算20万元</p><p>更正后：声纹采集仪预算26万元</p>"
    )
    assert {one.relation for one in found.findings if one.id == "voiceprint"} == {"bought"}


def test_a_title_printed_many_times_is_one_passage_and_leaves_room_for_others() -> None:
    title = "某县公安局声纹采集系统建设"
    lines = [*([title] * 6), "采购声纹采集仪六套。", "声纹比对引擎一套。"]
    found = find("\n".join(lines), title).findings
    texts = [one.standing for one in found if one.id == "voiceprint"]
    assert texts.count("title") == 1
    assert len(texts) == 3


def test_what_is_left_out_comes_before_what_is_only_mentioned() -> None:
    found = find("已建声纹库一套。\n本期不含声纹采集仪。").findings
    assert [one.relation for one in found if one.id == "voiceprint"] == ["excluded", "mentioned"]


LIST = st.lists(st.sampled_from(["虹膜", "步态", "指纹", "门禁", "服务器"]), max_size=4)


@given(LIST, st.sampled_from(["不包含", "不含", "取消", "不涉及"]), st.sampled_from("、和及或"))
def test_the_last_of_a_list_is_left_out_as_the_first_is(
    names: list[str], word: str, joint: str
) -> None:
    assert first(f"本期{word}{joint.join([*names, '声纹'])}。").relation == "excluded"


@given(LIST, st.sampled_from(["仅采购", "改为", "新增", "但须提供"]))
def test_whatever_is_left_out_before_the_sentence_turns_the_rest_is_bought(
    names: list[str], turn: str
) -> None:
    left = "、".join(["指纹门锁", *names])
    assert first(f"本期不含{left}，{turn}声纹采集仪六套。").relation == "bought"


def test_reading_twice_gives_the_same() -> None:
    reading, fields = read(STANDS, "某县公安局人脸识别系统")
    assert find_findings(reading, fields, OURS) == find_findings(reading, fields, OURS)
