"""Who runs the purchase for the buyer: labelled, commissioned, or signing the notice."""

from __future__ import annotations

import re

from tenderlight.fields.agreement import Candidate, agree, cite
from tenderlight.fields.buyer import same_name
from tenderlight.fields.english_parties import find_parties
from tenderlight.fields.names import find_name, looks_like_agency, looks_like_organisation
from tenderlight.fields.shapes import Layout
from tenderlight.fields.signature import signers
from tenderlight.model import Cited, Reading

_COMMISSIONED = re.compile(
    r"(?P<name>[\u4e00-\u9fff()]{4,40}?)(?:\([^()]{0,20}\))?\s{0,4}受\s{0,4}[^。;:,受]{2,50}?\s{0,4}的?\s{0,4}委\s{0,4}托"
)
_AFTER = re.compile(
    r"受[^。;:受]{2,60}?委\s{0,4}托\s{0,4},\s{0,4}(?P<name>[\u4e00-\u9fff()]{6,40}?)\s{0,4}(?:对|就|为|于|以|现)"
)
_CALLED = re.compile(
    r"(?:代理机构|招标代理|代理单位)\"?(?:为|是|系)\s{0,4}(?P<name>[\u4e00-\u9fff()]{6,40}?)\s{0,4}(?=[。;,])"
)
_ENTRUSTED = re.compile(r"受[^。;:受]{2,63}?委\s{0,4}托")
"""What stands in both sentences: quick to look for, and most notices have none of it."""
_SENTENCES_READ = 3000


def find_agency(reading: Reading, layout: Layout, buyer: Cited[str] | None) -> Cited[str] | None:
    """The agency; None where the buyer runs the purchase without one, or does not say."""
    own = same_name(buyer.value) if buyer else ""
    candidates = [
        candidate
        for candidate in (*_labelled(layout), *_commissioned(layout), *_signed(layout))
        if same_name(candidate.value) != own
    ]
    return cite(reading, agree(candidates, same_name))


def _labelled(layout: Layout) -> list[Candidate]:
    candidates = []
    for pair in layout.of("agency"):
        name = find_name(layout.text, pair.start, pair.end)
        if name is not None:
            weight = 2 if pair.kind == "column" else 3
            candidates.append(
                Candidate(name.value, name.start, name.end, f"label {pair.key}", weight)
            )
    return candidates


def _commissioned(layout: Layout) -> list[Candidate]:
    beginning = layout.plain[:_SENTENCES_READ]
    told = find_parties(layout).agency
    if told is not None:
        return [Candidate(told.value, told.start, told.end, "sentence on behalf of", 2)]
    entrusted = "受" in beginning and _ENTRUSTED.search(beginning) is not None
    called = "代理" in beginning
    for rule, likely in ((_COMMISSIONED, entrusted), (_AFTER, entrusted), (_CALLED, called)):
        match = rule.search(beginning) if likely else None
        if match is None:
            continue
        name = find_name(layout.text, match.start("name"), match.end("name"))
        if name is not None and looks_like_organisation(name.value):
            return [Candidate(name.value, name.start, name.end, "sentence", 2)]
    return []


def _signed(layout: Layout) -> list[Candidate]:
    return [
        Candidate(name.value, name.start, name.end, "signature", 1)
        for name in signers(layout)
        if looks_like_agency(name.value)
    ]
