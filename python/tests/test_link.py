"""The connection: the handshake, conversations of docs/vectors, limits, and a host that misbehaves."""

import asyncio
import json

import pytest
from fake_host import SECRET, connected, in_loop
from vectors import read_vectors

from ipc_link import LinkError, frames, link as link_module, undefined
from ipc_link.codec import Body

LISTENERS = {
    "echo": lambda request: request.reply(request.fields.data),
    "size": lambda request: request.reply(len(request.fields.data["items"])),
    "nothing": lambda request: request.reply(undefined),
    "wait": lambda request: None,
    "task double": lambda request: request.reply(request.fields.data * 2),
}


def progress(request):
    for percent in (50, 100):
        request.progress(request.encode({"percent": percent}))
    request.reply({"done": True})


def count(request):
    async def run():
        for number in range(1, request.fields.data["to"] + 1):
            await request.write(request.encode(number))
        request.reply_end()

    asyncio.get_running_loop().create_task(run())


def backwards():
    waiting = []

    def listen(request):
        waiting.append(request)
        if len(waiting) == 2:
            for other in reversed(waiting):
                other.reply(other.fields.data)

    return listen


# A failed answer is made of an exception here, so that what 'refuse', 'break' and 'blame' answer can't be said.
SAID = [
    conversation
    for conversation in read_vectors("conversations")["conversations"]
    if conversation.get("listener", "refuse") not in ("refuse", "break", "blame")
]


def test_most_conversations_are_held():
    assert len(SAID) == 14


@pytest.mark.parametrize("conversation", SAID, ids=lambda conversation: conversation["name"])
@in_loop
async def test_conversations(conversation):
    name = conversation["listener"]
    listeners = {**LISTENERS, "progress": progress, "count": count, "backwards": backwards()}
    options = {"window": conversation.get("streamWindow", 262_144), "features": conversation.get("features", [])}

    def listen(request):
        listeners[name](request)
        if request.is_over:
            link.settle(request)
        else:
            request.on_abort = lambda: link.settle(request)

    async with connected(lambda request: listen(request), codec="json", **options) as (link, host):
        for step in conversation["steps"]:
            if step["from"] == "client":
                host.write(bytes.fromhex(step["bytes"]))
            else:
                frame = await host.frame()
                expected = bytes.fromhex(step["bytes"])
                header = frames.write_header(frame.kind, len(frame.body), flags=frame.flags, number=frame.number)
                assert (header + frame.body).hex() == expected.hex()
        host.close()
        assert await host.frame() is None  # and nothing more was said


@in_loop
async def test_a_host_that_does_not_hold_the_secret_gets_no_proof():
    async with connected(shake=False) as (link, host):
        await host.shake_hands(secret=b"another")
        assert await host.goodbye() == "ERR_LINK_AUTH"
        with pytest.raises(LinkError) as caught:
            await link.ready
        assert caught.value.code == "ERR_LINK_AUTH"


@pytest.mark.parametrize(
    "said",
    [b"HTTP/1.1 200 OK\r\n\r\n", b"\0\0\0\0", b"\0\0\x10\x01\x02", b"\0\0\0\x06\x0a\0\0\0\0\0", b"\0\0\0\x03\x02\0{"],
    ids=["another protocol", "no header", "over 4,096 bytes", "a ping", "half of JSON"],
)
@in_loop
async def test_what_is_no_handshake(said):
    async with connected(shake=False) as (link, host):
        await host.frame()
        host.write(said)
        assert await host.goodbye() == "ERR_LINK_PROTOCOL"


@in_loop
async def test_a_handshake_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(link_module, "HANDSHAKE_SECONDS", 0.05)
    async with connected(shake=False) as (link, host):
        await host.frame()
        assert await host.goodbye() == "ERR_LINK_HANDSHAKE"


@in_loop
async def test_a_refusal_of_the_host_is_the_error():
    async with connected(shake=False) as (link, host):
        await host.frame()
        host.send(frames.GOODBYE, json.dumps({"code": "ERR_LINK_OVERLOADED", "message": "full"}).encode())
        with pytest.raises(LinkError, match="full") as caught:
            await link.ready
        assert caught.value.code == "ERR_LINK_OVERLOADED"


BAD_FRAMES = {
    "junk": b"\xff" * 64,
    "an unknown kind": b"\0\0\0\x02\x0d\0",
    "a second welcome": b"\0\0\0\x04\x02\0{}",
    "a request that is no value": b"\0\0\0\x07\x03\0\0\0\0\1\xc1",
    "a request that is no object": b"\0\0\0\x07\x03\0\0\0\0\1\x05",
    "a frame over the limit": b"\x7f\xff\xff\xff",
    "a goodbye that is no JSON": b"\0\0\0\x03\x0c\0{",
}


@pytest.mark.parametrize("said", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
@in_loop
async def test_a_broken_frame_ends_the_connection(said):
    async with connected() as (link, host):
        host.write(said)
        assert await host.goodbye() == "ERR_LINK_PROTOCOL"
        error = await link.closed
        assert error is not None and error.code == "ERR_LINK_PROTOCOL"


@in_loop
async def test_a_number_in_use_and_a_credit_of_three_bytes():
    async with connected() as (link, host):
        host.request(1, "wait")
        host.request(1, "wait")
        assert await host.goodbye() == "ERR_LINK_PROTOCOL"
    async with connected() as (link, host):
        host.request(1, "wait", is_stream=True)
        host.send(frames.CREDIT, b"\0\0\1", number=1)
        assert await host.goodbye() == "ERR_LINK_PROTOCOL"


@pytest.mark.parametrize("fields", [{"key": "k" * 4_097}, {"key": 1}, {"traceparent": None}])
@in_loop
async def test_fields_of_other_types(fields):
    async with connected() as (link, host):
        host.request(1, "wait", **fields)
        assert await host.goodbye() == "ERR_LINK_PROTOCOL"


@in_loop
async def test_a_frame_that_is_never_complete(monkeypatch):
    monkeypatch.setattr(link_module, "FRAME_SECONDS", 1)
    async with connected() as (link, host):
        host.write(b"\0\0\1\0\x03\0\0\0")
        assert await host.goodbye() == "ERR_LINK_PROTOCOL"


@in_loop
async def test_pings_are_answered_and_goodbye_is_no_error():
    async with connected() as (link, host):
        host.send(frames.PING, number=77)
        frame = await host.frame()
        assert (frame.kind, frame.number) == (frames.PONG, 77)
        host.send(frames.GOODBYE, b"{}")
        assert await link.closed is None


@in_loop
async def test_a_connection_that_breaks_aborts_its_requests_and_calls():
    begun = []
    async with connected(begun.append) as (link, host):
        host.request(1, "wait")
        call = link.call(link.encode_call("ipc-link.log", {}))
        await host.frame()
        while not begun:
            await asyncio.sleep(0)
        host.close()
        error = await link.closed
        assert error is not None and error.code == "ERR_LINK_PEER_LOST"
        assert begun[0].is_aborted
        assert call.exception().code == "ERR_LINK_PEER_LOST"


@in_loop
async def test_requests_beyond_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(link_module, "MAX_IN_FLIGHT", 2)
    async with connected() as (link, host):
        for number in range(3):
            host.request(number, "wait")
        frame = await host.frame()
        assert (frame.number, frame.flags & 12) == (2, 12)
        assert host.codec.decode(frame.body, frame.flags & 3).properties["code"] == "ERR_LINK_OVERLOADED"


@in_loop
async def test_a_host_that_reads_nothing(monkeypatch):
    """It gets no more work done; requests wait, then are refused; then the connection ends; and the rest of it goes on when it reads."""
    monkeypatch.setattr(link_module, "MAX_WRITE_BYTES", 1_000_000)
    begun = []

    def answer_large(request):
        begun.append(request.number)
        request.reply(bytes(2_000_000))
        link.settle(request)

    async with connected(answer_large) as (link, host):
        for number in range(5):
            host.request(number, "large", bytes(300_000))
        while len(link._parked) < 3 or len(link._open) > 3:
            await asyncio.sleep(0)
        assert begun == [0]
        answers = {}
        for _ in range(5):
            frame = await host.frame()
            answers[frame.number] = frame.flags & 12
        assert answers == {0: 0, 1: 0, 2: 0, 3: 0, 4: 12}
        assert begun == [0, 1, 2, 3]


@in_loop
async def test_a_host_that_does_not_even_read_refusals(monkeypatch):
    monkeypatch.setattr(link_module, "MAX_WRITE_BYTES", 10_000)
    async with connected(max_frame_bytes=1_000_000) as (link, host):
        body = Body(0, bytes(900_000))
        for _ in range(3):
            link.send_body(frames.REPLY, body, number=9)
        host.send(frames.PING)
        while not link._is_ending:
            await asyncio.sleep(0)
        host.close()
        error = await link.closed
        assert error is not None and error.code == "ERR_LINK_OVERLOADED"


@in_loop
async def test_a_large_frame_arrives_whole():
    received = asyncio.get_running_loop().create_future()
    async with connected(lambda request: received.set_result(request.fields.data)) as (link, host):
        data = bytes(range(256)) * 20_000
        host.request(1, "large", data)
        assert await received == data


def test_the_secret_is_not_in_the_hello():
    from ipc_link.handshake import Identity, create_hello

    assert SECRET.hex() not in repr(create_hello(Identity("worker", ["json"], SECRET, 1_000)))
