"""Rebuilds a value from its nodes: first an empty object for every node, then their contents. docs/PROTOCOL.md, "Graphs"."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta, timezone
from typing import Any, Iterator

from .attachments import Attachments
from .errors import protocol_error
from .graph_encoder import INFINITY, NAN, NEGATIVE_INFINITY, NEGATIVE_ZERO, UNDEFINED
from .values import ERROR_CLASSES, FORMATS, BigInt, Binary, Boxed, Date, JSError, Map, RegExp, Set, SparseArray, undefined

_SPECIAL = {UNDEFINED: undefined, NAN: math.nan, INFINITY: math.inf, NEGATIVE_INFINITY: -math.inf, NEGATIVE_ZERO: -0.0}
_DIGITS = re.compile(r"-?[0-9a-f]+")
_FLAGS = re.compile(r"[dgimsuvy]*")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def decode_graph(nodes: Any, attachments: Attachments | None) -> Any:
    """Raises ``LinkError`` ``ERR_LINK_PROTOCOL`` for nodes that no encoder can have written."""
    if type(nodes) is not list or not nodes:
        raise protocol_error("a graph without nodes")
    return _GraphDecoder(nodes, attachments).decode()


class _GraphDecoder:
    def __init__(self, nodes: list[Any], attachments: Attachments | None) -> None:
        self._attachments = attachments
        self._nodes = nodes
        self._values: list[Any] = []

    def decode(self) -> Any:
        for node in self._nodes:
            if type(node) is not list or not node or type(node[0]) is not str:
                raise protocol_error("a graph node of an unknown shape")
        self._values = [self._shell(node) for node in self._nodes]
        for index, node in enumerate(self._nodes):
            if node[0] == "p":
                self._values[index] = self._box(node)
        if self._nodes[0][0] == "v":
            return self._resolve(_at(self._nodes[0], 1))
        for node, value in zip(self._nodes, self._values):
            self._fill(node, value)
        return self._values[0]

    def _shell(self, node: list[Any]) -> Any:
        tag = node[0]
        if tag in ("v", "p"):
            return None
        if tag == "o":
            return {}
        if tag == "a":
            return []
        if tag == "A":
            return SparseArray(0)
        if tag == "m":
            return Map()
        if tag == "s":
            return Set()
        if tag == "d":
            return _read_date(self._resolve(_at(node, 1)))
        if tag == "r":
            return _read_reg_exp(_at(node, 1), _at(node, 2))
        if tag == "e":
            name = _at(node, 1)
            return JSError(name if name in ERROR_CLASSES else "Error")
        if tag == "n":
            return _read_big_int(_at(node, 1))
        if tag == "u":
            return self._attachment(_at(node, 1)).decode("utf-16-le", "surrogatepass")
        if tag == "b":
            return _read_binary(_at(node, 1), self._attachment(_at(node, 2)))
        raise protocol_error(f"a graph node of unknown kind {tag[:20]!r}")

    def _fill(self, node: list[Any], value: Any) -> None:
        tag = node[0]
        if tag == "o":
            for key, item in _pairs(node, 1):
                value[self._key(key)] = self._resolve(item)
        elif tag == "a":
            value.extend(self._resolve(slot) for slot in node[1:])
        elif tag == "A":
            self._fill_sparse(node, value)
        elif tag == "m":
            value.entries.extend((self._resolve(key), self._resolve(item)) for key, item in _pairs(node, 1))
        elif tag == "s":
            value.items.extend(self._resolve(slot) for slot in node[1:])
        elif tag == "e":
            for key, item in _pairs(node, 2):
                value.properties[self._key(key)] = self._resolve(item)

    def _fill_sparse(self, node: list[Any], value: SparseArray) -> None:
        length = _at(node, 1)
        if not _is_index(length, 2**32):
            raise protocol_error("a sparse array without a length")
        value.length = int(length)
        for index, item in _pairs(node, 2):
            if not _is_index(index, value.length):
                raise protocol_error("a bad array index")
            value.items[int(index)] = self._resolve(item)

    def _key(self, slot: Any) -> str:
        key = self._resolve(slot)
        if type(key) is not str:
            raise protocol_error("a property without a name")
        return key

    def _box(self, node: list[Any]) -> Boxed:
        value = self._resolve(_at(node, 1))
        if type(value) not in (int, float, str, bool, BigInt):
            raise protocol_error("a box around what is no primitive")
        return Boxed(value)

    def _resolve(self, slot: Any) -> Any:
        kind = type(slot)
        if kind is str or kind is int or kind is float or kind is bool or slot is None:
            return slot
        index = slot[0] if kind is list and slot else None
        if type(index) is not int:
            raise protocol_error("a slot of an unknown shape")
        if 0 <= index < len(self._values):
            return self._values[index]
        if index not in _SPECIAL:
            raise protocol_error("a reference to a node that is not there")
        return _SPECIAL[index]

    def _attachment(self, number: Any) -> bytes:
        if self._attachments is None:
            raise protocol_error("an attachment where there are none")
        return self._attachments.take(number)


def _at(node: list[Any], index: int) -> Any:
    if index >= len(node):
        raise protocol_error("a graph node that lacks a part")
    return node[index]


def _pairs(node: list[Any], start: int) -> Iterator[tuple[Any, Any]]:
    if (len(node) - start) % 2 != 0:
        raise protocol_error("a key without a value")
    return zip(node[start::2], node[start + 1 :: 2])


def _is_index(value: Any, limit: int) -> bool:
    return type(value) in (int, float) and 0 <= value < limit and value == int(value)


def _read_date(ms: Any) -> datetime | Date:
    if type(ms) not in (int, float):
        raise protocol_error("a date without its milliseconds")
    try:
        return _EPOCH + timedelta(milliseconds=ms)
    except (OverflowError, ValueError):
        return Date(ms)


def _read_reg_exp(source: Any, flags: Any) -> RegExp:
    if type(source) is not str or type(flags) is not str or _FLAGS.fullmatch(flags) is None:
        raise protocol_error("a regular expression that does not parse")
    return RegExp(source, flags)


def _read_big_int(digits: Any) -> BigInt:
    if type(digits) is not str or _DIGITS.fullmatch(digits) is None:
        raise protocol_error("a bigint that is not hexadecimal digits")
    return BigInt(digits, 16)


def _read_binary(name: Any, data: bytes) -> bytes | Binary:
    if name == "Buffer":
        return data
    if type(name) is not str or name not in FORMATS:
        raise protocol_error("binary data of an unknown type")
    value = Binary(name, data)
    try:
        value.view()
    except TypeError:
        raise protocol_error("binary data of a length that its type does not allow") from None
    return value
