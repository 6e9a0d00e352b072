"""How well documents are read, on made documents whose every character is known.

    python -m bench.reading                        everything, peers beside us
    python -m bench.reading --only scans --no-peers
    python -m bench.reading --only scans --ways seal,noisy --dpi 150 --notices award --remarks
    python -m bench.reading --pin                  write the digests of the scans anew

`--remarks` prints what differs. Answers of the recogniser are kept in `bench/out/recognised`
until its name or code changes; `--fresh` asks again, which measuring speed takes.
"""

from __future__ import annotations

import argparse

from bench.reading.measuring import measured
from bench.reading.peers import peers_here
from bench.reading.run import KINDS, OURS, jobs
from bench.reading.scans import PINNED, WAYS, make_scan
from bench.reading.tables import told_beside, told_ours


def main() -> None:
    """Read, compare, print."""
    asked = _asked()
    if asked.pin:
        pin()
        return
    chosen = jobs(
        asked.only or KINDS,
        ways=asked.ways.split(","),
        resolutions=[int(dpi) for dpi in asked.dpi.split(",")],
        names=tuple(asked.notices.split(",")),
        endings=tuple(asked.formats.split(",")),
    )
    rows = measured(chosen, with_peers=not asked.no_peers, fresh=asked.fresh, workers=asked.workers)
    if asked.remarks:
        for scores in rows.values():
            print("\n".join(scores[OURS].remarks))
    print(told_ours(rows))
    if not asked.no_peers:
        print("\n" + told_beside(rows, [peer.name for peer in peers_here()]))


def pin() -> None:
    """Write down the digest of every scan."""
    chosen = jobs(["scans"])
    scans = (make_scan(job.notice.renditions[job.ending].file, job.way, job.dpi) for job in chosen)
    lines = [f'"{scan.name}" = "{scan.sha256}"' for scan in scans]
    head = "# SHA-256 of the pixels of each scan: `python -m bench.reading --pin` writes them.\n"
    PINNED.write_text(head + "\n".join(sorted(lines)) + "\n")


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
    parser.add_argument("--pin", action="store_true", help="write scans.toml anew")
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
