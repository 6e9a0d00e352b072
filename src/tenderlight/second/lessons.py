"""What the reader is taught: people's decisions, the definitions' examples, and their claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from tenderlight.plain import simplify
from tenderlight.second.types import Lesson
from tenderlight.technologies import Definitions, Term
from tenderlight.technologies.sieve import sieve

OTHERS = 2
"""For each example, how many technologies of which it has no word are taught not to be there."""


def example_lessons(definitions: Definitions) -> list[Lesson]:
    """The examples of all technologies: what each must find and must not, and a few others beside.

    >>> from tenderlight.technologies import load_definitions
    >>> lessons = example_lessons(load_definitions())
    >>> {l.is_bought for l in lessons if l.subject == "iris" and l.text.startswith("眼科虹膜剪")}
    {False}
    """
    lessons = []
    for term in definitions.technology:
        for number, example in enumerate(term.examples):
            text = f"{example.title}\n{example.text or example.title}"
            group = f"{term.id}/{number}"
            bought = example.found == "bought"
            lessons.append(_lesson(term.id, text, bought, group))
            lessons += [_lesson(id, text, False, group) for id in _absent(definitions, text)]
    return lessons


def _lesson(subject: str, text: str, is_bought: bool, group: str) -> Lesson:
    return Lesson(subject=subject, text=text, is_bought=is_bought, source="example", group=group)


def _absent(definitions: Definitions, text: str) -> list[str]:
    searcher = sieve(definitions)
    named = {
        term.id
        for index in searcher.hits(simplify(text))
        if isinstance(term := searcher.definitions[index], Term)
    }
    absent = [term.id for term in definitions.technology if term.id not in named]
    return drawn(absent, text)[:OTHERS]


def drawn(names: Iterable[str], seed: str) -> list[str]:
    """Names in an order that looks like chance and that anyone can repeat.

    >>> drawn(["iris", "dna", "drone"], "a")
    ['iris', 'dna', 'drone']
    """
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed}\0{name}".encode()).digest())


def in_order(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Each lesson once, in an order that does not depend on how they came."""
    return tuple(sorted(set(lessons), key=msgspec.json.encode))


def lessons_digest(lessons: Sequence[Lesson]) -> str:
    """SHA-256 over lessons in their order."""
    whole = hashlib.sha256()
    for lesson in lessons:
        whole.update(msgspec.json.encode(lesson) + b"\n")
    return whole.hexdigest()
