"""Figures that list what notices say, wording by wording: targets, rules, red lists as written."""

from __future__ import annotations

from collections.abc import Callable

from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout
from tenderlight.figures.tallies import Tallies, cell_key

LISTED = 50
"""Wordings listed of each kind: what a reader will look through."""
LISTED_OF_ONE = 1000
"""Wordings listed where one kind is asked for by name."""
EVERY = "all"
"""The value of the parameter that asks for every kind."""

FACTS = """
with said as ({said}
),
placed as (
    select s.*, n.purchase, b.organisation as buyer, n.nth,
        regexp_replace(coalesce(s.context, s.text, ''), '\\s', '', 'g') as wording
    from said s join counted n on n.id = s.notice
    left join buyer_of b on b.notice = s.notice
    where n.surveillance and {asked}
),
worded as (  -- each wording once in a purchase, at its earliest notice
    select *, id || ':' || notice || '.' || number as line from placed
    qualify row_number() over (partition by id, purchase, wording
        order by (nth, number)) = 1
),
listed as (
    select * from worded qualify row_number() over (partition by id
        order by (nth, number)) <= {most}
)
select id as row_id, 'quotations' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from worded
union all
select * from (
    select id, 'purchases', notice, 1, text, context, part, page, start_at, end_at
    from placed qualify row_number() over (partition by id, purchase
        order by (nth, number)) = 1
)
union all
select * from (
    select id, 'notices', notice, 1, text, context, part, page, start_at, end_at
    from placed qualify row_number() over (partition by id, notice order by number) = 1
)
union all
select * from (
    select id, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from placed where buyer is not null qualify row_number() over (partition by id, buyer
        order by (nth, number)) = 1
)
union all
select * from (
    select l.line, 'notices', p.notice, 1, p.text, p.context, p.part, p.page, p.start_at, p.end_at
    from listed l join placed p using (id, purchase, wording)
    qualify row_number() over (partition by l.line, p.notice order by p.number) = 1
)"""

COUNTS = ("quotations", "purchases", "notices", "buyers")


def facts_of(said: str, parameter: str | None = None) -> str:
    """The query, from a query of id, notice, number, text, context and place of each quotation."""
    asked, most = "true", str(LISTED_OF_ONE)
    if parameter:
        asked = f"(select {parameter} from given) in ('{EVERY}', s.id)"  # noqa: S608
        most = f"(select if({parameter} = '{EVERY}', {LISTED}, {LISTED_OF_ONE}) from given)"  # noqa: S608
    return FACTS.format(said=said, asked=asked, most=most)


def columns_of(en: str, zh: str) -> tuple[Column, ...]:
    """The columns of such a figure; the first is what is quoted."""
    return (
        Column(id="kind", en=en, zh=zh),
        Column(id="quotations", en="Quotations", zh="引文数", kind="count"),
        Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
        Column(id="notices", en="Notices", zh="公告数", kind="count"),
        Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
        Column(id="date", en="Date", zh="日期", kind="date"),
        Column(id="buyer", en="Buyer", zh="采购人"),
        Column(id="sentence", en="Passage", zh="原文", kind="quote"),
    )


def quotations(kind: str, en: str, zh: str) -> Callable[[Tallies, Names], Layout]:
    """A line for each kind with its counts, and below it each wording, earliest first."""

    def lay_out(sums: Tallies, names: Names) -> Layout:
        rows, points = [], []
        for line in heads(sums):
            label = names.of(kind, line)
            rows += rows_under(sums, line, label)
            total, key = sums.total(line, "purchases"), cell_key(line, "purchases")
            points.append(Point(x=line, en=label.en, zh=label.zh, value=total, key=key))
        series = Series(id="purchases", en="Purchases", zh="采购项目数", points=tuple(points))
        chart = Chart(kind="bars", series=(series,), y=Label(en="Purchases", zh="采购项目数"))
        return Layout(columns=columns_of(en, zh), rows=tuple(rows), chart=chart)

    return lay_out


def heads(sums: Tallies) -> list[str]:
    """The kinds, those of the most purchases first."""
    return sums.rows("purchases", "quotations")


def rows_under(sums: Tallies, head: str, label: Label) -> list[Row]:
    """The line of a kind, and those of its wordings."""
    counts = (sums.cell(head, column) for column in COUNTS)
    first = sums.proof(head, "quotations")
    rows = [Row(id=head, cells=(Cell(value=label.en, zh=label.zh), *counts, *first))]
    for number, line in enumerate(wordings(sums, head), start=1):
        cells = (Cell(), Cell(), sums.cell(line, "notices"), Cell())
        proof = sums.proof(line, "notices")
        rows.append(Row(id=line, cells=(Cell(value=str(number)), *cells, *proof), under=head))
    return rows


def wordings(sums: Tallies, head: str) -> list[str]:
    """The lines of the wordings of a kind, by date."""
    lines = [line for line in sums.rows("notices") if line.startswith(f"{head}:")]
    return sorted(lines, key=lambda line: (dated(sums, line), line))


def dated(sums: Tallies, line: str) -> str:
    """The day of the earliest notice of a line; what has none comes last."""
    proof = sums.first(line, "notices")
    return (proof.published if proof else None) or "9999"
