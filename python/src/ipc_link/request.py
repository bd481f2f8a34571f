"""A request of the host, until its handler has ended."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Callable, Protocol

from .codec import Body, Codec
from .errors import Cancelled, LinkError, protocol_error, too_large_error
from .failure import encode_failure
from .frames import CHUNK, END, FAILED, PROGRESS, REFUSED, REPLY
from .stream_writer import StreamWriter
from .values import undefined


@dataclass(frozen=True)
class Fields:
    """What a request is about; ``timeout`` is in milliseconds, 0 is for ever."""

    id: str
    data: Any
    task: str | None
    timeout: float
    is_stream: bool


def read_fields(body: Any, is_stream: bool) -> Fields:
    """Raises ``LinkError`` ``ERR_LINK_PROTOCOL`` for what is no request."""
    if type(body) is not dict or type(body.get("id")) is not str:
        raise protocol_error("a request without an id")
    for name in ("task", "traceparent", "key"):
        if name in body and type(body[name]) is not str:
            raise protocol_error(f"a request whose {name} is not text")
    if len(body.get("key", "").encode("utf-16-le", "surrogatepass")) > 2 * 4_096:
        raise protocol_error("a key that is too long")
    timeout = body.get("timeout", 0)
    return Fields(
        id=body["id"],
        data=body.get("data", undefined),
        task=body.get("task"),
        timeout=timeout if type(timeout) in (int, float) and timeout > 0 else 0,
        is_stream=is_stream,
    )


class Channel(Protocol):
    """What a request needs of its connection."""

    codec: Codec
    max_body_bytes: int
    peer_stream_window: int
    tells_refusals: bool

    @property
    def has_room(self) -> bool:
        """Whether less than a backlog waits to be written."""

    def send_body(self, kind: int, body: Body, *, number: int, flags: int = 0) -> None: ...

    def await_room(self, request: Request) -> None:
        """The request wants to be told, by ``drained``, when the backlog has gone."""

    def abandon(self, request: Request) -> None:
        """The request was given up, and its handler goes on."""

    def forget(self, request: Request) -> None:
        """The request has ended."""


class Request:
    """Answered once: by ``reply``, ``end``, ``fail`` or ``refuse``. What is sent after it was given up is dropped."""

    def __init__(self, channel: Channel, number: int, fields: Fields, size: int) -> None:
        self.fields = fields
        self.number = number
        self.size = size
        self.is_over = False
        """Whether it was answered or given up."""
        self.is_aborted = False
        self.on_abort: Callable[[], object] = lambda: None
        self.send_error: LinkError | None = None
        """Why the last answer, item or report could not be sent."""
        self.has_begun = False
        self._channel = channel
        self._held: Body | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writer = StreamWriter(channel.peer_stream_window, self._send_item, self._has_room) if fields.is_stream else None

    def start_timer(self) -> None:
        """Aborts the handler once the requester's time is over."""
        if self.fields.timeout > 0:
            self._timer = asyncio.get_running_loop().call_later(self.fields.timeout / 1_000, self.abort)

    def encode(self, value: Any) -> Body:
        """May be called in any thread. Raises ``LinkError`` for what can't be sent or is too large."""
        try:
            body = self._channel.codec.encode(value)
            if len(body.data) > self._channel.max_body_bytes:
                raise too_large_error(len(body.data), self._channel.max_body_bytes)
        except LinkError as error:
            self.send_error = error
            raise
        return body

    def reply(self, value: Any) -> None:
        self._answer(0, self.encode(value))

    def reply_end(self) -> None:
        """Ends a stream."""
        self._answer(0, self.encode(undefined))

    def fail(self, error: BaseException, is_refusal: bool = False) -> None:
        flags = FAILED | REFUSED if is_refusal and self._channel.tells_refusals else FAILED
        self._answer(flags, encode_failure(error, self._channel.codec, self._channel.max_body_bytes))

    async def write(self, body: Body) -> None:
        """Returns when the item's turn has come and it is sent. Raises ``Cancelled`` when nobody waits for it any more."""
        if self.is_over or self._writer is None:
            raise Cancelled()
        await self._writer.write(body)

    def progress(self, body: Body) -> None:
        """Sends a report. While there is a backlog only the newest is kept."""
        if self.is_over:
            return
        if self._channel.has_room:
            self._channel.send_body(PROGRESS, body, number=self.number)
        else:
            self._held = body
            self._channel.await_room(self)

    def add_credit(self, amount: int) -> None:
        if self._writer is not None:
            self._writer.add_credit(amount)

    def drained(self) -> None:
        """The backlog has gone."""
        self._flush()
        if self._writer is not None:
            self._writer.look_again()

    def abort(self) -> None:
        """Nobody waits for the answer any more."""
        if self.is_over:
            return
        self._end()
        self.is_aborted = True
        self._channel.abandon(self)
        self.on_abort()
        if not self.has_begun:
            self.handler_ended()

    def handler_ended(self) -> None:
        self._channel.forget(self)

    def _has_room(self) -> bool:
        if self._channel.has_room:
            return True
        self._channel.await_room(self)
        return False

    def _send_item(self, body: Body) -> None:
        self._channel.send_body(CHUNK, body, number=self.number)

    def _answer(self, flags: int, body: Body) -> None:
        if self.is_over:
            return
        self._flush()
        self._channel.send_body(REPLY if self._writer is None else END, body, number=self.number, flags=flags)
        self._end()

    def _flush(self) -> None:
        body, self._held = self._held, None
        if body is not None and not self.is_over:
            self._channel.send_body(PROGRESS, body, number=self.number)

    def _end(self) -> None:
        self.is_over = True
        self._held = None
        if self._timer is not None:
            self._timer.cancel()
