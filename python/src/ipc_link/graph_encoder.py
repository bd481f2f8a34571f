"""Values as a list of nodes that refer to each other by their index. docs/PROTOCOL.md, "Graphs"."""

from __future__ import annotations

import math
import traceback
from datetime import datetime, timezone
from typing import Any, Iterable, NamedTuple

from .adapt import Unsendable, adapt, check_int
from .errors import too_many_values_error, unserializable_error
from .limits import MAX_VALUES
from .values import ERROR_CLASSES, BigInt, Binary, Boxed, Date, JSError, Map, RegExp, Set, SparseArray, undefined

UNDEFINED, NAN, INFINITY, NEGATIVE_INFINITY, NEGATIVE_ZERO = -1, -3, -4, -5, -6


class _Place(NamedTuple):
    """Where a value is, for the path in an error."""

    value: Any
    parent: _Place | None
    key: str


def encode_graph(value: Any) -> tuple[list[list[Any]], list[bytes]]:
    """The nodes and the attachments of a value. Raises ``LinkError``: ``ERR_LINK_UNSERIALIZABLE`` with the path, ``ERR_LINK_TOO_LARGE``."""
    return _GraphEncoder().encode(value)


class _GraphEncoder:
    """Goes through the value breadth first, with a queue instead of recursion, so that depth has no limit."""

    def __init__(self) -> None:
        self._nodes: list[list[Any]] = []
        self._attachments: list[bytes] = []
        self._queue: list[_Place] = []
        self._indexes: dict[int, int] = {}
        self._count = 0

    def encode(self, value: Any) -> tuple[list[list[Any]], list[bytes]]:
        root = self._slot(value, None, "data")
        if not isinstance(root, list) or root[0] < 0:
            return [["v", root]], []
        for place in self._queue:  # grows meanwhile
            node = self._node(place)
            self._count += len(node) + 1
            if self._count > MAX_VALUES:
                raise too_many_values_error()
            self._nodes.append(node)
        return self._nodes, self._attachments

    def _slot(self, value: Any, parent: _Place | None, key: str) -> Any:
        kind = type(value)
        if value is None or kind is bool:
            return value
        if value is undefined:
            return [UNDEFINED]
        if kind is float:
            return _float_slot(value)
        if kind is int:
            try:
                return check_int(value)
            except Unsendable as error:
                raise unserializable_error(_path(_Place(value, parent, key)), str(error)) from None
        if kind is str and (value.isascii() or _is_well_formed(value)):
            return value
        return self._reference(value, parent, key)

    def _reference(self, value: Any, parent: _Place | None, key: str) -> Any:
        index = self._indexes.get(id(value))
        if index is not None:
            return [index]
        place = _Place(value, parent, key)
        if type(value) not in _BASIC and not isinstance(value, BaseException):
            try:
                adapted = adapt(value)
            except Unsendable as error:
                raise unserializable_error(_path(place), str(error)) from None
            if type(adapted) not in _BASIC or type(adapted) is str:
                return self._slot(adapted, parent, key)
            self._indexes[id(value)] = len(self._queue)
            # Both are kept, so that no other value gets their ids meanwhile.
            place = _Place(adapted, _Place(value, parent, key), "")
        self._indexes[id(place.value)] = len(self._queue)
        self._queue.append(place)
        return [len(self._queue) - 1]

    def _node(self, place: _Place) -> list[Any]:
        value = place.value
        kind = type(value)
        if kind is dict:
            return ["o", *self._properties(value.items(), place)]
        if kind is list:
            return ["a", *(self._slot(item, place, str(index)) for index, item in enumerate(value))]
        if kind is bytes:
            return ["b", "Buffer", self._attach(value)]
        if kind is Binary:
            return ["b", value.type, self._attach(value.data)]
        if kind is Map:
            return ["m", *(slot for key, item in value for slot in (self._slot(key, place, "<key>"), self._slot(item, place, str(key))))]
        if kind is Set:
            return ["s", *(self._slot(item, place, "<item>") for item in value)]
        if kind is datetime:
            return ["d", _milliseconds(value, place)]
        if kind is Date:
            return ["d", _float_slot(float(value.ms))]
        if kind is BigInt:
            return ["n", f"{value:x}"]
        if kind is str:
            return ["u", self._attach(value.encode("utf-16-le", "surrogatepass"))]
        if kind is RegExp:
            return ["r", value.source, value.flags]
        if kind is SparseArray:
            return ["A", value.length, *(part for index, item in value.items.items() for part in (index, self._slot(item, place, str(index))))]
        if kind is Boxed:
            return ["p", self._slot(value.value, place, "value")]
        return self._error_node(value, place)

    def _properties(self, items: Iterable[tuple[Any, Any]], place: _Place) -> Iterable[Any]:
        for key, item in items:
            if not isinstance(key, str):
                raise unserializable_error(_path(place), f"a dict with the key {key!r}: keys are str; send Map(value) for others")
            yield self._slot(str(key), place, key)
            yield self._slot(item, place, key)

    def _error_node(self, error: BaseException, place: _Place) -> list[Any]:
        name, properties = (error.type, error.properties) if isinstance(error, JSError) else describe_exception(error)
        return ["e", name, *self._properties(properties.items(), place)]

    def _attach(self, data: bytes) -> int:
        self._attachments.append(data)
        return len(self._attachments) - 1


SPECIAL = frozenset([bytes, Binary, Map, Set, datetime, Date, BigInt, RegExp, SparseArray, Boxed, JSError, type(undefined)])
"""The types that have a form on the wire, besides those that plain notations have one for."""

_BASIC = SPECIAL | {dict, list, str}


def describe_exception(error: BaseException) -> tuple[str, dict[str, Any]]:
    """The class and the properties with which an exception of Python arrives: ``message``, ``stack``, ``name``, ``code`` and ``cause``."""
    name = type(error).__name__
    stack = "".join(traceback.format_exception(type(error), error, error.__traceback__, chain=False)).rstrip()
    properties: dict[str, Any] = {"message": str(error), "stack": stack}
    if name not in ERROR_CLASSES:
        properties["name"] = name
    if error.__cause__ is not None:
        properties["cause"] = error.__cause__
    return (name if name in ERROR_CLASSES else "Error"), properties


def _float_slot(value: float) -> Any:
    if math.isnan(value):
        return [NAN]
    if math.isinf(value):
        return [INFINITY if value > 0 else NEGATIVE_INFINITY]
    if value == 0 and math.copysign(1, value) < 0:
        return [NEGATIVE_ZERO]
    # JavaScript has one type of numbers, which is written in its shortest form.
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _milliseconds(value: datetime, place: _Place) -> int:
    if value.tzinfo is None:
        raise unserializable_error(_path(place), "a datetime without a time zone: datetime.now(timezone.utc) has one")
    since = value - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1_000 + since.microseconds // 1_000


def _is_well_formed(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _path(place: _Place | None) -> str:
    steps: list[str] = []
    while place is not None:
        if place.key != "":
            steps.append(place.key)
        place = place.parent
    return ".".join(reversed(steps))
