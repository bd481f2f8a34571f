"""The errors of the link: each has a stable code and a sentence that says what to do."""

from __future__ import annotations

from typing import Any, Sequence


class LinkError(Exception):
    """An error of the link itself, with one of the codes of docs/ERRORS.md in ``code``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ContractError(LinkError):
    """A value does not fit the contract. ``issues`` is a list of ``{"message", "path"}``."""

    def __init__(self, code: str, message: str, issues: Sequence[dict[str, Any]]) -> None:
        super().__init__(code, message)
        self.issues = list(issues)


class Cancelled(Exception):
    """Raised by ``Context.raise_if_cancelled``: nobody waits for the answer any more."""


def protocol_error(what: str) -> LinkError:
    return LinkError("ERR_LINK_PROTOCOL", f"The peer sent {what}. Is it an ipc-link of the same version?")


def auth_error(peer: str) -> LinkError:
    return LinkError("ERR_LINK_AUTH", f"'{peer}' does not hold the same secret. Only the host that started this process does.")


def wrong_name_error(wanted: str, found: str) -> LinkError:
    return LinkError("ERR_LINK_AUTH", f"The process that answered calls itself '{found}' and not '{wanted}'.")


def version_error(peer: str, theirs: object) -> LinkError:
    return LinkError("ERR_LINK_VERSION", f"'{peer}' speaks protocol version {theirs} and this side 1. Update the older of the two.")


def codec_error(peer: str, codec: object) -> LinkError:
    return LinkError("ERR_LINK_CODEC", f"'{peer}' chose the codec {codec!r}, which was not offered.")


def connect_error(endpoint: str, seconds: float, cause: object) -> LinkError:
    return LinkError("ERR_LINK_CONNECT", f"The host at {endpoint} could not be reached within {seconds} s: {cause}")


def peer_lost_error(peer: str) -> LinkError:
    return LinkError("ERR_LINK_PEER_LOST", f"The connection to '{peer}' is lost. It is not known whether it has acted.")


def handshake_lost_error() -> LinkError:
    return LinkError("ERR_LINK_HANDSHAKE", "The host closed the connection before the handshake was over.")


def unserializable_error(path: str, what: str) -> LinkError:
    return LinkError("ERR_LINK_UNSERIALIZABLE", f"{path} can't be sent: it is {what}. docs/PYTHON.md has the table of types.")


def too_large_error(size: int, limit: int) -> LinkError:
    return LinkError("ERR_LINK_TOO_LARGE", f"The message has {size} bytes and the other side takes {limit}. Send less, or use a stream.")


def too_many_values_error() -> LinkError:
    return LinkError("ERR_LINK_TOO_LARGE", "The message holds too many values. Send numbers as an array of numpy, or use a stream.")


def no_handler_error(task: str | None) -> LinkError:
    what = "messages without a task" if task is None else f"'{task}'"
    return LinkError("ERR_LINK_NO_HANDLER", f"Nothing here answers {what}. Is it in the contract that this sidecar serves?")


def overload_error(why: str) -> LinkError:
    return LinkError("ERR_LINK_OVERLOADED", f"This sidecar takes no more requests now ({why}). Try again later.")


def unread_error(size: int) -> LinkError:
    return LinkError("ERR_LINK_OVERLOADED", f"{size} bytes of answers wait to be read. Read the answers to requests.")


def wrong_kind_error(operation: str, kind: str) -> LinkError:
    method = "send" if kind == "task" else "stream"
    return LinkError("ERR_LINK_WRONG_KIND", f"{operation} is a {kind}. Ask for it with {method}().")


CODES = {
    "input": "ERR_LINK_INVALID_INPUT",
    "output": "ERR_LINK_INVALID_OUTPUT",
    "item": "ERR_LINK_INVALID_OUTPUT",
    "progress": "ERR_LINK_INVALID_PROGRESS",
}


def validation_error(operation: str, part: str, issues: Sequence[dict[str, Any]]) -> ContractError:
    details = "; ".join(_describe_issue(issue) for issue in issues[:3])
    more = f"; and {len(issues) - 3} more" if len(issues) > 3 else ""
    return ContractError(CODES[part], f"{operation}: its {part} does not fit the contract: {details}{more}.", issues)


def _describe_issue(issue: dict[str, Any]) -> str:
    where = ".".join(str(step) for step in issue["path"])
    return f"{where}: {issue['message']}" if where else str(issue["message"])
