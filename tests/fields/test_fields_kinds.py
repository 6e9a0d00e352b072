"""What only some kinds of notices state: when it begins, why, with whom, when it was signed."""

from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.fields import find_fields
from tenderlight.fields.codes import find_code, is_credit_code
from tenderlight.fields.planned import parse_month
from tenderlight.model import Cited, Fields
from tenderlight.reading import read_document
from tests.fields.fields_invented import read_lines

BUYER = "云桥县公安局"
OF_BUYER, OF_FIRM = "11990000XN0000012B", "91990000XN0000035E"
INTENTION = f"{BUYER}视频监控项目采购意向公开"
SINGLE = f"{BUYER}人像平台扩容单一来源采购公示"
CONTRACT = f"{BUYER}视频监控项目政府采购合同公告"
ACCEPTANCE = f"{BUYER}视频监控项目履约验收公告"
TENDER = f"{BUYER}视频监控项目公开招标公告"


def of_lines(title: str, *lines: str) -> Fields:
    return find_fields(read_lines(*lines, title=title), None)


def of_html(title: str, body: str) -> Fields:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return find_fields(read_document(page.encode(), "notice.html"), None)


def value(cited: Cited[str] | None) -> str | None:
    return cited.value if cited is not None else None


LIST = (
    "<table><tr><th>序号<th>采购项目名称<th>采购需求概况<th>预算金额（万元）"
    "<th>预计采购时间（填写到月）<th>备注"
)


@pytest.mark.parametrize(
    ("lines", "month"),
    [
        (("预计采购时间：2022年6月",), "2022-06"),
        (("预计采购时间", "2022-06"), "2022-06"),
        (("预计采购时间（填写到月）：2022.6",), "2022-06"),
        (("预计招标公告发布时间：2022年6月下旬",), "2022-06"),
        (("預計採購時間：2022年6月至8月",), "2022-06"),
        (("预计采购时间：2022年第三季度",), "2022-Q3"),
        (("预计采购时间：2022年",), "2022"),
        (("预计采购时间：待定",), None),
        (("预计采购时间：6月",), None),
    ],
)
def test_an_intention_says_in_which_month_the_purchase_begins(
    lines: tuple[str, ...], month: str | None
) -> None:
    assert value(of_lines(INTENTION, *lines).planned) == month


def test_a_month_without_a_year_has_that_of_the_title() -> None:
    fields = of_lines(f"{BUYER}2022年5月至6月政府采购意向", "预计采购时间：6月")
    assert value(fields.planned) == "2022-06"


def test_a_list_of_intentions_gives_month_and_needs_of_its_row() -> None:
    fields = of_html(
        INTENTION, f"{LIST}<tr><td>1<td>视频监控<td>摄像机200台<td>350<td>2022年5月<td>无</table>"
    )
    assert value(fields.planned) == "2022-05"
    assert value(fields.needs) == "摄像机200台"
    assert not fields.problems


def test_an_intention_that_lists_several_purchases_is_a_problem() -> None:
    fields = of_html(
        INTENTION,
        f"{LIST}<tr><td>1<td>视频监控<td>摄像机200台<td>350<td>2022年5月<td>无"
        "<tr><td>2<td>执法记录仪<td>记录仪80台<td>40<td>2022年7月<td>无</table>",
    )
    assert "fields.several-purchases" in {problem.code for problem in fields.problems}
    assert [(rival.field, rival.value) for rival in fields.rivals] == [("planned", "2022-07")]


def test_a_tender_plans_nothing() -> None:
    assert of_lines(TENDER, "预计采购时间：2022年6月").planned is None


@given(
    st.integers(2000, 2099), st.integers(1, 12), st.sampled_from(["年{}月", "-{:02}", ".{}", "/{}"])
)
def test_a_printed_month_is_understood(year: int, month: int, form: str) -> None:
    assert parse_month(f"{year}{form.format(month)}") == f"{year}-{month:02}"


@pytest.mark.parametrize(
    ("lines", "needs"),
    [
        (("采购需求：摄像机200台，存储30天。", "合同履行期限：30天"), "摄像机200台，存储30天。"),
        (
            ("采购需求：", "标的名称：摄像机", "数量：200台", "合同履行期限：30天"),
            "标的名称：摄像机\n数量：200台",
        ),
        (
            ("二、采购需求", "建设前端点位200处。", "存储90天。", "三、供应商资格要求", "无"),
            "建设前端点位200处。\n存储90天。",
        ),
        (("采购需求：详见采购文件", "招标范围：摄像机200台及安装"), "摄像机200台及安装"),
        (("采购需求：详见招标文件第三章",), None),
        (
            ("采购需求：（包括但不限于标的的名称、数量）", "项目概况：改造点位200处"),
            "改造点位200处",
        ),
        (("项目概况", "视频监控项目的潜在投标人应在云桥县交易中心获取招标文件。"), None),
        (("项目概况", "项目编号：XN-1", "采购人：云桥县公安局"), None),
    ],
)
def test_needs_are_the_paragraph_that_says_what_is_asked_for(
    lines: tuple[str, ...], needs: str | None
) -> None:
    assert value(of_lines(TENDER, *lines).needs) == needs


def test_needs_are_cut_where_a_chapter_begins() -> None:
    fields = of_lines(TENDER, "采购需求：", *["摄像机应当支持夜间成像。" * 5] * 100)
    assert fields.needs is None or len(fields.needs.value) <= 1500


@pytest.mark.parametrize(
    "lines",
    [
        ("二、拟定供应商信息", "名称：青山智视科技有限公司", "地址：青山市科技路1号"),
        ("唯一供应商名称：青山智视科技有限公司",),
        ("拟定的唯一供应商名称", "青山智视科技有限公司"),
        ("本项目拟采用单一来源方式向青山智视科技有限公司采购。",),
    ],
)
def test_a_single_source_names_who_is_to_have_it(lines: tuple[str, ...]) -> None:
    fields = of_lines(SINGLE, f"采购人：{BUYER}", *lines, "专家工作单位：青山大学")
    assert [supplier.value for supplier in fields.proposed] == ["青山智视科技有限公司"]


def test_several_proposed_suppliers_are_told_apart() -> None:
    fields = of_html(
        SINGLE,
        f"<table><tr><td>采购单位<td>{BUYER}"
        "<tr><td>拟定供应商<td>1、青山智视科技有限公司；2、云桥安防工程有限公司"
        "<tr><td>单一来源理由<td>续保服务</table>",
    )
    assert [s.value for s in fields.proposed] == ["青山智视科技有限公司", "云桥安防工程有限公司"]
    assert value(fields.why) == "续保服务"


def test_nobody_is_proposed_but_by_a_single_source() -> None:
    assert of_lines(TENDER, "唯一供应商名称：青山智视科技有限公司").proposed == ()


@pytest.mark.parametrize(
    ("title", "lines", "why"),
    [
        (
            SINGLE,
            ("采用单一来源采购方式的原因及说明：接口不开放。", "二、公示期限"),
            "接口不开放。",
        ),
        (
            SINGLE,
            ("申请理由：", "原平台由该公司承建，", "接口不开放。", "公示期限：五日"),
            "原平台由该公司承建，\n接口不开放。",
        ),
        (
            f"{BUYER}视频监控项目废标公告",
            ("二、废标（流标）理由", "有效投标人不足三家。", "三、其他"),
            "有效投标人不足三家。",
        ),
        (
            f"{BUYER}视频监控项目终止公告",
            ("二、项目终止的原因", "包1：不足三家。", "包2：需求有误。", "三、其他补充事宜"),
            "包1：不足三家。\n包2：需求有误。",
        ),
        (
            f"{BUYER}视频监控项目流标公告",
            ("因递交投标文件的供应商不足三家，本项目作流标处理。",),
            "因递交投标文件的供应商不足三家，本项目作流标处理",
        ),
        (TENDER, ("废标原因：不足三家",), None),
    ],
)
def test_a_reason_is_given_as_printed(title: str, lines: tuple[str, ...], why: str | None) -> None:
    assert value(of_lines(title, *lines).why) == why


def test_a_contract_states_parties_amount_number_and_day() -> None:
    fields = of_lines(
        CONTRACT,
        "一、合同编号：XN-HT-2023-01",
        "二、合同名称：视频监控项目采购合同",
        "三、项目编号：XN-YQ-2023-01",
        "五、合同主体",
        f"采购人（甲方）：{BUYER}",
        "供应商（乙方）：青山智视科技有限公司",
        "六、合同主要信息",
        "合同金额：20万元",
        "七、合同签订日期：2023年6月1日",
        "八、合同公告日期：2023年6月5日",
    )
    assert value(fields.buyer) == BUYER
    assert value(fields.signed) == "2023-06-01"
    assert value(fields.project_number) == "XN-YQ-2023-01"
    assert [(each.kind, each.number.value) for each in fields.numbers] == [
        ("contract", "XN-HT-2023-01")
    ]
    (award,) = fields.awards
    assert award.supplier.value == "青山智视科技有限公司"
    assert award.amount is not None
    assert award.amount.amount == 200_000


def test_a_table_of_contracts_names_its_buyer_and_day_only_if_all_rows_agree() -> None:
    head = "<table><tr><th>合同编号<th>甲方<th>乙方<th>合同金额（元）<th>合同签订日期"
    row = f"<tr><td>XN-HT-1<td>{BUYER}<td>青山智视科技有限公司<td>1200000<td>2023-06-01"
    other = "<tr><td>XN-HT-2<td>云桥县教育局<td>青山智视科技有限公司<td>900000<td>2023-06-09"
    fields = of_html(CONTRACT, f"{head}{row}</table>")
    assert (value(fields.buyer), value(fields.signed)) == (BUYER, "2023-06-01")
    fields = of_html(CONTRACT, f"{head}{row}{other}</table>")
    assert fields.signed is None
    assert [each.number.value for each in fields.numbers] == ["XN-HT-1", "XN-HT-2"]


def test_the_day_of_somebody_elses_contract_is_none_of_an_awards() -> None:
    title = f"{BUYER}视频监控项目中标公告"
    assert of_lines(title, "投标人业绩", "合同签订日期：2020年1月1日").signed is None


@pytest.mark.parametrize(
    ("lines", "accepted"),
    [
        (("验收日期：2023年12月1日", "验收意见：合格"), "2023-12-01"),
        (("验收结论", "合格，同意通过验收"), "合格，同意通过验收"),
        (("验收小组意见：时钟偏差，限期整改。", "验收结论：合格。"), "合格。"),
    ],
)
def test_an_acceptance_gives_its_day_else_its_result(lines: tuple[str, ...], accepted: str) -> None:
    assert value(of_lines(ACCEPTANCE, f"采购人：{BUYER}", *lines).accepted) == accepted


def test_other_numbers_are_kept_with_their_kinds() -> None:
    fields = of_lines(
        TENDER,
        "项目编号：XN-YQ-2023-01",
        "采购计划编号：云财采计〔2023〕12号",
        "采购意向编号：XN-YX-7",
        "标段编号：XN-YQ-2023-01-1",
        "项目代码：2301-990000-04-01-123456",
        "招标文件编号：XN-YQ-2023-01",
    )
    assert [(each.kind, each.number.value) for each in fields.numbers] == [
        ("plan", "云财采计〔2023〕12号"),
        ("intention", "XN-YX-7"),
        ("lot", "XN-YQ-2023-01-1"),
        ("record", "2301-990000-04-01-123456"),
    ]


def test_certificates_of_people_and_firms_are_no_numbers_of_a_purchase() -> None:
    fields = of_html(
        f"{BUYER}视频监控项目中标公告",
        "<p>项目编号：XN-1</p><table><tr><td>中标人<td>青山智视科技有限公司"
        "<tr><td>项目经理<td>某某<tr><td>证书名称<td>注册建造师<td>编号<td>某建安B(2020)1234567"
        "<tr><td>备案编号<td>某械备2020号</table>",
    )
    assert fields.numbers == ()


def test_a_buyers_code_is_told_from_those_of_agency_and_supplier() -> None:
    fields = of_lines(
        TENDER,
        "1.采购人信息",
        f"名称：{BUYER}",
        f"统一社会信用代码：{OF_BUYER}",
        "2.采购代理机构信息",
        "名称：青山招标有限公司",
        f"统一社会信用代码：{OF_FIRM}",
    )
    assert value(fields.buyer_code) == OF_BUYER
    behind = of_lines(TENDER, f"采购人：{BUYER}", f"社会信用代码：{OF_BUYER.lower()}")
    assert value(behind.buyer_code) == OF_BUYER
    supplier = of_lines(
        f"{BUYER}视频监控项目中标公告",
        f"采购人：{BUYER}",
        "中标供应商：青山智视科技有限公司",
        f"统一社会信用代码：{OF_FIRM}",
    )
    assert supplier.buyer_code is None


def test_a_code_that_cannot_be_right_is_left_out_and_told() -> None:
    fields = of_lines(TENDER, f"采购人：{BUYER}", "采购人统一社会信用代码：11990000XN0000012C")
    assert fields.buyer_code is None
    assert [problem.code for problem in fields.problems] == ["fields.code-checksum"]


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_one_check_character_fits_and_no_other(code: str) -> None:
    fitting = [char for char in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(code + char)]
    assert len(fitting) == 1


@given(st.text(alphabet=digits + "ABXN一采：", max_size=60))
def test_codes_are_searched_in_any_text_without_an_error(text: str) -> None:
    place = find_code(text, 0, len(text))
    assert place is None or place[1] - place[0] == 18
