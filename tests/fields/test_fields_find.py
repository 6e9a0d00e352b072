"""What a notice says is found with its passage; where it is silent, the manifest or nothing."""

import pytest
from fields_invented import read_lines, read_table
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.fields import find_fields
from tenderlight.fields.notice_type import type_of
from tenderlight.model import Cited, Fields, Reading, Statement

TENDER = (
    "东湖县水利局水位站摄像机采购项目公开招标公告",
    "发布时间：2020年3月2日 10:15 来源：某交易中心",
    "一、项目基本情况",
    "项目编号：DH-2020-017",
    "项目名称：东湖县水利局水位站摄像机采购项目",
    "采购方式：公开招标",
    "二、提交投标文件截止时间、开标时间和地点",
    "开标时间：2020年3月24日 09:30（北京时间）",
    "三、凡对本次采购提出询问，请按以下方式联系。",
    "1.采购人信息",
    "名 称：东湖县水利局",
    "地 址：湖边路1号",
    "2.采购代理机构信息",
    "名 称：湖光招标代理有限公司",
)


def fields_of(*lines: str, stated: Statement | None = None, title: str = "") -> Fields:
    return find_fields(read_lines(*lines, title=title), stated)


def value(cited: Cited[str] | None) -> str | None:
    return cited.value if cited is not None else None


def test_a_tender_gives_every_field() -> None:
    fields = fields_of(*TENDER)
    assert fields.notice_type is not None
    assert fields.notice_type.value == "tender"
    assert fields.procedure is not None
    assert fields.procedure.value == "open"
    assert value(fields.title) == TENDER[0]
    assert value(fields.project_name) == "东湖县水利局水位站摄像机采购项目"
    assert value(fields.project_number) == "DH-2020-017"
    assert value(fields.buyer) == "东湖县水利局"
    assert value(fields.agency) == "湖光招标代理有限公司"
    assert value(fields.published) == "2020-03-02 10:15"
    assert value(fields.opening) == "2020-03-24 09:30"
    assert fields.problems == ()


def test_every_value_is_printed_where_its_passage_says() -> None:
    reading = read_lines(*TENDER)
    fields = find_fields(reading, None)
    for cited in (fields.title, fields.buyer, fields.agency, fields.published, fields.opening):
        assert cited is not None
        assert reading.text[cited.at.start : cited.at.end] == cited.at.text


def test_the_manifest_speaks_where_the_page_is_silent_and_is_cited() -> None:
    line = '{"file": "a.html", "title": "东湖大桥监理中标结果公告", "date": "2020-03-05 00:00"}'
    stated = Statement(line=line, title="东湖大桥监理中标结果公告", date="2020-03-05 00:00")
    fields = find_fields(read_table(("招标人:", "东湖县交通局"), ("中标人:", "甲公司")), stated)
    assert value(fields.published) == "2020-03-05"
    assert fields.published is not None
    assert fields.published.at.part == "manifest"
    assert line[fields.published.at.start : fields.published.at.end] == "2020-03-05 00:00"
    assert fields.notice_type is not None
    assert fields.notice_type.value == "award"
    assert value(fields.buyer) == "东湖县交通局"
    assert value(fields.project_name) == "东湖大桥监理"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("合同管理系统采购公开招标公告", "tender"),
        ("东湖大桥工程中标候选人公示（第二次）", "candidates"),
        ("东湖县水利局水泵单一来源采购公示", "single_source"),
        ("东湖县水利局水泵单一来源采购成交公告", "award"),
        ("水泵单一来源采购征求意见公示", "single_source"),
        ("水泵采购更正公告（一）", "correction"),
        ("水泵采购废标结果公告", "termination"),
        ("水泵采购政府采购合同公告", "contract"),
        ("水泵采购验收公示", "acceptance"),
        ("水泵采购项目采购意向公开", "intention"),
        ("水泵采购资格预审公告", "prequalification"),
        ("水泵采购需求征求意见公告", "other"),
        ("廈澳區水泵採購公開招標公告", "tender"),
        ("中标", "award"),
        ("天气预报", None),
    ],
)
def test_a_title_tells_the_type(title: str, kind: str | None) -> None:
    assert type_of(title) == kind


def test_the_pages_own_heading_is_more_exact_than_the_portals_title() -> None:
    fields = fields_of("拟中标结果公示表", "项目名称：东湖大桥", title="东湖大桥中标结果公告")
    assert fields.notice_type is not None
    assert fields.notice_type.value == "candidates"


def test_a_sentence_tells_the_type_where_no_title_does() -> None:
    fields = fields_of("水泵采购评审工作已经结束，现将中标结果公告如下：", "开标时间：2020年3月2日")
    assert fields.notice_type is not None
    assert fields.notice_type.value == "award"


def test_the_ticked_procedure_counts() -> None:
    for choice in ("□公开招标 √竞争性谈判 □询价", "公开招标□ 竞争性谈判☑ 询价□"):
        procedure = fields_of(f"采购方式：{choice}").procedure
        assert procedure is not None
        assert procedure.value == "competitive_negotiation"


def test_where_the_tick_is_lost_the_title_decides() -> None:
    lines = ("采购方式：", "竞争性谈判", "竞争性磋商", "询价", "预算金额：1万元")
    procedure = fields_of("水泵采购竞争性磋商公告", *lines).procedure
    assert procedure is not None
    assert procedure.value == "competitive_consultation"
    assert fields_of(*lines).procedure is None


def test_the_commissioner_is_the_buyer_where_no_label_names_one() -> None:
    fields = fields_of("湖光招标代理有限公司受东湖县水利局的委托，就水泵采购项目进行公开招标。")
    assert value(fields.buyer) == "东湖县水利局"
    assert value(fields.agency) == "湖光招标代理有限公司"


def test_a_name_before_the_projects_name_in_the_title_is_the_buyer() -> None:
    fields = fields_of("东湖县水利局水位站水泵采购成交公告", "项目名称：水位站水泵采购")
    assert value(fields.buyer) == "东湖县水利局"
    assert fields.buyer is not None
    assert fields.buyer.at.text == "东湖县水利局"


def test_who_builds_is_the_buyer_only_if_nobody_else_buys() -> None:
    assert value(fields_of("建设单位：东湖县城建中心").buyer) == "东湖县城建中心"
    fields = fields_of("建设单位：东湖县城建中心", "招标人：东湖县交通局")
    assert value(fields.buyer) == "东湖县交通局"


def test_buyers_that_disagree_are_a_problem_that_names_both() -> None:
    fields = fields_of("采购人：东湖县水利局", "采购单位：西山市财政局")
    assert value(fields.buyer) == "东湖县水利局"
    assert [problem.code for problem in fields.problems] == ["fields.buyer-disagree"]
    assert "西山市财政局" in fields.problems[0].what


def test_no_name_is_better_than_a_wrong_one() -> None:
    for line in ("采购人：详见招标文件", "采购人：/", "采购人：", "采购人应当按照规定付款。"):
        assert fields_of(line).buyer is None


def test_a_date_of_award_or_of_the_first_notice_is_no_publication_date() -> None:
    for label in (
        "成交日期",
        "定标日期",
        "评审日期",
        "首次公告日期",
        "采购公告发布日期",
        "合同签订日期",
    ):
        assert fields_of(f"{label}：2020年3月2日", "项目名称：水泵采购").published is None


def test_the_signature_dates_a_notice() -> None:
    filling = [f"第{number}项要求见采购文件。" for number in "一二三四五六七八"]
    lines = ("水泵采购招标公告", *filling, "东湖县水利局", "二〇二〇年三月二日")
    fields = fields_of(*lines)
    assert value(fields.published) == "2020-03-02"
    assert value(fields.buyer) == "东湖县水利局"
    assert fields.published is not None
    assert fields.published.rule == "signature"


def test_a_date_cut_out_of_a_sentence_by_lost_tags_is_no_publication_date() -> None:
    fields = fields_of(
        "水泵采购项目",
        "获取招标文件，并于",
        "2020年3月24日 10时00分",
        "（北京时间）前递交投标文件。",
    )
    assert fields.published is None


def test_the_date_of_another_notice_is_no_publication_date() -> None:
    assert (
        fields_of("说明：本项目招标计划发布时间：2020年1月3日", "项目名称：水泵").published is None
    )


def test_a_corrected_opening_replaces_the_first_one() -> None:
    fields = fields_of("开标时间：原为2020年3月2日9时30分，现更正为2020年3月9日9时30分")
    assert value(fields.opening) == "2020-03-09 09:30"


def test_a_correction_on_the_next_line_replaces_the_opening_before_it() -> None:
    fields = fields_of("原投标截止时间：2020年3月2日9时30分", "更正为：2020年3月9日9时30分")
    assert value(fields.opening) == "2020-03-09 09:30"
    assert fields.problems == ()


def test_the_sentence_about_handing_in_gives_the_opening() -> None:
    fields = fields_of("请获取招标文件，并于2020年3月24日09点30分（北京时间）前递交投标文件。")
    assert value(fields.opening) == "2020-03-24 09:30"


def test_a_number_ends_before_what_is_no_number() -> None:
    assert value(fields_of("项目编号：DH-2020-017（二次）").project_number) == "DH-2020-017（二次）"
    assert (
        value(fields_of("项目编号：东财采〔2020〕17号，分两包").project_number)
        == "东财采〔2020〕17号"
    )
    assert fields_of("项目编号：无").project_number is None


def test_the_projects_number_counts_more_than_the_plans() -> None:
    fields = fields_of("采购计划编号：JH-1", "项目编号：DH-2")
    assert value(fields.project_number) == "DH-2"


def test_a_name_is_free_of_the_notices_type_and_of_a_portals_prefix() -> None:
    name = value(fields_of("项目名称：【东公资2020号】东湖大桥工程施工招标公告").project_name)
    assert name == "东湖大桥工程施工"
    assert value(fields_of("项目名称：水泵采购").project_name) == "水泵采购"


def test_a_heading_that_names_no_purchase_is_no_title() -> None:
    assert value(fields_of("中标结果公示表", "项目名称：东湖大桥").title) == "东湖大桥"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TENDER, "：", "/", "（", "序号", "1", "√", "受", "中标供应商"]),
        max_size=25,
    )
)
def test_lines_in_any_order_are_survived_and_every_passage_is_printed(lines: list[str]) -> None:
    reading = read_lines(*lines)
    fields = find_fields(reading, None)
    for cited in (fields.title, fields.project_name, fields.project_number, fields.buyer):
        if cited is not None:
            assert reading.text[cited.at.start : cited.at.end] == cited.at.text


@pytest.mark.parametrize(
    "char", [":", "采", "（", "受", "(", "1", "年", " ", "一、", "于", "&", "现", "&&&"]
)
def test_a_text_of_one_repeated_character_is_read_in_time(char: str) -> None:
    text = char * (60_000 // len(char))
    reading = read_lines("采购人：" + text)
    assert isinstance(find_fields(reading, None), Fields)
    assert isinstance(reading, Reading)
