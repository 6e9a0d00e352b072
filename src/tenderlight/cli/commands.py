"""Every command on one page."""

from __future__ import annotations

import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tenderlight import __version__
from tenderlight.asking import questions_of
from tenderlight.cli import report, report_handover
from tenderlight.cli.arguments import (
    AsJson,
    Buyers,
    CorpusFolder,
    Divisions,
    Settings,
    Since,
    Types,
    Until,
    WithOriginals,
    now,
    province_code,
    scope_words,
    set_words,
)
from tenderlight.cli.commands_cite import cite_source
from tenderlight.cli.commands_collect import collect, sources
from tenderlight.cli.commands_diff import diff
from tenderlight.cli.commands_error import error, plan
from tenderlight.cli.commands_join import (
    apart,
    decisions,
    organisation,
    organisations,
    purchase,
    purchases,
    same,
    undo_decision,
)
from tenderlight.cli.commands_model import ask_model
from tenderlight.cli.commands_own import own
from tenderlight.cli.commands_proof import anchor, stamp, verify, withdraw
from tenderlight.cli.commands_publish import publish
from tenderlight.cli.commands_read import read
from tenderlight.cli.commands_review import review, reviews
from tenderlight.cli.commands_second import second
from tenderlight.cli.commands_specifications import specifications
from tenderlight.cli.commands_technologies import technologies
from tenderlight.cli.commands_testimony import list_testimony
from tenderlight.cli.commands_watch import watch
from tenderlight.cli.report_offprint import (
    Csv,
    InLang,
    Lang,
    OfSeries,
    Pdf,
    Png,
    Sources,
    Svg,
    Vega,
    write_files,
)
from tenderlight.cli.speak import building, counting, note, progress, say
from tenderlight.corpus import Corpus, Folder, build, init_corpus, open_folder
from tenderlight.corpus.ready import MANY
from tenderlight.corpus.reviewing.file import FILE as REVIEWS
from tenderlight.corpus.reviewing.merging import merge_files
from tenderlight.corpus.reviewing.plans import merge_plans
from tenderlight.exports import export as write_export
from tenderlight.figures import Asked, find_question, open_cell
from tenderlight.figures import figures as all_figures
from tenderlight.figures.kept import finish_figures, kept_figure
from tenderlight.model import Refused
from tenderlight.sample import further_folder, reviews_folder, sample_folder, visits_folder
from tenderlight.sources import Added
from tenderlight.sources import add as add_documents

Port = Annotated[
    int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)
]
Jobs = Annotated[
    int | None, typer.Option(help="Processes to use; all cores if not given.", min=1, max=256)
]
FOR_FIGURES = 0.03
"""The share of a build's time that may go into finishing figures; the desk finishes the others."""

app = typer.Typer(
    name="tenderlight",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
    help="""Which institution buys which surveillance technology, and the sentence that says so.

    From a folder of saved procurement notices to figures that open onto their proof:

    tenderlight init my-corpus, then add, build, serve. Or try it first: tenderlight demo.""",
)


class Format(StrEnum):
    """File formats for export."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Within(StrEnum):
    """What a search can be narrowed to."""

    specifications = "specifications"


def _version(wanted: bool) -> None:
    if wanted:
        say(f"tenderlight {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass


@app.command()
def init(corpus: CorpusFolder) -> None:
    """Make an empty corpus folder."""
    folder = init_corpus(corpus)
    say(f"{folder.root} is ready. Next: tenderlight add {folder.root} FOLDER-WITH-NOTICES")


@app.command()
def add(
    corpus: CorpusFolder,
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files, folders, folders with a manifest.jsonl, archives (WARC, WACZ).",
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Preserve documents as evidence; what is there already is not added again.

    A manifest.jsonl in a folder says more about its files: one JSON object a line with "file" and,
    where known, "url", "captured", "title", "date", "region". Exit code 1 if anything was refused.
    """
    folder, _ = open_folder(corpus)
    added = _preserve(folder, paths)
    report.added(added, as_json)
    if added.new:
        note(f"Next: tenderlight build {corpus}")
    raise typer.Exit(1 if added.refused else 0)


@app.command("build")
def build_corpus(
    corpus: CorpusFolder,
    jobs: Jobs = None,
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures/--no-pictures",
            help="Recognise the characters of scans (seconds a page); else they count as unread.",
        ),
    ] = True,
    retry: Annotated[
        bool,
        typer.Option("--retry", help="Read again what a reader gave up for want of time or room."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read, extract, find and index everything that is new or out of date.

    Can be stopped at any moment and goes on where it was. A second build does nothing. What was
    recognised in scans is kept in testimony/ and never recognised again.
    """
    began = time.monotonic()
    with building() as move:
        built = build(corpus, jobs=jobs, progress=move, pictures=pictures, retry=retry)
    until = time.monotonic() + (time.monotonic() - began) * FOR_FIGURES
    if built.documents >= MANY:
        with progress("Figures") as told:
            finish_figures(Corpus.open(corpus), told, lambda: time.monotonic() < until)
    report.built(built, as_json)
    note(f"Next: tenderlight serve {corpus}")


@app.command()
def search(
    corpus: CorpusFolder,
    query: Annotated[str, typer.Argument(help='Words; "a phrase"; -without.', show_default=False)],
    province: Annotated[str | None, typer.Option(help="A division's code or name.")] = None,
    year: Annotated[str | None, typer.Option(help="Year of publication.")] = None,
    technology: Annotated[str | None, typer.Option(help="A technology that is bought.")] = None,
    buyer: Annotated[str | None, typer.Option(help="A part of the buyer's name.")] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="tender, award, contract, correction …")
    ] = None,
    within: Annotated[
        Within | None, typer.Option("--in", help="Only in passages of technical requirements.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=10_000)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find notices by their text: every word must occur, exactly as a scan would find it."""
    opened = Corpus.open(corpus)
    hits = opened.search(
        query,
        province=province_code(province),
        year=year,
        technology=report.technology_id(opened, technology),
        buyer=buyer,
        notice_type=report.notice_type(kind),
        within=within and within.value,
        limit=limit,
    )
    report.hits(hits, as_json)


@app.command("figures")
def list_figures(
    corpus: Annotated[
        Path | None, typer.Argument(help="A corpus: its own figures too.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the figures, with the question that each one answers."""
    own = () if corpus is None else questions_of(Corpus.open(corpus))
    report.cards(all_figures(own), as_json)


@app.command()
def figure(
    corpus: CorpusFolder,
    name: Annotated[str, typer.Argument(help="See `tenderlight figures`.", show_default=False)],
    rows: Annotated[
        str | None,
        typer.Option("--rows", metavar="CELL", help="List the notices behind one number."),
    ] = None,
    keys: Annotated[
        bool, typer.Option("--keys", help="Print each number's CELL for --rows.")
    ] = False,
    since: Since = None,
    until: Until = None,
    buyers: Buyers = None,
    types: Types = None,
    divisions: Divisions = None,
    settings: Settings = None,
    csv: Csv = None,
    sources_csv: Sources = None,
    pdf: Pdf = None,
    svg: Svg = None,
    png: Png = None,
    vega: Vega = None,
    lang: InLang = Lang.en,
    series: OfSeries = None,
    as_json: AsJson = False,
) -> None:
    """A figure as a table, with its method and what was left out; --rows opens a number.

    It can be asked of a part of the corpus, with its own parameters, and written to files.
    """
    opened = Corpus.open(corpus)
    words = scope_words(since, until, buyers, types, divisions) | set_words(settings)
    own = questions_of(opened)
    files = {"csv": csv, "sources.csv": sources_csv, "pdf": pdf, "svg": svg, "png": png}
    asked = Asked.of(find_question(name, own), words, opened.definitions)
    if write_files(opened, asked, files | {"vega.json": vega}, lang, series):
        return
    if rows is None:
        report.figure(kept_figure(opened, name, words, own), keys, as_json)
    else:
        report.proofs(open_cell(opened.connect(), name, rows, words, own=own), as_json)


@app.command()
def export(
    corpus: CorpusFolder,
    out: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    format: Annotated[Format, typer.Option(help="The file's format.")] = Format.jsonl,
) -> None:
    """Write all notices to a file, each value with its passage; personal data is masked."""
    with progress("Exporting") as move:
        count = write_export(Corpus.open(corpus), out, format.value, move)
    say(f"{count:,} notices in {out}")


for _command in (sources, collect, watch, verify, stamp, anchor, withdraw, read, specifications):
    app.command()(_command)
for _joining in (purchases, purchase, organisations, organisation, same, apart, decisions):
    app.command()(_joining)
app.command()(plan)
app.command()(diff)
app.command()(error)
app.command("undo")(undo_decision)
app.command("testimony")(list_testimony)
app.command("cite")(cite_source)
app.command()(publish)
app.command()(review)
app.add_typer(reviews, name="reviews")
app.add_typer(technologies, name="technologies")
app.command("ask-model")(ask_model)
app.add_typer(second, name="second")
app.add_typer(own, name="own")


@app.command("evidence")
def hand_over_evidence(
    corpus: CorpusFolder,
    out: Annotated[Path, typer.Option(help="The new folder to write.", show_default=False)],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Ids.", show_default=False)
    ] = None,
    search: Annotated[str | None, typer.Option(help="All notices that this search finds.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help="Ids, one a line, or the JSON of `figure --rows` or `search`."),
    ] = None,
    originals: WithOriginals = True,
    as_json: AsJson = False,
) -> None:
    """Hand notices over: a folder that an editor, a lawyer or a court checks without us."""
    opened = Corpus.open(corpus)
    wanted = report_handover.wanted(opened, ids or [], search, file)
    report_handover.evidence(opened, wanted, out, now, originals=originals, as_json=as_json)


@app.command()
def serve(
    corpus: CorpusFolder,
    port: Port = 8000,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Take no answers of reviewers: only show.")
    ] = False,
) -> None:
    """Open the desk in a browser: search, notices, figures, review. Only on this machine."""
    from tenderlight.web import serve as serve_desk  # heavy, and no other command needs it

    opened = Corpus.open(corpus)
    opened.state()
    try:
        serve_desk(
            opened,
            port,
            lambda at: say(f"The desk of {opened.name} is at {at} (close it: Ctrl-C)"),
            read_only=read_only,
        )
    except KeyboardInterrupt:
        note("The desk is closed.")


@app.command()
def demo(
    serving: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the desk when it is built.")
    ] = True,
    port: Port = 8000,
) -> None:
    """Make a corpus from the invented notices inside the package, build it and open the desk."""
    root = Path("tenderlight-demo")
    folder = open_folder(root)[0] if (root / "corpus.toml").exists() else init_corpus(root)
    note("Every notice of the demo is invented.")
    _demo_corpus(folder)
    if serving:
        serve(root, port)


def _preserve(folder: Folder, paths: list[Path]) -> Added:
    with counting("Preserving") as count:
        return add_documents(folder.root, paths, now, lambda so_far: count(so_far.new))


def _demo_corpus(folder: Folder) -> None:
    with sample_folder() as notices, visits_folder() as visits, further_folder() as further:
        report.added(_preserve(folder, [notices, visits, further]), False)
    with building() as move:
        built = build(folder.root, progress=move)
    report.built(built, False)
    if not built.documents:
        raise Refused("The demo has no documents.", "Install tenderlight again.")
    with reviews_folder() as reviews:
        merge_plans(folder.decisions, reviews)
        merged = merge_files(Corpus.open(folder.root), [reviews / REVIEWS], now)
    note(f"{merged.new + merged.known} answers of two invented reviewers are in it.")
    sys.stdout.flush()
