"""Readers that crash, hang, eat, lie and try to get out: each costs its document, nothing else."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenderlight.apart import Apart, Limits, nursery
from tenderlight.model import TenderlightError, Unreadable
from tenderlight.pictures import Picture, Recognise, Recognised

MARK = bytes(range(32)) + b"\xffINVENTED"
HERE = Path(__file__).resolve().parent
PAGE = "<p>采购人：市公安局</p>".encode()
SMALL = Limits(
    seconds=1,
    wall_seconds=2.0,
    memory=400 << 20,
    text_bytes=32 << 20,
    handed_bytes=128 << 20,
    members=200,
    pictures=5,
)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file that no reader may touch, and with the program of bad readers."""
    folder = tmp_path_factory.mktemp("outside")
    shutil.copy(HERE / "bad_zygote.py", folder)
    (folder / "kept").write_bytes(b"kept")
    return folder


class Voice:
    """A recogniser that answers as the test wants it: one Apart serves them all."""

    answer: Recognise = staticmethod(lambda picture: Recognised(engine="invented"))

    def __call__(self, picture: Picture) -> Recognised:
        return self.answer(picture)


VOICE = Voice()


def started(outside: Path, recognise: Recognise | None) -> Apart:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nursery, "ZYGOTE", (str(outside / "bad_zygote.py"),))
        apart = Apart(recognise=recognise, limits=SMALL)
        assert apart.holds
    return apart


@pytest.fixture(scope="module")
def apart(outside: Path) -> Iterator[Apart]:
    with started(outside, VOICE) as apart:
        yield apart


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("crash", "reading.crashed"),
        ("abort", "reading.crashed"),
        ("stumble", "reading.crashed"),
        ("leave", "reading.crashed"),
        ("recurse", "reading.crashed"),
        ("lie", "reading.crashed"),
        ("talk", "reading.too-much"),
        ("sleep", "reading.out-of-time"),
        ("spin", "reading.out-of-time"),
        ("eat", "reading.out-of-memory"),
        ("flood", "reading.too-much"),
        ("overflow", "reading.too-much"),
        ("many", "reading.too-much"),
    ],
)
def test_a_reader_that_fails_costs_its_document_and_no_other(
    apart: Apart, behaviour: str, code: str
) -> None:
    for mark in (MARK, b"INVENTED "):  # in a process of its own, and in the one of the texts
        began = time.monotonic()
        with pytest.raises(Unreadable) as error:
            apart.read(mark + behaviour.encode(), "a")
        assert error.value.code == code
        assert time.monotonic() - began < 3 * SMALL.wall_seconds
        assert apart.read(PAGE, "b").reading.text == "采购人：市公安局"
        if code == "reading.out-of-time":
            break  # once is enough: it takes seconds


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("ask_for_nothing", "reading.crashed"),
        ("ask_as_another", "reading.crashed"),
        ("ask_for_ever", "reading.too-much"),
    ],
)
def test_a_reader_that_asks_for_what_is_no_picture_of_its_document_or_for_ever_is_ended(
    apart: Apart, behaviour: str, code: str
) -> None:
    VOICE.answer = lambda picture: Recognised(engine="x")
    before = _children(apart)
    with pytest.raises(Unreadable) as error:
        apart.read(MARK + behaviour.encode(), "a")
    assert error.value.code == code
    assert _children(apart) == before


def test_what_a_reader_stumbles_over_is_not_told_with_what_it_held(apart: Apart) -> None:
    with pytest.raises(Unreadable) as error:
        apart.read(MARK + b"stumble", "a")
    assert "KeyError" in error.value.what
    assert "1380" not in error.value.what + error.value.hint


def test_a_reader_cannot_get_out(apart: Apart, outside: Path) -> None:
    if missing := apart.holds.missing():
        pytest.skip(f"this computer has not all locks: {missing}")
    for mark in (MARK, b"INVENTED "):
        assert apart.read(mark + b"escape", "a").reading.text == "nothing"
    assert sorted(path.name for path in outside.iterdir()) == ["bad_zygote.py", "kept"]
    assert (outside / "kept").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("without", "worked", "named"),
    [
        ((), "nothing", ()),
        (("calls",), "socket", ("system calls",)),
        (("files",), "read", ("files",)),
        (("calls", "files"), "read, socket", ("system calls", "files")),
    ],
)
def test_where_a_lock_is_missing_it_is_named_and_reading_goes_on(
    outside: Path, tmp_path: Path, without: tuple[str, ...], worked: str, named: tuple[str, ...]
) -> None:
    name = "-".join(["bad_zygote", *without]) + ".py"
    (tmp_path / "kept").write_bytes(b"kept")
    shutil.copy(HERE / "bad_zygote.py", tmp_path / name)
    with pytest.MonkeyPatch.context() as patch, Apart(limits=SMALL) as apart:
        patch.setattr(nursery, "ZYGOTE", (str(tmp_path / name),))
        missing = apart.holds.missing()
        if len(missing) > len(named):
            pytest.skip(f"this computer has not all locks: {missing}")
        assert [said.split(" are ")[0] for said in missing] == list(named)
        assert apart.read(MARK + b"peek", "a").reading.text == worked
        assert apart.read(PAGE, "b").reading.text == "采购人：市公安局"


def test_pictures_are_asked_about_outside(apart: Apart) -> None:
    asked: list[Picture] = []

    def recognise(picture: Picture) -> Recognised:
        asked.append(picture)
        return Recognised(engine="invented 1")

    VOICE.answer = recognise
    assert apart.read(MARK + b"ask", "a").reading.text == "engine invented 1"
    name = f"{hashlib.sha256(MARK + b'ask').hexdigest()}#page=1"
    assert asked == [Picture(name=name, width=2, height=1, dpi=200, rgb=b"abcdef")]


def test_a_picture_that_the_recogniser_fails_at_costs_itself(apart: Apart) -> None:
    asked = []

    def recognise(picture: Picture) -> Recognised:
        asked.append(picture.name)
        if "page=2" in picture.name:
            return Recognised(engine="invented")
        raise Unreadable("reading.out-of-time", "too long", "y")

    VOICE.answer = recognise
    reading = apart.read(MARK + b"ask_often", "a").reading
    assert reading.text == "none invented none none none"
    assert [(p.code, p.where) for p in reading.problems] == [
        ("reading.out-of-time", f"page {n}") for n in (1, 3, 4)
    ]
    assert len(asked) == 4  # after three failures it is not asked about this document any more


def test_a_document_that_is_one_picture_is_refused_for_what_the_recogniser_failed_at(
    apart: Apart,
) -> None:
    def recognise(picture: Picture) -> Recognised:
        raise Unreadable("reading.out-of-memory", "too much", "y")

    VOICE.answer = recognise
    with pytest.raises(Unreadable) as error:
        apart.read(MARK + b"ask_alone", "a")
    assert error.value.code == "reading.out-of-memory"
    assert apart.read(MARK + b"ask", "a").reading.text == "engine none"


def test_without_a_recogniser_pictures_hold_no_words(outside: Path) -> None:
    with started(outside, None) as apart:
        assert apart.read(MARK + b"ask", "a").reading.text == "engine none"


def test_the_time_of_the_recogniser_is_not_the_readers(apart: Apart) -> None:
    def recognise(picture: Picture) -> Recognised:
        time.sleep(SMALL.wall_seconds + 0.5)
        return Recognised(engine="slow")

    VOICE.answer = recognise
    assert apart.read(MARK + b"ask", "a").reading.text == "engine slow"


def test_any_other_error_of_the_recogniser_is_ours_and_leaves_no_process(apart: Apart) -> None:
    def recognise(picture: Picture) -> Recognised:
        raise KeyboardInterrupt

    VOICE.answer = recognise
    before = _children(apart)
    with pytest.raises(KeyboardInterrupt):
        apart.read(MARK + b"ask", "a")
    assert _children(apart) == before


def test_a_zygote_that_was_killed_is_started_again(apart: Apart) -> None:
    VOICE.answer = lambda picture: Recognised(engine="x")
    apart.read(PAGE, "a")
    os.kill(_zygote(apart), signal.SIGKILL)
    for _ in range(9):  # the child may answer once more before it dies with it
        assert apart.read(PAGE, "a").reading.text == "采购人：市公安局"
        time.sleep(0.05)


PARENT = """
import sys, time
from tenderlight.apart import Apart
apart = Apart()
apart.read(b"<p>a b c</p>", "a")
pid = apart._nursery._zygote.process.pid
print(pid, open(f"/proc/{pid}/task/{pid}/children").read(), flush=True)
time.sleep(600)
"""


def test_processes_end_with_the_one_that_wanted_them() -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    for _ in range(100):
        if not any(map(_lives, pids)):
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {pids}")


def test_a_process_that_does_not_start_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "ZYGOTE", ("-c", "raise SystemExit(1)"))
    with Apart() as apart, pytest.raises(Exception, match="does not start"):
        apart.read(PAGE, "a")


def test_without_a_python_to_start_it_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    with Apart() as apart, pytest.raises(TenderlightError, match="does not start"):
        apart.read(PAGE, "a")


def _lives(pid: int) -> bool:
    """A process that has ended but was not yet waited for counts as ended."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _zygote(apart: Apart) -> int:
    zygote = apart._nursery._zygote
    assert zygote is not None
    return zygote.process.pid


def _children(apart: Apart) -> list[int]:
    pid = _zygote(apart)
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [int(word) for word in children.read().split()]
