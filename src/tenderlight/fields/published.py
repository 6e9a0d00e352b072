"""When a notice was published: page, label, line under the title, signature, or manifest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenderlight.fields.agreement import Candidate, Settled, cite_statement, settle
from tenderlight.fields.labels import RANK
from tenderlight.fields.moments import find_moment, moment_at
from tenderlight.fields.shapes import Layout, Line
from tenderlight.fields.signature import in_sentence, signature_date
from tenderlight.model import Cited, Reading, Statement
from tenderlight.plain import simplify

_HEADER_LINES = 8
_PUBLISHED = 3
"""The least weight of a place that says when this notice was published."""
_CONFIRMED = 4
"""What the manifest's word adds: no place that stands alone outweighs it."""
_PERIOD = re.compile(r"\s*(?:至|到|-|—|~|–)")
"""A period of display, which may be that of the notice before: its start counts less."""
_HEADING_WITHIN = 60
_SHORTEST = 10
_TITLE_END = re.compile(r"(?:公告|公示|通知|邀请函|结果)\s*(?:[(（\[【].{0,12}[)）\]】])?$")
_SAID = re.compile(
    r"本(?:次)?(?:公告|公示|通知)(?:的)?(?:发布|公布|挂网)?(?:时间|日期)(?:为|是)\s{0,4}"
)
_SOURCE = re.compile(r"来源|打印|浏览|字号|字体|点击|阅读|作者|编辑")


def find_published(reading: Reading, layout: Layout, stated: Statement | None) -> Settled:
    """The publication date as `2022-06-13` or `2022-06-13 15:19`, local time.

    A date of an award, of a review or of the first notice is no publication date. Where the page
    prints none, the manifest's is given and cited as the manifest's.
    """
    candidates = [
        *_head(reading, layout),
        *_labelled(layout),
        *_said(layout),
        *_under_title(layout),
        *_signature(layout),
    ]
    candidates = _confirmed(candidates, stated)
    if candidates:
        return settle(reading, layout, "published", candidates, same_day, least=_PUBLISHED)
    return Settled(_manifest(stated))


def same_day(moment: str) -> str:
    """The day of a moment: one place prints the hour, another does not."""
    return moment[:10]


def _head(reading: Reading, layout: Layout) -> list[Candidate]:
    candidates = []
    for block in reading.blocks:
        if block.part != "head":
            break
        moment = find_moment(layout.plain, block.start, block.end)
        if moment and moment.start == block.start and block.end - moment.end < 8:
            candidates.append(Candidate(moment.value, moment.start, moment.end, "head", 5))
    return candidates


def _labelled(layout: Layout) -> list[Candidate]:
    candidates = []
    periods = [pair for pair in layout.of("") if pair.key in ("公示期", "公示期限")]
    for pair in (*layout.of("published"), *periods):
        moment = moment_at(layout.plain, pair.start, pair.end)
        if moment is None or pair.kind == "column":
            continue
        weight = 2 if RANK.get(pair.key) or _PERIOD.match(layout.plain, moment.end) else 4
        weight = weight if pair.field else 1
        candidates.append(
            Candidate(moment.value, moment.start, moment.end, f"label {pair.key}", weight)
        )
    return candidates


def _said(layout: Layout) -> list[Candidate]:
    """`本公告发布日期为2022年3月31日` in a sentence."""
    match = _SAID.search(layout.plain)
    moment = moment_at(layout.plain, match.end(), match.end() + 2) if match else None
    if moment is None:
        return []
    return [Candidate(moment.value, moment.start, moment.end, "sentence 发布日期为", 4)]


def _under_title(layout: Layout) -> list[Candidate]:
    """A date on a line of its own near the top, or beside the words of a page's header.

    A date that is the value of a label above it is what the label says.
    """
    labelled = {pair.start for pair in layout.pairs[: 2 * _HEADER_LINES]}
    for line in (*layout.lines[:_HEADER_LINES], *_under_heading(layout)):
        words = layout.plain[line.start : line.end]
        if len(words) > 90 or line.start in labelled or in_sentence(layout, line.start, line.end):
            continue
        moment = find_moment(layout.plain, line.start, line.end)
        if moment is None:
            continue
        rest = words.replace(layout.plain[moment.start : moment.end], "").strip()
        if len(rest) <= 2 or (_SOURCE.search(rest) and moment.start - line.start < 4):
            return [Candidate(moment.value, moment.start, moment.end, "line under the title", 4)]
    return []


def _under_heading(layout: Layout) -> Sequence[Line]:
    """The lines below the page's own heading, where menus and lists of notices stand above it."""
    for index, line in enumerate(layout.lines[:_HEADING_WITHIN]):
        words = layout.plain[line.start : line.end]
        if line.block.kind == "heading" and len(words) > _SHORTEST and _TITLE_END.search(words):
            return layout.lines[index + 1 : index + 3]
    return ()


def _signature(layout: Layout) -> list[Candidate]:
    moment = signature_date(layout)
    if moment is None:
        return []
    return [Candidate(moment.value, moment.start, moment.end, "signature", 3)]


def _confirmed(candidates: list[Candidate], stated: Statement | None) -> list[Candidate]:
    """Places whose day the manifest names too count more than those that stand alone."""
    known = _manifest(stated)
    if known is None:
        return candidates
    day = same_day(known.value)
    return [
        c._replace(weight=c.weight + _CONFIRMED) if same_day(c.value) == day else c
        for c in candidates
    ]


def _manifest(stated: Statement | None) -> Cited[str] | None:
    if stated is None or not stated.date:
        return None
    moment = find_moment(simplify(stated.date), 0, len(stated.date))
    if moment is None:
        return None
    value = moment.value.removesuffix(" 00:00")
    return cite_statement(stated, value, stated.date, "manifest")
