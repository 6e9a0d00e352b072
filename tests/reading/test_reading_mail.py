"""Mails and saved pages: who wrote what, the text in its fullest form, and every file beside it."""

from __future__ import annotations

import base64
import contextlib
import io
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tenderlight.model import Unreadable
from tenderlight.reading import limits, read_document
from tenderlight.reading.alone import read_alone
from tenderlight.reading.containers.header_text import header_text, parameters

LIST = "摄像机 3 台\n硬盘 2 块\n".encode("gbk")
"""Invented, as everything here."""
PAGE = "<p>各位：见<b>附件</b></p><table><tr><td>预算<td>12万元</table>"


def mail(subject: str = "市公安局采购公告") -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = subject
    letter["From"] = "采购办 <office@example.cn>"
    letter["To"] = "agent@example.cn"
    letter["Date"] = "Mon, 01 Jun 2026 08:00:00 +0800"
    return letter


def full_mail() -> bytes:
    letter = mail()
    letter.set_content("各位：见附件\n预算12万元", charset="gbk")
    letter.add_alternative(PAGE, subtype="html", charset="gb18030")
    letter.add_attachment(LIST, maintype="text", subtype="plain", filename="采购清单.txt")
    return letter.as_bytes()


def picture(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((width, height), 60).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_mail_gives_subject_correspondents_text_and_files() -> None:
    reading = read_document(full_mail(), "n.eml")
    assert reading.media_type == "message/rfc822"
    assert reading.text.splitlines() == [
        "市公安局采购公告",
        "发件人：采购办 <office@example.cn>",
        "收件人：agent@example.cn",
        "发送时间：Mon, 01 Jun 2026 08:00:00 +0800",
        "各位：见附件",
        "预算",
        "12万元",
        "摄像机 3 台",
        "硬盘 2 块",
    ]
    assert reading.blocks[0].kind == "title"
    assert [block.table for block in reading.blocks if block.kind == "cell"][:2] == [0, 0]
    assert [part.name for part in reading.parts] == ["采购清单.txt"]


def test_without_a_page_the_plain_text_is_read() -> None:
    letter = mail()
    letter.set_content("预算金额：12万元", charset="gb2312")
    assert read_document(letter.as_bytes(), "n").text.endswith("预算金额：12万元")


def test_a_line_that_flows_on_is_one_line() -> None:
    raw = b"From: a@b.cn\nTo: c@d.cn\nDate: x\nContent-Type: text/plain; format=flowed\n\n"
    text = read_document(raw + b"The budget \nis 12.\nNext", "n").text
    assert text.splitlines()[-2:] == ["The budget is 12.", "Next"]


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b"=?GB2312?B?ssm5urmruOY=?=", "采购公告"),
        (b"=?utf-8?Q?=E9=87=87?= =?UTF-8?Q?=E8=B4=AD?=", "采购"),
        (b"=?utf-8?B?6Yc=?=\r\n =?utf-8?B?h+i0rQ==?=", "采购"),
        (b"Re: =?gbk?Q?=D4=A4=CB=E3?= 12", "Re: 预算 12"),
        ("采购公告".encode("gbk"), "采购公告"),
        (b"=?no-such-set?B?ssm5urmruOY=?=", "采购公告"),
        (b"plain", "plain"),
    ],
)
def test_words_of_a_head_are_read_however_they_are_written(raw: bytes, meant: str) -> None:
    assert header_text(raw) == meant


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (b'attachment; filename="a;b.doc"', "a;b.doc"),
        (b'attachment; filename="=?gbk?B?1KTL4y5kb2M=?="', "预算.doc"),
        ("attachment; filename=预算.doc".encode("gbk"), "预算.doc"),
        (b"attachment; filename*=utf-8''%E9%A2%84%E7%AE%97.doc", "预算.doc"),
        (b"attachment; filename*=gb18030'zh'%D4%A4%CB%E3.doc; filename=x.doc", "预算.doc"),
        (b"attachment; filename*0=long; filename*1=name; filename*2=.doc", "longname.doc"),
    ],
)
def test_names_of_files_are_read_however_they_are_written(raw: bytes, meant: str) -> None:
    assert parameters(raw)["filename"] == meant


@given(st.text("采购公告abc =?_.;\"'*%", max_size=40), st.sampled_from(["utf-8", "gb18030"]))
def test_encoding_a_subject_and_reading_it_gives_it_back(subject: str, charset: str) -> None:
    packed = base64.b64encode(subject.encode(charset)).decode()
    assert header_text(f"=?{charset}?B?{packed}?=".encode()) == subject


def test_a_mail_inside_a_mail_is_a_document_of_its_own() -> None:
    outer = mail("转发")
    outer.set_content("见附件")
    inner = mail("原公告")
    inner.set_content("预算12万元")
    outer.add_attachment(inner)
    reading = read_document(outer.as_bytes(), "n")
    assert [part.name for part in reading.parts] == ["mail.eml"]
    assert reading.text.endswith("预算12万元")
    assert reading.block_at(reading.text.index("原公告")).part == "mail.eml"


def test_logos_in_the_text_are_left_out_and_scans_are_not() -> None:
    letter = mail()
    letter.set_content(PAGE, subtype="html")
    for name, size in (("logo", (120, 40)), ("banner", (900, 120)), ("scan", (600, 850))):
        payload = picture(*size)
        letter.add_related(payload, "image", "png", cid=f"<{name}>", filename=f"{name}.png")
    letter.add_attachment(picture(90, 90), "image", "png", filename="seal.png")
    names = [member.name for member in read_alone(letter.as_bytes(), "n").members]
    assert names == ["scan.png", "seal.png"]


def test_names_of_files_beside_a_mail_lead_nowhere() -> None:
    letter = mail()
    letter.set_content("x")
    letter.add_attachment(LIST, maintype="text", subtype="plain", filename="../../etc/a.txt")
    assert [member.name for member in read_alone(letter.as_bytes(), "n").members] == ["etc/a.txt"]


@pytest.mark.parametrize("kind", ["multipart/encrypted", "application/pkcs7-mime"])
def test_a_locked_mail_is_told_by_name(kind: str) -> None:
    raw = (
        f"From: a@b.cn\nTo: c@d.cn\nSubject: x\nContent-Type: {kind}; boundary=q\n\n--q\n\nVersion"
    )
    reading = read_document(raw.encode(), "n")
    assert "reading.encrypted" in {problem.code for problem in reading.problems}


def test_text_that_begins_like_a_mail_is_text() -> None:
    for text in ("From: here\nto there", "Subject: 采购\n\n预算", "To: a\nDate: b\n\nhello"):
        assert read_document(text.encode(), "n").media_type == "text/plain"


def nested(depth: int) -> bytes:
    raw = b"From: a@b.cn\nTo: c@d.cn\nSubject: x\n"
    for level in range(depth):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return raw + b"\nin the middle"


def test_parts_inside_parts_end_at_the_limit() -> None:
    assert read_document(nested(limits.MAIL_DEPTH), "n").text.endswith("in the middle")
    deep = read_document(nested(2_000), "n")
    assert [problem.code for problem in deep.problems] == ["reading.over-limit"]


def test_many_parts_end_at_the_limit() -> None:
    raw = b"From: a@b.cn\nTo: c@d.cn\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
    reading = read_document(raw + b"--b\n\nx\n" * 30_000, "n")
    assert 1_000 < reading.text.count("\nx") <= limits.MAIL_PARTS
    assert {problem.code for problem in reading.problems} <= {"reading.over-limit"}


def test_a_text_that_is_too_long_is_told_and_the_files_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", 20)
    got = read_alone(full_mail(), "n")
    assert [problem.code for problem in got.reading.problems] == ["reading.too-large"]
    assert [member.name for member in got.members] == ["采购清单.txt"]


@pytest.mark.parametrize("rubbish", [b';a="', b"=?a?q?", b"; ", b"\\", b"'*0*=", b"%e6", b","])
def test_a_hostile_head_takes_no_time(rubbish: bytes) -> None:
    field = b"Content-Type: multipart/mixed; boundary=b" + rubbish * 4_000 + b"\n"
    raw = b"From: " + rubbish * 4_000 + b"\nTo: a\nSubject: x\n" + field + b"\n"
    with contextlib.suppress(Unreadable):
        read_alone(raw + (b"--b\n" + field + b"\n\nx\n") * 60, "n")


SAVED = (
    'From: "Saved by a browser"\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
    'Content-Type: multipart/related; type="text/html"; boundary="----=_q"\r\n\r\n'
    "------=_q\r\nContent-Type: text/html; charset=gb2312\r\n"
    "Content-Transfer-Encoding: base64\r\nContent-Location: http://example.cn/a/n.html\r\n\r\n"
)


def saved_page(page: bytes, more: str = "") -> bytes:
    body = base64.encodebytes(page).decode()
    return f"{SAVED}{body}\r\n{more}------=_q--\r\n".encode()


def beside(kind: str, location: str, payload: bytes) -> str:
    body = base64.encodebytes(payload).decode()
    return (
        f"------=_q\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {location}\r\n\r\n{body}\r\n"
    )


def test_a_saved_page_is_read_as_the_page() -> None:
    reading = read_document(saved_page(f"<title>公告</title>{PAGE}".encode("gbk")), "n.mht")
    assert reading.media_type == "multipart/related"
    assert reading.encoding == "gb18030"
    assert reading.text.splitlines() == ["公告", "各位：见附件", "预算", "12万元"]
    assert reading.blocks[0].part == "head"


def test_frames_and_scans_of_a_saved_page_are_documents_of_their_own() -> None:
    more = beside("image/png", "http://example.cn/logo.png", picture(90, 40))
    more += beside("image/png", "http://example.cn/a/%E6%89%AB%E6%8F%8F.png?x=1", picture(500, 700))
    more += beside("text/css", "http://example.cn/a.css", b"p { color: red }")
    more += beside("text/html", "file:///C:/sheet001.htm", PAGE.encode("gbk"))
    names = [member.name for member in read_alone(saved_page(b"<p>x</p>", more), "n").members]
    assert names == ["扫描.png", "sheet001.htm"]


def test_a_saved_page_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = saved_page(PAGE.encode("gbk") * 50)
    assert read_document(whole[:-500], "n").text.startswith("各位：见附件")
    with pytest.raises(Unreadable) as refused:
        read_document(SAVED[:150].encode() + b"\r\n\r\n", "n")
    assert refused.value.code == "reading.damaged"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([full_mail(), saved_page(PAGE.encode("gbk"))]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=9),
    st.floats(0, 1),
)
def test_a_damaged_mail_is_read_or_refused_and_nothing_else(
    whole: bytes, changes: list[tuple[float, int]], kept: float
) -> None:
    payload = bytearray(whole)
    for place, value in changes:
        payload[int(place * (len(payload) - 1))] = value
    with contextlib.suppress(Unreadable):
        read_document(bytes(payload[: 1 + int(kept * len(payload))]), "n")
