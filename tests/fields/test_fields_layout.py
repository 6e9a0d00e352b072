"""Labels and values are found in every layout that the field knows. All snippets are invented."""

from fields_invented import read_lines, read_table
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.fields.labels import field_of, label_key
from tenderlight.fields.layout import Layout, find_layout
from tenderlight.model import Block, Reading


def lay(*lines: str) -> Layout:
    return find_layout(read_lines(*lines))


def lay_table(*rows: tuple[str, ...]) -> Layout:
    return find_layout(read_table(*rows))


def said(layout: Layout, field: str) -> list[str]:
    return [pair.value for pair in layout.of(field)]


def test_a_label_and_its_value_stand_on_one_line() -> None:
    layout = lay("1、采购人名称：东湖县水利局", "3.2 采 购 编 号 ：DH-2020-1")
    assert said(layout, "buyer") == ["东湖县水利局"]
    assert said(layout, "project_number") == ["DH-2020-1"]


def test_a_value_stands_on_the_line_below_its_label_with_or_without_a_colon() -> None:
    layout = lay(
        "采购人名称", "东湖县水利局", "项目编号：", "DH-2020-1", "代理机构", "：", "某咨询公司"
    )
    assert said(layout, "buyer") == ["东湖县水利局"]
    assert said(layout, "project_number") == ["DH-2020-1"]
    assert said(layout, "agency") == ["某咨询公司"]


def test_values_end_where_the_next_label_begins_without_a_break() -> None:
    layout = lay(
        "项目名称：东湖大桥项目编号：DH-1项目联系人：某四、投标截止时间：2018年1月2日五、开标地点：一楼"
    )
    assert said(layout, "project_name") == ["东湖大桥"]
    assert said(layout, "project_number") == ["DH-1"]
    assert said(layout, "opening") == ["2018年1月2日"]


def test_a_clock_time_is_no_label() -> None:
    assert said(lay("开标时间：2018年1月2日 09:30（北京时间）"), "opening") == [
        "2018年1月2日 09:30（北京时间）"
    ]


def test_a_name_belongs_to_the_section_it_stands_in() -> None:
    layout = lay(
        "七、联系方式", "1.采购人信息", "名 称：东湖县水利局", "2.采购代理机构信息", "名 称：某公司"
    )
    assert said(layout, "buyer") == ["东湖县水利局"]
    assert said(layout, "agency") == ["某公司"]


def test_rows_of_two_and_four_cells_pair_labels_with_values() -> None:
    layout = lay_table(
        ("招标人:", "东湖县水利局", "建设地点", "湖边"),
        ("标段(包)编号:", "<<DH-1"),
    )
    assert said(layout, "buyer") == ["东湖县水利局"]
    assert said(layout, "project_number") == ["DH-1"]


def test_columns_pair_their_header_with_every_cell_below() -> None:
    layout = lay_table(
        ("包号", "中标供应商", "中标金额（元）"), ("1", "甲公司", "10"), ("2", "乙公司", "20")
    )
    assert said(layout, "supplier") == ["甲公司", "乙公司"]
    assert [pair.row for pair in layout.of("price")] == [1, 2]


def test_candidates_may_stand_side_by_side() -> None:
    layout = lay_table(
        ("中标候选人", "第一名", "第二名"),
        ("单位名称", "甲公司", "乙公司"),
        ("投标报价", "10", "20"),
    )
    prices = [(pair.value, pair.row) for pair in layout.of("price")]
    assert prices == [("10", 1), ("20", 2)]


def test_a_table_printed_one_cell_per_line_becomes_rows() -> None:
    layout = lay(
        "序号",
        "标项名称",
        "中标供应商",
        "中标金额",
        "1",
        "桥",
        "甲公司",
        "10",
        "2",
        "路",
        "乙公司",
        "20",
    )
    assert said(layout, "supplier") == ["甲公司", "乙公司"]
    assert said(layout, "price") == ["10", "20"]
    assert layout.tables[0].kind == "lines"


def test_a_table_of_spaces_becomes_rows() -> None:
    layout = lay(
        "名称　数量　单位　单价", "摄像机　26　套　1120", "服务器　4　台　860", "以上为清单"
    )
    grid = layout.tables[0]
    assert [[cell.text for cell in row if cell] for row in grid.rows][2] == [
        "服务器",
        "4",
        "台",
        "860",
    ]


def test_a_label_is_known_in_its_printed_variants() -> None:
    assert label_key("★ 3、標段（包）編號：") == "标段编号"
    assert field_of(label_key("原公告的项目编号")) == "project_number"


def test_a_heading_broken_by_lost_tags_still_opens_its_section() -> None:
    layout = lay("1", ".采购人", "信息", "名 称：", "东湖县水利局")
    assert said(layout, "buyer") == ["东湖县水利局"]


def test_a_past_project_of_a_bidder_is_no_header_of_the_notice() -> None:
    layout = lay_table(("中标候选人", "第一名"), ("单位名称", "甲公司"))
    assert layout.tables[0].headers == ()


def test_a_label_and_value_kept_apart_by_spaces_are_a_pair() -> None:
    assert said(lay("采购人名称　　东湖县水利局"), "buyer") == ["东湖县水利局"]


def test_site_furniture_holds_no_values() -> None:
    line = "采购人：某网站"
    reading = Reading(
        text=line, blocks=(Block(0, len(line), furniture=True),), media_type="text/html"
    )
    assert find_layout(reading).pairs == ()


@given(st.text(alphabet="采购人项目编号：:（）()1一、。\n 　√年月日2", max_size=120))
def test_whatever_the_text_every_value_is_printed_where_its_pair_says(text: str) -> None:
    layout = lay(*text.split("\n"))
    for pair in layout.pairs:
        assert layout.text[pair.start : pair.end] == pair.value


def test_hostile_text_is_read_in_time() -> None:
    for text in (":" * 100_000, "采购人" * 30_000, "(" * 100_000 + ":", "1、" * 50_000):
        lay(text)
