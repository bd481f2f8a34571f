"""Log lines of handlers: requests to the host, which answers each when it is ready for the next."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, Callable

from .codec import Body
from .errors import LinkError
from .printing import format_record, print_line

LOG_TASK = "ipc-link.log"
_MAX_LINES = 1_024
_MAX_BYTES = 1_048_576


class Logs:
    """
    Sends lines from any thread. If too many have no answer, or a line can't be sent, it is printed instead: the host reads stderr too, and a full
    pipe slows the handler down.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        encode: Callable[[str, Any], Body],
        send: Callable[[Body], asyncio.Future[Any]],
    ) -> None:
        self._loop = loop
        self._encode = encode
        self._send = send
        self._lock = threading.Lock()
        self._lines = 0
        self._bytes = 0

    def write(self, record: dict[str, Any]) -> None:
        """Never raises."""
        try:
            body = self._encode(LOG_TASK, record)
        except Exception as error:  # a field that can't be sent, or raises when it is read
            print_line(f"[{record['level']}] {record['message']} (its fields can't be logged: {error})")
            return
        size = len(body.data)
        with self._lock:
            # A line that is larger than the limit is sent if no other line is under way.
            has_room = self._lines == 0 or (self._lines < _MAX_LINES and self._bytes + size <= _MAX_BYTES)
            if has_room:
                self._lines += 1
                self._bytes += size
        if not has_room:
            print_line(format_record(record))
        elif self._is_own_thread():
            self._send_now(body, record)
        else:
            try:
                self._loop.call_soon_threadsafe(self._send_now, body, record)
            except RuntimeError:  # the loop is closed
                print_line(format_record(record))

    def _is_own_thread(self) -> bool:
        try:
            return asyncio.get_running_loop() is self._loop
        except RuntimeError:
            return False

    def _send_now(self, body: Body, record: dict[str, Any]) -> None:
        def settle(answer: asyncio.Future[Any]) -> None:
            with self._lock:
                self._lines -= 1
                self._bytes -= len(body.data)
            if not answer.cancelled() and answer.exception() is not None:
                print_line(f"{format_record(record)} (not logged over the link: {answer.exception()})")

        try:
            self._send(body).add_done_callback(settle)
        except LinkError:
            print_line(format_record(record))


class Log:
    """A handler's logger: each call is one line with a level, and fields of any type that can be sent."""

    def __init__(self, write: Callable[[dict[str, Any]], None], request_id: str) -> None:
        self._write = write
        self._request_id = request_id

    def debug(self, message: str, /, **fields: Any) -> None:
        self._at("debug", message, fields)

    def info(self, message: str, /, **fields: Any) -> None:
        self._at("info", message, fields)

    def warn(self, message: str, /, **fields: Any) -> None:
        self._at("warn", message, fields)

    def error(self, message: str, /, **fields: Any) -> None:
        self._at("error", message, fields)

    def _at(self, level: str, message: str, fields: dict[str, Any]) -> None:
        record: dict[str, Any] = {"level": level, "message": str(message)}
        if fields:
            record["fields"] = fields
        self._write({**record, "requestId": self._request_id})
