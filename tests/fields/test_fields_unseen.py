"""Layouts of portals that gave no sample: what holds a value there is found all the same."""

import pytest
from fields_invented import read_lines, read_table

from tenderlight.fields import find_fields
from tenderlight.model import Cited, Fields, Statement


def value(cited: Cited[str] | None) -> str | None:
    return cited.value if cited is not None else None


def winners(fields: Fields) -> list[tuple[str, str | None, int | None]]:
    return [
        (
            award.supplier.value,
            f"{award.amount.amount.normalize():f}" if award.amount else None,
            award.rank,
        )
        for award in fields.awards
    ]


def test_a_single_lot_named_by_a_letter_has_its_sum_on_lines() -> None:
    page = read_lines(
        "湖心岛码头监控采购公开招标公告",
        "包号",
        "预算金额(万元)",
        "最高限价(万元)",
        "D",
        "9.500000",
        "9.000000",
        "采购需求：",
        "见附件",
    )
    fields = find_fields(page, None)
    assert fields.budget is not None
    assert fields.budget.value.amount == 95_000
    assert fields.ceiling is not None
    assert fields.ceiling.value.amount == 90_000


def test_a_date_in_black_brackets_is_the_publication_date() -> None:
    page = read_lines(
        "湖心岛码头监控采购中标公示", "【信息发布时间：2020/8/6】【阅读次数：19】", "采购人：湖心镇"
    )
    assert value(find_fields(page, None).published) == "2020-08-06"


def test_labels_and_values_with_only_spaces_between_are_read() -> None:
    page = read_lines(
        "湖心岛码头监控成交结果公告",
        "采购项目编号 HX-2019-15 采购人 湖心县港务局 代理机构 湖光招标有限公司",
        "成交供应商 甲城智能科技有限公司 成交金额 43.2万元",
    )
    fields = find_fields(page, None)
    assert value(fields.project_number) == "HX-2019-15"
    assert value(fields.buyer) == "湖心县港务局"
    assert value(fields.agency) == "湖光招标有限公司"
    assert winners(fields) == [("甲城智能科技有限公司", "432000", None)]


def test_labels_in_two_languages_are_read_by_the_words_in_brackets() -> None:
    page = read_lines(
        "国际招标公告",
        "Bidding No.(招标编号): 0747-1940HX118",
        "Bidding Agency(招标代理机构): 湖光国际招标有限公司",
        "The Tenderee(招标人): 湖心县港务局",
        "Deadline for Submitting Bids/Time of Bid Opening(投标截止时间/开标时间): 2019-10-08 09:30",
    )
    fields = find_fields(page, None)
    assert value(fields.project_number) == "0747-1940HX118"
    assert value(fields.agency) == "湖光国际招标有限公司"
    assert value(fields.buyer) == "湖心县港务局"
    assert value(fields.opening) == "2019-10-08 09:30"


def test_a_purchase_of_a_platform_has_a_type_and_is_no_sites_name() -> None:
    page = read_lines("湖心县治安防控平台采购合同", title="湖心县治安防控平台采购合同")
    kind = find_fields(page, None).notice_type
    assert kind is not None
    assert kind.value == "contract"


def test_a_procurement_centre_is_no_title() -> None:
    page = read_lines("政府采购中心", "湖心县港务局码头监控采购公开招标公告", title="政府采购中心")
    assert value(find_fields(page, None).title) == "湖心县港务局码头监控采购公开招标公告"


def test_a_corrected_opening_in_a_table_replaces_the_first_one() -> None:
    page = read_table(
        ("序号", "更正项", "更正前内容", "更正后内容"),
        ("1", "开标时间", "2020年09月22日 09:00", "2020年09月30日 09:00"),
    )
    assert value(find_fields(page, None).opening) == "2020-09-30 09:00"


def test_ranked_names_without_a_winner_are_candidates() -> None:
    page = read_table(
        ("中标公示", "<"),
        ("第一名", "单位名称：甲城监理有限公司"),
        ("", "投标报价（万元）：23.5"),
        ("第二名", "单位名称：乙城监理有限公司"),
        ("", "投标报价（万元）：26.2"),
    )
    fields = find_fields(page, None)
    assert fields.notice_type is not None
    assert fields.notice_type.value == "candidates"
    assert [supplier for supplier, *_ in winners(fields)] == [
        "甲城监理有限公司",
        "乙城监理有限公司",
    ]


def test_a_price_below_the_result_is_that_of_the_winner() -> None:
    page = read_table(
        ("标段名称", "湖心泵站改造监理"),
        ("第一中标候选人", "甲城监理有限公司"),
        ("第二中标候选人", "乙城监理有限公司"),
        ("中标结果", "甲城监理有限公司"),
        ("中标价（万元）", "47.6"),
    )
    assert winners(find_fields(page, None)) == [
        ("甲城监理有限公司", "476000", 1),
        ("乙城监理有限公司", None, 2),
    ]


def test_a_column_of_results_may_hold_sums() -> None:
    page = read_table(
        ("标包", "货物服务名称", "供应商名称", "地址", "成交结果"),
        ("A", "摄像机", "甲城电子有限公司", "甲城", "367,500元"),
        ("B", "存储设备", "乙城云科技有限公司", "乙城", "198,000元"),
    )
    title = Statement(line='{"title": "码头监控成交公告"}', title="码头监控成交公告")
    assert winners(find_fields(page, title)) == [
        ("甲城电子有限公司", "367500", None),
        ("乙城云科技有限公司", "198000", None),
    ]


def test_a_price_set_off_by_a_comma_belongs_to_the_name_before_it() -> None:
    page = read_lines(
        "码头监控中标结果公示", "三、预中标供应商：甲城安防科技有限公司，报价：￥1,437,600.00元"
    )
    assert winners(find_fields(page, None)) == [("甲城安防科技有限公司", "1437600", None)]


def test_an_empty_candidate_does_not_turn_the_rows_below_into_a_column() -> None:
    page = read_table(
        ("第二中标候选人", "乙城建筑有限公司"),
        ("中标候选人", "第三中标候选人"),
        ("中标人", "甲城建筑有限公司"),
        ("开标时间", "2017年01月05日 10:00"),
        ("发包方式", "公开招标"),
    )
    fields = find_fields(page, None)
    assert value(fields.opening) == "2017-01-05 10:00"
    assert fields.procedure is not None
    assert fields.procedure.value == "open"


@pytest.mark.parametrize("day", ["2017-01-09", "2017-01-09 00:00"])
def test_the_manifests_day_decides_between_two_days_of_the_page(day: str) -> None:
    page = read_lines(
        "拟中标结果公示表",
        "（公示期：2017年1月9日—2017年1月11日）",
        "招标人：湖心县港务局",
        "湖心县港务局",
        "2017年1月6日",
    )
    stated = Statement(line=f'{{"date": "{day}"}}', date=day)
    assert value(find_fields(page, stated).published) == "2017-01-09"


def test_the_end_of_a_display_is_no_signature() -> None:
    page = read_table(("招标人", "湖心县港务局"), ("公示结束时间", "2016-11-18"))
    assert find_fields(page, None).published is None


def test_a_date_with_the_months_name_is_read() -> None:
    page = read_lines("码头监控开标记录", "开标时间", "Mar 16, 2026")
    assert value(find_fields(page, None).opening) == "2026-03-16"


def test_the_day_of_an_award_tells_the_type_where_nothing_else_does() -> None:
    page = read_lines("项目编号：HX26-3 交易价格：600（万元） 成交日期：2026-03-16")
    kind = find_fields(page, None).notice_type
    assert kind is not None
    assert kind.value == "award"


def test_a_sites_menu_is_no_title_and_tells_no_type() -> None:
    page = read_lines(
        "网站首页 | 政策法规 | 采购公告", "湖心县码头监控成交结果公告", "成交供应商：甲城有限公司"
    )
    fields = find_fields(page, None)
    assert value(fields.title) == "湖心县码头监控成交结果公告"
    assert winners(fields) == [("甲城有限公司", None, None)]


def test_a_unit_on_its_own_line_belongs_to_the_label_above() -> None:
    page = read_lines(
        "码头监控中标公告", "中标人", "甲城建筑有限公司", "中标金额", "（万元）", "590.5"
    )
    assert winners(find_fields(page, None)) == [("甲城建筑有限公司", "5905000", None)]


@pytest.mark.parametrize("label", ["预 算 金 额", "预　算　价"])
def test_a_budget_under_a_label_with_spaces_is_read(label: str) -> None:
    budget = find_fields(read_lines("码头监控招标公告", f"{label}：36.5万元"), None).budget
    assert budget is not None
    assert budget.value.amount == 365_000


def test_ranks_on_lines_of_a_lost_table_open_its_rows() -> None:
    page = read_lines(
        "码头监控中标候选人公示",
        *("排名", "投标人名称", "投标报价"),
        *("第一名", "甲城电子有限公司", "13,520,000.00元"),
        *("第二名", "乙城电子有限公司", "13,610,000.00元"),
    )
    assert winners(find_fields(page, None)) == [
        ("甲城电子有限公司", "13520000", 1),
        ("乙城电子有限公司", "13610000", 2),
    ]


def test_a_notice_in_one_paragraph_is_cut_at_its_headings_and_dated_at_its_end() -> None:
    page = read_lines(
        "湖心县码头监控采购废标公告 （一）项目基本情况 招标编号：HX-16 工程名称：湖心县码头监控采购"
        " （二）项目终止的原因 供应商不足三家。 （三）联系方式 招标人：湖心县港务局"
        " 湖心县港务局 2016年5月16日"
    )
    fields = find_fields(page, None)
    assert value(fields.project_name) == "湖心县码头监控采购"
    assert value(fields.published) == "2016-05-16"


def test_labels_glued_to_their_values_are_read_in_a_run() -> None:
    page = read_lines(
        "湖心县码头闸门改造成交公告",
        *("项目编号HX-2018-33", "项目名称码头闸门改造", "采购人湖心县港务局"),
        *("成交供应商甲城智能工程有限公司", "成交金额￥268,900.00"),
    )
    fields = find_fields(page, None)
    assert value(fields.project_number) == "HX-2018-33"
    assert value(fields.project_name) == "码头闸门改造"
    assert value(fields.buyer) == "湖心县港务局"
    assert winners(fields) == [("甲城智能工程有限公司", "268900", None)]


def test_one_line_that_begins_like_a_label_is_a_sentence() -> None:
    page = read_lines("码头闸门改造招标公告", "采购人代表须按时到场", "地址不详")
    assert find_fields(page, None).buyer is None


def test_a_bare_word_of_the_result_in_a_row_is_no_label() -> None:
    page = read_table(
        ("包号", "包名称", "评审结果", "成交供应商", "成交金额（元）"),
        ("1", "记录仪", "成交", "甲城装备有限公司", "318000"),
        ("2", "手持机", "成交", "乙城通信有限公司", "265400"),
    )
    title = Statement(line='{"title": "记录仪采购结果公告"}', title="记录仪采购结果公告")
    assert winners(find_fields(page, title)) == [
        ("甲城装备有限公司", "318000", None),
        ("乙城通信有限公司", "265400", None),
    ]


def test_one_supplier_that_spans_two_lots_wins_both() -> None:
    page = read_table(
        ("包号", "中标供应商", "中标金额（万元）"),
        ("1", "甲城信息有限公司", "210.5"),
        ("2", "甲城信息有限公司", "88.2"),
    )
    spans = page.blocks[4]
    blocks = [b for b in page.blocks if (b.row, b.column) != (2, 1)]
    blocks[4] = type(spans)(
        spans.start, spans.end, spans.kind, spans.part, None, 0, spans.row, spans.column, 2, 1
    )
    page = type(page)(text=page.text, blocks=tuple(blocks), media_type=page.media_type)
    title = Statement(line='{"title": "扩容中标公告"}', title="扩容中标公告")
    assert winners(find_fields(page, title)) == [
        ("甲城信息有限公司", "2105000", None),
        ("甲城信息有限公司", "882000", None),
    ]


@pytest.mark.parametrize(
    ("lines", "opening"),
    [
        (
            ("报名截止时间：2022年3月14日17:00", "响应文件递交截止时间：2022年3月17日14:30"),
            "17 14:30",
        ),
        (("应答文件递交的截止时间为2022年03月16日09时00分，地点另告。",), "16 09:00"),
        (("码头闸门改造于2022年3月10日9:30开标，因投标人不足三家流标。",), "10 09:30"),
    ],
)
def test_the_deadline_for_bids_is_told_from_other_deadlines(
    lines: tuple[str, ...], opening: str
) -> None:
    assert value(find_fields(read_lines("招标公告", *lines), None).opening) == f"2022-03-{opening}"


def test_the_agency_is_named_in_a_sentence() -> None:
    page = read_lines(
        "招标公告", "招标人为湖心县港务局，招标代理机构为湖光招标有限公司，现公开招标。"
    )
    assert value(find_fields(page, None).agency) == "湖光招标有限公司"


def test_capitals_behind_a_remark_are_the_price() -> None:
    page = read_lines(
        "码头闸门改造成交公告", "成交单位: 甲城科技有限公司", "成交价: 大写：叁佰壹拾贰万伍仟元整"
    )
    assert winners(find_fields(page, None)) == [("甲城科技有限公司", "3125000", None)]


@pytest.mark.parametrize(
    "title",
    [
        "湖心县码头闸门改造比选公告",
        "湖心县码头闸门改造成交结果",
        "关于湖心县码头闸门改造的公告",
        "关于湖心县码头闸门改造中标结果的公示",
        "关于湖心县码头闸门改造的框架协议合同",
        "湖光招标有限公司关于湖心县码头闸门改造的竞争性磋商公告",
        "(招标)湖心县码头闸门改造.ZBJ",
    ],
)
def test_a_name_is_the_title_without_its_type(title: str) -> None:
    assert value(find_fields(read_lines(title), None).project_name) == "湖心县码头闸门改造"


def test_a_table_as_wide_as_no_other_is_passed_over_in_time() -> None:
    names = ("中标供应商", "中标金额", "包号") * 4000
    page = read_table(names, ("甲公司", "1元", "1") * 4000)
    assert find_fields(page, None).awards == ()


def test_a_long_list_of_corrections_is_read_in_time() -> None:
    page = read_table(*[("开标时间", "更正前", "更正后")] * 3000)
    assert find_fields(page, None).opening is None


def test_a_tab_between_label_and_value_is_no_part_of_the_value() -> None:
    page = read_lines(
        "湖心县码头闸门改造招标公告",
        *("采购编号\tHX-2019-TP8", "项目名称\t码头闸门改造", "采购人\t湖心县港务局"),
    )
    fields = find_fields(page, None)
    assert value(fields.project_number) == "HX-2019-TP8"
    assert value(fields.buyer) == "湖心县港务局"


def test_a_whole_title_in_place_of_the_name_loses_issuer_number_and_type() -> None:
    page = read_lines(
        "湖心县交易中心关于湖心县码头闸门改造（HXZFCG2019货字16号）询价结果公告",
        "项目名称：湖心县交易中心关于湖心县码头闸门改造（HXZFCG2019货字16号）询价结果公告",
    )
    name = find_fields(page, None).project_name
    assert name is not None
    assert name.value == "湖心县码头闸门改造"
    assert name.value in name.at.text


@pytest.mark.parametrize("name", ["关于老码头的记忆数字展厅", "码头闸门改造(A型2019款)"])
def test_a_name_that_is_no_title_keeps_its_words(name: str) -> None:
    page = read_lines("湖心县招标公告", f"项目名称：{name}", "采购人：湖心县港务局")
    assert value(find_fields(page, None).project_name) == name


def test_a_model_in_brackets_stays_in_the_name() -> None:
    page = read_lines("关于湖心县云台摄像机（EQ5000-A）的询价公告")
    assert value(find_fields(page, None).project_name) == "湖心县云台摄像机（EQ5000-A）"
