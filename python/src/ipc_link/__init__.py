"""
Sidecars in Python for ipc-link: typed tasks and streams that a desktop app calls over an authenticated local socket.

``serve`` is where a sidecar begins. docs/PYTHON.md in the repository of ipc-link is the guide.
"""

from .context import Context
from .contract import Contract, Stream, Task
from .errors import Cancelled, ContractError, LinkError
from .logs import Log
from .serve import serve
from .values import BigInt, Binary, Boxed, Date, JSError, Map, RegExp, Set, SparseArray, Undefined, undefined

__all__ = [
    "BigInt",
    "Binary",
    "Boxed",
    "Cancelled",
    "Context",
    "Contract",
    "ContractError",
    "Date",
    "JSError",
    "LinkError",
    "Log",
    "Map",
    "RegExp",
    "Set",
    "SparseArray",
    "Stream",
    "Task",
    "Undefined",
    "serve",
    "undefined",
]
