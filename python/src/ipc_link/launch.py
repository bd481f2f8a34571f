"""How the host hands this process its launch info, and how this process notices that the host is gone."""

from __future__ import annotations

import base64
import binascii
import ctypes
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from typing import Callable

_ENDPOINT = "--ipc-link-endpoint="
_LAUNCH = "ipc-link:launch"
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Launch:
    """What the host sent: where it listens, the names of both, and the secret of this launch."""

    endpoint: str
    host: str
    name: str
    secret: bytes


def read_launch(on_launch: Callable[[Launch | Exception], None], on_host_gone: Callable[[], None]) -> None:
    """
    Reads stdin in a thread of its own: a line with the launch info, and then nothing until the host is gone. Both callbacks are called in
    that thread.

    Raises ``RuntimeError`` when the process was not started by a host.
    """
    endpoint = next((argument for argument in reversed(sys.argv) if argument.startswith(_ENDPOINT)), None)
    if endpoint is None or sys.stdin is None or sys.stdin.isatty():
        raise RuntimeError("A sidecar is started by its host: see spawnLauncher in docs/PYTHON.md.")
    path = endpoint.removeprefix(_ENDPOINT)

    def read() -> None:
        line = _read_line()
        try:
            on_launch(_parse(path, line))
        except ValueError as error:
            on_launch(error)
            return
        while os.read(0, 65_536):
            pass  # the host sends nothing more
        on_host_gone()

    threading.Thread(target=read, name="ipc-link-stdin", daemon=True).start()


def end_with_parent() -> None:
    """
    On Linux the kernel ends this process together with its parent, even while a handler keeps the interpreter busy in C code. Elsewhere the
    thread that reads stdin notices as soon as it can run.
    """
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    try:
        is_set = ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL)) == 0
    except (OSError, AttributeError):
        return
    if is_set and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _read_line() -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        part = os.read(0, 1)
        if not part:
            break
        line += part
    return bytes(line)


def _parse(endpoint: str, line: bytes) -> Launch:
    """Raises ``ValueError``."""
    if not line.endswith(b"\n"):
        raise ValueError("stdin ended without a launch message: the host is gone.")
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        message = None
    info = message.get("info") if isinstance(message, dict) and message.get("type") == _LAUNCH else None
    fields = [info.get(key) if isinstance(info, dict) else None for key in ("host", "name", "secret")]
    if not all(isinstance(field, str) and field for field in fields):
        raise ValueError("The first line on stdin is not a launch message.")
    host, name, secret = fields
    try:
        return Launch(endpoint, str(host), str(name), base64.b64decode(str(secret), validate=True))
    except binascii.Error:
        raise ValueError("The secret of the launch message is not base64.") from None
