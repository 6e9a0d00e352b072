"""Buyer and agency in English: `X Co., Ltd. (the "Agent"), on behalf of Y, invites`."""

from __future__ import annotations

import re
from typing import NamedTuple

from tenderlight.fields.names import Name, find_name, looks_like_organisation
from tenderlight.fields.shapes import Layout

_NAME = r"(?P<name>[a-z][^\n;:()]{4,110}?)"
_AGENT = re.compile(
    rf"(?:^|[\n:.]\s{{0,4}}|\d[.)]\s{{1,4}}){_NAME}\s{{0,4}}"
    r"(?:\([^()\n]{0,30}\b(?:agent|agency)\b[^()\n]{0,6}\))?,?"
    r"\s{1,4}(?:acting )?(?:as (?:an? |the )?[a-z ]{0,20}agen(?:t|cy) )?"
    r"(?:on behalf of|entrusted by|authori[sz]ed by)\b"
)
_BUYER = re.compile(
    rf"\b(?:on behalf of|entrusted by|authori[sz]ed by)\s{{1,4}}(?:the\s)?{_NAME}"
    r"(?=\s{0,4}(?:\(|[,.;\n]?\s{0,4}(?:hereby|invites?|now|to\b|for\b)))"
)
_CALLED = re.compile(
    rf"(?:^|[\n:.]\s{{0,4}}|\bthe\s|\d[.)]\s{{1,4}}){_NAME}"
    r"\s{0,4}\([^()\n]{0,40}\b(?:purchaser|employer|procuring entity|client|buyer)\b[^()\n]{0,6}\)"
)
_READ = 3000


class Parties(NamedTuple):
    """Who buys, and who runs the purchase, where an English sentence says so."""

    buyer: Name | None = None
    agency: Name | None = None


def find_parties(layout: Layout) -> Parties:
    """Both from the first sentences; nothing where the text is not in English."""
    beginning = layout.plain[:_READ]
    if not any(word in beginning for word in ("behalf of", "sed by", "zed by", "ted by", "(the ")):
        return Parties()
    buyer = _organisation(layout, _BUYER.search(beginning))
    buyer = buyer or _organisation(layout, _CALLED.search(beginning))
    return Parties(buyer, _organisation(layout, _AGENT.search(beginning)))


def _organisation(layout: Layout, match: re.Match[str] | None) -> Name | None:
    name = find_name(layout.text, *match.span("name")) if match else None
    return name if name is not None and looks_like_organisation(name.value) else None
