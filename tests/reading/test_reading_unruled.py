"""Tables that nothing or not everything is drawn of; and what looks like one and is none."""

from __future__ import annotations

import pytest
from reading_drawn_pdf import (
    FONT,
    LEFT,
    Draw,
    all_of,
    cells_at,
    count_tables,
    flat_rules,
    lines,
    pdf,
    read,
    table_of,
    words,
)
from reportlab.pdfgen.canvas import Canvas

GOODS = [
    ["序号", "名称", "数量", "单价（元）"],
    ["1", "高清网络摄像机", "24", "7,101,231.00"],
    ["2", "路灯控制箱", "9", "860.50"],
    ["3", "硬盘录像机", "118", "12,400.00"],
]
XS = [70, 120, 300, 380]
PROSE = "本项目采购高清网络摄像机及其配套设备若干，用于主要路口的视频监控，详见采购文件。"


def centred(rows: list[list[str]], middles: list[float], top: float = 600) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for number, row in enumerate(rows):
            for text, x in zip(row, middles, strict=True):
                canvas.drawCentredString(x, top - 24 * number, text)

    return draw


def flush_right(rows: list[list[str]], rights: list[float]) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for number, row in enumerate(rows):
            for text, x in zip(row, rights, strict=True):
                canvas.drawRightString(x, 600 - 24 * number, text)

    return draw


@pytest.mark.parametrize(
    "draw",
    [
        cells_at(GOODS, XS),
        centred(GOODS, [80, 190, 310, 410]),
        flush_right(GOODS, [90, 230, 320, 450]),
    ],
    ids=["left", "centred", "right"],
)
def test_words_in_columns_are_a_table_however_they_are_aligned(draw: Draw) -> None:
    reading = read(pdf(all_of(words("三、标的", PROSE, top=700), draw)))
    assert table_of(reading) == GOODS
    assert lines(reading)[:2] == ["三、标的", PROSE]


def test_what_stands_after_an_unruled_table_is_none_of_its_rows() -> None:
    page = all_of(cells_at(GOODS, XS), words("四、其他", "采购人：某市路灯所", top=500))
    reading = read(pdf(page))
    assert table_of(reading) == GOODS
    assert lines(reading)[-2:] == ["四、其他", "采购人：某市路灯所"]


def test_a_cell_of_two_lines_without_borders_is_one_cell() -> None:
    rows = [
        ["序号", "技术参数", "数量"],
        ["1", "不低于四百万像素，支持红外夜", "9"],
        ["", "视，防护等级IP67", ""],
        ["2", "支持活体检测", "8"],
        ["3", "含安装调试", "7"],
    ]
    ys = [600, 576, 562, 538, 514]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for row, y in zip(rows, ys, strict=True):
            for text, x in zip(row, [70, 120, 300], strict=True):
                canvas.drawString(x, y, text)

    assert table_of(read(pdf(draw))) == [
        ["序号", "技术参数", "数量"],
        ["1", "不低于四百万像素，支持红外夜视，防护等级IP67", "9"],
        ["2", "支持活体检测", "8"],
        ["3", "含安装调试", "7"],
    ]


def test_cells_in_the_middle_of_a_taller_row_belong_to_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for number, y in enumerate((600, 560, 520), 1):
            canvas.drawString(70, y, str(number))
            canvas.drawString(120, y + 7, "高清网络摄像机及其配套")
            canvas.drawString(120, y - 7, "设备")
            canvas.drawString(300, y, f"{number},000.00")

    name = "高清网络摄像机及其配套设备"
    assert table_of(read(pdf(draw))) == [[str(n), name, f"{n},000.00"] for n in (1, 2, 3)]


def test_rules_across_the_page_part_rows_whose_cells_run_on() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for y, row in ((600, ("1", "甲", "5")), (540, ("2", "乙", "6")), (480, ("3", "丙", "7"))):
            for text, x in zip(row, (70, 110, 400), strict=True):
                canvas.drawString(x, y, text)
            for line in range(3):
                canvas.drawString(160, y + 14 - 14 * line, "本合同一式陆份具有同等法律效力各方执")
        flat_rules([632, 572, 512, 452], 65, 480)(canvas)

    text = "本合同一式陆份具有同等法律效力各方执" * 3
    assert table_of(read(pdf(draw))) == [
        ["1", "甲", text, "5"],
        ["2", "乙", text, "6"],
        ["3", "丙", text, "7"],
    ]


def test_a_table_of_three_rules_keeps_its_rows() -> None:
    page = all_of(cells_at(GOODS, XS), flat_rules([620, 592, 520], 65, 480))
    assert table_of(read(pdf(page))) == GOODS


def test_a_table_ruled_between_columns_only_is_parted_into_its_rows() -> None:
    def draw(canvas: Canvas) -> None:
        cells_at(GOODS, XS)(canvas)
        canvas.grid([65, 115, 295, 375, 480], [620, 592])
        canvas.grid([65, 115, 295, 375, 480], [592, 516])

    assert table_of(read(pdf(draw))) == GOODS


def test_a_table_without_its_outer_borders_has_all_its_columns() -> None:
    def draw(canvas: Canvas) -> None:
        cells_at(GOODS, XS)(canvas)
        for x in (115, 295, 375):
            canvas.line(x, 620, x, 516)
        flat_rules([620, 592, 568, 544, 516], 65, 480)(canvas)

    assert table_of(read(pdf(draw))) == GOODS


def test_a_space_at_the_same_place_of_every_row_parts_no_column() -> None:
    rows = [["序号", "说明", "数量"]]
    rows += [[str(n), f"{make} HY-IPC-B{n}", f"{n}0"] for n, make in enumerate("甲乙丙丁", 1)]
    assert table_of(read(pdf(cells_at(rows, [70, 120, 320])))) == rows


def test_what_two_parties_sign_is_a_table() -> None:
    rows = [
        ["甲方（盖章）：某市路灯所", "乙方（盖章）：某照明公司"],
        ["地址：甲路1号", "地址：乙路2号"],
        ["日期：2021年5月6日", "日期：2021年5月7日"],
    ]
    assert table_of(read(pdf(cells_at(rows, [70, 320])))) == rows


def hanging(*marks: str) -> Draw:
    return cells_at(
        [[mark, "投标人应当按照采购文件的要求编制投标文件"] for mark in marks], [70, 110]
    )


@pytest.mark.parametrize(
    "draw",
    [
        words(*(PROSE for _ in range(6)), step=18),
        hanging("1、", "2、", "3、", "4、"),
        hanging("（一）", "（二）", "（三）"),
        hanging("●", "●", "●"),
        cells_at(
            [["第一章", "公告", "1"], ["第二章", "须知", "4"], ["第三章", "需求", "9"]],
            [70, 70, 70],
        ),
        cells_at([["第一章 公告", "1"], ["第二章 须知", "4"], ["第三章 需求", "19"]], [70, 400]),
        cells_at([["采购人：某局", "电话：1"], ["代理机构：某公司", "电话：2"]], [70, 300]),
        cells_at(
            [["采", "购", "人：某局"], ["地", "址", "：甲路"], ["电", "话", "：1"]], [70, 100, 130]
        ),
    ],
    ids=["prose", "numbers", "brackets", "dots", "overprinted", "contents", "labels", "spaced"],
)
def test_prose_lists_labels_and_contents_are_no_tables(draw: Draw) -> None:
    assert count_tables(read(pdf(draw))) == 0


def test_rows_that_are_no_table_stay_lines_of_their_own() -> None:
    rows = [["甲标段", "路灯"], ["乙标段", "灯杆及电缆沟"]]
    assert lines(read(pdf(cells_at(rows, [70, 300])))) == ["甲标段 路灯", "乙标段 灯杆及电缆沟"]


PART = "采购人应当在合同签订之日起二个工作日内将合同公告"
LEFT_COLUMN = [PART[n:] + PART[:n] for n in range(7)]
RIGHT_COLUMN = [PART[n:] + PART[:n] for n in range(10, 17)]


def two_columns(right: list[str], down: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 9)
        for number, line in enumerate(LEFT_COLUMN):
            canvas.drawString(LEFT, 700 - 15 * number, line)
        for number, line in enumerate(right):
            canvas.drawString(320, 700 - down - 15 * number, line)

    return draw


@pytest.mark.parametrize("down", [0, 6])
def test_prose_in_two_columns_is_read_column_by_column(down: float) -> None:
    page = all_of(words("一行标题横跨两栏" * 4, top=760), two_columns(RIGHT_COLUMN, down))
    reading = read(pdf(page))
    assert count_tables(reading) == 0
    assert lines(reading)[1:] == ["".join(LEFT_COLUMN + RIGHT_COLUMN)]


def test_the_last_page_of_prose_in_columns_may_have_a_short_one() -> None:
    pages = two_columns(RIGHT_COLUMN, 0), two_columns(["完。"], 0)
    text = "".join([*LEFT_COLUMN, *RIGHT_COLUMN, *LEFT_COLUMN, "完。"])
    assert read(pdf(*pages)).text == text


def test_letters_set_apart_over_a_whole_page_are_no_table_and_take_no_minute() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 2)
        for row in range(120):
            for column in range(120):
                canvas.drawString(20 + column * 4.6, 820 - row * 6.6, "a")

    assert count_tables(read(pdf(draw))) == 0
