"""From bytes to characters: what a page declares is a clue, what it holds decides."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from tenderlight.model import Problem, Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""A page that declares the small set mostly uses characters of the larger one."""
_BROKEN = re.compile("\ufffd+")
_SAMPLE = 65_536
_BROKEN_SHARE = 0.01
"""Broken places in a text; with more of them, its words are not to be trusted."""
_FEW = 3
"""So many broken places are forgiven in a short text too."""
_LOST_SHARE = 0.2
"""Characters beyond ASCII that may be lost: one broken place may have swallowed several."""
_LATIN = frozenset(("cp1250", "cp1252", "cp1254", "iso8859-1", "iso8859-2", "iso8859-15"))
_ACCENTED = 0.3
"""The largest share of accented letters in Latin text; Vietnamese has 0.25, most have 0.05."""
_HEALTHY = 0.3
"""The least share of common characters in Chinese text that was decoded rightly; it has 0.5."""
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产"
    "种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点"
    "从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看"
    "原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象"
    "员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几"
    "九区强放决西被干做必战先回则任取据处府研质标招购采项目投供商金额预算编号名称单位址系联人电话时"
    "間來們為國會個過動對發後產種學經進業電機當點從應開還關與樣實現體兩條無結問題標購採項預編號稱單聯話"
    "０１２３４５６７８９：，。、（）；《》“”—"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding that gave them, and what was wrong with the bytes."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(payload: bytes) -> Decoded:
    """Read bytes as characters: byte-order mark, strict UTF-8, then the likeliest other encoding.

    >>> decode("采购单位：市公安局，预算金额12万元".encode("gbk")).encoding
    'gb18030'

    A few broken bytes become U+FFFD and a Problem `reading.broken-bytes`; bytes that are no text
    in any encoding we know are refused with `reading.unknown-encoding`.
    """
    for mark, name in _BOMS:
        if payload.startswith(mark):
            return _finish(payload[len(mark) :], name)
    wide = _without_mark(payload)
    if wide is not None:
        return _finish(payload, wide)
    try:
        return Decoded(payload.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _finish(payload, _likeliest(payload))


def _finish(payload: bytes, encoding: str) -> Decoded:
    """Decode, replacing broken bytes; refuse if there are too many of them."""
    try:
        text, broken = payload.decode(encoding), 0
    except UnicodeDecodeError:
        text = payload.decode(encoding, "replace")
        broken = text.count("\ufffd")
    if not broken and (encoding not in _LATIN or _is_latin(text)):
        return Decoded(text, encoding)
    if not broken or not _is_mostly_sound(text, broken):
        raise Unreadable(
            "reading.unknown-encoding",
            f"The bytes are no text in any known encoding; the nearest, {encoding}, leaves "
            + (f"{broken} characters unreadable." if broken else "accented letters only."),
            "Open the original page in a browser, save it again as UTF-8, and add that.",
        )
    problem = Problem(
        code="reading.broken-bytes",
        what=f"{broken} characters are broken in the file ({encoding}); each is shown as \ufffd.",
        hint="Compare with the original page before you quote a passage with \ufffd in it.",
    )
    return Decoded(text, encoding, (problem,))


def _is_latin(text: str) -> bool:
    """Whether most letters are plain ones: any bytes at all are characters in these encodings."""
    sample = "".join(text[: 4 * _SAMPLE].split())
    return sum(char > "\x7f" for char in sample) <= len(sample) * _ACCENTED


def _is_mostly_sound(text: str, broken: int) -> bool:
    """Whether a text with broken places can still be read, and is one at all."""
    places = len(_BROKEN.findall(text))
    beyond = [char for char in text[: 4 * _SAMPLE] if char > "\x7f" and char != "\ufffd"]
    if places > max(_FEW, len(text) * _BROKEN_SHARE) or (
        broken > max(2, (len(beyond) + broken) * _LOST_SHARE)
    ):
        return False
    chinese = [char for char in beyond if "\u3400" <= char <= "\u9fff"]
    return sum(char in _COMMON for char in chinese) >= len(chinese) * _HEALTHY


def _without_mark(payload: bytes) -> str | None:
    """UTF-16 without a byte-order mark: every second byte of its ASCII characters is zero."""
    sample = payload[:4096]
    half = max(len(sample) // 2, 1)
    if sample[0::2].count(0) > half * 0.2 and sample[1::2].count(0) < half * 0.02:
        return "utf-16-be"
    if sample[1::2].count(0) > half * 0.2 and sample[0::2].count(0) < half * 0.02:
        return "utf-16-le"
    return None


def _likeliest(payload: bytes) -> str:
    """The encoding in which a sample has most common characters and fewest broken ones."""
    sample = _telling_part(payload)
    candidates = dict.fromkeys([*_declared(payload), "utf-8", "gb18030", "big5hkscs"])
    detected = _codec(detect_encoding(sample))
    if detected is not None:
        candidates[detected] = None
    return max(candidates, key=lambda name: _likelihood(sample, name))


def _telling_part(payload: bytes) -> bytes:
    """A stretch of the payload that starts near its first byte beyond ASCII."""
    first = next(
        (at for at in range(0, len(payload), 4096) if not payload[at : at + 4096].isascii()), 0
    )
    return payload[first : first + _SAMPLE]


def _declared(payload: bytes) -> list[str]:
    found = _DECLARED.search(payload[:8192])
    codec = _codec(found[1].decode("ascii", "replace")) if found else None
    return [codec] if codec else []


def _codec(label: str | None) -> str | None:
    """The name under which Python knows an encoding; None if it is none for text."""
    try:
        name = codecs.lookup((label or "").lower()).name
        b"".decode(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    return _WIDER.get(name, name)


def _likelihood(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return 0.0
    common = sum(char in _COMMON for char in beyond)
    broken = len(_BROKEN.findall(text))
    return (common - 5 * broken) / len(beyond)
