"""Labelled notices made ready for comparing readers: text, truth, and which belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.score import bare, load_labels
from tenderlight.corpus import Corpus
from tenderlight.plain import simplify
from tenderlight.second.lessons import drawn
from tenderlight.second.score import Span, sentences_of
from tenderlight.second.types import Lesson
from tenderlight.technologies import Definitions, Term
from tenderlight.technologies.sieve import sieve

Facts = frozenset[str]
FIELDS = ("bought", "any", "surveillance", "targets")
NEGATIVES = 3
"""Sentences with a word of a technology that is not bought, taught as such for each notice."""


class Labelled(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A notice as it may be shown, what its label says, and what we say."""

    file: str
    group: int
    title: str
    text: str
    truth: Mapping[str, Facts]
    ours: Mapping[str, Facts]
    evidence: Mapping[str, str]
    """Of each technology that the label names as bought, the printed words."""


def labelled(corpus: Corpus, labels: Sequence[Path]) -> list[Labelled]:
    """The notices of a corpus that have a label, in the order of their files' names."""
    told = {name: label for folder in labels for name, label in load_labels(folder).items()}
    rows = {Path(str(row["file"])).name: row for row in corpus.rows()}
    names = sorted(name for name in told if name in rows)
    groups = _groups([told[name] for name in names])
    found = []
    for name, group in zip(names, groups, strict=True):
        shown = corpus.notice(rows[name]["id"])
        if shown is not None:
            found.append(_one(name, group, shown.text, rows[name], told[name]))
    return found


def _one(name: str, group: int, text: str, row: Any, label: Mapping[str, Any]) -> Labelled:
    return Labelled(
        file=name,
        group=group,
        title=str(row["title"] or row["project_name"] or ""),
        text=text,
        truth=facts(label),
        ours=facts(row),
        evidence={
            each["id"]: str(each.get("evidence") or "")
            for each in label.get("technologies") or ()
            if each["relation"] == "bought"
        },
    )


def facts(notice: Mapping[str, Any]) -> dict[str, Facts]:
    """What is compared: technologies bought, named at all, targets, and whether people are watched.

    >>> facts({"technologies": [{"id": "iris", "relation": "mentioned"}]})["any"]
    frozenset({'iris'})
    """
    technologies = notice.get("technologies") or ()
    bought = {each["id"] for each in technologies if each["relation"] == "bought"}
    watches = notice.get("surveillance_purchase") is True
    return {
        "bought": frozenset(bought),
        "any": frozenset(each["id"] for each in technologies),
        "surveillance": frozenset(["yes"] * watches),
        "targets": frozenset(each["id"] for each in notice.get("targets") or ()),
    }


def _groups(labels: Sequence[Mapping[str, Any]]) -> list[int]:
    """A number for all of one buyer or project: siblings must not teach each other."""
    leads = list(range(len(labels)))
    seen: dict[str, int] = {}

    def lead(place: int) -> int:
        while leads[place] != place:
            place = leads[place]
        return place

    for place, label in enumerate(labels):
        for key in ("buyer", "project_name", "project_number"):
            if name := bare(label.get(key) or ""):
                leads[lead(place)] = lead(seen.setdefault(f"{key}:{name}", place))
    return [lead(place) for place in range(len(labels))]


def lessons(notices: Sequence[Labelled], definitions: Definitions) -> Iterator[Lesson]:
    """What labels teach: the sentence of each bought technology, and sentences of those that are
    not bought, first those that have one of its words.
    """
    for notice in notices:
        spans = sentences_of(notice.text)
        for subject in sorted(notice.truth["bought"]):
            said = notice.evidence.get(subject, "")
            yield _lesson(notice, subject, _around(notice.text, spans, said), True)
        yield from _not_bought(notice, spans, definitions)


def _not_bought(
    notice: Labelled, spans: Sequence[Span], definitions: Definitions
) -> Iterator[Lesson]:
    searcher = sieve(definitions)
    named = set()
    for index, hits in searcher.hits(simplify(notice.text)).items():
        term = searcher.definitions[index]
        if not isinstance(term, Term) or term.kind != "technology":
            continue
        named.add(term.id)
        if term.id in notice.truth["bought"]:
            continue
        said = {next((s for s in spans if s[0] <= hit.start < s[1]), (0, 0)) for hit in hits}
        for start, end in sorted(said)[:NEGATIVES]:
            yield _lesson(notice, term.id, notice.text[start:end], False)
    absent = [term.id for term in definitions.technology if term.id not in named]
    for subject in drawn(absent, notice.file)[:NEGATIVES]:
        if subject not in notice.truth["bought"] and spans:
            number = int(drawn(map(str, range(len(spans))), notice.file + subject)[0])
            yield _lesson(notice, subject, notice.text[slice(*spans[number])], False)


def _around(text: str, spans: Sequence[Span], said: str) -> str:
    """The sentence that holds the printed words; the words alone where none does."""
    at = text.find(said) if said else -1
    return next((text[s:e] for s, e in spans if s <= at < e), said)


def _lesson(notice: Labelled, subject: str, said: str, is_bought: bool) -> Lesson:
    return Lesson(
        subject=subject,
        text=f"{notice.title}\n{said or notice.title}",
        is_bought=is_bought,
        source="decision",
        group=f"{notice.group}",
    )
