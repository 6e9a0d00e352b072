"""The process in which pictures are recognised: it loads the models, locks itself in, and answers.

python -m tenderlight.apart.recogniser_process SOCKET LIMITS
"""

from __future__ import annotations

import socket
import sys

import cv2
import msgspec

from tenderlight.apart.channel import Channel, Gone, TooMuch
from tenderlight.apart.limits import Limits
from tenderlight.apart.locks import address_space, limit_memory, limit_time, lock_in, lock_in_deeper
from tenderlight.apart.words import Asked, Failed, FromChild, Ready, Seen, encode, to_child
from tenderlight.pictures import Picture
from tenderlight.recognising import NoModel, Recogniser


def main() -> None:
    """Recognise one picture after the other until the other side hangs up."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, int(sys.argv[1]))
    limits = msgspec.json.decode(sys.argv[2], type=Limits)
    cv2.setNumThreads(0)
    channel = Channel(line)
    memory = address_space() + limits.memory
    holds = lock_in(limits.files)  # before the models' library starts a thread, so that it holds
    try:
        recogniser = Recogniser()
    except NoModel as error:
        channel.send(encode(Failed(code="", what=str(error), hint="")))
        return
    lock_in_deeper()
    limit_memory(memory)
    channel.send(encode(Ready(holds=holds)))
    while True:
        try:
            head, blobs = channel.receive(limits.text_bytes, 1, limits.handed_bytes)
        except (Gone, TooMuch):
            return
        limit_time(limits.seconds)
        said = _answer(recogniser, to_child.decode(head), blobs.pop())
        channel.send(encode(said))


def _answer(recogniser: Recogniser, asked: object, rgb: bytes) -> FromChild:
    if not isinstance(asked, Asked):
        raise TypeError(asked)
    picture = Picture(
        name=asked.name, width=asked.width, height=asked.height, dpi=asked.dpi, rgb=rgb
    )
    try:
        return Seen(recognised=recogniser(picture))
    except MemoryError:
        return Failed(code="reading.out-of-memory", what="", hint="")
    except Exception as error:  # its mistake costs a page, whatever it is
        return Failed(code="reading.crashed", what=type(error).__name__, hint="")


if __name__ == "__main__":
    main()
