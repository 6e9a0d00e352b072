"""Answers of several people put together: a union of lines, whatever came first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from tenderlight.review.case import Quote
from tenderlight.review.decided import Reviewed


def merged(lines: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """Every answer once, in the order of time, then of names.

    >>> one = Reviewed(decided="2026-01-02T00:00:00.000Z", by="LW", answer="yes", case="c")
    >>> two = Reviewed(decided="2026-01-01T00:00:00.000Z", by="ST", answer="no", case="c")
    >>> merged([one, two]) == merged([two, one, two]) == (two, one)
    True
    """
    versions: dict[str, list[Reviewed]] = defaultdict(list)
    for line in lines:
        versions[line.name].append(line)
    chosen = ((name, version(some)) for name, some in versions.items())
    return tuple(line for _, _, line in sorted(((e.decided, n, e) for n, e in chosen), key=_first))


def version(lines: Iterable[Reviewed]) -> Reviewed:
    """Of lines of one name the one that counts: without words where they were taken out.

    A line without words says itself whose name it has. Where the one with words is known, the name
    is that one's digest: what does not say the same is passed over.
    """
    known = tuple(lines)
    whole = [each for each in known if each.once is None]
    if not whole:
        return min(known, key=msgspec.json.encode)
    bare = without_words(whole[0])
    return bare if bare in known else whole[0]


def without_words(line: Reviewed) -> Reviewed:
    """The answer, without the words of the notice and what the reviewer wrote about them.

    For a notice that was withdrawn. It keeps its name, so that an `undo` still finds it.
    """
    return msgspec.structs.replace(
        line, quote=Quote(exact=""), because="", method="", once=line.name
    )


def _first(told: tuple[str, str, Reviewed]) -> tuple[str, str]:
    return told[:2]
