"""A client of ipc-link in Python 3, without any library: connects, shakes hands, sends one request, prints what comes back.

    python3 client.py SOCKET DATA [--task TASK] [--name NAME] [--secret TEXT | --secret-hex DIGITS]

DATA is JSON. Progress, chunks of a stream and the reply are printed as one line of JSON each. The exit code is 0 after a
reply with success, 1 after one without, and 2 when the connection was refused or lost. Written from docs/PROTOCOL.md.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import socket
import struct
import sys

HELLO, WELCOME, REQUEST, REPLY, PROGRESS, CHUNK, CREDIT, END, CANCEL, PING, PONG, GOODBYE = range(1, 13)
GRAPH, ATTACHMENTS, FAILED, STREAM = 1, 2, 4, 8
MAX_FRAME_BYTES = 64 * 1024 * 1024
STREAM_WINDOW = 262_144


class Refused(Exception):
    """The other side said goodbye or closed the connection."""


def encode_frame(kind, body=b"", flags=0, number=0):
    numbered = REQUEST <= kind <= PONG
    rest = struct.pack(">BB", kind, flags) + (struct.pack(">I", number) if numbered else b"") + body
    return struct.pack(">I", len(rest)) + rest


def decode_frame(rest):
    """What follows the length -> (kind, flags, number, body)."""
    kind, flags = rest[0], rest[1]
    if REQUEST <= kind <= PONG:
        return kind, flags, struct.unpack(">I", rest[2:6])[0], rest[6:]
    return kind, flags, None, rest[2:]


def compute_proof(role, secret, client, server):
    """`client` and `server` are the hello and the welcome."""
    parts = ["ipc-link/1", role, client["name"], server["name"], client["nonce"], server["nonce"]]
    digest = hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).digest()
    return to_base64url(digest)


def to_base64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def encode_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def split_attachments(body):
    """Body with a trailer -> (encoded value, attachments)."""
    (count,) = struct.unpack(">I", body[-4:])
    table = len(body) - 4 - 4 * count
    lengths = struct.unpack(f">{count}I", body[table:-4])
    end = table - sum(lengths)
    value, offset, attachments = body[:end], end, []
    for length in lengths:
        attachments.append(body[offset : offset + length])
        offset += length
    return value, attachments


def decode_body(flags, body):
    """JSON, or a graph of the types that Python has too."""
    value, attachments = split_attachments(body) if flags & ATTACHMENTS else (body, [])
    value = json.loads(value)
    return decode_graph(value, attachments) if flags & GRAPH else value


SPECIAL = {-1: None, -3: float("nan"), -4: float("inf"), -5: float("-inf"), -6: -0.0}


def decode_graph(nodes, attachments):
    """Errors become objects with a `class`; dates become milliseconds, and an object that contains itself is no problem."""
    shells = [create_shell(node, attachments) for node in nodes]

    def read(slot):
        if not isinstance(slot, list):
            return slot
        return shells[slot[0]] if slot[0] >= 0 else SPECIAL[slot[0]]

    for (tag, *rest), shell in zip(nodes, shells):
        if tag in "om":
            shell.update(zip(map(read, rest[::2]), map(read, rest[1::2])))
        elif tag == "e":
            shell.update({"class": rest[0]}, **dict(zip(map(read, rest[1::2]), map(read, rest[2::2]))))
        elif tag in "as":
            shell.extend(map(read, rest))
        elif tag == "A":
            shell.extend([None] * rest[0])
            for index, slot in zip(rest[1::2], rest[2::2]):
                shell[index] = read(slot)
    return read(nodes[0][1]) if nodes[0][0] in "vp" else shells[0]


def create_shell(node, attachments):
    tag, *rest = node
    if tag in "ome":
        return {}
    if tag in "asA":
        return []
    if tag == "n":
        return int(rest[0], 16)
    if tag == "u":
        return attachments[rest[0]].decode("utf-16-le", "surrogatepass")
    if tag == "b":
        return attachments[rest[1]]
    return rest[0] if rest else None


class Connection:
    def __init__(self, path, name, secret=None):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.shake_hands(name, secret)

    def shake_hands(self, name, secret):
        hello = {
            "protocol": [1],
            "codecs": ["json"],
            "name": name,
            "instance": to_base64url(os.urandom(16)),
            "nonce": to_base64url(os.urandom(32)),
            "maxFrameBytes": MAX_FRAME_BYTES,
            "streamWindow": STREAM_WINDOW,
        }
        self.send(HELLO, encode_json(hello))
        kind, _, _, body = self.receive()
        if kind != WELCOME:
            raise Refused(body.decode())
        welcome = json.loads(body)
        confirmation = {}
        if secret is not None:
            expected = compute_proof("server", secret, hello, welcome)
            if not hmac.compare_digest(expected, welcome.get("proof", "")):
                raise Refused("The server does not hold the same secret.")
            confirmation["proof"] = compute_proof("client", secret, hello, welcome)
        self.send(WELCOME, encode_json(confirmation))

    def send(self, kind, body=b"", flags=0, number=0):
        self.socket.sendall(encode_frame(kind, body, flags, number))

    def receive(self):
        (length,) = struct.unpack(">I", self.receive_bytes(4))
        return decode_frame(self.receive_bytes(length))

    def receive_bytes(self, count):
        parts = []
        while count > 0:
            part = self.socket.recv(min(count, 1 << 20))
            if not part:
                raise Refused("The connection was lost.")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def request(self, data, task=None, stream=False):
        """Yields (kind, value, failed) for everything that comes, the last of it the reply or the end."""
        envelope = {"id": to_base64url(os.urandom(9)), "data": data}
        if task is not None:
            envelope["task"] = task
        self.send(REQUEST, encode_json(envelope), STREAM if stream else 0, 1)
        while True:
            kind, flags, number, body = self.receive()
            if kind == PING:
                self.send(PONG, b"", 0, number)
            elif kind == GOODBYE:
                raise Refused(body.decode())
            elif number == 1 and kind in (REPLY, PROGRESS, CHUNK, END):
                yield kind, decode_body(flags, body), bool(flags & FAILED)
                if kind == CHUNK:
                    self.send(CREDIT, struct.pack(">I", max(1, len(body))), 0, 1)
                if kind in (REPLY, END):
                    return

    def close(self):
        self.send(GOODBYE, b"{}")
        self.socket.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("socket")
    parser.add_argument("data", type=json.loads)
    parser.add_argument("--task")
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("--name", default="python")
    parser.add_argument("--secret", type=str.encode)
    parser.add_argument("--secret-hex", type=bytes.fromhex, dest="secret")
    options = parser.parse_args()
    try:
        connection = Connection(options.socket, options.name, options.secret)
        failed = False
        for _, value, failed in connection.request(options.data, options.task, options.stream):
            print(json.dumps(value, default=repr), flush=True)
        connection.close()
        return 1 if failed else 0
    except (OSError, Refused) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
