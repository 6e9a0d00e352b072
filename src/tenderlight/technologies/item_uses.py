"""Which rows of goods are a technology, so that their quantity and price belong to it."""

from __future__ import annotations

import re

from tenderlight.model import Finding, ItemUse
from tenderlight.technologies.groups import Group, groups_of_items
from tenderlight.technologies.prepared import Prepared
from tenderlight.technologies.sieve import Sieve

NAME = "its name"
SPECIFICATION = "its model or what is asked of it"
HEADING = "the heading that it stands under"
_LEFT_OUT = re.compile("利旧|不[含在包]|甲供|另行|取消")
"""In a heading, it says that its rows are not bought for what it names."""


def find_item_uses(
    notice: Prepared, searcher: Sieve, findings: list[Finding]
) -> tuple[ItemUse, ...]:
    """Each row that is a technology the notice buys, once for each technology, in their order.

    A row is what its name says; where that names none, what its model and its specification say
    (`服务器 | 支持人脸比对`); where they name none, the nearest heading that names one: brackets
    and disks under `人脸识别子系统` are bought for it. What is not bought is no use.
    """
    if not notice.rows:
        return ()
    bought = {one.id for one in findings if _is_bought(one)}
    if not bought:
        return ()
    uses = _by_their_own_words(notice, findings)
    direct = {item for item, _ in uses}
    named: dict[Group, tuple[ItemUse, ...]] = {}
    for item, groups in groups_of_items(notice).items():
        if item in direct:
            continue
        for group in groups:
            if group not in named:
                named[group] = _named_by(notice, searcher, group, bought)
            if named[group]:
                for each in named[group]:
                    use = ItemUse(item=item, id=each.id, at=each.at, rule=HEADING)
                    uses[item, each.id] = use
                break
    return tuple(uses[key] for key in sorted(uses))


def _is_bought(finding: Finding) -> bool:
    return finding.kind == "technology" and finding.relation == "bought"


def _by_their_own_words(
    notice: Prepared, findings: list[Finding]
) -> dict[tuple[int, str], ItemUse]:
    by_name: dict[tuple[int, str], ItemUse] = {}
    by_specification: dict[tuple[int, str], ItemUse] = {}
    for each in findings:
        if each.item is None or not _is_bought(each):
            continue
        name = notice.fields.items[each.item].name.at
        key = (each.item, each.id)
        if name.start <= each.at.start < name.end:
            by_name.setdefault(key, ItemUse(item=key[0], id=key[1], at=each.at, rule=NAME))
        else:
            use = ItemUse(item=key[0], id=key[1], at=each.at, rule=SPECIFICATION)
            by_specification.setdefault(key, use)
    named = {item for item, _ in by_name}
    return by_name | {key: use for key, use in by_specification.items() if key[0] not in named}


def _named_by(
    notice: Prepared, searcher: Sieve, group: Group, bought: set[str]
) -> tuple[ItemUse, ...]:
    """The technologies that a heading names, of those that the notice buys."""
    words: dict[str, ItemUse] = {}
    if _LEFT_OUT.search(notice.plain, group.start, group.end):
        return ()
    for index, hits in searcher.hits(notice.plain[group.start : group.end]).items():
        definition = searcher.definitions[index]
        hit = next((hit for hit in hits if hit.role != "mention"), None)
        if definition.kind != "technology" or definition.id not in bought or hit is None:
            continue
        at = notice.reading.passage(group.start + hit.start, group.start + hit.end)
        words[definition.id] = ItemUse(item=0, id=definition.id, at=at, rule=HEADING)
    return tuple(words[id] for id in sorted(words))
