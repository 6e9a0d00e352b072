"""HTML as a browser shows it: lines, cells, head, what is hidden, what is the site's own."""

from __future__ import annotations

import pytest

from tenderlight.model import Block, Reading, Unreadable
from tenderlight.reading import read_document


def read(page: str) -> Reading:
    return read_document(page.encode(), "notice.html")


def lines(reading: Reading) -> list[str]:
    return reading.text.split("\n")


def cells(reading: Reading) -> list[tuple[int, int, str]]:
    return [
        (block.row or 0, block.column or 0, reading.text[block.start : block.end])
        for block in reading.blocks
        if block.table is not None
    ]


def block_of(reading: Reading, text: str) -> Block:
    return reading.block_at(reading.text.index(text))


def test_inline_elements_join_and_block_elements_break() -> None:
    page = "<p>发布时间：<span>202</span><font>6</font><b>年</b>3月</p><div>甲<br>乙</div>"
    assert lines(read(page)) == ["发布时间：2026年3月", "甲", "乙"]


def test_white_space_collapses_as_in_a_browser() -> None:
    page = "<p>  项目编号：\n   XN-1\t\t号 </p><p>公安\n  局</p><p>a\nb</p>"
    assert lines(read(page)) == ["项目编号： XN-1 号", "公安局", "a b"]


def test_no_break_and_ideographic_spaces_stay_inside_a_line_and_go_at_its_ends() -> None:
    assert lines(read("<p>&nbsp;　联&nbsp;系　人&nbsp;</p><p>&nbsp;</p>")) == ["联\u00a0系　人"]


def test_a_zero_width_space_does_not_break_a_number() -> None:
    assert lines(read("<p>预算：12&#8203;0&shy;万元</p>")) == ["预算：120万元"]


def test_preformatted_text_keeps_its_lines_and_spaces() -> None:
    page = "<pre>一、预算\n  12   万元\n\n二、其他</pre><p>完</p>"
    assert lines(read(page)) == ["一、预算", "12   万元", "二、其他", "完"]


def test_white_space_pre_in_a_style_keeps_lines_too() -> None:
    assert lines(read('<div style="white-space: pre-wrap">甲：1\n乙：2</div>')) == [
        "甲：1",
        "乙：2",
    ]


def test_scripts_styles_comments_and_hidden_elements_are_not_text() -> None:
    page = (
        "<!-- 样本 --><style>.a{color:red}</style><script>var x='机密';</script>"
        "<p>正文<span style='display: none'>暗</span></p>"
        "<div hidden>藏</div><template>模</template>"
        "<noscript>请开启脚本</noscript><svg><title>图</title></svg>"
    )
    assert lines(read(page)) == ["正文"]


def test_title_and_meta_tags_come_first_as_the_head_part() -> None:
    page = (
        "<html><head><meta name='ArticleTitle' content='路灯采购公告'>"
        "<meta name='PubDate' content='2021-09-27 10:53'><meta name='keywords' content='路灯'>"
        "<title>路灯采购公告_某网</title></head><body><p>正文</p></body></html>"
    )
    reading = read(page)
    assert lines(reading) == ["路灯采购公告_某网", "路灯采购公告", "2021-09-27 10:53", "正文"]
    assert [(block.part, block.kind) for block in reading.blocks] == [
        ("head", "title"),
        ("head", "title"),
        ("head", "text"),
        ("body", "text"),
    ]


def test_headings_are_marked_but_not_inside_cells() -> None:
    reading = read("<h2>公告</h2><table><tr><td><h5>概要</h5></td><td>值</td></tr></table>")
    assert [block.kind for block in reading.blocks] == ["heading", "cell", "cell"]


def test_row_and_column_spans_move_the_cells_after_them() -> None:
    page = (
        "<table><tr><th rowspan=2>序号</th><th colspan=2>标的</th></tr>"
        "<tr><th>名称</th><th>数量</th></tr><tr><td>1</td><td>路灯</td><td>9</td></tr></table>"
    )
    reading = read(page)
    assert cells(reading) == [
        (0, 0, "序号"),
        (0, 1, "标的"),
        (1, 1, "名称"),
        (1, 2, "数量"),
        (2, 0, "1"),
        (2, 1, "路灯"),
        (2, 2, "9"),
    ]
    assert block_of(reading, "序号").row_span == 2
    assert block_of(reading, "标的").column_span == 2


def test_empty_cells_hold_their_place() -> None:
    page = "<table><tr><td></td><td>乙</td></tr><tr></tr><tr><td>丙</td></tr></table>"
    assert cells(read(page)) == [(0, 1, "乙"), (2, 0, "丙")]


def test_several_lines_of_one_cell_share_its_coordinates() -> None:
    page = "<table><tr><td><p>甲公司</p><p>乙公司</p></td><td>9</td></tr></table>"
    assert cells(read(page)) == [(0, 0, "甲公司"), (0, 0, "乙公司"), (0, 1, "9")]


def test_a_nested_table_has_its_own_number_and_the_outer_one_goes_on() -> None:
    page = (
        "<table><tr><td>外1</td><td><table><tr><td>内1</td><td>内2</td></tr></table>外2</td></tr>"
        "</table><table><tr><td>后1</td><td>后2</td></tr></table>"
    )
    reading = read(page)
    numbers = {reading.text[b.start : b.end]: b.table for b in reading.blocks}
    assert numbers == {"外1": 0, "内1": 1, "内2": 1, "外2": 0, "后1": 2, "后2": 2}


def test_a_table_of_one_cell_is_a_frame_and_not_a_table() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    reading = read(f"<table><tr><td><p>正文一</p>{inner}</td></tr></table>")
    assert block_of(reading, "正文一").table is None
    assert block_of(reading, "甲").table == 0


def test_a_row_span_ends_with_its_table() -> None:
    reading = read("<table><tr><td rowspan=1000000000>甲</td><td>乙</td></tr></table>")
    assert block_of(reading, "甲").row_span == 1


@pytest.mark.parametrize("span", ["-3", "abc", "1.5", "９", "", "0x10"])
def test_a_span_that_is_no_number_counts_as_one(span: str) -> None:
    reading = read(f"<table><tr><td colspan='{span}'>甲</td><td>乙</td></tr></table>")
    assert cells(reading) == [(0, 0, "甲"), (0, 1, "乙")]


def test_form_controls_show_what_they_hold() -> None:
    page = (
        "<p><input type=checkbox checked>公开招标 <input type=checkbox>询价</p>"
        "<p>预算：<input value='12万元'><input type=hidden value='暗'></p>"
        "<p><input type=submit value='提交'></p>"
        "<p>地区：<select><option>甲县<option selected>乙县</select></p>"
    )
    assert lines(read(page)) == ["☑公开招标 □询价", "预算：12万元", "地区：乙县"]


def test_ticks_in_the_wingdings_font_are_shown_as_ticks() -> None:
    assert lines(read("<p>\uf0fe公开招标 \uf0a8询价</p>")) == ["☑公开招标 □询价"]


def test_menus_breadcrumbs_and_footers_are_marked_as_furniture() -> None:
    page = (
        "<div class='nav'><a href=#>首页</a> | <a href=#>政策法规</a></div>"
        "<div class='vF_deail_currentloc'>当前位置：<a>首页</a> &raquo; <a>成交公告</a></div>"
        "<h2>路灯采购成交公告</h2><p>【打印】 【关闭】</p><p>采购人：某市路灯所</p>"
        "<p>上一篇：水泵采购公告</p><div id=footer>版权所有 某网</div><p>某ICP备05004952号</p>"
    )
    reading = read(page)
    kept = [reading.text[b.start : b.end] for b in reading.blocks if not b.furniture]
    assert kept == ["路灯采购成交公告", "采购人：某市路灯所"]


def test_a_list_of_links_is_a_menu_but_a_list_of_attachments_is_not() -> None:
    menu = "".join(f"<li><a href=#>{name}</a></li>" for name in ("工程", "货物", "服务", "产权"))
    files = "".join(f"<li><a href=#>附件{n}.pdf</a></li>" for n in range(4))
    reading = read(f"<ul>{menu}</ul><p>正文</p><ul>{files}</ul>")
    assert [block.furniture for block in reading.blocks] == [True] * 4 + [False] * 5


def test_a_notice_inside_an_element_called_header_is_no_furniture() -> None:
    sentence = "<p>供应商应当具备履行合同所必需的设备和专业技术能力，并接受采购人监督检查。</p>"
    reading = read(f"<div class='nav header' id='menu'>{sentence * 12}</div>")
    assert not any(block.furniture for block in reading.blocks)


def test_functions_of_a_system_in_a_table_are_no_furniture() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td>{f}</td></tr>" for n, f in enumerate(("登录", "查询", "首页"))
    )
    assert not any(b.furniture for b in read(f"<table>{rows}</table>").blocks)


def test_a_requirement_for_technical_support_is_no_furniture() -> None:
    reading = read("<p>技术支持：提供7×24小时电话响应</p><p>主办单位：某市体育局</p>")
    assert not any(block.furniture for block in reading.blocks)


def test_source_code_lost_inside_text_is_marked_as_furniture() -> None:
    reading = read_document(
        "成交公告\nvar mysid='01';\n.title{width:600px}\n单价：9;".encode(), "a.txt"
    )
    assert [block.furniture for block in reading.blocks] == [False, True, True, False]


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read("<html><body><div id=app></div><script>load()</script></body></html>")
    assert refused.value.code == "reading.no-text"


def test_a_page_whose_notice_is_loaded_by_a_script_says_so() -> None:
    reading = read("<title>成交公告</title><div class=nav><a>首页</a></div><div id=app></div>")
    assert [(problem.code, problem.unread) for problem in reading.problems] == [
        ("reading.no-body", True)
    ]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("nested", "<div>" * 100_000 + "底"),
        ("formatting", "<p>".join(f"<b class=c{n}>" for n in range(40_000)) + "底"),
        ("attributes", "<div " + " ".join(f"a{n}" for n in range(100_000)) + ">底</div>"),
        ("quoted attributes", "<div " + "".join(f'a{n}=">"' for n in range(60_000)) + ">底</div>"),
        ("false quotes", "<div" + ' x= y="' + " a" * 60_000 + '">底</div>'),
        ("unclosed tags", "<a 9" * 90_000),
        ("unclosed quotes", '<a "' * 90_000),
        ("crossed ends", "<font><div>x</font>" * 50_000),
        ("choices", "<select>" + "<option>a" * 100_000),
        ("cells", "<table><tr>" + "<td>1" * 1_000_000),
    ],
)
def test_tags_that_would_keep_the_parser_busy_are_refused(name: str, page: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(f"<html><body>{page}")
    assert refused.value.code == "reading.tag-soup", name


@pytest.mark.parametrize(
    "page",
    [
        "<p data-x='" + "x" * 1_000_000 + "'>正文</p>",
        "<img src='data:image/png;base64," + "QUJD/+ =" * 100_000 + "'><p>正文</p>",
        "<p>正文</p>" + "<" * 300_000,
        "<p>正文</p>" + "<!--" * 200_000,
        "<p>正文" + "<!---" * 90_000,
        "<p>正文</p>" + "&" * 1_000_000,
        "<p>正文</p>" + "\t" * 1_000_000,
        "<table>" + "<tr><td rowspan=1000000000 colspan=1000>正文" * 20_000,
        "<p>正文" * 100_000,
        "<p><font color=red>正文</p>" * 40_000,
        "<table>" + "<tr><td><font color=red>正文<td><b>" * 20_000,
        "<div><table><tr><td>正文</div>" * 20_000,
    ],
)
def test_a_megabyte_of_hostile_markup_is_read_in_seconds(page: str) -> None:
    reading = read(f"<html><body>{page}")
    assert reading.media_type == "text/html"
    assert "正文" in reading.text


def test_deep_but_sane_nesting_is_read() -> None:
    assert read("<div>" * 900 + "底").text == "底"
