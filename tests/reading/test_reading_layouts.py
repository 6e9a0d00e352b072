"""The layouts in which notices come, each as a short invented page whose reading is known."""

from __future__ import annotations

from tenderlight.model import Reading
from tenderlight.reading import read_document


def kept(reading: Reading) -> list[str]:
    """The notice's own lines, without the head and the site's furniture."""
    blocks = [block for block in reading.blocks if block.part == "body" and not block.furniture]
    return [reading.text[block.start : block.end] for block in blocks]


def rows(reading: Reading, table: int = 0) -> list[list[str]]:
    """One table as rows of texts, a spanned place repeated in every row it covers."""
    cells = [block for block in reading.blocks if block.table == table]
    height = max((block.row or 0) + block.row_span for block in cells)
    width = max((block.column or 0) + block.column_span for block in cells)
    grid = [[""] * width for _ in range(height)]
    for block in cells:
        top, left = block.row or 0, block.column or 0
        for row in range(top, top + block.row_span):
            for column in range(left, left + block.column_span):
                grid[row][column] += reading.text[block.start : block.end]
    return grid


def test_national_portal_of_today_with_summary_table_and_numbered_sections() -> None:
    page = """<!doctype html><html><head><meta charset="utf-8">
      <meta name="ArticleTitle" content="路灯维护成交公告">
      <meta name="PubDate" content="2023-05-06 09:30">
      <title>路灯维护成交公告</title></head><body>
      <div class="vF_deail_currentloc">
      <p>当前位置：<a>首页</a>&nbsp;&raquo;&nbsp;<a>政采公告</a></p></div>
      <div class="vF_detail_header"><h2 class="tc">路灯维护成交公告</h2>
      <p class="tc"><span id="pubTime">2023年05月06日 09:30</span> 来源：<span>某网</span></p></div>
      <div class="table"><table><tr><td colspan="4"><b>公告信息：</b></td></tr>
      <tr><td class="title">采购单位</td><td colspan="3">虚构市路灯所</td></tr>
      <tr><td class="title">行政区域</td><td>虚构市</td>
      <td class="title">公告时间</td><td>2023年05月06日</td></tr>
      </table></div>
      <div class="vF_detail_content"><p><strong>一、项目基本情况</strong></p>
      <p>项目编号：<span>XG-2023</span><span>-07</span></p></div>
      <div class="footer"><p>版权所有 某网</p></div></body></html>"""
    reading = read_document(page.encode(), "a.html")
    assert [reading.text[b.start : b.end] for b in reading.blocks if b.part == "head"] == [
        "路灯维护成交公告",
        "路灯维护成交公告",
        "2023-05-06 09:30",
    ]
    assert kept(reading)[:2] == ["路灯维护成交公告", "2023年05月06日 09:30 来源：某网"]
    assert kept(reading)[-2:] == ["一、项目基本情况", "项目编号：XG-2023-07"]
    assert rows(reading) == [
        ["公告信息："] * 4,
        ["采购单位", "虚构市路灯所", "虚构市路灯所", "虚构市路灯所"],
        ["行政区域", "虚构市", "公告时间", "2023年05月06日"],
    ]


def test_national_portal_of_2013_inside_layout_tables() -> None:
    page = """<table width=980><tr><td><div class="vT_detail_content w760c">
      <p style="text-align:center">路灯采购公告</p><br>
      预算金额：见公告原文<br/>采购人：虚构市路灯所</div>
      </td></tr></table>"""
    reading = read_document(page.encode(), "b.html")
    assert kept(reading) == ["路灯采购公告", "预算金额：见公告原文", "采购人：虚构市路灯所"]
    assert {block.table for block in reading.blocks} == {None}


def test_regional_centre_with_candidates_as_columns() -> None:
    page = """<table><tr><td>标段名称:</td><td colspan=3>路灯一标</td></tr>
      <tr><td rowspan=2>候选人</td><td>第一名</td><td>第二名</td><td>第三名</td></tr>
      <tr><td>甲照明公司</td><td>乙照明公司</td><td>丙照明公司</td></tr>
      <tr><td>报价(元)</td><td>98000</td><td>99000.50</td><td></td></tr></table>"""
    assert rows(read_document(page.encode(), "c.html")) == [
        ["标段名称:", "路灯一标", "路灯一标", "路灯一标"],
        ["候选人", "第一名", "第二名", "第三名"],
        ["候选人", "甲照明公司", "乙照明公司", "丙照明公司"],
        ["报价(元)", "98000", "99000.50", ""],
    ]


def test_text_with_one_cell_per_line() -> None:
    text = "路灯维护合同\n采购人名称\n虚构市路灯所\n\n合同金额\n\n12.5万元\n"
    assert kept(read_document(text.encode(), "d.txt")) == [
        "路灯维护合同",
        "采购人名称",
        "虚构市路灯所",
        "合同金额",
        "12.5万元",
    ]


def test_everything_in_one_paragraph_or_in_preformatted_lines() -> None:
    one = read_document("<p>路灯公告 一、预算：12万元 二、采购人：路灯所</p>".encode(), "e.html")
    assert len(one.blocks) == 1
    lines = read_document(
        "<pre>路灯公告\n一、预算：12万元\n\t二、采购人：路灯所</pre>".encode(), "e.html"
    )
    assert kept(lines) == ["路灯公告", "一、预算：12万元", "二、采购人：路灯所"]


def test_a_page_of_the_nineties_without_closing_tags() -> None:
    table = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    page = f"<center><font size=5>路灯公告</center><p>预算{table}完"
    reading = read_document(page.encode("gbk"), "g.htm")
    assert kept(reading) == ["路灯公告", "预算", "甲", "乙", "丙", "丁", "完"]
    assert rows(reading) == [["甲", "乙"], ["丙", "丁"]]


def test_a_page_in_gbk_that_declares_another_charset() -> None:
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    reading = read_document(f"{meta}<p>采购人：虚构市路灯所</p>".encode("gbk"), "g.html")
    assert (kept(reading), reading.encoding) == (["采购人：虚构市路灯所"], "gb18030")
