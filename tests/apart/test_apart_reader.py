"""Reading in a process of its own gives what reading here gives, and stands whatever it meets."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import pytest
from reportlab.pdfgen.canvas import Canvas

from tenderlight.apart import Apart
from tenderlight.model import Box, Unreadable
from tenderlight.reading import read_alone

PAGE = "<h1>采购公告</h1><p>采购人：市公安局</p><table><tr><td>预算<td>12万元</table>".encode("gbk")


def pdf(*lines: str) -> bytes:
    """An invented PDF with one line on each page."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(300, 200))
    for line in lines:
        canvas.drawString(20, 100, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as apart:
        yield apart


def test_a_page_and_a_pdf_are_read_as_they_are_read_here(apart: Apart) -> None:
    for payload in (PAGE, pdf("Budget 120,000.00", "Page two"), b'{"title": "\xe9\x87\x87"}'):
        assert apart.read(payload, "a") == read_alone(payload, "a")


def test_a_refusal_comes_through_with_its_code_and_hint(apart: Apart) -> None:
    for payload in (b"", bytes(range(256)) * 9):
        with pytest.raises(Unreadable) as here:
            read_alone(payload, "a")
        with pytest.raises(Unreadable) as there:
            apart.read(payload, "a")
        assert (there.value.code, there.value.what, there.value.hint) == (
            here.value.code,
            here.value.what,
            here.value.hint,
        )


def test_texts_share_a_process_and_other_documents_have_one_each(apart: Apart) -> None:
    before = _children(apart)
    apart.read(PAGE, "a")
    apart.read(PAGE, "b")
    apart.read(pdf("x"), "c")
    assert len(_children(apart)) <= 1
    assert len(_children(apart) | before) <= 2


def test_a_page_is_drawn_apart(apart: Apart) -> None:
    payload = pdf("Budget 120,000.00")
    sheet = apart.read(payload, "a").reading.sheets[0]
    plain = apart.page_picture(payload, sheet, width=300)
    hidden = apart.page_picture(payload, sheet, hide=[Box("body", 1, 0, 80, 300, 120)], width=300)
    assert plain.startswith(b"\x89PNG")
    assert plain != hidden


def test_a_box_of_another_page_is_refused(apart: Apart) -> None:
    payload = pdf("x")
    sheet = apart.read(payload, "a").reading.sheets[0]
    with pytest.raises(ValueError, match="page 1"):
        apart.page_picture(payload, sheet, mark=[Box("body", 2, 0, 0, 1, 1)])


def test_closed_it_leaves_no_process_and_can_be_used_again() -> None:
    apart = Apart()
    apart.read(PAGE, "a")
    pid = _zygote(apart)
    apart.close()
    assert not os.path.exists(f"/proc/{pid}")
    assert apart.read(PAGE, "a") == read_alone(PAGE, "a")
    apart.close()


def _zygote(apart: Apart) -> int:
    zygote = apart._nursery._zygote
    assert zygote is not None
    return zygote.process.pid


def _children(apart: Apart) -> set[int]:
    apart.read(PAGE, "a")
    pid = _zygote(apart)
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return set(map(int, children.read().split()))
