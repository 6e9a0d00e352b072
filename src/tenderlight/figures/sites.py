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

from tenderlight.figures.figure import Label, Published
from tenderlight.figures.question import Question
from tenderlight.figures.quoted import facts_of, left_out, quoted

QUESTION = Question(
    name="sites",
    en="Where people are to be watched",
    zh="监控场所",
    question="At which kinds of places are people to be watched?",
    docstring=__doc__,
    published=(
        Published(
            source="The New York Times, China's Expanding Surveillance State (2022)",
            said=Label(
                en="Cameras are to stand in shops, hotels, karaoke bars and residential blocks.",
                zh="摄像机将设于商铺、酒店、卡拉OK厅和居民小区。",
            ),
            differs=Label(
                en="Examples there; every notice here that names such a place.",
                zh="彼处举例；此处为提及此类场所的全部公告。",
            ),
            cell="cell/karaoke/notices",
        ),
    ),
    facts=facts_of("site"),
    lay_out=quoted("site", "Place", "场所"),
    left_out=left_out("site", "site", "场所"),
)
