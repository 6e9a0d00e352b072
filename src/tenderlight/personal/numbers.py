"""Numbers that reach or identify a person: telephones, mailboxes, identity cards, certificates."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from tenderlight.model import Mask

DASH = r"[-—－–‐‑ \u3000]"
MOBILE = r"1[3-9]\d(?:[- ]?\d{4}){2}"
AREA = rf"(?:10|2\d|[3-9]\d{{2}})[)）]?{DASH}{{0,3}}\n?\d{{3,4}}[- ]?\d{{4}}"
EXTENSION = rf"(?:{DASH}{{0,2}}(?:转|分机号?|ext\.?|[-—－])[:：]?\s?\d{{1,8}}(?!\d))?"
MORE = r"(?: ?[/／、，,;；] ?(?!0\d{2,3}[-—－ ]?\d{7,8})\d{3,8}(?:[-—－]\d{1,6})?(?!\d)){0,6}"
TELEPHONE = re.compile(
    rf"(?:{MOBILE}|0{AREA}|\(0{AREA}|（0{AREA}|\+86[-— ]?(?:{MOBILE}|[(（]?0?{AREA})"
    rf"|86[-—](?:{MOBILE}|[(（]?0?{AREA}))(?![\dA-Za-z]|\.\d){EXTENSION}{MORE}"
)
"""Each alternative starts with its own character: then most of a text is passed over quickly."""
GLUED = re.compile(r"[\dA-Za-z.]\Z|[\dA-Za-z\])）〕】][-_—]\Z")
"""Before digits that are part of something longer: a project number, an account."""
LABEL = re.compile(
    r"(?:电\s{0,8}话|手[ \u3000\xa0]{0,4}机|传\s{0,8}真|联系方式|联系号码|热线|技术支持|固话|座机|"
    r"Tel(?:ephone)?|Fax|Phone|Mobile|TEL|FAX)"
    r"(?:号码?|及传真|[/／]传真|联系|[(（][^)）\n]{0,10}[)）]){0,3}\.?"
    r"[ \u3000\xa0]{0,6}[:：\n]?\s{0,6}",
)
AFTER_LABEL = re.compile(
    r"(?:[\u4e00-\u9fff·]{0,8}[:： ]{0,2})"
    r"([+＋(（]?\d[\d\-—－–‐()（） +＋]{4,30}\d(?:\s?(?:转|分机)\s?\d{1,6})?"
    r"(?:\s?[/／、，,;； ]\s?\d[\d\-—－–]{2,18}\d(?!\d)){0,6})"
)
HANDLE_LABEL = re.compile(
    r"(?:QQ|qq|微信|WeChat|Wechat)(?:号码?|群号?|账号)?\s{0,2}[:：]\s{0,3}([A-Za-z0-9_-]{5,24})"
)
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![\dA-Za-z])"
)
OLD_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z])"
)
HIDDEN_IDENTITY = re.compile(r"(?<!\d)\d{3,14}[*＊xX]{3,14}\d{0,4}[\dXx](?![\dA-Za-z])")
REGIONS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁"
CERTIFICATE = re.compile(
    rf"[{REGIONS}]\s?(?:建|水|交)?安?[A-D]?\d?"
    rf"(?:[(（]\d{{2,4}}[)）])?[A-Z]?\s?\d{{5,20}}(?![\dA-Za-z])"
)
BUILDING_COST = re.compile(r"建\s?[\[【(（〔]造[\]】)）〕]\s?[A-Z]?\d{6,20}")
CERTIFICATE_LINE = re.compile(r"\n[A-Z]{0,4}\d{7,20}[A-Z]?(?=\n|$)")
CERTIFICATE_LABEL = re.compile(
    r"(?:注册编号|证书编号|证书号码?|注册证?号码?|执业证书号?|诚信卡号|职称证号?|资格证号?|上岗证号?|执业印章号|"
    r"执业资格证号|考核合格证号)(?:[(（][^)）\n]{0,8}[)）])?\s{0,3}[:：]?\s{0,3}"
    r"([\u4e00-\u9fff]?\s?[A-Za-z0-9()（）\[\]*-]{4,40})"
)
LOCAL_PART = re.compile(r"[A-Za-z0-9._%+-]{1,64} {0,2}\Z")
DOMAIN = re.compile(r" ?[A-Za-z0-9.-]{1,64}")
LONGEST_MAILBOX = 64
NUMBERED = re.compile(r"(?:编号|标号|代码|合同号|帐号|账号|文号|流水号|批号)[^\n]{0,12}\Z")
"""Before a project number or an account: agencies number projects like telephones do."""


def find_telephones(text: str) -> Iterator[Mask]:
    """Mobile, land-line and fax numbers by their form, shorter ones by the label before them."""
    for match in TELEPHONE.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if not GLUED.search(before) and not NUMBERED.search(before):
            yield Mask(match.start(), match.end(), "telephone")
    for label in LABEL.finditer(text):
        number = AFTER_LABEL.match(text, label.end())
        if number and len(re.sub(r"\D", "", number[1])) >= 6:
            yield Mask(number.start(1), number.end(1), "telephone")
    if "QQ" in text or "微信" in text or "qq" in text or "echat" in text.casefold():
        for match in HANDLE_LABEL.finditer(text):
            yield Mask(match.start(1), match.end(1), "telephone")


def find_mailboxes(text: str) -> Iterator[Mask]:
    """E-mail addresses, from the sign outwards, so that a long run of letters costs nothing."""
    for sign in "@＠":
        at = text.find(sign)
        while at >= 0:
            before = LOCAL_PART.search(text, max(0, at - LONGEST_MAILBOX), at)
            after = DOMAIN.match(text, at + 1)
            if before and after:
                yield Mask(before.start(), after.end(), "email")
            at = text.find(sign, at + 1)


def find_identities(text: str) -> Iterator[Mask]:
    """Numbers of identity cards; of 15 digits only where the text speaks of identity cards."""
    for match in IDENTITY.finditer(text):
        if "信用代码" not in text[max(0, match.start() - 30) : match.start()]:
            yield Mask(match.start(), match.end(), "identity_number")
    if "身份证" in text:
        for pattern in (OLD_IDENTITY, HIDDEN_IDENTITY):
            for match in pattern.finditer(text):
                yield Mask(match.start(), match.end(), "identity_number")


def find_certificates(text: str, people: list[Mask]) -> Iterator[Mask]:
    """Numbers of personal certificates: by their form, or by a label or a line near a name."""
    for pattern in (CERTIFICATE, BUILDING_COST):
        for match in pattern.finditer(text):
            digits = len(re.sub(r"\D", "", match[0]))
            if digits >= 9 and not re.search("项目编号|采购编号|招标编号", _before(text, match)):
                yield Mask(match.start(), match.end(), "certificate")
    if not people:
        return
    ends = sorted(person.end for person in people)
    for match in CERTIFICATE_LABEL.finditer(text):
        if _near(ends, match.start(), 90) and re.search(r"\d{4}", match[1]):
            yield Mask(match.start(1), match.end(1), "certificate")
    for match in CERTIFICATE_LINE.finditer(text):
        nearest = _near(ends, match.start(), 60)
        if nearest and re.search("师|证|职称", text[nearest : match.start()]):
            yield Mask(match.start() + 1, match.end(), "certificate")


def _near(ends: list[int], start: int, reach: int) -> int | None:
    """The end of the last name before a place, if it is near enough."""
    index = bisect.bisect_right(ends, start) - 1
    return ends[index] if index >= 0 and start - ends[index] <= reach else None


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 14) : match.start()]
