"""What is looked for, and what a definition of your own would find before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tenderlight.cli import report_technologies
from tenderlight.cli.arguments import AsJson, now
from tenderlight.cli.speak import note, progress
from tenderlight.corpus import Corpus, build, init_corpus
from tenderlight.corpus.trying import try_definitions
from tenderlight.corpus.trying_kinds import try_buyer_kinds
from tenderlight.model import Problem, Refused
from tenderlight.organisations import kinds
from tenderlight.sample import sample_folder
from tenderlight.sources import add as add_documents
from tenderlight.technologies import BuyerKind, Definition, Definitions, load_definitions
from tenderlight.technologies.definition import KINDS, with_own
from tenderlight.technologies.files import (
    BUYERS,
    read_buyer_kinds,
    read_definition_files,
    read_definitions,
)

Kind = Annotated[str | None, typer.Option(help=f"{', '.join((*KINDS, BUYERS))}.")]
Defined = Definition | BuyerKind
OptionalCorpus = Annotated[
    Path | None, typer.Argument(metavar="[CORPUS]", help="The corpus folder.", show_default=False)
]

technologies = typer.Typer(
    no_args_is_help=True,
    help="List what is looked for, show a definition, or check one of your own.",
)


@technologies.command("list")
def list_technologies(
    corpus: OptionalCorpus = None, kind: Kind = None, as_json: AsJson = False
) -> None:
    """List every definition: technologies, targets, sites, purposes, quantities, rules, buyers."""
    report_technologies.listed(_of_kind(_in_force(corpus), kind), as_json)


@technologies.command("show")
def show_technology(
    id: Annotated[str, typer.Argument(help="dna, or target/religious.", show_default=False)],
    corpus: OptionalCorpus = None,
    as_json: AsJson = False,
) -> None:
    """Show a definition: its meaning, words, false friends, examples and sources."""
    report_technologies.shown(_named(_in_force(corpus), id), as_json)


@technologies.command("check")
def check_technologies(
    corpus: OptionalCorpus = None,
    file: Annotated[
        list[Path] | None, typer.Option("--file", help="A definition to try; can be repeated.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="A folder of definitions to try.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Tell of this id only; can be repeated.")
    ] = None,
    limit: Annotated[
        int, typer.Option(help="Sentences to show of each change.", min=0, max=1_000)
    ] = 5,
    as_json: AsJson = False,
) -> None:
    """Try definitions before you use them: their examples, and what they find in a corpus.

    Without --file and --folder: those in the corpus' own definitions/. Without a corpus: on the
    invented notices inside the package. Exit code 1 if a file is not understood or an example is
    not met. Never changes anything.
    """
    own, problems = _to_try(corpus, file or [], folder)
    checked = [one for one in own if not only or {one.id, _name(one)} & set(only)]
    if only and not checked and not problems:
        raise Refused(f"None of them is called {', '.join(only)}.", "See `technologies list`.")
    tried = _tried(corpus, own, checked) if checked else report_technologies.Tried(0, (), ())
    report_technologies.checked(tried, problems, limit, as_json)
    raise typer.Exit(1 if problems or not tried.right else 0)


def _tried(
    corpus: Path | None, own: tuple[Defined, ...], checked: list[Defined]
) -> report_technologies.Tried:
    terms, buyers = _parted(own)
    definitions = with_own(_in_force(corpus), terms, buyers)
    terms, buyers = _parted(checked)
    with _corpus(corpus) as opened, progress("Trying") as move:
        notices, told = try_definitions(opened, definitions, terms, move)
        named = try_buyer_kinds(opened, definitions.buyer, buyers)
    return report_technologies.Tried(notices, told, named)


def _parted(some: Iterable[Defined]) -> tuple[list[Definition], list[BuyerKind]]:
    terms = [one for one in some if isinstance(one, Definition)]
    return terms, [one for one in some if isinstance(one, BuyerKind)]


def _name(one: Defined) -> str:
    return f"{one.kind if isinstance(one, Definition) else BUYERS}/{one.id}"


def _to_try(
    corpus: Path | None, files: list[Path], folder: Path | None
) -> tuple[tuple[Defined, ...], tuple[Problem, ...]]:
    if files or folder:
        found, problems = read_definition_files(files)
        more, others = _read_folder(folder) if folder else ((), ())
        return (*found, *more), (*problems, *others)
    if corpus is None:
        return load_definitions().all(), ()
    own = Corpus.open(corpus).folder.own_definitions
    if own is None:
        raise Refused(
            f"{corpus} has no definitions of its own.",
            "Name one with --file, or a folder with --folder.",
        )
    return _read_folder(own)


def _read_folder(folder: Path) -> tuple[tuple[Defined, ...], tuple[Problem, ...]]:
    if not folder.is_dir():
        raise Refused(f"{folder} is not a folder.", "Name the folder that holds technology/, …")
    (terms, problems), (buyers, others) = read_definitions(folder), read_buyer_kinds(folder)
    return (*terms, *buyers), (*problems, *others)


def _in_force(corpus: Path | None) -> Definitions:
    """Ours, and the corpus' own as far as they are understood."""
    own = Corpus.open(corpus).folder.own_definitions if corpus else None
    if own is None:
        return load_definitions()
    return with_own(load_definitions(), *_parted(_read_folder(own)[0]))


def _every(definitions: Definitions) -> list[Defined]:
    return [*definitions.all(), *kinds(definitions.buyer).values()]


def _of_kind(definitions: Definitions, kind: str | None) -> list[Defined]:
    known = (*KINDS, BUYERS)
    if kind is not None and kind not in known:
        raise Refused(f"{kind} is no kind of definition.", f"Known are {', '.join(known)}.")
    of_it = f"{kind}/" if kind else ""
    return [one for one in _every(definitions) if _name(one).startswith(of_it)]


def _named(definitions: Definitions, name: str) -> list[Defined]:
    found = [one for one in _every(definitions) if name in (one.id, _name(one))]
    if not found:
        raise Refused(f"There is no definition {name}.", "`tenderlight technologies list`.")
    return found


@contextmanager
def _corpus(corpus: Path | None) -> Iterator[Corpus]:
    """A built corpus; if none is named, one of the invented notices, gone when the block ends."""
    if corpus is not None:
        yield Corpus.open(corpus)
        return
    note("No corpus is named: tried on the invented notices inside the package.")
    with TemporaryDirectory() as kept, sample_folder() as notices:
        folder = init_corpus(Path(kept) / "sample")
        add_documents(folder.root, [notices], now)
        build(folder.root, jobs=1, pictures=False)
        yield Corpus.open(folder.root)
