"""The credit codes that are printed beside the names of suppliers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from tenderlight.fields.codes import codes_in, is_credit_code
from tenderlight.fields.shapes import Layout
from tenderlight.model import Block, Cited, Problem, Reading
from tenderlight.plain import fold

_ROWS = 4
"""How many rows below a name, in its column, its code may stand."""
_OTHERS = ("采购人", "招标人", "代理", "采购单位")
_MOST = 200
_REACH = 160
"""How far behind a name, in characters, its code may stand: its address between them."""


def find_codes(
    reading: Reading, layout: Layout, suppliers: Sequence[tuple[int, int]]
) -> tuple[dict[int, Cited[str]], tuple[Problem, ...]]:
    """The code of each supplier, by the place where its name begins.

    A code is that of the name in its row of a table, or of the last name before it where no other
    code stands between them. One whose check character does not fit is left out with a problem.
    """
    names = {layout.plain[start:end]: start for start, end in reversed(suppliers)}
    found: dict[int, Cited[str]] = {}
    problems: list[Problem] = []
    after = 0
    for place in islice(codes_in(layout.plain), _MOST):
        start = _whose(reading, layout, names, suppliers, place, after)
        after = place[1]
        if start is None:
            continue
        at = reading.passage(*place)
        code = fold(at.text).upper()
        if is_credit_code(code):
            found.setdefault(start, Cited(value=code, at=at, rule="beside the name"))
        else:
            problems.append(_misprinted(code))
    return found, tuple(problems[:3])


def _whose(
    reading: Reading,
    layout: Layout,
    names: Mapping[str, int],
    suppliers: Sequence[tuple[int, int]],
    place: tuple[int, int],
    after: int,
) -> int | None:
    """Where the name begins that a code belongs to; None where it is nobody's for certain."""
    code = reading.block_at(place[0])
    if code.table is not None:
        beside = [s for s, _ in suppliers if _is_beside(reading.block_at(s), code)]
        if beside:
            return beside[0] if len(beside) == 1 else None
    since = max(after, place[0] - _REACH)
    ahead = layout.plain[since : place[0]]
    nearest = max(names, key=lambda name: ahead.rfind(name), default="")
    at = ahead.rfind(nearest) if nearest else -1
    if at < 0 or any(word in ahead[at + len(nearest) :] for word in _OTHERS):
        return None
    return names[nearest]


def _is_beside(name: Block, code: Block) -> bool:
    """True for a code in the name's row, or below it in a column of labels and values."""
    if name.table != code.table or name.row is None or code.row is None:
        return False
    return name.row == code.row or (name.column == code.column and 0 < code.row - name.row <= _ROWS)


def _misprinted(code: str) -> Problem:
    return Problem(
        code="fields.code-checksum",
        what=f"The credit code {code} of a supplier cannot be right: its last character does not "
        "fit the others.",
        hint="Compare with the original; the code is left out.",
        where="awards",
    )
