"""Checks docs/vectors against docs/examples/client.py: frames, proofs and the JSON bodies of all values.

    python3 check_vectors.py        prints how much it checked, and fails on the first thing that is otherwise
"""

import json
import pathlib
import struct
import sys

docs = pathlib.Path(__file__).resolve().parents[2] / "docs"
sys.path.insert(0, str(docs / "examples"))
sys.dont_write_bytecode = True
import client  # noqa: E402


def load(name):
    return json.loads((docs / "vectors" / f"{name}.json").read_text())


def check_frames():
    frames = load("frames")["frames"]
    for frame in frames:
        data = bytes.fromhex(frame["bytes"])
        body = bytes.fromhex(frame["body"])
        number = frame.get("correlation")
        assert client.encode_frame(frame["number"], body, frame["flags"], number or 0) == data, frame
        assert struct.unpack(">I", data[:4])[0] == len(data) - 4, frame
        assert client.decode_frame(data[4:]) == (frame["number"], frame["flags"], number, body), frame
    return len(frames)


def check_proofs():
    said = load("handshake")
    secret = bytes.fromhex(said["secret"])
    for proof in said["proofs"]:
        assert client.compute_proof(proof["role"], secret, said["hello"], said["welcome"]) == proof["proof"], proof
    text = said["textSecret"]
    for role in ("server", "client"):
        assert client.compute_proof(role, text["secret"].encode(), said["hello"], said["welcome"]) == text[role], role
    return len(said["proofs"]) + 2


class Unlike(Exception):
    """The vector's value has no equivalent in Python."""


def expect(value, known):
    """Converts the notation of the vectors to the value that client.decode_body returns."""
    if isinstance(value, list):
        return [expect(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    if "$" not in value:
        return {key: expect(item, known) for key, item in value.items()}
    kind = value["$"]
    if kind in ("undefined", "nan", "infinity", "-infinity", "-0"):
        return {"undefined": None, "nan": float("nan"), "infinity": float("inf"), "-infinity": float("-inf"), "-0": -0.0}[kind]
    if kind == "bigint":
        return int(value["value"])
    if kind == "utf16":
        return bytes.fromhex(value["hex"]).decode("utf-16-le", "surrogatepass")
    if kind == "binary":
        return bytes.fromhex(value["hex"]) * value.get("times", 1)
    if kind in ("array", "set"):
        return remember(known, value, [], lambda made: made.extend(expect(item, known) for item in value["items"]))
    if kind in ("object", "map"):
        return remember(known, value, {}, lambda made: made.update(pairs(value["entries"], known)))
    if kind == "error":
        return {"class": value["class"], **pairs(value["properties"], known)}
    if kind == "sparse":
        items = dict((index, expect(item, known)) for index, item in value["items"])
        return [items.get(index) for index in range(value["length"])]
    if kind == "ref":
        return known[value["id"]]
    raise Unlike(kind)


def pairs(entries, known):
    made = {}
    for key, item in entries:
        key = expect(key, known)
        if not isinstance(key, str):
            raise Unlike("a key that can't be one")
        made[key] = expect(item, known)
    return made


def remember(known, value, made, fill):
    known[value.get("id")] = made
    fill(made)
    return made


def check_values():
    checked = 0
    for vector in load("values")["vectors"]:
        body = vector["json"]
        try:
            expected = expect(vector["value"], {})
        except Unlike:
            continue
        found = client.decode_body(body["flags"], bytes.fromhex(body["body"]))
        # Compared by repr, which distinguishes -0 from 0, makes NaN equal to itself, and supports cycles.
        assert repr(found) == repr(expected), (vector["name"], found, expected)
        checked += 1
    return checked


print(f"{check_frames()} frames, {check_proofs()} proofs, {check_values()} values")
