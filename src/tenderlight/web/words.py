"""Words of the desk in English and Chinese: labels of fields and types, and the interface's own.

A `Label` always carries both, because a reader checks one against the other: a Chinese notice says
预算金额, the story says "budget".
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from tenderlight.technologies import Definitions

LANGUAGES = ("en", "zh")
MONEY = frozenset({"budget_cny", "ceiling_cny", "amount_cny", "unit_price_cny", "total_cny"})
"""Fields whose values are yuan."""


class Label(msgspec.Struct, frozen=True):
    """One thing's name in English and in Chinese."""

    en: str
    zh: str

    def first(self, lang: str) -> str:
        """The name in the reader's language."""
        return self.zh if lang == "zh" else self.en

    def second(self, lang: str) -> str:
        """The name in the other one; empty where both are the same."""
        other = self.en if lang == "zh" else self.zh
        return other if other != self.first(lang) else ""


@cache
def words() -> dict[str, dict[str, Label]]:
    """All words of `words.toml`, by section and key."""
    text = (files(__package__) / "words.toml").read_text(encoding="utf-8")
    return {
        section: {key: Label(pair[0], pair[1]) for key, pair in entries.items()}
        for section, entries in tomllib.loads(text).items()
    }


def say(key: str, lang: str, **values: Any) -> str:
    """A sentence of the interface. A key that is not there is our mistake, so it raises.

    >>> say("results", "en", n=3), say("results", "zh", n=3)
    ('3 notices', '3 份公告')
    """
    return words()["interface"][key].first(lang).format(**values)


def label_of(section: str, key: str | None) -> Label:
    """The label of a field, type, procedure or unit; what has none is shown as it is.

    >>> label_of("field", "buyer").zh
    '采购人'
    >>> label_of("type", None).en
    'not stated'
    """
    if key is None:
        return words()["interface"]["not_stated"]
    return words()[section].get(key) or Label(key.replace("_", " "), key)


def finding_label(definitions: Definitions, kind: str, id: str) -> Label:
    """The name of a technology, target, site or quantity, as its definition gives it."""
    definition = definitions.get(kind, id)
    if definition is None:
        return Label(id, id)
    return Label(definition.en, definition.zh)
