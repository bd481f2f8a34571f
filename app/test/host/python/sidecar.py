"""The sidecar of python.test.ts, written against the package as an app would."""

import asyncio
import os
import re
import sys
import time

from ipc_link import Contract, Stream, Task, serve

order = []


async def echo(value, context):
    return value


async def note(value, context):
    order.append(value)
    return list(order)


def work(steps, context):
    for step in range(steps):
        context.progress(step)
    context.log.info("worked", steps=steps, thread=True)
    print("printed")
    return os.getpid()


async def hold(_, context):
    """Never returns. Its progress says that it has begun, its log that it was cancelled."""
    context.progress("begun")
    try:
        await asyncio.sleep(3_600)
    finally:
        context.log.info("cancelled")


def deaf(_, context):
    """Keeps the interpreter to itself for ever: an expression that takes exponential time, in C code that lets no other thread run."""
    context.progress("begun")
    time.sleep(0.02)  # so that the progress leaves
    re.match(r"(a+)+$", "a" * 64 + "b")


async def count(to, context):
    for number in range(to):
        yield number


async def flood(size, context):
    """Yields for ever, and prints how many items were asked for when its reader leaves."""
    made = 0
    try:
        while True:
            made += 1
            yield bytes(size)
    finally:
        context.log.info("left", made=made)


async def crash(code, context):
    print("last words", file=sys.stderr)
    os._exit(code)


async def fail(_, context):
    raise ValueError("There is nothing to count.")


operations = {name: Task() for name in ("echo", "note", "work", "hold", "deaf", "crash", "fail")}
handlers = {"echo": echo, "note": note, "work": work, "hold": hold, "deaf": deaf, "crash": crash, "fail": fail, "count": count, "flood": flood}
asyncio.run(serve(Contract("python", {**operations, "count": Stream(), "flood": Stream()}), handlers))
