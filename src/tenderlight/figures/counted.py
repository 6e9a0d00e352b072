"""Named queries that several figures start from: which notices count, and once each.

Every figure's own `facts` query may read these; the database works out only those it uses.
"""

ALL = "*"
"""The subject of notices that buy any technology: the sum line, in which each counts once."""

COUNTED = """
counted as (  -- readable documents; of those with the same bytes the first in the ledger
    select *, number as place, coalesce(year::varchar, 'undated') as in_year,
        case when length(project_number) >= 6 then upper(replace(project_number, ' ', ''))
            else '#' || id end as project
    from notice where readable
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
cited as (  -- where a field of a notice is printed
    select * from passage
    qualify row_number() over (partition by notice, field order by start_at, end_at) = 1
),
subject as (  -- each technology that a notice buys, '*' for any, '#' for any means to watch people
    select subject, notice from bought
    union all
    select '#', id from counted where surveillance
)"""

BUDGETS = """
budget as (  -- one notice that announces a budget for each subject and project number
    select s.subject, n.id as notice, n.in_year, n.buyer, nullif(n.budget_cny, 0) as amount_cny,
        c.text, c.text as context, c.part, c.page, c.start_at, c.end_at
    from subject s join counted n on n.id = s.notice
    left join cited c on c.notice = n.id and c.field = 'budget_cny'
    where n.notice_type in
        ('correction', 'tender', 'prequalification', 'single_source', 'intention')
    qualify row_number() over (partition by s.subject, n.project order by
        coalesce(n.budget_cny, 0) = 0,
        list_position(['correction', 'tender', 'prequalification', 'single_source', 'intention'],
            n.notice_type),
        case when n.notice_type = 'correction' then n.published end desc nulls last,
        n.published nulls last, n.batch, n.place, n.id) = 1
)"""

AWARDS = """
won as (  -- every award line of award and contract notices; one empty line where none was read
    select s.subject, n.id as notice, n.project, n.in_year, n.buyer, n.notice_type, n.published,
        n.batch, n.place, a.number as line, coalesce(a.lot, '') as lot, a.supplier,
        nullif(a.amount_cny, 0) as amount_cny,
        a.text, concat_ws(' ', a.lot, a.supplier, a.amount_printed) as context,
        a.part, a.page, a.start_at, a.end_at
    from subject s join counted n on n.id = s.notice
    left join award a on a.notice = n.id and coalesce(a.rank, 1) = 1
    where n.notice_type in ('award', 'contract')
),
choice as (  -- of award and contract of one project, which of the two states a sum
    select *,
        bool_or(notice_type = 'award') over project as has_award,
        bool_or(notice_type = 'award' and amount_cny is not null) over project as award_sum,
        bool_or(notice_type = 'contract' and amount_cny is not null) over project as contract_sum
    from won
    window project as (partition by subject, project)
),
award_line as (  -- the chosen lines, each from the first notice of its project that prints it
    select * from choice
    where notice_type = case when award_sum or (has_award and not contract_sum)
        then 'award' else 'contract' end
    qualify notice = first_value(notice) over (
        partition by subject, project, lot, coalesce(supplier, ''), amount_cny
        order by published nulls last, batch, place, notice)
)"""

SHARED = ",".join((COUNTED, BUDGETS, AWARDS))
