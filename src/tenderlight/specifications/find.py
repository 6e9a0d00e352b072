"""Find the passages of technical requirements in a notice and its attachments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tenderlight.model import Block, Mask, Reading
from tenderlight.personal import mask
from tenderlight.specifications.cells import find_cells
from tenderlight.specifications.headed import Span, find_headed
from tenderlight.specifications.headings import names_requirements
from tenderlight.specifications.prints import find_prints, letters_of, text_digest
from tenderlight.specifications.section import Section

FEWEST = 40
"""Letters in a passage: what is shorter only points elsewhere (详见招标文件)."""
LONGEST = 20_000
"""Characters in a passage; a longer one is cut at the ends of lines."""
MOST = 500
"""Passages of one notice with its attachments; no tender document has as many chapters."""


def find_sections(reading: Reading, masks: Sequence[Mask] = ()) -> tuple[Section, ...]:
    """The passages of technical requirements, in the order of the text; they do not overlap.

    Three things are one: what stands under a heading such as 采购需求 or 技术参数, up to the next
    heading that is not below it; a cell of at least 40 letters in a column or beside a label of
    that kind; a whole attachment that is named so. Chapters on qualification, scoring, forms and
    contracts are none. What is masked counts nowhere: not in length, not in the prints by which
    the same passage is found elsewhere.

    >>> text = "一、采购需求：\\n" + "支持人脸检测与抓拍。" * 6 + "\\n二、联系方式"
    >>> blocks = (Block(0, 7), Block(8, 68), Block(69, 75))
    >>> found = find_sections(Reading(text=text, blocks=blocks, media_type="text/html"))
    >>> [(s.heading.text, s.start, s.end) for s in found]
    [('一、采购需求：', 8, 68)]
    """
    blocks = [b for b in reading.blocks if not b.furniture and b.part != "head" and b.start < b.end]
    spans = sorted(_spans(reading, blocks), key=lambda span: (span.start, -span.end))
    found: list[Section] = []
    until = 0
    for span in spans:
        if span.start < until:
            continue
        for piece in _pieces(reading.text, span):
            section = _section(reading, masks, piece)
            if section is not None and len(found) < MOST:
                found.append(section)
                until = span.end
    return tuple(found)


def _spans(reading: Reading, blocks: list[Block]) -> Iterator[Span]:
    whole = {part.name for part in reading.parts if names_requirements(part.name)}
    for name in sorted(whole):
        own = [block for block in blocks if block.part == name]
        if own:
            heading = (own[0].start, own[0].end)
            yield Span("document", heading, own[0].start, own[-1].end)
    rest = [block for block in blocks if block.part not in whole] if whole else blocks
    yield from find_headed(reading.text, rest)
    yield from find_cells(reading.text, rest)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A span cut at line breaks, so that no piece is longer than `LONGEST`."""
    start = span.start
    while span.end - start > LONGEST:
        cut = text.rfind("\n", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        yield msgspec.structs.replace(span, start=start, end=cut)
        start = cut
    yield msgspec.structs.replace(span, start=start)


def _section(reading: Reading, masks: Sequence[Mask], span: Span) -> Section | None:
    """A passage trimmed, with its prints; None where it says next to nothing."""
    printed = reading.text[span.start : span.end]
    start = span.start + len(printed) - len(printed.lstrip())
    printed = printed.strip()
    if len(printed) < FEWEST:
        return None
    end = start + len(printed)
    here = [each for each in masks if each.start < end and each.end > start]
    text = mask(printed, here, start)
    letters = len(letters_of(text)[0])
    if letters < FEWEST:
        return None
    at = reading.passage(start, end)
    return Section(
        kind=span.kind,
        heading=reading.passage(*span.heading),
        start=start,
        end=end,
        part=at.part,
        page=at.page,
        letters=letters,
        digest=text_digest(text),
        prints=find_prints(text),
    )
