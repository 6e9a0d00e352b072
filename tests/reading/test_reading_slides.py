"""PowerPoint, old and new: slides in order, tables, notes, hidden slides, with known truth."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from tenderlight.model import Unreadable
from tests.reading.office_made import A, P, R, cells, kinds, opened, read, relations, zipped

OLD = (Path(__file__).parent / "documents" / "slides.ppt").read_bytes()
SPACES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'


def shape(words: str, top: int, kind: str = "", left: int = 0) -> str:
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in words.split("|"))
    return (
        f"<p:sp><p:nvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr><a:xfrm>"
        f'<a:off x="{left}" y="{top * 360_000}"/></a:xfrm></p:spPr>'
        f"<p:txBody>{lines}</p:txBody></p:sp>"
    )


def cell(words: str, spans: str = "") -> str:
    return f"<a:tc {spans}><a:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></a:txBody></a:tc>"


def pptx(*slides: str, hidden: int = 0, notes: str = "") -> bytes:
    """Slides of these shapes; the one of that number is hidden, the first has notes."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{256 + n}" r:id="slide{n}"/>' for n in range(1, len(slides) + 1))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"slide{n}": f"slides/slide{n}.xml" for n in range(1, len(slides) + 1)}
        ),
        "ppt/slides/_rels/slide1.xml.rels": relations(notesSlide1="../notesSlides/n1.xml"),
        "ppt/notesSlides/n1.xml": f"<p:notes {SPACES}><p:cSld><p:spTree>"
        f"{shape(notes, 0, 'body')}</p:spTree></p:cSld></p:notes>",
    }
    for number, shapes in enumerate(slides, 1):
        shown = ' show="0"' if number == hidden else ""
        parts[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {SPACES}{shown}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        )
    return zipped(parts)


def test_titles_come_first_then_shapes_from_the_top_and_the_left() -> None:
    slide = shape("下", 9) + shape("右", 4, left=9) + shape("左|行", 4) + shape("题", 5, "title")
    found = read(pptx(slide + shape("页脚", 1, "ftr"), shape("第二页", 1), notes="备注"))
    assert kinds(found) == [
        ("heading", "题"), ("TEXT", "页脚"), ("text", "左"), ("text", "行"), ("text", "右"),
        ("text", "下"), ("TEXT", "备注"), ("text", "第二页"),
    ]  # fmt: skip
    assert [block.page for block in found.blocks] == [1] * 7 + [2]


def test_spans_of_a_slides_table_are_exact() -> None:
    rows = (
        [cell("甲", 'gridSpan="2"'), cell("", 'hMerge="1"')],
        [cell("乙", 'rowSpan="2"'), cell("丙")],
        [cell("", 'vMerge="1"'), cell("丁")],
    )
    written = "".join(f"<a:tr>{''.join(row)}</a:tr>" for row in rows)
    frame = f"<p:graphicFrame><a:graphic><a:tbl>{written}</a:tbl></a:graphic></p:graphicFrame>"
    found = read(pptx(frame))
    assert found.text.split("\n") == list("甲乙丙丁")
    assert cells(found) == [(0, 0, 0, 1, 2), (0, 1, 0, 2, 1), (0, 1, 1, 1, 1), (0, 2, 1, 1, 1)]


def test_hidden_slides_are_read_and_named() -> None:
    found = read(pptx(shape("甲", 1), shape("乙", 1), hidden=2))
    assert found.text == "甲\n乙"
    assert [(problem.code, problem.unread) for problem in found.problems] == [
        ("reading.hidden", False)
    ]


def test_a_binary_presentation_is_read_with_its_table_and_notes() -> None:
    found = read(OLD)
    assert kinds(found)[:5] == [
        ("heading", "视频监控建设方案（虚构）"), ("text", "第一条：预算 12 万元"),
        ("text", "第二条"), ("TEXT", "讲稿备注"), ("heading", "清单"),
    ]  # fmt: skip
    assert cells(found) == [
        (0, 0, 0, 1, 2), (0, 0, 0, 1, 2), (0, 0, 2, 1, 1), (0, 1, 0, 1, 1), (0, 1, 1, 1, 1),
        (0, 1, 2, 2, 1), (0, 1, 2, 2, 1), (0, 2, 0, 1, 1), (0, 2, 1, 1, 1),
    ]  # fmt: skip
    assert found.text.endswith("详见附件")


def test_presentations_broken_anywhere_are_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(8)
    new = pptx(shape("甲", 1), shape("乙", 1), notes="备注")
    for whole in (OLD, new):
        for _ in range(100):
            broken = bytearray(whole)
            for _ in range(chance.choice((1, 5, 30))):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            cut = len(broken) if chance.random() < 0.7 else chance.randrange(len(broken))
            with contextlib.suppress(Unreadable):
                opened(bytes(broken[:cut]))


def test_a_presentation_without_slides_is_damaged() -> None:
    for payload in (pptx(), OLD[:9000]):
        with pytest.raises(Unreadable) as refused:
            read(payload)
        assert refused.value.code in ("reading.damaged", "reading.unknown-format")
