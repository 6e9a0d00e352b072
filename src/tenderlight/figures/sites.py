"""Where people are to be watched: notices that name a kind of place, with quotations.

Method: a notice that buys surveillance counts once under each kind of place that its text names as
a site. Each line quotes the passage of the earliest notice and the sentence around it; the number
opens onto all of them. "Buyers" counts different buyers by name, each opening onto its earliest
notice.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that name a site but buy no means to watch people. Home addresses are masked.

Assumptions: this counts notices, not purchases and not places. A passage shows that the text names
the place, which may be the buyer's own building. A notice may name several, so lines may not be
added. A notice that names none may have an attachment that does.
"""

from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.quoted import quoted

FACTS = """
with placed as (
    select f.*, n.buyer, n.published, n.batch, n.place
    from finding f join counted n on n.id = f.notice
    where f.kind = 'site' and n.surveillance
    qualify row_number() over (partition by f.notice, f.id order by f.number) = 1
)
select id as row_id, 'notices' as column_id, notice, 1 as measure,
    text, context, part, page, start_at, end_at
from placed
union all
select * from (
    select id, 'buyers', notice, 1, text, context, part, page, start_at, end_at
    from placed where buyer is not null
    qualify row_number() over (
        partition by id, buyer order by published nulls last, batch, place, notice) = 1
)"""

QUESTION = Question(
    name="sites",
    en="Where people are to be watched",
    zh="监控场所",
    question="At which kinds of places are people to be watched?",
    docstring=__doc__,
    facts=FACTS,
    lay_out=quoted("site", "Place", "场所"),
    left_out=(
        LeftOut(
            id="not-surveillance",
            en="notices that name a site but buy no surveillance",
            zh="提及场所但未采购监控手段的公告",
            notices="""select id from counted where surveillance is not true
                and id in (select notice from finding where kind = 'site')""",
        ),
        LeftOut(
            id="none",
            en="notices that name no site",
            zh="未提及任何场所的公告",
            notices="""select id from counted
                where id not in (select notice from finding where kind = 'site')""",
        ),
    ),
)
