"""The definitions as pages for readers: what each means, words, false friends, examples."""

from __future__ import annotations

from tenderlight.technologies.definition import (
    KINDS,
    BuyerKind,
    Clause,
    Definition,
    Definitions,
    Example,
    Measure,
)

_HEADINGS = {
    "technology": "Technologies",
    "target": "Targets: who is to be watched",
    "site": "Sites: where it stands",
    "purpose": "Purposes: what for",
    "quantity": "Quantities",
    "rule": "Rules: as the system is told them",
}
_WORDS = {
    "words": "Words",
    "sure": "Words that count whatever stands near by",
    "weak": "Words that count only in company",
    "alone": "Words that count only in company, and only where nothing else is bought",
    "company": "Company that makes them count",
    "mention": "Words that are never more than a mention",
    "looked_past": "False friends: phrases looked past",
    "not_with": "Not where these stand near by or in the title",
    "not_watching": "Bought, but not to watch people, with",
}
_CLAUSE = {
    "words": "Words by which it is found",
    "then": "Words of what is done, which count behind a condition (`…的，`, `超过…`, `进入…时`)",
    "company": "One of these stands in the same sentence or list",
    "looked_past": "False friends: phrases looked past",
    "not_with": "Not where one of these stands in the same sentence",
}
_BUYER = {
    "words": "Words in a name; the last one counts",
    "first": "Words with which a name begins",
    "otherwise": "Endings, where no word says anything",
    "false_friends": "False friends: phrases looked past",
}
_HEADS: dict[type, dict[str, str]] = {Clause: _CLAUSE, BuyerKind: _BUYER}


def word_lists(definition: Definition | BuyerKind) -> list[tuple[str, tuple[str, ...]]]:
    """The lists of words that a definition has, each under what it is for.

    >>> from tenderlight.technologies import load_definitions
    >>> gait = load_definitions().get("technology", "gait-recognition")
    >>> [heading for heading, _ in word_lists(gait)]
    ['Words', 'Words that count only in company', 'Company that makes them count', \
'Not where these stand near by or in the title']
    """
    headings = _HEADS.get(type(definition), _WORDS)
    lists = ((heading, getattr(definition, key, ())) for key, heading in headings.items())
    return [(heading, words) for heading, words in lists if words]


def definition_pages(definitions: Definitions) -> dict[str, str]:
    """Markdown pages by path: `README.md`, and `technology/dna.md` for each definition."""
    pages = {f"{one.kind}/{one.id}.md": _page(one) for one in definitions.all()}
    return {"README.md": _index(definitions), **pages}


def _index(definitions: Definitions) -> str:
    lines = [
        "# What is looked for",
        "",
        "One page per definition, made from the files in `technologies/definitions`.",
        "Each holds a meaning, words, false friends and examples; each example is a test.",
        "[How to write your own](writing.md).",
    ]
    for kind in KINDS:
        lines += [
            "",
            f"## {_HEADINGS[kind]}",
            "",
            "| id | English | 中文 | meaning |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| [{one.id}]({kind}/{one.id}.md) | {one.en} | {one.zh} | {one.meaning_en} |"
            for one in definitions.all()
            if one.kind == kind
        ]
    return "\n".join(lines) + "\n"


def _page(definition: Definition) -> str:
    lines = [
        f"# {definition.en} · {definition.zh}",
        "",
        f"`{definition.kind}/{definition.id}`",
        "",
        definition.meaning_en,
        "",
        definition.meaning_zh,
    ]
    for heading, words in word_lists(definition):
        lines += ["", f"## {heading}", "", " · ".join(f"`{word}`" for word in words)]
    if isinstance(definition, Measure):
        lines += ["", "## Units", "", *_units(definition)]
    lines += ["", "## Examples", "", "| text | found |", "|---|---|"]
    lines += [f"| {_shown(one)} | {_cell(one.found)} |" for one in definition.examples]
    if definition.sources:
        lines += ["", "## Sources", "", *(f"- {source}" for source in definition.sources)]
    return "\n".join(lines) + "\n"


def _units(measure: Measure) -> list[str]:
    every = {**measure.units, **measure.fixed}
    return [f"- {name} = {size} {measure.base}" for name, size in every.items()]


def _shown(example: Example) -> str:
    title = f"*{example.title}* " if example.title else ""
    return _cell(title + example.text)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
