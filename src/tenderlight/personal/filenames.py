"""Personal data in the names of files and folders: `王小明13900001234.pdf`, `简历/李建国.doc`.

People name files after people, without the labels that stand in a text, and glue numbers to
letters. So a name is looked at piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderlight.model import Mask
from tenderlight.personal.names import HAN, is_dotted, is_name, is_titled

NUMBER = re.compile(
    r"(?<!\d)(?:1[3-9]\d(?:[-_ ]?\d{4}){2}|0\d{2,3}[-_ ]?\d{7,8}"
    r"|[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?!\d)"
)
"""Mobiles, land lines and identity cards, whatever letters stand beside them."""
PIECE = re.compile(f"[{HAN}·•]+")
PAPER = re.compile(
    "(?:的|之)?(?:居民)?(?:身份证|简历|履历|证书|毕业证|学历|学位|职称|社保|劳动合同|资格证|注册证|护照|户口|"
    "签名|签字|照片|名片|电话|手机|联系|任命|承诺书|授权|委托书|先生|女士|老师)"
)
"""What of a person is kept in a file: before it stands whose it is."""
NO_END = re.compile("[图表单版稿册函纸卷页址]$")
"""平面图, 常用表: what a file is called and nobody."""
LONGEST = 4


def find_in_names(name: str) -> Iterator[Mask]:
    """What is to be hidden in the name of a file, or in a path of several.

    >>> [name[m.start : m.end] for name in ("附件/王小明.doc",) for m in find_in_names(name)]
    ['王小明']
    >>> [*find_in_names("平面图.pdf"), *find_in_names("采购文件(定稿).docx")]
    []
    """
    numbers = [Mask(each.start(), each.end(), "telephone") for each in NUMBER.finditer(name)]
    yield from numbers
    starts = {each.start for each in numbers}
    for piece in PIECE.finditer(name):
        owner = _owner(piece[0], piece.end() in starts)
        if owner is not None:
            start, end = owner
            yield Mask(piece.start() + start, piece.start() + end, "person")


def _owner(piece: str, numbered: bool) -> tuple[int, int] | None:
    """Where in a run of Han characters a person's name stands."""
    paper = PAPER.search(piece)
    if paper and paper.start() and _is_person(piece[: paper.start()], 2):
        return 0, paper.start()
    if paper and paper.end() < len(piece) and _is_person(piece[paper.end() :], 3):
        return paper.end(), len(piece)
    return (0, len(piece)) if _is_person(piece, 2 if numbered else 3) else None


def _is_person(word: str, least: int) -> bool:
    if not least <= len(word) or NO_END.search(word):
        return False
    return is_dotted(word) or is_titled(word) or (len(word) <= LONGEST and is_name(word))
