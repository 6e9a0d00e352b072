"""Names known by what stands beside them: a number that is a person's, or another person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tenderlight.model import Mask
from tenderlight.personal.names import HAN, is_dotted, is_name, is_name_after_label

BESIDE = re.compile(
    rf"([{HAN}·]{{2,20}})[\s,，、:：|（(]{{0,6}}"
    r"(?:(?:居民)?身份证(?:号码?)?|公民身份号码|证件号码?)?[\s:：]{0,3}\Z"
)
MOBILE = re.compile(
    rf"(?<![{HAN}·])([{HAN}·]{{2,10}})[ \u3000,，、:：(（]{{0,3}}"
    r"(?:联系)?(?:电话|手机)?(?:号码?)?[ \u3000:：]{0,3}\Z"
)
IS_MOBILE = re.compile(r"1[3-9]\d")
FARTHEST = 36
INSTEAD = re.compile(
    r"[ \u3000,，、;；”\"]{0,3}(?:现在?)?(?:变更|更正|调整|更换|更改|修改|改|换)(?:为|成|[:：])"
    rf"[ \u3000:：“\"]{{0,4}}([{HAN}]{{2,4}})(?![{HAN}])"
)
AND = re.compile(
    rf"[ \u3000]{{0,2}}[、和与及][ \u3000]{{0,2}}([{HAN}]{{2,3}}?)"
    rf"(?=[、和与及，,；;。（(\s]|[等两二三四五六七八九共]|论证|认为|评审|一致|同志|先生|女士|组成|$)"
)
MOST = 40


def find_beside(text: str, identities: Iterable[Mask]) -> Iterator[Mask]:
    """Names just before an identity number, as in watch lists: 重点人员王小明（身份证号…）."""
    for each in identities:
        match = BESIDE.search(text, max(0, each.start - FARTHEST), each.start)
        if match is None:
            continue
        word, end = match[1], match.end(1)
        if is_name_after_label(word) or is_dotted(word):
            yield Mask(match.start(1), end, "person")
        elif length := next((n for n in (3, 2) if is_name(word[-n:])), 0):
            yield Mask(end - length, end, "person")


def find_called(text: str, telephones: Iterable[Mask]) -> Iterator[Mask]:
    """Names that stand by themselves just before a mobile number: `李建国（13900001234）`."""
    for each in telephones:
        if IS_MOBILE.match(text, each.start):
            match = MOBILE.search(text, max(0, each.start - FARTHEST), each.start)
            if match and (is_name(match[1]) or is_dotted(match[1])):
                yield Mask(match.start(1), match.end(1), "person")


def find_named_with(text: str, people: Iterable[Mask]) -> Iterator[Mask]:
    """Names that follow a person's: `王小明变更为李建国`, `专家王小明、李建国论证认为`."""
    for each in people:
        end = each.end
        for _ in range(MOST):
            match = INSTEAD.match(text, end) or AND.match(text, end)
            if match is None or not is_name(match[1]):
                break
            end = match.end(1)
            yield Mask(match.start(1), end, "person")
