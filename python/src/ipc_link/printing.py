"""Lines for the host's log, on stderr."""

from __future__ import annotations

import sys
from typing import Any, Mapping


def print_line(text: str) -> None:
    """Writes one line. Line breaks and other control characters are escaped. A host that is gone reads nothing, which is no error."""
    line = "".join(character if character.isprintable() else character.encode("unicode_escape").decode() for character in text)
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def format_record(record: Mapping[str, Any]) -> str:
    fields = f" {record['fields']!r}" if "fields" in record else ""
    request = f" (request {record['requestId']})" if "requestId" in record else ""
    return f"[{record['level']}] {record['message']}{fields}{request}"
