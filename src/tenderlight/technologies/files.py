"""Files of definitions, from a folder or from the package: what is not understood is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from tenderlight.model import Problem, Refused
from tenderlight.technologies.definition import (
    KINDS,
    BuyerKind,
    Clause,
    Definition,
    Definitions,
    Example,
    Measure,
    NameExample,
    Term,
    in_order,
    with_own,
)
from tenderlight.technologies.phrases import Phrase

Shape = TypeVar("Shape", bound=msgspec.Struct)
ID = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
BUYERS = "buyer"
"""The folder of a reporter's own kinds of buyers."""
LARGEST = 1 << 18
"""Bytes of one file. Ours have up to 9,000: what is far beyond is not a page of words."""
MOST_FILES = 1_000
MOST_WORDS = 3_000
LONGEST_WORD = 400
"""Characters, all alternatives together."""
MOST_GAPS = 2
"""`…` in one word: each multiplies the ways in which a text is tried against it by twelve."""
LONGEST_GAP = 60
LARGEST_UNIT = 10**9
_PHRASES = ("words", "sure", "then", "looked_past", "weak", "alone", "mention")
_PLAIN = ("company", "not_with", "not_watching")
"""Keys whose words are plain: without `…`."""
SHAPES: dict[str, type[Measure] | type[Clause]] = {"quantity": Measure, "rule": Clause}
"""Of the kinds that are no `Term`."""


def load_definitions(folder: Path | None = None) -> Definitions:
    """Our definitions, and those of a reporter's folder, which add to ours or replace them.

    Refuses a file with a key that it does not know, an id that is not the file's name, or a word
    that cannot be read; the refusal names the file and the key.
    """
    if folder is None:
        return _packaged()
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder.", "Name the folder that holds technology/, …")
    kinds, problems = read_buyer_kinds(folder)
    if problems:
        raise Refused(problems[0].what, problems[0].hint)
    return with_own(_packaged(), _load(folder), kinds)


@cache
def _packaged() -> Definitions:
    return in_order(_load(files("tenderlight.technologies") / "definitions"))


def _load(folder: Traversable) -> tuple[Definition, ...]:
    found, problems = read_definitions(folder)
    if problems:
        raise Refused(problems[0].what, problems[0].hint)
    return found


def read_definitions(folder: Traversable) -> tuple[tuple[Definition, ...], tuple[Problem, ...]]:
    """The definitions of a folder, and what is wrong with the files that are not understood.

    Each problem names the file (`where`), the key, and what to do.
    """
    found: list[Definition] = []
    problems: list[Problem] = []
    for kind, path in _files(folder):
        try:
            if not kind:
                raise Refused(
                    f"{path.name} in the folder of definitions is none of "
                    f"{', '.join((*KINDS, BUYERS))}.",
                    "Put each file into the folder of its kind, as technology/new-word.toml.",
                )
            found.append(parse_definition(_read(path), kind, path.name))
        except Refused as refused:
            problems.append(_problem(refused, f"{kind}/{path.name}" if kind else path.name))
    return tuple(found), tuple(problems)


def read_buyer_kinds(folder: Traversable) -> tuple[tuple[BuyerKind, ...], tuple[Problem, ...]]:
    """The kinds of buyers in `buyer/` of a folder, and what is wrong with files not understood."""
    room = folder / BUYERS
    found: list[BuyerKind] = []
    problems: list[Problem] = []
    for path in _toml(room) if room.is_dir() else ():
        try:
            found.append(parse_buyer_kind(_read(path), path.name))
        except Refused as refused:
            problems.append(_problem(refused, f"{BUYERS}/{path.name}"))
    return tuple(found), tuple(problems)


def read_definition_files(
    paths: Iterable[Path],
) -> tuple[tuple[Definition | BuyerKind, ...], tuple[Problem, ...]]:
    """Single files, and what is wrong with those that are not understood.

    The kind is the name of the folder that a file lies in; one that lies elsewhere is a quantity
    where it has units, else a technology.
    """
    found: list[Definition | BuyerKind] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            payload = _read(path)
            if path.parent.name == BUYERS:
                found.append(parse_buyer_kind(payload, path.name))
                continue
            kind = path.parent.name if path.parent.name in KINDS else _likely_kind(payload)
            found.append(parse_definition(payload, kind, path.name))
        except Refused as refused:
            problems.append(_problem(refused, path.name))
    return tuple(found), tuple(problems)


def _likely_kind(payload: bytes) -> str:
    try:
        return "quantity" if "units" in msgspec.toml.decode(payload) else "technology"
    except (msgspec.MsgspecError, ValueError, RecursionError, TypeError):
        return "technology"


def _problem(refused: Refused, where: str) -> Problem:
    code = "definitions.refused"
    return Problem(code=code, what=refused.what, hint=refused.hint, where=where)


def _files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Every file with its kind, by name; an empty kind where it lies in no folder of a kind."""
    for room in sorted(folder.iterdir(), key=lambda path: path.name):
        if room.is_dir() and room.name in KINDS:
            yield from ((room.name, path) for path in _toml(room))
        elif (room.is_dir() and room.name != BUYERS) or room.name.endswith(".toml"):
            yield "", room


def _toml(room: Traversable) -> list[Traversable]:
    files = sorted(room.iterdir(), key=lambda path: path.name)
    toml = [path for path in files if path.name.endswith(".toml")]
    if len(toml) > MOST_FILES:
        raise Refused(f"{room.name} has more than {MOST_FILES:,} files.", "Keep fewer.")
    return toml


def _read(path: Traversable) -> bytes:
    """Refuses what is no plain file: a stranger's folder must not hold us up."""
    if not path.is_file():
        raise Refused(f"{path.name} is no plain file.", "Put the file itself there.")
    with path.open("rb") as file:
        payload: bytes = file.read(LARGEST + 1)
    if len(payload) > LARGEST:
        raise Refused(f"{path.name} has more than {LARGEST:,} bytes.", "Split it in two.")
    return payload


def parse_definition(payload: bytes, kind: str, file: str) -> Definition:
    """One file as a definition; refuses what is not understood, naming file and key."""
    where = f"{kind}/{file}"
    definition = _converted(payload, SHAPES.get(kind, Term), where, {"kind": kind})
    _check(definition, where, file.removesuffix(".toml"), kind)
    return definition


def parse_buyer_kind(payload: bytes, file: str) -> BuyerKind:
    """One file as a kind of buyers; refuses what is not understood, naming file and key."""
    where = f"{BUYERS}/{file}"
    kind = _converted(payload, BuyerKind, where, {})
    _check_id(kind.id, where, file.removesuffix(".toml"))
    for key in ("words", "first", "otherwise", "false_friends"):
        _check_words(getattr(kind, key), where, key, plain=True)
    if not (kind.words or kind.first or kind.otherwise):
        raise Refused(f"{where}: it has no words.", 'Write words = ["…"].')
    return kind


def _converted(payload: bytes, shape: type[Shape], where: str, more: Mapping[str, str]) -> Shape:
    try:
        content = msgspec.toml.decode(payload)
        content = {**more, **content} if isinstance(content, dict) else content
        return msgspec.convert(content, shape)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused(f"{where}: {error}.", _advice(str(error), shape)) from error


def _advice(error: str, shape: type[msgspec.Struct]) -> str:
    """What to do about a key that is not known: the one that is probably meant."""
    unknown = re.search("unknown field `([^`]+)`", error)
    example = NameExample if shape is BuyerKind else Example
    known = shape.__struct_fields__ if "$." not in error else example.__struct_fields__
    meant = get_close_matches(unknown.group(1), known, 1) if unknown else []
    if meant:
        return f"Did you mean {meant[0]}?"
    if unknown:
        return f"Leave it out. Known are {', '.join(known)}."
    return "Correct that key; docs/technologies/writing.md shows a whole file."


def _check(definition: Definition, where: str, stem: str, kind: str) -> None:
    _check_id(definition.id, where, stem)
    if definition.kind != kind:
        raise Refused(f"{where}: kind is {definition.kind!r}.", "Leave kind out: the folder is it.")
    for key in (*_PHRASES, *_PLAIN):
        _check_words(getattr(definition, key, ()), where, key, plain=key in _PLAIN)
    both = set(definition.words) & set(definition.looked_past)
    if both:
        what = f"{where}: {min(both)!r} is both a word and looked past."
        raise Refused(what, "Take it out of one of them: as it is, it is never found.")
    if isinstance(definition, Term) and _lonely(definition):
        raise Refused(f"{where}: weak words but no company.", "Say which words make them count.")
    if isinstance(definition, Measure):
        _check_measure(definition, where)


def _check_id(id: str, where: str, stem: str) -> None:
    if id != stem or not ID.fullmatch(stem):
        raise Refused(f"{where}: id is {id!r}.", "Name the file like the id: a-z, 0-9.")


def _check_words(words: tuple[str, ...], where: str, key: str, *, plain: bool) -> None:
    if len(words) > MOST_WORDS:
        raise Refused(f"{where}: {key} has more than {MOST_WORDS:,} words.", "Keep fewer.")
    for word in words:
        try:
            _check_word(word, plain=plain)
        except ValueError as error:
            raise Refused(f"{where}: {key}: {word[:40]!r}: {error}.", "Write it anew.") from None


def _lonely(term: Term) -> bool:
    return bool(term.weak or term.alone) and not term.company


def _check_word(word: str, *, plain: bool) -> None:
    if len(word) > LONGEST_WORD:
        raise ValueError(f"it is longer than {LONGEST_WORD} characters")
    if word.count("…") > (0 if plain else MOST_GAPS):
        raise ValueError("… is not understood here" if plain else f"more than {MOST_GAPS} times …")
    Phrase.parse(word)


def _check_measure(measure: Measure, where: str) -> None:
    sizes = {**measure.units, **measure.fixed}
    if not measure.units or not all(name.strip() for name in sizes):
        raise Refused(f"{where}: units: a name is empty.", 'Write units = { "台" = 1 }.')
    if not all(1 <= size <= LARGEST_UNIT for size in sizes.values()):
        raise Refused(f"{where}: units: a size is not 1 to {LARGEST_UNIT:,}.", "Correct it.")
    if not 0 <= measure.gap <= LONGEST_GAP:
        raise Refused(f"{where}: gap is not 0 to {LONGEST_GAP}.", "8 is what most take.")
