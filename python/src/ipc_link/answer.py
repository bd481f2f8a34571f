"""Runs the handler of a request and answers with what it returns, yields or raises."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import inspect
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, AsyncIterator, Callable, Iterator, Mapping

from .context import Context
from .contract import Contract, Stream, Task
from .errors import Cancelled, LinkError, wrong_kind_error
from .request import Request
from .validation import Validate, create_validator

Handler = Callable[[Any, Context], Any]


@dataclass(frozen=True)
class Operation:
    """An operation, its handler and the validators of its parts."""

    name: str
    """``contract.task``"""
    kind: str
    handler: Handler
    is_async: bool
    validate_input: Validate
    validate_output: Validate
    validate_progress: Validate


def bind(contract: Contract, handlers: Mapping[str, Handler]) -> dict[str, Operation]:
    """The operations of a contract by their tasks. Raises ``TypeError`` when one has no handler, or one of another kind."""
    operations = {}
    for name, definition in contract.operations.items():
        handler = handlers.get(name)
        if not callable(handler):
            raise TypeError(f"serve('{contract.name}'): the handler for '{name}' is missing.")
        task = f"{contract.name}.{name}"
        operations[task] = _bind_operation(task, definition, handler)
    return operations


def _bind_operation(task: str, definition: Task | Stream, handler: Handler) -> Operation:
    function = handler if inspect.isroutine(handler) or isinstance(handler, functools.partial) else type(handler).__call__
    is_stream = isinstance(definition, Stream)
    if is_stream and inspect.iscoroutinefunction(function):
        raise TypeError(f"{task} is a stream: its handler must yield items, as 'async def' with 'yield' does.")
    yields = inspect.isasyncgenfunction(function) or inspect.isgeneratorfunction(function)
    if not is_stream and yields:
        raise TypeError(f"{task} is a task: its handler must return a value, and not yield.")
    model = definition.item if isinstance(definition, Stream) else definition.output
    return Operation(
        name=task,
        kind="stream" if is_stream else "task",
        handler=handler,
        is_async=inspect.isasyncgenfunction(function) or inspect.iscoroutinefunction(function),
        validate_input=create_validator(definition.input, task, "input"),
        validate_output=create_validator(model, task, "item" if is_stream else "output"),
        validate_progress=create_validator(definition.progress if isinstance(definition, Task) else None, task, "progress"),
    )


async def answer(request: Request, operation: Operation, context: Context, executor: Executor) -> None:
    """Answers one request. Whatever the handler raises is sent to the caller."""
    answering = _Answering(request, operation, context, executor)
    request.on_abort = answering.abort
    try:
        await answering.run()
    except asyncio.CancelledError as error:
        request.fail(error)  # does nothing where the request was given up
    except Exception as error:
        request.fail(error, answering.is_refusal(error))


class _Answering:
    def __init__(self, request: Request, operation: Operation, context: Context, executor: Executor) -> None:
        self._request = request
        self._operation = operation
        self._context = context
        self._executor = executor
        self._refusal: LinkError | None = None
        self._task = asyncio.current_task()
        self._threads = 0

    def abort(self) -> None:
        """Cancels what the handler awaits. A thread can't be cancelled: its handler goes on until it looks at ``context.cancelled``."""
        if self._threads == 0 and self._task is not None:
            self._task.cancel()

    def is_refusal(self, error: Exception) -> bool:
        """Whether the contract or the link made the error about the request or its answer. Any other error comes from the handler."""
        return any(error is refusal for refusal in (self._refusal, self._context.refusal, self._request.send_error))

    async def run(self) -> None:
        operation, request = self._operation, self._request
        if request.fields.is_stream != (operation.kind == "stream"):
            self._refusal = wrong_kind_error(operation.name, operation.kind)
            raise self._refusal
        try:
            value = operation.validate_input(request.fields.data)
        except LinkError as error:
            self._refusal = error
            raise
        if operation.kind == "task":
            result = await self._call(value)
            request.reply({"value": operation.validate_output(result)})
        else:
            await self._stream(value)
            request.reply_end()

    async def _call(self, value: Any) -> Any:
        operation = self._operation
        if operation.is_async:
            return await operation.handler(value, self._context)
        result = await self._in_thread(operation.handler, value, self._context)
        return await result if inspect.isawaitable(result) else result

    async def _stream(self, value: Any) -> None:
        operation = self._operation
        items = operation.handler(value, self._context) if operation.is_async else await self._in_thread(operation.handler, value, self._context)
        if hasattr(items, "__aiter__"):
            await self._write_async(items)
        elif hasattr(items, "__iter__"):
            await self._write_sync(iter(items))
        else:
            raise TypeError(f"{operation.name}: the handler must return a generator, and returned a {type(items).__name__}.")

    async def _write_async(self, items: AsyncIterator[Any]) -> None:
        try:
            async for item in items:
                await self._write(item)
        finally:
            if hasattr(items, "aclose"):
                await items.aclose()

    async def _write_sync(self, items: Iterator[Any]) -> None:
        end = object()
        try:
            while (item := await self._in_thread(next, items, end)) is not end:
                await self._write(item)
        finally:
            if hasattr(items, "close"):
                await self._in_thread(items.close)

    async def _write(self, item: Any) -> None:
        await self._request.write(self._request.encode(self._operation.validate_output(item)))

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """
        Calls the function in a thread, so that the event loop goes on. A call whose turn comes after the request was given up is not made,
        unless it closes something.
        """

        def call() -> tuple[bool, Any]:
            # What a future can't carry, such as StopIteration, would leave the caller waiting for ever.
            try:
                if self._request.is_aborted and arguments:
                    raise Cancelled()
                return True, function(*arguments)
            except BaseException as error:
                return False, error

        run: Callable[..., Any] = contextvars.copy_context().run
        self._threads += 1
        try:
            is_returned, result = await asyncio.get_running_loop().run_in_executor(self._executor, run, call)
        finally:
            self._threads -= 1
        if is_returned:
            return result
        if isinstance(result, StopIteration):
            raise RuntimeError("The handler raised StopIteration.") from result
        raise result
