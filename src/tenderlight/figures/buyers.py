"""Who buys the means to watch people: the authorities with the most notices.

Method: notices that buy surveillance, counted once each by the buyer's name as the notice gives it;
the 100 buyers with the most. "Technologies" counts different technologies that these notices buy,
each opening onto its earliest notice. Budgets and awards are sums in yuan, counted as in the figure
`money`: one budget for each project number, awards rather than contracts, certain sums only;
"without" counts budgets and award lines that have no certain sum.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no surveillance; notices without a buyer's name; buyers after the first 100.

Assumptions: this counts notices, not purchases: a buyer that announces each step has more of them.
Two spellings of one authority are two buyers. The buyer may buy for another authority. Never add a
budget to an award. The sum is the whole of a notice, also where surveillance is a part of it.
"""

from tenderlight.figures.figure import Column
from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.ranked import BEYOND, NOT_SURVEILLANCE, ranked

FACTS = """
with buying as (
    select n.id as notice, n.buyer, n.published, n.batch, n.place,
        c.text, c.text as context, c.part, c.page, c.start_at, c.end_at
    from counted n left join cited c on c.notice = n.id and c.field = 'buyer'
    where n.surveillance and n.buyer is not null
),
kinds as (
    select b.buyer, t.id, t.notice, t.text, t.context, t.part, t.page, t.start_at, t.end_at
    from buying b join named t on t.notice = b.notice
    qualify row_number() over (partition by b.buyer, t.id
        order by b.published nulls last, b.batch, b.place, t.notice) = 1
)
select buyer as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from buying
union all
select buyer, 'technologies', notice, 1, text, context, part, page, start_at, end_at from kinds
union all
select buyer, 'budget', notice, amount_cny, text, context, part, page, start_at, end_at
from budget where subject = '#' and amount_cny is not null and buyer is not null
union all
select buyer, 'award', notice, amount_cny, text, context, part, page, start_at, end_at
from award_line where subject = '#' and amount_cny is not null and buyer is not null
union all
select buyer, 'without', notice, 1, text, context, part, page, start_at, end_at
from (
    select buyer, notice, text, context, part, page, start_at, end_at
    from budget where subject = '#' and amount_cny is null and buyer is not null
    union all
    select buyer, notice, text, context, part, page, start_at, end_at
    from award_line where subject = '#' and amount_cny is null and buyer is not null
)"""

QUESTION = Question(
    name="buyers",
    en="Top buyers of surveillance",
    zh="主要监控采购人",
    question="Which authorities published the most notices that buy surveillance?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=ranked(
        Column(id="buyer", en="Buyer", zh="采购人"),
        Column(id="notices", en="Notices", zh="公告数", kind="count"),
        Column(id="technologies", en="Technologies", zh="技术种类", kind="count"),
        Column(id="budget", en="Budgets, yuan", zh="预算（元）", kind="money"),
        Column(id="award", en="Awards, yuan", zh="中标金额（元）", kind="money"),
        Column(id="without", en="Without a certain sum", zh="无确定金额", kind="count"),
    ),
    money=frozenset({"budget", "award"}),
    left_out=(
        NOT_SURVEILLANCE,
        LeftOut(
            id="nameless",
            en="notices of surveillance without a buyer's name",
            zh="未读到采购人名称的监控采购公告",
            notices="select id from counted where surveillance and buyer is null",
        ),
        LeftOut(
            id="beyond",
            en="notices of buyers after the first 100",
            zh="排名100之后的采购人的公告",
            notices=BEYOND,
        ),
    ),
)
