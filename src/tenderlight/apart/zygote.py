"""The process from which readers are forked: it has every reader ready, and never sees a document.

    python -m tenderlight.apart.zygote SOCKET LIMITS

Started by `starting.py`. It locks itself in, and so all that come from it, before the first order.
"""

from __future__ import annotations

import gc
import os
import socket
import sys

import cv2
import msgspec
from PIL import Image

from tenderlight.apart.channel import Channel
from tenderlight.apart.limits import Limits
from tenderlight.apart.locks import address_space, die_with, limit_memory, lock_in, lock_in_deeper
from tenderlight.apart.orders import FORK, ORDER_SIZE, Report, order_of
from tenderlight.apart.serving import Serving
from tenderlight.apart.words import Ready, encode

SELDOM = (20_000, 10, 10)
"""When to look for what only refers to itself: readings are trees, and hardly any of it does."""


def main() -> None:
    """Fork when told so, and tell how each child ended, until the other side hangs up."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, int(sys.argv[1]))
    limits = msgspec.json.decode(sys.argv[2], type=Limits)
    cv2.setNumThreads(0)
    Image.init()  # Pillow imports its decoders when first asked: once here, not in every child
    memory = address_space() + limits.memory
    holds = lock_in(limits.files)
    control.send(encode(Ready(holds=holds)))
    gc.collect()
    gc.freeze()  # so that a child's first collection does not copy all that is here
    gc.set_threshold(*SELDOM)
    while True:
        message, handed, _, _ = socket.recv_fds(control, ORDER_SIZE, 1)
        if not message:
            return
        order = order_of(message)
        if order.what == FORK:
            control.send(Report(_fork(control, handed[0], limits, memory)).packed())
        else:
            pid, status, used = os.wait4(order.pid, 0)
            control.send(Report(pid, status, used.ru_maxrss).packed())


def _fork(control: socket.socket, handed: int, limits: Limits, memory: int) -> int:
    """A child that answers on the socket that was handed over; its process id."""
    parent = os.getpid()
    child = os.fork()
    if child:
        os.close(handed)
        return child
    try:
        die_with(parent)
        control.close()
        limit_memory(memory)
        lock_in_deeper()
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, handed)
        Serving(Channel(end), limits).serve()
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
