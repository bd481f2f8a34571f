"""The limits of docs/PROTOCOL.md, "Limits"."""

MAX_VALUES = 4_194_304
"""Values that a message may hold: numbers, texts, keys, lists and so on."""

MAX_PLAIN_DEPTH = 64
"""Deeper values are written as a graph, which is not nested."""

MAX_FRAME_BYTES = 64 * 1024 * 1024 + 4_096
MAX_WRITE_BYTES = 64 * 1024 * 1024
MAX_IN_FLIGHT = 65_536
MAX_CREDIT = 2**31 - 1
