"""Scores pairs of names with programs of others, run by `.venv-peers-names/bin/python`.

Lines of two names, tab between, by standard input; for each a line of JSON with a score of 0 to 1
from each program. Each gets what it is made for: logic-v2 two entities of the schema Organization,
rapidfuzz the names as its own `default_process` leaves them.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Answer every line."""
    from followthemoney import ValueEntity
    from nomenklatura.matching import ScoringConfig, get_algorithm
    from rapidfuzz import fuzz
    from rapidfuzz.utils import default_process

    logic, config = get_algorithm("logic-v2"), ScoringConfig.defaults()

    def entity(id: str, name: str, code: str) -> ValueEntity:
        properties = {"name": [name], **({"registrationNumber": [code]} if code else {})}
        return ValueEntity.from_dict({"id": id, "schema": "Organization", "properties": properties})

    for number, line in enumerate(sys.stdin):
        first, second, code, other = line.rstrip("\n").split("\t")
        # Ids are never used twice: logic-v2 remembers the names of an id.
        one = entity(f"a{number}", first, code)
        two = entity(f"b{number}", second, other)
        scores = {
            "nomenklatura logic-v2": logic.compare(one, two, config).score,
            "rapidfuzz WRatio": fuzz.WRatio(first, second, processor=default_process) / 100,
            "rapidfuzz ratio": fuzz.ratio(first, second, processor=default_process) / 100,
        }
        print(json.dumps(scores))


if __name__ == "__main__":
    main()
