"""The handshake of the side that connects: hello, welcome, welcome. Pure: no I/O. docs/PROTOCOL.md, "Handshake"."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Sequence

from .errors import LinkError, auth_error, codec_error, protocol_error, version_error, wrong_name_error

FEATURES = ("ended", "refused")
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f-\x9f]{1,255}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Identity:
    """What this side says about itself."""

    name: str
    codecs: Sequence[str]
    secret: bytes
    max_frame_bytes: int
    stream_window: int = 262_144
    instance: str = field(default_factory=lambda: secrets.token_urlsafe(16))


@dataclass(frozen=True)
class Agreement:
    """What both sides agreed on."""

    peer: str
    codec: str
    peer_max_frame_bytes: int
    peer_stream_window: int
    peer_features: frozenset[str]


def create_hello(identity: Identity) -> dict[str, Any]:
    return {
        "protocol": [1],
        "codecs": list(identity.codecs),
        "name": identity.name,
        "instance": identity.instance,
        "nonce": secrets.token_urlsafe(32),
        "maxFrameBytes": identity.max_frame_bytes,
        "streamWindow": identity.stream_window,
        "features": list(FEATURES),
    }


def answer_welcome(
    identity: Identity, hello: dict[str, Any], welcome: object, expected_name: str
) -> tuple[dict[str, str], Agreement]:
    """
    Checks what the listening side said, and proves in turn that this side holds the secret.

    Raises ``LinkError``: ``ERR_LINK_AUTH`` if the other side does not hold the secret, ``ERR_LINK_PROTOCOL``, ``ERR_LINK_VERSION``,
    ``ERR_LINK_CODEC``.
    """
    fields = _check_welcome(welcome)
    name = fields["name"]
    if fields["protocol"] != 1:
        raise version_error(name, fields["protocol"])
    if name != expected_name:
        raise wrong_name_error(expected_name, name)
    if fields["codec"] not in identity.codecs:
        raise codec_error(name, fields["codec"])
    proof = fields.get("proof")
    expected = compute_proof("server", identity.secret, hello, fields)
    if not isinstance(proof, str) or not hmac.compare_digest(expected.encode(), proof.encode("utf-8", "replace")):
        raise auth_error(name)
    agreement = Agreement(
        peer=name,
        codec=fields["codec"],
        peer_max_frame_bytes=fields["maxFrameBytes"],
        peer_stream_window=fields["streamWindow"],
        peer_features=frozenset(FEATURES).intersection(fields.get("features", [])),
    )
    return {"proof": compute_proof("client", identity.secret, hello, fields)}, agreement


def compute_proof(role: str, secret: bytes, hello: dict[str, Any], welcome: dict[str, Any]) -> str:
    parts = ["ipc-link/1", role, hello["name"], welcome["name"], hello["nonce"], welcome["nonce"]]
    digest = hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def read_json(body: bytes) -> Any:
    """The body of a handshake or goodbye. Raises ``LinkError`` ``ERR_LINK_PROTOCOL``."""
    try:
        return json.loads(str(body, "utf-8"))
    except (ValueError, RecursionError):
        raise protocol_error("a handshake or goodbye that is not JSON") from None


def goodbye_error(body: bytes) -> LinkError | None:
    """The reason that the peer gave for its goodbye, or None if nothing is wrong."""
    said = read_json(body)
    if not isinstance(said, dict) or not isinstance(said.get("code"), str):
        return None
    code, message = said["code"], said.get("message")
    if re.fullmatch(r"ERR_LINK_[A-Z_]{1,50}", code) is None:
        return protocol_error(f"a goodbye with the code {code[:100]!r}")
    return LinkError(code, message[:1_000] if isinstance(message, str) else code)


def _check_welcome(welcome: object) -> dict[str, Any]:
    if not isinstance(welcome, dict):
        raise protocol_error("a handshake that is not an object")
    features = welcome.get("features", [])
    is_known = (
        type(welcome.get("protocol")) is int
        and isinstance(welcome.get("codec"), str)
        and _matches(_NAME, welcome.get("name"))
        and _matches(_TOKEN, welcome.get("instance"))
        and _matches(_TOKEN, welcome.get("nonce"))
        and _is_amount(welcome.get("maxFrameBytes"))
        and _is_amount(welcome.get("streamWindow"))
        and isinstance(features, list)
        and all(isinstance(feature, str) for feature in features)
    )
    if not is_known:
        raise protocol_error("a welcome of an unknown shape")
    return welcome


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_amount(value: object) -> bool:
    return type(value) is int and value > 0
