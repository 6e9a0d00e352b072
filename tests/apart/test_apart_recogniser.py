"""The recogniser in a process of its own says what it says here, and stands what it meets."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest

from tenderlight.apart import Limits, RecogniserApart, recogniser
from tenderlight.model import TenderlightError, Unreadable
from tenderlight.pictures import Picture
from tenderlight.recognising import engine_name

WHITE = Picture(name="w", width=60, height=40, dpi=200, rgb=b"\xff" * 60 * 40 * 3)


@pytest.fixture(scope="module")
def apart() -> Iterator[RecogniserApart]:
    with RecogniserApart() as apart:
        yield apart


def test_it_answers_under_its_own_name_and_is_locked_in(apart: RecogniserApart) -> None:
    seen = apart(WHITE)
    assert (seen.engine, seen.lines) == (apart.engine, ())
    assert apart.engine == engine_name()
    assert apart.holds.limits


def test_a_picture_that_is_none_costs_itself(apart: RecogniserApart) -> None:
    with pytest.raises(Unreadable) as error:
        apart(Picture(name="x", width=10, height=10, dpi=200, rgb=b"abc"))
    assert error.value.code == "reading.crashed"
    assert apart(WHITE).lines == ()


def test_killed_it_is_started_again(apart: RecogniserApart) -> None:
    apart(WHITE)
    assert apart._started is not None
    os.kill(apart._started.process.pid, signal.SIGKILL)
    with pytest.raises(Unreadable) as error:
        apart(WHITE)
    assert error.value.code == "reading.crashed"
    assert apart(WHITE).lines == ()


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    noise = np.random.default_rng(1).integers(0, 255, 3 * 3000 * 3000, np.uint8).tobytes()
    with RecogniserApart(limits=Limits(picture_seconds=60, wall_seconds=0.5)) as apart:
        assert apart.holds
        with pytest.raises(Unreadable) as error:
            apart(Picture(name="n", width=3000, height=3000, dpi=200, rgb=noise))
    assert error.value.code == "reading.out-of-time"


def test_one_that_does_not_start_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "RECOGNISER", ("-c", "raise SystemExit(1)"))
    with RecogniserApart() as apart, pytest.raises(TenderlightError, match="does not start"):
        apart(WHITE)
