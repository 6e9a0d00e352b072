"""Money per technology and year: budgets and awards, each by itself.

Method: yuan, as printed in notices that buy the technology. A *budget* is read from intention,
prequalification, tender, single-source and correction notices. Where several of them have the same
project number, one counts: the newest correction that states a budget, else the earliest tender,
else prequalification, single source, intention. An *award* is read line by line from award notices;
from contract notices only where no award notice of the same project number in this corpus states
a sum. A line that is printed again (same project number, lot, supplier and sum) counts from the
first notice. "Without" counts budgets, or award lines, whose sum is not stated, could not be read,
or is not certain (a rate, a unit price, an unclear unit), out of all of them; they add nothing to
the sum. A notice in which no award line was read counts as one line without.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
ceilings; candidates (only rank 1 of a ranked award counts); acceptance and termination; other
currencies; a printed 0, which stands for "not stated".

Assumptions: a budget and an award are two views of one purchase: never add them. The sum is the
whole of the notice, also where the technology is only a part of what it buys. A notice that buys
two technologies counts under both, so lines may not be added; the first line counts each once.
Notices belong together where their project numbers, of six characters or more, are the same;
without a number each stands alone, so a purchase announced twice may count twice. Several years'
budgets count in the year of the notice. Not adjusted for prices.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names, year_label, years_of
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key

FACTS = """
select unnest([subject, subject || ':' || in_year]) as row_id, 'budget' as column_id, notice,
    amount_cny as measure, text, context, part, page, start_at, end_at
from budget where subject <> '#' and amount_cny is not null
union all
select unnest([subject, subject || ':' || in_year]),
    if(amount_cny is null, 'budget-without', 'budget-with'), notice,
    1, text, context, part, page, start_at, end_at
from budget where subject <> '#'
union all
select unnest([subject, subject || ':' || in_year]), 'award', notice,
    amount_cny, text, context, part, page, start_at, end_at
from award_line where subject <> '#' and amount_cny is not null
union all
select unnest([subject, subject || ':' || in_year]),
    if(amount_cny is null, 'award-without', 'award-with'), notice,
    1, text, context, part, page, start_at, end_at
from award_line where subject <> '#'"""

COLUMNS = (
    Column(id="technology", en="Technology, year", zh="技术、年份"),
    Column(id="budget", en="Budgets, yuan", zh="预算（元）", kind="money"),
    Column(id="budget-with", en="Budgets with a sum", zh="有确定金额的预算", kind="count"),
    Column(id="budget-without", en="Budgets without", zh="无确定金额的预算", kind="share"),
    Column(id="award", en="Awards, yuan", zh="中标金额（元）", kind="money"),
    Column(id="award-with", en="Awards with a sum", zh="有确定金额的中标", kind="count"),
    Column(id="award-without", en="Awards without", zh="无确定金额的中标", kind="share"),
)
COUNTS = ("budget-with", "award-with", "budget-without", "award-without")


def _lay_out(sums: Tallies, names: Names) -> Layout:
    found = sums.rows("award", "budget", *COUNTS)
    subjects = sorted((row for row in found if ":" not in row), key=lambda row: row != ALL)
    rows = []
    for subject in subjects:
        label = names.technology(subject)
        rows.append(Row(id=subject, cells=_cells(sums, subject, label), total=subject == ALL))
        for year in _years(subject, found):
            line = f"{subject}:{year}"
            rows.append(Row(id=line, cells=_cells(sums, line, year_label(year)), under=subject))
    chart = Chart(
        kind="bars",
        series=(
            _series(sums, "budget", "Budgets", "预算", _years(ALL, found)),
            _series(sums, "award", "Awards", "中标金额", _years(ALL, found)),
        ),
        x=Label(en="Year", zh="年份"),
        y=Label(en="Yuan", zh="元"),
    )
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _years(subject: str, rows: list[str]) -> list[str]:
    years = {row.rpartition(":")[2] for row in rows if row.rpartition(":")[0] == subject}
    return [year for year in years_of(years) if year in years]


def _cells(sums: Tallies, line: str, label: Label) -> tuple[Cell, ...]:
    return (
        Cell(value=label.en, zh=label.zh if label.zh != label.en else None),
        sums.sum(line, "budget"),
        sums.cell(line, "budget-with"),
        sums.share(line, "budget-without", "budget-with"),
        sums.sum(line, "award"),
        sums.cell(line, "award-with"),
        sums.share(line, "award-without", "award-with"),
    )


def _series(sums: Tallies, column: str, en: str, zh: str, years: list[str]) -> Series:
    points = (
        Point(
            x=year,
            en=year_label(year).en,
            zh=year_label(year).zh,
            value=sums.total(f"{ALL}:{year}", column),
            key=cell_key(f"{ALL}:{year}", column),
        )
        for year in years
        if sums.total(f"{ALL}:{year}", column)
    )
    return Series(id=column, en=en, zh=zh, points=tuple(points))


QUESTION = Question(
    name="money",
    en="Money by technology and year",
    zh="各技术各年度金额",
    question="How much money was announced and awarded for a technology in which year?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset({"budget", "award"}),
    left_out=(
        LeftOut(
            id="none",
            en="notices that buy no technology",
            zh="未采购任何所列技术的公告",
            notices="select id from counted where id not in (select notice from bought)",
        ),
        LeftOut(
            id="type",
            en="notices of a type that states neither budget nor award here",
            zh="不属于预算类或中标类的公告",
            notices="""select id from counted where id in (select notice from bought)
                and coalesce(notice_type, 'other') not in ('correction', 'tender',
                    'prequalification', 'single_source', 'intention', 'award', 'contract')""",
        ),
        LeftOut(
            id="same-purchase",
            en="notices whose budget or award is counted from another notice of the project",
            zh="同一项目已由另一公告计入",
            notices="""select id from counted where id in (select notice from bought)
                and notice_type in ('correction', 'tender', 'prequalification',
                    'single_source', 'intention', 'award', 'contract')
                and id not in (select notice from facts)""",
        ),
    ),
)
