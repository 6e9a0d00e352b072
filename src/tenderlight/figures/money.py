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
from tenderlight.figures.figure import Chart, Label, Point, Published, Series
from tenderlight.figures.names import Names, year_label
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.stated_money import Kind, money_columns, money_lines, years_under
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

KINDS = (
    Kind(
        "budget",
        Label(en="Budgets", zh="预算"),
        Label(en="Budgets with a sum", zh="有确定金额的预算"),
        Label(en="Budgets without", zh="无确定金额的预算"),
    ),
    Kind(
        "award",
        Label(en="Awards", zh="中标金额"),
        Label(en="Awards with a sum", zh="有确定金额的中标"),
        Label(en="Awards without", zh="无确定金额的中标"),
    ),
    Kind(
        "contract",
        Label(en="Contracts", zh="合同金额"),
        Label(en="Contracts with a sum", zh="有确定金额的合同"),
        Label(en="Contracts without", zh="无确定金额的合同"),
    ),
)
COLUMNS = money_columns(KINDS)


def _lay_out(sums: Tallies, names: Names) -> Layout:
    rows = money_lines(sums, COLUMNS, names.technology)
    years = years_under(ALL, [row.id for row in rows])
    chart = Chart(
        kind="bars",
        series=tuple(_series(sums, kind, years) for kind in KINDS),
        x=Label(en="Year", zh="年份"),
        y=Label(en="Yuan", zh="元"),
    )
    return Layout(columns=COLUMNS, rows=rows, chart=chart)


def _series(sums: Tallies, kind: Kind, years: list[str]) -> Series:
    points = (
        Point(
            x=year,
            en=year_label(year).en,
            zh=year_label(year).zh,
            value=sums.total(f"{ALL}:{year}", kind.id),
            key=cell_key(f"{ALL}:{year}", kind.id),
        )
        for year in years
        if sums.total(f"{ALL}:{year}", kind.id)
    )
    return Series(id=kind.id, en=kind.sums.en, zh=kind.sums.zh, points=tuple(points))


QUESTION = Question(
    name="money",
    en="Money by technology and year",
    zh="各技术各年度金额",
    question="How much money was announced, awarded and contracted for a technology in which year?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset(kind.id for kind in KINDS),
    published=(
        Published(
            source="ChinaFile, State of Surveillance (2020)",
            said=Label(
                en="More than 14.3 billion yuan for Sharp Eyes, 8.6 for facial recognition.",
                zh="雪亮工程逾143亿元，人脸识别86亿元。",
            ),
            differs=Label(
                en="They do not say which of budgets, awards and contracts were added; beside it "
                "stand our budgets for Sharp Eyes. The figure programmes compares both.",
                zh="该报道未说明所加为预算、中标或合同金额；此处对照本语料中雪亮工程的预算，"
                "两项对照见“各项目各年度金额”。",
            ),
            cell="cell/sharp-eyes/budget",
        ),
    ),
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
