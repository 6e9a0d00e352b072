"""Which notices a figure looks at: years, kinds of buyers, kinds of notices, divisions.

Every figure can be asked with a scope. What lies outside of it is a line of the coverage, never a
silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from tenderlight.figures.figure import Given
from tenderlight.model import NoticeType, Refused
from tenderlight.organisations import Own, kinds
from tenderlight.places import division
from tenderlight.technologies.files import ID

LIMITS = {
    "since": ("since", "起始年份"),
    "until": ("until", "截止年份"),
    "buyers": ("buyers", "采购人类别"),
    "types": ("notices", "公告类型"),
    "divisions": ("divisions", "行政区"),
}
YEAR = re.compile(r"[12][0-9]{3}")


class Scope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a figure looks at; as it is, all readable notices.

    >>> Scope.parse({"since": "2016", "buyers": "public-security,court"}).buyers
    ('public-security', 'court')
    """

    since: int | None = None
    until: int | None = None
    """The last year that counts. Notices without a date are outside where either is given."""
    buyers: tuple[str, ...] = ()
    """Kinds of buyers (`docs/organisations.md`), each with all kinds within it: a traffic police
    is `public-security`."""
    types: tuple[str, ...] = ()
    """Notice types; none: all."""
    divisions: tuple[str, ...] = ()
    """Codes of GB/T 2260: a province stands for all that lies in it."""

    @classmethod
    def parse(cls, asked: Mapping[str, str], own: Own | None = None) -> Scope:
        """From words as an address or a command has them; lists are joined by commas.

        Refuses a year, a kind, a type or a code that there is not. Other keys are not looked at.
        `own` are a corpus' own kinds of buyers; where they are not known, any word that could be
        the id of a kind passes, and finds nothing where there is no such kind.
        """
        named = {key: tuple(filter(None, asked.get(key, "").split(","))) for key in LIMITS}
        return cls(
            since=_year(asked.get("since")),
            until=_year(asked.get("until")),
            buyers=_kinds(named["buyers"], own),
            types=_known("type of notice", named["types"], get_args(NoticeType)),
            divisions=_divisions(named["divisions"]),
        )

    def words(self) -> dict[str, str]:
        """The same as words, only what is limited.

        >>> Scope(since=2016, types=("award",)).words()
        {'since': '2016', 'types': 'award'}
        """
        found: dict[str, str] = {}
        for key in LIMITS:
            value = getattr(self, key)
            if value:
                found[key] = ",".join(value) if isinstance(value, tuple) else str(value)
        return found

    def given(self) -> tuple[Given, ...]:
        """The same, for the head of a figure."""
        return tuple(
            Given(id=key, value=value, en=LIMITS[key][0], zh=LIMITS[key][1])
            for key, value in self.words().items()
        )

    def condition(self, name: str = "scope") -> tuple[str, dict[str, Any]]:
        """SQL that is true of a row of `notice` inside, and the values that it names."""
        tests: dict[str, Any] = {}
        parts = []
        if self.since is not None:
            parts.append(f"year >= ${name}_since")
            tests[f"{name}_since"] = self.since
        if self.until is not None:
            parts.append(f"year <= ${name}_until")
            tests[f"{name}_until"] = self.until
        if self.types:
            parts.append(f"coalesce(notice_type, 'other') in (select unnest(${name}_types))")
            tests[f"{name}_types"] = list(self.types)
        if self.buyers:
            parts.append(  # the name is our own
                "id in (select notice from party where role = 'buyer' "  # noqa: S608
                f"and list_has_any(list_append(within, kind), ${name}_buyers))"
            )
            tests[f"{name}_buyers"] = list(self.buyers)
        if self.divisions:
            stems = [code[:2] if code[2:] == "0000" else code for code in self.divisions]
            stems = [code[:4] if code[4:] == "00" else code for code in stems]
            parts.append(
                f"exists (select 1 from (select unnest(${name}_divisions) as stem) "  # noqa: S608
                "where starts_with(coalesce(county_code, province_code), stem))"
            )
            tests[f"{name}_divisions"] = stems
        return " and ".join(parts) or "true", tests


def _year(word: str | None) -> int | None:
    if not word:
        return None
    if not YEAR.fullmatch(word):
        raise Refused(f"{word!r} is no year.", "Write it as 2019.")
    return int(word)


def _known(what: str, words: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if word not in known:
            raise Refused(f"There is no {what} {word!r}.", f"There are: {', '.join(known)}.")
    return words


def _kinds(words: tuple[str, ...], own: Own | None) -> tuple[str, ...]:
    if own is None and all(map(ID.fullmatch, words)):
        return words
    return _known("kind of buyer", words, tuple(kinds(own or ())))


def _divisions(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        if division(code) is None:
            raise Refused(
                f"There is no division {code!r}.", "Write its code of GB/T 2260, as 650000."
            )
    return codes
