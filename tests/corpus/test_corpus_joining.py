"""Joins are a function of the notices and the decisions, whatever came when."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from tenderlight.corpus.derive import VALUE
from tenderlight.corpus.folder import Folder
from tenderlight.corpus.joining.decisions import Joined, read_joins, standing, write_join
from tenderlight.corpus.joining.kind import Kind, Seen
from tenderlight.corpus.joining.update import update_joining
from tenderlight.corpus.joining.write import joined_parts
from tenderlight.corpus.remember import BatchFile, Shelf
from tenderlight.corpus.state import BatchState, load_state, save_state
from tenderlight.grouping import Pair, Reason, pair
from tenderlight.model import Refused

Batches = dict[int, dict[str, tuple[int, list[int]]]]
"""By batch, its notices: the line of the ledger, and numbers that stand for what they say."""


def compare(one: str, mine: list[int], other: str, theirs: list[int]) -> Pair | None:
    shared = sorted(set(mine) & set(theirs))
    if not shared:
        return None
    same = (shared[0] + len(mine) + len(theirs)) % 4 != 0
    return pair(one, other, same, 10 * len(shared), Reason(rule="number", first=one, second=other))


def tell(members: Sequence[Seen]) -> dict[str, list[dict[str, Any]]]:
    name = f"p{members[0].id}"
    return {
        "purchase": [{"id": name, "notice": members[0].id, "notices": len(members)}],
        "member": [
            {"purchase": name, "notice": m.id, "position": n} for n, m in enumerate(members)
        ],
        "counted_sum": [],
    }


KIND = Kind(
    name="purchase",
    version="1",
    step="sign",
    result=list[int],
    nodes=lambda notice, said: [(notice, said)],
    content=list[int],
    keys=lambda said: [str(number) for number in said],
    compare=compare,
    tell=tell,
    varies=False,
    says="by the numbers that they share",
    crowd=6,
)


def write_batch(folder: Folder, number: int, notices: dict[str, tuple[int, list[int]]]) -> str:
    folder.batch(number).unlink(missing_ok=True)
    with BatchFile(folder.batch(number), writing=True) as batch:
        shelves = []
        for id, (place, said) in sorted(notices.items()):
            key = f"{id}{said}".encode()
            batch.put(key, VALUE + msgspec.msgpack.encode(said))
            joining = {"sign": key}
            shelf = Shelf(
                number=place, id=id, row=b"{}", reading=None, personal=None, joining=joining
            )
            shelves.append(shelf)
        batch.finish(shelves)
    return str(sorted(notices.items()))


def settle(folder: Folder, batches: Batches) -> dict[str, str]:
    """Put the batches in place, join, and give the purchase of each notice."""
    state = load_state(folder.state)
    state.method = "some"
    for number in set(state.batches) - set(batches):
        del state.batches[number]
    for number, notices in batches.items():
        key = write_batch(folder, number, notices)
        state.batches[number] = BatchState(
            key=key, captures=1, unread=0, problems=0, rows="", index=""
        )
    save_state(folder.state, state)
    update_joining(folder, {"purchase": KIND})
    return members(folder)


def members(folder: Folder) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, key in load_state(folder.state).joined.items():
        part = joined_parts(folder, name, key)["member"]
        for purchase, notice in duckdb.sql(f"select purchase, notice from '{part}'").fetchall():
            assert notice not in found
            found[notice] = purchase
    return found


def at_random(chance: random.Random, batch: int) -> dict[str, tuple[int, list[int]]]:
    return {
        f"{batch}-{n}": (batch * 9_000 + n, chance.sample(range(14), chance.randint(1, 3)))
        for n in range(chance.randint(0, 7))
    }


@pytest.mark.parametrize("seed", range(12))
def test_what_is_joined_bit_by_bit_is_what_is_joined_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    bit_by_bit, batches = Folder(tmp_path / "bits"), Batches()
    for _ in range(8):
        number = chance.randint(0, 5)
        batches[number] = at_random(chance, number)
        if chance.random() < 0.2:
            batches.pop(chance.choice(sorted(batches)))
        if chance.random() < 0.5 and (nodes := sorted(id for b in batches.values() for id in b)):
            one, other = chance.choice(nodes), chance.choice(nodes)
            decide(bit_by_bit, one, other, chance.choice(("same", "apart")))
        now = settle(bit_by_bit, batches)
    at_once = Folder(tmp_path / "once")
    at_once.decisions.mkdir(parents=True)
    if (bit_by_bit.decisions / "joins.jsonl").exists():
        taken = (bit_by_bit.decisions / "joins.jsonl").read_bytes()
        (at_once.decisions / "joins.jsonl").write_bytes(taken)
    assert settle(at_once, batches) == now
    assert set(now) == {id for notices in batches.values() for id in notices}
    assert load_state(at_once.state).joined == load_state(bit_by_bit.state).joined


def decide(folder: Folder, one: str, other: str, verdict: Any, **more: Any) -> Joined:
    folder.root.mkdir(exist_ok=True)
    decision = Joined(
        decided="2026-01-01T00:00:00Z",
        by="LW",
        about="purchase",
        verdict=verdict,
        because="read it",
        one=(one,),
        other=(other,),
        **more,
    )
    write_join(folder.decisions, decision)
    return decision


PLAIN: Batches = {0: {"a": (1, [1, 2]), "b": (2, [1, 2]), "c": (3, [9])}}


def test_a_person_parts_what_rules_join_and_takes_it_back(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert settle(folder, PLAIN) == {"a": "pa", "b": "pa", "c": "pc"}
    parted = decide(folder, "a", "b", "apart")
    assert settle(folder, PLAIN) == {"a": "pa", "b": "pb", "c": "pc"}
    decide(folder, "", "", "undo", undoes=parted.name)
    assert settle(folder, PLAIN) == {"a": "pa", "b": "pa", "c": "pc"}
    with pytest.raises(Refused, match="taken back already"):
        decide(folder, "", "", "undo", undoes=parted.name)
    with pytest.raises(Refused, match="no decision 12345678"):
        decide(folder, "", "", "undo", undoes="12345678")


def test_a_person_joins_what_no_rule_joins_and_the_id_is_of_the_first_seen(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    decide(folder, "c", "b", "same")
    assert settle(folder, PLAIN) == {"a": "pa", "b": "pa", "c": "pa"}
    assert len(standing(read_joins(folder.decisions))) == 1


def test_a_decision_waits_for_a_notice_that_is_not_there_yet(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    decide(folder, "c", "d", "same")
    settle(folder, PLAIN)
    more = {**PLAIN, 1: {"d": (20_007, [11])}}
    assert settle(folder, more)["d"] == "pc"


def test_a_key_that_everybody_shares_joins_nobody(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    few = {0: {f"n{n}": (n, [1, 2]) for n in range(6)}}
    many = {0: {f"n{n}": (n, [1, 2]) for n in range(7)}}
    assert len(set(settle(folder, few).values())) == 1
    assert len(set(settle(folder, many).values())) == 7
    assert len(set(settle(folder, few).values())) == 1


def test_a_lost_table_is_written_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    before = settle(folder, PLAIN)
    for part in folder.joined.glob("*/*"):
        part.unlink()
    update_joining(folder, {"purchase": KIND})
    assert members(folder) == before


def test_nothing_is_compared_twice_where_nothing_changed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    settle(folder, PLAIN)

    def never(*_: Any) -> None:
        raise AssertionError("compared again")

    update_joining(folder, {"purchase": KIND._replace(compare=never, tell=never)})
    assert len(members(folder)) == 3


def test_a_decision_about_too_many_pairs_is_refused_by_name(tmp_path: Path) -> None:
    many = tuple(str(n) for n in range(600))
    decision = Joined(
        decided="2026-01-01T00:00:00Z",
        by="LW",
        about="purchase",
        verdict="same",
        because="x",
        one=many,
        other=many,
    )
    with pytest.raises(Refused, match=f"{decision.name} is about more than 250,000 pairs"):
        write_join(tmp_path / "decisions", decision)
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions/joins.jsonl").write_bytes(msgspec.json.encode(decision) + b"\n")
    with pytest.raises(Refused, match="250,000 pairs"):
        settle(Folder(tmp_path), PLAIN)


def test_many_decisions_of_a_stranger_do_not_fill_the_memory(tmp_path: Path) -> None:
    lines = [
        Joined(
            decided="2026-01-01T00:00:00Z",
            by="LW",
            about="purchase",
            verdict="same",
            because=str(number),
            one=tuple(f"a{number}-{n}" for n in range(450)),
            other=tuple(f"b{number}-{n}" for n in range(450)),
        )
        for number in range(3)
    ]
    decisions = tmp_path / "decisions"
    for each in lines[:2]:
        write_join(decisions, each)
    with pytest.raises(Refused, match="more than 500,000 pairs"):
        write_join(decisions, lines[2])
    with (decisions / "joins.jsonl").open("ab") as file:
        file.write(msgspec.json.encode(lines[2]) + b"\n")
    with pytest.raises(Refused, match="more than 500,000 pairs"):
        settle(Folder(tmp_path), PLAIN)
    write_join(
        decisions,
        Joined(
            decided="2026-01-02T00:00:00Z",
            by="LW",
            about="purchase",
            verdict="undo",
            because="x",
            undoes=lines[2].name,
        ),
    )
    settle(Folder(tmp_path), PLAIN)


def test_lines_that_no_reader_can_follow_are_passed_over(tmp_path: Path) -> None:
    decisions = tmp_path / "decisions"
    decisions.mkdir()
    start = b'{"decided":"x","by":"y","about":"purchase","verdict":"same","because":"z","more":'
    nested = start + b"[" * 50_000 + b"]" * 50_000 + b"}\n"
    (decisions / "joins.jsonl").write_bytes(nested + start + b"1}\n" + b'{"decided":[]}\nnull\n')
    assert [each.because for each in read_joins(decisions)] == ["z"]


def test_decisions_that_are_too_large_to_be_read_whole_are_refused(tmp_path: Path) -> None:
    decisions = tmp_path / "decisions"
    decisions.mkdir()
    with (decisions / "joins.jsonl").open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(Refused, match="larger than 64 MB"):
        read_joins(decisions)
