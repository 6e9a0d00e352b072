"""Word in XML: paragraphs, headings, tables, numbers, fields and changes with known truth."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tenderlight.model import Unreadable
from tenderlight.reading import read_document
from tenderlight.reading.office.compound import build_compound
from tests.reading.office_made import (
    SPACES,
    STRICT,
    W,
    cell,
    cells,
    docx,
    kinds,
    opened,
    paragraph,
    read,
    table,
    zipped,
)

NUMBERED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
NUMBERING = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
<w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/>
<w:lvlText w:val="%3"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/>
<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>"""
STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="a">
<w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="Mine"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="gone">
<w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>"""
DINGS = '<w:rFonts w:ascii="Wingdings 2"/>'

TORN = zipped({"[Content_Types].xml": "", "word/document.xml": str(list(range(999)))})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str | None) -> str:
    shown = mark("separate") + run(result) if result is not None else ""
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + told + shown + mark("end")


def picture(relation: str, wide: int, high: int) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{wide * 360000}" cy="{high * 360000}"/>'
        f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{relation}"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_paragraphs_come_in_order_with_breaks_as_lines_of_their_own() -> None:
    broken = "<w:t>市公安局</w:t><w:br/><w:t>预算</w:t><w:tab/><w:t>12万元</w:t>"
    body = f"<w:p>{run('采购人：')}<w:r>{broken}</w:r></w:p>"
    assert read(docx(body)).text == "采购人：市公安局\n预算\t12万元"


def test_headings_are_told_by_style_its_bases_and_the_paragraph_itself() -> None:
    body = (
        paragraph("一级", '<w:pStyle w:val="1"/>')
        + paragraph("继承", '<w:pStyle w:val="mine"/>')
        + paragraph("自己", '<w:outlineLvl w:val="2"/>')
        + paragraph("正文", '<w:outlineLvl w:val="9"/>')
        + paragraph("目录\t1", '<w:pStyle w:val="toc"/>')
    )
    found = read(docx(body, {"styles": STYLES}, styles="styles.xml"))
    assert [kind for kind, _ in kinds(found)] == ["heading", "heading", "heading", "text", "TEXT"]


def test_automatic_numbers_are_given_back_as_they_are_printed() -> None:
    body = "".join(
        paragraph(text, NUMBERED.format(level, name))
        for text, level, name in (
            ("概况", 0, 1), ("2024年", 1, 1), ("清单", 1, 1), ("细目", 2, 1), ("要求", 0, 1),
            ("信用", 1, 1), ("重新", 0, 2), ("点", 0, 3),
        )
    )  # fmt: skip
    found = read(docx(body, {"numbering": NUMBERING}, numbering="numbering.xml"))
    assert found.text.split("\n") == [
        "一、概况", "1.1 2024年", "1.2清单", "①细目", "二、要求", "2.1信用", "一、重新", "● 点",
    ]  # fmt: skip


def test_a_style_numbers_its_paragraphs_and_numbers_alone_in_cells_are_kept() -> None:
    parts = {"styles": STYLES, "numbering": NUMBERING}
    row = cell(f"<w:p><w:pPr>{NUMBERED.format(0, 2)}</w:pPr></w:p>") + cell("摄像机")
    body = paragraph("项目", '<w:pStyle w:val="1"/>') + table(row, row)
    found = read(docx(body, parts, styles="styles.xml", numbering="numbering.xml"))
    assert found.text == "一、项目\n一、\n摄像机\n二、\n摄像机"


def test_spans_of_cells_are_exact_in_a_table_with_merged_rows_and_columns() -> None:
    found = read(
        docx(
            table(
                cell("甲", '<w:gridSpan w:val="2"/>') + cell("乙"),
                cell("丙", '<w:vMerge w:val="restart"/>') + cell("丁") + cell("戊"),
                cell("", "<w:vMerge/>") + cell("己", '<w:gridSpan w:val="2"/>'),
            )
        )
    )
    assert found.text.split("\n") == list("甲乙丙丁戊己")
    assert cells(found) == [
        (0, 0, 0, 1, 2), (0, 0, 2, 1, 1), (0, 1, 0, 2, 1), (0, 1, 1, 1, 1), (0, 1, 2, 1, 1),
        (0, 2, 1, 1, 2),
    ]  # fmt: skip


def test_columns_that_no_cell_begins_are_no_columns() -> None:
    wide = '<w:gridSpan w:val="5"/>'
    found = read(docx(table(cell("甲", wide) + cell("乙"), cell("丙", wide) + cell("丁"))))
    assert [place[2:] for place in cells(found)] == [(0, 1, 1), (1, 1, 1)] * 2


def test_a_nested_table_has_a_number_of_its_own_and_a_frame_is_no_table() -> None:
    inner = table(cell("内一") + cell("内二"))
    framed = table(cell(paragraph("框") + table(cell("框中框"))))
    found = read(docx(table(cell(paragraph("外") + inner + paragraph("后")) + cell("旁")) + framed))
    assert found.text.split("\n") == ["外", "内一", "内二", "后", "旁", "框", "框中框"]
    assert [place[0] for place in cells(found)] == [0, 1, 1, 0, 0]
    assert [kind for kind, _ in kinds(found)][-2:] == ["text", "text"]


def test_of_tracked_changes_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    body = (
        f"<w:p><w:del>{run('旧值100万元')}</w:del><w:ins>{run('新值120万元')}</w:ins>"
        f"<w:moveFrom>{run('移走')}</w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
        + paragraph("后半")
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + cell("删") + cell("行") + "</w:tr>"
        "<w:tr>" + cell("留") + cell("下") + "</w:tr></w:tbl>"
    )  # fmt: skip
    assert read(docx(body)).text == "新值120万元\n前半后半\n留\n下"


def test_hidden_text_is_left_out_also_where_a_style_hides_it() -> None:
    body = (
        "<w:p>" + run("甲", "<w:vanish/>") + run("乙") + run("丙", '<w:rStyle w:val="gone"/>')
        + run("丁", '<w:rStyle w:val="gone"/><w:vanish w:val="0"/>') + "</w:p>"
    )  # fmt: skip
    assert read(docx(body, {"styles": STYLES}, styles="styles.xml")).text == "乙丁"


def test_fields_show_their_results_and_those_without_one_what_they_stand_for() -> None:
    nested = mark("begin") + field("IF", "不显示") + mark("separate") + run("显示") + mark("end")
    body = (
        "<w:p>" + field("PAGEREF x", "12") + field("eq \\o\\ac(○,3)", None)
        + field("SYMBOL 179 \\f Symbol", None) + nested
        + f'<w:fldSimple w:instr="DATE">{run("2024年")}</w:fldSimple></w:p>'
    )  # fmt: skip
    assert read(docx(body)).text == "12③≥显示2024年"


def test_check_boxes_symbols_and_content_controls_show_what_they_hold() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        '<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>' + mark("separate") + mark("end")
    )  # fmt: skip
    body = (
        f'<w:p>{box}{run("是")}<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>{run("否")}'
        f'<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run("R", DINGS)}'
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('请填写')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{run('已填')}</w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('整段')}</w:sdtContent></w:sdt>"
    )
    assert read(docx(body)).text == "☑是□否≥☑请填写已填\n整段"


def test_text_boxes_follow_their_paragraph_once_and_footnotes_come_last() -> None:
    box = "<w:txbxContent>" + paragraph("盒中") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor>" + box
        + "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>" + box
        + '</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
        + run("金额100万元") + '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + paragraph("后段")
    )  # fmt: skip
    notes = f'<w:footnote w:id="0" w:type="separator">{paragraph("线")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("含税")}</w:footnote>'
    found = read(docx(body, {"footnotes": notes}, footnotes="footnotes.xml"))
    assert found.text == "金额100万元\n盒中\n后段\n含税"


def test_headers_and_footers_are_furniture_and_come_once() -> None:
    section = (
        '<w:sectPr><w:headerReference r:id="hdr1"/><w:headerReference r:id="hdr2"/></w:sectPr>'
    )
    head = f"<w:hdr {SPACES}>{paragraph('采购中心')}</w:hdr>"
    body = paragraph("正文", section) + section
    parts: dict[str, str | bytes] = {"word/h1.xml": head, "word/h2.xml": head}
    found = read(docx(body, parts, hdr1="h1.xml", hdr2="h2.xml"))
    assert kinds(found) == [("TEXT", "采购中心"), ("text", "正文")]


def test_large_pictures_and_embedded_files_are_handed_on_and_logos_are_not() -> None:
    packed = "<w:p><w:r><w:object><o:OLEObject r:id='oleObject1'/></w:object></w:r></w:p>"
    body = picture("image1", 14, 18) + picture("image2", 2, 2) + picture("image1", 14, 18) + packed
    parts: dict[str, str | bytes] = {
        "word/media/page.png": png(900, 1200),
        "word/media/logo.png": png(900, 900),
        "word/embeddings/清单.xlsx": b"PK\x03\x04",
        "word/embeddings/oleObject1.bin": build_compound({"\x01Ole10Native": _native()}) or b"",
    }
    targets = {"image1": "media/page.png", "image2": "media/logo.png"}
    found = opened(docx(body, parts, oleObject1="embeddings/oleObject1.bin", **targets))
    members = {member.name: member.payload for member in found.members}
    assert list(members) == ["page.png", "清单.xlsx", "说明.txt"]
    assert members["说明.txt"] == "说明".encode()


def _native() -> bytes:
    label, text = "说明.txt".encode("gbk") + b"\0", "说明".encode()
    body = b"\x02\x00" + label + b"C:\\x\0" + bytes(4) + (1).to_bytes(4, "little") + b"\0"
    body += len(text).to_bytes(4, "little") + text
    return len(body).to_bytes(4, "little") + body


def test_a_document_taken_in_from_another_format_becomes_a_part() -> None:
    body = paragraph("首") + '<w:altChunk r:id="aFChunk1"/>'
    page = "<p>采购人：市公安局</p><p>预算</p>".encode()
    found = read_document(docx(body, {"word/c.html": page}, aFChunk1="c.html"), "notice")
    assert found.text == "首\n采购人：市公安局\n预算"
    assert [part.name for part in found.parts] == ["c.html"]


def test_the_strict_standard_flat_packages_and_word_2003_are_read_too() -> None:
    body = paragraph("预算") + table(cell("甲") + cell("乙"))
    plain = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    strict = zipped({"[Content_Types].xml": "", "word/document.xml": plain.replace(W, STRICT)})
    flat = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/'
        f'xmlPackage"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{plain}</pkg:xmlData>'
        "</pkg:part></pkg:package>"
    )
    old = plain.replace(W, "http://schemas.microsoft.com/office/word/2003/wordml")
    old = "<?xml version='1.0'?>" + old.replace("w:document", "w:wordDocument")
    for payload in (strict, flat.encode(), old.encode()):
        found = read(payload)
        assert found.text == "预算\n甲\n乙"
        assert found.media_type.endswith("wordprocessingml.document")


def test_of_a_document_that_was_cut_off_the_rest_is_read_and_said_to_be_damaged() -> None:
    whole = docx("".join(paragraph(f"第{n}段 {n * 7919 % 10007}") for n in range(4000)))
    found = read(whole[: len(whole) * 2 // 3])
    assert found.text.startswith("第0段 0\n第1段 7919\n")
    assert [problem.code for problem in found.problems] == ["reading.ends-early"]
    assert found.problems[0].unread


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (build_compound({"EncryptedPackage": b"x" * 5000}) or b"", "encrypted"),
        (TORN[:300] + b"\0" * 9 + TORN[309:], "damaged"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": "no xml"}), "damaged"),
        (zipped({"[Content_Types].xml": "", "word/x.xml": "<a/>"}), "damaged"),
        (docx("<w:p/>" * 8_100_000), "too-large"),
    ],
    ids=["locked", "broken-zip", "no-xml", "no-document", "too-many-tags"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(payload: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(payload)
    assert refused.value.code == f"reading.{code}"


def test_entities_are_never_expanded_and_deep_nesting_ends() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "9999"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = paragraph("预算&b;").replace("&b;", "&b;")
    text = f"{bomb}<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    found = read(zipped({"[Content_Types].xml": "", "word/document.xml": text}))
    assert found.text == "预算"
    deep = cell("底")
    for _ in range(60):
        deep = cell(paragraph("层") + table(deep + cell("旁")))
    assert read(docx(table(deep))).text.startswith("层\n层")


def test_text_that_no_reader_sees_is_refused_as_empty() -> None:
    with pytest.raises(Unreadable) as refused:
        read(docx("<w:p/>"))
    assert refused.value.code == "reading.no-text"
