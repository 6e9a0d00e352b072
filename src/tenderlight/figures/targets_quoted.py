"""Who is to be watched, in the words of the notices: every wording with its buyer and date.

Method: sentences of notices that buy surveillance in which a group of people is named as a target.
Each wording counts once in a purchase, at its earliest notice: the tender, its correction and its
award often print the same sentence, and its number opens onto all of them. Spaces and line breaks
make no other wording. "Purchases" and "Buyers" count each once, with its earliest passage. Listed
are the 50 earliest wordings of each group, and 1,000 where one group is asked for.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no means to watch people; what a reviewer rejected as a target; of one group more
than 5 passages of a notice. Names of persons are masked.

Assumptions: a sentence that names a group does not say that the group was the aim: read it, and its
notice. A notice may name several groups, so lines may not be added. Nothing is put into other
words; what stands in files that could not be read is missing.
"""

from tenderlight.figures.figure import Label, Parameter, Published
from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.quotations import EVERY, facts_of, quotations
from tenderlight.figures.quoted import left_out

SAID = """
    select f.id, f.notice, f.number, f.text, f.context, f.part, f.page, f.start_at, f.end_at
    from finding f where f.kind = 'target' and (f.notice, f.id) not in (
        select (notice, id) from verdict where kind = 'target' and truth = false)"""

QUESTION = Question(
    name="targets-quoted",
    en="Those to be watched, as written",
    zh="监控对象原文",
    question="In which words do the notices say who is to be watched?",
    docstring=__doc__,
    facts=facts_of(SAID, "target"),
    lay_out=quotations("target", "Group", "人群"),
    left_out=(
        *left_out("target", "group", "人群"),
        LeftOut(
            id="other",
            en="notices of surveillance that name other groups, or one that a reviewer rejected",
            zh="采购监控手段但提及其他人群，或其人群经人工否定的公告",
            notices="""select id from counted where surveillance
                and id in (select notice from finding where kind = 'target')
                and id not in (select notice from facts)""",
        ),
    ),
    parameters=(Parameter(id="target", en="Group", zh="人群", default=EVERY, of="target"),),
    published=(
        Published(
            source="The New York Times, An Invisible Cage (2022)",
            said=Label(
                en="More than 100 documents with lists of key persons, among them people with "
                "mental illness, petitioners, drug users, migrants, minorities and foreigners.",
                zh="逾100份文件列出重点人员，包括精神障碍患者、上访人员、吸毒人员、流动人口、"
                "少数民族和外国人等。",
            ),
            differs=Label(
                en="Documents there, wordings of purchases here; read there by people, found here "
                "by the definitions of targets.",
                zh="彼处按文件计，此处按采购项目中的表述计；彼处由人阅读，此处由监控对象定义检出。",
            ),
        ),
    ),
)
