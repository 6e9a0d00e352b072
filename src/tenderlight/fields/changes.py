"""What a correction changes: what was, and what is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from tenderlight.fields.changes_labels import find_in_labels, find_under_headings
from tenderlight.fields.changes_prose import Changed, Place, find_in_sentences
from tenderlight.fields.changes_stacks import find_in_stacks
from tenderlight.fields.changes_tables import find_in_tables
from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.paragraphs import cite_lines, says_nothing, stretch_behind
from tenderlight.fields.shapes import Layout, Pair
from tenderlight.model import Change, Cited, Reading

_MOST = 100
_LINES_READ = 400
_LONGEST = 1500


def find_changes(
    reading: Reading,
    layout: Layout,
    said: Said,
    cells: Sequence[Pair],
    notice_type: str | None,
) -> tuple[Change, ...]:
    """The changes of a correction, in the order of the text; none of any other kind of notice.

    Read from tables with the columns 更正前 and 更正后, from labels (`更正前：` … `更正后：`,
    `更正后的开标时间：`), from headings with labels under them, and from sentences (`由…更正为…`).
    Where nothing of the kind is found, what stands under 更正内容 is one change. `cells` are
    labels and values of tables that the layout does not know as such.
    """
    if notice_type != "correction":
        return ()
    tables = list(islice(find_in_tables(layout), _MOST))
    tables += islice(find_in_stacks(layout), _MOST)
    labels = chain(find_under_headings(layout), find_in_labels(layout, said, cells))
    structured = [*tables, *(each for each in islice(labels, _MOST) if not _is_in(each, tables))]
    told = islice(_sentences(layout), _MOST)
    sentences = [changed for changed in told if not _is_in(changed, structured)]
    found = sorted([*structured, *sentences], key=lambda changed: changed.what)
    found = found or _whole(layout, said)
    changes: dict[tuple[str, ...], Change] = {}
    for changed in found:
        change = _change(reading, layout, changed)
        if change is not None and len(changes) < _MOST:
            values = (change.what, change.was, change.now)
            changes.setdefault(tuple(each.value if each else "" for each in values), change)
    return tuple(changes.values())


def _sentences(layout: Layout) -> Iterator[Changed]:
    for line in layout.lines[:_LINES_READ]:
        yield from find_in_sentences(layout.plain, line.start, line.end)


def _is_in(changed: Changed, others: Sequence[Changed]) -> bool:
    """True where it is told within a cell, or behind a label, that was read as a whole."""
    at = changed.now or changed.was or changed.what
    places = chain.from_iterable((other.what, other.was, other.now) for other in others)
    return any(place is not None and place[0] <= at[0] < place[1] for place in places)


def _whole(layout: Layout, said: Said) -> list[Changed]:
    """What stands under 更正内容, where it is told in no form that is understood."""
    for _, pair in said["changed"]:
        if pair.key.endswith("内容") and not says_nothing(pair.value):
            label = (pair.label_start, pair.label_start + len(pair.label))
            return [Changed(label, None, stretch_behind(layout, pair), f"label {pair.key}")]
    return []


def _change(reading: Reading, layout: Layout, changed: Changed) -> Change | None:
    was, now = _cited(reading, layout, changed.was, changed), None
    if changed.now != changed.was:
        now = _cited(reading, layout, changed.now, changed)
    if (was is None and now is None) or changed.what[0] >= changed.what[1]:
        return None
    if was is not None and now is not None and was.value == now.value:
        return None
    return Change(what=cite_lines(reading, *changed.what, changed.rule), was=was, now=now)


def _cited(
    reading: Reading, layout: Layout, place: Place | None, changed: Changed
) -> Cited[str] | None:
    if place is None or says_nothing(layout.plain[place[0] : place[1]]):
        return None
    return cite_lines(reading, place[0], min(place[1], place[0] + _LONGEST), changed.rule)
