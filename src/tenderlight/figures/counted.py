"""Named queries that several figures start from: which notices and purchases count, and once each.

Every figure's own `facts` query may read these; the database works out only those it uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tenderlight.corpus.ready import NAMED, with_named
from tenderlight.corpus.reviewing.verdicts import ANSWERED

ALL = "*"
"""The subject of notices that buy any technology: the sum line, in which each counts once."""

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        # of `verdict` what somebody answered about
        "answered": ANSWERED,
        # what people say of the technologies of notices, where they agree
        "decided": "select * from answered where kind = 'technology' and truth is not null",
        "rejected": """
    select notice, id from decided semi join claimed using (notice, id) where not truth""",
        "missed": """
    select notice, id from decided anti join claimed using (notice, id) where truth""",
        # where somebody confirmed it: the passage that she confirmed, else another one
        "proving": """
    select d.notice, d.id, coalesce(f.number, 0) as number,
        if(d.by_passage, d.text, f.text) as text, if(d.by_passage, d.context, f.context) as context,
        if(d.by_passage, d.part, f.part) as part, f.page,
        if(d.by_passage, d.start_at, f.start_at) as start_at,
        if(d.by_passage, d.end_at, f.end_at) as end_at
    from decided d left join finding f on f.notice = d.notice and f.id = d.id
        and f.kind = 'technology' and (f.start_at = d.start_at and f.end_at = d.end_at
            and f.part = d.part) = d.by_passage and (d.by_passage or f.relation = 'bought')
    where d.truth
    qualify row_number() over (partition by d.notice, d.id order by f.number nulls last) = 1""",
        # what rules found and nobody rejected, and what somebody found that they missed
        "kept": """
    select notice, id, number, text, context, part, page, start_at, end_at, false as confirmed
    from claimed anti join decided using (notice, id)
    union all
    select notice, id, number, text, context, part, page, start_at, end_at, true from proving""",
        # notices that people say buy other technologies than the rules do
        "swayed": """
    select c.notice, bool_or(c.is_missed) as adds, bool_or(k.id is not null) as buys
    from (select notice, false as is_missed from rejected
        union all select notice, true from missed) c
    left join kept k on k.notice = c.notice group by c.notice""",
    }
)
"""What people answered, and what it makes of the findings: the same in every scope."""
FEW = tuple(name for name in ANSWERS if name != "kept")
"""Those of a few rows: worked out once for all queries of a figure (`lay_answers`)."""

COUNTED = """
noticed as (  -- readable documents, each with its purchase: by itself where it was not joined yet
    select n.* replace (case when s.adds then true when not s.buys then false
            else n.surveillance end as surveillance)
    from marked n left join swayed s on s.notice = n.id
    where n.readable
),
singled as (  -- of those with the same bytes the first in the ledger
    select * from noticed where is_first
),
counted as (select * from singled where /* scope */ true),
named as (  -- for each technology and notice that buys it: the passage that says so
    select k.* from kept k join counted n on n.id = k.notice
),
bought as (  -- the same, and under '*' once for each notice
    select id as subject, notice, text, context, part, page, start_at, end_at, confirmed from named
    union all
    select '*', notice, text, context, part, page, start_at, end_at, confirmed from named
    qualify row_number() over (partition by notice order by (not confirmed, number, id)) = 1
),
aside as (  -- technologies that a notice names and does not buy, each with the reason
    select f.*, case when r.id is not null then 'rejected' when f.relation = 'excluded'
        then 'excluded' else 'mentioned' end as why
    from finding f join counted n on n.id = f.notice
    anti join named b on b.notice = f.notice and b.id = f.id
    left join rejected r on r.notice = f.notice and r.id = f.id
    where f.kind = 'technology'
),
purchasing as (  -- for each subject and purchase the earliest notice that buys it
    select b.*, n.purchase, n.in_year, n.notice_type, n.province_code, n.nth
    from bought b join counted n on n.id = b.notice
    qualify row_number() over (partition by b.subject, n.purchase
        order by n.nth) = 1
),
subject as (  -- each technology that a notice buys, '*' for any, '#' for any means to watch people
    select subject, notice from bought
    union all
    select '#', id from counted where surveillance
)"""

SUMS = """
wanted as (select distinct s.subject, n.purchase from subject s join noticed n on n.id = s.notice),
summed as (  -- sums of purchases that buy the subject: those that count, and those not certain
    select w.subject, c.field, c.notice, n.in_year, n.buyer, n.purchase, n.nth,
        c.line, c.supplier, c.amount_cny, c.text, c.context, c.part, c.page, c.start_at, c.end_at
    from printed_sum c join counted n on n.id = c.notice join wanted w on w.purchase = n.purchase
),
unstated as (  -- the first notice of a purchase that should state such a sum, where none does
    select w.subject, k.field, n.id as notice, n.in_year, n.buyer, n.purchase, n.nth,
        -1 as line, null as supplier, null as amount_cny, c.text, c.text as context,
        c.part, c.page, c.start_at, c.end_at
    from counted n join wanted w on w.purchase = n.purchase
    join (values ('budget', 'tender'), ('budget', 'intention'), ('budget', 'prequalification'),
        ('budget', 'single_source'), ('budget', 'correction'), ('award', 'award'),
        ('contract', 'contract')) k(field, kind) on k.kind = n.notice_type
    left join cited c on c.notice = n.id and c.field = 'title'
    anti join summed s on s.subject = w.subject and s.purchase = n.purchase and s.field = k.field
    qualify row_number() over (partition by w.subject, k.field, n.purchase
        order by n.nth) = 1
),
money as (select * from summed union all select * from unstated)"""

BEGINNING = frozenset(NAMED)
"""Named queries of `corpus/ready.py`, which a large corpus has as tables: everything else reads
them. `marked` are all documents, `claimed` what rules say is bought, `cited` where a field is
printed, `doubted` where a sum that is not certain is, `printed_sum` the sums of purchases, and
`buyer_of` the organisation that buys."""


def shared_queries(ready: frozenset[str] = frozenset()) -> str:
    """All of them, over every readable notice; without those that are tables already."""
    answers = ",".join(
        f"\n{name} as ({sql}\n)" for name, sql in ANSWERS.items() if name not in ready
    )
    return ",".join(filter(None, (with_named(BEGINNING - ready), answers, COUNTED, SUMS)))


SHARED = shared_queries()
"""All of them: what a figure's digest speaks of, whether some are tables or not."""
WITHIN = "/* scope */ true"
"""Where the condition of a scope goes: everything else reads `counted`."""
