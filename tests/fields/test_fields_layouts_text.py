"""What the made layouts have taught: each rule on the smallest page that shows it."""

import pytest
from fields_invented import read_lines, read_table

from tenderlight.fields import find_fields
from tenderlight.model import Cited, Fields, Reading
from tenderlight.reading import read_document


def value(cited: Cited[str] | None) -> str | None:
    return cited.value if cited is not None else None


def fields_of(*lines: str) -> Fields:
    return find_fields(read_lines(*lines), None)


def test_a_name_does_not_lose_its_end_to_the_label_behind_a_gap() -> None:
    fields = fields_of("项目名称：湖心岛码头监控建设项目 采购方式：询价 采购编号：XN-1")
    assert value(fields.project_name) == "湖心岛码头监控建设项目"
    assert value(fields.procedure) == "inquiry"


def test_a_name_does_not_lose_its_end_to_a_label_that_is_spaced_out() -> None:
    fields = fields_of("项目名称：湖心岛码头监控建设项目 采 购 方 式：询价 采 购 编 号：XN-1")
    assert value(fields.project_name) == "湖心岛码头监控建设项目"
    assert value(fields.project_number) == "XN-1"


def test_a_name_does_not_lose_its_end_to_a_numbered_label_of_two_letters() -> None:
    fields = fields_of(
        "（1）项目名称：湖心岛码头监控采购项目 （2）业主：湖心县港务局 （3）预算：3万元"
    )
    assert value(fields.project_name) == "湖心岛码头监控采购项目"
    assert value(fields.buyer) == "湖心县港务局"


def test_a_unit_in_a_label_is_no_label() -> None:
    fields = fields_of(
        "项目名称：湖心岛码头监控项目 预算总金额（单位：万元）：12 采购人：湖心县港务局"
    )
    assert value(fields.project_name) == "湖心岛码头监控项目"
    assert fields.budget is not None
    assert fields.budget.value.amount == 120_000


def test_a_bare_name_in_one_paragraph_is_that_of_the_heading_before_it() -> None:
    fields = fields_of(
        "六、联系方式 1.采购人信息 名称：湖心县港务局 地址：湖心路1号 "
        "2.采购代理机构信息（如有） 1.名称：湖光招标有限公司 地址：湖心路2号"
    )
    assert value(fields.buyer) == "湖心县港务局"
    assert value(fields.agency) == "湖光招标有限公司"


def test_a_numbered_name_with_its_value_below_is_no_section() -> None:
    fields = fields_of(
        "1.采购人信息", "1.名称：", "湖心县港务局", "2.代理机构信息", "1.名称：", "湖光招标有限公司"
    )
    assert value(fields.buyer) == "湖心县港务局"
    assert value(fields.agency) == "湖光招标有限公司"


def test_who_what_and_value_in_three_cells_are_no_header() -> None:
    page = read_table(
        ("采购人", "名称", "湖心县看守所"),
        ("采购人", "地址", "湖心路1号"),
        ("采购代理机构", "名称", "湖光招标有限公司"),
        ("采购代理机构", "地址", "湖心路2号"),
    )
    fields = find_fields(page, None)
    assert value(fields.buyer) == "湖心县看守所"
    assert value(fields.agency) == "湖光招标有限公司"


def test_who_and_name_in_lines_of_their_own_are_read() -> None:
    fields = fields_of("采购人", "名称", "湖心县看守所", "地址", "湖心路1号")
    assert value(fields.buyer) == "湖心县看守所"


def test_an_address_is_no_name() -> None:
    assert fields_of("采购人：湖心县解放路12号").buyer is None


def test_names_in_traditional_characters_are_names() -> None:
    fields = fields_of("受湖心縣第一中學委託，湖光項目管理諮詢有限公司就碼頭監控項目進行詢價採購。")
    assert value(fields.buyer) == "湖心縣第一中學"
    assert value(fields.agency) == "湖光項目管理諮詢有限公司"


def test_a_seal_in_traditional_characters_is_no_part_of_a_name() -> None:
    assert value(fields_of("採購人：湖心縣港務局（蓋章）").buyer) == "湖心縣港務局"


def test_a_link_to_another_notice_tells_no_procedure() -> None:
    fields = fields_of(
        "湖心岛码头监控采购项目中标公告",
        "采购人：湖心县港务局",
        "云岭市人民医院会议室音响设备采购项目竞争性磋商公告 2019-03-11",
    )
    assert fields.procedure is None


def test_a_moment_that_a_correction_replaces_does_not_hold() -> None:
    moved = (
        "原投标截止时间：2024年04月27日 09:30（北京时间），现更正为：2024-05-09 14:30。",
        "将投标截止时间由“2024年04月27日09点30分”变更为“2024-05-09 14:30:00”。",
        "一、更正信息 更正前投标截止时间：2024-04-27 09:30 更正后投标截止时间：2024-05-09 14:30",
        "投标截止时间推迟至2024年5月9日14时30分。",
    )
    for line in moved:
        assert value(fields_of("湖心岛码头监控项目更正公告", line).opening) == "2024-05-09 14:30"


def test_a_flattened_table_of_corrections_gives_the_later_moment() -> None:
    fields = fields_of(
        *("湖心岛码头监控项目更正公告", "序号", "更正项", "更正前内容", "更正后内容"),
        *("1", "投标截止时间", "2024年04月27日 09:30", "2024年05月09日 14:30"),
    )
    assert value(fields.opening) == "2024-05-09 14:30"


def test_names_of_lots_are_not_the_name_of_the_purchase() -> None:
    fields = fields_of(
        *("湖心岛码头监控项目公开招标公告", "包号", "包名称", "预算（万元）"),
        *("1", "甲类监控设备", "12.5", "2", "乙类监控设备", "19.1"),
    )
    assert value(fields.project_name) == "湖心岛码头监控项目"


def test_candidates_side_by_side_without_cells_are_three_names() -> None:
    spaced = (
        "中标候选人排名\t第一名\t第二名\t第三名",
        "中标候选人名称\t甲城科技有限公司\t启辰电子有限公司\t安澜建设有限公司",
        "投标报价（元）\t100000\t110000\t120000",
    )
    stacked = tuple(cell for line in spaced for cell in line.split("\t"))
    for lines in (spaced, stacked):
        fields = fields_of("湖心岛码头监控项目中标候选人公示", *lines, "三、公示期", "本公示三日。")
        assert [(a.supplier.value, a.rank) for a in fields.awards] == [
            ("甲城科技有限公司", 1),
            ("启辰电子有限公司", 2),
            ("安澜建设有限公司", 3),
        ]


def test_one_paragraph_may_end_with_who_signs_and_when() -> None:
    line = "一、采购人：湖心县港务局 二、中标人：甲城科技有限公司 湖光招标有限公司 2021年3月4日"
    fields = fields_of("湖心岛码头监控项目中标公告", line)
    assert value(fields.published) == "2021-03-04"
    assert value(fields.agency) == "湖光招标有限公司"


def test_a_winner_in_a_sentence_keeps_its_branch_and_its_brackets() -> None:
    for name in ("甲城通信股份有限公司湖心分公司", "甲城（集团）有限公司", "甲城系统集成有限公司"):
        page: Reading = read_lines(
            "湖心岛码头监控项目中标公告", f"中标供应商为{name}，中标金额12万元。"
        )
        assert [award.supplier.value for award in find_fields(page, None).awards] == [name]


@pytest.mark.parametrize("place", ["", "，XN县公共资源交易中心开标二室"])
def test_a_moment_below_its_heading_needs_no_label(place: str) -> None:
    page = f"""<h3>一、项目基本情况</h3><p>项目编号：XN-1</p>
<h3>二、获取招标文件</h3><p>2021年09月08日至2021年09月15日</p>
<h3>三、投标文件的提交截止、开标时间和地点安排</h3><p>2021年09月29日09点30分（北京时间）{place}</p>"""
    opening = find_fields(read_document(page.encode(), "notice.html"), None).opening
    assert opening is not None
    assert (opening.value, opening.rule) == ("2021-09-29 09:30", "heading")
