"""Money by technology from rows of goods: what the rows cost that are the technology itself.

Method: rows of goods (name, brand, quantity, price) that are a technology by their name, their
model or the group of rows that they stand under, in notices that buy it. A row's sum is its printed
total, else its printed unit price times its printed quantity. *Announced* are rows of tenders,
intentions and the like, *awarded* those of award notices, *contracted* those of contracts; of each
purchase and kind only the last notice that has such rows counts, so that corrections, reposts and
second tenders do not add. "Without" counts rows that print neither, out of all; they add nothing to
the sum. A row counts once under a technology, and under each technology that it is; the first line
counts it once.

Exclusions: documents that could not be read; rows of technologies that the notice does not buy, or
of which a person said so; rows that are no technology, such as cables or installation; prices in
other currencies.

Assumptions: this is the least that a purchase spends on the technology: most notices print no
prices of rows, and what serves it (servers, software, work) stands in rows of its own. The figure
`money` counts whole purchases and is the most. A row that would cost more than all that its notice
states was misread or misprinted, and counts as without a sum. Never add announced, awarded and
contracted. Where lots have notices of their own, only the last of them counts.
"""

from tenderlight.figures.figure import Chart, Label
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, LeftOut, Question
from tenderlight.figures.series import by_technology
from tenderlight.figures.stated_money import Kind, money_columns, money_lines, subjects_of
from tenderlight.figures.tallies import Tallies

FACTS = """
with stated as (  -- the most that a notice says of all it buys: no row of it costs more
    select n.id as notice, nullif(greatest(coalesce(n.budget_cny, 0), coalesce(n.ceiling_cny, 0),
        coalesce(sum(a.amount_cny), 0)), 0) as most
    from counted n left join award a on a.notice = n.id
    group by n.id, n.budget_cny, n.ceiling_cny
),
used as (
    select u.notice, u.number, u.id, n.purchase, n.in_year, n.published, n.nth,
        case when n.notice_type = 'award' then 'award' when n.notice_type = 'contract'
            then 'contract' else 'announced' end as stage,
        case when coalesce(u.total_cny, u.unit_price_cny * u.quantity) <= s.most * 1.01
            or s.most is null
            then try_cast(coalesce(u.total_cny, u.unit_price_cny * u.quantity) as decimal(20, 2))
        end as sum,
        u.text, concat_ws(' ', i.name, i.brand, i.model, i.quantity::double::varchar, i.unit)
            as context,
        u.part, u.page, u.start_at, u.end_at
    from item_use u join counted n on n.id = u.notice
    join named b on b.notice = u.notice and b.id = u.id
    left join stated s on s.notice = u.notice
    left join item i on i.notice = u.notice and i.number = u.number
    where coalesce(n.notice_type, 'other') not in ('candidates', 'termination', 'acceptance')
),
last_rows as (  -- of each purchase and kind the last notice that has rows of a technology
    select notice, stage from used
    qualify row_number() over (partition by purchase, stage
        order by (published is null, -nth)) = 1
),
lines as (
    select u.* from used u semi join last_rows l on l.notice = u.notice
),
every as (
    select * from lines
    union all
    select * replace ('*' as id) from lines
    qualify row_number() over (partition by notice, number order by id) = 1
)
select unnest([id, id || ':' || in_year]) as row_id, stage as column_id, notice, sum as measure,
    text, context, part, page, start_at, end_at
from every where sum is not null
union all
select unnest([id, id || ':' || in_year]), stage || if(sum is null, '-without', '-with'), notice,
    1, text, context, part, page, start_at, end_at
from every"""

KINDS = (
    Kind(
        "announced",
        Label(en="Announced", zh="公告金额"),
        Label(en="Announced: rows with a sum", zh="公告：有金额的行"),
        Label(en="Announced: rows without", zh="公告：无金额的行"),
    ),
    Kind(
        "award",
        Label(en="Awarded", zh="中标金额"),
        Label(en="Awarded: rows with a sum", zh="中标：有金额的行"),
        Label(en="Awarded: rows without", zh="中标：无金额的行"),
    ),
    Kind(
        "contract",
        Label(en="Contracted", zh="合同金额"),
        Label(en="Contracted: rows with a sum", zh="合同：有金额的行"),
        Label(en="Contracted: rows without", zh="合同：无金额的行"),
    ),
)
COLUMNS = money_columns(KINDS)


def _lay_out(sums: Tallies, names: Names) -> Layout:
    rows = money_lines(sums, COLUMNS, names.technology)
    subjects = subjects_of([row.id for row in rows])
    chart = Chart(
        kind="bars",
        series=tuple(by_technology(sums, k.id, k.sums, subjects, names) for k in KINDS),
        y=Label(en="Yuan", zh="元"),
    )
    return Layout(columns=COLUMNS, rows=rows, chart=chart)


QUESTION = Question(
    name="item-money",
    en="Money by technology from rows of goods",
    zh="按货物清单统计的各技术金额",
    question="How much do the rows of goods cost that are the technology itself?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=_lay_out,
    money=frozenset(kind.id for kind in KINDS),
    left_out=(
        LeftOut(
            id="none",
            en="notices that buy a technology and have no row of goods that is one",
            zh="采购所列技术但货物清单中没有相应行的公告",
            notices="""select id from counted where id in (select notice from bought)
                and id not in (select notice from item_use)""",
        ),
        LeftOut(
            id="same-purchase",
            en="notices whose rows do not count: a later notice of the purchase has rows",
            zh="货物清单未计入：由同一项目较晚的公告计入，或不属于所列公告类型",
            notices="""select id from counted where id in (select notice from item_use)
                and id not in (select notice from facts)""",
        ),
    ),
)
