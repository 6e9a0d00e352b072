"""Who buys the means to watch people: the authorities with the most purchases.

Method: purchases whose notices buy surveillance, counted once each for the organisation that buys;
the 100 with the most. Spellings of one name are one organisation where rules or a person say so
(docs/organisations.md). "Notices" counts their notices that buy surveillance, "Technologies" the
different technologies that these buy, each opening onto its earliest notice. Budgets, awards and
contracts are sums in yuan that count as in the figure `money`: each once, certain sums only;
"without" counts those that have no certain sum.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no surveillance; notices without a buyer's name; buyers after the first 100.

Assumptions: the buyer may buy for another authority. Of several buyers of one notice the first
counts. Never add a budget to an award or a contract. The sum is the whole of a purchase, also where
surveillance is a part of it.
"""

from tenderlight.figures.figure import Column
from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.ranked import BEYOND, NOT_SURVEILLANCE, ORGANISATIONS, ranked

FACTS = """
with buying as (
    select n.id as notice, n.purchase, b.organisation, n.nth,
        c.text, c.text as context, c.part, c.page, c.start_at, c.end_at
    from counted n join buyer_of b on b.notice = n.id
    left join cited c on c.notice = n.id and c.field = 'buyer'
    where n.surveillance
),
kinds as (
    select b.organisation, t.id, t.notice, t.text, t.context, t.part, t.page, t.start_at, t.end_at
    from buying b join named t on t.notice = b.notice
    qualify row_number() over (partition by b.organisation, t.id
        order by b.nth) = 1
),
sums as (
    select b.organisation, m.* from money m join buyer_of b on b.notice = m.notice
    where m.subject = '#' and m.field <> 'ceiling'
)
select * from (
    select organisation as row_id, 'purchases' as column_id, notice, 1 as measure,
        text, context, part, page, start_at, end_at
    from buying qualify row_number() over (partition by organisation, purchase
        order by nth) = 1
)
union all
select organisation, 'notices', notice, 1, text, context, part, page, start_at, end_at from buying
union all
select organisation, 'technologies', notice, 1, text, context, part, page, start_at, end_at
from kinds
union all
select organisation, field, notice, amount_cny, text, context, part, page, start_at, end_at
from sums where amount_cny is not null
union all
select organisation, 'without', notice, 1, text, context, part, page, start_at, end_at
from sums where amount_cny is null"""

QUESTION = Question(
    name="buyers",
    en="Top buyers of surveillance",
    zh="主要监控采购人",
    question="Which authorities made the most purchases of surveillance?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=ranked(
        Column(id="buyer", en="Buyer", zh="采购人"),
        Column(id="purchases", en="Purchases", zh="采购项目数", kind="count"),
        Column(id="notices", en="Notices", zh="公告数", kind="count"),
        Column(id="technologies", en="Technologies", zh="技术种类", kind="count"),
        Column(id="budget", en="Budgets, yuan", zh="预算（元）", kind="money"),
        Column(id="award", en="Awards, yuan", zh="中标金额（元）", kind="money"),
        Column(id="contract", en="Contracts, yuan", zh="合同金额（元）", kind="money"),
        Column(id="without", en="Without a certain sum", zh="无确定金额", kind="count"),
    ),
    money=frozenset({"budget", "award", "contract"}),
    labels=ORGANISATIONS,
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
