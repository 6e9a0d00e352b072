"""How well documents are read, on made documents whose every character is known.

    python -m bench.reading                        everything, peers beside us
    python -m bench.reading --only scans --no-peers
    python -m bench.reading --only scans --ways seal,noisy --dpi 150 --notices award --remarks

`--remarks` prints what differs. Answers of the recogniser are kept in `bench/out/recognised`
until it changes its name; `--fresh` asks again, which measuring speed takes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bench.reading.peers import peers_here
from bench.reading.run import (
    KINDS,
    Job,
    Rows,
    read_ours,
    read_theirs,
    shown,
    told_beside,
    told_ours,
)
from bench.reading.scans import WAYS
from bench.reading.score import Score
from bench.reading.truth import load_notices


def main() -> None:
    """Read, compare, print."""
    asked = _asked()
    peers = [] if asked.no_peers else peers_here()
    rows: Rows = {}
    for job in _jobs(asked):
        what = shown(job)
        row = rows.setdefault(job.row, {})
        score = read_ours(job, what, fresh=asked.fresh)
        row.setdefault("ours", Score(documents=0)).add(score)
        if asked.remarks:
            for remark in score.remarks:
                print(f"{job.name}: {remark}")
        for peer in peers:
            if peer.reads(job.ending, bool(job.way)):
                row.setdefault(peer.name, Score(documents=0)).add(read_theirs(peer, job, what))
    print(told_ours(rows))
    if peers:
        print("\n" + told_beside(rows, [peer.name for peer in peers]))
    for peer in peers:
        peer.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reading")
    parser.add_argument("--only", choices=KINDS, action="append")
    parser.add_argument("--ways", default=",".join(WAYS), help="of scanning")
    parser.add_argument("--dpi", default="150,200")
    parser.add_argument("--notices", default="", help="beginnings of their names")
    parser.add_argument("--formats", default="", help="endings, reportlab.pdf")
    parser.add_argument("--remarks", action="store_true", help="print what differs")
    parser.add_argument("--fresh", action="store_true", help="recognise again")
    parser.add_argument("--no-peers", action="store_true")
    return parser.parse_args()


def _jobs(asked: argparse.Namespace) -> Iterator[Job]:
    """What is read: every rendition, and two scans of each notice."""
    kinds = asked.only or KINDS
    formats = tuple(filter(None, asked.formats.split(",")))
    for nth, notice in enumerate(load_notices()):
        if not notice.name.startswith(tuple(asked.notices.split(","))):
            continue
        if "digital" in kinds:
            for ending in notice.renditions:
                if ending.endswith(formats or ("",)):
                    yield Job(notice, ending)
        if "scans" in kinds:
            for way, dpi in scanned(nth):
                if way in asked.ways.split(",") and str(dpi) in asked.dpi.split(","):
                    yield Job(notice, "reportlab.pdf", way, dpi)


def scanned(nth: int) -> Iterator[tuple[str, int]]:
    """The two ways in which a notice is scanned: each way gets notices of every kind."""
    ways = list(WAYS)
    yield ways[nth % len(ways)], 150
    yield ways[(nth + len(ways) // 2) % len(ways)], 200


if __name__ == "__main__":
    main()
