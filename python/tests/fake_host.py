"""A host in this process: the other end of a socket, which says the bytes that a test wants it to."""

import asyncio
import functools
import json
import secrets
import socket
from contextlib import asynccontextmanager

from ipc_link import frames
from ipc_link.codec import codecs
from ipc_link.frames import FrameReader, write_header
from ipc_link.handshake import Identity, compute_proof
from ipc_link.link import Link
from ipc_link.limits import MAX_FRAME_BYTES

SECRET = bytes(range(32))


def in_loop(test):
    """Runs a test that is a coroutine. What never comes fails it."""

    @functools.wraps(test)
    def run(*arguments, **named):
        asyncio.run(asyncio.wait_for(test(*arguments, **named), 20))

    return run


class FakeHost:
    """Reads frames, and writes what it is told to."""

    def __init__(self, reader, writer, codec="msgpack"):
        self.codec = codecs()[codec]
        self._reader, self._writer = reader, writer
        self._frames = FrameReader(MAX_FRAME_BYTES)
        self._read = []

    async def frame(self):
        """The next frame; None at the end of the connection."""
        while not self._read:
            data = await self._reader.read(65_536)
            if not data:
                return None
            self._read.extend(self._frames.push(data))
        return self._read.pop(0)

    async def value(self, kind):
        """The value of the next frame, which has to be of that kind, and its flags of failure."""
        frame = await self.frame()
        assert frame is not None and frame.kind == kind, frame
        return self.codec.decode(frame.body, frame.flags & 3)

    def write(self, data):
        self._writer.write(data)

    def send(self, kind, body=b"", flags=0, number=0):
        self.write(write_header(kind, len(body), flags=flags, number=number) + body)

    def request(self, number, task, data=None, *, is_stream=False, **fields):
        body = self.codec.encode({"id": f"r{number}", "data": data, "task": task, **fields})
        self.send(frames.REQUEST, body.data, body.flags | (frames.STREAM if is_stream else 0), number)

    def credit(self, number, amount):
        self.send(frames.CREDIT, amount.to_bytes(4, "big"), number=number)

    async def shake_hands(self, *, name="host", window=262_144, features=("ended", "refused"), secret=SECRET, **other):
        hello = json.loads((await self.frame()).body)
        welcome = {
            "protocol": 1,
            "codec": self.codec.name,
            "name": name,
            "instance": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(32),
            "maxFrameBytes": MAX_FRAME_BYTES,
            "streamWindow": window,
            "features": list(features),
            **other,
        }
        welcome["proof"] = compute_proof("server", secret, hello, welcome)
        self.send(frames.WELCOME, json.dumps(welcome).encode())
        return hello, welcome

    async def goodbye(self):
        """The code of the goodbye that has to come next, behind which the connection is closed."""
        frame = await self.frame()
        assert frame is not None and frame.kind == frames.GOODBYE, frame
        assert await self.frame() is None
        self.close()
        return json.loads(frame.body).get("code")

    def close(self):
        self._writer.close()


@asynccontextmanager
async def connected(on_request=lambda request: None, *, codec="msgpack", shake=True, **options):
    """A Link and the host at its other end."""
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_unix_connection(sock=theirs)
    host = FakeHost(reader, writer, codec)
    identity = Identity("worker", list(codecs()), SECRET, options.pop("max_frame_bytes", MAX_FRAME_BYTES))
    _, link = await loop.create_unix_connection(lambda: Link(identity, "host", on_request), sock=ours)
    if shake:
        hello, welcome = await host.shake_hands(**options)
        proof = json.loads((await host.frame()).body)["proof"]
        assert proof == compute_proof("client", SECRET, hello, welcome)
    try:
        yield link, host
    finally:
        host.close()
        await link.closed
