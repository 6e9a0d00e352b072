"""Starting a process that is to be locked in, and ending it."""

from __future__ import annotations

import socket
import subprocess
import sys
import weakref

import msgspec

from tenderlight.model import TenderlightError

ZYGOTE = ("-m", "tenderlight.apart.zygote")
RECOGNISER = ("-m", "tenderlight.apart.recogniser_process")
ASKER = ("-m", "tenderlight.apart.asker_process")
_ALONE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
    "ORT_DISABLE_TELEMETRY": "1",
}
"""All that it is told of its surroundings: no names, no keys. One thread, since only a process
with one thread can be forked safely; and nothing is told to the makers of onnxruntime."""
_END_SECONDS = 1.0
"""That a process may take to end once we hung up; one that is at work does not notice."""


class Started:
    """A process of ours, and our end of the line to it. It ends when we hang up, or end."""

    def __init__(
        self,
        program: tuple[str, ...],
        limits: msgspec.Struct,
        kind: socket.SocketKind,
        more: tuple[str, ...] = (),
    ) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
        options = msgspec.json.encode(limits).decode()
        with theirs:
            try:
                words = [*program, str(theirs.fileno()), options, *more]
                self.process = _begun(words, theirs.fileno())
            except OSError as error:
                ours.close()
                raise cannot_start() from error
        self.line = ours
        self.end = weakref.finalize(self, _end, ours, self.process)
        """Hang up and wait for its end; happens by itself when we end."""


def _begun(words: list[str], kept: int) -> subprocess.Popen[bytes]:
    """Python with our program, told nothing, given one end of a line and nothing else."""
    return subprocess.Popen(  # noqa: S603 — our own program, by the Python that runs us
        [sys.executable, "-E", "-P", "-B", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[kept],
        env=_ALONE,
        cwd="/",
        start_new_session=True,
    )


def _end(line: socket.socket, process: subprocess.Popen[bytes]) -> None:
    line.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cannot_start() -> TenderlightError:
    """What to raise where a process does not come up."""
    return TenderlightError(
        "The process in which documents are read does not start. Is memory left, and is the "
        "program installed whole? `python -m tenderlight.apart.zygote` says more."
    )
