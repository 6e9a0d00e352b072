"""The words of an edition's pages, in English and Chinese, and those that its scripts need."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tenderlight.exports.handover.words import FIELDS
from tenderlight.figures.figure import Label


@cache
def words() -> dict[str, dict[str, Label]]:
    """All words of `words.toml`, by section and key."""
    text = (files(__package__) / "words.toml").read_text(encoding="utf-8")
    return {
        section: {key: Label(en=pair[0], zh=pair[1]) for key, pair in entries.items()}
        for section, entries in tomllib.loads(text).items()
    }


def in_lang(label: Any, lang: str) -> str:
    """A label in the language of the page."""
    return str(label.zh if lang == "zh" else label.en)


def say(key: str, lang: str, **values: Any) -> str:
    """A sentence of the pages. A key that is not there is our mistake, so it raises.

    >>> say("figures", "zh")
    '统计'
    """
    return in_lang(words()["page"][key], lang).format(**values)


def for_scripts(lang: str) -> dict[str, Any]:
    """What the scripts say, and what fields are called."""
    return {
        "lang": lang,
        "say": {key: in_lang(label, lang) for key, label in words()["script"].items()},
        "fields": {name: pair[lang == "zh"] for name, pair in FIELDS.items()},
    }
