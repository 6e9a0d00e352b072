"""What became of a purchase, and sums that are never added twice."""

from __future__ import annotations

import time
from decimal import Decimal
from random import Random

import msgspec
import pytest
from purchases_invented import NAME, budget, members, sign, stated, won

from bench.purchases.made import make_world
from bench.purchases.measured import told
from bench.purchases.printed import sign_of
from tenderlight.purchases import Purchase, Sign, tell
from tenderlight.purchases.numbers import read_numbers

LINES = tuple(range(20))


def totals(purchase: Purchase) -> dict[str, int]:
    return {each.field: int(each.amount) for each in purchase.totals if each.sums}


def why(purchase: Purchase) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in purchase.sums:
        found.setdefault(each.notice, []).append(each.why_not)
    return found


def story(*signs: Sign) -> Purchase:
    return tell(members(*signs))


def test_budget_award_and_contract_stand_side_by_side() -> None:
    told_ = story(
        sign("intention", "2018-01-09", number="", **budget(900)),
        sign("tender", "2018-03-09", **budget(900)),
        sign("award", "2018-04-09", **won(("", "远舟公司", 880))),
        sign("contract", "2018-05-09", **won(("", "远舟公司", 880), field="contract")),
        sign("acceptance", "2018-09-09", **won(("", "远舟公司", 880), field="contract")),
    )
    assert totals(told_) == {"budget": 900, "award": 880, "contract": 880}
    assert told_.state == "accepted"
    assert why(told_)["a"] == ["replaced"]
    assert why(told_)["e"] == ["repeated"]


def test_a_correction_replaces_and_a_repost_adds_nothing() -> None:
    told_ = story(
        sign("tender", "2018-03-09", lines=LINES, **budget(900)),
        sign("tender", "2018-03-10", lines=LINES, **budget(900)),
        sign("correction", "2018-03-20", **budget(950)),
    )
    assert totals(told_) == {"budget": 950}
    assert why(told_) == {"a": ["corrected"], "b": ["copy"], "c": [""]}
    assert told_.history[1].copy_of == "a"
    assert told_.history[2].replaces == ("a",)


def test_what_failed_is_replaced_by_the_next_round() -> None:
    told_ = story(
        sign("tender", "2018-03-09", **budget(900)),
        sign("termination", "2018-04-01"),
        sign("tender", "2018-04-20", **budget(920)),
        sign("award", "2018-05-20", **won(("", "远舟公司", 910))),
    )
    assert (told_.rounds, told_.state) == (2, "awarded")
    assert totals(told_) == {"budget": 920, "award": 910}
    assert [each.round for each in told_.history] == [1, 1, 2, 2]


def test_an_award_that_is_withdrawn_does_not_count() -> None:
    told_ = story(
        sign("tender", "2018-03-09", **budget(900)),
        sign("award", "2018-04-01", **won(("", "远舟公司", 880))),
        sign("termination", "2018-04-10"),
    )
    assert told_.state == "terminated"
    assert totals(told_) == {"budget": 900}
    assert why(told_)["b"] == ["terminated"]


def test_lots_are_part_of_the_whole_and_winners_of_lots_add_up() -> None:
    lots = (stated("budget", 900), stated("budget", 400, lot="1"), stated("budget", 500, lot="2"))
    told_ = story(
        sign("tender", "2018-03-09", sums=lots),
        sign("award", "2018-04-01", **won(("1", "远舟公司", 390))),
        sign("award", "2018-04-03", **won(("2", "临禾公司", 480))),
    )
    assert totals(told_) == {"budget": 900, "award": 870}
    assert why(told_)["a"] == ["", "part-of-the-whole", "part-of-the-whole"]


def test_one_lot_that_fails_is_tried_again_and_the_other_stands() -> None:
    told_ = story(
        sign("tender", "2018-03-09", **budget(900)),
        sign("award", "2018-04-01", **won(("1", "远舟公司", 390))),
        sign("termination", "2018-04-01", name="青渡县虹膜采集设备（2包）废标公告"),
        sign(
            "tender",
            "2018-04-20",
            name="青渡县虹膜采集设备（2包）（第二次）",
            **budget(500, lot="2"),
        ),
        sign(
            "award",
            "2018-05-20",
            name="青渡县虹膜采集设备（2包）（第二次）",
            **won(("2", "临禾公司", 480)),
        ),
    )
    assert totals(told_) == {"budget": 900, "award": 870}
    assert told_.state == "awarded"


def test_a_further_round_for_one_lot_need_not_name_it() -> None:
    lots = (stated("budget", 900), stated("budget", 400, lot="1"), stated("budget", 500, lot="2"))
    told_ = story(
        sign("tender", "2018-03-09", sums=lots),
        sign("award", "2018-04-01", **won(("1", "远舟公司", 390))),
        sign("termination", "2018-04-01"),
        sign("tender", "2018-04-20", name=NAME + "（第二次）", **budget(500)),
        sign("award", "2018-05-20", name=NAME + "（第二次）", **won(("", "临禾公司", 480))),
    )
    assert totals(told_) == {"budget": 900, "award": 870}


def test_a_correction_of_the_lots_replaces_the_whole() -> None:
    lots = (stated("budget", 900), stated("budget", 400, lot="1"), stated("budget", 500, lot="2"))
    now = (stated("budget", 450, lot="1"), stated("budget", 500, lot="2"))
    told_ = story(sign("tender", sums=lots), sign("correction", "2018-03-15", sums=now))
    assert totals(told_) == {"budget": 950}


def test_candidates_are_no_award() -> None:
    told_ = story(
        sign("tender", "2018-03-09", **budget(900)),
        sign("candidates", "2018-04-01", **won(("", "远舟公司", 880), ("", "临禾公司", 890))),
    )
    assert told_.state == "proposed"
    assert totals(told_) == {"budget": 900}


def test_contracts_of_a_framework_add_up_and_the_same_contract_twice_does_not() -> None:
    def contract(date: str, serial: str, amount: int) -> Sign:
        numbers = read_numbers(serial, "contract")
        return sign(
            "contract", date, numbers=numbers, **won(("", "远舟公司", amount), field="contract")
        )

    told_ = story(
        contract("2018-05-01", "XN2018HT0001", 100),
        contract("2018-06-01", "XN2018HT0002", 100),
        contract("2018-06-25", "XN2018HT0002", 100),
    )
    assert totals(told_) == {"contract": 200}


def test_a_sum_that_is_not_certain_is_counted_as_such_and_adds_nothing() -> None:
    told_ = story(
        sign("tender", sums=(stated("budget", None, why="no-unit"),)),
        sign("award", "2018-04-01", sums=(stated("award", None, supplier="远舟公司", why="rate"),)),
    )
    assert [(t.field, int(t.amount), t.sums, t.unsettled) for t in told_.totals] == [
        ("budget", 0, 0, 1),
        ("award", 0, 0, 1),
    ]
    assert told_.state == "awarded"


def test_what_two_rounds_state_without_a_certain_sum_is_counted_once() -> None:
    no_sum = stated("budget", None, why="no-amount")
    told_ = story(
        sign("tender", "2018-03-09", sums=(no_sum,)),
        sign("termination", "2018-04-01"),
        sign("tender", "2018-04-20", name=NAME + "（第二次）", sums=(no_sum,)),
        sign("award", "2018-05-20", name=NAME + "（第二次）", sums=(no_sum,)),
    )
    assert [each.why_not for each in told_.sums] == ["tried-again", "unsettled", "repeated"]
    assert [(t.field, t.unsettled) for t in told_.totals] == [("budget", 1)]


def test_a_correction_that_states_the_corrected_budget_again_changes_nothing() -> None:
    told_ = story(
        sign("tender", "2018-03-09", **budget(900)),
        sign("correction", "2018-03-15", **budget(950)),
        sign("correction", "2018-03-20", **budget(950)),
    )
    assert [each.why_not for each in told_.sums] == ["corrected", "", "repeated"]
    back = story(
        sign("tender", "2018-03-09", **budget(900)),
        *(
            sign("correction", f"2018-03-{day}", **budget(amount))
            for day, amount in ((15, 950), (17, 940), (20, 950))
        ),
    )
    assert [each.counts for each in back.sums] == [False, False, False, True]


def test_currencies_are_not_added_to_each_other() -> None:
    sums = (
        stated("award", 100, supplier="远舟公司", lot="1"),
        stated("award", 50, supplier="临禾公司", lot="2", currency="USD"),
    )
    told_ = story(sign("award", sums=sums))
    assert [(t.currency, int(t.amount)) for t in told_.totals] == [("CNY", 100), ("USD", 50)]


def test_a_flood_of_sums_is_cut_off_and_told() -> None:
    def flood(day: int) -> Sign:
        sums = [("", f"第{day}日{n}公司", 1000 + n) for n in range(200)]
        return sign("contract", f"2018-03-{day:02d}", **won(*sums, field="contract"))

    start = time.process_time()
    told_ = story(*(flood(day) for day in range(1, 11)))
    assert time.process_time() - start < 20
    assert sum(each.why_not == "too-many" for each in told_.sums) == 1_000


def test_a_notice_without_a_day_stands_before_what_follows_it() -> None:
    told_ = story(
        sign("correction", "2018-03-20", **budget(950)),
        sign("tender", "", lines=LINES, **budget(900)),
        sign("tender", "2018-03-21", lines=LINES, **budget(900)),
    )
    assert [each.type for each in told_.history] == ["tender", "correction", "tender"]
    assert totals(told_) == {"budget": 950}


def test_no_notice_is_no_purchase() -> None:
    with pytest.raises(ValueError, match="at least one"):
        tell([])


def test_the_order_of_the_members_changes_nothing() -> None:
    world = make_world(150, 11)
    signs = {draft.id: sign_of(draft) for draft in world.drafts}
    chance = Random(1)
    for notices in world.truth():
        once = told(notices, signs)
        mixed = members(*(signs[each] for each in notices))
        chance.shuffle(mixed)
        again = tell(mixed)
        assert (once.totals, once.state, once.rounds) == (again.totals, again.state, again.rounds)


def test_printing_everything_again_adds_nothing() -> None:
    world = make_world(200, 12)
    signs = {draft.id: sign_of(draft) for draft in world.drafts}
    for notices in world.truth():
        twice = [*notices, *(f"{each}-twice" for each in notices)]
        both = signs | {f"{each}-twice": signs[each] for each in notices}
        assert told(twice, both).totals == told(notices, signs).totals


def test_every_sum_counts_or_says_why_not_and_the_totals_are_those_that_count() -> None:
    world = make_world(200, 13)
    signs = {draft.id: sign_of(draft) for draft in world.drafts}
    for notices in world.truth():
        purchase = told(notices, signs)
        assert all(each.counts != bool(each.why_not) for each in purchase.sums)
        for total in purchase.totals:
            mine = [s for s in purchase.sums if s.field == total.field and s.counts]
            assert total.amount == sum((s.amount or Decimal(0) for s in mine), Decimal(0))
        assert msgspec.json.decode(msgspec.json.encode(purchase), type=Purchase) == purchase


def test_thousands_of_different_corrections_are_told_in_time() -> None:
    signs = [
        sign(
            "correction",
            "2018-03-09",
            lines=tuple(range(25 * number, 25 * number + 24)),
            **budget(number),
        )
        for number in range(1, 3_001)
    ]
    start = time.process_time()
    assert len(story(*signs).history) == 3_000
    assert time.process_time() - start < 10


def test_one_contract_told_of_each_member_of_a_consortium_counts_once() -> None:
    number = read_numbers("XNHT-2018-0007", "contract")
    told_ = story(
        sign("award", "2018-04-09", **won(("", "远舟公司与近帆公司", 880))),
        *(
            sign("contract", day, numbers=number, **won(("", who, 880), field="contract"))
            for day, who in (("2018-05-09", "远舟公司"), ("2018-05-10", "近帆公司"))
        ),
    )
    assert totals(told_) == {"award": 880, "contract": 880}
