from __future__ import annotations

from decimal import Decimal

import pytest

from tenderlight.fields.budget import SettledSum, find_budget, find_ceiling
from tenderlight.fields.layout import find_layout
from tenderlight.reading import read_document


def budget(page: str) -> SettledSum:
    return _read(page, find_budget)


def ceiling(page: str) -> SettledSum:
    return _read(page, find_ceiling)


def _read(page: str, find: object) -> SettledSum:
    reading = read_document(page.encode(), "notice.html")
    assert callable(find)
    found = find(reading, find_layout(reading))
    assert isinstance(found, SettledSum)
    places = [rival.at for rival in found.rivals] + [marked.at for marked in found.unsettled]
    for at in (*places, *([found.value.at] if found.value else [])):
        assert reading.text[at.start : at.end] == at.text
    return found


def amount(found: SettledSum) -> Decimal | None:
    return found.value.value.amount if found.value else None


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("<p>预算金额：1,200,500.00元</p>", "1,200,500.00元"),
        ("<p>采购预算（万元）：120.05</p>", "120.05"),
        ("<p>4、预算金额：</p><p>120.05</p><p>(万元)</p>", "120.05\n(万元)"),
        (
            table("项目预算|人民币壹佰贰拾万零伍佰元整（￥1,200,500.00）"),
            "人民币壹佰贰拾万零伍佰元整（￥1,200,500.00）",
        ),
        (
            table("预算金额|￥120.050000万元（人民币）|开标时间|2021年3月1日"),
            "￥120.050000万元（人民币）",
        ),
        ("<p>本项目采购预算120.05万元，工期30天。</p>", "120.05万元"),
        (
            "<p>预算金额：</p><p>本项目预算金额为 1200500.0 元，其中：A包 1000000.0元</p>",
            "1200500.0 元",
        ),
        ("<p>标段合同估算价：</p><p>1200500 元</p>", "1200500 元"),
        ("<p>預算金額：１２０．０５萬元</p>", "１２０．０５萬元"),
        ("<p>预算金额/最高限价：120.05万元</p>", "120.05万元"),
        (
            table("序号|项目名称|预算金额（万元）|预计采购时间", "1|监控运维|120.05|2021年3月"),
            "120.05",
        ),
    ],
)  # fmt: skip
def test_a_budget_is_read_in_every_layout(page: str, printed: str) -> None:
    found = budget(page)
    assert amount(found) == Decimal(1200500)
    assert found.value is not None
    assert found.value.at.text == printed


@pytest.mark.parametrize(
    "page",
    [
        "<p>预算金额：详见附件</p>",
        "<p>最高限价：0元 人民币</p><p>预算金额：0.00元</p>",
        "<p>概算投资额约6000（万元），总投资11999万元</p>",
        "<p>采购预算金额在1000万元以上的项目，评审专家应当为7人。</p>",
        "<p>施工图预算编制，费用5万元</p>",
        "<p>预算编号：0026-00031705</p>",
        table("名称|数量|单价（元）|预算（元）", "相机|2|1000|2000"),
        table("序号|名称|数量|预算单价（元）", "1|相机|2|98000"),
    ],
)
def test_what_is_no_budget_is_left_alone(page: str) -> None:
    found = budget(page)
    assert (found.value, found.problems, found.rivals) == (None, (), ())


@pytest.mark.parametrize(
    "page",
    [
        "<p>因需求调整，项目预算由96万元更正为102万元，最高限价相应调整。</p>",
        "<p>1.原公告采购预算“96万元”更正为“102万元”。</p>",
        "<p>更正前：预算金额：96万元</p><p>更正后：预算金额：102万元</p>",
        "<p>预算由96万元调整为102万元</p>",
    ],
)
def test_a_correction_gives_the_corrected_budget(page: str) -> None:
    found = budget(page)
    assert amount(found) == 1_020_000
    assert found.value is not None
    assert found.value.at.text.startswith("102万元")


def test_sums_of_lots_are_added_only_where_no_whole_is_printed() -> None:
    lots = (
        "<p>第一包：视频设备</p><p>预算金额：30万元</p><p>第二包：存储</p><p>预算金额：20万元</p>"
    )
    assert amount(budget(lots)) == 500_000
    assert amount(budget("<p>预算金额：50万元</p>" + lots)) == 500_000


def test_a_list_of_lots_is_added_up_and_cited_whole() -> None:
    found = ceiling("<p>招标控制价：一标段158万元，二标段120.5万元</p>")
    assert amount(found) == 2_785_000
    assert found.value is not None
    assert found.value.at.text == "一标段158万元，二标段120.5万元"


def test_a_column_of_lots_has_a_total_row_or_is_added_up() -> None:
    rows = ("包号|预算金额(万元)|最高限价(万元)", "A|30|29", "B|20|19.5")
    assert amount(budget(table(*rows))) == 500_000
    assert amount(ceiling(table(*rows))) == 485_000
    assert amount(budget(table(*rows, "合计|50|48.5"))) == 500_000


def test_a_notice_of_one_lot_takes_the_sum_of_that_lot() -> None:
    page = (
        "<p>项目名称：某铁路迁改工程（二标段）</p>"
        "<p>一标段工作内容：东段，预算金额为400万元；二标段工作内容：西段，预算金额为60万元；</p>"
    )
    assert amount(budget(page)) == 600_000


def test_a_rate_with_its_sum_in_brackets_gives_the_sum() -> None:
    assert amount(ceiling("<p>招标控制价：最终价的0.8%（约67.66万元）；</p>")) == 676_600


def test_budget_and_ceiling_are_kept_apart() -> None:
    page = "<p>采购预算：186.5万元</p><p>最高投标限价：182万元</p>"
    assert (amount(budget(page)), amount(ceiling(page))) == (1_865_000, 1_820_000)


def test_the_price_limits_of_goods_are_no_ceiling() -> None:
    assert ceiling(table("序号|名称|数量|限价（元）", "1|相机|12|38000")).value is None


def test_an_uncertain_unit_is_a_problem_and_no_budget() -> None:
    found = budget("<p>预算金额：8600</p>")
    assert found.value is None
    assert [(p.code, p.where) for p in found.problems] == [("fields.unit-unclear", "budget")]


def test_capitals_that_disagree_are_shown() -> None:
    found = budget("<p>采购预算：叁佰万元整（￥2,000,000.00）</p>")
    assert amount(found) == 3_000_000
    assert [problem.code for problem in found.problems] == ["fields.amounts-disagree"]


def test_two_wholes_that_disagree_are_shown() -> None:
    found = budget("<p>预算金额：50万元</p><p>采购预算：60万元</p>")
    assert amount(found) == 500_000
    assert [problem.code for problem in found.problems] == ["fields.budget-disagree"]
    assert [(r.value, r.rule) for r in found.rivals] == [
        ("600000", "first place before later ones")
    ]


def test_hostile_text_is_read_in_time() -> None:
    for text in ("预算", "最高限价", "预算金额：(", "一标段", "1万元", "、", "[", "和招标"):
        budget(f"<p>{text * 40_000}</p>")
        ceiling(f"<p>{text * 40_000}</p>")


def test_a_table_of_corrections_gives_the_sum_of_the_column_after() -> None:
    page = table(
        "序号|更正项|更正前内容|更正后内容", "1|数量|4套|6套", "2|预算金额|210万元|264万元"
    )
    found = budget(page)
    assert amount(found) == 2_640_000
    assert found.value is not None
    assert found.value.rule == "correction"


def test_a_table_of_lots_may_count_its_goods() -> None:
    page = table("标项|标项名称|数量|单位|预算金额（万元）|最高限价（万元）", "1|平台|1|项|198|196")
    assert (amount(budget(page)), amount(ceiling(page))) == (1_980_000, 1_960_000)


def test_an_invitation_in_english_has_its_estimate() -> None:
    assert (
        amount(budget("<p>2. The estimated cost is RMB 7,200,000. Bids close soon.</p>"))
        == 7_200_000
    )
