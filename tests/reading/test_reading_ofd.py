"""OFD: pages assembled by the test, with known characters, places, tables and pictures."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile

import numpy as np
import pytest
from PIL import Image, ImageOps

from tenderlight.model import Reading, Unreadable
from tenderlight.pictures import Picture, Recognise, Recognised, Written
from tenderlight.reading import limits, read_document
from tenderlight.reading.alone import read_alone
from tenderlight.reading.document import Document
from tenderlight.reading.ofd.shown import show_page

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MM = 72 / 25.4


def text(words: str, x: float, y: float, *, size: float = 4.0, more: str = "") -> str:
    """A text object whose characters stand side by side, its base line at y."""
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} 150 {size * 1.3}" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {max(len(words) - 1, 1)} {size}">{words}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return (
        f'<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.3"><ofd:AbbreviatedData>'
        f"M {x0} {y0} L {x1} {y1}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image(x: float, y: float, width: float, height: float, resource: str = "7") -> str:
    return (
        f'<ofd:ImageObject Boundary="{x} {y} {width} {height}" '
        f'CTM="{width} 0 0 {height} 0 0" ResourceID="{resource}"/>'
    )


def ofd(*pages: str, extra: dict[str, str | bytes] | None = None, more: str = "") -> bytes:
    """An OFD of A4 pages. `more` goes into its document part, `extra` are further parts."""
    listed = "".join(
        f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="3" BaseLoc="Tpls/Tpl_0.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>'
        '<ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile>'
        "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>",
    }
    for number, content in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            content if content.startswith("<ofd:Page") else page(content)
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (parts | (extra or {})).items():
            package.writestr(name, part)
    return buffer.getvalue()


def page(content: str, template: str = "") -> str:
    return (
        f"<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer>{content}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def png(width: int = 600, height: int = 300, ink: int = 0) -> bytes:
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[height // 3 : height // 2, width // 4 : width // 2] = ink
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def cells(reading: Reading) -> dict[tuple[int, int], str]:
    return {
        (block.row, block.column): reading.text[block.start : block.end]
        for block in reading.blocks
        if block.row is not None and block.column is not None
    }


def test_characters_are_read_with_the_boxes_they_are_printed_in() -> None:
    reading = read_document(ofd(text("预算金额：壹佰万元", 30, 50)), "n")
    assert reading.text == "预算金额：壹佰万元"
    assert reading.media_type == "application/ofd"
    (box,) = reading.boxes(2, 4)
    assert (box.left, box.right) == (
        pytest.approx(38 * MM, abs=0.1),
        pytest.approx(46 * MM, abs=0.1),
    )
    assert box.top < (50 - 3) * MM < 50 * MM < box.bottom
    (sheet,) = reading.sheets
    assert (round(sheet.width), round(sheet.height)) == (595, 842)


def test_drawn_lines_make_a_table_with_spans() -> None:
    rules = "".join(line(20, y, 180, y) for y in (40, 60, 80)) + "".join(
        (line(20, 40, 20, 80), line(100, 60, 100, 80), line(180, 40, 180, 80))
    )
    words = text("采购清单", 40, 52) + text("摄像机", 30, 72) + text("12台", 110, 72)
    reading = read_document(ofd(rules + words), "n")
    assert cells(reading) == {(0, 0): "采购清单", (1, 0): "摄像机", (1, 1): "12台"}
    assert reading.blocks[0].column_span == 2


def test_steps_between_characters_are_followed_repeated_or_not() -> None:
    code = (
        '<ofd:TextObject Boundary="20 40 100 6" Font="1" Size="4"><ofd:TextCode X="0" Y="4" '
        'DeltaX="4 g 2 2 4">第12包甲</ofd:TextCode></ofd:TextObject>'
    )
    reading = read_document(ofd(code), "n")
    assert reading.text == "第12包甲"
    lefts = [round(reading.boxes(n, n + 1)[0].left / MM, 1) for n in range(5)]
    assert lefts == [20.0, 24.0, 26.0, 28.0, 32.0]


def test_a_template_and_nested_drawings_are_part_of_the_page() -> None:
    unit = (
        f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit '
        f'ID="9"><ofd:Content>{text("盖章处", 0, 10)}</ofd:Content></ofd:CompositeGraphicUnit>'
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    content = (
        f"<ofd:PageBlock>{text('正文', 20, 100)}</ofd:PageBlock>"
        '<ofd:CompositeObject Boundary="50 200 50 50" ResourceID="9" CTM="2 0 0 2 0 0"/>'
    )
    payload = ofd(
        page(content, '<ofd:Template TemplateID="3" ZOrder="Background"/>'),
        extra={"Doc_0/Tpls/Tpl_0.xml": page(text("抬头", 20, 30)), "Doc_0/DocumentRes.xml": unit},
    )
    reading = read_document(payload, "n")
    assert reading.text.split("\n") == ["抬头", "正文", "盖章处"]
    at = reading.text.index("盖")
    assert reading.boxes(at, at + 1)[0].left == pytest.approx(50 * MM, abs=0.1)
    assert reading.boxes(at, at + 1)[0].right == pytest.approx(58 * MM, abs=0.1)


def test_a_page_whose_words_stand_sideways_is_turned_upright() -> None:
    sideways = 'CTM="0 1 -1 0 0 0"'
    words = "".join(text("预算金额", x, 50, more=sideways) for x in (100, 80))
    reading = read_document(ofd(words), "n")
    assert reading.text.replace("\n", "") == "预算金额预算金额"
    (sheet,) = reading.sheets
    assert (sheet.turn, sheet.width > sheet.height) == (270, True)


def test_watermarks_and_words_set_aslant_are_left_out_and_said_so() -> None:
    aslant = 'CTM="0.7 0.7 -0.7 0.7 0 0"'
    reading = read_document(ofd(text("正文", 20, 40) + text("样张", 60, 90, more=aslant)), "n")
    assert reading.text == "正文"
    assert [(p.code, p.unread) for p in reading.problems] == [("reading.slanted", False)]


def test_annotations_are_read_unless_they_are_hidden() -> None:
    note = (
        f'<ofd:PageAnnot {SPACE}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="20 60 50 10">'
        f"{text('已审核', 0, 4)}</ofd:Appearance></ofd:Annot>"
        f'<ofd:Annot Type="Stamp" Visible="false"><ofd:Appearance Boundary="20 80 50 10">'
        f"{text('不可见', 0, 4)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    index = (
        f'<ofd:Annotations {SPACE}><ofd:Page PageID="10"><ofd:FileLoc>Page_0/Annot.xml'
        "</ofd:FileLoc></ofd:Page></ofd:Annotations>"
    )
    payload = ofd(
        text("正文", 20, 40),
        more="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        extra={"Doc_0/Annots/Annotations.xml": index, "Doc_0/Annots/Page_0/Annot.xml": note},
    )
    assert read_document(payload, "n").text.split("\n") == ["正文", "已审核"]


def test_two_documents_in_one_file_are_read_one_after_the_other() -> None:
    second = ofd(text("合同", 20, 40))
    with zipfile.ZipFile(io.BytesIO(second)) as package:
        parts = {n.replace("Doc_0", "Doc_1"): package.read(n) for n in package.namelist()}
    parts["OFD.xml"] = (
        f"<ofd:OFD {SPACE}>"
        + "".join(
            f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>"
            for n in (0, 1)
        )
        + "</ofd:OFD>"
    ).encode()
    reading = read_document(ofd(text("公告", 20, 40), extra=dict(parts)), "n")
    assert [(b.page, reading.text[b.start : b.end]) for b in reading.blocks] == [
        (1, "公告"),
        (2, "合同"),
    ]


def test_attached_files_are_read_as_parts() -> None:
    index = (
        f'<ofd:Attachments {SPACE}><ofd:Attachment ID="1" Name="清单" Format="txt"><ofd:FileLoc>'
        "qd.txt</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
    )
    payload = ofd(
        text("公告", 20, 40),
        more="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        extra={
            "Doc_0/Attachs/Attachments.xml": index,
            "Doc_0/Attachs/qd.txt": "摄像机 12台".encode(),
        },
    )
    reading = read_document(payload, "n")
    assert [part.name for part in reading.parts] == ["清单.txt"]
    assert reading.text.endswith("摄像机 12台")


def seal(name: str) -> bytes:
    """A sequence of ASN.1 with a name in it, as seals begin."""
    inner = b"\x16\x02ES\x0c" + bytes([len(name.encode())]) + name.encode()
    return b"\x30" + bytes([len(inner)]) + inner


@pytest.mark.parametrize(("name", "told"), [("某市公安局", True), ("张三", False)])
def test_seals_are_named_but_not_a_persons_and_not_verified(name: str, told: bool) -> None:
    extra: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>",
        "Doc_0/Signs/Signatures.xml": f'<ofd:Signatures {SPACE}><ofd:Signature ID="1" '
        'BaseLoc="S/Signature.xml"/></ofd:Signatures>',
        "Doc_0/Signs/S/Signature.xml": f"<ofd:Signature {SPACE}><ofd:SignedInfo><ofd:Seal>"
        '<ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal><ofd:StampAnnot PageRef="10"/>'
        "</ofd:SignedInfo></ofd:Signature>",
        "Doc_0/Signs/S/Seal.esl": seal(name),
    }
    (problem,) = read_document(ofd(text("公告", 20, 40), extra=extra), "n").problems
    assert problem.code == "reading.seal-unverified"
    assert problem.where == "pages 1"
    assert not problem.unread
    assert (name in problem.what) is told


def sees(words: str) -> tuple[list[Picture], Recognise]:
    """A recogniser that sees the same words in every picture, level, at one place."""
    asked: list[Picture] = []

    def recognise(picture: Picture) -> Recognised:
        asked.append(picture)
        left, top = picture.width * 0.4, picture.height * 0.4
        edges = tuple(left + 20 * at for n in range(len(words)) for at in (n, n + 1))
        found = Written(
            words, left, top, left + 20 * len(words), top + 24, edges, bytes([97]) * len(words)
        )
        return Recognised(engine="invented", lines=(found,))

    return asked, recognise


def test_a_scanned_page_is_recognised_and_knows_where_its_characters_stand() -> None:
    payload = ofd(image(0, 0, 210, 297), extra={"Doc_0/Res/scan.png": png(ink=255)})
    asked, recognise = sees("预算壹佰万元")
    reading = read_alone(payload, "n", recognise).reading
    assert reading.text == "预算壹佰万元"
    assert asked[0].name.endswith("#page=1&dpi=200")
    assert reading.sheets[0].recognised
    assert reading.boxes(0, 1)[0].left == pytest.approx(210 * MM * 0.4, abs=1)


def test_a_picture_beside_text_is_recognised_and_put_in_its_place() -> None:
    content = (
        text("一、采购公告的正文部分", 20, 30)
        + image(0, 60, 210, 180)
        + text("落款：某市公安局", 20, 280)
    )
    payload = ofd(content, extra={"Doc_0/Res/scan.png": png(ink=255)})
    _, recognise = sees("预算壹佰万元")
    reading = read_alone(payload, "n", recognise).reading
    assert reading.text.split("\n") == [
        "一、采购公告的正文部分",
        "预算壹佰万元",
        "落款：某市公安局",
    ]


def test_a_picture_with_its_text_laid_over_it_is_not_recognised_again() -> None:
    content = image(0, 0, 210, 297) + "".join(
        text("采购人：某市公安局", 20, 40 + 10 * n) for n in range(5)
    )
    asked, recognise = sees("不该读到")
    payload = ofd(content, extra={"Doc_0/Res/scan.png": png()})
    reading = read_alone(payload, "n", recognise).reading
    assert not asked
    assert "不该" not in reading.text


def test_a_picture_as_large_as_a_small_telephone_number_is_covered() -> None:
    payload = ofd(
        text("正文", 20, 20) + image(50, 50, 22, 2.6), extra={"Doc_0/Res/scan.png": png()}
    )
    assert len(read_document(payload, "n").sheets[0].covered) == 1


def test_without_a_recogniser_a_scan_is_refused_by_name_and_a_picture_covered() -> None:
    extra: dict[str, str | bytes] = {"Doc_0/Res/scan.png": png()}
    with pytest.raises(Unreadable) as refused:
        read_document(ofd(image(0, 0, 210, 297), extra=extra), "n")
    assert refused.value.code == "reading.scan"
    reading = read_document(ofd(text("正文", 20, 20) + image(0, 50, 210, 200), extra=extra), "n")
    assert [problem.code for problem in reading.problems] == ["reading.scan"]
    assert len(reading.sheets[0].covered) == 1


def test_a_page_is_shown_with_its_words_lines_and_pictures() -> None:
    content = text("预算", 20, 30, size=10) + line(20, 100, 190, 100) + image(20, 150, 100, 50)
    payload = ofd(content, extra={"Doc_0/Res/scan.png": png()})
    pixels = show_page(Document(payload, "n"), 1, 72)
    assert pixels.shape == (842, 595, 3)
    dark = pixels.min(axis=2) < 128
    words = dark[round(20 * MM) : round(33 * MM), round(20 * MM) : round(40 * MM)]
    assert 0.1 < words.mean() < 0.6
    assert dark[round(100 * MM) - 1 : round(100 * MM) + 2, round(50 * MM)].any()
    assert dark[round(170 * MM), round(20 * MM + 100 * MM * 0.3)]
    assert not dark[round(240 * MM) :].any()


def jbig2(picture: bytes) -> bytes:
    """A picture as a JBIG2 file: one region, coded as a fax (MMR), which Pillow can do."""
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        black = ImageOps.invert(image.convert("L")).convert("1")  # In a fax white comes first.
        black.save(buffer, "TIFF", compression="group4", strip_size=1 << 24)
    with Image.open(buffer) as tiff:
        (start,), (count,) = tiff.tag_v2[273], tiff.tag_v2[279]
    coded = buffer.getvalue()[start : start + count]
    size = struct.pack(">II", *black.size)
    region = size + bytes(8) + b"\0\1" + coded
    page = size + bytes(11)
    return (
        b"\x97JB2\r\n\x1a\n\1"
        + struct.pack(">I", 1)
        + b"".join(
            struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
            for number, (kind, data) in enumerate(((48, page), (38, region), (49, b""), (51, b"")))
        )
    )


def test_a_scan_in_jbig2_is_shown_and_a_broken_one_covered() -> None:
    scan = jbig2(png())
    payload = ofd(image(0, 0, 210, 297), extra={"Doc_0/Res/scan.png": scan})
    dark = show_page(Document(payload, "n"), 1, 72).min(axis=2) < 128
    assert dark[round(297 * MM * 0.4), round(210 * MM * 0.4)]
    assert not dark[round(297 * MM * 0.8) :].any()
    for broken in (scan[:20], scan[:13] + bytes(60), scan[:40]):
        payload = ofd(image(0, 0, 210, 297), extra={"Doc_0/Res/scan.png": broken})
        with pytest.raises(Unreadable) as refused:
            read_document(payload, "n")
        assert refused.value.code == "reading.scan"


def test_a_clear_layer_of_text_over_a_scan_is_read_and_not_seen() -> None:
    clear = '<ofd:FillColor Value="0 0 0" Alpha="0"/>'
    words = text("采购人：某市公安局甲乙丙", 20, 40).replace(
        "<ofd:TextCode", f"{clear}<ofd:TextCode"
    )
    payload = ofd(image(0, 0, 210, 297) + words, extra={"Doc_0/Res/scan.png": png(ink=255)})
    assert read_document(payload, "n").text == "采购人：某市公安局甲乙丙"
    assert show_page(Document(payload, "n"), 1, 72).min() > 250


@pytest.mark.parametrize("resource", ["7", "8"])
def test_a_picture_that_cannot_be_opened_is_named_and_covered(resource: str) -> None:
    content = text("正文", 20, 20) + image(0, 50, 210, 200, resource)
    asked, recognise = sees("不该读到")
    payload = ofd(content, extra={"Doc_0/Res/scan.png": b"no picture"})
    reading = read_alone(payload, "n", recognise).reading
    assert not asked
    assert [problem.code for problem in reading.problems] == ["reading.scan"]
    assert len(reading.sheets[0].covered) == 1


def test_a_page_in_a_font_without_a_key_is_recognised_or_covered() -> None:
    payload = ofd(text("\ue123\ue124\ue125\ue126", 20, 40))
    _, recognise = sees("预算壹佰万元")
    assert read_alone(payload, "n", recognise).reading.text == "预算壹佰万元"
    reading = read_document(ofd(text("\ue123\ue124\ue125", 20, 40), text("正文", 20, 40)), "n")
    assert "reading.garbled" in [problem.code for problem in reading.problems]
    assert reading.sheets[0].covered


def test_letters_drawn_as_paths_are_recognised() -> None:
    strokes = "".join(line(20 + n, 40, 21 + n, 44) for n in range(60))
    asked, recognise = sees("预算壹佰万元")
    reading = read_alone(ofd(strokes), "n", recognise).reading
    assert reading.text == "预算壹佰万元"
    assert min(asked[0].rgb) < 128


def test_a_missing_page_is_named_and_the_others_are_read() -> None:
    payload = ofd(text("第一页", 20, 40), "<ofd:Page", text("第三页", 20, 40))
    reading = read_document(payload, "n")
    assert reading.text == "第一页\n第三页"
    assert [(p.code, p.where, p.unread) for p in reading.problems] == [
        ("reading.damaged-page", "page 2", True)
    ]


def test_paths_written_otherwise_are_found() -> None:
    payload = ofd(text("公告", 20, 40))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(payload)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\").replace("Doc_0", "DOC_0"), old.read(name))
    assert read_document(buffer.getvalue(), "n").text == "公告"


def test_hostile_numbers_and_endless_repeats_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_CHARACTERS", 1000)
    evil = (
        '<ofd:TextObject Boundary="1e400 nan 1 1" Size="1e99" CTM="1 2 3"><ofd:TextCode X="x" '
        f'DeltaX="g 999999999 1 g g g">{"甲" * 5000}</ofd:TextCode></ofd:TextObject>'
        '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>Z Q 1 B A 1 2 M 5 L'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    with contextlib.suppress(Unreadable):
        reading = read_document(ofd(evil + text("正文", 20, 40)), "n")
        assert len(reading.text) <= 1002


def test_a_drawing_that_holds_itself_ends() -> None:
    unit = (
        f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit '
        f'ID="9"><ofd:Content>{text("甲", 0, 10)}'
        '<ofd:CompositeObject Boundary="0 9 1 1" ResourceID="9"/>'
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    payload = ofd(
        '<ofd:CompositeObject Boundary="50 20 50 50" ResourceID="9"/>',
        extra={"Doc_0/DocumentRes.xml": unit},
    )
    assert 0 < read_document(payload, "n").text.count("甲") < 20


def test_damaged_ofds_are_read_in_part_or_refused_and_nothing_else() -> None:
    whole = ofd(text("公告", 20, 40) + line(20, 50, 90, 50), text("第二页", 20, 40))
    dice = random.Random(4)
    for _ in range(200):
        payload = bytearray(whole)
        for _ in range(dice.randint(1, 10)):
            payload[dice.randrange(len(payload))] = dice.randrange(256)
        with contextlib.suppress(Unreadable):
            read_document(bytes(payload), "n")
        with contextlib.suppress(Unreadable):
            read_document(whole[: dice.randrange(1, len(whole))], "n")
