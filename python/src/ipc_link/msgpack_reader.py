"""
Reads MessagePack byte by byte. It is used for the few messages that the library ``msgpack`` would not read exactly: it makes one type of
an integer of 64 bits (a bigint) and a smaller one (a number), and a date of an extension that isn't used here.
"""

from __future__ import annotations

import struct
from typing import Any

from .errors import protocol_error
from .limits import MAX_VALUES
from .values import BigInt, undefined

_MAX_DEPTH = 512
_NUMBERS = {
    0xCA: ">f",
    0xCB: ">d",
    0xCC: ">B",
    0xCD: ">H",
    0xCE: ">I",
    0xCF: ">Q",
    0xD0: ">b",
    0xD1: ">h",
    0xD2: ">i",
    0xD3: ">q",
}
_CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}
_BYTES = {0xC4: 1, 0xC5: 2, 0xC6: 4}
_TEXTS = {0xD9: 1, 0xDA: 2, 0xDB: 4}
_LISTS = {0xDC: 2, 0xDD: 4}
_MAPS = {0xDE: 2, 0xDF: 4}


def read_exactly(body: bytes) -> Any:
    """Raises ``LinkError`` ``ERR_LINK_PROTOCOL`` for what docs/PROTOCOL.md does not allow."""
    reader = _Reader(body)
    value = reader.value(0)
    if reader.offset != len(body):
        raise protocol_error("more than one value in a body")
    return value


class _Reader:
    def __init__(self, body: bytes) -> None:
        self.offset = 0
        self._body = body
        self._count = 0

    def value(self, depth: int) -> Any:
        self._count += 1
        if self._count > MAX_VALUES or depth > _MAX_DEPTH:
            raise protocol_error("a message of too many values, or nested too deep")
        kind = self._take(1)[0]
        if kind < 0x80:
            return kind
        if kind >= 0xE0:
            return kind - 0x100
        if kind < 0x90:
            return self._map(kind & 0x0F, depth)
        if kind < 0xA0:
            return self._list(kind & 0x0F, depth)
        if kind < 0xC0:
            return self._text(kind & 0x1F)
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]
        if kind in _NUMBERS:
            return self._number(kind)
        if kind in _BYTES:
            return self._take(self._length(_BYTES[kind]))
        if kind in _TEXTS:
            return self._text(self._length(_TEXTS[kind]))
        if kind in _LISTS:
            return self._list(self._length(_LISTS[kind]), depth)
        if kind in _MAPS:
            return self._map(self._length(_MAPS[kind]), depth)
        if kind == 0xD4 and self._take(2)[0] == 0:
            return undefined
        raise protocol_error(f"a MessagePack type 0x{kind:x} that is not used here")

    def _number(self, kind: int) -> int | float:
        form = _NUMBERS[kind]
        number: int | float = struct.unpack(form, self._take(struct.calcsize(form)))[0]
        return BigInt(number) if kind in (0xCF, 0xD3) else number

    def _list(self, count: int, depth: int) -> list[Any]:
        return [self.value(depth + 1) for _ in range(self._check(count))]

    def _map(self, count: int, depth: int) -> dict[str, Any]:
        pairs = [(self.value(depth + 1), self.value(depth + 1)) for _ in range(self._check(count))]
        return to_record(pairs)

    def _check(self, count: int) -> int:
        if count > len(self._body) - self.offset:
            raise protocol_error("a body that ends within its value")
        return count

    def _text(self, length: int) -> str:
        try:
            return str(self._take(length), "utf-8")
        except UnicodeDecodeError:
            raise protocol_error("text that is not UTF-8") from None

    def _length(self, size: int) -> int:
        return int.from_bytes(self._take(size), "big")

    def _take(self, count: int) -> bytes:
        data = self._body[self.offset : self.offset + count]
        if len(data) < count:
            raise protocol_error("a body that ends within its value")
        self.offset += count
        return data


def to_record(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    """An object of the pairs of a map. A key that is a number or boolean becomes its text, as JavaScript writes it."""
    return {key if type(key) is str else _key_text(key): item for key, item in pairs}


def _key_text(key: Any) -> str:
    if type(key) is bool:
        return "true" if key else "false"
    if isinstance(key, int):
        return str(int(key))
    if type(key) is float:
        return str(int(key)) if key.is_integer() and abs(key) < 2**53 else repr(key)
    raise protocol_error("a key that is no string")
