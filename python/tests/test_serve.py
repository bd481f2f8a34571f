"""Handlers: tasks and streams, plain and async, with all that may happen to them."""

import asyncio
import functools
import threading
import time
from contextlib import asynccontextmanager

import pydantic
import pytest
from fake_host import connected, in_loop

from ipc_link import Cancelled, Contract, JSError, LinkError, Stream, Task, frames, undefined
from ipc_link.answer import bind
from ipc_link.logs import LOG_TASK, Logs
from ipc_link.serve import _Sidecar


@asynccontextmanager
async def serving(handlers, operations=None, **options):
    """A sidecar with these handlers, each of a task unless it is said otherwise, and its host."""
    contract = Contract("t", operations or {name: Task() for name in handlers})
    sidecar = _Sidecar(bind(contract, handlers), options.pop("threads", 4), 1_000_000)
    async with connected(sidecar._begin, **options) as (link, host):
        sidecar._link = link
        sidecar._logs = Logs(asyncio.get_running_loop(), link.encode_call, link.call)
        yield host
    sidecar._executor.shutdown(wait=False)


async def failure(host, kind=frames.REPLY):
    """The error of the next frame, and whether the link refused."""
    frame = await host.frame()
    assert frame is not None and frame.kind == kind and frame.flags & frames.FAILED, frame
    error = host.codec.decode(frame.body, frame.flags & 3)
    assert isinstance(error, JSError)
    return error, bool(frame.flags & frames.REFUSED)


async def async_double(value, context):
    await asyncio.sleep(0)
    return value * 2


def plain_double(value, context):
    assert threading.current_thread() is not threading.main_thread()
    return value * 2


class Doubler:
    async def __call__(self, value, context):
        return value * 2


@pytest.mark.parametrize(
    "handler",
    [async_double, plain_double, Doubler(), functools.partial(async_double), lambda value, context: async_double(value, context)],
    ids=["async", "plain", "object", "partial", "a plain one that returns a coroutine"],
)
@in_loop
async def test_tasks(handler):
    async with serving({"double": handler}) as host:
        host.request(1, "t.double", 21)
        assert await host.value(frames.REPLY) == {"value": 42}


async def async_count(to, context):
    for number in range(to):
        yield number


def plain_count(to, context):
    yield from range(to)


@pytest.mark.parametrize("handler", [async_count, plain_count, lambda to, context: list(range(to)), lambda to, context: async_count(to, context)])
@in_loop
async def test_streams_wait_for_credit(handler):
    async with serving({"count": handler}, {"count": Stream()}, window=2) as host:
        host.request(1, "t.count", 4, is_stream=True)
        assert [await host.value(frames.CHUNK) for _ in range(2)] == [0, 1]
        host.send(frames.PING, number=5)  # of its own accord it sends nothing more
        assert (await host.frame()).kind == frames.PONG
        host.credit(1, 2)
        assert [await host.value(frames.CHUNK) for _ in range(2)] == [2, 3]
        # An end needs no credit, but to find it the generator goes on.
        assert await host.value(frames.END) is undefined


@in_loop
async def test_an_item_larger_than_the_window_is_sent_with_any_credit():
    async def large(_, context):
        yield bytes(1_000)
        yield 1

    async with serving({"large": large}, {"large": Stream()}, window=1) as host:
        host.request(1, "t.large", is_stream=True)
        assert await host.value(frames.CHUNK) == bytes(1_000)
        host.credit(1, 1_002)
        host.send(frames.PING)
        assert (await host.frame()).kind == frames.PONG
        host.credit(1, 1)
        assert await host.value(frames.CHUNK) == 1


@in_loop
async def test_cancel_ends_an_async_handler_and_its_slot_when_it_has_cleaned_up():
    steps = []

    async def forever(_, context):
        try:
            steps.append("begun")
            await asyncio.sleep(3_600)
        finally:
            await asyncio.sleep(0)
            steps.append(f"cleaned up, {context.cancelled}")

    async with serving({"forever": forever}) as host:
        host.request(1, "t.forever")
        while not steps:
            await asyncio.sleep(0)
        host.send(frames.CANCEL, number=1)
        frame = await host.frame()
        assert (frame.kind, frame.number, frame.body) == (frames.REPLY, 1, b"")
        assert steps == ["begun", "cleaned up, True"]


@in_loop
async def test_a_deadline_tells_a_plain_handler_which_ends_when_it_looks():
    def work(_, context):
        while True:
            time.sleep(0.001)
            context.raise_if_cancelled()

    async with serving({"work": work}) as host:
        host.request(1, "t.work", timeout=30)
        frame = await host.frame()
        assert (frame.kind, frame.body) == (frames.REPLY, b"")


@pytest.mark.parametrize("kind", ["async", "plain"])
@in_loop
async def test_a_stream_that_is_left_closes_its_generator(kind):
    closed = threading.Event()

    async def async_items(_, context):
        try:
            while True:
                yield 1
        finally:
            closed.set()

    def plain_items(_, context):
        try:
            while True:
                yield 1
        finally:
            closed.set()

    handler = async_items if kind == "async" else plain_items
    async with serving({"items": handler}, {"items": Stream()}, window=2) as host:
        host.request(1, "t.items", is_stream=True)
        assert [await host.value(frames.CHUNK) for _ in range(2)] == [1, 1]
        host.send(frames.CANCEL, number=1)
        frame = await host.frame()
        assert (frame.kind, frame.body) == (frames.END, b"")
        assert closed.is_set()


@in_loop
async def test_a_cancelled_call_that_waits_for_a_thread_is_never_made():
    entered, release, calls = threading.Event(), threading.Event(), []

    def block(value, context):
        calls.append(value)
        entered.set()
        release.wait()

    async with serving({"block": block}, threads=1) as host:
        host.request(1, "t.block", "first")
        host.request(2, "t.block", "second")
        while not entered.is_set():
            await asyncio.sleep(0)
        host.send(frames.CANCEL, number=2)
        host.send(frames.PING)
        assert (await host.frame()).kind == frames.PONG
        release.set()
        assert {(await host.frame()).number for _ in range(2)} == {1, 2}
        assert calls == ["first"]


@in_loop
async def test_progress_comes_before_the_reply_from_any_thread():
    def plain(_, context):
        for step in range(3):
            context.progress(step)
        return "done"

    async def coroutine(_, context):
        return plain(_, context)

    async with serving({"plain": plain, "coroutine": coroutine}) as host:
        for task in ("t.plain", "t.coroutine"):
            host.request(1, task)
            assert [await host.value(frames.PROGRESS) for _ in range(3)] == [0, 1, 2]
            assert await host.value(frames.REPLY) == {"value": "done"}


@in_loop
async def test_of_progress_that_is_not_read_the_newest_is_kept():
    async def report(_, context):
        for step in range(100):
            context.progress([step, bytes(50_000)])
        return None

    async with serving({"report": report}) as host:
        host.request(1, "t.report")
        steps = []
        while (frame := await host.frame()).kind == frames.PROGRESS:
            steps.append(host.codec.decode(frame.body, frame.flags)[0])
        assert frame.kind == frames.REPLY
        assert len(steps) < 100 and steps == sorted(steps) and steps[-1] == 99


@in_loop
async def test_exceptions_arrive_with_class_code_cause_and_attributes():
    class DiskError(Exception):
        def __init__(self):
            super().__init__("The disk is full.")
            self.code = "ENOSPC"
            self.free = 12
            self.lock = threading.Lock()
            self._private = 1

    def fail(_, context):
        try:
            open("/nonexistent/file")
        except OSError as error:
            raise DiskError() from error

    async with serving({"fail": fail}) as host:
        host.request(1, "t.fail")
        error, is_refusal = await failure(host)
        assert not is_refusal
        assert str(error) == "The disk is full."
        assert {key: error.properties[key] for key in ("name", "code", "free", "omitted")} == {
            "name": "DiskError",
            "code": "ENOSPC",
            "free": 12,
            "omitted": ["lock"],
        }
        assert "_private" not in error.properties
        assert "in fail" in error.properties["stack"]
        cause = error.properties["cause"]
        assert (cause.properties["name"], cause.properties["code"], cause.properties["path"]) == ("FileNotFoundError", "ENOENT", "/nonexistent/file")


@in_loop
async def test_a_failure_that_is_too_large_is_cut():
    def fail(_, context):
        error = TypeError("x" * 100_000)
        error.data = bytes(100_000)
        raise error

    async with serving({"fail": fail}, maxFrameBytes=2_000) as host:
        host.request(1, "t.fail")
        error, _ = await failure(host)
        assert error.type == "TypeError"
        assert str(error).endswith("(cut, of 100000 characters)")
        assert set(error.properties["omitted"]) == {"data", "message", "stack"}


@pytest.mark.parametrize("error", [StopIteration("s"), asyncio.CancelledError(), ZeroDivisionError(), Cancelled("c"), asyncio.TimeoutError()])
@pytest.mark.parametrize("kind", ["async", "plain"])
@in_loop
async def test_whatever_a_handler_raises_settles_its_call(kind, error):
    def plain(_, context):
        raise error

    async def coroutine(_, context):
        raise error

    async with serving({"fail": plain if kind == "plain" else coroutine}) as host:
        host.request(1, "t.fail")
        _, is_refusal = await failure(host)
        assert not is_refusal


@in_loop
async def test_what_the_link_refuses():
    async def unsendable(_, context):
        return {"a": [object()]}

    async def huge(_, context):
        return bytes(2_000_000)

    async def relay(_, context):
        raise LinkError("ERR_LINK_TIMEOUT", "another call was late")

    async with serving({"unsendable": unsendable, "huge": huge, "relay": relay}, maxFrameBytes=1_000_000) as host:
        expected = {"t.nothing": "ERR_LINK_NO_HANDLER", "t.unsendable": "ERR_LINK_UNSERIALIZABLE", "t.huge": "ERR_LINK_TOO_LARGE"}
        for task, code in expected.items():
            host.request(1, task)
            error, is_refusal = await failure(host)
            assert (error.properties["code"], is_refusal) == (code, True)
        host.request(1, "t.relay")
        error, is_refusal = await failure(host)
        assert (error.properties["code"], is_refusal) == ("ERR_LINK_TIMEOUT", False)
        host.request(1, "t.relay", is_stream=True)
        error, is_refusal = await failure(host, frames.END)
        assert (error.properties["code"], is_refusal) == ("ERR_LINK_WRONG_KIND", True)


@in_loop
async def test_refusals_are_not_flagged_for_a_host_that_does_not_know_the_flag():
    async with serving({"double": async_double}, features=()) as host:
        host.request(1, "t.nothing")
        assert (await failure(host))[1] is False


class Range(pydantic.BaseModel):
    below: int
    label: str | None = None


class Found(pydantic.BaseModel):
    how_many: int = pydantic.Field(alias="howMany")


@in_loop
async def test_models_validate_input_output_items_and_progress():
    async def count(value, context):
        assert isinstance(value, Range) and value.label is None
        context.progress(value.below)
        return Found(howMany=value.below)

    async def items(value, context):
        yield 1
        yield "one"

    operations = {"count": Task(input=Range, output=Found, progress=int), "items": Stream(input=list[int], item=int)}
    async with serving({"count": count, "items": items}, operations) as host:
        host.request(1, "t.count", {"below": 5, "label": undefined})
        assert await host.value(frames.PROGRESS) == 5
        assert await host.value(frames.REPLY) == {"value": {"howMany": 5}}
        host.request(1, "t.count", {"below": "many"})
        error, is_refusal = await failure(host)
        assert is_refusal and error.properties["code"] == "ERR_LINK_INVALID_INPUT"
        assert error.properties["issues"] == [{"message": "value is not a valid integer", "path": ["below"]}]
        assert str(error) == "t.count: its input does not fit the contract: below: value is not a valid integer."
        host.request(2, "t.items", [1], is_stream=True)
        assert await host.value(frames.CHUNK) == 1
        error, is_refusal = await failure(host, frames.END)
        # The handler is at fault, and not the caller.
        assert not is_refusal and error.properties["code"] == "ERR_LINK_INVALID_OUTPUT"


@in_loop
async def test_progress_that_does_not_fit_is_refused_unless_the_handler_goes_on():
    async def report(goes_on, context):
        try:
            context.progress("half")
        except LinkError:
            if not goes_on:
                raise
        return "done"

    async with serving({"report": report}, {"report": Task(progress=int)}) as host:
        host.request(1, "t.report", True)
        assert await host.value(frames.REPLY) == {"value": "done"}
        host.request(1, "t.report", False)
        error, is_refusal = await failure(host)
        assert (error.properties["code"], is_refusal) == ("ERR_LINK_INVALID_PROGRESS", True)


@in_loop
async def test_requests_reach_their_handlers_in_order():
    order = []

    async def note(value, context):
        order.append(value)
        return None

    async with serving({"note": note}) as host:
        for number in range(1_000):
            host.request(number, "t.note", number)
        for _ in range(1_000):
            await host.value(frames.REPLY)
        assert order == list(range(1_000))


@in_loop
async def test_log_lines_are_requests_to_the_host(capfd):
    def work(_, context):
        context.log.info("read", bytes=12)
        context.log.warn("odd\nline", lock=threading.Lock())
        return None

    async with serving({"work": work}) as host:
        host.request(1, "t.work")
        line = await host.value(frames.REQUEST)
        assert line["task"] == LOG_TASK
        assert line["data"] == {"level": "info", "message": "read", "fields": {"bytes": 12}, "requestId": "r1"}
        assert await host.value(frames.REPLY) == {"value": None}
        printed = capfd.readouterr().err
    assert printed.startswith(r"[warn] odd\nline (its fields can't be logged:") and printed.count("\n") == 1


@in_loop
async def test_more_lines_than_the_host_answers_are_printed(capfd):
    async def work(_, context):
        for number in range(1_100):
            context.log.debug(f"line {number}")
        return None

    async with serving({"work": work}) as host:
        host.request(1, "t.work")
        sent = 0
        while (frame := await host.frame()).kind == frames.REQUEST:
            sent += 1
        assert (sent, frame.kind) == (1_024, frames.REPLY)
        assert len(capfd.readouterr().err.splitlines()) == 1_100 - 1_024
    # Those that have no answer when the connection is lost are printed, too.
    assert "line 0 (request r1) (not logged over the link" in capfd.readouterr().err


def test_handlers_are_checked_before_anything_is_served():
    with pytest.raises(TypeError, match="the handler for 'a' is missing"):
        bind(Contract("t", {"a": Task()}), {})
    with pytest.raises(TypeError, match="must yield items"):
        bind(Contract("t", {"a": Stream()}), {"a": async_double})
    with pytest.raises(TypeError, match="must return a value"):
        bind(Contract("t", {"a": Task()}), {"a": async_count})
