"""The forms of a citation. Each is a list of parts: a part is written where its word is known.

The pages of an edition write them with a script out of the same lists (`forms`), so that a
citation copied there is the one that the command line writes.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

from tenderlight.citing.source import UNSEEN, Source, fields

Form = Literal["text", "bibtex", "csl", "ris"]
FORMS: tuple[Form, ...] = get_args(Form)
Parts = tuple[tuple[str, str], ...]

TEXT: dict[str, Parts] = {
    "en": (
        ("author", "{}. "), ("title", "“{}.” "), ("container", "{}. "), ("issued", "{}. "),
        ("url", "{}. "), ("number", "{}. "), ("quote", "Passage: “{}”"),
        ("place", " (characters {})"), ("quote", ". "),
        ("edition", "Tenderlight edition {}, "), ("link", "{}. "),
        ("accessed", "Captured {}. "), ("sha256", "SHA-256: {}."),
    ),
    "zh": (
        ("author", "{}. "), ("title", "{}"), ("marker", "[{}]. "), ("container", "{}. "),
        ("issued", "({})"), ("day", "[{}]"), ("year", ". "), ("url", "{}. "),
        ("number", "{}. "), ("quote", "原文：“{}”"), ("place", "（第 {} 字）"), ("quote", ". "),
        ("edition", "Tenderlight 版本 {}，"), ("link", "{}. "), ("accessed", "存档于 {}. "),
        ("sha256", "SHA-256：{}."),
    ),
}  # fmt: skip
"""English as newspapers and their footnotes have it; Chinese after GB/T 7714, electronic sources.
"""
NOTE: Parts = (
    ("edition", "Tenderlight edition {}; "), ("link", "{}; "), ("number", "{}; "),
    ("quote", "passage: “{}”; "), ("place", "characters {}; "), ("accessed", "captured {}; "),
    ("sha256", "SHA-256: {}"),
)  # fmt: skip
BIBTEX: Parts = (
    ("author", "author = {{{}}}"), ("title", "title = {{}}"), ("year", "year = {{}}"),
    ("issued", "date = {{}}"), ("container", "howpublished = {{}}"), ("url", "url = {{}}"),
    ("day", "urldate = {{}}"), ("language", "language = {{}}"), ("note", "note = {{}}"),
)  # fmt: skip
RIS: Parts = (
    ("author", "AU  - {}"), ("title", "TI  - {}"), ("container", "T2  - {}"), ("year", "PY  - {}"),
    ("issued", "DA  - {}"), ("url", "UR  - {}"), ("day", "Y2  - {}"), ("language", "LA  - {}"),
    ("note", "N1  - {}"), ("key", "ID  - {}"),
)  # fmt: skip
CSL: Parts = (
    ("key", "id"), ("title", "title"), ("container", "container-title"), ("url", "URL"),
    ("edition", "archive"), ("link", "archive_location"), ("language", "language"),
    ("note", "note"),
)  # fmt: skip
"""Its words by name; `author`, `issued` and `accessed` have forms of their own there."""
TYPES = {"bibtex": ("misc", "misc"), "ris": ("GOVDOC", "DATA"), "csl": ("document", "dataset")}
"""Of a notice or passage, and of a figure."""
TEX = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
}  # fmt: skip
IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"}
"""An address is printed letter by letter in BibTeX: only what would end it is escaped."""


def cite(source: Source, form: Form, lang: str = "en") -> str:
    """The citation, one line of text or a record for a program.

    >>> source = Source(kind="notice", id="0a", title="招标公告", author="甲县公安局",
    ...     issued="2017-03-12", link="/notices/0a", accessed="2026-07-06T05:15:07Z")
    >>> cite(source, "text")
    '甲县公安局. “招标公告.” 2017-03-12. /notices/0a. Captured 2026-07-06T05:15:07Z.'
    >>> print(cite(source, "ris")[:24])
    TY  - GOVDOC
    AU  - 甲县公安局
    """
    told = fields(source)
    told["note"] = _joined(NOTE, told).removesuffix("; ").strip()
    kind = TYPES[form][source.kind == "figure"] if form in TYPES else ""
    if form == "text":
        return _joined(TEXT[lang], told).strip()
    if form == "ris":
        return "\n".join((f"TY  - {kind}", *_parts(RIS, told), "ER  - ", ""))
    if form == "bibtex":
        escaped = {name: _tex(name, value) for name, value in told.items()}
        return f"@{kind}{{{told['key']},\n  " + ",\n  ".join(_parts(BIBTEX, escaped)) + "\n}\n"
    return msgspec.json.format(msgspec.json.encode([_csl(told, kind)]), indent=2).decode() + "\n"


def forms(lang: str) -> dict[str, Any]:
    """The lists, for a script that writes the same citations."""
    return {
        "text": TEXT[lang], "note": NOTE, "bibtex": BIBTEX, "ris": RIS, "csl": CSL,
        "types": TYPES, "tex": TEX, "address": IN_ADDRESS, "unseen": UNSEEN,
    }  # fmt: skip


def _parts(parts: Parts, told: dict[str, str]) -> list[str]:
    return [form.replace("{}", told[name], 1) for name, form in parts if name in told]


def _joined(parts: Parts, told: dict[str, str]) -> str:
    return "".join(_parts(parts, told))


def _tex(name: str, value: str) -> str:
    table = IN_ADDRESS if name == "url" else TEX
    return "".join(table.get(char, char) for char in value)


def _csl(told: dict[str, str], kind: str) -> dict[str, Any]:
    """A record of CSL-JSON: an institution is one literal name, days are lists of numbers."""
    record: dict[str, Any] = {"type": kind}
    record |= {to: told[name] for name, to in CSL if name in told}
    if "author" in told:
        record["author"] = [{"literal": told["author"]}]
    for name, to in (("issued", "issued"), ("day", "accessed")):
        if name in told:
            record[to] = {"date-parts": [[int(part) for part in told[name].split("-")]]}
    return record
