"""Pairs of like texts by MinHash-LSH (datasketch), run by `.venv-peers-likeness/bin/python`.

A JSON object by standard input: `texts` by name, `threshold`. By standard output: `pairs`. Shingles
of five characters, 128 permutations, as its documentation uses them; a pair that the index gives is
kept where the estimated Jaccard likeness reaches the threshold, too.
"""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    """Answer."""
    from datasketch import MinHash, MinHashLSH

    asked = json.load(sys.stdin)
    started = time.perf_counter()
    hashes = {}
    for name, text in asked["texts"].items():
        whole = MinHash(num_perm=128)
        whole.update_batch({text[n : n + 5].encode() for n in range(max(len(text) - 4, 1))})
        hashes[name] = whole
    answers = {}
    for threshold in asked["thresholds"]:
        index = MinHashLSH(threshold=threshold, num_perm=128)
        pairs = []
        for name, one in hashes.items():
            found = index.query(one)
            pairs += [(name, o) for o in found if one.jaccard(hashes[o]) >= threshold]
            index.insert(name, one)
        answers[str(threshold)] = pairs
    json.dump({"pairs": answers, "seconds": time.perf_counter() - started}, sys.stdout)


if __name__ == "__main__":
    main()
