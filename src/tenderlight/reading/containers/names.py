"""Names of files inside archives: which characters their bytes are, and which files are nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_DRIVE = re.compile(r"^[A-Za-z]:(?=/|$)")
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
"""A Latin letter beside a Cyrillic one: these bytes are another character set."""
_LONGEST = 200
"""Of one folder's or file's name; file systems take 255 bytes."""
_DEEPEST = 20
_OTHERS = ("gb18030", "big5hkscs", "cp866", "cp437")
"""What archivers wrote before UTF-8, by how often it is met here; the last takes any byte."""
_NOTHING = re.compile(
    r"(?:^|/)(?:__MACOSX/|\._[^/]*$|~\$[^/]*$"
    r"|(?:\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini)$)",
    re.I,
)


def decoded_names(names: Sequence[bytes]) -> list[str]:
    """Names as characters. All names of an archive are judged together: one is too short.

    >>> decoded_names(["招标文件/采购清单.xlsx".encode("gbk"), b"a.txt"])
    ['招标文件/采购清单.xlsx', 'a.txt']
    """
    plain = b"".join(name for name in names if not _is_utf8(name))
    encoding = _likeliest(plain or b"".join(names))
    return [_decoded(name, encoding) for name in names]


def tidy(name: str) -> str:
    """A name as parts are called: folders with `/`, nothing that could lead anywhere.

    >>> tidy("..\\\\..\\\\C:\\\\标书\\\\./公告.doc"), tidy("/etc/passwd"), tidy("..")
    ('标书/公告.doc', 'etc/passwd', 'unnamed')
    """
    steps = [_CONTROLS.sub("", step).strip() for step in name.replace("\\", "/").split("/")]
    kept = [step for step in steps if step not in ("", ".", "..") and not _DRIVE.match(step)]
    return "/".join(_short(step) for step in kept[-_DEEPEST:]) or "unnamed"


def is_nothing(name: str) -> bool:
    """Whether a file is left behind by a file manager or an open Word, and holds no document.

    >>> [is_nothing(name) for name in ("__MACOSX/._公告.doc", "a/Thumbs.db", "~$公告.doc", "a.db")]
    [True, True, True, False]
    """
    return _NOTHING.search(name.replace("\\", "/")) is not None


def _short(step: str) -> str:
    """A name cut in the middle, so that its ending stays."""
    return step if len(step) <= _LONGEST else f"{step[: _LONGEST - 41]}…{step[-40:]}"


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(name: bytes, encoding: str) -> str:
    """Each name that is UTF-8 is meant as such, unless all of them are likelier something else."""
    if encoding != "utf-8" and _is_utf8(name) and _likeliest(name) == "utf-8":
        return name.decode("utf-8")
    return name.decode(encoding, "replace")


def _likeliest(names: bytes) -> str:
    """The encoding in which most characters beyond ASCII are ones that names are made of."""
    if names.isascii():
        return "utf-8"
    scores = {encoding: _likelihood(names, encoding) for encoding in ("utf-8", *_OTHERS)}
    return max(scores, key=lambda encoding: scores[encoding])


def _likelihood(names: bytes, encoding: str) -> float:
    try:
        text = names.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    beyond = [char for char in text if char > "\x7f"]
    mixed = len(_MIXED.findall(text))
    usual = sum(_is_usual(char, encoding) for char in beyond) - mixed
    return usual / len(beyond) + (0.2 if encoding == "utf-8" else 0.0)


def _is_usual(char: str, encoding: str) -> bool:
    """Common ideographs stand in the first plane of the national sets, GB 2312 and Big5."""
    if encoding == "utf-8" and char > "\u07ff":
        return True  # three bytes that fit together are no chance
    if "\u0400" <= char <= "\u04ff" or "\u00c0" <= char <= "\u024f":
        return encoding in ("utf-8", "cp866", "cp437")
    if "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uff5e" or char in "—…“”‘’·№Ⅰ①②③④⑤":
        return encoding != "cp437"
    if encoding in ("utf-8", "gb18030"):
        code = char.encode("gb2312", "ignore")
        if code and b"\xb0" <= code[:1] <= b"\xd7":
            return True
    code = char.encode("big5", "ignore")
    return encoding in ("utf-8", "big5hkscs") and b"\xa4" <= code[:1] <= b"\xc6"
