"""Joining at the size of a large corpus: time, memory, and how well purchases are told apart.

    python -m bench.joining_bench make FOLDER 1000000     writes batches of made notices
    python -m bench.joining_bench join FOLDER             joins what is new, and prints what it took
    python -m bench.joining_bench score FOLDER            precision and recall over all of them

The notices are those of `bench/purchases`, many small worlds with counties of their own, put in as
the steps would leave them: signs and parties. `add` puts a thousand more.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import comb
from pathlib import Path

import duckdb

from bench.measure import run
from bench.purchases.made import Draft, make_world
from bench.purchases.printed import fields_of, sign_of
from tenderlight.corpus.build import BATCH_CAPTURES
from tenderlight.corpus.derive import VALUE, encode
from tenderlight.corpus.folder import Folder, init_corpus
from tenderlight.corpus.joining.kinds import KINDS
from tenderlight.corpus.joining.update import update_joining
from tenderlight.corpus.joining.write import joined_tables
from tenderlight.corpus.remember import BatchFile, Shelf
from tenderlight.corpus.state import BatchState, load_state, save_state
from tenderlight.model import Cited, Passage, Place
from tenderlight.organisations import find_parties

WORLD = 600
"""Purchases that share counties, agencies and suppliers: some 2,500 notices."""
AT = Passage(text="", part="body", start=0, end=0)


def drafts(seed: int) -> Iterator[Draft]:
    """Notices without end, the same for the same seed."""
    while True:
        for draft in make_world(WORLD, seed).drafts:
            yield renamed(draft, seed)
        seed += 1


def renamed(draft: Draft, seed: int) -> Draft:
    """The draft under names that no other world has."""
    return replace(draft, id=f"{seed}-{draft.id}", purchase=f"{seed}-{draft.purchase}")


def make(root: Path, notices: int, seed: int) -> None:
    """Write batches behind those that are there; the truth goes beside them."""
    if not (root / "corpus.toml").exists():
        init_corpus(root)
    folder = Folder(root)
    state = load_state(folder.state)
    state.method = "made"
    first = len(state.batches)
    source = islice(drafts(seed), notices)
    with (root / "truth.jsonl").open("a") as truth:
        for number in range(first, first + -(-notices // BATCH_CAPTURES)):
            some = list(islice(source, BATCH_CAPTURES))
            _write(folder, number, some)
            truth.writelines(json.dumps([d.id, d.purchase]) + "\n" for d in some)
            state.batches[number] = BatchState(
                key=f"{seed}-{number}",
                captures=len(some),
                unread=0,
                problems=0,
                rows="",
                index="",
            )
    save_state(folder.state, state)


def _write(folder: Folder, number: int, some: list[Draft]) -> None:
    with BatchFile(folder.batch(number), writing=True) as batch:
        shelves = []
        for place, draft in enumerate(some, start=number * BATCH_CAPTURES):
            place_of = Place(
                province=Cited(value=f"{draft.code[:2]}0000", at=AT),
                county=Cited(value=draft.code, at=AT),
            )
            made = {"sign": sign_of(draft), "parties": find_parties(fields_of(draft), place_of)}
            joining = {}
            for step, value in made.items():
                joining[step] = f"{step} {draft.id}".encode()
                batch.put(joining[step], VALUE + encode(value))
            shelves.append(
                Shelf(
                    number=place,
                    id=draft.id,
                    row=b"{}",
                    reading=None,
                    personal=None,
                    joining=joining,
                )
            )
        batch.finish(shelves)


def join(root: Path) -> None:
    """Join what is new; print seconds, peak memory and the sizes of what was written."""
    begun = time.perf_counter()
    folder = Folder(root)
    counts = update_joining(folder, KINDS)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    disk = sum(p.stat().st_size for p in folder.derived.glob("joining-*"))
    notices = sum(one.captures for one in load_state(folder.state).batches.values())
    told = {"notices": notices, "seconds": seconds, "peak": peak, "disk": disk, **counts}
    print(json.dumps(told))


def score(root: Path) -> tuple[float, float]:
    """Pairwise precision and recall of the purchases, counted without making the pairs."""
    folder = Folder(root)
    parts = joined_tables(folder, load_state(folder.state).joined)["member"]
    con = duckdb.connect()
    con.execute("create table truth (notice text, purchase text)")
    lines = map(json.loads, (root / "truth.jsonl").open())
    while some := list(islice(lines, 100_000)):
        con.executemany("insert into truth values (?, ?)", some)
    con.execute(
        "create view member as select * from read_parquet($1)".replace(
            "$1", str([str(part) for part in parts])
        )
    )
    sums = [
        sum(comb(n, 2) for (n,) in con.execute(asked).fetchall())
        for asked in (
            "select count(*) from member join truth using (notice) "
            "group by member.purchase, truth.purchase",
            "select count(*) from member group by purchase",
            "select count(*) from truth group by purchase",
        )
    ]
    both, joined, true = sums
    return both / joined, both / true


def measure(work: Path, notices: int) -> list[dict[str, float]]:
    """Make so many, join them, put a thousand more, join these: what each of the joins took."""
    root = work / f"joining-{notices}"
    told = []
    for count, seed in ((notices, 1), (1_000, 9_000_000)):
        make(root, count, seed)
        out = run(sys.executable, "-m", "bench.joining_bench", "join", str(root)).out
        told.append(json.loads(out.splitlines()[-1]))
    precision, recall = score(root)
    told[0] |= {"precision": precision, "recall": recall}
    return told


HEAD = """## Joining

Made notices of `bench/purchases`, in many small worlds with counties of their own, joined into
purchases and organisations from the results of the steps (`bench/joining_bench.py`). `new` is
another thousand, joined to them. Precision and recall count pairs of notices in one purchase. A
build joins in one process beside its others.

| notices | purchases | organisations | precision | recall | seconds | peak | disk | new: s | peak |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def told(measured: Sequence[Sequence[dict[str, float]]]) -> str:
    """The section: a line for each size, as `measure` gave it."""
    lines = [HEAD]
    for whole, new in measured:
        cells = [f"{whole[key]:,.0f}" for key in ("notices", "purchase", "organisation")]
        cells += [f"{whole[key]:.4f}" for key in ("precision", "recall")]
        cells += [f"{whole['seconds']:,.0f}", f"{whole['peak'] / 1e6:,.0f} MB"]
        cells += [f"{whole['disk'] / 1e6:,.0f} MB"]
        cells += [f"{new['seconds']:,.1f}", f"{new['peak'] / 1e6:,.0f} MB"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def below(measured: Sequence[Sequence[dict[str, float]]], floors: Mapping[str, float]) -> list[str]:
    """What of it is below its floor."""
    short = []
    for whole, new in measured:
        for name in ("precision", "recall"):
            if whole[name] < floors[name]:
                short.append(f"joining {whole['notices']:,}: {name} {whole[name]:.4f}")
        if whole["peak"] > floors["megabytes"] * 1e6:
            short.append(f"joining {whole['notices']:,}: {whole['peak'] / 1e6:,.0f} MB")
        if new["seconds"] > floors["new_share"] * whole["seconds"]:
            short.append(
                f"joining {whole['notices']:,}: a thousand more take {new['seconds']:.0f} s"
            )
    return short


def main() -> None:
    """The command line."""
    what, root, *rest = sys.argv[1:]
    if what == "make":
        make(Path(root), int(rest[0]), int(rest[1]) if len(rest) > 1 else 1)
    elif what == "join":
        join(Path(root))
    elif what == "score":
        precision, recall = score(Path(root))
        print(f"precision {precision:.5f}, recall {recall:.5f}")
    else:
        print(json.dumps(measure(Path(root), int(rest[0]))))


if __name__ == "__main__":
    main()
