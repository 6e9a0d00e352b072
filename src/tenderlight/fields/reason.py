"""Why there is one supplier only, or why a purchase has failed or was given up."""

from __future__ import annotations

import re

from tenderlight.fields.labels_kinds import Said
from tenderlight.fields.paragraphs import cite_lines, find_paragraph
from tenderlight.fields.shapes import Layout
from tenderlight.model import Cited, Reading

_GIVEN = frozenset(("single_source", "termination"))
_SENTENCE = re.compile(
    r"(?:^|[。;\n])(?P<why>[^。;\n]{0,160}?"
    r"(?:不足[三3]家|少于[三3]家|未达到?[三3]家|不满[三3]家|无人(?:报名|投标|响应)|因|由于|鉴于)"
    r"[^。;\n]{2,160}?(?:废标|流标|终止|取消|中止|采购失败|招标失败|失败)(?:[^。;,\n]{0,30}))"
)
_BECAUSE = re.compile(r"(?<![缘])因(?!此)|由于|鉴于")
"""Where the reason begins in a sentence that first tells who purchased what."""
_READ = 4000


def find_reason(
    reading: Reading, layout: Layout, said: Said, notice_type: str | None
) -> Cited[str] | None:
    """The reason as printed, of a single source or a termination; of other notices none.

    A label or a heading that asks for it (废标理由, 单一来源采购原因及说明), else in a termination
    the sentence that says why: `有效投标人不足三家，本项目废标`.
    """
    if notice_type not in _GIVEN:
        return None
    found = find_paragraph(reading, layout, said, "reason")
    if found is not None or notice_type != "termination":
        return found
    sentence = _SENTENCE.search(layout.plain[:_READ])
    if sentence is None:
        return None
    start, end = sentence.span("why")
    because = _BECAUSE.search(layout.plain, start, end)
    return cite_lines(reading, because.start() if because else start, end, "sentence")
