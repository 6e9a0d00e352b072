"""Who is to be watched: notices that name a group of people, with quotations.

Method: a notice that buys surveillance counts once under each group that its text names as a
target. Each line quotes the passage of the earliest notice and the sentence around it; the number
opens onto all of them. "Buyers" counts different buyers by name, each opening onto its earliest
notice. The line of a red list counts notices that name people whom a system must ignore.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that name a group but buy no means to watch people. Names of persons are masked.

Assumptions: this counts notices, not purchases and not people. A passage shows that the text names
the group; read the sentence before you write that the group was the aim. A notice may name several
groups, so lines may not be added. A notice that names none may have an attachment that does.
"""

from tenderlight.figures.figure import Label, Published
from tenderlight.figures.question import Question
from tenderlight.figures.quoted import facts_of, left_out, quoted

QUESTION = Question(
    name="targets",
    en="Who is to be watched",
    zh="监控对象",
    question="Which groups of people do the notices name as those to be watched?",
    docstring=__doc__,
    published=(
        Published(
            source="The New York Times, An Invisible Cage (2022)",
            said=Label(
                en="Lists of key persons in more than 100 documents: mental illness, petitioners, "
                "drug users, migrants, ethnic minorities, foreigners, HIV.",
                zh="逾100份文件列有重点人员：精神障碍、上访、吸毒、流动人口、少数民族、外国人、艾滋等。",
            ),
            differs=Label(
                en="Documents with lists there; every notice here that names the group.",
                zh="彼处为列有名单的文件；此处为提及该人群的全部公告。",
            ),
            cell="cell/key-person/notices",
        ),
    ),
    facts=facts_of("target"),
    lay_out=quoted("target", "Group", "人群"),
    left_out=left_out("target", "group", "人群"),
)
