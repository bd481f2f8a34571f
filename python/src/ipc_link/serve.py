"""``serve``: the whole life of a sidecar."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Mapping, NoReturn

from .answer import Handler, Operation, answer, bind
from .codec import codecs
from .context import Context
from .contract import Contract
from .errors import LinkError, connect_error, no_handler_error
from .handshake import Identity
from .launch import Launch, end_with_parent, read_launch
from .limits import MAX_FRAME_BYTES
from .link import Link
from .logs import Log, Logs
from .printing import print_line
from .request import Request

_LAUNCH_SECONDS = 30.0
_RETRY_SECONDS = 0.02
_CLEANUP_SECONDS = 0.5
_LEAVE_SECONDS = 1.0
# Refusals that pass: other connections to the host's socket have taken this one's place.
_PASSING = ("ERR_LINK_HANDSHAKE", "ERR_LINK_OVERLOADED")


async def serve(
    contract: Contract,
    handlers: Mapping[str, Handler],
    *,
    threads: int = 32,
    max_frame_bytes: int = MAX_FRAME_BYTES,
) -> NoReturn:
    """
    Serves a contract from a process that a host has started: ``asyncio.run(serve(contract, handlers))`` is the last line of its program.

    A handler is called with the input and a ``Context``. The handler of a task is ``async def`` or a plain function, which runs in a thread. The
    handler of a stream is a generator: ``async def`` with ``yield``, or a plain one, which runs in threads.

    It never returns. The process ends with exit code 0 when the host says goodbye or is gone, even if handlers still work: those that are
    ``async`` are cancelled and have half a second to clean up. ``atexit`` functions are not called.

    :param threads: How many plain functions run at once. Others wait.
    :param max_frame_bytes: The largest message that is accepted, 64 MiB unless it is given.
    :raises TypeError: when an operation has no handler, or a model and no pydantic to validate it.
    :raises RuntimeError: when the process was not started by a host, or no launch message came within 30 s.
    :raises LinkError: ``ERR_LINK_CONNECT`` when the host can't be reached within 30 s, ``ERR_LINK_AUTH`` if another process answers.
    """
    sidecar = _Sidecar(bind(contract, handlers), threads, max_frame_bytes)
    launch = await sidecar.read_launch()
    end_with_parent()
    link = await sidecar.connect(launch)
    error = await link.closed
    if error is not None:
        print_line(str(error))
    await sidecar.leave()


class _Sidecar:
    def __init__(self, operations: Mapping[str, Operation], threads: int, max_frame_bytes: int) -> None:
        self._operations = operations
        self._max_frame_bytes = max_frame_bytes
        self._executor = ThreadPoolExecutor(threads, "ipc-link-handler")
        self._loop = asyncio.get_running_loop()
        self._running: set[asyncio.Task[None]] = set()
        self._link: Link | None = None
        self._logs: Logs | None = None

    async def read_launch(self) -> Launch:
        # Ctrl-C is sent to the whole process group, but the host decides when a sidecar ends.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, lambda *_: None)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(line_buffering=True)
        launched: asyncio.Future[Launch] = self._loop.create_future()

        def settle(result: Launch | Exception) -> None:
            if launched.done():
                return
            if isinstance(result, Launch):
                launched.set_result(result)
            else:
                launched.set_exception(RuntimeError(str(result)))

        read_launch(lambda result: _call_soon(self._loop, settle, result), self._host_gone)
        try:
            return await asyncio.wait_for(launched, _LAUNCH_SECONDS)
        except asyncio.TimeoutError:
            raise RuntimeError(f"No launch message came within {_LAUNCH_SECONDS} s.") from None

    async def connect(self, launch: Launch) -> Link:
        """Connects, and tries again while the host is busy with other connections. Raises ``LinkError``."""
        give_up_at = self._loop.time() + _LAUNCH_SECONDS
        identity = Identity(launch.name, list(codecs()), launch.secret, self._max_frame_bytes)
        while True:
            cause: object
            try:
                _, link = await self._loop.create_unix_connection(lambda: Link(identity, launch.host, self._begin), launch.endpoint)
                self._link = link
                self._logs = Logs(self._loop, link.encode_call, link.call)
                await link.ready
                return link
            except OSError as error:
                cause = error
            except LinkError as error:
                if error.code not in _PASSING:
                    raise
                cause = error
            if self._loop.time() > give_up_at:
                raise connect_error(launch.endpoint, _LAUNCH_SECONDS, cause)
            await asyncio.sleep(_RETRY_SECONDS)

    def _begin(self, request: Request) -> None:
        assert self._link is not None and self._logs is not None
        operation = self._operations.get(request.fields.task or "")
        if operation is None:
            self._link.refuse(request, no_handler_error(request.fields.task))
            return
        context = Context(request, self._loop, operation.validate_progress, Log(self._logs.write, request.fields.id))
        task = self._loop.create_task(answer(request, operation, context, self._executor), name=operation.name)
        request.on_abort = task.cancel
        self._running.add(task)
        task.add_done_callback(lambda ended: self._end(ended, request))

    def _end(self, task: asyncio.Task[None], request: Request) -> None:
        self._running.discard(task)
        assert self._link is not None
        self._link.settle(request)

    async def leave(self) -> NoReturn:
        """Ends the process, after a moment for handlers to clean up."""
        _exit_later()
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=_CLEANUP_SECONDS)
        _exit()

    def _host_gone(self) -> None:
        """Called in the thread that reads stdin. The event loop may be blocked by a handler."""
        _exit_later()
        if self._link is None:
            _exit()
        _call_soon(self._loop, self._link.connection_lost, None)


def _call_soon(loop: asyncio.AbstractEventLoop, function: Any, argument: Any) -> None:
    with contextlib.suppress(RuntimeError):  # the loop is closed, because ``serve`` has raised
        loop.call_soon_threadsafe(function, argument)


def _exit_later() -> None:
    timer = threading.Timer(_LEAVE_SECONDS, os._exit, [0])
    timer.daemon = True
    timer.start()


def _exit() -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)
