"""What a handler gets besides its input."""

from __future__ import annotations

import asyncio
from typing import Any, Callable

from .errors import Cancelled, ContractError
from .logs import Log
from .request import Request


class Context:
    """The second argument of a handler, for one request. All of it may be used in the thread of a handler that is a plain function."""

    def __init__(self, request: Request, loop: asyncio.AbstractEventLoop, validate_progress: Callable[[Any], Any], log: Log) -> None:
        self.id: str = request.fields.id
        """The request's id, the same on both sides."""
        self.log = log
        """Logs lines, which the host gets with the id of this request: ``context.log.info("read", bytes=12)``."""
        self.refusal: ContractError | None = None
        self._request = request
        self._loop = loop
        self._validate_progress = validate_progress

    @property
    def cancelled(self) -> bool:
        """
        Whether the caller has cancelled, its time is over, or the host is gone. A plain function looks at it now and then. In an ``async``
        handler ``asyncio.CancelledError`` is raised at its next ``await``.
        """
        return self._request.is_aborted

    def raise_if_cancelled(self) -> None:
        """Raises ``Cancelled`` if nobody waits for the answer any more. A handler need not catch it."""
        if self.cancelled:
            raise Cancelled("The request was cancelled, or its time is over.")

    def progress(self, report: Any) -> None:
        """
        Sends a report of progress to the caller. Under load older reports may be left out; the last one always arrives.

        Raises ``ContractError`` ``ERR_LINK_INVALID_PROGRESS`` where it does not fit the contract; ``LinkError``
        ``ERR_LINK_UNSERIALIZABLE``, ``ERR_LINK_TOO_LARGE``.
        """
        try:
            validated = self._validate_progress(report)
        except ContractError as error:
            self.refusal = error
            raise
        body = self._request.encode(validated)
        if _runs_here(self._loop):
            self._request.progress(body)
        else:
            self._loop.call_soon_threadsafe(self._request.progress, body)


def _runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False
