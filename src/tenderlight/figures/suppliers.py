"""Who sells the means to watch people: the suppliers that won the most.

Method: suppliers named as winners in award and contract notices of purchases that buy surveillance;
the 100 with the most purchases. Spellings of one name are one organisation where rules or a person
say so (docs/organisations.md); a branch is not its company. A purchase counts once for a supplier,
however many lots it won. "Buyers" counts different buyers, each opening onto its earliest notice.
Awards and contracts are sums in yuan that count as in the figure `money`: each once, certain sums
only; a consortium's sum counts with its first member. "Without" counts lines whose sum is not
stated, could not be read, is in another currency, or is a rate or a unit price.

Exclusions: documents that could not be read; notices that buy no surveillance; notices in which no
winner was read; winners whose name may be a person's; candidates below rank 1; suppliers after the
first 100.

Assumptions: a firm is not joined with its owner. Never add an award to a contract. The sum is the
whole of a line, also where surveillance is a part of it.
"""

from tenderlight.figures.figure import Column, Label, Published
from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.ranked import BEYOND, NOT_SURVEILLANCE, ORGANISATIONS, ranked

FACTS = """
with winning as (
    select n.id as notice, n.purchase, b.organisation as buyer, n.nth,
        p.number as line, p.member, s.organisation,
        p.text, concat_ws(' ', a.lot, p.name, a.amount_printed) as context,
        p.part, p.page, p.start_at, p.end_at
    from counted n join party p on p.notice = n.id and p.role = 'supplier'
    join spelling s on s.node = p.node
    join award a on a.notice = n.id and a.number = p.number and coalesce(a.rank, 1) = 1
    left join buyer_of b on b.notice = n.id
    where n.notice_type in ('award', 'contract')
        and n.purchase in (select purchase from wanted where subject = '#')
),
sums as (
    select w.organisation, m.* from money m join winning w
        on w.notice = m.notice and w.line = m.line and w.member = 0
    where m.subject = '#' and m.field in ('award', 'contract')
)
select * from (
    select organisation as row_id, 'purchases' as column_id, notice, 1 as measure,
        text, context, part, page, start_at, end_at
    from winning qualify row_number() over (partition by organisation, purchase
        order by (nth, line)) = 1
)
union all
select * from (
    select organisation, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from winning where buyer is not null
    qualify row_number() over (partition by organisation, buyer
        order by (nth, line)) = 1
)
union all
select organisation, field, notice, amount_cny, text, context, part, page, start_at, end_at
from sums where amount_cny is not null
union all
select organisation, 'without', notice, 1, text, context, part, page, start_at, end_at
from sums where amount_cny is null"""

QUESTION = Question(
    name="suppliers",
    en="Top suppliers of surveillance",
    zh="主要监控供应商",
    question="Which suppliers won the most purchases of surveillance, and for how much?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=ranked(
        Column(id="supplier", en="Supplier", zh="供应商"),
        Column(id="purchases", en="Purchases won", zh="中标项目数", kind="count"),
        Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
        Column(id="award", en="Awards, yuan", zh="中标金额（元）", kind="money"),
        Column(id="contract", en="Contracts, yuan", zh="合同金额（元）", kind="money"),
        Column(id="without", en="Without a certain sum", zh="无确定金额", kind="count"),
    ),
    money=frozenset({"award", "contract"}),
    published=(
        Published(
            source="Reuters, One person, one file (2022)",
            said=Label(
                en="22 suppliers in 50 tenders for one archive per person.",
                zh="50份“一人一档”招标中有22家供应商。",
            ),
            differs=Label(
                en="That is for one technology; see the figures person-archive and contractors, "
                "which can be asked for it.",
                zh="仅就该项技术而言；另见“一人一档”与“跨地区中标的承包商”。",
            ),
        ),
    ),
    labels=ORGANISATIONS,
    left_out=(
        NOT_SURVEILLANCE,
        LeftOut(
            id="type",
            en="notices of surveillance that are neither award nor contract",
            zh="既非中标也非合同公告的监控采购公告",
            notices="""select id from counted where surveillance
                and coalesce(notice_type, 'other') not in ('award', 'contract')""",
        ),
        LeftOut(
            id="same-purchase",
            en="awards and contracts without a winner's name, or counted from another notice",
            zh="未读到中标人，或同一项目已由另一公告计入",
            notices="""select id from counted where surveillance
                and notice_type in ('award', 'contract')
                and id not in (select notice from facts)""",
        ),
        LeftOut(
            id="beyond",
            en="purchases won by suppliers after the first 100",
            zh="排名100之后的供应商的公告",
            notices=BEYOND,
        ),
    ),
)
