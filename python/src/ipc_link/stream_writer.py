"""The writing end of a stream: credit is what the reader asks for, room is what memory allows."""

from __future__ import annotations

import asyncio
from typing import Callable

from .codec import Body
from .limits import MAX_CREDIT


class StreamWriter:
    """Sends items in turn while there are credit and room, and lets the producer wait while there are not."""

    def __init__(self, window: int, send: Callable[[Body], None], has_room: Callable[[], bool]) -> None:
        self._credit = min(window, MAX_CREDIT)
        self._send = send
        self._has_room = has_room
        self._changed: asyncio.Future[None] | None = None

    async def write(self, body: Body) -> None:
        """Returns when the item has been sent. One item is written at a time."""
        while self._credit <= 0 or not self._has_room():
            self._changed = asyncio.get_running_loop().create_future()
            await self._changed
        self._send(body)
        # An empty item costs a byte too, so that credit always runs out.
        self._credit -= max(1, len(body.data))

    def add_credit(self, amount: int) -> None:
        self._credit = min(self._credit + amount, MAX_CREDIT)
        self.look_again()

    def look_again(self) -> None:
        """To be called when there may be room."""
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)
