"""Values of Python's own types, and what can't be sent."""

import array
import dataclasses
import enum
import json
import math
from datetime import datetime, timedelta, timezone

import numpy
import pytest

from ipc_link import BigInt, Binary, Date, LinkError, Map, Set, codec as codec_module, undefined
from ipc_link.codec import codecs
from ipc_link.limits import MAX_VALUES

CODECS = codecs()
both = pytest.mark.parametrize("codec", CODECS.values(), ids=CODECS.keys())


def round_trip(codec, value):
    body = codec.encode(value)
    return codec.decode(body.data, body.flags)


@dataclasses.dataclass
class Point:
    x: float
    y: float


class Colour(enum.Enum):
    red = "r"


class Name(str):
    pass


ADAPTED = [
    ((1, (2,)), [1, [2]]),
    ({1, 2}, Set([1, 2])),
    (Point(1.5, 2.5), {"x": 1.5, "y": 2.5}),
    (Colour.red, "r"),
    (Name("n"), "n"),
    ({Name("k"): [Name("n")]}, {"k": ["n"]}),
    (bytearray(b"ab"), b"ab"),
    (memoryview(b"ab"), Binary("Uint8Array", b"ab")),
    (array.array("l", [1]), Binary("BigInt64Array", (1).to_bytes(8, "little"))),
    (numpy.float32(0.5), 0.5),
    (numpy.int64(7), 7),
    (numpy.bool_(True), True),
    ([numpy.str_("s")], ["s"]),
    (numpy.array([1, 2], "float64"), Binary("Float64Array", array.array("d", [1, 2]).tobytes())),
    (numpy.arange(6, dtype="int16")[::2], Binary("Int16Array", array.array("h", [0, 2, 4]).tobytes())),
    (numpy.array([True, False]), Binary("Uint8Array", b"\1\0")),
    (Map({1: "one"}), Map([(1, "one")])),
    ({"a": undefined, "b": math.inf}, {"a": undefined, "b": math.inf}),
    (2**53 - 1, 2**53 - 1),
    (BigInt(2**70), BigInt(2**70)),
    (Date(8.64e15), Date(8.64e15)),
    (datetime(2026, 1, 2, 3, 4, 5, 678_900, timezone(timedelta(hours=2))), datetime(2026, 1, 2, 1, 4, 5, 678_000, timezone.utc)),
]


@both
@pytest.mark.parametrize("value, arrives", ADAPTED, ids=[str(index) for index in range(len(ADAPTED))])
def test_adapted(codec, value, arrives):
    read = round_trip(codec, value)
    assert read == arrives
    assert type(read) is type(arrives) or isinstance(arrives, int)


REFUSED = [
    ({"a": [1, object()]}, "data.a.1 can't be sent: it is a builtins.object"),
    ([2**53], "data.0 can't be sent: it is a whole number that JavaScript would round"),
    ({"a": {1: 2}}, "data.a can't be sent: it is a dict with the key 1"),
    ([datetime(2026, 1, 1)], "data.0 can't be sent: it is a datetime without a time zone"),
    (numpy.zeros((2, 2)), "data can't be sent: it is an array of 2 dimensions"),
    (numpy.zeros(2, "float16"), "data can't be sent: it is an array of items of the type 'e'"),
    (numpy.array(["2026-01-01"], "datetime64[D]"), "data can't be sent: it is an array that shows no bytes"),
    (numpy.zeros(2, "complex64"), "data can't be sent: it is an array of items of the type 'Zf'"),
    (lambda: None, "data can't be sent: it is a builtins.function"),
    (int, "data can't be sent: it is a builtins.type"),
]


@both
@pytest.mark.parametrize("value, message", REFUSED, ids=[message for _, message in REFUSED])
def test_refused(codec, value, message):
    with pytest.raises(LinkError) as caught:
        codec.encode(value)
    assert caught.value.code == "ERR_LINK_UNSERIALIZABLE"
    assert str(caught.value).startswith(message)


def test_a_typed_array_is_read_without_a_copy():
    sent = numpy.linspace(0, 1, 1_000)
    received = round_trip(CODECS["msgpack"], {"values": sent})["values"]
    assert numpy.array_equal(numpy.asarray(received.view()), sent)


@both
def test_any_depth(codec):
    deep = []
    for _ in range(5_000):
        deep = [deep]
    read, depth = round_trip(codec, deep), 0
    while read:
        read, depth = read[0], depth + 1
    assert depth == 5_000
    while deep:  # freeing it at once would recurse
        deep = deep.pop()


@both
def test_a_body_that_is_nested_too_deep_is_refused(codec):
    body = b"\x91" * 100_000 + b"\0" if codec.name == "msgpack" else b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(LinkError) as caught:
        codec.decode(body, 0)
    assert caught.value.code == "ERR_LINK_PROTOCOL"


@both
def test_too_many_values(codec, monkeypatch):
    monkeypatch.setattr(codec_module, "MAX_VALUES", 100)
    with pytest.raises(LinkError) as caught:
        codec.encode([0] * 101)
    assert caught.value.code == "ERR_LINK_TOO_LARGE"
    body = codec.encode([["a,[:{"] * 10] * 5)
    assert codec.decode(body.data, body.flags) == [["a,[:{"] * 10] * 5
    long = b"\xdc\0\x65" + b"\0" * 101 if codec.name == "msgpack" else json.dumps([0] * 101).encode()
    with pytest.raises(LinkError) as caught:
        codec.decode(long, 0)
    assert caught.value.code == "ERR_LINK_PROTOCOL"
    assert MAX_VALUES == 4_194_304


def test_a_small_bigint_stays_one_in_messagepack():
    body = bytes.fromhex("92cf000000000000000505")
    first, second = CODECS["msgpack"].decode(body, 0)
    assert (type(first), type(second)) == (BigInt, int)


def test_without_the_library_there_is_json_alone(monkeypatch):
    monkeypatch.setattr(codec_module, "msgpack", None)
    assert list(codecs()) == ["json"]
