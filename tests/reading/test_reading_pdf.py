"""PDFs that the tests draw themselves: lines, paragraphs, ruled tables, scans, damage."""

from __future__ import annotations

import contextlib
import random

import pytest
from reading_drawn_pdf import (
    FONT,
    LEFT,
    Draw,
    all_of,
    cells,
    lines,
    pdf,
    read,
    ruled,
    scan,
    words,
)
from reportlab.pdfgen.canvas import Canvas

from tenderlight.model import Unreadable
from tenderlight.reading import limits


def test_lines_come_in_reading_order_with_their_page() -> None:
    reading = read(pdf(words("采购公告", "项目编号：XN-2021-001"), words("采购人：某市路灯所")))
    assert lines(reading) == ["采购公告", "项目编号：XN-2021-001", "采购人：某市路灯所"]
    assert [block.page for block in reading.blocks] == [1, 1, 2]
    assert reading.media_type == "application/pdf"
    assert reading.problems == ()


def test_a_page_drawn_from_bottom_to_top_is_read_from_top_to_bottom() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 300, "三、其他")
        canvas.drawString(LEFT, 500, "二、预算")
        canvas.drawString(LEFT, 700, "一、项目")

    assert lines(read(pdf(draw))) == ["一、项目", "二、预算", "三、其他"]


def test_a_wrapped_paragraph_is_one_block_and_a_new_one_is_another() -> None:
    first, second = "　　" + "本项目采购路灯若干" * 4, "详见采购文件第三章所附的清单。"
    reading = read(pdf(words(first[:38], second, "1、付款方式", "2、交货时间")))
    assert lines(reading) == [(first[:38] + second).strip("　"), "1、付款方式", "2、交货时间"]


def test_labels_side_by_side_are_blocks_of_their_own() -> None:
    page = all_of(words("采购人：某市路灯所"), words("代理机构：某某咨询公司", left=330))
    assert lines(read(pdf(page))) == ["采购人：某市路灯所", "代理机构：某某咨询公司"]


def test_a_ruled_table_gives_cells_and_its_text_is_not_repeated() -> None:
    rows = [["序号", "名称", "单价"], ["1", "路灯", "7,101,231.00"]]
    page = all_of(words("三、标的"), ruled(rows, [60, 160, 120]), words("四、其他", top=500))
    reading = read(pdf(page))
    assert cells(reading) == [
        (0, 0, 0, "序号"),
        (0, 0, 1, "名称"),
        (0, 0, 2, "单价"),
        (0, 1, 0, "1"),
        (0, 1, 1, "路灯"),
        (0, 1, 2, "7,101,231.00"),
    ]
    assert lines(reading)[0] == "三、标的"
    assert lines(reading)[-1] == "四、其他"


def test_cells_without_a_line_between_them_are_one_with_spans() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([LEFT, 150, 250, 350], [600, 570])
        canvas.grid([LEFT, 150, 350], [570, 540])
        canvas.drawString(75, 580, "甲")
        canvas.drawString(155, 580, "乙")
        canvas.drawString(255, 580, "丙")
        canvas.drawString(75, 550, "丁")
        canvas.drawString(155, 550, "一个跨过两列的格子")

    reading = read(pdf(draw))
    wide = reading.block_at(reading.text.index("一个"))
    assert (wide.row, wide.column, wide.column_span) == (1, 1, 2)


def test_a_cell_whose_text_wraps_is_one_block() -> None:
    rows = [["名称", "说明"], ["高清网络摄", "一"], ["路灯", "二"]]

    def wrapped(canvas: Canvas) -> None:
        canvas.grid([LEFT, 140, 300], [600, 560])
        canvas.grid([LEFT, 140, 300], [560, 536])
        canvas.drawString(75, 584, "高清网络摄")
        canvas.drawString(75, 568, "像机")
        canvas.drawString(145, 584, rows[1][1])
        canvas.drawString(75, 544, "路灯")

    assert [text for *_, text in cells(read(pdf(wrapped)))] == ["高清网络摄像机", "一", "路灯"]


def test_a_table_that_goes_on_overleaf_keeps_its_number_and_counts_on() -> None:
    widths = [100.0, 100.0]
    first = ruled([["名称", "数量"], ["路灯", "9"]], widths)
    second = ruled([["灯杆", "8"], ["电缆", "7"]], widths)
    assert [(t, r) for t, r, _, _ in cells(read(pdf(first, second)))] == [
        (0, 0),
        (0, 0),
        (0, 1),
        (0, 1),
        (0, 2),
        (0, 2),
        (0, 3),
        (0, 3),
    ]


def test_tables_of_different_columns_on_two_pages_are_two() -> None:
    first, second = ruled([["甲", "乙"]] * 2, [100, 100]), ruled([["丙", "丁"]] * 2, [150, 90])
    assert {table for table, *_ in cells(read(pdf(first, second)))} == {0, 1}


def test_a_frame_around_words_in_a_line_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 700, "电话：")
        canvas.grid([110, 160, 220], [712, 696])
        canvas.drawString(112, 700, "010-")
        canvas.drawString(162, 700, "12345")

    assert cells(read(pdf(draw))) == []


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_on_a_turned_page_the_cells_keep_their_words(rotation: int) -> None:
    rows = [["名称", "数量"], ["路灯", "9"]]
    reading = read(pdf(ruled(rows, [100, 100]), rotation=rotation))
    assert sorted(text for *_, text in cells(reading)) == sorted(["名称", "数量", "路灯", "9"])


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_set_sideways_on_an_upright_page_is_read_upright(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.translate(-200, -600)
        ruled([["名称", "数量"], ["路灯", "9"]], [100, 100])(canvas)

    assert [text for *_, text in cells(read(pdf(draw)))] == ["名称", "数量", "路灯", "9"]


def test_headers_and_page_numbers_that_repeat_are_furniture() -> None:
    def page(number: int) -> Draw:
        return all_of(
            words("某市政府采购招标文件", top=800),
            words(f"第{number}章 内容", f"采购人：某单位{number}"),
            words(f"第 {number} 页 共 4 页", top=40),
        )

    reading = read(pdf(*(page(number) for number in range(1, 5))))
    kept = [reading.text[b.start : b.end] for b in reading.blocks if not b.furniture]
    assert kept == [t for n in range(1, 5) for t in (f"第{n}章 内容", f"采购人：某单位{n}")]


def test_large_print_is_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawString(LEFT, 760, "招标文件")
        canvas.setFont(FONT, 12)
        words("采购人：某单位", "预算：12万元", "方式：公开招标", top=700)(canvas)

    assert [block.kind for block in read(pdf(draw)).blocks] == ["heading", "text", "text", "text"]


def test_radicals_are_given_back_as_ideographs() -> None:
    assert lines(read(pdf(words("⽬录与⻅证")))) in (["目录与见证"], ["目录与证"])


def test_a_password_is_asked_for_by_name() -> None:
    with pytest.raises(Unreadable) as refused:
        read(pdf(words("采购公告"), password="secret"))
    assert refused.value.code == "reading.encrypted"


def test_a_scan_without_text_is_refused_by_name() -> None:
    with pytest.raises(Unreadable) as refused:
        read(pdf(scan, scan))
    assert refused.value.code == "reading.scan"
    assert "there is no recogniser" in refused.value.what


def test_scanned_pages_among_others_are_named() -> None:
    reading = read(pdf(words("采购公告"), scan, scan, words("完"), scan))
    assert [(p.code, p.where, p.unread) for p in reading.problems] == [
        ("reading.scan", "pages 2-3, 5", True)
    ]
    assert [block.page for block in reading.blocks] == [1, 4]


def test_pages_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_PAGES", 2)
    reading = read(pdf(*(words(f"内容{n}") for n in "甲乙丙丁")))
    assert lines(reading) == ["内容甲", "内容乙"]
    assert [(p.code, p.where) for p in reading.problems] == [
        ("reading.too-many-pages", "pages 3-4")
    ]


def test_a_pdf_that_was_cut_off_says_so() -> None:
    whole = pdf(*(words(f"第{n}页的内容") for n in range(30)))
    cut = whole[: len(whole) * 2 // 3]
    try:
        reading = read(cut)
    except Unreadable as error:
        refused = error.code
    else:
        refused = reading.problems[0].code
    assert refused in ("reading.damaged", "reading.ends-early", "reading.no-text")


def test_damaged_pdfs_are_read_or_refused_and_never_crash() -> None:
    whole = pdf(
        words("采购公告", "预算：12万元"), ruled([["名称", "数量"], ["路灯", "9"]], [90, 90])
    )
    chance = random.Random(7)
    for _ in range(150):
        junk = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            junk[chance.randrange(9, len(junk))] = chance.randrange(256)
        start = chance.randrange(len(junk))
        del junk[start : start + chance.choice([0, 1, 100, len(junk)])]
        with contextlib.suppress(Unreadable):
            read(bytes(b"%PDF-1.4\n" + junk[9:]))


def test_a_page_full_of_lines_is_bounded() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50 + n / 2 for n in range(900)], [50 + n / 2 for n in range(900)])
        canvas.drawString(LEFT, 800, "图纸")

    assert "图纸" in read(pdf(draw)).text


def test_reading_a_pdf_twice_gives_the_same() -> None:
    payload = pdf(words("采购公告"), ruled([["名称", "数量"], ["路灯", "9"]], [90, 90]))
    assert read(payload) == read(payload)
