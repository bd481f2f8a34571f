"""Values of Python's own types in terms of those that the wire knows, without importing numpy or pydantic."""

from __future__ import annotations

import array
import collections.abc
import dataclasses
import enum
from datetime import datetime
from typing import Any, Callable

from .values import Binary, Set

MAX_SAFE_INTEGER = 2**53 - 1

_TYPE_OF_FORMAT = {
    "b": "Int8Array",
    "B": "Uint8Array",
    "h": "Int16Array",
    "H": "Uint16Array",
    "i": "Int32Array",
    "I": "Uint32Array",
    "f": "Float32Array",
    "d": "Float64Array",
    "q": "BigInt64Array",
    "Q": "BigUint64Array",
}


# Subclasses may have given the conversions of the class another meaning.
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (str, str.__str__),
    (bytes, bytes),
    (list, list),
    (dict, dict),
    (datetime, lambda value: datetime.fromtimestamp(value.timestamp(), value.tzinfo)),
)


class Unsendable(Exception):
    """What a value is that can't be sent."""


def adapt(value: Any) -> Any:
    """A value that is none of the basic types, as one that is. Raises ``Unsendable``."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, (bytearray, memoryview, array.array)):
        return _to_binary(value)
    if isinstance(value, (set, frozenset)):
        return Set(value)
    if isinstance(value, enum.Enum):
        return value.value
    if hasattr(value, "dtype") and hasattr(value, "tobytes"):
        return value.item() if getattr(value, "ndim", None) == 0 and hasattr(value, "item") else _to_binary(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if not isinstance(value, type):
        for method in ("model_dump", "dict"):  # pydantic 2 and 1
            if hasattr(value, method) and hasattr(value, "__fields_set__" if method == "dict" else "__pydantic_fields_set__"):
                return getattr(value, method)(by_alias=True)
    for base, convert in _BASES:
        if isinstance(value, base):
            return convert(value)
    if isinstance(value, collections.abc.Mapping):
        return dict(value)
    raise Unsendable(f"a {type(value).__module__}.{type(value).__qualname__}")


def check_int(value: int) -> int:
    """Raises ``Unsendable`` for a number that JavaScript would round."""
    if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return value
    raise Unsendable("a whole number that JavaScript would round: send BigInt(value) or float(value)")


def _to_binary(value: Any) -> Any:
    """Raises ``Unsendable`` for what no typed array is like."""
    if isinstance(value, bytearray):
        return bytes(value)
    try:
        view = memoryview(value)
    except (ValueError, TypeError, BufferError) as error:
        raise Unsendable(f"an array that shows no bytes ({error})") from None
    if view.ndim != 1:
        raise Unsendable(f"an array of {view.ndim} dimensions: send value.ravel() and its shape")
    code = (view.format or "").lstrip("@=<")
    # An integer of the C type 'long' has 4 or 8 bytes, as the platform says. A boolean of numpy has one.
    code = {"l": "iq"[view.itemsize == 8], "L": "IQ"[view.itemsize == 8], "?": "B"}.get(code, code)
    name = _TYPE_OF_FORMAT.get(code)
    if name is None:
        raise Unsendable(f"an array of items of the type {view.format!r}, for which JavaScript has no typed array")
    return Binary(name, view.tobytes())
