"""What goes on from one page to the next: tables, their heads, cut cells, paragraphs."""

from __future__ import annotations

from reading_drawn_pdf import (
    FONT,
    LEFT,
    Draw,
    all_of,
    cells,
    cells_at,
    count_tables,
    lines,
    pdf,
    read,
    ruled,
    table_of,
    words,
)
from reportlab.pdfgen.canvas import Canvas

HEAD = ["序号", "名称", "数量"]
WIDTHS = [50.0, 160.0, 80.0]


def rows(first: int, last: int) -> list[list[str]]:
    return [[str(n), f"路灯{n}型", f"{n}0盏"] for n in range(first, last + 1)]


def test_a_head_that_is_printed_again_is_furniture_and_no_row() -> None:
    page = ruled([HEAD, *rows(1, 3)], WIDTHS), ruled([HEAD, *rows(4, 6)], WIDTHS)
    reading = read(pdf(*page))
    assert table_of(reading) == [HEAD, *rows(1, 6)]
    again = [reading.text[b.start : b.end] for b in reading.blocks if b.furniture]
    assert again == HEAD


def test_an_unruled_table_goes_on_overleaf() -> None:
    xs = [70, 120, 300]
    first, second = cells_at([HEAD, *rows(1, 3)], xs), cells_at([HEAD, *rows(4, 6)], xs)
    assert table_of(read(pdf(first, second))) == [HEAD, *rows(1, 6)]


def test_a_table_after_free_room_is_a_new_one() -> None:
    low = words("完", top=80)
    first = ruled([HEAD, *rows(1, 2)], WIDTHS)
    second = all_of(ruled([["编号", "地点", "类型"], *rows(3, 4)], WIDTHS), low)
    assert count_tables(read(pdf(first, second))) == 2


def cut(text: str, first: int) -> tuple[Draw, Draw]:
    """A ruled table of which one cell does not fit on the page; `first` characters do."""

    def table(canvas: Canvas, row: list[str]) -> None:
        canvas.setFont(FONT, 12)
        canvas.grid([LEFT, LEFT + 50, LEFT + 190, LEFT + 290], [600, 570])
        for text, x in zip(row, (LEFT + 5, LEFT + 55, LEFT + 195), strict=True):
            canvas.drawString(x, 580, text)

    return (
        lambda canvas: table(canvas, ["1", text[:first], "9盏"]),
        lambda canvas: table(canvas, ["", text[first:], ""]),
    )


def test_a_cell_that_is_cut_by_the_page_s_end_is_one_with_places_on_both_pages() -> None:
    text = "不低于四百万像素支持夜视"
    reading = read(pdf(*cut(text, 10)))
    assert cells(reading) == [(0, 0, 0, "1"), (0, 0, 1, text), (0, 0, 2, "9盏")]
    start = reading.text.index("夜视")
    assert reading.passage(start, start + 2).page == 2
    assert {box.page for box in reading.boxes(start - 4, start + 2)} == {1, 2}


def test_a_row_below_a_cell_that_is_not_full_is_a_row_of_its_own() -> None:
    assert [(row, text) for _, row, _, text in cells(read(pdf(*cut("路灯夜视", 2))))] == [
        (0, "1"),
        (0, "路灯"),
        (0, "9盏"),
        (1, "夜视"),
    ]


def test_a_page_on_which_cells_are_merged_keeps_the_columns_of_the_others() -> None:
    def second(canvas: Canvas) -> None:
        canvas.grid([LEFT, LEFT + 210, LEFT + 290], [600, 576])
        canvas.drawString(LEFT + 5, 584, "合计")
        canvas.drawString(LEFT + 215, 584, "60盏")

    reading = read(pdf(ruled([HEAD, *rows(1, 3)], WIDTHS), second))
    total = reading.block_at(reading.text.index("合计"))
    assert (total.table, total.row, total.column, total.column_span) == (0, 4, 0, 2)
    assert reading.block_at(reading.text.index("60盏")).column == 2


def test_a_merged_cell_reaches_down_to_where_it_ends_overleaf() -> None:
    xs = [LEFT, LEFT + 60, LEFT + 200]

    def page(names: list[str], category: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            ys = [600 - 24 * n for n in range(len(names) + 1)]
            canvas.grid(xs[:2], [ys[0], ys[-1]])
            canvas.grid(xs[1:], ys)
            canvas.drawString(LEFT + 5, 584, category)
            for name, y in zip(names, ys, strict=False):
                canvas.drawString(xs[1] + 5, y - 16, name)

        return draw

    reading = read(pdf(page(["路灯", "灯杆"], "甲类"), page(["电缆", "电箱"], "")))
    block = reading.block_at(reading.text.index("甲类"))
    assert (block.row, block.row_span) == (0, 4)
    assert [(row, text) for _, row, column, text in cells(reading) if column == 1] == [
        (0, "路灯"),
        (1, "灯杆"),
        (2, "电缆"),
        (3, "电箱"),
    ]


def test_a_paragraph_that_goes_on_overleaf_is_one_block() -> None:
    line = "供应商应当在投标截止时间之前将投标文件送达指定地点逾期送达的投标文件将被"
    first = words("一、须知", line, line, top=700, step=18)
    second = words("拒收。", "二、其他", top=760, step=18)
    reading = read(pdf(first, second))
    assert lines(reading) == ["一、须知", line + line + "拒收。", "二、其他"]
    assert reading.page_at(reading.text.index("拒收")) == 2
    assert reading.block_at(reading.text.index("拒收")).page == 1


def test_a_sentence_that_ends_with_its_page_ends_its_paragraph() -> None:
    line = "供应商应当在投标截止时间之前将投标文件送达指定地点逾期送达的投标文件不收。"
    reading = read(pdf(words(line, line, step=18), words("采购人另行通知", line, step=18)))
    assert "采购人另行通知" in lines(reading)
