"""Offices of every county and branches in every prefecture, named in all their ways."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tenderlight.organisations import Node, compare, keys, node_of
from tenderlight.places import Division, display_name, division, divisions
from tenderlight.places.divisions import lineage, prefecture_of

TODAY = [each for each in divisions() if each.last is None and each.counts]
COUNTIES = [each for each in TODAY if each.level == "county"]
PREFECTURES = [each for each in TODAY if each.level == "prefecture" and each.zh.endswith("市")]
Named = Mapping[str, list[Node]]


def police(of: Division) -> list[Node]:
    above = division(lineage(of.code)[-2])
    assert above is not None
    names = [
        node_of(f"{display_name(of.code)}公安局"),
        node_of(f"{above.zh}{of.zh}公安局"),
        node_of(f"{of.zh}公安局", of.code),
    ]
    if of.zh.endswith("区") and len(of.zh) > 2 and above.zh.endswith("市"):
        names.append(node_of(f"{above.zh}公安局{of.zh[:-1]}分局"))
        names.append(node_of(f"{of.zh[:-1]}公安分局", of.code))
    return names


def branches(of: Division) -> list[Node]:
    city, province = of.zh[:-1], division(lineage(of.code)[0])
    assert province is not None
    short = province.zh[:3] if province.zh[:3] in ("黑龙江", "内蒙古") else province.zh[:2]
    return [
        node_of(f"中国移动通信集团{short}有限公司{city}分公司"),
        node_of(f"中国移动通信集团{short}有限公司{of.zh}分公司"),
        node_of(f"{short}移动{city}分公司"),
        node_of(f"中国移动{short}公司{city}分公司"),
    ]


def missed(named: Named) -> list[tuple[str, str]]:
    """Names of one that do not join, or would never be held against each other."""
    return [
        (one.printed, other.printed)
        for known in named.values()
        for one, other in itertools.combinations({each.id: each for each in known}.values(), 2)
        if not (joined(one, other) and set(keys(one)) & set(keys(other)))
    ]


def false(named: Named) -> list[tuple[str, str]]:
    """Names of two that join, among those that share a key."""
    sharing: dict[str, dict[str, tuple[str, Node]]] = defaultdict(dict)
    for whose, known in named.items():
        for each in known:
            for key in keys(each):
                sharing[key][each.id] = whose, each
    return [
        (one.printed, other.printed)
        for group in sharing.values()
        for (owner, one), (owned, other) in itertools.combinations(group.values(), 2)
        if owner != owned and joined(one, other)
    ]


def joined(one: Node, other: Node) -> bool:
    said = compare(one, other)
    return said is not None and said.same and said.strength >= 70


def count(named: Iterable[list[Node]]) -> int:
    return sum(len(known) * (len(known) - 1) // 2 for known in named)


def test_the_police_of_each_county_is_one_however_it_is_named() -> None:
    named = {each.code: police(each) for each in COUNTIES}
    assert len(named) > 2_800
    assert len(missed(named)) <= 0.002 * count(named.values())
    assert false(named) == []


def test_each_branch_of_an_operator_is_one_however_it_is_named() -> None:
    named = {each.code: branches(each) for each in PREFECTURES}
    assert len(named) > 280
    assert len(missed(named)) <= 0.01 * count(named.values())
    assert false(named) == []


def test_a_branch_is_never_that_of_its_province() -> None:
    for each in PREFECTURES:
        province = division(lineage(each.code)[0])
        assert province is not None
        whole = node_of(f"{province.zh}公安厅")
        city = node_of(f"{each.zh}公安局")
        assert not joined(whole, city)
        assert prefecture_of(each.code) == each.code
