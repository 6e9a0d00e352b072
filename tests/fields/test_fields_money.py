from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.fields.money import parse_money, read_price
from tenderlight.fields.money_amounts import find_amounts, parse_unit


@pytest.mark.parametrize(
    ("printed", "label", "yuan"),
    [
        ("￥1，234，500.00元", "", "1234500"),
        ("１２３４５００元", "", "1234500"),
        ("$473,000.00", "", "473000"),
        ("¥ 473000", "", "473000"),
        ("173.6 万元（人民币）", "", "1736000"),
        ("1.2亿元", "", "120000000"),
        ("28.38万元 人民币", "", "283800"),
        ("RMB1256000.03元", "", "1256000.03"),
        ("35.5", "成交金额(万元)", "355000"),
        ("355000元", "成交金额(万元)", "355000"),
        ("￥35.5", "成交金额(万元)", "355000"),
        ("355000", "成交金额（元）", "355000"),
        ("人民币玖佰陆拾壹万贰仟元整", "", "9612000"),
        ("柒拾肆万捌仟元整（￥748,000.00）", "", "748000"),
        ("120万", "", "1200000"),
        ("1 234 567.00元", "", "1234567"),
        ("2345678.90", "", "2345678.90"),
        ("壹萬伍仟圓整", "", "15000"),
    ],
)
def test_a_sum_is_read(printed: str, label: str, yuan: str) -> None:
    money = parse_money(printed, parse_unit(label))
    assert money.amount == Decimal(yuan)
    assert money.currency == "CNY"


@pytest.mark.parametrize(
    ("printed", "label", "kind"),
    [
        ("98.10", "中标价(%)", "rate"),
        ("下浮率 5%", "", "rate"),
        ("最终价的0.76%", "", "rate"),
        ("按标准下浮两成", "", "rate"),
        ("13.95（元/吨）", "", "unit_price"),
        ("3.4元/人份", "", "unit_price"),
        ("18", "报价（元/平方米）", "unit_price"),
        ("0元 人民币", "", "gap"),
        ("0.000000 万元", "", "gap"),
        ("35.5", "", "unclear"),
        ("748000", "", "unclear"),
        ("3550000.00", "预算金额（万元）", "unclear"),
        ("50-60万元", "", "unclear"),
        ("50万元~60万元", "", "unclear"),
        ("1,5元", "", "unclear"),
        ("36.5", "报价（元）/下浮率（%）", "unclear"),
        ("120万人", "", "unclear"),
        ("详见附件", "", "none"),
        ("二〇一六年", "", "none"),
    ],
)
def test_what_is_no_sum_is_never_guessed(printed: str, label: str, kind: str) -> None:
    price = read_price(printed, parse_unit(label))
    assert (price.kind, price.money) == (kind, None)
    with pytest.raises(ValueError, match=kind):
        parse_money(printed, parse_unit(label))


@pytest.mark.parametrize(
    ("printed", "currency"),
    [
        ("12万美元", "USD"),
        ("US$ 12,000", "USD"),
        ("EUR 120,000.00", "EUR"),
        ("8000欧元", "EUR"),
        ("HK$120,000.00", "HKD"),
        ("澳门元 20,000", "MOP"),
        ("2000万日元", "JPY"),
        ("20000新台幣", "TWD"),
        ("A$ 20000", "AUD"),
    ],
)
def test_a_named_foreign_currency_stays_foreign(printed: str, currency: str) -> None:
    assert parse_money(printed).currency == currency


@pytest.mark.parametrize(
    ("printed", "label", "why"),
    [
        ("120万元/年", "", "per-year"),
        ("每年120万元", "", "per-year"),
        ("35元/人·天", "", "unit-price"),
        ("每平方米35元", "", "unit-price"),
        ("3.5", "中标金额（万元/年）", "per-year"),
        ("优惠率：12.5%", "", "discount"),
        ("九五折", "", "discount"),
        ("千分之三", "", "rate"),
        ("50万元—60万元", "", "range"),
        ("不低于50万元", "", "range"),
        ("详见招标文件", "", "elsewhere"),
        ("0.00", "中标金额（元）", "zero"),
        ("35.8", "", "no-unit"),
        ("￥1200000", "预算金额（美元）", "unclear"),
        ("1865000.000000万元", "", "unclear"),
        ("120.500000", "预算金额（元）", "unclear"),
        ("设计费：20万元；施工费：100万元", "", "unclear"),
        ("30万元\t20万元", "", "unclear"),
        ("按实结算", "", "unclear"),
    ],
)
def test_what_is_no_sum_says_why(printed: str, label: str, why: str) -> None:
    price = read_price(printed, parse_unit(label))
    assert (price.money, price.why) == (None, why)


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [
        ("勘察费20万元，设计费50万元，合计70万元", 700_000),
        ("单价3.5万元，总价120万元", 1_200_000),
        ("3.5万元/台×10台=35万元", 350_000),
        ("首次报价120万元，最终报价110万元", 1_100_000),
        ("不含税价100万元，含税价113万元", 1_130_000),
        ("120万元（其中暂列金10万元）", 1_200_000),
        ("三年合计270万元（每年90万元）", 2_700_000),
    ],
)
def test_of_several_sums_the_one_that_is_the_price_is_taken(printed: str, yuan: int) -> None:
    assert parse_money(printed).amount == yuan


def test_capitals_stand_above_digits_and_both_are_shown() -> None:
    price = read_price("叁佰万元整（¥2,000,000.00）", where="budget")
    assert price.money is not None
    assert price.money.amount == 3_000_000
    assert price.problem is not None
    assert price.problem.code == "fields.amounts-disagree"
    assert "叁佰万元整" in price.problem.what
    assert "2,000,000.00" in price.problem.what


def test_misprinted_capitals_leave_the_digits_and_a_problem() -> None:
    price = read_price("人民币壹佰万万元整（￥100万元）")
    assert price.money is not None
    assert price.money.amount == 1_000_000
    assert price.problem is not None


def test_an_unclear_unit_is_a_problem() -> None:
    problem = read_price("35.5", where="awards").problem
    assert problem is not None
    assert (problem.code, problem.where) == ("fields.unit-unclear", "awards")


def test_the_passage_of_a_price_holds_its_brackets() -> None:
    printed = "共计：柒拾万元整（￥700,000.00），含税"
    price = read_price(printed)
    assert printed[price.start : price.end] == "柒拾万元整（￥700,000.00）"


@given(st.decimals(min_value=1000, max_value=10**9, places=2))
def test_thousands_separators_change_nothing(amount: Decimal) -> None:
    assert parse_money(f"{amount:,}元") == parse_money(f"￥{amount}")


SCALES = {"元": 1, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
BEFORE = st.sampled_from(["", "￥", "¥", "人民币", "RMB ", "约", "含税总价", "大写略，小写："])
AFTER = st.sampled_from(["", "整", "（人民币）", "（含税）", "，工期30天", "；质量合格"])


@given(st.integers(1000, 9 * 10**8), st.sampled_from(sorted(SCALES)), BEFORE, AFTER)
def test_a_sum_in_any_phrase_comes_back(yuan: int, unit: str, before: str, after: str) -> None:
    number = Decimal(yuan) / SCALES[unit]
    assert parse_money(f"{before}{number:f}{unit}{after}").amount == yuan
    if unit == "元":
        assert parse_money(f"{before}{yuan:,}.00{unit}{after}").amount == yuan


@given(st.integers(1, 10**13), st.sampled_from(["", "￥", "元", "万元"]), st.sampled_from("元万"))
def test_no_sum_is_a_power_of_ten_away(number: int, printed: str, label: str) -> None:
    price = read_price(
        f"{number}{printed}", parse_unit("金额（元）" if label == "元" else "（万元）")
    )
    scale = {"元": 1, "万元": 10**4}.get(printed, 1 if label == "元" else 10**4)
    assert price.money is None or price.money.amount == number * scale


@given(st.text(max_size=200))
def test_any_text_has_amounts_inside_it(text: str) -> None:
    for amount in find_amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)


def test_a_megabyte_of_one_character_is_read_in_time() -> None:
    for char in ("1", ",", "(", "壹", "元", " ", "¥", "万"):
        find_amounts(char * 200_000)
