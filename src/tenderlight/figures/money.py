"""Money per technology and year: budgets, awards and contracts, each by itself.

Method: yuan, as printed in the notices of purchases that buy the technology. Notices are one
purchase where their numbers, names, buyers and dates say so, or a person decided it; each of its
sums counts once (docs/purchases.md): a correction replaces what it corrects, a re-tender what
failed, a whole stands for its lots, a repost adds nothing. A *budget* is what is planned or
announced, an *award* what a winner is to get, a *contract* what was signed. "Without" counts sums
that are printed and not certain (a rate, a unit price, no unit), in other currencies, and purchases
with notices of that kind of which none states a sum, out of all; they add nothing to the sum.

Exclusions: documents that could not be read; ceilings; candidates; a printed 0, which stands for
"not stated".

Assumptions: a budget, an award and a contract are three views of one purchase: never add them. The
sum is the whole of the purchase, also where the technology is only a part of what it buys. A
purchase of two technologies counts under both, so lines may not be added; the first line counts
each once. A sum counts in the year of the notice that states it, several years' budgets too. Not
adjusted for prices.
"""

from tenderlight.figures.counted import ALL
from tenderlight.figures.figure import Cell, Chart, Column, Label, Point, Row, Series
from tenderlight.figures.names import Names, year_label, years_of
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.tallies import Tallies, cell_key

FACTS = """
select unnest([subject, subject || ':' || in_year]) as row_id, field as column_id, notice,
    amount_cny as measure, text, context, part, page, start_at, end_at
from money where subject <> '#' and field <> 'ceiling' and amount_cny is not null
union all
select unnest([subject, subject || ':' || in_year]),
    field || if(amount_cny is null, '-without', '-with'), notice,
    1, text, context, part, page, start_at, end_at
from money where subject <> '#' and field <> 'ceiling'"""

SAID = (
    ("budget", "Budgets", "预算", "预算"),
    ("award", "Awards", "中标金额", "中标"),
    ("contract", "Contracts", "合同金额", "合同"),
)
"""What is stated: its name, and in Chinese that of the sum and of the thing."""

COLUMNS = (
    Column(id="technology", en="Technology, year", zh="技术、年份"),
    *(
        column
        for field, en, sum_zh, zh in SAID
        for column in (
            Column(id=field, en=f"{en}, yuan", zh=f"{sum_zh}（元）", kind="money"),
            Column(id=f"{field}-with", en=f"{en} with a sum", zh=f"有确定金额的{zh}", kind="count"),
            Column(id=f"{field}-without", en=f"{en} without", zh=f"无确定金额的{zh}", kind="share"),
        )
    ),
)
COUNTS = tuple(f"{field}-{rest}" for field, *_ in SAID for rest in ("with", "without"))


def _lay_out(sums: Tallies, names: Names) -> Layout:
    found = sums.rows(*(field for field, *_ in SAID), *COUNTS)
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
        series=tuple(_series(sums, field, en, zh, _years(ALL, found)) for field, en, zh, _ in SAID),
        x=Label(en="Year", zh="年份"),
        y=Label(en="Yuan", zh="元"),
    )
    return Layout(columns=COLUMNS, rows=tuple(rows), chart=chart)


def _years(subject: str, rows: list[str]) -> list[str]:
    years = {row.rpartition(":")[2] for row in rows if row.rpartition(":")[0] == subject}
    return [year for year in years_of(years) if year in years]


def _cells(sums: Tallies, line: str, label: Label) -> tuple[Cell, ...]:
    cells = [Cell(value=label.en, zh=label.zh if label.zh != label.en else None)]
    for field, *_ in SAID:
        cells.append(sums.sum(line, field))
        cells.append(sums.cell(line, f"{field}-with"))
        cells.append(sums.share(line, f"{field}-without", f"{field}-with"))
    return tuple(cells)


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
    question="How much money was announced, awarded and contracted for a technology in which year?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset(field for field, *_ in SAID),
    left_out=(
        LeftOut(
            id="none",
            en="notices of purchases that buy no technology, or that add nothing to them",
            zh="未采购任何所列技术、亦无金额计入的公告",
            notices="""select id from counted where id not in (select notice from bought)
                and id not in (select notice from facts)""",
        ),
        LeftOut(
            id="same-purchase",
            en="notices without a sum that counts: another notice of the purchase has it, or none",
            zh="未单独计入金额：由同一项目的另一公告计入，或不属于载明金额的公告",
            notices="""select id from counted where id in (select notice from bought)
                and id not in (select notice from facts)""",
        ),
    ),
)
