"""In what a page is written: simplified or traditional Chinese, or Cyrillic.

內 and 内, 項 and 项 are a stroke apart, and а and a none. Where the model hesitates, the rest of
the page decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from tenderlight.plain import simplify
from tenderlight.recognising.seen import Seen
from tenderlight.recognising.spelling import is_cyrillic


class Script(Enum):
    """What most of a page's characters are."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    CYRILLIC = "cyrillic"


FEW = 20
"""Characters from which a page can be said to be written in something."""
MANY = 0.15
"""Share of a page's ideographs that have a simpler form, from which the page is traditional: such
pages have 0.3 to 0.4, simplified ones almost none."""
NONE = 0.03


def script_of(lines: Iterable[Sequence[Seen]]) -> Script | None:
    """What a page is written in; None where that is not clear."""
    text = "".join(seen.text for line in lines for seen in line)
    cyrillic = sum(map(is_cyrillic, text))
    if cyrillic >= FEW and 2 * cyrillic > sum(char.isalpha() for char in text):
        return Script.CYRILLIC
    chinese = [char for char in text if _is_chinese(char)]
    if len(chinese) < FEW:
        return None
    share = sum(simplify(char) != char for char in chinese) / len(chinese)
    if share >= MANY:
        return Script.TRADITIONAL
    return Script.SIMPLIFIED if share <= NONE else None


def in_script(line: Sequence[Seen], script: Script | None) -> list[Seen]:
    """A line whose characters are as its page writes them, where the model hesitates."""
    if script not in (Script.SIMPLIFIED, Script.TRADITIONAL):
        return list(line)
    return [_written_as(seen, script) for seen in line]


def _written_as(seen: Seen, script: Script) -> Seen:
    if not _is_chinese(seen.text):
        return seen
    simple = simplify(seen.text)
    for other in seen.others:
        is_twin = _is_chinese(other) and simplify(other) == simple
        wanted = (other == simple) == (script is Script.SIMPLIFIED)
        if is_twin and wanted and (seen.text == simple) != (script is Script.SIMPLIFIED):
            return seen._replace(
                text=other, confidence=min(1.0, seen.confidence + seen.likely(other))
            )
    return seen


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
