"""What systems are told to do to people: alarms, scores and retention, quoted as written.

Method: conditions that notices which buy surveillance state for their system (docs/rules.md): when
it alarms, how it scores people, whom it spares, how long it keeps what it records, and which other
databases it is joined to. Each is quoted whole. A wording counts once in a purchase, at its
earliest notice; its number opens onto every notice of the purchase that prints it. Spaces and line
breaks make no other wording. Listed are the 50 earliest of each kind, and 1,000 where one kind is
asked for.

Exclusions: documents that could not be read; documents with the same bytes as one before them;
notices that buy no means to watch people; of one kind more than 20 rules of a notice. Names of
persons are masked.

Assumptions: a rule says what was asked for, not what a system does. A rule that is spread over a
document is quoted in parts, and one that an attachment states by reference is missing. Wordings
that differ by a word count apart, so "Quotations" is no number of different rules.
"""

from tenderlight.figures.figure import Choice, Label, Parameter, Published
from tenderlight.figures.question import LeftOut, Question
from tenderlight.figures.quotations import EVERY, facts_of, quotations

SAID = """
    select id, notice, number, text, null as context, part, page, start_at, end_at
    from condition"""

KINDS = Parameter(
    id="rule",
    en="Kind of rule",
    zh="规则类别",
    default=EVERY,
    choices=(
        Choice(id=EVERY, en="all kinds", zh="全部"),
        Choice(id="alert", en="Alarm condition", zh="预警条件"),
        Choice(id="score", en="Score rule", zh="积分规则"),
        Choice(id="exempt-list", en="List of exempt people", zh="红名单规则"),
        Choice(id="retention", en="How long data is kept", zh="数据保存期限"),
        Choice(id="database-link", en="Link to another database", zh="数据库对接"),
    ),
)

QUESTION = Question(
    name="rules-quoted",
    en="Rules of systems, as written",
    zh="系统规则原文",
    question="When are systems to alarm, how do they score people, and how long do they keep data?",
    docstring=__doc__,
    facts=facts_of(SAID, "rule"),
    lay_out=quotations("rule", "Kind of rule", "规则类别"),
    parameters=(KINDS,),
    published=(
        Published(
            source="The New York Times, An Invisible Cage (2022)",
            said=Label(
                en="Alert rules as written, such as more than three key persons who check into "
                "the same or nearby hotels.",
                zh="照录预警规则，例如三名以上重点人员入住同一或邻近旅馆。",
            ),
            differs=Label(
                en="Examples there; every rule that was found here, by purchase.",
                zh="彼处举例；此处按采购项目列出所有检出的规则。",
            ),
            cell="cell/alert/purchases",
        ),
    ),
    left_out=(
        LeftOut(
            id="not-surveillance",
            en="notices that buy no surveillance: their rules are not read",
            zh="未采购监控手段的公告，其规则不予读取",
            notices="select id from counted where surveillance is not true",
        ),
        LeftOut(
            id="none",
            en="notices of surveillance in which no rule was found",
            zh="采购监控手段但未检出规则的公告",
            notices="select id from counted where surveillance "
            "and id not in (select notice from condition)",
        ),
        LeftOut(
            id="other",
            en="notices of surveillance with rules of other kinds only",
            zh="采购监控手段但只有其他类别规则的公告",
            notices="""select id from counted where surveillance
                and id in (select notice from condition)
                and id not in (select notice from facts)""",
        ),
    ),
)
