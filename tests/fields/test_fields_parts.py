"""Values that only an attachment states: taken where the notice is silent, and said to be so."""

from tenderlight.fields import find_fields
from tenderlight.model import Block, Doubt, Reading, Sheet
from tenderlight.reading import Attached, read_document

PAGE = "<h1>东湖县公安局视频监控项目公开招标公告</h1><p>项目编号：DH-2024-001</p><p>详见附件。</p>"
DOCUMENT = "采购人：东湖县公安局\n预算金额：120万元\n项目编号：XX-9\n代理机构：青山招标有限公司\n"
LIST = (
    "<table><tr><td>序号<td>货物名称<td>数量<td>单位"
    "<tr><td>1<td>高清摄像机<td>20<td>台<tr><td>2<td>存储服务器<td>2<td>台</table>"
)


def read(page: str, *attached: str) -> Reading:
    payloads = [each.encode() for each in attached]
    documents = [
        Attached(f"附件{n}.txt", "", len(payload), lambda payload=payload: payload)
        for n, payload in enumerate(payloads, start=1)
    ]
    return read_document(page.encode(), "notice.html", documents)


def test_an_attachment_fills_what_the_page_leaves_out_and_nothing_else() -> None:
    reading = read(PAGE, DOCUMENT)
    fields = find_fields(reading, None)
    assert fields.buyer is not None
    assert fields.budget is not None
    assert fields.project_number is not None
    assert fields.buyer.value == "东湖县公安局"
    assert fields.budget.value.amount == 1_200_000
    assert fields.project_number.value == "DH-2024-001", "the page's own counts first"
    assert fields.budget.at.part == "附件1.txt"
    assert "in an attachment" in fields.budget.rule
    for cited in (fields.buyer, fields.budget, fields.agency):
        assert cited is not None
        assert reading.text[cited.at.start : cited.at.end] == cited.at.text


def test_the_first_attachment_that_states_a_value_is_believed() -> None:
    fields = find_fields(read(PAGE, DOCUMENT, DOCUMENT.replace("120万元", "999万元")), None)
    assert fields.budget is not None
    assert fields.budget.value.amount == 1_200_000


def test_items_come_from_an_attached_list() -> None:
    reading = read(PAGE, DOCUMENT, LIST)
    items = find_fields(reading, None).items
    assert [item.name.value for item in items] == ["高清摄像机", "存储服务器"]
    assert items[0].name.at.part == "附件2.txt"
    assert reading.text[items[1].name.at.start :].startswith("存储服务器")


def test_a_form_in_a_tender_document_announces_no_winner() -> None:
    form = "中标供应商：示例有限公司\n中标金额：1元\n"
    assert not find_fields(read(PAGE, DOCUMENT + form), None).awards


def test_winners_in_an_attachment_count_where_the_page_announces_an_award() -> None:
    page = "<h1>东湖县公安局视频监控项目中标公告</h1><p>详见附件。</p>"
    awarded = "一、中标信息\n中标供应商：青山科技有限公司\n中标金额：88万元\n"
    awards = find_fields(read(page, awarded), None).awards
    assert [award.supplier.value for award in awards] == ["青山科技有限公司"]


def test_attachments_beyond_what_is_searched_are_named(monkeypatch: object) -> None:
    long = "这是一段很长的技术要求。\n" * 100_000
    fields = find_fields(read(PAGE, long, DOCUMENT), None)
    assert fields.buyer is None or fields.buyer.at.part == "body"
    assert any(problem.code == "fields.long-attachments" for problem in fields.problems)


def test_a_value_that_may_be_misread_is_a_problem_and_stays_as_printed() -> None:
    reading = read_document(DOCUMENT.encode(), "scan.txt")
    at = reading.text.index("120")
    doubted = Doubt(at, at + 3, "capitals")
    scanned = Reading(
        text=reading.text,
        blocks=reading.blocks,
        media_type="image/png",
        doubts=(doubted,),
    )
    fields = find_fields(scanned, None)
    assert fields.budget is not None
    assert fields.budget.at.doubt == "capitals"
    assert fields.budget.value.amount == 1_200_000
    problem = next(p for p in fields.problems if p.code == "fields.doubtful")
    assert problem.where == "budget"
    assert "120" in problem.what


def test_what_is_printed_as_text_counts_before_what_was_recognised() -> None:
    lines = [("代理机构：青山招标有公司", 1), ("采购文件", 1), ("代理机构：青山招标有限公司", 2)]
    text = "\n".join(line for line, _ in lines)
    blocks, at = [], 0
    for line, page in lines:
        blocks.append(Block(at, at + len(line), page=page))
        at += len(line) + 1
    scanned = Reading(
        text=text,
        blocks=tuple(blocks),
        media_type="application/pdf",
        sheets=(Sheet("body", 1, 595, 842, recognised=True), Sheet("body", 2, 595, 842)),
    )
    agency = find_fields(scanned, None).agency
    assert agency is not None
    assert agency.value == "青山招标有限公司"
    assert text[agency.at.start : agency.at.end] == agency.at.text
    assert agency.at.page == 2
