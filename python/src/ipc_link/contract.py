"""Contracts: which tasks and streams a sidecar serves, and the models of their values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping


@dataclass(frozen=True, kw_only=True)
class Task:
    """
    An operation with one answer.

    Each model is a type that pydantic validates: a ``BaseModel``, ``list[int]``, and so on. What has no model is not validated in this process.
    The host validates with its own contract in any case.
    """

    input: Any = None
    output: Any = None
    progress: Any = None


@dataclass(frozen=True, kw_only=True)
class Stream:
    """An operation that answers with any number of items. The models are as those of ``Task``."""

    input: Any = None
    item: Any = None


@dataclass(frozen=True)
class Contract:
    """The operations of a sidecar by their names. Both names are those of the host's contract: ``Contract("text", {"countWords": Task()})``."""

    name: str
    operations: Mapping[str, Task | Stream]
