"""All personal data of a reading, by labels and by form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tenderlight.model import Block, Mask, Reading
from tenderlight.personal.coordinates import find_coordinates
from tenderlight.personal.filenames import find_in_names
from tenderlight.personal.homes import find_homes
from tenderlight.personal.listed import find_listed
from tenderlight.personal.masking import join, mask
from tenderlight.personal.names import HAN, SURNAME, is_name, is_name_after_label
from tenderlight.personal.neighbours import find_beside, find_called, find_named_with
from tenderlight.personal.numbers import (
    find_certificates,
    find_identities,
    find_mailboxes,
    find_telephones,
)
from tenderlight.personal.panels import find_panels
from tenderlight.personal.people import find_people
from tenderlight.personal.residents import find_residents
from tenderlight.plain import simplify

WIDE = re.compile("[０-９＠Ａ-Ｚａ-ｚ聯電負機傳繫]")
"""Full-width or Traditional characters: then the text is made comparable first."""
ADDRESSED = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[与找系向请给由]))(?:{SURNAME})[{HAN}]{{0,2}}(?:先生|女士|小姐)"
    rf"(?=[^{HAN}]|$|联系|咨询|电话|手机|处|收|办理|负责)"
)
AS_A_PERSON = re.compile(
    r"[ \u3000]{0,2}(?:先生|女士|小姐|老师|同志|主任|科长|经理"
    r"|(?:[(（:：]|电话|手机|联系){0,3}[ \u3000:：]{0,3}(?:1[3-9]\d{9}|0\d{2,3}[-— ]?\d{7,8}))"
)
FEW = 300
"""More names than this are a roll, not a notice: their repetitions are not searched."""


def find_personal(reading: Reading) -> tuple[Mask, ...]:
    """What is to be hidden of a reading's text, in order and without overlaps.

    Persons named by a label (联系人：王小明), in a column 姓名 or beside an identity number, and
    every repetition of such a name; telephone and fax numbers, mailboxes, identity numbers,
    numbers of personal certificates, homes; people on lists that a system keeps. Organisations,
    project numbers, sums, dates, firms' codes and accounts are not personal data and stay.
    """
    text = simplify(reading.text) if WIDE.search(reading.text) else reading.text
    people = [*find_people(text, reading), *find_panels(text), *_addressed(text)]
    identities = list(find_identities(text))
    telephones = list(find_telephones(text))
    people += find_beside(text, identities)
    people += find_called(text, telephones)
    listed = list(find_listed(text))
    people += [each for each in listed if each.kind == "person"]
    people += _repeated(text, people)
    named = list(find_named_with(text, people))
    people += [*named, *_repeated(text, named)]
    return join(
        [
            *people,
            *listed,
            *identities,
            *telephones,
            *find_mailboxes(text),
            *find_certificates(text, people),
            *find_homes(text),
            *find_coordinates(text, reading),
            *find_residents(text, reading),
        ]
    )


@lru_cache(maxsize=256)
def mask_name(name: str) -> str:
    """The name of a file, a path of several, or words about one, as they may be shown.

    >>> mask_name("附件/王小明13900001234.pdf")
    '附件/＊＊＊＊＊＊＊＊＊＊＊＊＊＊.pdf'
    """
    alone = Reading(text=name, blocks=(Block(0, len(name), kind="title"),), media_type="text/plain")
    return mask(name, join([*find_personal(alone), *find_in_names(name)]))


def _repeated(text: str, people: list[Mask]) -> Iterator[Mask]:
    """Where a full name that was found by its label stands again.

    Two characters may be part of other words (`高明` in 高明度): they count only alone in their
    line, or before 先生, 女士 or a telephone number.
    """
    names = {text[each.start : each.end] for each in people}
    for name in sorted(names)[:FEW]:
        if len(name) == 2 and is_name(name):
            yield from _short_again(text, name)
        if len(name) < 3 or not is_name_after_label(name) or name[1:] in ("先生", "女士", "老师"):
            continue
        at = text.find(name)
        while at >= 0:
            yield Mask(at, at + len(name), "person")
            at = text.find(name, at + len(name))


def _short_again(text: str, name: str) -> Iterator[Mask]:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[max(0, at - 1) : at], text[end : end + 1]
        alone = before in ("", "\n") and after in ("", "\n")
        if alone or AS_A_PERSON.match(text, end):
            yield Mask(at, end, "person")
        at = text.find(name, end)


def _addressed(text: str) -> Iterator[Mask]:
    """王女士, wherever such a form of address stands by itself."""
    if "先生" in text or "女士" in text or "小姐" in text:
        for match in ADDRESSED.finditer(text):
            yield Mask(match.start(), match.end(), "person")
