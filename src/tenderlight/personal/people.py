"""Names of persons, found by the labels beside them: 联系人, 项目经理, Contact Person."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cache, cached_property

import ahocorasick_rs

from tenderlight.model import Block, Mask, Reading
from tenderlight.personal.names import (
    DOUBLE,
    HAN,
    SPACED,
    SURNAME,
    TITLED,
    is_dotted,
    is_name,
    is_name_after_label,
    is_titled,
)

CONTACT = (
    "联系人", "承办人", "主办人", "办理人", "联络人", "联系方式", "经办人", "受理人",
    "询问人", "咨询人", "接收人", "收件人", "发件人", "抄送人",
    "答疑人", "法定代表人", "法人代表", "授权代表", "委托代理人", "采购人代表", "业主代表",
    "招标人代表", "采购代表", "项目经理", "总监理工程师", "项目总监", "专家名单", "成员名单",
    "人员名单", "专家名称", "评委名单", "小组成员", "成员：", "成员:",
    "组成员：", "组成员:",
    "委员会成员", "评审专家", "评标专家", "评委",
    "抽取专家", "监督员", "监标人", "公证员", "记录人", "主持人", "姓名", "专职安全员",
    "项目总工", "拟派项目", "户主", "住户", "被监护人",
)  # fmt: skip
"""After these a name is expected, also one with a rarer surname."""
ROLE = (
    "负责人", "经理", "工程师", "建造师", "总监", "代表", "人员", "组成员", "员",
    "总工", "组长", "秘书", "初审", "复审", "终审", "责任编辑", "录入",
)  # fmt: skip
"""After these only a word that is surely a name, alone in its line or cell, is one."""
BROKEN = re.compile(
    r"联(?:\s{1,8}系\s{0,8}|系\s{1,8})(?:人|方\s{0,4}式)"
    r"|姓\s{1,8}名|经\s{1,8}办\s{0,8}人|工\s{1,4}程\s{1,4}师|负\s{1,4}责\s{1,4}人"
    r"|经\s{1,4}理(?=\s{0,4}[:：])"
)
TAIL = re.compile(
    r"(?:姓名|签字|签名|签章|会?(?:成员)?名单|信息|名称|等级|资格|电话|方式|号码|[及和与、/]{1,2}(?=[联电姓等职方手])|联系(?!人)|手机|"
    r"[(（][^)）\n]{0,16}[)）])+"
)
GAP = re.compile(r"[\s:：=)）】\]（(_]{0,12}")
SURE_GAP = re.compile(
    r"(?:[ \t\u3000\xa0]{0,6}(?:[:：]|\n)|[ \t\u3000\xa0]{1,6})[\s:：()（）]{0,8}"
)
WORD = re.compile(f"[{HAN}·•・‧]{{1,30}}")
BODY = re.compile("公司|有限|集团|中心|委员会|事务所|研究院|大学|学院|政府|[局处厅院校]$")
NOT_FIRST = "为系是本我该其已将由在未须应需可能不"
"""法定代表人为…: a sentence goes on."""
CUT = re.compile(
    "项目|联系|采购|电话|手机|地址|传真|邮箱|邮编|电子|代理|招标|单位|监督|方式|网址|日期|时间|职务|职称|身份|"
    "性别|开标|公告|名称|座机|固话|微信|转|二维|投诉|受理|办公|监管|备注|以上|收$|等$|评审|专家"
)
BETWEEN = re.compile(
    r"(?:[(（][^)）\n]{0,24}[)）])?[\d\-—－–+＋转分机*＊/.:：() ]{0,40}[\s、,，;；/／&|和及与]{0,4}"
    r"(?:[(（][^)）\n]{0,8}[)）])?"
)
ROLL = re.compile("(?:名单|专家|成员[:：]?|评委|姓名|员)\\Z")
"""After these one name a line may follow; after 联系人 the next line is about something else."""
MOST = 40
"""A list of names after one label is followed no further than so many."""
ENGLISH = re.compile(
    r"(?:Contact(?: [Pp]erson| [Nn]ame)?s?|CONTACT PERSON|Attn\.?|Attention)\s{0,3}[:：]\s{0,3}"
    r"((?:(?:Mr|Ms|Mrs|Miss|Dr)\.?\s{0,2})?"
    r"[A-Z][A-Za-z'-]{1,20}(?:[ ,]{1,2}(?!Tel|Phone|Fax|Mob|E-?[Mm]ail|Mail|Add|Cell)"
    r"[A-Z][A-Za-z'-]{0,20}){0,3})"
)
ENGLISH_BODY = re.compile(
    r"Center|Centre|Office|Department|Bureau|Division|\bCo\b|Ltd|University|Hospital|Procurement|"
    "Tender|"
    "Agency|Please|See|Tel|Phone|Mail|Company|Institute|Ministry|Section"
)
AT_HOME = re.compile("家(?:门[口前]|房前|屋[前后]|路口|附近|院[内外]|楼顶|住宅|大门)")
STAFF = re.compile(f"(?:^|(?<=[\n、；;]))([{HAN}·]{{2,6}}),([^,\n]{{0,300}}),", re.M)
CERTIFIED = re.compile("证|师|员|其他|^$")


NAMES = (is_name, is_dotted, is_titled, re.compile(f"[{HAN}]某某?").fullmatch)
"""What a whole cell or line is asked; 某 stands for a name that the notice hides already."""


def find_people(text: str, reading: Reading) -> Iterator[Mask]:
    """Names after labels, in columns under labels, in lines of staff, and at home."""
    table = Table(reading)
    for end, sure in _labels(text):
        block = reading.block_at(end - 1)
        if block.table is None:
            found = list(_after(text, end, len(text), sure))
            yield from found
            yield from _next_lines(text, found, reading)
            continue
        tail = TAIL.match(text, end, block.end)
        alone = not text[tail.end() if tail else end : block.end].strip("：:= \u3000\xa0)）")
        below = list(_below(text, block, table)) if alone and table.is_new(block) else []
        limit = table.end_of_value(block, alone)
        yield from below or _after(text, end, limit, sure)
        if alone and not below:
            yield from _across(text, block, table)
    yield from _staff(text)
    yield from _at_home(text)
    if any(word in reading.text for word in ("ontact", "CONTACT", "Att")):
        for match in ENGLISH.finditer(reading.text):
            if not ENGLISH_BODY.search(match[1]):
                yield Mask(match.start(1), match.end(1), "person")


def _labels(text: str) -> Iterator[tuple[int, bool]]:
    """Where a label of a person ends, and whether it names a contact."""
    automaton, sure = _automaton()
    for index, _, end in automaton.find_matches_as_indexes(text):
        yield end, index < sure
    for match in BROKEN.finditer(text):
        yield match.end(), True


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, int]:
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick([*CONTACT, *ROLE], matchkind=kind), len(CONTACT)


def _after(text: str, end: int, limit: int, sure: bool) -> Iterator[Mask]:
    """The names that follow a label, up to a limit: one, or a list."""
    tail = TAIL.match(text, end, limit)
    at = tail.end() if tail else end
    gap = (GAP if sure else SURE_GAP).match(text, at, limit)
    if gap is None:
        return
    clear = sure and (gap.end() > at or text[end - 1] in ":：")
    roll = bool(ROLL.search(text, max(0, end - 4), end))
    at = gap.end()
    for _ in range(MOST):
        stop = _name_at(text, at, clear) if at < limit else at
        if stop == at:
            return
        yield Mask(at, stop, "person")
        if not sure:
            return
        between = BETWEEN.match(text, stop, limit)
        at = between.end() if between else stop
        clear = clear and (roll or "\n" not in text[stop:at])


def _name_at(text: str, at: int, sure: bool) -> int:
    """Where the name that starts here ends; the start itself where there is none."""
    spaced = SPACED.match(text, at)
    if spaced and not CUT.search(re.sub(r"\s", "", spaced[0])):
        return spaced.end()
    match = WORD.match(text, at)
    if match is None:
        return at
    word = match[0]
    if BODY.search(word) or word[0] in NOT_FIRST:
        return at
    cut = CUT.search(word)
    if cut:
        word = word[: cut.start()]
    titled = None if word.startswith("项目") else TITLED.match(word)
    if titled and (titled.end() == len(word) or cut):
        return at + len(word)
    if sure and (is_name_after_label(word) or (4 < len(word) <= 6 and _is_run_of_names(word))):
        return at + len(word)
    return at + len(word) if is_name(word) or is_dotted(word) else at


def _is_run_of_names(word: str) -> bool:
    """Two names of which the comma was lost."""
    return any(is_name(word[:cut]) and is_name(word[cut:]) for cut in (2, 3))


class Table:
    """The cells of a reading's tables, by their place; looked up only where a label asks."""

    def __init__(self, reading: Reading) -> None:
        self._blocks = reading.blocks
        self._columns: set[tuple[int | None, int | None]] = set()

    def is_new(self, head: Block) -> bool:
        """Whether a column is asked for the first time: the first head has all that is below."""
        columns = len(self._columns)
        self._columns.add((head.table, head.column))
        return len(self._columns) > columns

    @cached_property
    def cells(self) -> dict[tuple[int | None, int | None, int | None], list[Block]]:
        """The blocks of each cell."""
        cells: dict[tuple[int | None, int | None, int | None], list[Block]] = {}
        for block in self._blocks:
            if block.table is not None:
                cells.setdefault((block.table, block.row, block.column), []).append(block)
        return cells

    def end_of_value(self, label: Block, alone: bool) -> int:
        """Where the cell ends in which a label's value stands: the next one, or its own."""
        index = bisect.bisect_right(self._blocks, label.start, key=lambda block: block.start)
        value = self._blocks[index] if alone and index < len(self._blocks) else label
        return self.cells.get((value.table, value.row, value.column), [value])[-1].end


def _below(text: str, head: Block, table: Table) -> Iterator[Mask]:
    """Names in the cells of the column under a head."""
    row = head.row or 0
    while below := table.cells.get((head.table, row + 1, head.column)):
        row += 1
        yield from _whole_names(text, below, 2)


def _across(text: str, head: Block, table: Table) -> Iterator[Mask]:
    """Names in the further cells of a row: bidders stand beside each other, their people below."""
    column = (head.column or 0) + 1
    while cell := table.cells.get((head.table, head.row, column)):
        column += cell[0].column_span
        yield from _whole_names(text, cell, 2)


def _next_lines(text: str, found: list[Mask], reading: Reading) -> Iterator[Mask]:
    """Names on the lines after a line that is a name: the same row, of which the cells were lost.

    Of three characters at least: `项目` and `金额` begin with surnames too.
    """
    if not found or found[-1].kind != "person":
        return
    index = bisect.bisect_right(reading.blocks, found[-1].start, key=lambda block: block.start)
    if reading.blocks[index - 1].start != found[-1].start:
        return
    for block in reading.blocks[index : index + MOST]:
        names = list(_whole_names(text, [block], 3))
        if not names:
            return
        yield from names


def _whole_names(text: str, blocks: list[Block], least: int) -> Iterator[Mask]:
    """Blocks that are nothing but a name."""
    for block in blocks:
        word = text[block.start : block.end].strip()
        if len(word) >= least and any(test(word) for test in NAMES):
            start = text.find(word, block.start)
            yield Mask(start, start + len(word), "person")


def _staff(text: str) -> Iterator[Mask]:
    """`王小明,注册二级建造师·机电工程,鄂142000000000`: name, certificates, their numbers."""
    if "," not in text:
        return
    end = 0
    for match in STAFF.finditer(text):
        named = is_name_after_label(match[1]) and match.start() >= end
        if not named or not CERTIFIED.search(match[2]):
            continue
        end = text.find("\n", match.end())
        end = min(len(text) if end < 0 else end, match.end() + 4000)
        yield from _staff_line(text, match.start(1), end)


PIECE = re.compile(r"[^,，、;；\s]{2,60}")
NUMBER = re.compile(r"[\d*＊]{4}")


def _staff_line(text: str, start: int, end: int) -> Iterator[Mask]:
    first = True
    for piece in PIECE.finditer(text, start, end):
        word = piece[0]
        follows = text[piece.end() : piece.end() + 1]
        if first or (follows == "," and is_name(word)):
            yield Mask(piece.start(), piece.end(), "person")
        elif NUMBER.search(word):
            yield Mask(piece.start(), piece.end(), "certificate")
        first = False


def _at_home(text: str) -> Iterator[Mask]:
    """`王某某家门口`: whose home a camera is to watch."""
    if "家" not in text:
        return
    for match in AT_HOME.finditer(text):
        for length in (4, 3, 2):
            start = match.start() - length
            first = DOUBLE if length == 4 else SURNAME
            if (
                start >= 0
                and re.match(first, text[start : start + 2 if length == 4 else start + 1])
                and is_name(text[start : match.start()])
            ):
                yield Mask(start, match.start(), "person")
                break
