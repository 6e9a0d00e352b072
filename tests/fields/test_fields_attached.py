"""Several attachments: what they agree in, what contradicts the page, which lot each is about."""

from decimal import Decimal

import pytest

from tenderlight.fields import find_fields
from tenderlight.fields.parts_documents import FORM, OTHER, TENDER, lot_in, weight_of
from tenderlight.model import Block, Fields, Part, Reading, Sheet
from tenderlight.reading import Attached, read_document

PAGE = "<h1>云桥县公安局视频监控项目公开招标公告</h1><p>项目编号：XN-YQ-2024-1</p><p>详见附件。</p>"


def read(page: str, *attached: tuple[str, str]) -> Reading:
    payloads = [(name, text.encode()) for name, text in attached]
    documents = [
        Attached(name, "", len(payload), lambda payload=payload: payload)
        for name, payload in payloads
    ]
    return read_document(page.encode(), "notice.html", documents)


def fields_of(page: str, *attached: tuple[str, str]) -> Fields:
    return find_fields(read(page, *attached), None)


def amount(fields: Fields) -> Decimal | None:
    return fields.budget.value.amount if fields.budget is not None else None


def test_what_most_tender_documents_state_is_taken_and_the_other_is_kept() -> None:
    fields = fields_of(
        PAGE,
        ("招标文件.txt", "预算金额：90万元\n采购人：云桥县公安局"),
        ("招标公告.txt", "预算金额：120万元\n采购人：云桥县公安局"),
        ("采购文件.txt", "预算金额：120万元"),
    )
    assert amount(fields) == 1_200_000
    assert fields.budget is not None
    assert fields.budget.at.part == "招标公告.txt"
    assert fields.budget.rule.endswith("in 2 attachments")
    assert [(r.field, r.value, r.at.part) for r in fields.rivals] == [
        ("budget", "900000", "招标文件.txt")
    ]
    (problem,) = (p for p in fields.problems if p.code.endswith("-disagree"))
    assert problem.code == "fields.budget-disagree"
    assert problem.where == "budget, 招标文件.txt"


def test_a_tender_document_counts_before_a_list_and_a_form_is_not_asked() -> None:
    fields = fields_of(
        PAGE,
        ("投标函格式.txt", "采购人：某某单位\n预算金额：1元"),
        ("设备清单.txt", "采购人：云桥县大数据局"),
        ("采购文件.txt", "采购人：云桥县公安局"),
    )
    assert fields.buyer is not None
    assert fields.buyer.value == "云桥县公安局"
    assert fields.budget is None
    assert fields.rivals == ()


def test_a_tender_document_that_contradicts_the_page_is_told_and_the_page_counts() -> None:
    fields = fields_of(
        PAGE + "<p>预算金额：120万元</p>",
        ("招标文件.txt", "项目编号：XN-YQ-2024-9\n预算金额：12万元"),
    )
    assert amount(fields) == 1_200_000
    assert fields.project_number is not None
    assert fields.project_number.value == "XN-YQ-2024-1"
    assert {(r.field, r.value, r.rule) for r in fields.rivals} == {
        ("budget", "120000", "page before attachments"),
        ("project_number", "XN-YQ-2024-9", "page before attachments"),
    }
    assert {p.code for p in fields.problems} >= {
        "fields.budget-disagree",
        "fields.project_number-disagree",
    }
    assert [(n.kind, n.number.value) for n in fields.numbers] == [("project", "XN-YQ-2024-9")]


def test_agreeing_documents_raise_no_problem() -> None:
    fields = fields_of(
        PAGE + "<p>采购人：云桥县公安局</p><p>预算金额：120万元</p>",
        (
            "招标文件.txt",
            "采购人：青山市云桥县公安局\n预算金额：1,200,000.00元\n项目编号：XN-YQ-2024-1-01",
        ),
    )
    assert fields.rivals == ()
    assert fields.problems == ()


def test_documents_about_different_lots_give_the_sums_of_the_lots() -> None:
    reading = read(
        PAGE,
        ("第一包招标文件.txt", "云桥县公安局视频监控项目第一包招标文件\n预算金额：80万元"),
        ("第二包招标文件.txt", "云桥县公安局视频监控项目第二包招标文件\n预算金额：40万元"),
    )
    fields = find_fields(reading, None)
    assert fields.budget is None, "a lot's budget is not the purchase's"
    assert [(lot.name.value, lot.budget and lot.budget.value.amount) for lot in fields.by_lot] == [
        ("第一包", 800_000),
        ("第二包", 400_000),
    ]
    for lot in fields.by_lot:
        at = lot.name.at
        assert reading.text[at.start : at.end] == at.text
    assert not [p for p in fields.problems if p.code.endswith("-disagree")]


def test_items_of_documents_about_different_lots_are_taken_one_after_another() -> None:
    table = (
        "<h1>第{lot}包采购文件</h1><table><tr><td>序号<td>货物名称<td>数量<td>单位"
        "<tr><td>1<td>{name}<td>20<td>台</table>"
    )
    fields = fields_of(
        PAGE,
        ("第1包采购文件.html", table.format(lot=1, name="高清摄像机")),
        ("第2包采购文件.html", table.format(lot=2, name="存储服务器")),
    )
    assert [item.name.value for item in fields.items] == ["高清摄像机", "存储服务器"]
    assert [item.name.at.part for item in fields.items] == [
        "第1包采购文件.html",
        "第2包采购文件.html",
    ]


def test_a_signed_contract_in_an_attachment_says_when() -> None:
    page = "<h1>云桥县公安局视频监控项目政府采购合同公告</h1><p>采购人：云桥县公安局</p>"
    fields = fields_of(page, ("合同扫描件.txt", "合同编号：XN-HT-1\n签订日期：2024年6月1日"))
    assert fields.signed is not None
    assert fields.signed.value == "2024-06-01"
    assert [(n.kind, n.number.value) for n in fields.numbers] == [("contract", "XN-HT-1")]


def test_a_contract_form_in_a_tender_document_was_signed_by_nobody() -> None:
    assert fields_of(PAGE, ("合同文本.txt", "签订日期：2024年6月1日")).signed is None


def test_changes_told_in_an_attachment_are_the_corrections() -> None:
    page = "<h1>云桥县公安局视频监控项目更正公告</h1><p>更正内容：详见附件</p>"
    fields = fields_of(page, ("更正公告.txt", "开标时间由2024年6月1日更正为2024年6月9日。"))
    assert [(c.what.value, c.now and c.now.value) for c in fields.changes] == [
        ("开标时间", "2024年6月9日")
    ]
    assert fields.changes[0].what.at.part == "更正公告.txt"


def test_the_document_that_a_correction_corrects_does_not_contradict_it() -> None:
    page = (
        "<h1>云桥县公安局视频监控项目更正公告</h1><p>采购人：云桥县公安局</p>"
        "<p>现将开标时间由2024年6月1日9:00更正为2024年6月9日9:00。</p>"
    )
    fields = fields_of(page, ("招标文件.txt", "开标时间：2024年6月1日9:00\n预算金额：120万元"))
    assert fields.opening is not None
    assert fields.opening.value == "2024-06-09 09:00"
    assert amount(fields) == 1_200_000
    assert [rival.at.part for rival in fields.rivals if rival.at.part != "body"] == []


def test_in_an_attachment_too_text_counts_before_what_was_recognised() -> None:
    lines = [
        ("项目公开招标公告", "body", None),
        ("采购人：云桥县公安同", "采购文件.pdf", 1),
        ("采购文件", "采购文件.pdf", 1),
        ("采购人：云桥县公安局", "采购文件.pdf", 2),
    ]
    blocks, at = [], 0
    for line, part, page in lines:
        blocks.append(Block(at, at + len(line), "text", part, page))
        at += len(line) + 1
    reading = Reading(
        text="\n".join(line for line, *_ in lines),
        blocks=tuple(blocks),
        media_type="text/html",
        sheets=(
            Sheet("采购文件.pdf", 1, 595, 842, recognised=True),
            Sheet("采购文件.pdf", 2, 595, 842),
        ),
        parts=(Part(name="采购文件.pdf", sha256="0" * 64, size=1, media_type="application/pdf"),),
    )
    fields = find_fields(reading, None)
    assert fields.buyer is not None
    assert fields.buyer.value == "云桥县公安局"
    assert (fields.buyer.at.part, fields.buyer.at.page) == ("采购文件.pdf", 2)
    assert fields.rivals == ()


@pytest.mark.parametrize(
    ("name", "weight", "lot"),
    [
        ("附件1：磋商文件（定稿）.docx", TENDER, None),
        ("资料.zip/第三标段招标文件.pdf", TENDER, 3),
        ("包2采购需求.docx", OTHER, 2),
        ("十二包.xlsx", OTHER, 12),
        ("中小企业声明函.doc", FORM, None),
        ("报名登记表.xls", FORM, None),
        ("共3个包清单.xls", OTHER, None),
    ],
)
def test_a_files_name_says_what_it_is_and_which_lot(
    name: str, weight: int, lot: int | None
) -> None:
    assert (weight_of(name, Fields()), lot_in(name, Fields())) == (weight, lot)
