"""What real notices that nobody had read first printed otherwise, on invented notices."""

import msgspec
import pytest
from fields_invented import read_lines, read_table

from tenderlight.fields import find_fields
from tenderlight.model import Cited, NoticeType, Procedure


def value(cited: Cited[str] | Cited[NoticeType] | Cited[Procedure] | None) -> str | None:
    return cited.value if cited is not None else None


def test_a_form_of_ranked_winners_is_a_notice_of_candidates() -> None:
    page = read_table(
        ("建设单位", "湖心县城建投资有限公司"),
        ("工程名称", "湖心县码头停车场工程"),
        ("招标控制价", "1944595元", "开标时间", "2016年11月17日"),
        ("<<<中标候选人排序及相关内容",),
        ("第一中标排序单位名称", "<<甲城建设有限公司"),
        ("投标报价", "<<1760419元"),
        ("第二中标排序单位名称", "<<"),
        ("投标报价", "<<"),
    )
    fields = find_fields(page, None)
    assert value(fields.notice_type) == "candidates"
    assert [award.supplier.value for award in fields.awards] == ["甲城建设有限公司"]
    amount = fields.awards[0].amount
    assert amount is not None
    assert amount.amount == 1_760_419


def test_a_form_with_ranks_and_no_name_is_still_a_tender() -> None:
    page = read_table(("招标控制价", "1944595元"), ("第一中标排序单位名称", ""))
    assert value(find_fields(page, None).notice_type) == "tender"


def test_who_acts_for_the_buyer_names_buyer_project_and_procedure_in_one_sentence() -> None:
    page = read_lines(
        "关于我司代理的湖心县人民医院采购存储一体机国内竞争性磋商项目（项目编号：XN-16L-37）"
        "经评审委员会评议，现确定成交结果如下：",
        "第一成交候选人：甲城软件有限公司",
        "湖光招标有限公司",
        "2016年11月11日",
    )
    fields = find_fields(page, None)
    assert value(fields.buyer) == "湖心县人民医院"
    assert value(fields.project_name) == "湖心县人民医院采购存储一体机"
    assert value(fields.project_number) == "XN-16L-37"
    assert value(fields.procedure) == "competitive_consultation"


def test_a_project_of_whom_one_acts_for_keeps_its_last_word() -> None:
    page = read_lines("我公司代理的湖心县水利局水泵采购项目（项目编号：XN-1）流标，特此公告。")
    assert value(find_fields(page, None).project_name) == "湖心县水利局水泵采购项目"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("湖心大学浴池热水采购三次公开招标公告", "湖心大学浴池热水采购"),
        ("湖心大学浴池热水公开招标公告", "湖心大学浴池热水"),
    ],
)
def test_the_last_word_of_a_name_is_not_the_first_of_the_next_label(title: str, name: str) -> None:
    page = read_lines(title, "项目名称：湖心大学浴池热水采购项目编号：XN-2018-22")
    fields = find_fields(page, None)
    assert value(fields.project_name) == name
    assert value(fields.project_number) == "XN-2018-22"


def test_what_of_an_approved_project_is_put_to_tender_belongs_to_the_name() -> None:
    page = read_lines(
        "（市交易中心）湖心地铁1号线设备更新改造项目节能系统采购集成招标公告30883",
        "本招标项目湖心地铁1号线设备更新改造项目已由湖心市发展改革委批准建设，招标人为湖心地铁有限公司，"
        "现对节能系统采购集成进行公开招标。",
    )
    name = "湖心地铁1号线设备更新改造项目节能系统采购集成"
    assert value(find_fields(page, None).project_name) == name


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("项目名称及编号：湖心县秸秆腐熟剂采购项目、湖政采[2013]067号。", "湖政采[2013]067号"),
        ("三、采购项目名称及编号：湖心县秸秆腐熟剂采购项目\nXNZCZ2016-269#", "XNZCZ2016-269#"),
        ("项目名称和编号：湖心县秸秆腐熟剂采购项目（XN-2016-269）", "XN-2016-269"),
        ("项目名称及编号：湖心县秸秆腐熟剂采购项目", None),
    ],
)
def test_one_label_may_announce_name_and_number(printed: str, number: str | None) -> None:
    page = read_lines(
        "湖心县秸秆腐熟剂采购项目成交公告", *printed.split("\n"), "采购人：湖心县农业局"
    )
    fields = find_fields(page, None)
    assert value(fields.project_name) == "湖心县秸秆腐熟剂采购项目"
    assert value(fields.project_number) == number


def test_names_of_columns_are_no_needs() -> None:
    page = read_lines(
        "湖心县水泵采购公开招标公告",
        "采购需求：",
        "采购条目编号",
        "采购条目名称",
        "采购品目",
        "数量",
        "湖采购2026J01",
        "水泵",
    )
    assert find_fields(page, None).needs is None


@pytest.mark.parametrize(
    "behind",
    [
        " 2.2建设地点：湖心镇",
        " 2、采购计划备案号：420000-2026-01088",
        " 包号 预算金额(万元) 最高限价(万元) A 27.0 27.0",
        " b8eff6d869314573a24d40b9022ea1a3\n建设地点：湖心镇",
    ],
)
def test_what_follows_a_name_in_one_paragraph_is_no_part_of_it(behind: str) -> None:
    page = read_lines(f"湖心县公告\n2.1项目名称：湖心县水泵更新项目{behind}")
    assert value(find_fields(page, None).project_name) == "湖心县水泵更新项目"


def test_a_version_at_the_end_of_a_name_stays() -> None:
    page = read_lines("项目名称：湖心县平台升级 2.0", "采购人：湖心县水利局")
    assert value(find_fields(page, None).project_name) == "湖心县平台升级 2.0"


def test_the_number_of_the_next_heading_is_no_part_of_a_number() -> None:
    page = read_lines(
        "湖心县公告",
        "1、项目编号： XN-13125032-261031 2、采购计划备案号：X-1 3、项目名称：水泵采购",
    )
    assert value(find_fields(page, None).project_number) == "XN-13125032-261031"


def test_rows_between_tabs_may_lack_their_last_cells() -> None:
    page = read_lines(
        "湖心县水泵采购结果公告",
        "六、中标结果",
        "分包内容\t金额（元）\t中标供应商\t地址\t其他要求",
        "水泵\t￥783,600.00\t甲城科技股份有限公司\t湖心县湖滨路1号",
        "管道\t￥10,000.00\t乙城管道有限公司",
        "七、评标委员会",
    )
    awards = find_fields(page, None).awards
    assert [(a.supplier.value, a.amount and int(a.amount.amount)) for a in awards] == [
        ("甲城科技股份有限公司", 783_600),
        ("乙城管道有限公司", 10_000),
    ]


LIST = (
    "最新公告",
    "青河县第二中学食堂改造工程中标候选人公示 2019-01-10",
    "青河县指挥中心设备采购竞争性磋商公告 2019-02-11",
    "青河县垃圾清运服务采购更正公告 2019-03-12",
)


def test_a_list_of_other_notices_above_the_page_does_not_say_what_this_one_is() -> None:
    own = ("采购人：湖心县水利局", "中标供应商：甲城科技有限公司", "中标金额：12万元")
    titled = read_lines(*LIST, *own, title="湖心县水泵采购中标结果公告-湖心市公共资源交易网")
    fields = find_fields(titled, None)
    assert value(fields.title) == "湖心县水泵采购中标结果公告"
    assert value(fields.notice_type) == "award"
    bare = find_fields(read_lines(*LIST[1:], *own), None)
    assert value(bare.notice_type) == "award"
    assert value(bare.project_name) is None


def test_a_heading_of_its_own_still_says_more_than_the_portals_title() -> None:
    page = read_lines(
        "湖心县码头改造工程拟中标结果公示",
        "招标人：湖心县水利局",
        title="湖心县码头改造工程中标结果公告",
    )
    assert value(find_fields(page, None).notice_type) == "candidates"


@pytest.mark.parametrize(
    "line", ["欢迎访问湖心市公共资源交易网 今天是2020年1月5日", "投标文件递交截止时间"]
)
def test_a_welcome_and_a_label_are_no_names(line: str) -> None:
    assert find_fields(read_lines(line, "湖心镇", "90"), None).project_name is None


def test_the_date_under_the_pages_own_heading_is_found_below_a_list_of_notices() -> None:
    lines = (
        "首页",
        "政府采购",
        "更正公告",
        *LIST,
        "湖心县水泵采购公开招标公告",
        "2020年10月26日 19:29",
    )
    page = read_lines(*lines, "采购人：湖心县水利局")
    place = lines.index("湖心县水泵采购公开招标公告")
    blocks = tuple(
        msgspec.structs.replace(block, kind="heading") if number == place else block
        for number, block in enumerate(page.blocks)
    )
    page = msgspec.structs.replace(page, blocks=blocks)
    assert value(find_fields(page, None).published) == "2020-10-26 19:29"
