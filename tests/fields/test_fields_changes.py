"""Corrections: what was and what is now, from tables, labels, headings and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.fields import find_fields
from tenderlight.fields.changes_prose import find_in_sentences
from tenderlight.model import Fields
from tenderlight.plain import simplify
from tenderlight.reading import read_document
from tests.fields.fields_invented import read_lines

TITLE = "云桥县公安局视频监控项目更正公告"
Told = list[tuple[str, str | None, str | None]]


def changes(fields: Fields) -> Told:
    return [
        (c.what.value, c.was.value if c.was else None, c.now.value if c.now else None)
        for c in fields.changes
    ]


def of_lines(*lines: str) -> Fields:
    return find_fields(read_lines(*lines, title=TITLE), None)


def of_html(body: str) -> Fields:
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>"
    return find_fields(read_document(page.encode(), "notice.html"), None)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("预算由82万元更正为66万元，其余不变。", [("预算", "82万元", "66万元")]),
        (
            "项目预算由960万元更正为1,020万元，最高限价相应调整。",
            [("项目预算", "960万元", "1,020万元")],
        ),
        (
            "1.原公告采购预算“186.5万元”更正为“178万元”，最高投标限价同步调整为175万元。",
            [("采购预算", "186.5万元", "178万元"), ("最高投标限价", None, "175万元")],
        ),
        (
            "原开标时间为2022年6月1日9:00，现变更为2022年6月8日9时30分（北京时间）。",
            [("开标时间", "2022年6月1日9:00", "2022年6月8日9时30分（北京时间）")],
        ),
        (
            "开标时间原定于2022年6月1日上午9:00，现延期至2022年6月8日上午9:00，地点不变。",
            [("开标时间", "2022年6月1日上午9:00", "2022年6月8日上午9:00")],
        ),
        (
            "现将招标文件第三章中“质保期1年”修改为“质保期3年”。",
            [("招标文件第三章", "质保期1年", "质保期3年")],
        ),
        (
            "投标截止时间由2022年6月1日更改为2022年6月9日；开标地点变更为云桥县交易中心三楼。",
            [
                ("投标截止时间", "2022年6月1日", "2022年6月9日"),
                ("开标地点", None, "云桥县交易中心三楼"),
            ],
        ),
        (
            "提交投标文件截止时间延长至2022-07-01 09:30，以更正为准。",
            [
                ("提交投标文件截止时间", None, "2022-07-01 09:30"),
            ],
        ),
        (
            "删除采购文件中“须具有本地分公司”的要求。",
            [("采购文件", "须具有本地分公司", None)],
        ),
        (
            "原预算金额3680000元，现更正为3480000元；质保期3年调整为5年。",
            [("预算金额", "3680000元", "3480000元"), ("质保期", "3年", "5年")],
        ),
        (
            "原采购需求中“刷脸支付终端10台”取消，改为“刷卡扫码结算终端10台”。",
            [("采购需求", "刷脸支付终端10台", "刷卡扫码结算终端10台")],
        ),
        ("采购清单第4项“人脸识别模块”取消。", [("采购清单第4项", "人脸识别模块", None)]),
        (
            "原定于2022年6月1日9时开标，现延期至2022年6月10日9时开标。",
            [("开标", "2022年6月1日9时开标", "2022年6月10日9时开标")],
        ),
        (
            "1、原公告中“一、项目基本情况”预算金额：100万元，现更正为：预算金额：120万元",
            [("预算金额", "100万元", "120万元")],
        ),
        (
            "原採購預算「30萬元」更正為「35萬元」。",
            [("採購預算", "30萬元", "35萬元")],
        ),
    ],
)
def test_a_sentence_tells_what_was_and_what_is_now(sentence: str, told: Told) -> None:
    assert changes(of_lines("二、更正信息", sentence)) == told


def test_a_table_with_columns_before_and_after_is_a_list_of_changes() -> None:
    fields = of_html(
        "<table><tr><th>序号<th>更正项<th>更正前内容<th>更正后内容"
        "<tr><td>1<td>预算金额（万元）<td>120<td>98"
        "<tr><td>2<td>开标时间<td>2022-06-01 09:00<td>2022-06-15 09:00"
        "<tr><td>3<td>项目名称<td>视频监控<td>视频监控</table>"
    )
    assert changes(fields) == [
        ("预算金额（万元）", "120", "98"),
        ("开标时间", "2022-06-01 09:00", "2022-06-15 09:00"),
    ]
    assert fields.opening is not None
    assert fields.opening.value == "2022-06-15 09:00"


def test_cells_may_name_what_changes_themselves() -> None:
    fields = of_html(
        "<table><tr><td>原公告内容<td>现内容"
        "<tr><td>最高限价：90万元<td>最高限价：85万元"
        "<tr><td>交付时间：30日<td>交付时间：45日</table>"
    )
    assert changes(fields) == [("最高限价", "90万元", "85万元"), ("交付时间", "30日", "45日")]


def test_labels_before_and_after_belong_to_the_thing_named_above_them() -> None:
    fields = of_lines(
        "二、更正信息",
        "更正事项：采购文件第五章",
        "更正前：摄像机像素不低于200万",
        "更正后：摄像机像素不低于400万",
        "更正日期：2022年5月6日",
    )
    assert changes(fields) == [("采购文件第五章", "摄像机像素不低于200万", "摄像机像素不低于400万")]


def test_a_label_may_say_that_its_value_is_the_corrected_one() -> None:
    fields = of_lines(
        "原公告的项目编号：XN-YQ-2022-01",
        "原公告的项目名称：视频监控项目",
        "首次公告日期：2022年5月1日",
        "更正后的开标时间：2022年6月15日9时00分",
    )
    assert changes(fields) == [("开标时间", None, "2022年6月15日9时00分")]
    assert fields.project_number is not None
    assert fields.project_number.value == "XN-YQ-2022-01"


def test_old_and_new_labels_in_a_row_are_one_change() -> None:
    fields = of_lines("原投标截止时间：2022年6月1日9:00", "现投标截止时间：2022年6月8日9:00")
    assert changes(fields) == [("投标截止时间", "2022年6月1日9:00", "2022年6月8日9:00")]


def test_the_same_labels_under_both_headings_are_compared() -> None:
    fields = of_lines(
        "更正前",
        "获取采购文件时间：2022年5月6日至5月12日",
        "开标时间：2022年6月1日9:00",
        "更正后",
        "获取采购文件时间：2022年5月6日至5月20日",
        "开标时间：2022年6月9日9:00",
        "三、其他补充事宜",
        "开标地点：云桥县交易中心",
    )
    assert changes(fields) == [
        ("获取采购文件时间", "2022年5月6日至5月12日", "2022年5月6日至5月20日"),
        ("开标时间", "2022年6月1日9:00", "2022年6月9日9:00"),
    ]


def test_what_is_told_in_no_known_form_is_one_change_as_printed() -> None:
    fields = of_lines(
        "更正内容：增加售后服务网点要求，技术评分表见新文件。", "更正日期：2022年5月6日"
    )
    assert changes(fields) == [("更正内容", None, "增加售后服务网点要求，技术评分表见新文件。")]
    assert of_lines("更正内容：详见附件").changes == ()


def test_a_corrected_opening_or_budget_holds_and_the_old_one_is_kept_beside_it() -> None:
    fields = of_lines(
        "预算金额：120万元",
        "二、更正信息",
        "现将预算金额由120万元更正为98万元。",
    )
    assert fields.budget is not None
    assert fields.budget.value.amount == 980_000


def test_a_sum_without_a_certain_unit_replaces_nothing() -> None:
    fields = of_lines("预算金额：120万元", "现将预算金额由120更正为98。")
    assert changes(fields) == [("预算金额", "120", "98")]
    assert fields.budget is not None
    assert fields.budget.value.amount == 1_200_000


def test_only_corrections_have_changes() -> None:
    reading = read_lines("预算由82万元更正为66万元。", title="云桥县公安局视频监控项目公开招标公告")
    assert find_fields(reading, None).changes == ()


def test_every_change_points_at_what_is_printed() -> None:
    reading = read_lines(
        "原預算 82 万元，現更正为 66 万元。", "开标时间变更为2022年6月9日", title=TITLE
    )
    for change in find_fields(reading, None).changes:
        for cited in (change.what, change.was, change.now):
            if cited is not None:
                assert reading.text[cited.at.start : cited.at.end] == cited.at.text


@given(
    st.sampled_from(["预算金额", "开标时间", "质保期", "投标保证金"]),
    st.integers(1, 9_999_999),
    st.integers(1, 9_999_999),
    st.sampled_from(["由{was}更正为{now}", "“{was}”修改为“{now}”", "原为{was}，现变更为{now}"]),
    st.sampled_from(["，其他不变。", "。", "；", ""]),
)
def test_what_a_sentence_says_comes_out_as_it_was_put_in(
    what: str, was: int, now: int, form: str, end: str
) -> None:
    line = simplify(f"{what}{form.format(was=f'{was:,}元', now=f'{now:,}元')}{end}")
    told = [
        tuple(line[slice(*place)] if place else None for place in changed[:3])
        for changed in find_in_sentences(line, 0, len(line))
    ]
    assert told == [(what, f"{was:,}元", f"{now:,}元")]


@given(st.text(alphabet="由原为更正“”：，。1元 \n现至改取消删除", max_size=300))
def test_any_text_is_read_without_an_error_and_in_bounds(text: str) -> None:
    for changed in find_in_sentences(simplify(text), 0, len(text)):
        for place in changed[:3]:
            assert place is None or 0 <= place[0] < place[1] <= len(text)
