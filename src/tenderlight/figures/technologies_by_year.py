"""Purchases of a technology, by year.

Method: a purchase counts under each technology that its notices buy, once, in the year of the first
of these notices; a number opens onto that notice, and the notice onto its purchase. A notice buys a
technology where a passage says that the technology is procured, built, extended, run or maintained.
Notices are one purchase where their numbers, names, buyers and dates say so (docs/purchases.md), or
a person decided it. "Notices" counts each notice that buys the technology. The last column counts
notices that only mention it (a past contract, a qualification, an exclusion) and buy none of it;
these are in no other column. In the first line each counts once, however many technologies it buys.

Exclusions: documents that could not be read; documents with the same bytes as one before them in
the ledger. Purchases without a date are in a column of their own.

Assumptions: a purchase that failed counts too: an authority set out to buy. A framework and what is
called off it are one purchase if their notices say so. The years of one line may be added; the
lines may not, because a purchase of two technologies is in both.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names, year_label, years_of
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key

FACTS = """
select subject as row_id, unnest(['all', in_year]) as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from purchasing
union all
select subject, 'notices', notice, 1, text, context, part, page, start_at, end_at
from bought
union all
select * from (
    select f.id as row_id, 'mentioned' as column_id, f.notice, 1 as measure,
        f.text, f.context, f.part, f.page, f.start_at, f.end_at
    from finding f join counted n on n.id = f.notice
    anti join named b on b.notice = f.notice and b.id = f.id
    where f.kind = 'technology'
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1
)
union all
select * from (
    select '*', 'mentioned', f.notice, 1,
        f.text, f.context, f.part, f.page, f.start_at, f.end_at
    from finding f join counted n on n.id = f.notice
    anti join named b on b.notice = f.notice
    where f.kind = 'technology'
    qualify row_number() over (partition by f.notice order by f.number) = 1
)"""


def _lay_out(sums: Tallies, names: Names) -> Layout:
    years = years_of(sums.columns())
    lines = [*sums.rows("all", "mentioned")]
    rows = [_row(sums, line, years, names) for line in lines if line == ALL]
    rows += [_row(sums, line, years, names) for line in lines if line != ALL]
    return Layout(
        columns=(
            Column(id="technology", en="Technology", zh="技术"),
            *(
                Column(id=year, en=year_label(year).en, zh=year_label(year).zh, kind="count")
                for year in years
            ),
            Column(id="all", en="All years", zh="合计", kind="count"),
            Column(id="notices", en="Notices", zh="公告数", kind="count"),
            Column(id="mentioned", en="Only mentioned", zh="仅提及", kind="count"),
        ),
        rows=tuple(rows),
        chart=Chart(
            kind="heat",
            series=tuple(_series(sums, row.id, years, names) for row in rows if row.id != ALL),
            x=Label(en="Year", zh="年份"),
            y=Label(en="Purchases", zh="采购项目数"),
        ),
    )


def _row(sums: Tallies, line: str, years: list[str], names: Names) -> Row:
    label = names.technology(line)
    counts = (sums.cell(line, column) for column in (*years, "all", "notices", "mentioned"))
    return Row(id=line, cells=(Cell(value=label.en, zh=label.zh), *counts), total=line == ALL)


def _series(sums: Tallies, line: str, years: list[str], names: Names) -> Series:
    label = names.technology(line)
    points = (
        Point(
            x=year,
            en=year_label(year).en,
            zh=year_label(year).zh,
            value=sums.total(line, year),
            key=cell_key(line, year) if sums.total(line, year) else None,
        )
        for year in years
    )
    return Series(id=line, en=label.en, zh=label.zh, points=tuple(points))


QUESTION = Question(
    name="technologies-by-year",
    en="Technologies by year",
    zh="各年度采购的技术",
    question="How many purchases of which surveillance technology began in which year?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    left_out=(
        LeftOut(
            id="none",
            en="notices that name no technology",
            zh="未涉及任何所列技术的公告",
            notices="""select id from counted
                where id not in (select notice from finding where kind = 'technology')""",
        ),
    ),
)
