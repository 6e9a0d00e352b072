"""From a seed to a notice in bytes with its truth."""

from __future__ import annotations

import re
from functools import cache
from random import Random

import msgspec
from opencc import OpenCC

from bench.layouts.contents import KINDS, write_page
from bench.layouts.drawn import LAYOUTS, attached
from bench.layouts.elements import Draft
from bench.layouts.purchases import draw_purchase
from bench.layouts.truth import Made, Truth

MIXES = ("mainstream", "hard")
_ENCODINGS = (
    *(("utf-8", "utf-8"),) * 6,
    *(("gb18030", "gb2312"), ("gb18030", "gbk"), ("gb18030", "utf-8"), ("gb18030", "")),
)
"""The encoding and what the page declares; `""`: nothing."""


def make(mix: str, seed: int, layout: str = "", kind: str = "") -> Made:
    """The notice of a seed; `layout` and `kind` choose instead of chance.

    >>> make("mainstream", 1).payload == make("mainstream", 1).payload
    True
    """
    dice = Random(f"{mix} {seed}")
    hard = mix == "hard"
    kind = kind or dice.choices(list(KINDS), list(KINDS.values()))[0]
    draft = Draft(dice, hard, draw_purchase(dice), kind)
    page = write_page(draft, kind)
    layout = layout or dice.choice([*LAYOUTS, "f attached"])
    draft.recipe |= {"kind": kind, "layout": layout}
    if draft.recipe.get("disputed") and layout == "a national":
        draft.dispute("budget")
    truth = draft.truth()
    beside: bytes | None = None
    if layout == "f attached":
        text, beside = attached(page, dice, hard)
    else:
        text = LAYOUTS[layout](page, dice, hard)
    if hard and layout != "f attached" and dice.random() < 0.12:
        script = dice.choice(("s2t", "s2tw", "s2hk"))
        draft.recipe["script"] = script
        text = converter(script).convert(text)
        truth = msgspec.convert(_converted(msgspec.to_builtins(truth), converter(script)), Truth)
    payload, file = _encoded(dice, text, layout, draft)
    return Made(
        mix=mix,
        seed=seed,
        recipe=draft.recipe,
        file=file,
        payload=payload,
        attached=(("采购文件.docx", beside),) if beside else (),
        truth=truth,
    )


@cache
def converter(script: str) -> OpenCC:
    """Simplified to another script; loading its dictionaries takes longer than a notice."""
    return OpenCC(script)


def _converted(value: object, converter: OpenCC) -> object:
    """Every string of a truth in the other script."""
    if isinstance(value, str):
        return converter.convert(value)
    if isinstance(value, dict):
        return {key: _converted(each, converter) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_converted(each, converter) for each in value]
    return value


def _encoded(dice: Random, text: str, layout: str, draft: Draft) -> tuple[bytes, str]:
    encoding, declared = dice.choice(_ENCODINGS)
    draft.recipe["encoding"] = f"{encoding} declared {declared or 'nowhere'}"
    if layout == "d stacked":
        return text.encode(encoding), "notice.txt"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    if declared:
        text = re.sub("<head>", lambda _: "<head>" + meta, text, count=1)
    return text.encode(encoding, "replace"), "notice.html"
