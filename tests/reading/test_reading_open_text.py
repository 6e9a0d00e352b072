"""OpenDocument texts and slides, written out by hand with known truth."""

from __future__ import annotations

import contextlib
import random

import pytest

from tenderlight.model import Unreadable
from tests.reading.office_made import cells, kinds, opened, read, zipped

NAMES = "office text table draw style fo xlink presentation manifest"
SPACES = " ".join(f'xmlns:{name}="urn:x:{name}"' for name in NAMES.split())
TYPE = "application/vnd.oasis.opendocument."
LISTS = """<text:list-style style:name="L"><text:list-level-style-number text:level="1"
style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number
text:level="2" style:num-format="1" text:display-levels="2" style:num-list-format="%1%.%2%"/>
</text:list-style><text:outline-style><text:outline-level-style text:level="1"
style:num-format="1" style:num-prefix="第" style:num-suffix="章"/></text:outline-style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/>
</style:style><style:style style:name="W" style:family="text">
<style:text-properties style:font-name="Wingdings 2"/></style:style>"""


def odt(body: str, *, kind: str = "text", **parts: str) -> bytes:
    """A document with this body and these parts more."""
    return zipped(
        {
            "mimetype": TYPE + kind,
            "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{LISTS}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
            **{name.replace("_", "."): text for name, text in parts.items()},
        }
    )


def text(body: str) -> str:
    return read(odt(body)).text


def item(words: str, more: str = "") -> str:
    return f"<text:list-item><text:p>{words}</text:p>{more}</text:list-item>"


def cell(words: str, spans: str = "") -> str:
    return f"<table:table-cell {spans}><text:p>{words}</text:p></table:table-cell>"


def test_spaces_tabs_and_breaks_are_what_the_standard_says() -> None:
    body = "<text:p> 采购人 ：\n  <text:span>市</text:span>公安局<text:tab/>甲<text:line-break/>乙"
    assert text(body + '<text:s text:c="3"/>丙</text:p>') == "采购人 ： 市公安局\t甲\n乙   丙"


def test_hidden_and_deleted_text_is_left_out_and_symbols_are_shown() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes><text:p>"
        '<text:span text:style-name="H">看不见</text:span>'
        '<text:span text:style-name="W">R</text:span>是<text:ruby>'
        "<text:ruby-base>预</text:ruby-base><text:ruby-text>yù</text:ruby-text>"
        '</text:ruby></text:p><text:section text:display="none"><text:p>藏</text:p></text:section>'
    )  # fmt: skip
    assert text(body) == "☑是预"


def test_numbers_of_lists_and_headings_are_given_back() -> None:
    inner = f"<text:list>{item('2024年')}{item('细目')}</text:list>"
    body = (
        '<text:h text:outline-level="1">总则</text:h><text:list text:style-name="L">'
        f"{item('概况', inner)}{item('要求')}</text:list>"
        '<text:list text:style-name="L" text:continue-numbering="true">'
        f'{item("其他")}</text:list><text:list text:style-name="L">{item("重新")}</text:list>'
    )
    assert text(body).split("\n") == [
        "第1章总则", "一、概况", "一.1 2024年", "一.2细目", "二、要求", "三、其他", "一、重新",
    ]  # fmt: skip


def test_spans_covered_cells_and_tables_in_cells_are_exact() -> None:
    inner = (
        f"<table:table><table:table-row>{cell('内')}{cell('里')}</table:table-row></table:table>"
    )
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("甲", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + cell("乙", 'table:number-rows-spanned="2"') + cell("丙") + "</table:table-row>"
        + "<table:table-row><table:covered-table-cell/><table:table-cell>" + inner
        + "</table:table-cell></table:table-row></table:table>"
    )  # fmt: skip
    found = read(odt(body))
    assert found.text.split("\n") == list("甲乙丙内里")
    assert cells(found) == [
        (0, 0, 0, 1, 2), (0, 1, 0, 2, 1), (0, 1, 1, 1, 1), (1, 0, 0, 1, 1), (1, 0, 1, 1, 1),
    ]  # fmt: skip


def test_notes_come_last_and_headers_are_furniture() -> None:
    body = (
        "<text:p>金额<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>含税</text:p></text:note-body></text:note>100万元</text:p><text:p>后</text:p>"
    )
    styles = (
        f"<office:document-styles {SPACES}><style:master-page><style:header><text:p>页眉</text:p>"
        "</style:header><style:footer><text:p>页脚</text:p></style:footer></style:master-page>"
        "</office:document-styles>"
    )
    assert kinds(read(odt(body, styles_xml=styles))) == [
        ("TEXT", "页眉"), ("text", "金额100万元"), ("text", "后"), ("text", "含税"),
        ("TEXT", "页脚"),
    ]  # fmt: skip


def test_slides_have_pages_titles_notes_and_hidden_ones_are_named() -> None:
    hidden = (
        '<style:style style:name="D" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    frame = "<draw:frame{}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    body = (
        "<draw:page>" + frame.format(' presentation:class="title"', "方案")
        + frame.format("", "预算") + "<presentation:notes>"
        + frame.format(' presentation:class="notes"', "备注") + "</presentation:notes></draw:page>"
        '<draw:page draw:style-name="D">' + frame.format("", "藏") + "</draw:page>"
    )  # fmt: skip
    payload = odt(body, kind="presentation", styles_xml=f"<a {SPACES}>{hidden}</a>")
    found = read(payload)
    assert kinds(found) == [("heading", "方案"), ("text", "预算"), ("TEXT", "备注"), ("text", "藏")]
    assert [block.page for block in found.blocks] == [1, 1, 1, 2]
    assert [problem.code for problem in found.problems] == ["reading.hidden"]
    assert found.media_type == TYPE + "presentation"


def test_flat_documents_are_read_and_encrypted_ones_refused() -> None:
    flat = (
        f'<?xml version="1.0"?><office:document {SPACES} office:mimetype="{TYPE}text"><office:body>'
        "<office:text><text:p>预算</text:p></office:text></office:body></office:document>"
    )
    assert read(flat.encode()).text == "预算"
    manifest = f"<manifest:manifest {SPACES}><manifest:encryption-data/></manifest:manifest>"
    locked = zipped(
        {"mimetype": TYPE + "text", "META-INF/manifest.xml": manifest, "content.xml": "密"}
    )
    with pytest.raises(Unreadable) as refused:
        read(locked)
    assert refused.value.code == "reading.encrypted"


def test_a_document_broken_anywhere_is_read_or_refused_and_nothing_else() -> None:
    chance = random.Random(7)
    whole = odt(f"<table:table><table:table-row>{cell('甲')}{cell('乙')}</table:table-row>" * 3)
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 5, 30))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(Unreadable):
            opened(bytes(broken))
