"""How suppliers were asked: the title's word, the labelled procedure, or the opening sentence."""

from __future__ import annotations

import re

from tenderlight.fields.shapes import Layout, Line, Pair
from tenderlight.model import Cited, Procedure, Reading
from tenderlight.plain import simplify

_WORDS: tuple[tuple[Procedure, str], ...] = (
    ("competitive_consultation", r"竞争性?磋商|磋商采购|磋商公告|磋商文件"),
    ("competitive_negotiation", r"竞争性?谈判|谈判采购|谈判公告|谈判文件"),
    ("single_source", r"单一来源"),
    ("inquiry", r"询价|询比价|询比采购|\brequest for quotations?\b"),
    ("invited", r"邀请招标|选择性招标|\b(?:selective|restricted|limited) tender(?:ing)?\b"),
    (
        "open",
        r"公开招标|公开招投标|公开招募|国际公开竞争性招标|公开竞争性招标|"
        r"\bopen (?:competitive )?(?:tender|bid)(?:ding|ing)?\b|"
        r"\b(?:inter)?national competitive bidding\b",
    ),
)
_ANY = re.compile("|".join(f"(?P<p{number}>{words})" for number, (_, words) in enumerate(_WORDS)))
_TICK = re.compile(r"[√☑■✓✔▣]|\[[xv√]\]|\(√\)")
_CHOICE = re.compile(
    r"\s{0,4}\n\s{0,4}[√☑■✓✔□☐]?\s{0,4}(?:"
    + "|".join(words for _, words in _WORDS)
    + r")\s{0,4}(?=\n)"
)
"""A further choice on the line below the value."""
_NAMED = re.compile(r"(?:采购)?(?:招标)?(?:文件|公告|邀请|项目\s{0,2}\((?:项目|采购|招标)?编号)")
_SENTENCE = re.compile(
    r"(?:进行|组织|采用|采取|以|通过|实施|方式为|决定|现|拟|开展|按照?)[^。;,:]{0,10}$|"
    r"\b(?:by|through|under)\s(?:[a-z]{2,12}\s)?$"
)
_TITLE_LINE = re.compile(
    r"(?!第.{1,3}[章部])[^。;:\n]{16,90}(?:公告|公示|邀请函?)"
    r"\s{0,8}[\[(]?[\d\-/.年月日: ]{0,20}[\])]?$"
)
_SENTENCES_READ = 1200
"""Characters at the start of the body in which the opening sentence is looked for."""


def find_procedure(
    reading: Reading, layout: Layout, title: Cited[str] | None
) -> Cited[Procedure] | None:
    """The procedure, where the notice says it.

    A label with a ticked choice or exactly one procedure decides; if all choices are printed with
    the tick lost, or no label stands there, the title and then the opening sentence do.
    """
    return _by_labels(reading, layout) or _by_title(title) or _by_sentence(reading, layout, title)


def _by_labels(reading: Reading, layout: Layout) -> Cited[Procedure] | None:
    for pair in layout.of("procedure"):
        found = _ticked(layout, pair)
        if found is not None:
            value, start, end = found
            return Cited(value=value, at=reading.passage(start, end), rule=f"label {pair.key}")
    return None


def _ticked(layout: Layout, pair: Pair) -> tuple[Procedure, int, int] | None:
    """The one procedure of a value, or the one beside the tick."""
    end = min(pair.end, pair.start + 120)
    while choice := _CHOICE.match(layout.plain, end):
        end = choice.end()
    matches = list(_ANY.finditer(layout.plain, pair.start, end))
    if len({match.lastgroup for match in matches}) == 1:
        return _known(matches[0])
    ticks = list(_TICK.finditer(layout.text, pair.start, end))
    if len(ticks) != 1 or not matches:
        return None
    after = [match for match in matches if match.start() >= ticks[0].end()]
    before = [match for match in matches if match.end() <= ticks[0].start()]
    trails = bool(before) and not layout.text[pair.start : before[0].start()].strip()
    chosen = before[-1] if trails else after[0] if after else before[-1]
    return _known(chosen)


def _known(match: re.Match[str]) -> tuple[Procedure, int, int]:
    return _WORDS[int((match.lastgroup or "p0")[1:])][0], match.start(), match.end()


def _by_title(title: Cited[str] | None) -> Cited[Procedure] | None:
    if title is None:
        return None
    matches = list(_ANY.finditer(simplify(title.value)))
    if not matches:
        return None
    return Cited(value=_known(matches[-1])[0], at=title.at, rule="title")


def _is_other_notice(layout: Layout, line: Line, title: Cited[str] | None) -> bool:
    """True for a line of a site's list of notices: a title that is not this one's, and its day."""
    words = layout.plain[line.start : line.end]
    if title is None or not _TITLE_LINE.match(words):
        return False
    own = simplify(title.value)
    return words not in own and own not in words


def _by_sentence(
    reading: Reading, layout: Layout, title: Cited[str] | None
) -> Cited[Procedure] | None:
    """A procedure in the body's first lines; a site's own lines name those of other notices."""
    first = layout.lines[0].start if layout.lines else 0
    for line in layout.lines:
        if line.start >= first + _SENTENCES_READ:
            break
        until = min(line.end, first + _SENTENCES_READ)
        for match in _ANY.finditer(layout.plain, line.start, until):
            before = layout.plain[max(first, match.start() - 16) : match.start()]
            if _is_other_notice(layout, line, title):
                break
            if _SENTENCE.search(before) or _NAMED.match(layout.plain, match.end()):
                value, start, end = _known(match)
                return Cited(value=value, at=reading.passage(start, end), rule="sentence")
    return None
