"""METHOD.md: everything that can change a number, generated from the code that does it."""

from __future__ import annotations

import inspect

from tenderlight.corpus.joining.kinds import KINDS
from tenderlight.corpus.path import PATH
from tenderlight.corpus.timeline.update import VERSION
from tenderlight.reading import FORMATS
from tenderlight.recognising import engine_name
from tenderlight.review import estimate, intervals, plans
from tenderlight.seen import MEANING
from tenderlight.technologies import Definitions, load_definitions
from tenderlight.watching import judge

HEAD = """# Method

Generated from `corpus/path.py`, the docstrings and the definitions; do not edit. A change here is
a change of method and is named in CHANGELOG.md.

## Steps

Each is a pure function. Its result is remembered under its name, its version and the digests of
what it takes; it runs again only when one of these changes.
"""


def method_page(definitions: Definitions | None = None) -> str:
    """The page in Markdown."""
    known = definitions or load_definitions()
    parts = [HEAD]
    for step in PATH:
        takes = ", ".join(step.takes)
        says = inspect.cleandoc(step.says)
        parts.append(f"### {step.name}, version {step.version}\n\nTakes: {takes}.\n\n{says}\n")
    parts.append("Each field has a page of its own in `docs/fields/`.\n")
    parts.append(_formats())
    parts.append(_recogniser())
    parts.append(_joins())
    parts.append(_verdicts())
    parts.append(_error())
    parts.append("## Definitions\n\nEach has a page of its own in `docs/technologies/`.\n")
    for kind, named in (
        ("Technologies", known.technology),
        ("Targets", known.target),
        ("Sites", known.site),
        ("Purposes", known.purpose),
        ("Quantities", known.quantity),
        ("Rules", known.rule),
    ):
        rows = [f"| {d.id} | {d.en} | {d.zh} | {_line(d.meaning_en)} |" for d in named]
        head = f"### {kind}\n\n| id | English | 中文 | what counts |\n|---|---|---|---|"
        parts.append("\n".join([head, *rows]) + "\n")
    return "\n".join(parts)


def _formats() -> str:
    rows = [f"| {each.name} | {each.says} |" for each in FORMATS]
    head = (
        "## Formats\n\nTold by what is in a document, in this order; never by its name. What is in "
        "none of them is a problem, and is counted.\n"
    )
    return "\n".join([head, "| format | is |", "|---|---|", *rows]) + "\n"


def _recogniser() -> str:
    parts = "\n".join(f"- {part}" for part in engine_name().split())
    return (
        "## What recognises scans\n\nIts answers are testimony, kept under this name: another "
        f"program, model or rule is another witness.\n\n{parts}\n"
    )


def _joins() -> str:
    head = (
        "## What is joined\n\nOver all notices, after the steps. Two that share a key are "
        "compared; a pair says that they are the same, or that they cannot be, how sure that is, "
        "and why. The surest pairs join first, and none joins what another keeps apart. What a "
        "person decided outweighs every rule. A key that more than so many share is not used.\n"
    )
    rows = [
        f"| {kind.name} | {kind.version} | {kind.step} | {kind.crowd} | {_line(kind.says)} |"
        for kind in KINDS.values()
    ]
    table = "| what | version | from the step | shared by at most | how two are compared |"
    return "\n".join([head, table, "|---|---|---|---|---|", *rows]) + "\n"


def _verdicts() -> str:
    rows = [f"| {verdict} | {says} |" for verdict, says in MEANING.items()]
    says = inspect.cleandoc(getattr(inspect.getmodule(judge), "__doc__", ""))
    head = f"## What became of a notice, version {VERSION}\n\n{says}\n"
    return "\n".join([head, "| verdict | says |", "|---|---|", *rows]) + "\n"


def _error() -> str:
    told = (inspect.cleandoc(part.__doc__ or "") for part in (plans, estimate, intervals))
    head = (
        "## How wrong this is\n\nNo step knows it. People answer random samples of what was found "
        "and of what was not; `tenderlight error` and the figure `checked` state what the answers "
        "say of the rest, technology by technology, or that nobody measured it (docs/error.md). "
        "What a person rejected counts in no figure; what she found that the definitions missed "
        "counts in all.\n"
    )
    return "\n\n".join([head.rstrip(), *(says.rstrip() for says in told)]) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
