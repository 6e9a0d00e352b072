"""Of many passages that say one thing, the few that are kept."""

from __future__ import annotations

from itertools import groupby

import msgspec

from tenderlight.model import Finding, Reading

MOST_PASSAGES = 5
"""Passages kept of one technology, target or site: enough to highlight, few enough to read."""
_TELLING = {"title": 0, "name": 0, "item": 1, "needs": 2}
"""Which places tell more of what is bought than others."""


def joined(reading: Reading, findings: list[Finding]) -> list[Finding]:
    """Findings of one definition in the order of the text, words that overlap made one passage."""
    found: list[Finding] = []
    for each in findings:
        last = found[-1] if found else None
        if last and each.at.start < last.at.end and each.relation == last.relation:
            at = reading.passage(last.at.start, max(last.at.end, each.at.end))
            found[-1] = msgspec.structs.replace(last, at=at)
        else:
            found.append(each)
    return found


def chosen(findings: list[Finding]) -> list[Finding]:
    """At most `MOST_PASSAGES` of each definition: those that say it is bought first.

    Among them the title once, then words that differ and places that tell more: the table of goods
    before the needs, the needs before the rest.
    """
    by_subject = sorted(findings, key=lambda one: (one.kind, one.id))
    kept: list[Finding] = []
    for _, group in groupby(by_subject, key=lambda one: (one.kind, one.id)):
        several = list(group)
        kept += several if len(several) <= MOST_PASSAGES else _most_telling(several)
    return kept


def _most_telling(several: list[Finding]) -> list[Finding]:
    told: dict[tuple[str, str], int] = {}
    ranked = []
    for place, each in enumerate(several):
        again = told.get((each.standing, each.at.text), 0)
        told[each.standing, each.at.text] = again + 1
        rank = (each.relation != "bought", again, _TELLING.get(each.standing, 3), place)
        ranked.append((rank, each))
    ranked.sort(key=lambda one: one[0])
    return [each for _, each in ranked[:MOST_PASSAGES]]
