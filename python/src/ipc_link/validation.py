"""Validation by pydantic, of version 1 or 2, where a model is given."""

from __future__ import annotations

import functools
import importlib
from typing import Any, Callable

from .errors import validation_error
from .values import undefined

Validate = Callable[[Any], Any]


def create_validator(model: Any, operation: str, part: str) -> Validate:
    """
    A function that returns the validated value, or raises ``ContractError``. Without a model it returns any value as it is.

    Raises ``TypeError`` when there is a model and no pydantic.
    """
    if model is None:
        return _accept
    try:
        pydantic: Any = importlib.import_module("pydantic")
    except ImportError as error:
        raise TypeError(f"{operation} has a model for its {part}: install pydantic, or leave the model out.") from error
    if hasattr(pydantic, "TypeAdapter"):
        parse: Validate = pydantic.TypeAdapter(model).validate_python
    else:
        parse = functools.partial(pydantic.parse_obj_as, model)

    def validate(value: Any) -> Any:
        try:
            return parse(_drop_undefined(value))
        except pydantic.ValidationError as error:
            # Version 1 puts a value that isn't of a class of its own below a field '__root__'.
            issues = [
                {"message": str(issue["msg"]), "path": [step for step in issue["loc"] if step != "__root__"]}
                for issue in error.errors()
            ]
        raise validation_error(operation, part, issues)

    return validate


def _accept(value: Any) -> Any:
    return value


def _drop_undefined(value: Any) -> Any:
    """Models know no ``undefined``: an object has no such property, and everywhere else it is ``None``."""
    if value is undefined:
        return None
    if type(value) is dict:
        return {key: _drop_undefined(item) for key, item in value.items() if item is not undefined}
    if type(value) is list:
        return [_drop_undefined(item) for item in value]
    return value
