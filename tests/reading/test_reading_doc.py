"""Binary Word documents: one made by LibreOffice, and the same broken in every way."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from tenderlight.model import Unreadable
from tenderlight.reading.office.compound import build_compound, stored_objects
from tenderlight.reading.office.doc_file import open_word
from tenderlight.reading.office.doc_properties import Run, Shape, changes, run_of, shape_of
from tests.reading.office_made import cells, kinds, opened, read

NOTICE = (Path(__file__).parent / "documents" / "notice.doc").read_bytes()
TEXT = """一、项目概况
（一）采购内容
一.一.1 2024年建设
一.一.2摄像机
（二）预算
二、资格要求
（一）信用
二.一.1 2024年起
删除测试：新值120万元
隐藏测试：看得见
符号：☑是□否，像素≥400万
域：2026
外00 外01 外02 外10 外11 内00 内01 内10 内11 外12 外22 外20 外21
第一行
第二行\t制表
表后段落
框内文字"""


def test_a_binary_document_is_read_with_numbers_symbols_changes_and_hidden_text() -> None:
    found = kinds(read(NOTICE))
    assert found[0] == ("TEXT", "某市公安局采购中心（虚构）")
    assert found[-1] == ("TEXT", "第 1 页")
    assert [text for _, text in found[1:-1]] == [
        word
        for line in TEXT.split("\n")
        for word in (line.split(" ") if line.startswith("外") else [line])
    ]


def test_spans_and_nested_tables_of_a_binary_document_are_exact() -> None:
    assert cells(read(NOTICE)) == [
        (0, 0, 0, 1, 1), (0, 0, 1, 1, 2), (0, 0, 1, 1, 2), (0, 1, 0, 1, 1), (0, 1, 1, 1, 1),
        (1, 0, 0, 1, 1), (1, 0, 1, 1, 1), (1, 1, 0, 1, 1), (1, 1, 1, 1, 1), (0, 1, 2, 2, 1),
        (0, 1, 2, 2, 1), (0, 2, 0, 1, 1), (0, 2, 1, 1, 1),
    ]  # fmt: skip


def test_the_large_picture_of_a_binary_document_is_handed_on_and_the_small_one_is_not() -> None:
    members = opened(NOTICE).members
    assert [member.payload[:4] for member in members] == [b"\x89PNG"]


def test_the_bit_for_encryption_is_believed() -> None:
    at = NOTICE.index(b"\xec\xa5")
    locked = NOTICE[: at + 11] + bytes([NOTICE[at + 11] | 1]) + NOTICE[at + 12 :]
    with pytest.raises(Unreadable) as refused:
        read(locked)
    assert refused.value.code == "reading.encrypted"


def test_word_95_and_a_file_without_its_end_are_refused_by_name() -> None:
    at = NOTICE.index(b"\xec\xa5")
    old = NOTICE[: at + 2] + b"\x65\x00" + NOTICE[at + 4 :]
    for payload, code in ((old, "unknown-format"), (NOTICE[:25_000], "damaged")):
        with pytest.raises(Unreadable) as refused:
            read(payload)
        assert refused.value.code == f"reading.{code}"


def test_a_document_broken_anywhere_is_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(4)
    for _ in range(150):
        broken = bytearray(NOTICE)
        for _ in range(chance.choice((1, 5, 50))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        cut = len(broken) if chance.random() < 0.7 else chance.randrange(len(broken))
        with contextlib.suppress(Unreadable):
            read(bytes(broken[:cut]))


def test_properties_that_break_off_are_left_out() -> None:
    hidden = bytes.fromhex("3c0801")
    assert run_of(Run(), hidden + b"\x03\x6a\x01").hidden
    assert list(changes(b"\x08\xd6\xff")) == []
    assert shape_of(Shape(), bytes.fromhex("16240117240149660200"), b"").tables == 1


def test_a_row_says_which_of_its_cells_are_merged() -> None:
    places = b"".join(place.to_bytes(2, "little") for place in (0, 100, 200, 300))
    flags = [b"\x01\x00", b"\x02\x00", b"\x60\x00"]
    body = b"\x03" + places + b"".join(flag + bytes(18) for flag in flags)
    defined = b"\x08\xd6" + (len(body) + 1).to_bytes(2, "little") + body
    found = shape_of(Shape(), defined, b"").edges
    assert [(edge.left, edge.right, edge.merge) for edge in found] == [
        (0, 200, ""), (100, 200, "gone"), (200, 300, "restart"),
    ]  # fmt: skip


def test_compound_files_that_were_built_are_read_back() -> None:
    chance = random.Random(5)
    streams = {f"流{n}": chance.randbytes(n * 1500) for n in range(1, 9)}
    streams["WordDocument"] = NOTICE
    built = build_compound(streams) or b""
    assert stored_objects(built, "ObjectPool") == ()
    with pytest.raises(Unreadable) as refused:
        open_word(built)
    assert refused.value.code == "reading.damaged"
