"""The connection to the host, from the handshake to the end: hands each frame to the request or call that it is about."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any, Callable

from .codec import Body, Codec, codecs
from .errors import (
    LinkError,
    handshake_lost_error,
    overload_error,
    peer_lost_error,
    protocol_error,
    too_large_error,
    unread_error,
)
from .frames import (
    CANCEL,
    CREDIT,
    END,
    FAILED,
    GOODBYE,
    HELLO,
    MAX_HANDSHAKE_BYTES,
    NUMBERED_HEADER_BYTES,
    PING,
    PONG,
    REPLY,
    REQUEST,
    STREAM,
    WELCOME,
    Frame,
    FrameReader,
    write_header,
)
from .handshake import Agreement, Identity, answer_welcome, create_hello, goodbye_error, read_json
from .limits import MAX_IN_FLIGHT, MAX_WRITE_BYTES
from .request import Request, read_fields

HANDSHAKE_SECONDS = 5.0
GOODBYE_SECONDS = 1.0
FRAME_SECONDS = 30
BACKLOG_BYTES = 65_536
_REQUEST_OVERHEAD_BYTES = 1_024
# Smaller bodies are written together with their header.
_COPIED_BYTES = 65_536


class Link(asyncio.Protocol):
    """
    The side that connects. ``ready`` resolves with the agreement, or raises the ``LinkError`` that ended the handshake. ``closed`` resolves when the
    connection is gone, with the ``LinkError`` that ended it, or None if either side said goodbye without one.
    """

    codec: Codec
    peer_stream_window = 0
    tells_refusals = False
    max_body_bytes = 0

    def __init__(self, identity: Identity, host: str, on_request: Callable[[Request], None]) -> None:
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[Agreement] = loop.create_future()
        self.closed: asyncio.Future[LinkError | None] = loop.create_future()
        self._loop = loop
        self._identity = identity
        self._host = host
        self._on_request = on_request
        self._hello = create_hello(identity)
        self._reader = FrameReader(MAX_HANDSHAKE_BYTES)
        self._agreement: Agreement | None = None
        self._transport: asyncio.Transport | None = None
        self._has_room = True
        self._is_ending = False
        self._is_intended = False
        self._failure: LinkError | None = None
        self._open: dict[int, Request] = {}
        self._abandoned: set[Request] = set()
        self._congested: set[Request] = set()
        self._parked: deque[Request] = deque()
        self._parked_bytes = 0
        self._working = 0
        self._calls: dict[int, asyncio.Future[Any]] = {}
        self._next_number = 0
        self._timer: asyncio.TimerHandle | None = None
        self._seconds_in_frame = 0

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=BACKLOG_BYTES)
        self._timer = self._loop.call_later(HANDSHAKE_SECONDS, self._give_up_handshake)
        self._send(HELLO, json.dumps(self._hello, ensure_ascii=False).encode())

    def data_received(self, data: bytes) -> None:
        if self._is_ending:
            return
        try:
            for frame in self._reader.push(data):
                self._seconds_in_frame = 0
                self._receive(frame)
                if self._is_ending:
                    return
            self._watch_frame()
        except LinkError as error:
            self.say_goodbye(error)
        except Exception as error:
            self.say_goodbye(protocol_error(f"a frame that could not be handled ({error!r})"))

    def pause_writing(self) -> None:
        self._has_room = False

    def resume_writing(self) -> None:
        self._has_room = True
        congested, self._congested = self._congested, set()
        for request in congested:
            request.drained()
        while self._parked and self._may_work:
            request = self._parked.popleft()
            self._parked_bytes -= request.size + _REQUEST_OVERHEAD_BYTES
            if not request.is_over:
                self._begin(request)

    def connection_lost(self, cause: Exception | None) -> None:
        self._is_ending = True
        if self._timer is not None:
            self._timer.cancel()
        lost = self._failure
        if lost is None and not self._is_intended:
            lost = handshake_lost_error() if self._agreement is None else peer_lost_error(self._host)
        for request in list(self._open.values()):
            request.abort()
        for call in self._calls.values():
            if not call.done():
                call.set_exception(lost or peer_lost_error(self._host))
                call.exception()  # nobody may be waiting for it, which is no error
        self._calls.clear()
        if not self.ready.done():
            self.ready.set_exception(lost or handshake_lost_error())
            self.ready.exception()
        if not self.closed.done():
            self.closed.set_result(lost)

    # What requests use.

    @property
    def has_room(self) -> bool:
        """Whether less than a backlog waits to be written. A connection that is closing has no room: what is written to it is dropped."""
        return self._has_room and not self._is_ending

    def send_body(self, kind: int, body: Body, *, number: int, flags: int = 0) -> None:
        self._send(kind, body.data, flags=flags | body.flags, number=number)

    def await_room(self, request: Request) -> None:
        self._congested.add(request)

    def abandon(self, request: Request) -> None:
        self._open.pop(request.number, None)
        self._abandoned.add(request)

    def forget(self, request: Request) -> None:
        if request in self._abandoned:
            self._abandoned.discard(request)
            if self._agreement is not None and "ended" in self._agreement.peer_features:
                self._send(END if request.fields.is_stream else REPLY, number=request.number)
        if request.has_begun:
            self._working -= 1

    # What the sidecar uses.

    def encode_call(self, task: str, data: Any) -> Body:
        """The body of a request to the host. May be called in any thread."""
        body = self.codec.encode({"id": f"{self._identity.instance}-{task}", "data": data, "task": task})
        if len(body.data) > self.max_body_bytes:
            raise too_large_error(len(body.data), self.max_body_bytes)
        return body

    def call(self, body: Body) -> asyncio.Future[Any]:
        """Sends a request to the host. The future has its answer."""
        if self._is_ending:
            raise peer_lost_error(self._host)
        number = self._next_number
        self._next_number = (number + 1) % 2**32
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._calls[number] = answer
        self.send_body(REQUEST, body, number=number)
        return answer

    def say_goodbye(self, error: LinkError | None = None) -> None:
        """Tells the host that this is on purpose and, with an error, why. Nothing that arrives from now on is looked at."""
        if self._is_ending or self._transport is None:
            return
        reason = {} if error is None else {"code": error.code, "message": str(error)[:500]}
        self._send(GOODBYE, json.dumps(reason).encode())
        self._is_ending = True
        self._is_intended = True
        self._failure = error
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._loop.call_later(GOODBYE_SECONDS, self._transport.abort)

    # The rest is its own.

    def _send(self, kind: int, body: bytes = b"", *, flags: int = 0, number: int = 0) -> None:
        if self._transport is None or self._is_ending:
            return
        header = write_header(kind, len(body), flags=flags, number=number)
        if len(body) < _COPIED_BYTES:
            self._transport.write(header + body)
        else:
            self._transport.write(header)
            self._transport.write(body)

    def _receive(self, frame: Frame) -> None:
        if frame.kind == GOODBYE:
            self._failure = goodbye_error(frame.body)
            self._is_intended = True
            self._is_ending = True
            if self._transport is not None:
                self._transport.close()
        elif self._agreement is None:
            self._welcome(frame)
        elif frame.kind == REQUEST:
            self._receive_request(frame)
        elif frame.kind == CANCEL:
            if frame.number in self._open:
                self._open[frame.number].abort()
            self._check_unread()
        elif frame.kind == CREDIT:
            if frame.number in self._open:
                self._open[frame.number].add_credit(_read_credit(frame))
        elif frame.kind == REPLY:
            self._receive_reply(frame)
        elif frame.kind == PING:
            if self._may_work:
                self._send(PONG, number=frame.number)
            self._check_unread()
        elif frame.kind in (HELLO, WELCOME):
            raise protocol_error("a handshake after the handshake")

    def _welcome(self, frame: Frame) -> None:
        if frame.kind != WELCOME:
            raise protocol_error("another frame than a welcome")
        confirmation, agreement = answer_welcome(self._identity, self._hello, read_json(frame.body), self._host)
        self._send(WELCOME, json.dumps(confirmation).encode())
        self._agreement = agreement
        self.codec = codecs()[agreement.codec]
        self.peer_stream_window = agreement.peer_stream_window
        self.tells_refusals = "refused" in agreement.peer_features
        self.max_body_bytes = min(self._identity.max_frame_bytes, agreement.peer_max_frame_bytes) - NUMBERED_HEADER_BYTES
        self._reader.max_bytes = self._identity.max_frame_bytes
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.ready.set_result(agreement)

    def _receive_request(self, frame: Frame) -> None:
        if frame.number in self._open:
            raise protocol_error("a request whose number is still in use")
        fields = read_fields(self.codec.decode(frame.body, frame.flags), frame.flags & STREAM != 0)
        request = Request(self, frame.number, fields, len(frame.body))
        self._open[frame.number] = request
        request.start_timer()
        if self._may_work and not self._parked:
            self._begin(request)
        else:
            self._park(request)
        self._check_unread()

    def _begin(self, request: Request) -> None:
        if self._working >= MAX_IN_FLIGHT:
            self.refuse(request, overload_error(f"the handlers of {MAX_IN_FLIGHT} requests have not ended"))
            return
        self._working += 1
        request.has_begun = True
        self._on_request(request)

    def _park(self, request: Request) -> None:
        """A host that doesn't read what it asked for gets no more work done until it does."""
        size = request.size + _REQUEST_OVERHEAD_BYTES
        if self._parked and self._parked_bytes + size > MAX_WRITE_BYTES:
            self.refuse(request, overload_error(f"{self._unread} bytes of answers wait to be read"))
            return
        self._parked.append(request)
        self._parked_bytes += size

    def refuse(self, request: Request, error: LinkError) -> None:
        """Answers that the link itself refuses the request, which no handler has begun with."""
        request.fail(error, is_refusal=True)
        self.settle(request)

    def settle(self, request: Request) -> None:
        """The request was answered, or its handler has ended."""
        if self._open.get(request.number) is request:
            del self._open[request.number]
        request.handler_ended()

    @property
    def _unread(self) -> int:
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    @property
    def _may_work(self) -> bool:
        return self._unread <= MAX_WRITE_BYTES

    def _check_unread(self) -> None:
        """Ends a connection to a host that does not even read refusals."""
        if self._unread > 2 * MAX_WRITE_BYTES + self._identity.max_frame_bytes:
            self.say_goodbye(unread_error(self._unread))

    def _receive_reply(self, frame: Frame) -> None:
        call = self._calls.pop(frame.number, None)
        if call is None or call.done():
            return
        value = self.codec.decode(frame.body, frame.flags) if frame.body else None
        if frame.flags & FAILED:
            call.set_exception(LinkError("ERR_LINK_REPLY", f"The host answered: {value!s:.500}"))
        else:
            call.set_result(value)

    def _give_up_handshake(self) -> None:
        self.say_goodbye(LinkError("ERR_LINK_HANDSHAKE", f"The host did not finish the handshake within {HANDSHAKE_SECONDS} s."))

    def _watch_frame(self) -> None:
        """Seconds are counted one by one, so that a process that was stopped meanwhile does not take that time for the host's."""
        if self._reader.is_mid_frame and self._timer is None:
            self._timer = self._loop.call_later(1, self._count_second)

    def _count_second(self) -> None:
        self._timer = None
        self._seconds_in_frame = self._seconds_in_frame + 1 if self._reader.is_mid_frame else 0
        if self._seconds_in_frame >= FRAME_SECONDS:
            self.say_goodbye(protocol_error("a frame that was not complete within its time"))
        else:
            self._watch_frame()


def _read_credit(frame: Frame) -> int:
    if len(frame.body) != 4:
        raise protocol_error("a credit that is not a number of 4 bytes")
    return int.from_bytes(frame.body, "big")
