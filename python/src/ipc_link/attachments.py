"""Raw bytes behind an encoded value. docs/PROTOCOL.md, "Attachments"."""

from __future__ import annotations

import struct
from typing import Any, Sequence

from .errors import protocol_error


def write_attachments(attachments: Sequence[bytes]) -> list[bytes]:
    lengths = [len(data) for data in attachments]
    return [*attachments, struct.pack(f">{len(lengths) + 1}I", *lengths, len(lengths))]


class Attachments:
    """The attachments of one body. ``value_end`` is where the encoded value ends."""

    def __init__(self, body: bytes) -> None:
        count = int.from_bytes(body[-4:], "big") if len(body) >= 4 else -1
        table = len(body) - 4 - 4 * count
        if count < 0 or table < 0:
            raise protocol_error("a trailer that is longer than its body")
        lengths = struct.unpack_from(f">{count}I", body, table)
        self.value_end = table - sum(lengths)
        if self.value_end < 0:
            raise protocol_error("attachments that are longer than their body")
        self._body = body
        self._lengths = lengths
        self._offsets = [self.value_end]
        for length in lengths:
            self._offsets.append(self._offsets[-1] + length)
        self._taken: set[int] = set()

    def take(self, number: Any) -> bytes:
        """Each attachment is taken once at most, because each use would be a copy."""
        if type(number) is not int or not 0 <= number < len(self._lengths) or number in self._taken:
            raise protocol_error("an attachment that is not there, or not any more")
        self._taken.add(number)
        return self._body[self._offsets[number] : self._offsets[number + 1]]
