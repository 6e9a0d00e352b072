"""The command line: see the package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bench.layouts.judging import FIELDS, judge, read, verdicts
from bench.layouts.making import MIXES, make
from bench.layouts.measuring import measure, printed
from tenderlight.fields import find_fields


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, or what `--wrong`, `--missed` or `--show` asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.layouts")
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--mix", choices=MIXES, action="append")
    parser.add_argument("--layout", default="", help="only this layout, `d stacked`")
    parser.add_argument("--kind", default="", help="only this notice type")
    parser.add_argument("--wrong", choices=(*FIELDS, "any"), help="list what is wrong there")
    parser.add_argument("--missed", choices=FIELDS, help="list what is missed there")
    parser.add_argument("--show", nargs=2, metavar=("MIX", "SEED"))
    args = parser.parse_args(argv)
    if args.show:
        return _show(args.show[0], int(args.show[1]), args.layout, args.kind)
    for mix in args.mix or MIXES:
        if args.wrong or args.missed:
            _list(args, mix)
            continue
        made = (make(mix, seed, args.layout, args.kind) for seed in _seeds(args))
        print("\n".join(printed(mix, measure(made))), end="\n\n")
    return 0


def _seeds(args: argparse.Namespace) -> range:
    return range(args.first, args.first + args.seeds)


def _list(args: argparse.Namespace, mix: str) -> None:
    asked, outcome = (args.wrong, "wrong") if args.wrong else (args.missed, "missed")
    for seed in _seeds(args):
        made = make(mix, seed, args.layout, args.kind)
        for verdict in judge(made):
            if verdict.outcome == outcome and asked in (verdict.field, "any"):
                told = f"{made.recipe['layout']} / {made.recipe['kind']}"
                print(
                    f"{mix} {seed} [{told}] {verdict.field}: {verdict.truth!r} "
                    f"-> {verdict.read!r} ({verdict.rule})"
                )


def _show(mix: str, seed: int, layout: str, kind: str) -> int:
    made = make(mix, seed, layout, kind)
    reading = read(made)
    fields = find_fields(reading, None)
    print(made.recipe, made.truth, reading.text, sep="\n\n", end="\n\n")
    for verdict in verdicts(made.truth, fields):
        print(*verdict, sep="\t")
    for problem in fields.problems:
        print(problem.code, problem.where, problem.what)
    return 0


if __name__ == "__main__":
    sys.exit(main())
