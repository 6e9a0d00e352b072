"""Mails as Outlook saves them: MSG, winmail.dat, packed rich text with a page folded into it."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderlight.model import Unreadable
from tenderlight.reading import read_document
from tenderlight.reading.alone import read_alone
from tenderlight.reading.containers.rich_text import folded_page, unpacked

NOTICE = "采购公告\n预算金额：12万元".encode()
"""Invented, as everything here."""
PAGE = "<p>见<b>附件</b></p><table><tr><td>预算<td>12万元</table>"
END, NONE = 0xFFFFFFFE, 0xFFFFFFFF


@dataclass
class Folder:
    """A folder of a compound file: streams and folders by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)


def compound_of(root: Folder) -> bytes:
    """A compound file ([MS-CFB]) in sectors of 4096 bytes, with small streams in 64."""
    size, chains, table = 4096, bytearray(), list[int]()
    small_chains, small_table = bytearray(), list[int]()

    def keep(payload: bytes, small: bool = False) -> int:
        if not payload:
            return END
        unit, into = (64, small_chains) if small else (size, chains)
        numbers = small_table if small else table
        first, count = len(numbers), -(-len(payload) // unit)
        numbers.extend(range(first + 1, first + count))
        numbers.append(END)
        into.extend(payload.ljust(count * unit, b"\0"))
        return first

    entries: list[bytes] = []

    def entry(name: str, kind: int, right: int, child: int, start: int, length: int) -> bytes:
        wide = name.encode("utf-16-le")
        head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
        return head + struct.pack("<III36xIQ", NONE, right, child, start, length)

    def write(folder: Folder, name: str, kind: int, right: int, at: int) -> None:
        names = [*folder.streams, *folder.folders]
        places = []
        for _ in names:
            places.append(len(entries))
            entries.append(b"")
        entries[at] = entry(name, kind, right, places[0] if places else NONE, END, 0)
        for number, inner in enumerate(names):
            after = places[number + 1] if number + 1 < len(names) else NONE
            if inner in folder.folders:
                write(folder.folders[inner], inner, 1, after, places[number])
            else:
                payload = folder.streams[inner]
                place = keep(payload, len(payload) < 4096)
                entries[places[number]] = entry(inner, 2, after, NONE, place, len(payload))

    entries.append(b"")
    write(root, "Root Entry", 5, NONE, 0)
    start = struct.pack("<IQ", keep(bytes(small_chains)), len(small_chains))
    entries[0] = entries[0][:116] + start
    few = keep(struct.pack(f"<{len(small_table)}I", *small_table).ljust(size, b"\xff"))
    directory = keep(b"".join(entries))
    first = len(table)
    table.append(0xFFFFFFFD)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(size, b"\xff")
    assert len(fat) == size
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 4, 0xFFFE, 12, 6,
        0, 1, directory, 0, 4096, few, 1, END, 0,
    )  # fmt: skip
    head = head + struct.pack("<I", first) + b"\xff" * 432
    return head.ljust(size, b"\0") + bytes(chains) + fat


def properties(first: int, **values: int) -> bytes:
    tags = {"codepage": 0x3FFD0003, "page": 0x3FDE0003, "sent": 0x00390040}
    rows = [struct.pack("<IIQ", tags[name], 6, value) for name, value in values.items()]
    return bytes(first) + b"".join(rows)


def wide(**texts: str) -> dict[str, bytes]:
    return {f"__substg1.0_{tag[1:]}001F": text.encode("utf-16-le") for tag, text in texts.items()}


def file_of(name: str, payload: bytes) -> Folder:
    return Folder(
        {
            **wide(_3707=name),
            "__substg1.0_37010102": payload,
            "__properties_version1.0": properties(8),
        }
    )


def message(first: int = 32, **more: Folder) -> Folder:
    texts = {"_0037": "市公安局采购公告", "_0C1A": "采购办", "_0C1F": "office@example.cn"}
    streams = wide(**texts, _0E04="agent@example.cn", _1000="纯文本")
    streams["__substg1.0_10130102"] = PAGE.encode("gbk")
    sent = properties(first, page=936, sent=132752088000000000)
    return Folder({**streams, "__properties_version1.0": sent}, dict(more))


def attached(*files: Folder) -> dict[str, Folder]:
    return {f"__attach_version1.0_#{n:08X}": file for n, file in enumerate(files)}


def test_a_message_gives_subject_correspondents_text_and_files() -> None:
    payload = compound_of(message(**attached(file_of("公告.txt", NOTICE * 200))))
    reading = read_document(payload, "n.msg")
    assert reading.media_type == "application/vnd.ms-outlook"
    assert reading.text.splitlines()[:7] == [
        "市公安局采购公告",
        "发件人：采购办 <office@example.cn>",
        "收件人：agent@example.cn",
        "发送时间：2021-09-04 06:00 UTC",
        "见附件",
        "预算",
        "12万元",
    ]
    assert [block.kind for block in reading.blocks[4:7]] == ["text", "cell", "cell"]
    assert [(part.name, part.size) for part in reading.parts] == [("公告.txt", len(NOTICE) * 200)]


def test_a_message_inside_a_message_is_read_in_its_place() -> None:
    inner = message(24, **attached(file_of("清单.txt", NOTICE)))
    holder = Folder(
        {**wide(_3707="转发"), "__properties_version1.0": properties(8)},
        {"__substg1.0_3701000D": inner},
    )
    reading = read_document(compound_of(message(**attached(holder))), "n")
    assert reading.text.count("市公安局采购公告") == 2
    assert [block.kind for block in reading.blocks if block.kind in ("title", "heading")] == [
        "title",
        "heading",
    ]
    assert [part.name for part in reading.parts] == ["转发/清单.txt"]
    assert [block.table for block in reading.blocks if block.table is not None][-1] == 1


def test_texts_in_an_old_character_set_are_read_by_the_code_page() -> None:
    streams = {
        "__substg1.0_0037001E": "招標公告".encode("big5"),
        "__substg1.0_1000001E": "預算金額".encode("big5"),
        "__properties_version1.0": properties(32, codepage=950),
    }
    assert read_document(compound_of(Folder(streams)), "n").text == "招標公告\n預算金額"


RICH = (
    rb"{\rtf1\ansi\ansicpg936\fromhtml1 {\fonttbl{\f0 SimSun;}}{\*\htmltag64 <table><tr><td>}"
    rb"\htmlrtf {\htmlrtf0 \'d4\'a4\'cb\'e3\htmlrtf }\htmlrtf0 {\*\htmltag <td>}\u20803?"
    rb"{\*\htmltag <td>}12\~a\{b\}\par{\*\htmltag </table>}}"
)


def packed(rtf: bytes) -> bytes:
    """As [MS-OXRTFCP] packs, every byte for itself."""
    body = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", 0) + body


def test_a_page_folded_into_rich_text_is_unfolded() -> None:
    page = folded_page(RICH)
    assert page is not None
    assert page.text == "<table><tr><td>预算<td>&#20803;<td>12&nbsp;a{b}\r\n</table>"
    streams = {**wide(_0037="公告", _1000="预算 元"), "__substg1.0_10090102": packed(RICH)}
    streams["__properties_version1.0"] = properties(32)
    reading = read_document(compound_of(Folder(streams)), "n")
    assert reading.text.splitlines() == ["公告", "预算", "元", "12\u00a0a{b}"]
    assert {block.kind for block in reading.blocks[1:]} == {"cell"}


def test_rich_text_without_a_page_is_a_document_if_nothing_else_says_as_much() -> None:
    plain = rb"{\rtf1\ansi Hello}"
    streams = {"__substg1.0_10090102": packed(plain), "__properties_version1.0": properties(32)}
    members = read_alone(compound_of(Folder({**streams, **wide(_0037="x")})), "n").members
    assert [(member.name, member.payload) for member in members] == [("text.rtf", plain)]
    both = Folder({**streams, **wide(_0037="x", _1000="Hello")})
    assert read_alone(compound_of(both), "n").members == ()


def test_packed_rich_text_may_point_back_into_itself() -> None:
    """The example of [MS-OXRTFCP] §4.2, in which a run points back at what it is writing."""
    example = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert unpacked(bytes.fromhex(example)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unpacked(struct.pack("<II4sI", 20, 5, b"MELA", 0) + b"{abc}") == b"{abc}"
    assert unpacked(b"neither") == b""


@given(st.binary(max_size=2000))
def test_packing_rich_text_and_unpacking_it_gives_it_back(rtf: bytes) -> None:
    assert unpacked(packed(rtf)) == rtf


@given(st.binary(max_size=300))
def test_any_bytes_are_unpacked_to_something(rubbish: bytes) -> None:
    assert len(unpacked(struct.pack("<II4sI", 9, 1 << 31, b"LZFu", 0) + rubbish)) <= 17 * 300
    with contextlib.suppress(Unreadable):
        folded_page(b"{\\rtf1\\fromhtml1" + rubbish)


def attribute(level: int, tag: int, value: bytes) -> bytes:
    return (
        struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    )


def winmail() -> bytes:
    name = "采购清单.txt".encode("utf-16-le") + b"\0\0"
    rows = struct.pack("<I", 2) + struct.pack("<HHI", 3, 0x3705, 1)
    rows += struct.pack("<HHII", 0x1F, 0x3707, 1, len(name)) + name.ljust(
        -(-len(name) // 4) * 4, b"\0"
    )
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(
        [
            attribute(1, 0x00018004, "采购公告".encode("gbk") + b"\0"),
            attribute(1, 0x0002800C, "见附件".encode("gbk") + b"\0"),
            attribute(2, 0x00069002, bytes(14)),
            attribute(2, 0x00069005, rows),
            attribute(2, 0x00018010, b"LIST~1.TXT\0"),
            attribute(2, 0x0006800F, NOTICE),
        ]
    )


def test_the_files_in_a_winmail_come_out_under_their_long_names() -> None:
    got = read_alone(winmail(), "winmail.dat")
    assert got.reading.text == "采购公告\n见附件"
    assert [(member.name, member.payload) for member in got.members] == [("采购清单.txt", NOTICE)]


def test_an_empty_winmail_holds_nothing() -> None:
    with pytest.raises(Unreadable) as refused:
        read_alone(winmail()[:20], "winmail.dat")
    assert refused.value.code == "reading.no-text"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([compound_of(message(**attached(file_of("公告.txt", NOTICE)))), winmail()]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30),
    st.floats(0, 1),
)
def test_a_damaged_message_is_read_or_refused_and_nothing_else(
    whole: bytes, changes: list[tuple[float, int]], kept: float
) -> None:
    payload = bytearray(whole)
    for place, value in changes:
        payload[int(place * (len(payload) - 1))] = value
    with contextlib.suppress(Unreadable):
        read_document(bytes(payload[: 9 + int(kept * len(payload))]), "n")
