"""How alike two notices are worded: a few digests stand for all their sentences."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterator

from tenderlight.model import Reading
from tenderlight.plain import fold

MOST_CHARACTERS = 6_000
MOST_SENTENCES = 200
SHORTEST = 8
"""Characters of a sentence that is counted: shorter ones are labels."""
KEPT = 24
"""Digests of a notice that are kept: the smallest ones, so that those of two notices can be
compared (a bottom-k sketch, Broder 1997)."""
_ENDS = re.compile(r"[。；;！!？?\n]")
_LABEL = re.compile(r".{1,14}?[:：]")
"""What one portal prints before a value and another one in a cell of its own."""
_DIGIT = re.compile(r"[0-9]")
_NOISE = re.compile(r"[\W_]+")
_TEMPLATE = re.compile(
    r"政府采购法|招标投标法|实施条例|财库|信用中国|失信被执行人|独立承担民事责任|商业信誉|健全的财务"
    r"|依法缴纳|重大违法记录|法律、行政法规|节能产品|中小企业|监狱企业|残疾人福利|政府采购政策"
    r"|中国政府采购网|公共资源交易|质疑|投标保证金|逾期送达|恕不|密封|打印|关闭|版权所有|当前位置"
)
"""Words of law, templates and page furniture: who shares such a sentence shares nothing."""


def fingerprint(reading: Reading) -> tuple[int, ...]:
    """The smallest digests of the sentences of a document itself, in order; attachments aside.

    >>> from tenderlight.model import Block
    >>> text = "采购虹膜采集仪二十台及配套软件。供应商须符合政府采购法的规定。"
    >>> page = Reading(text=text, blocks=(Block(0, len(text)),), media_type="text/plain")
    >>> len(fingerprint(page))
    1
    """
    return tuple(heapq.nsmallest(KEPT, {_digest(each) for each in _sentences(reading)}))


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float | None:
    """How large a share of their sentences two documents have in common, as their digests say it.

    None where one has fewer than three sentences of its own.

    >>> likeness((1, 2, 3, 4), (1, 2, 3, 5))
    0.6
    """
    if min(len(one), len(other)) < 3:
        return None
    both = set(one).intersection(other)
    if not both:
        return 0.0
    union = {*one, *other}
    if len(one) < KEPT and len(other) < KEPT:
        return len(both) / len(union)
    smallest = sorted(union)[:KEPT]
    return len(both.intersection(smallest)) / len(smallest)


def _sentences(reading: Reading) -> Iterator[str]:
    left, count, folded = MOST_CHARACTERS, 0, fold(reading.text)
    own = {part.name for part in reading.parts}
    for block in reading.blocks:
        if left <= 0 or count >= MOST_SENTENCES or block.part in own:
            return
        if block.furniture or block.part == "head":
            continue
        text = reading.text[block.start : min(block.end, block.start + left)]
        left -= len(text)
        start = block.start
        for sentence in _ENDS.split(text) if len(text) >= SHORTEST else ():
            end = start + len(sentence)
            if len(sentence) >= SHORTEST and not _TEMPLATE.search(sentence):
                label = _LABEL.match(sentence)
                plain = _NOISE.sub("", folded[start + label.end() if label else start : end])
                if len(plain) >= SHORTEST:
                    count += 1
                    yield plain
            start = end + 1


def _digest(sentence: str) -> int:
    """48 bits. A sentence without a digit comes last: the others are rarer, and say more."""
    digest = int.from_bytes(hashlib.blake2b(sentence.encode(), digest_size=6).digest()) >> 1
    return digest if _DIGIT.search(sentence) else digest | 1 << 47
