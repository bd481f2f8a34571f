"""The programs of docs/PYTHON.md and of the example run as they are written."""

import asyncio
import re
from pathlib import Path

import ipc_link
import numpy
import pytest
from fake_host import connected, in_loop
from ipc_link import Binary, frames
from ipc_link.answer import bind
from ipc_link.serve import _Sidecar

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs/PYTHON.md").read_text("utf-8"), re.DOTALL)


def load(source, monkeypatch):
    """Runs a program that ends with `serve`. What it would have served."""
    served = []
    monkeypatch.setattr(ipc_link, "serve", lambda contract, handlers: served.append(bind(contract, handlers)))
    monkeypatch.setattr(asyncio, "run", lambda _: None)
    names = {"__name__": "program"}
    exec(compile(source, "program", "exec"), names)
    monkeypatch.undo()
    return served, names


@in_loop
async def ask(operations, task, data, is_stream=False):
    """The frames that answer a request, as their kinds and values."""
    sidecar = _Sidecar(operations, 1, 1_000_000)
    async with connected(sidecar._begin) as (link, host):
        sidecar._link, sidecar._logs = link, type("Logs", (), {"write": lambda self, record: None})()
        host.request(1, task, data, is_stream=is_stream)
        answers = []
        while not answers or answers[-1][0] not in (frames.REPLY, frames.END):
            frame = await host.frame()
            answers.append((frame.kind, host.codec.decode(frame.body, frame.flags & 3)))
    sidecar._executor.shutdown()
    answered.extend(answers)


answered = []


@pytest.fixture(autouse=True)
def forget():
    answered.clear()


def test_the_guide_has_these_programs_and_no_other_document_has_any():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("python/*.md")]
    assert [path.name for path in documents if "```python" in path.read_text("utf-8")] == ["PYTHON.md"]
    assert len(BLOCKS) == 2


def test_the_first_sidecar(monkeypatch):
    [operations], _ = load(BLOCKS[0], monkeypatch)
    ask(operations, "text.countWords", "to be")
    assert answered == [(frames.PROGRESS, 1), (frames.PROGRESS, 2), (frames.REPLY, {"value": 2})]
    answered.clear()
    ask(operations, "text.words", "to be", is_stream=True)
    assert answered[:2] == [(frames.CHUNK, "to"), (frames.CHUNK, "be")]


def test_models(monkeypatch):
    _, names = load(BLOCKS[1], monkeypatch)
    handlers = {"count": lambda value, context: names["Found"](howMany=value.below)}
    ask(bind(names["contract"], handlers), "primes.count", {"below": 3})
    assert answered == [(frames.REPLY, {"value": {"howMany": 3}})]


def test_the_example_finds_the_tones(monkeypatch):
    [operations], _ = load((ROOT / "examples/electron-python/sidecar.py").read_text("utf-8"), monkeypatch)
    time = numpy.arange(8_000) / 8_000
    samples = Binary("Float64Array", (numpy.sin(2 * numpy.pi * 440 * time)).tobytes())
    ask(operations, "numbers.spectrum", {"samples": samples, "rate": 8_000})
    kind, value = answered[-1]
    assert kind == frames.REPLY and value["value"]["peaks"] == [440]
