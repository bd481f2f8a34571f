"""Frames: bytes that are cut at their lengths, and nothing of what they mean. docs/PROTOCOL.md, "Frames"."""

from __future__ import annotations

import struct
from typing import Iterator, NamedTuple

from .errors import protocol_error

HELLO, WELCOME, REQUEST, REPLY, PROGRESS, CHUNK, CREDIT, END, CANCEL, PING, PONG, GOODBYE = range(1, 13)
GRAPH, ATTACHMENTS, FAILED, STREAM, REFUSED = 1, 2, 4, 8, 8

MAX_HANDSHAKE_BYTES = 4_096
"""Largest frame of a handshake, and the least that a goodbye may have."""

NUMBERED_HEADER_BYTES = 6
"""Bytes of a numbered frame, as its length counts them, that are not its body."""


class Frame(NamedTuple):
    """A frame; ``number`` is 0 in the kinds that have none."""

    kind: int
    flags: int
    number: int
    body: bytes


def is_numbered(kind: int) -> bool:
    return REQUEST <= kind <= PONG


def write_header(kind: int, body_bytes: int, *, flags: int = 0, number: int = 0) -> bytes:
    """All of a frame that comes before its body."""
    if is_numbered(kind):
        return struct.pack(">IBBI", NUMBERED_HEADER_BYTES + body_bytes, kind, flags, number)
    return struct.pack(">IBB", 2 + body_bytes, kind, flags)


class FrameReader:
    """Puts frames together from pieces of any size. ``max_bytes`` may be changed between two frames."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._pieces: list[bytes] = []
        self._size = 0
        self._needed = 0

    @property
    def is_mid_frame(self) -> bool:
        """Whether a frame has begun to arrive and not ended."""
        return self._size > 0

    def push(self, data: bytes) -> Iterator[Frame]:
        """Yields the frames that are complete with this piece. Raises ``LinkError`` ``ERR_LINK_PROTOCOL`` for what can't be one."""
        self._pieces.append(data)
        self._size += len(data)
        # The pieces of a large frame are put together once, when the last has come.
        if self._size < self._needed:
            return
        buffer = b"".join(self._pieces)
        start = 0
        try:
            while True:
                end = self._end_of_frame(buffer, start)
                self._needed = 0 if end is None else end - start
                if end is None or end > len(buffer):
                    return
                frame = _read(buffer, start, end)
                start = end
                yield frame
        finally:
            rest = buffer[start:]
            self._pieces = [rest] if rest else []
            self._size = len(rest)

    def _end_of_frame(self, buffer: bytes, start: int) -> int | None:
        """The end of the frame that begins there, if its header has arrived. What is wrong is refused before the rest has arrived."""
        have = len(buffer) - start
        if have < 4:
            return None
        length = int.from_bytes(buffer[start : start + 4], "big")
        if length < 2:
            raise protocol_error("a frame without a header")
        if length > max(self.max_bytes, MAX_HANDSHAKE_BYTES):
            raise protocol_error(f"a frame of {length} bytes, where {self.max_bytes} are the most")
        if have < 5:
            return None
        kind = buffer[start + 4]
        if not HELLO <= kind <= GOODBYE:
            raise protocol_error(f"a frame of the unknown kind {kind}")
        if is_numbered(kind) and length < NUMBERED_HEADER_BYTES:
            raise protocol_error("a frame without its number")
        if kind != GOODBYE and length > self.max_bytes:
            raise protocol_error(f"a frame of {length} bytes, where {self.max_bytes} are the most")
        return start + 4 + length


def _read(buffer: bytes, start: int, end: int) -> Frame:
    kind, flags = buffer[start + 4], buffer[start + 5]
    if not is_numbered(kind):
        return Frame(kind, flags, 0, buffer[start + 6 : end])
    number = int.from_bytes(buffer[start + 6 : start + 10], "big")
    return Frame(kind, flags, number, buffer[start + 10 : end])
