"""Values that JavaScript has and Python has not. docs/PYTHON.md has the table of what becomes what."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any, Final, Iterable, Iterator


class Undefined(enum.Enum):
    """The type of ``undefined``."""

    undefined = "undefined"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "undefined"


undefined: Final = Undefined.undefined
"""JavaScript's ``undefined``: a message without data, a property without a value. It is false. ``None`` is ``null``."""


class BigInt(int):
    """A bigint. Python's other whole numbers are sent as numbers, and arrive as ``int`` or ``float``."""


@dataclass(frozen=True)
class Date:
    """A date that ``datetime`` can't hold, by its milliseconds since 1970: outside of the years 1 to 9999, or NaN for an invalid one."""

    ms: float


@dataclass(frozen=True)
class RegExp:
    """A regular expression of JavaScript, as text. Python's own have another syntax, and are not sent."""

    source: str
    flags: str = ""


@dataclass(frozen=True)
class Boxed:
    """A boxed primitive of JavaScript, such as ``new Number(1)``."""

    value: Any


@dataclass
class SparseArray:
    """A list with holes: its length, and the items that there are by their index."""

    length: int
    items: dict[int, Any] = field(default_factory=dict)


class Map:
    """A Map: keys of any type, unhashable ones too, in order. ``Map({1: "one"})`` and ``dict(map)`` convert."""

    def __init__(self, entries: dict[Any, Any] | Iterable[tuple[Any, Any]] = ()) -> None:
        given = entries.items() if isinstance(entries, dict) else entries
        self.entries: list[tuple[Any, Any]] = list(given)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Map) and self.entries == other.entries

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Map({self.entries!r})"


class Set:
    """A Set as it arrives: items of any type, unhashable ones too, in order. A ``set`` of Python is sent as one as well."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        self.items: list[Any] = list(items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item: object) -> bool:
        return item in self.items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Set) and self.items == other.items

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Set({self.items!r})"


FORMATS: Final[dict[str, str]] = {
    "Int8Array": "b",
    "Uint8Array": "B",
    "Uint8ClampedArray": "B",
    "Int16Array": "h",
    "Uint16Array": "H",
    "Int32Array": "i",
    "Uint32Array": "I",
    "Float32Array": "f",
    "Float64Array": "d",
    "BigInt64Array": "q",
    "BigUint64Array": "Q",
    "ArrayBuffer": "B",
    "DataView": "B",
}


def cast_view(data: bytes, type: str) -> memoryview:
    """Raises ``TypeError`` when the bytes are no whole number of items."""
    view: Any = memoryview(data)
    cast: memoryview = view.cast(FORMATS[type])
    return cast


@dataclass(frozen=True)
class Binary:
    """
    The bytes of a typed array, ``ArrayBuffer`` or ``DataView``. ``type`` is the name in JavaScript, such as ``Float64Array``. A Buffer
    arrives as ``bytes``.
    """

    type: str
    data: bytes

    def view(self) -> memoryview:
        """The items, without a copy: ``numpy.asarray(binary.view())`` has the right type."""
        return cast_view(self.data, self.type)


ERROR_CLASSES: Final = ("Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError")


class JSError(Exception):
    """An error of JavaScript within a message: its class in ``type``, its ``message``, ``stack``, ``cause`` and others in ``properties``."""

    def __init__(self, type: str = "Error", properties: dict[str, Any] | None = None) -> None:
        self.type = type
        self.properties: dict[str, Any] = {} if properties is None else properties

    def __str__(self) -> str:
        return str(self.properties.get("message", ""))

    def __repr__(self) -> str:
        return f"JSError({self.type!r}, {str(self)!r})"
