"""The process: how it starts, and how it ends. What needs a real host is in app/test/host/python.test.ts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import asyncio, sys
from ipc_link import Contract, serve
asyncio.run(serve(Contract("t", {}), {}))
"""
SOURCE = str(Path(__file__).parents[1] / "src")


def run(said, *arguments):
    """Runs a sidecar with that on its stdin. Its exit code and the last line of its stderr."""
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    ended = subprocess.run([sys.executable, "-B", "-c", PROGRAM, *arguments], input=said, env=environment, capture_output=True, timeout=20)
    return ended.returncode, ended.stderr.decode().strip().split("\n")[-1]


ENDPOINT = "--ipc-link-endpoint=/nonexistent"
INFO = {"socketRoot": "/", "host": "host", "name": "t-1", "secret": "AAECAw=="}


@pytest.mark.parametrize(
    "said, arguments, last",
    [
        (b"", [], "RuntimeError: A sidecar is started by its host: see spawnLauncher in docs/PYTHON.md."),
        (b"", [ENDPOINT], "RuntimeError: stdin ended without a launch message: the host is gone."),
        (b"\xff\xfe junk\n", [ENDPOINT], "RuntimeError: The first line on stdin is not a launch message."),
        (
            json.dumps({"type": "ipc-link:launch", "info": {**INFO, "secret": "?"}}).encode() + b"\n",
            [ENDPOINT],
            "RuntimeError: The secret of the launch message is not base64.",
        ),
    ],
    ids=["by hand", "no line", "junk", "no base64"],
)
def test_a_process_that_no_host_has_started_says_so(said, arguments, last):
    assert run(said, *arguments) == (1, last)


def test_a_process_whose_host_is_gone_before_it_has_connected_ends():
    assert run(json.dumps({"type": "ipc-link:launch", "info": INFO}).encode() + b"\n", ENDPOINT) == (0, "")
