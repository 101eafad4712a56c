"""Which execution and state the current thread is running, and what can wake it.

MiniStack hands the execution record to Task states only. Timeouts, aborts and the context object are needed everywhere,
so they travel in a context variable; MiniStack copies context variables into the threads of Map and Parallel branches.
"""

import contextlib
import contextvars
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import ministack.services.stepfunctions as step_functions

StateError = step_functions._ExecutionError


class ExecutionEnded(StateError):
    """Unwinds the threads of an execution that was stopped or timed out; no Retry and no Catch matches it."""

    def __init__(self) -> None:
        super().__init__("Forewarn.ExecutionEnded", "")


class Abortable(Protocol):
    def abort(self) -> None: ...


@dataclass
class Run:
    """What only lives while an execution runs: never part of its record, which is saved to disk."""

    ended: threading.Event = field(default_factory=threading.Event)
    waiting: set[Any] = field(default_factory=set)

    def end(self) -> None:
        """Wakes every sleeping thread and every pending task of the execution."""
        self.ended.set()
        for one in list(self.waiting):
            one.abort()

    @contextlib.contextmanager
    def pending(self, one: Abortable) -> Iterator[None]:
        """`one` is aborted when the execution ends inside the block."""
        self.waiting.add(one)
        if self.ended.is_set():
            one.abort()
        try:
            yield
        finally:
            self.waiting.discard(one)


@dataclass(frozen=True)
class Scope:
    execution: dict[str, Any]
    context: dict[str, Any]
    raw_input: Any


_scope: contextvars.ContextVar[Scope | None] = contextvars.ContextVar("forewarn_scope", default=None)
_runs: dict[str, Run] = {}


def run_of(execution: dict[str, Any]) -> Run:
    """The live side of an execution record."""
    return _runs.setdefault(execution["executionArn"], Run())


def forget_run(execution: dict[str, Any]) -> None:
    """The execution has reached its end: wakes what still waits."""
    run = _runs.pop(execution["executionArn"], None)
    if run:
        run.end()


def current_scope() -> Scope | None:
    """What this thread runs, or None outside of any state (TestState)."""
    return _scope.get()


@contextlib.contextmanager
def entered_state(execution: dict[str, Any], context: dict[str, Any], raw_input: Any) -> Iterator[None]:
    """Marks the state that this thread runs inside the block."""
    token = _scope.set(Scope(execution, context, raw_input))
    try:
        yield
    finally:
        _scope.reset(token)
