"""Two notices: of one purchase, of two, or not to be told."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from purchases_invented import BUYER, NAME, budget, sign, stated, won

from bench.purchases.made import make_world
from bench.purchases.printed import sign_of
from tenderlight.grouping import Pair
from tenderlight.purchases import Sign, compare, keys
from tenderlight.purchases.keys import MOST
from tenderlight.purchases.numbers import read_numbers

OTHER_NUMBER = "XN-QDGA-2019-0555"


def found(a: Sign, b: Sign) -> Pair | None:
    return compare("a", a, "b", b)


def same(a: Sign, b: Sign) -> bool | None:
    pair = found(a, b)
    return pair.same if pair else None


@pytest.mark.parametrize(
    "later",
    [
        sign("award", "2018-04-09"),
        sign("award", "2018-04-09", buyer="宜昌市青渡县公安局"),
        sign("award", "2018-04-09", buyer=""),
        sign("award", "2018-04-09", name=""),
        sign("award", "2018-04-09", number=""),
        sign("tender", "2018-05-09", number="XN-QDGA-2018-0426（二次）"),
        sign("tender", "2018-05-09", number="XN-QDGA-2018-0426R"),
        sign("tender", "2018-05-09", number=OTHER_NUMBER, name=NAME + "（第二次）"),
        sign("contract", "2018-05-09", name="虹膜采集设备"),
        sign("award", "2018-04-09", name="青渡县公安局虹莫采集设备采购项目", number=""),
        sign(
            "contract",
            "2018-06-01",
            number="",
            numbers=read_numbers("XN-QDGA-2018-0426-HT1", "contract"),
        ),
    ],
)
def test_notices_of_one_purchase_are_the_same(later: Sign) -> None:
    assert same(sign(**budget(900_000)), later) is True


@pytest.mark.parametrize(
    "other",
    [
        sign(name=NAME + "（二期）", number=OTHER_NUMBER),
        sign(date="2019-03-11", number=OTHER_NUMBER, **budget(910_000)),
        sign("award", "2019-04-11", number=""),
        sign("award", number="", buyer="东溪县公安局", division="360700"),
        sign(date="2018-06-11", number=OTHER_NUMBER, **budget(1_300_000)),
    ],
)
def test_what_looks_like_it_and_is_not_it_is_told_apart(other: Sign) -> None:
    assert same(sign(division="420500", **budget(900_000)), other) is False


@pytest.mark.parametrize(
    "other",
    [
        sign(name="青渡县公安局执法记录仪采购", number=OTHER_NUMBER),
        sign(name="青渡县公安局虹膜采集设备监理", number=OTHER_NUMBER),
        sign(number="XN2018-12", name="道路照明", buyer="柳溪县城管局"),
        Sign(),
    ],
)
def test_of_others_nothing_is_said(other: Sign) -> None:
    assert same(sign(**budget(900_000)), other) in (None, False)


def test_a_portal_with_numbers_of_its_own_prints_the_same_notice() -> None:
    lines: dict[str, Any] = {"lines": tuple(range(10))}
    there = sign(date="2018-03-12", number=OTHER_NUMBER, **budget(900_000), **lines)
    pair = found(sign(**budget(900_000), **lines), there)
    assert pair is not None
    assert pair.same
    assert {"name", "buyer", "sum", "text", "dates"} <= {reason.rule for reason in pair.reasons}


def test_a_plan_over_several_purchases_does_not_join_them() -> None:
    plan = read_numbers("XNJH-2018-000777", "plan")
    a = sign(numbers=plan)
    assert same(a, sign(number=OTHER_NUMBER, name="青渡县公安局执法记录仪", numbers=plan)) is None
    assert same(a, sign("award", "2018-04-01", number="", name="", numbers=plan)) is True


def test_an_office_and_its_head_buy_the_same_thing_each_for_itself() -> None:
    office = BUYER + "交通警察大队"
    a, b = (sign(number="", name="办公设备", buyer=buyer) for buyer in (BUYER, office))
    assert same(a, b) is None


def test_names_in_other_scripts_are_names_too() -> None:
    a = sign(number="", name="Набавка на камери за надзор", buyer="Општина Пример")
    b = sign("award", "2018-04-01", number="", name="НАБАВКА на камери за надзор", buyer=a.buyer)
    assert same(a, b) is True
    assert keys(a) != ()


def test_a_short_number_alone_says_nothing() -> None:
    a = sign(number="XN2018-12", name="道路照明", buyer="")
    b = sign(number="XN2018-12", name="执法记录仪", buyer="")
    assert same(a, b) is None


def test_the_same_year_in_words_and_digits_is_one_year() -> None:
    a, b = (sign(name=f"{NAME}（{year}）", number="") for year in ("2018年度", "二〇一八年"))
    assert same(a, b) is True


def test_a_price_above_the_budget_is_another_purchase() -> None:
    award = sign("award", "2018-04-09", number="", **won(("", "远舟公司", 2_000_000)))
    assert same(sign(**budget(900_000)), award) is not True


def test_the_order_of_two_notices_changes_nothing() -> None:
    signs = [(d.id, sign_of(d)) for d in make_world(60, 7).drafts]
    for (first, a), (second, b) in combinations(signs[:150], 2):
        assert compare(first, a, second, b) == compare(second, b, first, a)


def test_keys_are_few_and_notices_of_one_purchase_share_one() -> None:
    world = make_world(200, 7)
    signs = {draft.id: sign_of(draft) for draft in world.drafts}
    for notices in world.truth():
        shared = {key for key in keys(signs[notices[0]])}
        for notice in notices[1:]:
            mine = set(keys(signs[notice]))
            assert len(mine) <= MOST
            shared |= mine if shared & mine else set()
        assert any(shared & set(keys(signs[each])) for each in notices)


def test_a_buyer_that_is_the_others_agency_was_misread_and_does_not_part_them() -> None:
    other = sign("award", "2018-04-09", buyer="某某招标公司", agency="某某招标公司")
    assert same(sign(agency="某某招标公司"), other) is True
    assert BUYER not in other.buyer


def test_one_number_and_a_common_name_in_two_provinces_are_two_purchases() -> None:
    one = sign(name="视频监控系统", buyer="某县公安局", division="420525")
    other = sign(name="视频监控系统", buyer="彼县教育局", division="350200", date="2018-03-12")
    found = compare("a", one, "b", other)
    assert found is None or not found.same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青渡县公安局指纹采集设备", "青渡县公安局声纹采集设备"),
        ("青渡县公安局交通警察大队虹膜采集设备", "青渡县公安局交通警察大队声纹采集设备"),
        ("青渡县公安局雪亮工程视频监控", "青渡县公安局天网工程视频监控"),
    ],
)
def test_a_sibling_thing_is_no_misprint(one: str, other: str) -> None:
    again = sign(date="2018-05-09", number=OTHER_NUMBER, name=other + "（第二次）")
    for ended in (sign(name=one), sign("termination", name=one), sign("intention", name=one)):
        assert same(ended, again) is not True
    assert same(sign("intention", number="", name=one), again) is not True


def test_an_office_with_a_number_of_its_own_repeats_nothing_of_its_head() -> None:
    lines: dict[str, Any] = {"lines": tuple(range(10))}
    office = BUYER + "交通警察大队"
    name = office + "虹膜采集设备"
    for day, more in (("2018-03-12", ""), ("2018-05-09", "（第二次）")):
        b = sign(date=day, number=OTHER_NUMBER, name=name + more, buyer=office, **lines)
        assert same(sign(**lines), b) is not True


def test_the_number_of_a_notice_without_a_day_tells_its_year() -> None:
    undated = sign(date="", number="XN2013-002676")
    assert same(undated, sign("intention", "2018-03-09", number="")) is not True
    assert same(undated, sign("termination", "2018-03-09", number="XN2018-000123")) is False
    assert same(undated, sign("intention", "2013-01-09", number="")) is True


def test_what_a_loser_asked_for_is_not_paid() -> None:
    rivals = (
        stated("award", 890_000, supplier="远舟公司", rank=1),
        stated("award", 990_000, supplier="临禾公司", rank=3),
    )
    candidates = sign("candidates", "2018-04-09", sums=rivals)
    assert same(sign("intention", number="", **budget(900_000)), candidates) is True
