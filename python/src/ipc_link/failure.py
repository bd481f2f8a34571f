"""What arrives of an exception: as much as can be sent and fits into a frame."""

from __future__ import annotations

import errno
from typing import Any

from .codec import Body, Codec
from .errors import LinkError
from .graph_encoder import describe_exception
from .values import JSError, undefined

_MAX_CAUSES = 8


def encode_failure(error: BaseException, codec: Codec, max_bytes: int) -> Body:
    """
    The body of a failed answer: an Error with the exception's message, traceback, code, cause and public attributes. What can't be sent is
    left out, what is too large is left out or cut, and both are listed in ``omitted``. Never raises.
    """
    omitted: list[str] = []
    full = _to_js_error(error, codec, omitted, "", 0)
    body = _try_encode(_with_omitted(full, omitted), codec, max_bytes)
    if body is not None:
        return body
    # A character has at most four bytes, and there are two texts.
    for share in (max_bytes // 16, max_bytes // 128):
        cut, lost = _cut(full, share)
        body = _try_encode(_with_omitted(cut, [*omitted, *lost]), codec, max_bytes)
        if body is not None:
            return body
    return codec.encode(undefined)


def _to_js_error(error: BaseException, codec: Codec, omitted: list[str], path: str, depth: int) -> JSError:
    if isinstance(error, JSError):
        name, properties = error.type, dict(error.properties)
    else:
        name, properties = describe_exception(error)
        properties = {**properties, **_own_properties(error)}
    cause = properties.pop("cause", None)
    kept = {}
    for key, value in properties.items():
        if _is_sendable(value, codec):
            kept[key] = value
        else:
            omitted.append(f"{path}{key}")
    if isinstance(cause, BaseException):
        if depth < _MAX_CAUSES:
            kept["cause"] = _to_js_error(cause, codec, omitted, f"{path}cause.", depth + 1)
        else:
            omitted.append(f"{path}cause")
    elif cause is not None and _is_sendable(cause, codec):
        kept["cause"] = cause
    return JSError(name, kept)


def _own_properties(error: BaseException) -> dict[str, Any]:
    """Attributes that the exception's class or the handler has set. An error of the system has the code and path that Node gives it."""
    own: dict[str, Any] = {}
    if isinstance(error, OSError) and error.errno is not None:
        own["code"] = errno.errorcode.get(error.errno, str(error.errno))
        if isinstance(error.filename, str):
            own["path"] = error.filename
    own.update({key: value for key, value in vars(error).items() if not key.startswith("_") and key not in ("message", "stack", "name")})
    return own


def _is_sendable(value: Any, codec: Codec) -> bool:
    try:
        codec.encode(value)
    except LinkError:
        return False
    except Exception:  # a property of some object raises
        return False
    return True


def _cut(error: JSError, longest: int) -> tuple[JSError, list[str]]:
    lost = [key for key in error.properties if key not in ("message", "stack", "name", "code")]
    kept = {}
    for key, value in error.properties.items():
        if key in lost:
            continue
        if isinstance(value, str) and len(value) > longest:
            lost.append(key)
            value = f"{value[:longest]}… (cut, of {len(value)} characters)"
        kept[key] = value
    return JSError(error.type, kept), lost


def _with_omitted(error: JSError, omitted: list[str]) -> JSError:
    if not omitted:
        return error
    names = omitted[:100] if len(omitted) <= 100 else [*omitted[:100], f"and {len(omitted) - 100} more"]
    return JSError(error.type, {**error.properties, "omitted": names})


def _try_encode(error: JSError, codec: Codec, max_bytes: int) -> Body | None:
    body = codec.encode(error)
    return body if len(body.data) <= max_bytes else None
