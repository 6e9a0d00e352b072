"""Changes behind labels: `更正前：`, `更正后：`, `更正后的开标时间：`, or under such headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tenderlight.fields.changes_prose import Changed, Place, without_label
from tenderlight.fields.changes_tables import AFTER, BEFORE
from tenderlight.fields.labels import NUMBERING
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.paragraphs import stretch_behind
from tenderlight.fields.shapes import Layout, Pair

_STAGE = r"(?:更正|变更|修改|调整|更改|修正|延期|顺延|推迟)"
_NOW = re.compile(
    rf"(?:{_STAGE}后|现(?=开标|投标|预算|最高|提交|递交|响应|招标|采购|项目))的?(?:新的)?(?P<what>.{{2,30}})$"
)
_WAS = re.compile(
    rf"(?:{_STAGE}前|原(?:定|公告中?的?|招标文件中?的?|采购文件中?的?)?)的?(?P<what>.{{2,30}})$"
)
_IDENTITY = frozenset(("project_number", "project_name", "published", "buyer", "title"))
"""`原公告的项目编号` tells which notice is corrected, not what changes."""
_OTHERS = re.compile(r"公告日期|公告时间|发布时间|发布日期|公告标题|内容$|公告名称|公告期")
_LABELLED = re.compile(r"\s*(?P<label>[^:。;,\n\d]{2,20}):\s*")
_AHEAD = re.compile(
    rf"(?:{NUMBERING.pattern})(?:(?:{_STAGE}后|{_STAGE}前|现|原)的?(?:新的)?(?=.{{2}}))?"
)
_HEADING = 20


class _Stage(NamedTuple):
    """A label that says what was, or what is now."""

    start: int
    stage: Literal["was", "now", "subject"]
    pair: Pair
    what: str
    """What changes, where the label names it."""


def find_in_labels(layout: Layout, said: Said) -> Iterator[Changed]:
    """Each label of what is now, with the label of what was before it."""
    subject: Pair | None = None
    was: _Stage | None = None
    for each in sorted(_stages(layout, said), key=lambda stage: stage.start):
        if each.stage == "subject":
            subject, was = each.pair, None
        elif each.stage == "was":
            was = each
        else:
            before = (
                was if was and (not was.what or not each.what or was.what == each.what) else None
            )
            yield _changed(layout, each, before, subject)
            was = None


def _stages(layout: Layout, said: Said) -> Iterator[_Stage]:
    for _, pair in said["changed"]:
        if pair.kind != "column":
            yield _Stage(pair.start, "subject", pair, "")
    for stage in ("was", "now"):
        for _, pair in said[stage]:
            if pair.kind != "column":
                yield _Stage(pair.start, "was" if stage == "was" else "now", pair, "")
    known = {pair.start for stage in ("was", "now", "changed") for _, pair in said[stage]}
    for pair in layout.pairs:
        if pair.start in known or pair.kind == "column" or _OTHERS.search(pair.key):
            continue
        if now := _NOW.match(pair.key):
            yield _Stage(pair.start, "now", pair, now["what"])
        elif pair.field not in _IDENTITY and (was := _WAS.match(pair.key)):
            yield _Stage(pair.start, "was", pair, was["what"])


def _changed(layout: Layout, now: _Stage, was: _Stage | None, subject: Pair | None) -> Changed:
    after, before = _value(layout, now.pair), _value(layout, was.pair) if was else None
    label = _label(layout, now.pair)
    if not now.what and was is not None and was.what:
        label = _label(layout, was.pair)
    elif not now.what and (inner := _LABELLED.match(layout.plain, *after)):
        label = inner.span("label")
        after = without_label(layout.plain, label, after) or after
        before = without_label(layout.plain, label, before)
    elif not now.what and subject is not None:
        label = (subject.start, min(subject.end, subject.start + 60))
    return Changed(label, before, after, f"label {now.pair.key}")


def _value(layout: Layout, pair: Pair) -> Place:
    return stretch_behind(layout, pair)


def _label(layout: Layout, pair: Pair) -> Place:
    """The label without its number and without `更正后的` before the thing that changes."""
    start, end = pair.label_start, pair.start
    if pair.kind == "below" or pair.table is not None or end - start > 60:
        end = start + len(pair.label)
    ahead = _AHEAD.match(layout.plain, start, end)
    start = ahead.end() if ahead else start
    while end > start and (layout.plain[end - 1].isspace() or layout.plain[end - 1] == ":"):
        end -= 1
    return start, end


def find_under_headings(layout: Layout) -> Iterator[Changed]:
    """The same label under a line `更正前` and under a line `更正后`, with different values."""
    edges = list(_edges(layout))
    if {stage for _, stage in edges} != {"was", "now"}:
        return
    was: dict[str, Pair] = {}
    for number, (start, stage) in enumerate(edges):
        end = edges[number + 1][0] if number + 1 < len(edges) else _end(layout, start)
        for pair in layout.pairs:
            if not start <= pair.label_start < end:
                continue
            if stage == "was":
                was[pair.key] = pair
            elif pair.key in was:
                before = was.pop(pair.key)
                yield Changed(
                    _label(layout, pair),
                    _value(layout, before),
                    _value(layout, pair),
                    "headings 更正前, 更正后",
                )


def _edges(layout: Layout) -> Iterator[tuple[int, str]]:
    for line in layout.lines:
        if line.end - line.start > _HEADING or line.block.table is not None:
            continue
        words = "".join(layout.plain[line.start : line.end].split()).strip(
            "：:、.()一二三四五六七八九十0123456789"
        )
        if AFTER.match(words):
            yield line.start, "now"
        elif BEFORE.match(words):
            yield line.start, "was"


def _end(layout: Layout, start: int) -> int:
    """The next numbered heading of the first level."""
    return next(
        (s.start for s in layout.sections if s.start > start and s.level == 1), len(layout.plain)
    )
