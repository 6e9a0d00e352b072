"""`项目名称及编号：水泵采购项目、XN〔2024〕12号`: one label for name and number."""

from __future__ import annotations

import re
from typing import NamedTuple

from tenderlight.fields.shapes import Layout

_BOTH = re.compile(
    r"(?:采购|招标|政府采购|工程)?项?目?名称(?:及|和|与|、|/)(?:采购|招标)?(?:项目)?编号"
)
_NUMBER = r"(?=[^\n]{0,40}\d{2})[A-Za-z0-9\u4e00-\u9fff〔〕\[\]【】()（）\-—_/.#]{4,40}"
_SPLIT = re.compile(
    r"(?P<name>[^\n]{4,120}?)\s{0,4}(?:[、,，;；\n]|[(（])\s{0,4}"
    r"(?:(?:采购|招标)?(?:项目)?编号[:：]\s{0,4})?"
    rf"(?P<number>(?:[A-Za-z]|[\u4e00-\u9fff]{{1,8}}(?=[\[〔【(（\-A-Za-z\d])){_NUMBER}?)[)）。；;]{{0,2}}"
)
_MOST_LABELS = 4


class Both(NamedTuple):
    """Where a name and the number behind it stand."""

    name: tuple[int, int]
    number: tuple[int, int]


def find_both(layout: Layout) -> Both | None:
    """The first label for both whose value, or the line below it, has a number.

    A number begins with letters, or with an office's short name before a bracket, a dash, a
    digit; a name that only ends in a year has none.
    """
    pairs = [pair for pair in layout.pairs if _BOTH.fullmatch(pair.key)]
    for pair in pairs[:_MOST_LABELS]:
        line_end = layout.text.find("\n", pair.end + 1)
        below = len(layout.text) if line_end < 0 else line_end
        for end in (pair.end, below):
            match = _SPLIT.fullmatch(layout.text[pair.start : min(end, pair.start + 200)].rstrip())
            if match is not None:
                name, number = match.span("name"), match.span("number")
                return Both(_moved(name, pair.start), _moved(number, pair.start))
    return None


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by
