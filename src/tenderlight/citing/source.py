"""What a citation says, before it has a form."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Kind = Literal["notice", "passage", "figure"]
UNSEEN = r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
"""Characters that turn words round or are not seen: nobody pastes them into an article unawares."""
_UNSEEN = re.compile(UNSEEN)
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A notice, a passage of it, or a figure. What is not known is None, and is not written.

    >>> Source(kind="notice", id="0a3a", title="甲县公安局采购公告", link="/notices/0a3a").key
    'tenderlight-0a3a'
    """

    kind: Kind
    id: str
    title: str
    link: str
    """Where it stands: the page in the edition, or the address at a desk."""
    author: str | None = None
    """The institution: of a notice its buyer."""
    issued: str | None = None
    """The day of publication, `2017-03-12`; a year or a month where no more is known."""
    container: str | None = None
    """In what it was published: the portal; of a figure the title of the edition or the corpus."""
    url: str | None = None
    edition: str | None = None
    """The edition's id."""
    quote: str | None = None
    """The passage, personal data masked."""
    number: str | None = None
    """Of a number in a figure: its row, its column and what stands there."""
    place: str | None = None
    """First and last character of the passage: `120-128`."""
    accessed: str | None = None
    """When it was captured."""
    sha256: str | None = None
    """Digest of the document as captured; of a figure, of its edition's `edition.json`;
    on the pages of an edition, of how it is counted."""
    language: str | None = None

    @property
    def key(self) -> str:
        """What bibliographies call it: ASCII letters, digits, hyphens."""
        parts = (self.id, self.place or "", self.edition or "")
        told = re.sub(r"[^A-Za-z0-9]+", "-", "-".join(part for part in parts if part))
        return f"tenderlight-{told.strip('-')}"


def fields(source: Source) -> dict[str, str]:
    """Its words by name, white space closed up, and those that follow from them."""
    told = {
        name: " ".join(_UNSEEN.sub(" ", value).split())
        for name in Source.__struct_fields__
        if (value := getattr(source, name)) is not None
    }
    issued, accessed = _day(told.pop("issued", "")), _day(told.get("accessed", ""))
    more = {
        "key": source.key,
        "issued": issued,
        "year": issued[:4],
        "day": accessed,
        "marker": "DS/OL" if source.kind == "figure" else "EB/OL",
    }
    return {name: value for name, value in (told | more).items() if value}


def _day(stated: str) -> str:
    """The date at the beginning; nothing where there is none.

    >>> _day("2017-03-12T08:00:00Z"), _day("soon")
    ('2017-03-12', '')
    """
    found = DAY.match(stated)
    return found[0] if found else ""
