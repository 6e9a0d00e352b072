"""Passages of requirements are found under headings, in cells and as whole attachments."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tenderlight.model import Block, Mask, Part, Reading
from tenderlight.reading import read_alone, read_document
from tenderlight.specifications import Section, find_sections
from tenderlight.specifications.find import LONGEST, MOST
from tenderlight.specifications.headings import is_column, names_requirements, parse_heading

BODY = (
    "支持人脸检测与抓拍，检测时间不大于二百毫秒；支持断网续传与自动校时，"
    "平台统一纳管前端设备，录像保存不少于九十天。"
)


def read(html: str) -> Reading:
    return read_document(html.encode(), "a.html", (), read_alone)


def of_lines(*lines: str, part: str = "body", **more: object) -> Reading:
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(start, start + len(line), part=part))
        start += len(line) + 1
    return Reading(text="\n".join(lines), blocks=tuple(blocks), media_type="text/html", **more)  # type: ignore[arg-type]


def told(reading: Reading, sections: tuple[Section, ...] | None = None) -> list[tuple[str, str]]:
    found = find_sections(reading) if sections is None else sections
    return [(each.heading.text, reading.text[each.start : each.end]) for each in found]


@pytest.mark.parametrize(
    ("heading", "next_heading"),
    [
        ("二、采购需求", "三、供应商资格要求"),
        ("二、技术参数要求：", "三、获取招标文件"),
        ("五、项目用途、简要技术要求及合同履行日期：", "六、联系方式"),
        ("第三章 用户需求书", "第四章 评标办法"),
        ("第五部分 技术规格", "第六部分 合同条款"),
        ("（二）技術參數要求", "（三）商務要求"),
        ("3.功能要求", "4.付款方式"),
        ("采 购 需 求：", "投标人须知"),
        ("★二、设备技术参数", "三、联系方式"),
        ("2.1 技术指标", "2.2 交货期"),
    ],
)
def test_a_passage_reaches_from_its_heading_to_the_next(heading: str, next_heading: str) -> None:
    reading = of_lines(
        "一、项目基本情况", "项目名称：设备", heading, BODY, BODY, next_heading, "无"
    )
    assert told(reading) == [(heading, f"{BODY}\n{BODY}")]


@pytest.mark.parametrize(
    "heading",
    [
        "二、供应商资格要求",
        "二、评分标准",
        "二、技术偏离表",
        "二、投标文件格式",
        "二、预算金额：",
        "二、联系方式",
    ],
)
def test_other_headings_open_nothing(heading: str) -> None:
    assert told(of_lines("一、项目基本情况", heading, BODY)) == []


def test_inner_headings_and_enumerations_stay_inside() -> None:
    lines = ("（一）摄像机", f"1.{BODY}", f"2.{BODY}", "（二）平台", BODY)
    reading = of_lines("一、概况", "二、技术要求", *lines, "三、联系方式", "无")
    assert told(reading) == [("二、技术要求", "\n".join(lines))]


def test_a_value_behind_the_colon_belongs_to_the_passage() -> None:
    reading = of_lines("采购需求：" + BODY, "合同履行期限：三十天")
    assert told(reading) == [("采购需求：", BODY)]


def test_a_notice_in_one_paragraph_is_cut_at_its_headings() -> None:
    reading = of_lines(f"一、项目概况：略。 二、技术要求：{BODY} 三、联系方式：无。")
    assert [text.strip() for _, text in told(reading)] == [BODY]


def test_what_only_points_elsewhere_is_no_passage() -> None:
    assert told(of_lines("二、采购需求：详见招标文件第五章", "三、联系方式")) == []


def test_tables_below_a_heading_belong_to_it() -> None:
    reading = read(
        f"<p>二、采购需求</p><table><tr><th>名称</th><th>数量</th></tr><tr><td>摄像机</td><td>9</td>"
        f"</tr></table><p>{BODY}</p><p>三、联系方式</p><p>无</p>"
    )
    ((heading, text),) = told(reading)
    assert heading == "二、采购需求"
    assert "摄像机" in text
    assert text.endswith(BODY)


def test_cells_below_a_column_of_requirements_are_passages() -> None:
    reading = read(
        "<table><tr><th>序号</th><th>名称</th><th>技术参数</th><th>数量</th></tr>"
        f"<tr><td>1</td><td>摄像机</td><td>{BODY}</td><td>2</td></tr>"
        "<tr><td>2</td><td>支架</td><td>定制</td><td>2</td></tr>"
        f"<tr><td>3</td><td>平台</td><td>一、{BODY}</td><td>1</td></tr></table>"
    )
    assert told(reading) == [("技术参数", BODY), ("技术参数", f"一、{BODY}")]


def test_a_label_and_the_cell_beside_it_are_a_passage() -> None:
    reading = read(f"<table><tr><td>采购需求</td><td>{BODY}</td></tr></table>")
    assert told(reading) == [("采购需求", BODY)]


def test_criteria_of_scoring_are_none() -> None:
    scored = BODY + "每满足一项得2分，满分10分。"
    reading = read(
        f"<table><tr><th>评审项</th><th>技术要求</th></tr><tr><td>1</td><td>{scored}</td></tr></table>"
    )
    assert told(reading) == []


def test_an_attachment_that_is_named_so_is_one_passage() -> None:
    name = "附件1 技术参数.docx"
    reading = of_lines(BODY, BODY, part=name, parts=(Part(name=name, sha256="0", size=1),))
    (found,) = find_sections(reading)
    assert (found.kind, found.part, found.start) == ("document", name, 0)
    assert found.end == len(reading.text)


def test_a_passage_ends_with_its_document() -> None:
    text = f"二、技术要求\n{BODY}\n{BODY}"
    blocks = (
        Block(0, 6),
        Block(7, 7 + len(BODY)),
        Block(8 + len(BODY), len(text), part="other.pdf"),
    )
    reading = Reading(text=text, blocks=blocks, media_type="text/html")
    assert told(reading) == [("二、技术要求", BODY)]


def test_what_is_masked_has_no_letters_and_no_prints() -> None:
    reading = of_lines("二、技术要求", BODY + "联系人王小明")
    start = reading.text.index("王小明")
    (bare,) = find_sections(of_lines("二、技术要求", BODY + "联系人"))
    (masked,) = find_sections(reading, [Mask(start, start + 3, "person")])
    assert (masked.letters, masked.prints, masked.digest) == (
        bare.letters,
        bare.prints,
        bare.digest,
    )


def test_a_very_long_passage_is_cut_at_line_ends() -> None:
    lines = [f"{n}.{BODY}" for n in range(2_000)]
    reading = of_lines("第三章 技术要求", *lines)
    found = find_sections(reading)
    assert len(found) > 3
    assert all(each.end - each.start <= LONGEST for each in found)
    assert "".join(text for _, text in told(reading)).replace("\n", "") == "".join(lines)


def test_a_hostile_document_gives_no_more_than_so_many() -> None:
    reading = of_lines(*(line for n in range(2_000) for line in (f"第{n % 99}章 技术要求", BODY)))
    found = find_sections(reading)
    assert len(found) == MOST
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert find_sections(of_lines("、" * 100_000)) == ()
    assert find_sections(of_lines("(" * 50_000, "1." * 50_000, "★" * 50_000)) == ()


def test_places_are_those_of_the_reading() -> None:
    reading = of_lines("一、概况", "二、技术要求", BODY)
    (found,) = find_sections(reading)
    assert reading.passage(found.start, found.end).text == BODY
    assert found.heading == reading.passage(found.heading.start, found.heading.end)


@pytest.mark.parametrize(
    "label", ["技术参数", "技术参数及要求", "功能描述", "规格型号", "参 数", "配置要求"]
)
def test_columns_of_requirements_are_known(label: str) -> None:
    assert is_column(label)


@pytest.mark.parametrize("label", ["数量", "名称", "单价（元）", "偏离说明", "资格要求", "型号"])
def test_other_columns_are_none(label: str) -> None:
    assert not is_column(label)


def test_names_of_files_and_sentences() -> None:
    assert names_requirements("采购需求.pdf")
    assert not names_requirements("技术参数偏离表.docx")
    assert parse_heading("投标人应满足本项目的技术要求，并提供证明。") is None
