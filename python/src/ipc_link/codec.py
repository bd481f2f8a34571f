"""The two codecs: values to bodies of frames and back. docs/PROTOCOL.md, "Bodies"."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Callable, NamedTuple

from .adapt import Unsendable, adapt
from .attachments import Attachments, write_attachments
from .errors import LinkError, protocol_error, too_many_values_error
from .frames import ATTACHMENTS, GRAPH
from .graph_decoder import decode_graph
from .graph_encoder import SPECIAL, encode_graph
from .limits import MAX_PLAIN_DEPTH, MAX_VALUES
from .msgpack_reader import read_exactly, to_record
from .values import undefined

try:
    import msgpack
except ImportError:
    msgpack = None


class Body(NamedTuple):
    """The body of a frame, and the flags that say how it is written."""

    flags: int
    data: bytes


class Codec(NamedTuple):
    """``encode`` raises ``LinkError`` ``ERR_LINK_UNSERIALIZABLE`` or ``ERR_LINK_TOO_LARGE``, ``decode`` ``ERR_LINK_PROTOCOL``."""

    name: str
    encode: Callable[[Any], Body]
    decode: Callable[[bytes, int], Any]


def codecs() -> dict[str, Codec]:
    """Those that are there, the preferred one first."""
    names = ["msgpack", "json"] if msgpack is not None else ["json"]
    return {name: _ALL[name] for name in names}


class _NotPlain(Exception):
    """The value has to be written as a graph."""


_UNSAFE_KEYS = frozenset(["__proto__", "constructor", "toJSON"])
_MARK = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{,:]', re.DOTALL)
# An integer of 64 bits, or a date as an extension of 32, 64 or 96 bits.
_INEXACT = (b"\xcf", b"\xd3", b"\xd6\xff", b"\xd7\xff", b"\xc7\x0c\xff")


class _Copier:
    """Copies a value that the notation has a form for. Raises ``_NotPlain`` for any other: objects that occur twice, and special values."""

    def __init__(self, is_msgpack: bool) -> None:
        self._is_msgpack = is_msgpack
        self._seen: set[int] = set()
        self.count = 0

    def copy(self, value: Any, depth: int = 0) -> Any:
        self.count += 1
        kind = type(value)
        if kind is str or kind is bool or value is None:
            return value
        if kind is int:
            return self._int(value)
        if kind is float:
            return self._float(value)
        if kind is dict or kind is list or kind is tuple:
            if depth >= MAX_PLAIN_DEPTH or id(value) in self._seen:
                raise _NotPlain
            self._seen.add(id(value))
            if kind is not dict:
                return [self.copy(item, depth + 1) for item in value]
            return {self._key(key): self.copy(item, depth + 1) for key, item in value.items()}
        if self._is_msgpack and kind is bytes:
            return value
        if self._is_msgpack and value is undefined:
            return msgpack.ExtType(0, b"\0")
        return self._adapted(value, depth)

    def _adapted(self, value: Any, depth: int) -> Any:
        """A model, a dataclass or a number of numpy, as the basic value that it stands for."""
        if type(value) in SPECIAL:
            raise _NotPlain
        try:
            adapted = adapt(value)
        except Unsendable:
            raise _NotPlain from None
        if type(adapted) in SPECIAL:
            raise _NotPlain
        return self.copy(adapted, depth)

    def _int(self, value: int) -> int | float:
        if -0x8000_0000 <= value <= 0xFFFF_FFFF:
            return value
        if abs(value) >= 2**53:
            raise _NotPlain
        # An integer of 64 bits would be read as a bigint.
        return float(value) if self._is_msgpack else value

    def _float(self, value: float) -> float:
        if value == 0 and math.copysign(1, value) < 0:
            raise _NotPlain
        if not self._is_msgpack and not math.isfinite(value):
            raise _NotPlain
        return value

    def _key(self, key: Any) -> str:
        if type(key) is not str or key in _UNSAFE_KEYS:
            raise _NotPlain
        self.count += 1
        return key


def _create_codec(name: str, write: Callable[[Any], bytes], read: Callable[[bytes], Any]) -> Codec:
    is_msgpack = name == "msgpack"

    def encode(value: Any) -> Body:
        copier = _Copier(is_msgpack)
        try:
            plain = copier.copy(value)
            if copier.count > MAX_VALUES:
                raise too_many_values_error()
            return Body(0, write(plain))
        except (_NotPlain, UnicodeEncodeError):  # the latter for text with a lone surrogate
            pass
        nodes, attachments = encode_graph(value)
        written = write([[_widen(slot) for slot in node] for node in nodes] if is_msgpack else nodes)
        if not attachments:
            return Body(GRAPH, written)
        return Body(GRAPH | ATTACHMENTS, b"".join([written, *write_attachments(attachments)]))

    def decode(body: bytes, flags: int) -> Any:
        attachments = Attachments(body) if flags & ATTACHMENTS else None
        try:
            value = read(body if attachments is None else body[: attachments.value_end])
        except LinkError:
            raise
        except (ValueError, TypeError, RecursionError, MemoryError) as error:
            raise protocol_error(f"a body that is not {name} ({type(error).__name__})") from None
        return decode_graph(value, attachments) if flags & GRAPH else value

    return Codec(name, encode, decode)


def _widen(slot: Any) -> Any:
    return float(slot) if type(slot) is int and not -0x8000_0000 <= slot <= 0xFFFF_FFFF else slot


def _write_json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _read_json(body: bytes) -> Any:
    # Each value takes at least a byte, so that values are counted only in long messages.
    if len(body) > MAX_VALUES and sum(match.group()[:1] != b'"' for match in _MARK.finditer(body)) >= MAX_VALUES:
        raise protocol_error(f"a message of more than {MAX_VALUES} values")
    return json.loads(str(body, "utf-8"), parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> Any:
    raise protocol_error(f"{name} in JSON")


def _write_msgpack(value: Any) -> bytes:
    written: bytes = msgpack.packb(value, use_bin_type=True)
    return written


def _read_msgpack(body: bytes) -> Any:
    if any(mark in body for mark in _INEXACT):
        return read_exactly(body)
    count = 0

    def tally(items: list[Any]) -> list[Any]:
        nonlocal count
        count += len(items)
        if count > MAX_VALUES:
            raise protocol_error(f"a message of more than {MAX_VALUES} values")
        return items

    def record(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
        tally(pairs)
        tally(pairs)
        return to_record(pairs)

    limit = min(len(body), MAX_VALUES)
    return msgpack.unpackb(
        body,
        raw=False,
        strict_map_key=False,
        list_hook=tally,
        object_pairs_hook=record,
        ext_hook=_read_extension,
        max_array_len=limit,
        max_map_len=limit,
    )


def _read_extension(kind: int, data: bytes) -> Any:
    if kind != 0 or len(data) != 1:
        raise protocol_error("an extension of MessagePack that is not used here")
    return undefined


_ALL = {
    "msgpack": _create_codec("msgpack", _write_msgpack, _read_msgpack),
    "json": _create_codec("json", _write_json, _read_json),
}
