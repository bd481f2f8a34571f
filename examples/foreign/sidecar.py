"""An ipc-link sidecar on Python's standard library alone: JSON codec, tasks with progress, no streams and no cancel.

The wire is described in docs/PROTOCOL.md; the names here are the ones used there.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import socket
import struct
import sys
import threading

HELLO, WELCOME, REQUEST, REPLY, PROGRESS, PING, PONG, GOODBYE = 1, 2, 3, 4, 5, 10, 11, 12
GRAPH, ATTACHMENTS, FAILED, STREAM = 1, 2, 4, 8
LIMIT = 64 * 1024 * 1024


def count_words(data, progress):
    words = data["text"].split()
    if not words:
        raise ValueError("There is no text to count.")
    progress({"words": len(words)})
    return {word: words.count(word) for word in words}


TASKS = {"text.countWords": count_words}


def main():
    if sys.platform == "win32":
        sys.exit("This example runs on Linux and macOS: Python has no sockets for the pipes of Windows.")
    endpoint = sys.argv[-1].removeprefix("--ipc-link-endpoint=")
    launch = json.loads(sys.stdin.readline())["info"]
    # stdin stays open as long as the host runs. This process ends when stdin does.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(endpoint)
    link = Link(connection)
    greet(link, launch)
    link.serve()


class Link:
    def __init__(self, connection):
        self.connection = connection
        self.reader = connection.makefile("rb")
        self.lock = threading.Lock()  # frames of several threads must not mix

    def send(self, kind, body, flags=0, number=None):
        correlation = b"" if number is None else struct.pack(">I", number)
        rest = struct.pack(">BB", kind, flags) + correlation + body
        with self.lock:
            self.connection.sendall(struct.pack(">I", len(rest)) + rest)

    def receive(self):
        (length,) = struct.unpack(">I", self.read(4))
        if not 2 <= length <= LIMIT:
            raise EOFError("a frame of an impossible length")
        frame = self.read(length)
        if frame[0] in (HELLO, WELCOME, GOODBYE):
            return frame[0], frame[1], None, frame[2:]
        return frame[0], frame[1], *struct.unpack(">I", frame[2:6]), frame[6:]

    def read(self, count):
        data = self.reader.read(count)
        if len(data) < count:
            raise EOFError("the host is gone")
        return data

    def serve(self):
        while True:
            kind, flags, number, body = self.receive()
            if kind == PING:
                self.send(PONG, b"", number=number)
            elif kind == GOODBYE:
                return
            elif kind == REQUEST:
                # Runs in a thread of its own, so that pings are answered during the call.
                threading.Thread(target=self.answer, args=(flags, number, body), daemon=True).start()

    def answer(self, flags, number, body):
        try:
            if flags & (GRAPH | ATTACHMENTS | STREAM):
                raise ValueError("This sidecar reads plain JSON and serves no streams.")
            request = json.loads(body)
            report = lambda data: self.send(PROGRESS, json.dumps(data).encode(), number=number)
            value = TASKS[request["task"]](request["data"], report)
            self.send(REPLY, json.dumps({"value": value}).encode(), number=number)
        except Exception as error:
            failure = {"name": "Error", "code": f"ERR_{type(error).__name__}", "message": str(error)}
            self.send(REPLY, json.dumps(failure).encode(), FAILED, number)


def greet(link, launch):
    secret = base64.b64decode(launch["secret"])
    own = {"name": launch["name"], "instance": secrets.token_urlsafe(16), "nonce": secrets.token_urlsafe(32)}
    limits = {"maxFrameBytes": LIMIT, "streamWindow": 262144}
    link.send(HELLO, json.dumps({"protocol": [1], "codecs": ["json"], **own, **limits}).encode())
    kind, _, _, body = link.receive()
    welcome = json.loads(body)
    if kind != WELCOME:
        sys.exit(f"The host refused: {welcome}")

    def prove(role):
        said = ["ipc-link/1", role, own["name"], welcome["name"], own["nonce"], welcome["nonce"]]
        proof = hmac.new(secret, "\0".join(said).encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(proof).rstrip(b"=").decode()

    # The listening process has to prove that it knows the secret too.
    if not hmac.compare_digest(prove("server"), welcome.get("proof", "")):
        sys.exit("The process that listens is not the host.")
    link.send(WELCOME, json.dumps({"proof": prove("client")}).encode())


if __name__ == "__main__":
    main()
