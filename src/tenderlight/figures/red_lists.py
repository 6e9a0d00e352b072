"""Whom systems must ignore: red lists and exempt people, quoted with buyer and date.

Method: notices that buy surveillance and ask that some people are not recorded, compared or
reported: the rule, quoted whole, and where no rule was found the sentence that names such a list.
Each wording counts once in a purchase, at its earliest notice; its number opens onto every notice
of the purchase that prints it. "Purchases" and "Buyers" count each once. The time line has a mark
for each wording with a date.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no means to watch people; what a reviewer rejected; wordings after the first
1,000. Names of persons are masked. Who stands on such a list is never in a notice, and is nothing
that we keep.

Assumptions: a list that a notice asks for may be of a kind that protects nobody of rank, staff of a
building for example: read the sentence. White lists of machines and programs are false friends,
which the definitions look past as far as they know them.
"""

from tenderlight.figures.figure import Chart, Label, Point, Published, Series
from tenderlight.figures.names import Names
from tenderlight.figures.question import Layout, Question
from tenderlight.figures.quotations import (
    columns_of,
    dated,
    facts_of,
    heads,
    rows_under,
    wordings,
)
from tenderlight.figures.quoted import not_watching, rejected
from tenderlight.figures.tallies import Tallies, cell_key

SAID = """
    select 'exempt' as id, notice, number, text, null as context, part, page, start_at, end_at
    from condition where id = 'exempt-list'
    union all
    select f.id, f.notice, 1000 + f.number, f.text, f.context, f.part, f.page, f.start_at, f.end_at
    from finding f where f.kind = 'target' and f.id = 'exempt' and (f.notice, f.id) not in (
        select (notice, id) from verdict where kind = 'target' and truth = false)
    and not exists (select 1 from condition c where c.id = 'exempt-list'
        and c.notice = f.notice and c.part is not distinct from f.part
        and c.start_at <= f.start_at and f.end_at <= c.end_at)"""


def lay_out(sums: Tallies, names: Names) -> Layout:
    """The line of all, then each wording by date."""
    rows, points = [], []
    for head in heads(sums):
        rows += rows_under(sums, head, names.of("target", head))
        for line in wordings(sums, head):
            proof = sums.first(line, "notices")
            if proof and proof.published:
                called, day = proof.buyer or line, dated(sums, line)[:10]
                total, key = sums.total(line, "notices"), cell_key(line, "notices")
                points.append(Point(x=day, en=called, zh=called, value=total, key=key))
    series = Series(id="exempt", en="Red lists", zh="红名单", points=tuple(points))
    chart = Chart(kind="timeline", series=(series,), y=Label(en="Notices", zh="公告数"))
    return Layout(columns=columns_of("Whom", "对象"), rows=tuple(rows), chart=chart)


NAMING = """select notice from condition where id = 'exempt-list' union
    select notice from finding where kind = 'target' and id = 'exempt'"""

QUESTION = Question(
    name="red-lists",
    en="Whom systems must ignore",
    zh="红名单",
    question="Which notices ask that some people are not recorded or reported?",
    docstring=__doc__,
    facts=facts_of(SAID),
    lay_out=lay_out,
    left_out=(
        *not_watching(NAMING, ("exempt people", "豁免人员"), ("exempt people", "豁免人员")),
        rejected(NAMING, "exempt people", "豁免人员"),
    ),
    published=(
        Published(
            source="The New York Times, An Invisible Cage (2022)",
            said=Label(
                en="Red lists of people whom a system has to ignore.",
                zh="系统须忽略的人员“红名单”。",
            ),
            differs=Label(
                en="Examples there; every purchase here in which such a list was found.",
                zh="彼处举例；此处为检出此类名单的全部采购项目。",
            ),
            cell="cell/exempt/purchases",
        ),
    ),
)
