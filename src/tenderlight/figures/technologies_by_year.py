"""Purchases of a technology, by year.

Method: a purchase counts under each technology that its notices buy, once, in the year of the first
of these notices; a number opens onto that notice, and the notice onto its purchase. A notice buys a
technology where a passage says that the technology is procured, built, extended, run or maintained.
Notices are one purchase where their numbers, names, buyers and dates say so (docs/purchases.md), or
a person decided it. "Notices" counts each notice that buys the technology. Notices that name it and
do not buy it are in a column of their own and in no other: those that only mention it (a past
contract, a qualification), those that say that it is not part of the purchase, and those of which a
person said that the rules are wrong. In the first line each counts once. "Corrected notices" is how
many there are in truth, with a 95 % interval, by what people found in random samples of notices
with and without the technology (docs/error.md); the other columns are as counted.

Exclusions: documents that could not be read; documents with the same bytes as one before them in
the ledger. Purchases without a date are in a column of their own.

Assumptions: a purchase that failed counts too: an authority set out to buy. A framework and what is
called off it are one purchase if their notices say so. The years of one line may be added; the
lines may not, because a purchase of two technologies is in both.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Published, Row, Series
from tenderlight.figures.measured import NOT_MEASURED, corrected_cell
from tenderlight.figures.names import Names, year_label, years_of
from tenderlight.figures.question import NAMES_NONE, Layout, Question
from tenderlight.figures.tallies import Tallies, cell_key

WORST = "why <> 'rejected', why <> 'mentioned'"
"""Of several reasons the first of these counts."""
FACTS = f"""
select subject as row_id, unnest(['all', in_year]) as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from purchasing
union all
select subject, 'notices', notice, 1, text, context, part, page, start_at, end_at
from bought
union all
select * from (
    select id, why, notice, 1, text, context, part, page, start_at, end_at from aside
    qualify row_number() over (partition by notice, id order by ({WORST}, number)) = 1
)
union all
select * from (
    select '*', why, notice, 1, text, context, part, page, start_at, end_at
    from aside anti join named using (notice)
    qualify row_number() over (partition by notice order by ({WORST}, number)) = 1
)"""  # noqa: S608 - words of our own

ASIDE = ("mentioned", "excluded", "rejected")
"""Why a notice that names a technology is in no year. Each notice has one of these."""


def _lay_out(sums: Tallies, names: Names) -> Layout:
    years = years_of(sums.columns())
    lines = [*sums.rows("all", *ASIDE)]
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
            Column(id="excluded", en="Left out by name", zh="明示不含", kind="count"),
            Column(id="rejected", en="Rejected by a person", zh="人工否定", kind="count"),
            Column(id="corrected", en="Corrected notices", zh="校正后公告数"),
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
    counts = (sums.cell(line, column) for column in (*years, "all", "notices", *ASIDE))
    corrected = NOT_MEASURED if line == ALL else corrected_cell(sums.errors.get(line))
    cells = (Cell(value=label.en, zh=label.zh), *counts, corrected)
    return Row(id=line, cells=cells, total=line == ALL)


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
    published=(
        Published(
            source="ChinaFile, State of Surveillance (2020)",
            said=Label(
                en="Awards that name the human face: 1 in 2009, about 350 in 2018, 470 in 2019.",
                zh="涉及人脸的中标公告：2009年1件，2018年约350件，2019年470件。",
            ),
            differs=Label(
                en="They count award notices that hold the word, this counts purchases that buy "
                "facial recognition, in the year in which they began. Ask for awards only to come "
                "nearer.",
                zh="该报道统计含该词的中标公告；本图表统计采购人脸识别的项目，计入其开始的年份。"
                "仅统计中标公告时更为接近。",
            ),
            cell="cell/facial-recognition/2019",
        ),
    ),
    left_out=(NAMES_NONE,),
)
