"""Golden files: for each case, what each step of the path gives, under the step's version.

`case.html` is a document. `case.fields@5.json` is what the step `fields` makes of it, where 5 is
the sum of the versions of that step and of every step it depends on; a step that takes the
definitions has their digest in its name as well. A golden file is never overwritten: if the answer
of a step changes, raise its version in corpus/path.py and run `make accept`, and the diff shows
what the method now says differently.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tenderlight.corpus.derive import Made, Step, derive, derive_together, given
from tenderlight.corpus.gathered import gather
from tenderlight.corpus.method import method_page
from tenderlight.corpus.notice import notice_row
from tenderlight.corpus.path import PATH, ROWS, given_definitions
from tenderlight.corpus.rows import table_rows
from tenderlight.model import BrokenEvidence, Capture, Problem
from tenderlight.reading import read_alone
from tenderlight.technologies import load_definitions

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".html", ".txt", ".pdf"))
DEFINITIONS = given_definitions(load_definitions())


class Memory(dict[bytes, bytes]):
    """A memory that is gone after the test."""

    def put(self, key: bytes, value: bytes) -> None:
        self[key] = value


def made_of(case: Path, path: tuple[Step, ...] = PATH, memory: Memory | None = None) -> Any:
    payload = case.read_bytes()
    known = {
        "payload": Made(digest=hashlib.sha256(payload).hexdigest(), load=lambda: payload),
        "file": given(case.name),
        "stated": given(None),
        "attached": given(()),
        "reader": Made(digest="", value=read_alone),
        "definitions": DEFINITIONS,
    }
    return derive(path, known, Memory() if memory is None else memory)


def age(step: Step) -> str:
    """Changes when this step, or anything it depends on, gets a new version or definition."""
    by_name = {s.name: s for s in PATH}
    needed = {step.name}
    for earlier in reversed(PATH):
        if earlier.name in needed:
            needed |= set(earlier.takes)
    version = str(sum(by_name[name].version for name in needed if name in by_name))
    return f"{version}-{DEFINITIONS.digest[:6]}" if "definitions" in needed else version


def compare(case: Path, name: str, answer: Any, request: pytest.FixtureRequest) -> None:
    """Hold an answer against the golden file of its version; write a missing one if accepted."""
    now = msgspec.json.format(msgspec.json.encode(answer), indent=1).decode() + "\n"
    golden = case.with_suffix(f".{name}.json")
    if not golden.exists() and request.config.getoption("--accept"):
        for older in case.parent.glob(f"{case.stem}.{name.split('@')[0]}@*.json"):
            older.unlink()
        golden.write_text(now, encoding="utf-8")
    assert golden.exists(), f"{golden.name} is missing: run `make accept` and read the diff"
    assert now == golden.read_text(encoding="utf-8"), (
        f"{name} changed without a new version: raise it in corpus/path.py, then `make accept`"
    )


@pytest.mark.parametrize("step", PATH, ids=lambda step: step.name)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_step_gives_what_its_version_gave(
    case: Path, step: Step, request: pytest.FixtureRequest
) -> None:
    made = made_of(case)[step.name]
    assert made.problem is None
    compare(case, f"{step.name}@{age(step)}", made.get(), request)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_row_of_a_notice_is_what_its_version_gave(
    case: Path, request: pytest.FixtureRequest
) -> None:
    made = made_of(case)
    capture = Capture(
        id="0" * 16,
        file=case.name,
        sha256="0" * 64,
        size=1,
        added="2026-01-01T00:00:00Z",
        warc="captures-00001.warc.gz",
        offset=0,
        length=1,
        record_sha256="0" * 64,
    )
    gathered = gather(capture, made)
    row = notice_row(gathered)
    tables = table_rows(gathered, 0, 0, row)
    steps = sum(step.version for step in PATH)
    version = f"{ROWS}.{steps}-{DEFINITIONS.digest[:6]}"
    compare(case, f"row@{version}", [row, tables], request)


def test_remembered_results_are_not_made_again() -> None:
    memory = Memory()
    made_of(CASES[0], memory=memory)
    spoiled = tuple(msgspec.structs.replace(step, run=explode) for step in PATH)
    again = made_of(CASES[0], spoiled, memory)
    assert all(made.problem is None for made in again.values())


def test_a_new_version_runs_its_step_and_not_those_before_it() -> None:
    memory = Memory()
    made_of(CASES[0], memory=memory)
    before = len(memory)
    raised = tuple(
        msgspec.structs.replace(s, version=s.version + 1) if s.name == "findings" else s
        for s in PATH
    )
    made_of(CASES[0], raised, memory)
    assert len(memory) == before + 1


def test_a_step_that_fails_is_remembered_as_a_problem_and_stops_only_what_needs_it() -> None:
    broken = tuple(
        msgspec.structs.replace(s, run=explode) if s.name == "fields" else s for s in PATH
    )
    memory = Memory()
    made = made_of(CASES[0], broken, memory)
    assert made["reading"].problem is None
    assert made["personal"].problem is None
    assert made["fields"].problem.code == "fields.failed"
    assert made["findings"].problem == made["fields"].problem
    calm = made_of(CASES[0], PATH, memory)
    assert calm["fields"].problem == made["fields"].problem


def test_the_path_opens_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    page = CASES[0]
    made_of(page)  # package data is loaded once, before the first document
    payload = page.read_bytes()
    monkeypatch.setattr(Path, "read_bytes", lambda _: payload)
    monkeypatch.setattr("io.open", explode)
    monkeypatch.setattr("builtins.open", explode)
    made = made_of(page)
    assert all(one.problem is None for one in made.values())


def test_the_method_page_names_every_step_and_definition() -> None:
    page = method_page()
    for step in PATH:
        assert f"### {step.name}, version {step.version}" in page
    for definition in load_definitions().all():
        assert f"| {definition.id} |" in page


def explode(*_: object, **__: object) -> None:
    raise AssertionError("a step ran, or opened a file, that should not have")


def test_documents_worked_on_together_give_what_each_gives_alone() -> None:
    def add(one: int, other: int) -> int:
        return one + other

    def lost() -> int:
        raise BrokenEvidence("torn")

    path = (
        Step(name="sum", version=1, takes=("a", "b"), run=add, gives=int),
        Step(name="twice", version=1, takes=("sum", "sum"), run=add, gives=int),
    )
    told = [{"a": given(number), "b": given(7)} for number in (1, 2, 1)]
    torn = {"a": Made(digest="torn", load=lost), "b": given(7)}
    memory = Memory()
    made = derive_together(
        path, [*told, torn], memory, lambda error: Problem(code="torn", what=str(error), hint="")
    )
    assert [one["twice"].get() for one in made[:3]] == [16, 18, 16]
    alone = [derive(path, one, Memory()) for one in told]
    assert [one["twice"].digest for one in made[:3]] == [one["twice"].digest for one in alone]
    assert {step.name: made[3][step.name].problem for step in path} == {
        step.name: Problem(code="torn", what="torn", hint="") for step in path
    }
    assert len(memory) == 4
