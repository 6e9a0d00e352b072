"""Who sells the means to watch people: the suppliers that won the most.

Method: suppliers named as winners in award notices that buy surveillance, or in contract notices
where no award notice of the same project number in this corpus states a sum; the 100 in the most
notices. A notice counts once for a supplier, however many lots it won. "Buyers" counts different
buyers by name, each opening onto its earliest notice. Awards are sums in yuan of the lines with a
certain sum; a line that is printed again (same project number, lot, supplier and sum) counts once.
"Without" counts lines whose sum is not stated, could not be read, or is a rate or a unit price.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no surveillance; notices in which no winner was read; candidates below rank 1;
suppliers after the first 100.

Assumptions: this counts notices, not purchases. Two spellings of one firm are two suppliers, and a
firm is not joined with its owner. Members of a consortium count as the notice lists them. The sum
is the whole of a line, also where surveillance is a part of it.
"""

from tenderlight.figures.figure import Column
from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.ranked import BEYOND, NOT_SURVEILLANCE, ranked

FACTS = """
with lines as (select * from award_line where subject = '#' and supplier is not null)
select * from (
    select supplier as row_id, 'notices' as column_id, notice, 1 as measure,
        text, context, part, page, start_at, end_at
    from lines qualify row_number() over (partition by supplier, notice order by line) = 1
)
union all
select * from (
    select supplier, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from lines where buyer is not null
    qualify row_number() over (partition by supplier, buyer
        order by published nulls last, batch, place, notice, line) = 1
)
union all
select supplier, 'award', notice, amount_cny, text, context, part, page, start_at, end_at
from lines where amount_cny is not null
union all
select supplier, 'without', notice, 1, text, context, part, page, start_at, end_at
from lines where amount_cny is null"""

QUESTION = Question(
    name="suppliers",
    en="Top suppliers of surveillance",
    zh="主要监控供应商",
    question="Which suppliers won the most notices that buy surveillance, and for how much?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=ranked(
        Column(id="supplier", en="Supplier", zh="供应商"),
        Column(id="notices", en="Notices won", zh="中标公告数", kind="count"),
        Column(id="buyers", en="Buyers", zh="采购人数", kind="count"),
        Column(id="award", en="Awards, yuan", zh="中标金额（元）", kind="money"),
        Column(id="without", en="Without a certain sum", zh="无确定金额", kind="count"),
    ),
    money=frozenset({"award"}),
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
            en="notices won by suppliers after the first 100",
            zh="排名100之后的供应商的公告",
            notices=BEYOND,
        ),
    ),
)
