"""When bids are opened: the labelled moment, or the sentence that says until when to hand in."""

from __future__ import annotations

import re
from itertools import chain

from tenderlight.fields.agreement import Candidate, Settled, cite, settle
from tenderlight.fields.grids import corrected_rows
from tenderlight.fields.labels import RANK, field_of, plain_key
from tenderlight.fields.moments import find_moment, moment_at
from tenderlight.fields.published import same_day
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Reading

_OPENING = re.compile(r"开标|开启|截标")
_HAND_IN = re.compile(
    r"于\s{0,4}(?P<when>[^。;]{8,40}?)\s{0,4}(?:\([^()]{0,12}\))?\s{0,4}(?:之?前|以前)\s{0,4}(?:递交|提交|送达|上传|将)"
    r"|\b(?:bids?|tenders?|proposals?|quotations?) (?:must|shall|should|will) "
    r"(?:be |reach )[^.\n]{0,90}?"
    r"(?:before|by|than|not later than|on)\s(?P<english>[^\n]{6,60})"
)
_DEADLINE = re.compile(
    r"(?:投标|响应|申请|应答|报价|比选|参选|谈判|磋商)文件[^。;\n]{0,12}截止时间(?:[^。;:\n]{0,24}?为|\(|(?=\s?20\d\d))\s{0,4}|开标时间(?:为|定于)\s{0,4}|"
    r"(?:投标截止|开标|截标)时间[^。;:\n]{0,12}(?:不变|维持)[^。;:\n]{0,6}(?:为|:)\s{0,4}"
)
_OPENED = re.compile(
    r"于\s{0,4}(?P<when>\d{4}\s?[年\-/.][^。;,年]{4,24}?)\s{0,4}(?:在[^。;,]{2,40}?)?(?:公开|准时|如期|组织)?开标"
)
_HEADING = re.compile(r"(?:开标|开启|截标|截止)时间")
_OTHER = re.compile(r"获取|发售|报名|领取|购买|公示|质疑|下载|保证金")
_NOW = re.compile(r"(?:更正|变更|修改|调整|延期)后的?[^:。]{0,24}:?\s{0,4}$")
_THEN = re.compile(
    r"(?:(?:更正|变更|修改|调整|延期)前|(?:^|[\s。;,、)\d.:])原)的?[^:。]{0,24}:?\s{0,4}$"
)
"""What stands before a label tells whether its moment holds now or held before."""
_HOLDS = re.compile(
    r"(?:现(?:将|在)?|(?:更正|变更|修改|调整|延期)(?:为|后|至))[^。;\n\d]{0,10}:?\s*$"
)
_HELD = re.compile(r"(?:^|[\s。;,])原[^。;\n\d]{0,14}:?\s*$")
_ANNOUNCED = 20
_AHEAD = 6
_BELOW = re.compile(
    r"[。;,]?\s{0,3}\n?\s{0,3}(?:现)?(?:更正|变更|调整|更改|修改|延期|改)(?:后)?(?:为|至)?\s{0,3}[:,]\s{0,3}"
)
_MOVED = re.compile(
    r"(?:开标|截标|开启|截止|谈判|磋商|询价|比选|竞价|响应文件|投标文件|报价文件)(?:递交|提交)?的?(?:时间|日期)"
    r"[^。;:\n\d]{0,12}(?:(?:由|从)[^。;\n]{4,50}?)?"
    r"(?:变更|更正|调整|更改|修改|延期|延长|推迟|顺延|改)(?:为|至|到)\s{0,2}[\"“”']?\s{0,2}"
)
"""`开标时间由“…”变更为“`, `开标时间推迟至`: what comes next is the moment that holds."""
_EXTENDED = re.compile(
    r"\b(?:deadline|closing (?:date|time)|(?:bid|tender) opening)\b[^.\n]{0,60}?"
    r"\b(?:changed|extended|postponed|revised|amended|deferred)\b[^\n]{0,80}?\bto\s{1,4}(?=\d|[a-z]{3})"
)
"""`the deadline … is changed from A to`: the moment behind it holds."""
_ENGLISH = ("deadline", "closing", "opening")
_CORRECTED = re.compile(r"更正为|变更为|调整为|更改为|修改为|延期至|延至|现为|改为")


_HANDED_IN = 2
"""The least weight of a place that speaks of bids, not of documents to be bought."""


def find_opening(reading: Reading, layout: Layout) -> Settled:
    """The moment of opening (or, where only that is printed, the deadline for bids)."""
    candidates = [*_labelled(layout), *_in_tables(layout), *_sentences(layout)]
    candidates += _headed(layout)
    settled = settle(reading, layout, "opening", candidates, same_day, least=_HANDED_IN)
    if settled.value is None:
        return settled
    day = same_day(settled.value.value)
    exact = [candidate for candidate in candidates if same_day(candidate.value) == day]
    timed = max(exact, key=lambda candidate: (len(candidate.value), candidate.weight))
    if len(timed.value) <= len(settled.value.value):
        return settled
    return settled._replace(value=cite(reading, timed))


def _labelled(layout: Layout) -> list[Candidate]:
    candidates = []
    for pair in layout.of("opening"):
        moment = moment_at(layout.plain, *_corrected(layout, pair))
        if moment is None or _concerns_documents(layout, pair):
            continue
        late = RANK.get(pair.key) or _OTHER.search(pair.key)
        weight = 1 if late else 3 if _OPENING.search(pair.key) else 2
        printed = layout.plain[max(0, pair.label_start - _AHEAD) : pair.start]
        if _NOW.search(printed) or moment.start > pair.end:
            weight = 4
        elif _THEN.search(printed):
            weight = 0
        candidates.append(
            Candidate(moment.value, moment.start, moment.end, f"label {pair.key}", weight)
        )
    return candidates


def _in_tables(layout: Layout) -> list[Candidate]:
    """`开标时间 | 9月22日 | 9月30日` under 更正前 and 更正后: the later column holds."""
    candidates = []
    for grid in layout.tables:
        for row, after in corrected_rows(grid):
            cell = row[after] if after < len(row) else None
            names = (field_of(plain_key(c.plain)) for c in row[:after] if c and len(c.plain) < 40)
            moment = moment_at(layout.plain, cell.start, cell.end) if cell else None
            if moment is not None and "opening" in names:
                candidates.append(
                    Candidate(moment.value, moment.start, moment.end, "column 更正后", 4)
                )
    return candidates


def _corrected(layout: Layout, pair: Pair) -> tuple[int, int]:
    """A value without what it replaces: `原为…，现更正为…`, also on the next line."""
    change = _CORRECTED.search(layout.plain, pair.start, pair.end)
    if change is None and (below := _BELOW.match(layout.plain, pair.end)):
        return below.end(), below.end() + 30
    return (change.end() if change else pair.start), pair.end


def _concerns_documents(layout: Layout, pair: Pair) -> bool:
    """A bare 截止时间 under a heading about getting the documents is not the deadline for bids."""
    if not RANK.get(pair.key):
        return False
    return any(_OTHER.search(title) for title in layout.headings(pair.section))


def _headed(layout: Layout) -> list[Candidate]:
    """`四、提交投标文件截止时间、开标时间和地点`, and below it the moment without a label."""
    candidates = []
    for section in layout.sections:
        if not _HEADING.search(section.title) or _OTHER.search(section.title):
            continue
        end = layout.plain.find("\n", section.start)
        below = layout.plain[end : end + _AHEAD].lstrip() if end >= 0 else ""
        if below[:1].isdigit():
            start = layout.plain.find(below[0], end)
            moment = moment_at(layout.plain, start, start + 2)
            if moment is not None:
                candidates.append(Candidate(moment.value, moment.start, moment.end, "heading", 2))
    return candidates


def _sentences(layout: Layout) -> list[Candidate]:
    candidates = []
    for match in _DEADLINE.finditer(layout.plain):
        moment = moment_at(layout.plain, match.end(), match.end() + 12)
        if moment is not None:
            ahead = layout.plain[max(0, match.start() - _ANNOUNCED) : match.start()]
            weight = 4 if _HOLDS.search(ahead) else 0 if _HELD.search(ahead) else 2
            candidates.append(
                Candidate(moment.value, moment.start, moment.end, "sentence 截止时间为", weight)
            )
    english = any(word in layout.plain for word in _ENGLISH)
    extended = _EXTENDED.finditer(layout.plain) if english else ()
    for match in chain(_MOVED.finditer(layout.plain), extended):
        moment = moment_at(layout.plain, match.end(), match.end() + 4)
        if moment is not None:
            candidates.append(
                Candidate(moment.value, moment.start, moment.end, "sentence 变更为", 4)
            )
    for rule, name in ((_HAND_IN, "sentence 于…前递交"), (_OPENED, "sentence 于…开标")):
        for match in rule.finditer(layout.plain):
            group = "when" if match["when"] else "english"
            moment = find_moment(layout.plain, *match.span(group))
            if moment is not None:
                candidates.append(Candidate(moment.value, moment.start, moment.end, name, 2))
    return candidates
