"""Values that a document states twice and differently: both are kept, and the rule that decides."""

from tenderlight.fields import find_fields
from tenderlight.model import Fields
from tenderlight.reading import read_document
from tests.fields.fields_invented import read_lines

TITLE = "云桥县视频监控项目公开招标公告"


def of_lines(*lines: str) -> Fields:
    return find_fields(read_lines(*lines, title=TITLE), None)


def rivals(fields: Fields) -> list[tuple[str, str, str]]:
    return [(rival.field, rival.value, rival.rule) for rival in fields.rivals]


def codes(fields: Fields) -> list[str]:
    return [problem.code for problem in fields.problems]


SUMMARY = (
    f"<h1>{TITLE}</h1><table><tr><td>采购单位<td>云桥县大数据局"
    "<tr><td>开标时间<td>2022年6月1日 09:00<tr><td>公告时间<td>2022年5月10日</table>"
    "<p>一、项目基本情况</p><p>采购人：云桥县公安局</p><p>开标时间：2022年6月3日 09:00</p>"
)


def test_the_body_counts_before_a_summary_table_on_top_of_it() -> None:
    fields = find_fields(read_document(SUMMARY.encode(), "n.html"), None)
    assert fields.buyer is not None
    assert fields.buyer.value == "云桥县公安局"
    assert fields.opening is not None
    assert fields.opening.value == "2022-06-03 09:00"
    assert rivals(fields) == [
        ("buyer", "云桥县大数据局", "body before summary table"),
        ("opening", "2022-06-01 09:00", "body before summary table"),
    ]
    assert codes(fields) == ["fields.buyer-disagree", "fields.opening-disagree"]


def test_what_more_places_state_is_taken_and_the_other_is_kept_with_its_passage() -> None:
    reading = read_lines(
        "项目编号：XN-1-2022", "采购编号：XN-2-2022", "项目编号：XN-2-2022", title=TITLE
    )
    fields = find_fields(reading, None)
    assert fields.project_number is not None
    assert fields.project_number.value == "XN-2-2022"
    (rival,) = fields.rivals
    assert (rival.field, rival.value) == ("project_number", "XN-1-2022")
    assert reading.text[rival.at.start : rival.at.end] == "XN-1-2022"
    assert codes(fields) == ["fields.project_number-disagree"]


def test_longer_and_shorter_forms_of_one_value_do_not_disagree() -> None:
    fields = of_lines(
        "采购人：云桥县公安局",
        "采购单位：青山市云桥县公安局",
        "项目编号：XN-2022-01",
        "招标编号：XN-2022-01-1",
        "项目名称：云桥县视频监控项目",
        "采购项目名称：云桥县视频监控项目（二期）",
    )
    assert rivals(fields) == []
    assert codes(fields) == []


def test_who_builds_does_not_contradict_who_buys() -> None:
    assert rivals(of_lines("招标人：云桥县城投公司", "建设单位：云桥县公安局")) == []


def test_two_labels_of_numbers_are_two_numbers_and_no_contradiction() -> None:
    fields = of_lines("项目编号：XN-YQ-2022-85", "招标编号：云财采〔2022〕837号")
    assert rivals(fields) == []
    assert [(each.kind, each.number.value) for each in fields.numbers] == [
        ("project", "云财采〔2022〕837号")
    ]


def test_a_number_with_a_remark_behind_it_is_the_same_number() -> None:
    fields = of_lines("项目编号：XN-YQ-2022-85", "项目编号：XN-YQ-2022-85（标项）")
    assert rivals(fields) == []
    assert fields.numbers == ()


def test_words_that_are_no_organisation_do_not_contradict_a_buyer() -> None:
    assert rivals(of_lines("采购人：云桥县公安局", "采购单位：项目服务期限")) == []


def test_two_names_of_a_purchase_disagree() -> None:
    fields = of_lines("项目名称：云桥县视频监控项目", "采购项目名称：云桥县执法记录仪项目")
    assert rivals(fields) == [("project_name", "云桥县执法记录仪项目", "more places, then first")]
    assert codes(fields) == ["fields.project_name-disagree"]


def test_a_signature_of_another_day_is_kept_and_is_no_problem() -> None:
    filling = [f"第{number}条：供应商应当按时提交文件。" for number in range(1, 12)]
    signed = ("云桥县公安局", "2022年5月9日")
    fields = of_lines("公告时间：2022年5月10日", "采购人：云桥县公安局", *filling, *signed)
    assert fields.published is not None
    assert fields.published.value == "2022-05-10"
    assert rivals(fields) == [("published", "2022-05-09", "label 公告时间 before signature")]
    assert codes(fields) == []


def test_a_page_of_different_sums_gives_a_few_rivals() -> None:
    fields = of_lines(*(f"预算金额：{number}万元" for number in range(1, 3_000)))
    assert 0 < len([rival for rival in fields.rivals if rival.field == "budget"]) <= 20
