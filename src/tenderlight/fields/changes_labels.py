"""Changes behind labels: `更正前：`, `更正后：`, `更正后的开标时间：`, or under such headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from tenderlight.fields.changes_prose import Changed, Place, without_label
from tenderlight.fields.changes_words import AFTER, AHEAD, BEFORE, ENDING, NOW, WAS
from tenderlight.fields.labels import NUMBERING
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.paragraphs import stretch_behind
from tenderlight.fields.shapes import Layout, Pair

_IDENTITY = frozenset(("project_number", "project_name", "published", "buyer", "title"))
"""`原公告的项目编号` tells which notice is corrected, not what changes."""
_OTHERS = re.compile(r"公告日期|公告时间|发布时间|发布日期|公告标题|内容$|公告名称|公告期")
_LABELLED = re.compile(r"\s*(?P<label>[^:。;,\n\d]{2,20}):\s*")
_HEADING, _MOST_EDGES, _SHORT = 20, 20, 60
_FIELDS: tuple[tuple[Literal["subject", "was", "now"], str], ...] = (
    ("subject", "changed"),
    ("was", "was"),
    ("now", "now"),
)


class _Stage(NamedTuple):
    """A label that says what was, or what is now."""

    start: int
    stage: Literal["was", "now", "subject"]
    pair: Pair
    what: str
    """What changes, where the label names it."""


def find_in_labels(layout: Layout, said: Said, cells: Sequence[Pair]) -> Iterator[Changed]:
    """Each label of what is now, with the label of what was before it."""
    subject: Pair | None = None
    was: _Stage | None = None
    for each in sorted(_stages(layout, said, cells), key=lambda stage: stage.start):
        if each.stage == "subject":
            subject, was = each.pair, None
        elif each.stage == "was":
            was = each
        else:
            fits = was is not None and (not was.what or not each.what or was.what == each.what)
            yield _changed(layout, each, was if fits else None, subject)
            was = None


def _stages(layout: Layout, said: Said, cells: Sequence[Pair]) -> Iterator[_Stage]:
    known = set[int]()
    for stage, field in _FIELDS:
        for _, pair in said[field]:
            if pair.kind != "column":
                known.add(pair.start)
                yield _Stage(pair.start, stage, pair, "")
    for pair in (*layout.pairs, *cells):
        if pair.start not in known and pair.kind != "column" and not _OTHERS.search(pair.key):
            yield from _staged(layout, pair)


def _staged(layout: Layout, pair: Pair) -> Iterator[_Stage]:
    """A label that names the thing: `更正后的开标时间`, also with 更正后 left to what is before."""
    ahead = ENDING.search(layout.plain, max(0, pair.label_start - 12), pair.label_start)
    if now := NOW.match(pair.key):
        yield _Stage(pair.start, "now", pair, now["what"])
    elif pair.field not in _IDENTITY and (was := WAS.match(pair.key)):
        yield _Stage(pair.start, "was", pair, was["what"])
    elif ahead is not None and pair.field not in _IDENTITY:
        yield _Stage(pair.start, "now" if "后" in ahead["stage"] else "was", pair, pair.key)


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
    """A label's value, without the words before the next label: `… 3、更正后`."""
    start, end = stretch_behind(layout, pair)
    ending = ENDING.search(layout.plain, max(start, end - 12), end)
    end = ending.start() if ending and ending.start() > start else end
    while end - start > 1 and end - start < _SHORT and layout.plain[end - 1] in ",;。 ":
        end -= 1
    return start, end


def _label(layout: Layout, pair: Pair) -> Place:
    """The label without its number and without `更正后的` before the thing that changes."""
    start, end = pair.label_start, pair.start
    if pair.kind == "below" or pair.table is not None or end - start > 60:
        end = start + len(pair.label)
    for ahead in (NUMBERING, AHEAD):
        match = ahead.match(layout.plain, start, end)
        start = match.end() if match else start
    while end > start and (layout.plain[end - 1].isspace() or layout.plain[end - 1] == ":"):
        end -= 1
    return (start, end) if start < end else (pair.label_start, pair.label_start + len(pair.label))


def find_under_headings(layout: Layout) -> Iterator[Changed]:
    """The same label under a line `更正前` and under a line `更正后`, with different values."""
    edges = list(islice(_edges(layout), _MOST_EDGES))
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
