"""Drawing the cases of a plan."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderlight.model import Refused
from tenderlight.review.plans import Candidate, Plan, allocate, is_whole, make_plan

CLAIMS = [
    Candidate(f"n{n}", f"c{n}", str(2010 + n % 9), score=(n * 37 % 100) / 100) for n in range(600)
]


def drawn(claims: list[Candidate] = CLAIMS, **other: object) -> Plan:
    asked = {"kind": "precision", "size": 60, "seed": "s", "by": "A. B.", "made": "2026-01-02"}
    return make_plan({"iris": claims}, **{**asked, **other})  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 500), max_size=12), st.integers(0, 800), st.booleans())
def test_as_many_are_shared_out_as_there_are_to_draw_and_never_more(sizes, total, evenly):
    given = allocate(sizes, total, evenly=evenly)
    assert sum(given) == min(total, sum(sizes))
    assert all(0 <= part <= size for part, size in zip(given, sizes, strict=True))


@given(st.permutations(CLAIMS[:80]))
def test_the_order_in_which_claims_come_changes_no_plan(claims):
    assert drawn(list(claims), size=20) == drawn(CLAIMS[:80], size=20)


def test_every_claim_lies_in_exactly_one_stratum():
    plan = drawn(size=600)
    assert sum(stratum.size for stratum in plan.strata) == 600
    assert len({each.case for _, each in plan.cases}) == 600
    assert {stratum.band for stratum in plan.strata} == {"doubted", "likely", "sure"}


def test_years_with_few_claims_are_taken_together():
    few = [Candidate(f"n{n}", f"c{n}", str(2005 + n), score=0.95) for n in range(20)]
    years = [stratum.years for stratum in drawn(few, size=10).strata]
    assert years[0] == "2005-2010"
    assert len(years) == 3


def test_a_larger_plan_of_the_same_seed_holds_the_smaller_one():
    one = [Candidate(f"n{n}", f"c{n}", "2020") for n in range(500)]
    small, large = ({each.case for _, each in drawn(one, size=size).cases} for size in (40, 160))
    assert small < large


def test_another_seed_draws_others():
    assert drawn(seed="t").cases != drawn().cases
    assert drawn(seed="t").id != drawn().id


def test_recall_asks_about_the_same_notices_for_each_technology():
    rest = [Candidate(f"n{n}", f"c{n}", "2020") for n in range(500)]
    plan = make_plan({"iris": rest, "dna": rest}, kind="recall", size=30, seed="s", by="A", made="")
    iris, dna = ({c.notice for s, c in plan.cases if s == name} for name in ("iris", "dna"))
    assert iris == dna
    assert [stratum.band for stratum in plan.strata] == ["all", "all"]
    assert plan.cases[0][1].notice == plan.cases[1][1].notice


def test_by_score_the_few_likely_ones_are_seen_too():
    rest = [Candidate(f"n{n}", f"c{n}", "2020", score=0.0) for n in range(5000)]
    rest += [Candidate(f"m{n}", f"d{n}", "2020", score=0.7) for n in range(20)]
    rest += [Candidate(f"o{n}", f"e{n}", "2020", mentioned=True) for n in range(50)]
    plan = make_plan(
        {"iris": rest}, kind="recall", size=100, seed="s", by="A", made="", by_score=True
    )
    seen = {stratum.band: len(stratum.drawn) for stratum in plan.strata}
    assert set(seen) == {"rest", "likely", "mentioned"}
    assert min(seen.values()) >= 5


def test_a_stratum_s_draw_is_spread_like_any_random_draw():
    one = [Candidate(f"n{n:04}", f"c{n}", "2020") for n in range(1000)]
    hits = [0, 0]
    for seed in range(200):
        for _, each in drawn(one, size=50, seed=str(seed)).cases:
            hits[int(each.notice[1:]) >= 500] += 1
    assert abs(hits[0] - hits[1]) < 4 * (200 * 50) ** 0.5


def test_a_plan_without_anything_to_draw_from_is_refused():
    with pytest.raises(Refused, match="nothing to draw"):
        drawn([])


def test_a_plan_that_nobody_can_do_is_refused():
    many = [Candidate(f"n{n}", f"c{n}", "2020") for n in range(30_000)]
    with pytest.raises(Refused, match="more than 20,000"):
        drawn(many, size=30_000)
    with pytest.raises(Refused, match="at least one"):
        drawn(size=0)


def test_a_plan_survives_its_line():
    plan = drawn()
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_a_plan_that_was_changed_is_not_whole():
    plan = drawn()
    assert is_whole(plan)
    first, *rest = plan.strata
    fewer = msgspec.structs.replace(first, drawn=first.drawn[1:])
    changed = msgspec.structs.replace(plan, strata=(fewer, *rest))
    assert not is_whole(changed)
    assert not is_whole(msgspec.structs.replace(plan, seed="t"))
    assert not is_whole(msgspec.structs.replace(plan, by="another"))


def test_a_case_about_a_whole_notice_has_a_name_too():
    plan = make_plan(
        {"iris": [Candidate("ab12", "", "2020")]}, kind="recall", size=1, seed="s", by="A", made=""
    )
    ((_, each),) = plan.cases
    assert len(each.case) == 16
