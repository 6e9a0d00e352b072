"""Figures of one's own: built of choices, or written in SQL; saved, retired, merged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tenderlight.asking import (
    Built,
    Saved,
    Written,
    built_question,
    merge_saved,
    moment,
    own_name,
    read_saved,
    retire_figure,
    save_figure,
    standing,
    written_question,
)
from tenderlight.asking.lay_out import title_of
from tenderlight.cli.arguments import (
    AsJson,
    Buyers,
    CorpusFolder,
    Divisions,
    Since,
    Types,
    Until,
    now,
    scope_words,
)
from tenderlight.cli.speak import note, say, say_json, table
from tenderlight.corpus import Corpus
from tenderlight.figures import Question, make_figure
from tenderlight.model import Refused

own = typer.Typer(
    no_args_is_help=True, help="Figures of your own: build, write in SQL, list, retire, merge."
)

By = Annotated[str, typer.Option(help="Who decides: a name, an office or initials.")]
Name = Annotated[str, typer.Argument(help="Small letters, digits, hyphens.", show_default=False)]
Title = Annotated[str | None, typer.Option(help="What the figure is called in English.")]
TitleZh = Annotated[str, typer.Option(help="And in Chinese.")]
Asks = Annotated[str, typer.Option(help="The question that it answers.")]
LONGEST = 20_000


@own.command("list")
def list_own(corpus: CorpusFolder, as_json: AsJson = False) -> None:
    """List this corpus' own figures, and those that were retired."""
    lines = read_saved(Corpus.open(corpus).folder.decisions)
    kept = standing(lines)
    retired = [line for line in {one.name: one for one in lines}.values() if line not in kept]
    if as_json:
        say_json([*kept, *retired])
        return
    rows = [[one.name, one.by, one.decided, one.en or one.because] for one in (*kept, *retired)]
    table([(head, "left") for head in ("name", "by", "when", "title, or why retired")], rows)


@own.command("build")
def build_own(
    corpus: CorpusFolder,
    name: Name,
    by: By,
    about: Annotated[
        str, typer.Option(help="technology, surveillance, target, site, purpose or notice.")
    ] = "technology",
    ids: Annotated[str, typer.Option(help="Only these definitions: iris,dna.")] = "",
    rows: Annotated[str, typer.Option(help="What stands in the lines: year, buyer …")] = "year",
    columns: Annotated[str, typer.Option(help="What stands in the columns.")] = "none",
    measure: Annotated[str, typer.Option(help="purchases, notices, award …")] = "purchases",
    quantity: Annotated[str, typer.Option(help="Of the measure largest: which one.")] = "",
    title: Title = None,
    title_zh: TitleZh = "",
    question: Asks = "",
    since: Since = None,
    until: Until = None,
    buyers: Buyers = None,
    types: Types = None,
    divisions: Divisions = None,
    as_json: AsJson = False,
) -> None:
    """Build a figure of choices, and save it."""
    chosen = {"about": about, "ids": ids, "rows": rows, "columns": columns}
    chosen |= {"measure": measure, "quantity": quantity}
    scope = scope_words(since, until, buyers, types, divisions)
    built = Built.parse({key: value for key, value in (chosen | scope).items() if value})
    opened, usual = Corpus.open(corpus), title_of(built)
    line = Saved(
        decided=moment(now()),
        by=by,
        name=own_name(name),
        en=title or usual.en,
        zh=title_zh or (usual.zh if title is None else ""),
        question=question,
        built=built,
    )
    _save(opened, line, built_question(built, line), as_json)


@own.command("sql")
def write_own(
    corpus: CorpusFolder,
    name: Name,
    file: Annotated[Path, typer.Argument(help="A file with one SELECT.", show_default=False)],
    by: By,
    title: Annotated[str, typer.Option(help="What the figure is called in English.")],
    title_zh: TitleZh = "",
    question: Asks = "",
    money: Annotated[bool, typer.Option("--money", help="The measure is yuan.")] = False,
    as_json: AsJson = False,
) -> None:
    """Save a figure written in SQL over documented views (docs/views.md)."""
    with file.open(encoding="utf-8", errors="replace") as text:
        sql = text.read(LONGEST + 1)
    opened = Corpus.open(corpus)
    line = Saved(
        decided=moment(now()),
        by=by,
        name=own_name(name),
        en=title,
        zh=title_zh,
        question=question,
        written=Written(sql=sql, money=money),
    )
    if len(sql) > LONGEST:
        raise Refused(f"{file} is longer than {LONGEST:,} characters.", "Write a shorter query.")
    _save(opened, line, written_question(opened, Written(sql=sql, money=money), line), as_json)


@own.command("retire")
def retire_own(
    corpus: CorpusFolder,
    name: Name,
    by: By,
    because: Annotated[str, typer.Option(help="The reason: kept with the decision.")],
    as_json: AsJson = False,
) -> None:
    """Take a figure off the list. What was saved stays in the file of decisions."""
    line = retire_figure(Corpus.open(corpus).folder.decisions, name, by, because, now())
    if as_json:
        say_json(line)
    else:
        say(f"{line.name} is no longer listed. `tenderlight own build` or `own sql` save it again.")


@own.command("merge")
def merge_own(
    corpus: CorpusFolder,
    other: Annotated[
        Path, typer.Argument(help="Another corpus' decisions folder.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Take over other people's figures. Of two lines about one name the later counts."""
    new = merge_saved(Corpus.open(corpus).folder.decisions, other)
    if as_json:
        say_json({"new": new})
    else:
        say(f"{new:,} new lines")


def _save(corpus: Corpus, line: Saved, question: Question, as_json: bool) -> None:
    """Save what can be made: a figure that fails is none."""
    made = make_figure(corpus.connect(), line.name, corpus.definitions, own=(question,))
    saved = save_figure(corpus.folder.decisions, line)
    if as_json:
        say_json(saved)
        return
    say(f"{saved.name} is saved: {len(made.rows):,} lines")
    note(f"Next: tenderlight figure {corpus.folder.root} {saved.name}")
