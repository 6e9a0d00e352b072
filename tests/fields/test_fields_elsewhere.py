"""Notices of Taiwan and in English, and forms of the mainland in words of their own."""

from decimal import Decimal

import pytest

from tenderlight.fields import find_fields
from tenderlight.model import Fields
from tenderlight.places import find_place
from tenderlight.reading import read_document


def fields_of(*lines: str) -> Fields:
    return find_fields(read_document("\n".join(lines).encode(), "notice.txt"), None)


TAIWAN = (
    "決標公告",
    "公告日：112/06/18",
    "機關名稱：臺中市政府建設局",
    "標案案號：XN1120A",
    "標案名稱：湖心路口監視系統維護案",
    "開標時間：112/06/02 14:00",
    "預算金額：5,600,000元",
    "得標廠商：湖光科技股份有限公司",
    "決標金額：5,180,000元",
)


def test_a_notice_of_taiwan_is_read_in_its_own_words_and_counts_in_its_own_dollars() -> None:
    fields = fields_of(*TAIWAN)
    assert fields.notice_type
    assert fields.notice_type.value == "award"
    assert fields.buyer
    assert fields.buyer.value == "臺中市政府建設局"
    assert fields.published
    assert fields.published.value == "2023-06-18"
    assert fields.opening
    assert fields.opening.value == "2023-06-02 14:00"
    assert fields.budget
    assert fields.budget.value.currency == "TWD"
    assert [(a.supplier.value, a.amount and a.amount.currency) for a in fields.awards] == [
        ("湖光科技股份有限公司", "TWD")
    ]


def test_a_mainland_office_for_affairs_of_taiwan_buys_in_yuan_and_sits_where_its_name_says() -> (
    None
):
    lines = ("XN县台湾事务办公室门禁采购公告", "采购人：苏州市台湾事务办公室", "预算金额：560000元")
    fields = fields_of(*lines)
    assert fields.budget
    assert fields.budget.value.currency == "CNY"
    place = find_place(read_document("\n".join(lines).encode(), "notice.txt"), fields, None)
    assert place
    assert place.province.value == "320000"


@pytest.mark.parametrize(
    "line",
    [
        "凭单位介绍信取得标书；评委会解决标准争议；行政机关名称以公章为准。",
        "香港特别行政区、澳门特别行政区及台湾地区的投标人须提交投标书。",
        "承办商以港币报价的按招标投标法折算。",
    ],
)
def test_words_of_other_portals_in_a_mainland_notice_change_no_currency(line: str) -> None:
    fields = fields_of(
        "沂南坡县公安局门禁采购公告", "采购人：沂南坡县公安局", line, "预算金额：560000元"
    )
    assert fields.budget
    assert fields.budget.value.currency == "CNY"


def test_an_english_invitation_names_its_parties_in_a_sentence() -> None:
    fields = fields_of(
        "Invitation for Bids",
        "Date of Issue: 9 June 2017",
        "Bid No.: XN-0733",
        "Project: Lakeside Clinic Equipment",
        '1. Lakeside International Tendering Co., Ltd. (the "Agent"), on behalf of the Health '
        'Bureau of Lakeside District (the "Purchaser"), invites sealed bids by open tendering.',
        "2. The estimated budget of the project is RMB 5.2 million.",
        "3. Bids must be delivered at or before 2:00 p.m. on 4 July 2017.",
    )
    assert fields.agency
    assert fields.agency.value == "Lakeside International Tendering Co., Ltd."
    assert fields.buyer
    assert fields.buyer.value == "Health Bureau of Lakeside District"
    assert fields.project_name
    assert fields.project_name.value == "Lakeside Clinic Equipment"
    assert fields.project_number
    assert fields.project_number.value == "XN-0733"
    assert fields.budget
    assert fields.budget.value.amount == Decimal(5_200_000)
    assert fields.opening
    assert fields.opening.value == "2017-07-04"
    assert fields.procedure
    assert fields.procedure.value == "open"


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("递交比选文件截止时间：2020年9月28日10:00", "2020-09-28 10:00"),
        ("应答文件提交截止及开启时间：2020年9月28日10:00", "2020-09-28 10:00"),
        ("6 投标截止时间 2020 年 9 月 28 日 上午 10 时 00 分", "2020-09-28 10:00"),
        ("3、投标截止时间及开标时间不变，仍为2020年9月28日9:00。", "2020-09-28 09:00"),
        ("原定于2020年9月21日的谈判时间延期至2020年9月28日下午3：00", "2020-09-28 15:00"),
    ],
)
def test_a_deadline_is_known_by_the_parts_of_its_label(line: str, moment: str) -> None:
    opening = fields_of("XN湖心岛道路工程公告", line).opening
    assert opening is not None
    assert opening.value == moment


@pytest.mark.parametrize(
    ("line", "yuan"),
    [
        ("最高限价（元）：2080000,1100000", 3_180_000),
        ("最高限价：人民币132万元/年，服务期3年，合计396万元", 3_960_000),
        ("最高限价（元）：1,234,567", 1_234_567),
        ("最高限价：每块不超过18元，数量约5200块，总价不超过93600元", 93_600),
    ],
)
def test_a_ceiling_is_that_of_all_lots_and_all_years(line: str, yuan: int) -> None:
    ceiling = fields_of("XN湖心岛道路工程公告", line).ceiling
    assert ceiling is not None
    assert ceiling.value.amount == yuan


def test_a_yearly_price_whose_total_is_of_no_whole_years_is_no_sum() -> None:
    line = "最高限价：人民币132万元/年，合计400万元"
    assert fields_of("XN湖心岛道路工程公告", line).ceiling is None


def test_all_names_below_a_label_have_won() -> None:
    fields = fields_of(
        "XN印刷定点服务入围结果公告",
        "入围供应商：",
        "1、湖光印务有限公司",
        "2、青山彩印厂",
        "采购人：XN县教育局",
    )
    assert [award.supplier.value for award in fields.awards] == ["湖光印务有限公司", "青山彩印厂"]


def test_goods_on_lines_are_items_only_where_no_cell_is_missing() -> None:
    head = "序号    设备名称    规格    数量    单位    备注"
    rows = ("1    安检门    六区    24    台", "2    防爆毯    1.6米    12    套")
    items = fields_of("XN设备采购公告", head, *rows).items
    assert [(i.name.value, i.quantity and i.quantity.value) for i in items] == [
        ("安检门", 24),
        ("防爆毯", 12),
    ]
    assert fields_of("XN设备采购公告", head, rows[0], "2    防爆毯    12    套").items == ()


def test_who_plans_a_purchase_buys_it() -> None:
    fields = fields_of(
        "采购意向公开", "单位名称：XN县公安局", "项目名称：湖心岛维护", "预计采购时间：2024-09"
    )
    assert fields.buyer
    assert fields.buyer.value == "XN县公安局"


def test_where_an_intended_supplier_sits_says_nothing_of_the_buyer() -> None:
    text = "关于XN模拟器维修的单一来源公示\n采购单位：某部\n拟定供应商地址：西安市灞桥区湖心路"
    reading = read_document(text.encode(), "notice.txt")
    assert find_place(reading, find_fields(reading, None), None) is None


def test_notices_of_macau_begin_with_the_region_and_then_the_bureau() -> None:
    fields = fields_of(
        "澳門特別行政區政府", "湖心島事務局", "判給公告", "獲判給者：澳湖工程有限公司"
    )
    assert fields.buyer is not None
    assert fields.buyer.value == "湖心島事務局"


def test_a_name_that_a_title_shortens_is_taken_with_its_place() -> None:
    text = "XN：白云区湖心街道办事处关于门牌的采购公告"
    fields = fields_of(
        text.partition("：")[2], "", "贵阳市白云区湖心街道办事处拟采购门牌，欢迎报价。"
    )
    assert fields.buyer is not None
    assert fields.buyer.value == "贵阳市白云区湖心街道办事处"


def test_an_extended_deadline_in_english_holds() -> None:
    opening = fields_of(
        "Corrigendum to Invitation for Bids",
        "The deadline for submission of bids is changed from 20 May 2014 to 3 June 2014, 2:00 p.m.",
    ).opening
    assert opening is not None
    assert opening.value == "2014-06-03 14:00"
