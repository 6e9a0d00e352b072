"""Names held against each other: what joins, what keeps apart, and that order is nothing to it."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bench.organisations import Line, pairs
from tenderlight.grouping import group
from tenderlight.organisations import Node, compare, describe, keys, node_of
from tenderlight.organisations.codes import ALPHABET, credit_code

LINES = pairs("tuned on")
NAMES = sorted({line.first for line in LINES} | {line.second for line in LINES})
WORDS = [
    "公安局",
    "有限公司",
    "分公司",
    "北京",
    "朝阳区",
    "（",
    ")",
    "第",
    "12",
    "委",
    "XN",
    "镇",
    " ",
]


def joins(one: Node, other: Node) -> bool:
    said = compare(one, other)
    return one.id == other.id or (said is not None and said.same and said.strength >= 70)


def nodes(line: Line) -> tuple[Node, Node]:
    return (
        node_of(line.first, line.first_division or None, line.first_code),
        node_of(line.second, line.second_division or None, line.second_code),
    )


def test_what_is_said_of_two_does_not_depend_on_their_order() -> None:
    for line in LINES:
        one, other = nodes(line)
        said, back = compare(one, other), compare(other, one)
        assert (said and (said.same, said.strength)) == (back and (back.same, back.strength))
        if said and back:
            assert {(r.rule, r.first, r.second) for r in said.reasons} == {
                (r.rule, r.first, r.second) for r in back.reasons
            }


def test_script_width_and_blanks_make_no_other_organisation() -> None:
    traditional = OpenCC("s2t").convert
    for name in NAMES:
        one = node_of(name)
        wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
        for written in (traditional(name), wide, f" {name}\n", name.replace("（", "(")):
            other = node_of(written)
            assert keys(one) == keys(other), name
            said = compare(one, other)
            assert one.id == other.id or not keys(one) or (said is not None and said.same), name


def test_a_name_has_few_keys_of_bounded_length() -> None:
    for name in NAMES:
        assert len(keys(node_of(name))) <= 12
        assert all(len(key) <= 150 for key in keys(node_of(name)))


def test_no_two_names_of_the_bench_join_without_a_key_in_common() -> None:
    known = [node_of(name) for name in NAMES[::3]]
    for one, other in itertools.combinations(known, 2):
        if joins(one, other):
            assert set(keys(one)) & set(keys(other)), (one.printed, other.printed)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join), st.text(max_size=60))
def test_any_text_is_a_name_that_is_compared(first: str, second: str) -> None:
    one, other = node_of(first, "110105"), node_of(second)
    for a, b in ((one, other), (one, one), (other, one)):
        compare(a, b)
        assert describe([a, b]).name in (a.printed, b.printed)
        assert len(keys(a)) <= 12


@pytest.mark.parametrize("unit", ["公司", "(", "第12", "北京市", "朝阳区", "委员会", "局分", "县"])
def test_a_hostile_name_costs_no_time(unit: str) -> None:
    began = time.process_time()
    for _ in range(5):
        keys(node_of(unit * 50_000))
    assert time.process_time() - began < 2


@given(st.permutations(["上海市公安局奉贤分局", "奉贤公安分局", "上海市奉贤区公安局"]))
def test_an_organisation_is_told_the_same_in_every_order(names: list[str]) -> None:
    told = describe([node_of(name) for name in names])
    assert told.name == "上海市公安局奉贤分局"
    assert told.names == tuple(sorted(names))


def test_an_organisation_is_shown_by_its_name_of_today() -> None:
    names = ("厦门市美亚柏科信息股份有限公司", "国投智能（厦门）信息股份有限公司", "美亚柏科")
    told = describe([node_of(name) for name in names])
    assert told.name == "国投智能（厦门）信息股份有限公司"
    assert told.former == ("厦门市美亚柏科信息股份有限公司",)


def test_an_official_english_name_comes_from_the_alias_file_alone() -> None:
    told = describe([node_of("Huawei Technologies Co., Ltd."), node_of("华为技术有限公司")])
    assert (told.name, told.english) == ("华为技术有限公司", "Huawei Technologies Co., Ltd.")
    assert describe([node_of("XN视讯科技有限公司")]).english is None


def test_branches_of_two_places_never_join_through_a_third_name() -> None:
    names = ["山东移动", "广东移动", "中国移动通信集团有限公司", "中国移动通信集团广东有限公司"]
    known = [node_of(name) for name in names]
    said = [compare(a, b) for a, b in itertools.combinations(known, 2)]
    grouped = group([each.id for each in known], [each for each in said if each])
    together = [{each.id for each in known[1::2]}]
    assert [set(each) for each in grouped if len(each) > 1] == together


def test_a_district_that_no_list_has_is_known_by_its_office() -> None:
    one, other = node_of("南通市公安局通崇分局"), node_of("南通市通崇区公安分局")
    assert joins(one, other)
    assert set(keys(one)) & set(keys(other))
    said = compare(one, node_of("南通市公安局"))
    assert said is None or not said.same


SAME = (
    ("沂南县人民政府办公室", "沂南县政府办"),
    ("中共沂南县委办公室", "沂南县委办"),
    ("临沂市人民政府国有资产监督管理委员会", "临沂市国资委"),
    ("中国人民解放军沂南县人民武装部", "沂南县人武部"),
    ("北京市教育委员会", "北京市教委"),
    ("北京市公安局公安交通管理局", "北京市交管局"),
    ("XN律师事务所（特殊普通合伙）", "XN律师事务所"),
    ("第一中标候选人：XN视讯科技有限公司", "XN视讯科技有限公司"),
    ("沂南县体育中心（沂南县少年体育学校）", "沂南县体育中心"),
    ("沂南县体育中心（沂南县少年体育学校）", "沂南县少年体育学校"),
    ("沂南县第一中学校", "沂南县第一中学"),
)
APART = (
    ("沂南县公安局（交通警察大队）", "沂南县公安局"),
    ("XN科技有限公司（临沂分公司）", "XN科技有限公司"),
    ("沂南县人民政府采购中心", "沂南县采购中心"),
    ("沂南县委办公室", "沂南县政府办公室"),
    ("哈尔滨工业大学（深圳）", "哈尔滨工业大学"),
    ("济南市公安分局", "济南市公安局"),
    ("济南市国土资源局", "济南市自然资源局"),
    ("济南市国家税务局", "济南市税务局"),
    ("济南市公安局分局", "济南市公安局"),
)


@pytest.mark.parametrize(("first", "second"), SAME)
def test_other_ways_to_write_a_name_join(first: str, second: str) -> None:
    one, other = node_of(first), node_of(second)
    assert joins(one, other)
    assert set(keys(one)) & set(keys(other))


@pytest.mark.parametrize(("first", "second"), APART)
def test_parts_and_neighbours_do_not_join(first: str, second: str) -> None:
    assert not joins(node_of(first), node_of(second))


def test_a_former_name_is_told_as_it_is_printed() -> None:
    told = describe([node_of("XN新澜科技有限公司（原：XN旧澜电子有限公司）")])
    assert told.former == ("XN旧澜电子有限公司",)


def test_parts_and_branches_that_print_the_code_of_their_whole_stay_apart() -> None:
    office, company = "11371321XN00000124", "91350100M000100Y43"
    for first, second, code in (
        ("沂南县公安局", "沂南县公安局交通警察大队", office),
        ("沂南县公安局", "沂水县公安局", office),
        ("山东移动济南分公司", "山东移动青岛分公司", company),
        ("XN甲有限公司济南分公司", "XN甲有限公司青岛分公司", company),
    ):
        one, other = node_of(first, None, code), node_of(second, None, code)
        assert one.code == other.code == code
        assert not joins(one, other)
    moved = node_of("济南XN有限公司", None, company), node_of("青岛XN有限公司", None, company)
    assert joins(*moved)


def test_reasons_name_the_rules() -> None:
    said = compare(node_of("XN甲有限公司", None, "91350100M000100Y43"), node_of("XN甲有限公司"))
    assert said is not None
    assert [reason.rule for reason in said.reasons] == ["name"]
    branch = compare(node_of("XN甲有限公司"), node_of("XN甲有限公司青岛分公司"))
    assert branch is not None
    assert (branch.same, branch.reasons[0].rule) == (False, "branch")


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_of_all_check_characters_one_fits(base: str) -> None:
    base = base[:2] + "110108" + base[8:]
    fitting = [each for each in ALPHABET if credit_code(base + each)]
    assert len(fitting) == 1
