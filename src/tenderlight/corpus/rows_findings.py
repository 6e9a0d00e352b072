"""Rows of what the definitions found beside findings and quantities, and of what can be reviewed.

A claim is a technology, target, site or purpose of one notice with the passage that it rests on:
the first that says it is bought, else the first that names it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tenderlight.corpus.shown import Row, Shown, digits, yuan
from tenderlight.model import Cited, Finding, Findings, Item, ItemUse, Money, Passage
from tenderlight.review import Quote, case_id
from tenderlight.review.case import AROUND

AsRow = Callable[[Passage], Row]
KEYS = {
    "technology": "technologies",
    "target": "targets",
    "site": "sites",
    "purpose": "purposes",
}
"""What the export calls each kind of finding."""


def finding_tables(
    notice: str,
    findings: Findings,
    items: Sequence[Item],
    show: Shown,
    shown: AsRow,
    context: Callable[[Passage, Shown], str],
) -> dict[str, list[Row]]:
    """The tables `claim`, `item_use`, `condition` and `mismatch` of one notice, masked."""
    return {
        "claim": [_claim(notice, each, show, shown, context) for each in claims(findings)],
        "item_use": [_use(each, items[each.item], shown) for each in findings.items],
        "condition": [
            {"number": number, "id": each.id, **shown(each.at)}
            for number, each in enumerate(findings.conditions)
        ],
        "mismatch": [
            {
                "number": number,
                "check_id": each.check,
                "stated": each.stated,
                "expected": each.expected,
                "en": each.en,
                "zh": each.zh,
                "beside": [show.text(at) for at in each.beside],
                "context": context(each.at, show),
                **shown(each.at),
            }
            for number, each in enumerate(findings.mismatches)
        ],
    }


def claims(findings: Findings) -> list[Finding]:
    """One finding for each kind and id: the first that says it is bought, else the first."""
    best: dict[tuple[str, str], Finding] = {}
    for each in findings.findings:
        known = best.get((each.kind, each.id))
        if known is None or (known.relation != "bought" and each.relation == "bought"):
            best[each.kind, each.id] = each
    return list(best.values())


def further(findings: Findings, claim: Finding) -> list[Finding]:
    """What else was kept that says the same of a claim's subject, each wording once."""
    told = {claim.at.text}
    others = []
    for each in findings.findings:
        is_same = (each.kind, each.id, each.relation) == (claim.kind, claim.id, claim.relation)
        if is_same and each.at.text not in told:
            told.add(each.at.text)
            others.append(each)
    return others


def quote(at: Passage, show: Shown) -> Quote:
    """A passage as it can be found again, masked."""
    if at.part == "manifest":
        return Quote(exact=show.text(at), part=at.part, start=at.start, end=at.end)
    return Quote(
        exact=show.text(at),
        prefix=show.whole[max(at.start - AROUND, 0) : at.start],
        suffix=show.whole[at.end : at.end + AROUND],
        part=at.part,
        start=at.start,
        end=at.end,
    )


def findings_row(findings: Findings, show: Shown) -> Row:
    """What the export says beside technologies, targets, sites and quantities."""
    return {
        "purposes": [
            {"id": each.id, "evidence": show.text(each.at)}
            for each in claims(findings)
            if each.kind == "purpose"
        ],
        "rules": [{"id": each.id, "evidence": show.text(each.at)} for each in findings.conditions],
        "mismatches": [
            {
                "check": each.check,
                "stated": digits(each.stated),
                "expected": digits(each.expected),
                "en": each.en,
                "zh": each.zh,
                "evidence": show.text(each.at),
                "beside": [show.text(at) for at in each.beside],
            }
            for each in findings.mismatches
        ],
    }


def findings_passages(findings: Findings) -> dict[str, Passage]:
    """Where each is printed, by its key in the export: `technologies.0`."""
    places: dict[str, Passage] = {}
    claimed = claims(findings)
    for kind, key in KEYS.items():
        found = (each for each in claimed if each.kind == kind)
        for number, each in enumerate(found):
            places[f"{key}.{number}"] = each.at
            if kind == "technology":
                quotes = enumerate(further(findings, each))
                places |= {f"{key}.{number}.quotes.{n}": other.at for n, other in quotes}
    places |= {f"quantities.{n}": each.at for n, each in enumerate(findings.quantities)}
    places |= {f"rules.{n}": each.at for n, each in enumerate(findings.conditions)}
    places |= {f"mismatches.{n}": each.at for n, each in enumerate(findings.mismatches)}
    return places


def _claim(
    notice: str,
    finding: Finding,
    show: Shown,
    shown: AsRow,
    context: Callable[[Passage, Shown], str],
) -> Row:
    cited = quote(finding.at, show)
    return {
        "case_id": case_id(notice, finding.kind, finding.id, cited),
        "kind": finding.kind,
        "id": finding.id,
        "relation": finding.relation,
        "rule": finding.rule,
        "standing": finding.standing,
        "prefix": cited.prefix,
        "suffix": cited.suffix,
        "context": context(finding.at, show),
        **shown(finding.at),
    }


def _use(use: ItemUse, item: Item, shown: AsRow) -> Row:
    def sum_of(cited: Cited[Money] | None) -> Any:
        return yuan(cited.value if cited else None)

    return {
        "number": use.item,
        "id": use.id,
        "rule": use.rule,
        "quantity": item.quantity.value if item.quantity else None,
        "unit_price_cny": sum_of(item.unit_price),
        "total_cny": sum_of(item.total),
        **shown(use.at),
    }
