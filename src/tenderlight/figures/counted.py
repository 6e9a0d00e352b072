"""Named queries that several figures start from: which notices and purchases count, and once each.

Every figure's own `facts` query may read these; the database works out only those it uses.
"""

ALL = "*"
"""The subject of notices that buy any technology: the sum line, in which each counts once."""

COUNTED = """
noticed as (  -- readable documents, each with its purchase: by itself where it was not joined yet
    select n.*, number as place, coalesce(year::varchar, 'undated') as in_year,
        coalesce(m.purchase, '#' || n.id) as purchase, m.copy_of
    from notice n left join member m on m.notice = n.id where n.readable
),
counted as (  -- of those with the same bytes the first in the ledger
    select * from noticed
    qualify row_number() over (partition by sha256 order by batch, number, id) = 1
),
named as (  -- for each technology and notice that buys it: the first passage that says so
    select f.* from finding f join counted n on n.id = f.notice
    where f.kind = 'technology' and f.relation = 'bought'
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1
),
bought as (  -- the same, and under '*' once for each notice
    select id as subject, notice, text, context, part, page, start_at, end_at from named
    union all
    select '*', notice, text, context, part, page, start_at, end_at from named
    qualify row_number() over (partition by notice order by number) = 1
),
purchasing as (  -- for each subject and purchase the earliest notice that buys it
    select b.*, n.purchase, n.in_year, n.notice_type, n.province_code, n.published, n.batch, n.place
    from bought b join counted n on n.id = b.notice
    qualify row_number() over (partition by b.subject, n.purchase
        order by n.published nulls last, n.batch, n.place, b.notice) = 1
),
cited as (  -- where a field of a notice is printed
    select * from passage
    qualify row_number() over (partition by notice, field order by start_at, end_at) = 1
),
subject as (  -- each technology that a notice buys, '*' for any, '#' for any means to watch people
    select subject, notice from bought
    union all
    select '#', id from counted where surveillance
),
buyer_of as (  -- the organisation that a notice's buyer is, else its name as printed
    select n.id as notice, coalesce(any_value(o.organisation), any_value(n.buyer)) as organisation
    from noticed n left join party p on p.notice = n.id and p.role = 'buyer'
    left join spelling o on o.node = p.node
    where n.buyer is not null group by n.id
)"""

SUMS = """
wanted as (select distinct s.subject, n.purchase from subject s join noticed n on n.id = s.notice),
doubted as (  -- where a sum that is not certain is printed
    select * from unsettled
    qualify row_number() over (partition by notice, field order by number) = 1
),
summed as (  -- sums of purchases that buy the subject: those that count, and those not certain
    select w.subject, c.field, n.id as notice, n.in_year, n.buyer, n.purchase, n.published, n.batch,
        n.place, c.number as line, a.supplier,
        case when c.counts and c.currency = 'CNY' then nullif(c.amount_cny, 0) end as amount_cny,
        coalesce(a.text, l.text, p.text, u.text) as text,
        coalesce(nullif(concat_ws(' ', a.lot, a.supplier, a.amount_printed), ''),
            nullif(concat_ws(' ', l.name, l.title), ''), p.text, u.text) as context,
        coalesce(a.part, l.part, p.part, u.part) as part,
        coalesce(a.page, l.page, p.page, u.page) as page,
        coalesce(a.start_at, l.start_at, p.start_at, u.start_at) as start_at,
        coalesce(a.end_at, l.end_at, p.end_at, u.end_at) as end_at
    from counted_sum c join counted n on n.id = c.notice join wanted w on w.purchase = n.purchase
    left join award a on a.notice = n.id and a.number = c.number
        and c.field in ('award', 'contract')
    left join lot l on l.notice = n.id and l.number = c.number and c.field in ('budget', 'ceiling')
    left join cited p on p.notice = n.id and p.field = c.field || '_cny' and c.number = -1
    left join doubted u on u.notice = n.id and u.field = c.field and c.number = -1
    where c.counts or c.why_not = 'unsettled'
),
unstated as (  -- the first notice of a purchase that should state such a sum, where none does
    select w.subject, k.field, n.id as notice, n.in_year, n.buyer, n.purchase, n.published, n.batch,
        n.place, -1 as line, null as supplier, null as amount_cny, c.text, c.text as context,
        c.part, c.page, c.start_at, c.end_at
    from counted n join wanted w on w.purchase = n.purchase
    join (values ('budget', 'tender'), ('budget', 'intention'), ('budget', 'prequalification'),
        ('budget', 'single_source'), ('budget', 'correction'), ('award', 'award'),
        ('contract', 'contract')) k(field, kind) on k.kind = n.notice_type
    left join cited c on c.notice = n.id and c.field = 'title'
    anti join summed s on s.subject = w.subject and s.purchase = n.purchase and s.field = k.field
    qualify row_number() over (partition by w.subject, k.field, n.purchase
        order by n.published nulls last, n.batch, n.place, n.id) = 1
),
money as (select * from summed union all select * from unstated)"""

SHARED = ",".join((COUNTED, SUMS))
