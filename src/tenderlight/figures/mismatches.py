"""Quantities that do not agree with each other: both numbers, neither of them changed.

Method: notices that buy surveillance and state two quantities which cannot both hold, such as faces
a day and faces a minute; what is held against what is told in docs/quantities.md. A pair of numbers
counts once for a check in a purchase, at its earliest notice, and opens onto every notice of the
purchase that prints it. "Stated" is the number as understood, "Worked out" what the other numbers
come to, and "Differs" how much larger or smaller that is, in percent of the stated. The first
passage is that of the stated number, the second one that of a number beside it.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no surveillance; numbers that agree within their rounding; pairs after the 200
earliest of each check.

Assumptions: what a mismatch means is for a reader to find out: a misprint, numbers of two phases,
or a notice that overstates. Numbers of different notices are not held against each other. That a
notice is not listed says nothing of its numbers: most state too few to check.
"""

from __future__ import annotations

from decimal import Decimal

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Published, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key
from tenderlight.technologies.checks import CHECKS

LISTED = 200
"""Pairs listed of each check."""

FACTS = f"""
with doubted_sums as (
    select m.*, n.purchase, n.nth, b.organisation as buyer,
        m.check_id || ':' || n.purchase || ':' || m.stated || ':' || m.expected as line
    from mismatch m join counted n on n.id = m.notice left join buyer_of b on b.notice = m.notice
    where n.surveillance
),
paired as (
    select * from doubted_sums qualify row_number() over (partition by line
        order by (nth, number)) = 1
),
listed as (
    select * from paired qualify row_number() over (partition by check_id
        order by (nth, number)) <= {LISTED}
),
besides as (  -- of each where a number beside it is printed
    select l.line, q.text, q.context, q.part, q.page, q.start_at, q.end_at
    from listed l join quantity q on q.notice = l.notice
        and list_contains(l.beside, q.text) and q.start_at <> l.start_at
    qualify row_number() over (partition by l.line
        order by list_position(l.beside, q.text), q.number) = 1
)
select check_id as row_id, 'pairs' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from paired
union all
select * from (
    select check_id, 'purchases', notice, 1, text, context, part, page, start_at, end_at
    from doubted_sums qualify row_number() over (partition by check_id, purchase
        order by (nth, number)) = 1
)
union all
select * from (
    select check_id, 'notices', notice, 1, text, context, part, page, start_at, end_at
    from doubted_sums qualify row_number() over (partition by check_id, notice
        order by number) = 1
)
union all
select * from (
    select check_id, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from doubted_sums where buyer is not null qualify row_number() over (
        partition by check_id, buyer order by (nth, number)) = 1
)
union all
select * from (
    select line, 'notices', notice, 1, text, context, part, page, start_at, end_at
    from doubted_sums semi join listed using (line)
    qualify row_number() over (partition by line, notice order by number) = 1
)
union all
select line, 'stated', notice, stated, text, context, part, page, start_at, end_at from listed
union all
select l.line, 'expected', l.notice, l.expected, coalesce(b.text, l.text),
    if(b.line is null, l.context, b.context), if(b.line is null, l.part, b.part),
    if(b.line is null, l.page, b.page), coalesce(b.start_at, l.start_at),
    coalesce(b.end_at, l.end_at)
from listed l left join besides b using (line)"""  # noqa: S608 - a number of our own

COLUMNS = (
    Column(id="check", en="Check", zh="核对项"),
    Column(id="pairs", en="Pairs", zh="数值对", kind="count"),
    Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
    Column(id="notices", en="Notices", zh="公告数", kind="count"),
    Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
    Column(id="stated", en="Stated", zh="载明", kind="count"),
    Column(id="expected", en="Worked out", zh="推算", kind="count"),
    Column(id="differs", en="Differs", zh="相差", kind="percent"),
    Column(id="date", en="Date", zh="日期", kind="date"),
    Column(id="buyer", en="Buyer", zh="采购人"),
    Column(id="sentence", en="Passage", zh="原文", kind="quote"),
    Column(id="beside", en="Beside it", zh="对照原文", kind="quote"),
)
CALLED = {check.name: Label(en=check.en, zh=check.zh) for check in CHECKS}


def lay_out(sums: Tallies, names: Names) -> Layout:
    """A line for each check, and below it each pair of numbers, by date."""
    rows, points = [], []
    for check in sums.rows("pairs"):
        label = CALLED.get(check, Label(en=check, zh=check))
        counts = (sums.cell(check, column.id) for column in COLUMNS[1:5])
        none = (Cell(), Cell(), Cell())
        proof = (*sums.proof(check, "pairs"), Cell())
        rows.append(
            Row(id=check, cells=(Cell(value=label.en, zh=label.zh), *counts, *none, *proof))
        )
        below = sorted(
            (line for line in sums.rows("stated") if line.startswith(f"{check}:")),
            key=lambda line: (_day(sums, line), line),
        )
        rows += [_pair(sums, line, n, check) for n, line in enumerate(below, start=1)]
        total, key = sums.total(check, "pairs"), cell_key(check, "pairs")
        points.append(Point(x=check, en=label.en, zh=label.zh, value=total, key=key))
    series = Series(id="pairs", en="Pairs", zh="数值对", points=tuple(points))
    chart = Chart(kind="bars", series=(series,), y=Label(en="Pairs", zh="数值对"))
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _day(sums: Tallies, line: str) -> str:
    proof = sums.first(line, "stated")
    return (proof.published if proof else None) or "9999"


def _pair(sums: Tallies, line: str, number: int, under: str) -> Row:
    stated, expected = sums.total(line, "stated"), sums.total(line, "expected")
    differs = Cell()
    if stated:
        percent = (Decimal(expected) / Decimal(stated) - 1) * 100
        differs = Cell(value=percent.quantize(Decimal("0.1")), key=cell_key(line, "expected"))
    numbers = (sums.cell(line, "stated"), sums.cell(line, "expected"), differs)
    counts = (Cell(), Cell(), sums.cell(line, "notices"), Cell())
    beside = sums.proof(line, "expected")[2]
    cells = (Cell(value=str(number)), *counts, *numbers, *sums.proof(line, "stated"), beside)
    return Row(id=line, cells=cells, under=under)


QUESTION = Question(
    name="mismatches",
    en="Quantities that do not agree",
    zh="互不相符的数值",
    question="Which stated quantities cannot both hold?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=lay_out,
    published=(
        Published(
            source="IPVM, Xuhui (2024)",
            said=Label(
                en="25.9 million faces a day and 18,860 a minute in one project; a day of that "
                "rate has 27.2 million.",
                zh="同一项目既称每日2590万张人脸，又称每分钟18860张；按后者一日为2716万张。",
            ),
            differs=Label(
                en="One project there, every notice of this corpus here.",
                zh="彼处为单个项目，此处为本语料的全部公告。",
            ),
            cell="cell/per-day-per-minute/pairs",
        ),
    ),
    left_out=(
        LeftOut(
            id="not-surveillance",
            en="notices that buy no surveillance: their quantities are not read",
            zh="未采购监控手段的公告，其数量不予读取",
            notices="select id from counted where surveillance is not true",
        ),
        LeftOut(
            id="agree",
            en="notices of surveillance whose quantities agree, or are too few to check",
            zh="采购监控手段，其数值相符或不足以核对的公告",
            notices="select id from counted where surveillance "
            "and id not in (select notice from mismatch)",
        ),
    ),
)
