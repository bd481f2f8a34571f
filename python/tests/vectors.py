"""docs/vectors, and the values that they describe. docs/PROTOCOL.md, "Test vectors", has the notation."""

import json
import math
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ipc_link import BigInt, Binary, Boxed, Date, JSError, Map, RegExp, Set, SparseArray, undefined

_FOLDER = Path(__file__).parents[2] / "docs" / "vectors"


def read_vectors(name):
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))


def create_value(description):
    return _build(description, {})


_CONSTANTS = {"undefined": undefined, "nan": math.nan, "infinity": math.inf, "-infinity": -math.inf, "-0": -0.0}


def _build(description, known):
    if isinstance(description, list):
        return [_build(item, known) for item in description]
    if not isinstance(description, dict):
        return description
    if "$" in description:
        return _build_special(description, known)
    return {key: _build(item, known) for key, item in description.items()}


def _build_special(description, known):
    kind = description["$"]
    if kind in _CONSTANTS:
        return _CONSTANTS[kind]
    if kind == "bigint":
        return BigInt(description["value"])
    if kind == "utf16":
        return bytes.fromhex(description["hex"]).decode("utf-16-le", "surrogatepass")
    if kind == "date":
        ms = _build(description["ms"], known)
        return Date(ms) if isinstance(ms, float) else datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=ms)
    if kind == "regexp":
        return RegExp(description["source"], description["flags"])
    if kind == "boxed":
        return Boxed(_build(description["value"], known))
    if kind == "binary":
        data = bytes.fromhex(description["hex"]) * description.get("times", 1)
        return data if description["type"] == "Buffer" else Binary(description["type"], data)
    if kind == "sparse":
        return SparseArray(description["length"], {index: _build(item, known) for index, item in description["items"]})
    if kind == "error":
        return JSError(description["class"], {key: _build(item, known) for key, item in description["properties"]})
    if kind == "ref":
        return known[description["id"]]
    return _build_container(description, known)


def _build_container(description, known):
    container = {"map": Map, "set": Set, "array": list, "object": dict}[description["$"]]()
    known[description.get("id")] = container  # before its content, which may refer to it
    if isinstance(container, Map):
        container.entries.extend((_build(key, known), _build(item, known)) for key, item in description["entries"])
    elif isinstance(container, Set):
        container.items.extend(_build(item, known) for item in description["items"])
    elif isinstance(container, list):
        container.extend(_build(item, known) for item in description["items"])
    else:
        container.update((_build(key, known), _build(item, known)) for key, item in description["entries"])
    return container


def shape(value, seen=None):
    """A value as text, with the types that ``==`` does not tell apart, for a comparison that follows cycles."""
    seen = {} if seen is None else seen
    if isinstance(value, (dict, list, Map, Set, SparseArray, JSError)):
        if id(value) in seen:
            return f"<{seen[id(value)]}>"
        seen[id(value)] = len(seen)
    if isinstance(value, JSError):
        return f"JSError {value.type} {shape(value.properties, seen)}"
    if isinstance(value, SparseArray):
        return f"SparseArray {value.length} {shape(value.items, seen)}"
    if isinstance(value, (dict, Map)):
        entries = value.items() if isinstance(value, dict) else value
        return f"{type(value).__name__}{[(shape(key, seen), shape(item, seen)) for key, item in entries]}"
    if isinstance(value, (list, Set)):
        return f"{type(value).__name__}{[shape(item, seen) for item in value]}"
    if isinstance(value, float) and value.is_integer() and value != 0:
        return f"int {int(value)}"  # a number of JavaScript beyond 32 bits is a float in MessagePack
    return f"{type(value).__name__} {value!r}"
