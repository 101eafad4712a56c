"""Task tokens: heartbeat and timeout, errors of stale tokens, the 256 KiB limit of outputs.

MiniStack waits for a token without a heartbeat, calls the function before it starts to wait, swallows the function's
error, and answers a stale token with TaskDoesNotExist, a name that AWS does not use here.

`invoke_with_callback` replaces MiniStack's function of that name and follows its dispatch.
Copyright (c) 2026 MiniStack Contributors. SPDX-License-Identifier: MIT (see LICENSE-ministack.txt).
"""

import contextvars
import json
import re
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import ministack.services.stepfunctions as step_functions

from pinned_functions import replaces, wraps
from step_functions_history import add_event, resource_details
from step_functions_limits import MAX_PAYLOAD_BYTES, payload_too_long
from step_functions_scope import ExecutionEnded, StateError, current_scope, run_of

# A token of ours is recognized by its form, so that one of an earlier run of the emulator is stale and not invalid.
_TOKEN_FORM = re.compile(r"forewarn-token-[0-9a-f]{32}")


def new_task_token() -> str:
    """A token that no other attempt has."""
    return f"forewarn-token-{uuid.uuid4().hex}"


class PendingTask:
    """One attempt of a task that waits for its token. The first outcome counts; later ones meet a stale token."""

    def __init__(self, heartbeat_seconds: float | None, timeout_seconds: float | None) -> None:
        self._changed = threading.Condition()
        self._outcome: Callable[[], Any] | None = None
        self._heartbeat_seconds = heartbeat_seconds
        self._beat_at = time.monotonic()
        self._ends_at = None if timeout_seconds is None else self._beat_at + timeout_seconds

    def succeed(self, output: str) -> bool:
        """Whether the token was not stale, as of the methods below."""
        return self._settle(lambda: json.loads(output))

    def fail(self, error: str, cause: str) -> bool:
        return self._settle(lambda: _raise(StateError(error, cause)))

    def abort(self) -> bool:
        return self._settle(lambda: _raise(ExecutionEnded()))

    def beat(self) -> bool:
        """Starts the heartbeat's time again. The timeout's time goes on."""
        with self._changed:
            self._beat_at = time.monotonic()
            self._changed.notify_all()
            return self._outcome is None

    def wait(self) -> Any:
        """The task's output, once it is there. Raises the task's error, or the timeout that came first."""
        with self._changed:
            while self._outcome is None:
                now = time.monotonic()
                if self._ends_at is not None and now >= self._ends_at:
                    self.fail("States.Timeout", "")
                    break
                beat_ends_at = self._beat_at + self._heartbeat_seconds if self._heartbeat_seconds else None
                if beat_ends_at is not None and now >= beat_ends_at:
                    self.fail("States.HeartbeatTimeout", "")
                    break
                ends = [end for end in (self._ends_at, beat_ends_at) if end is not None]
                self._changed.wait(min(ends) - now if ends else None)
        return self._outcome()

    def _settle(self, outcome: Callable[[], Any]) -> bool:
        with self._changed:
            if self._outcome is not None:
                return False
            self._outcome = outcome
            self._changed.notify_all()
            return True


_pending: dict[str, PendingTask] = {}


@replaces(step_functions, "_invoke_with_callback", "bbb38423156a")
def invoke_with_callback(resource: str, input_data: Any, token: str, state_def: dict[str, Any]) -> Any:
    """Sends the task to its worker and waits for the token."""
    scope = current_scope()
    assert scope is not None, "a token task runs inside a state"
    task = PendingTask(_seconds(state_def, "HeartbeatSeconds"), _seconds(state_def, "TimeoutSeconds"))
    _pending[token] = task
    try:
        with run_of(scope.execution).pending(task):
            add_event(scope.execution, "TaskStarted", {"taskStartedEventDetails": resource_details(resource)})
            _send(resource.replace(".waitForTaskToken", ""), input_data, task)
            return task.wait()
    finally:
        _pending.pop(token, None)


def _send(resource: str, input_data: Any, task: PendingTask) -> None:
    function = step_functions._extract_lambda_ref(resource)
    if not function and "states:::lambda:invoke" in resource:
        named = input_data.get("FunctionName", "")
        function = step_functions._resolve_lambda_function_ref(named, optimized=True)
    if function:
        payload = input_data.get("Payload", input_data) if isinstance(input_data, dict) else input_data
        # Beside the wait, so that the heartbeat is watched while the function runs.
        call = contextvars.copy_context()
        threading.Thread(target=call.run, args=(_call_function, function, payload, task), daemon=True).start()
        return
    for prefix, handler in step_functions._SERVICE_DISPATCH.items():
        if resource.startswith(prefix):
            handler(resource, input_data)
            return
    if "aws-sdk:" in resource:
        step_functions._invoke_aws_sdk_integration(resource, input_data)
    elif resource.startswith("arn:aws:states:::states:startExecution"):
        step_functions._invoke_nested_start_execution(resource, input_data)
    else:
        raise StateError("States.Runtime", f"{resource}.waitForTaskToken is not implemented by the emulator")


def _call_function(function: str, payload: Any, task: PendingTask) -> None:
    """A function's result means nothing to a token task, its error fails the task at once, as on AWS."""
    try:
        step_functions._call_lambda(function, payload)
    except StateError as error:
        throttled = "ConcurrentInvocationLimitExceeded" in error.cause or "ConcurrentInvocations" in error.cause
        task.fail("Lambda.TooManyRequestsException" if throttled else error.error, error.cause)
    except Exception as error:  # noqa: BLE001 - a thread of its own: nobody else would see it
        task.fail("Lambda.Unknown", str(error))


def _seconds(state_def: dict[str, Any], field: str) -> float | None:
    """`TimeoutSeconds` or `HeartbeatSeconds` of a state, also from its `...Path`."""
    path = state_def.get(f"{field}Path")
    scope = current_scope()
    if path is None or scope is None:
        return state_def.get(field)
    value = step_functions._resolve_path_or_ctx(path, scope.raw_input, scope.context)
    if not isinstance(value, (int, float)) or value <= 0:
        raise StateError("States.Runtime", f"{field}Path must be a positive number, but it was {json.dumps(value)}")
    return value


@wraps(step_functions, "_send_task_success", "12eff48bce57")
def send_task_success(original: Callable[..., Any], data: dict[str, Any]) -> Any:
    output = data.get("output", "")
    if len(output.encode()) > MAX_PAYLOAD_BYTES:
        return payload_too_long("output")
    try:
        json.loads(output)
    except ValueError:
        return step_functions.error_response_json("InvalidOutput", "Invalid output", 400)
    return _answer(original, data, lambda task: task.succeed(output))


@wraps(step_functions, "_send_task_failure", "c2a489b4ed33")
def send_task_failure(original: Callable[..., Any], data: dict[str, Any]) -> Any:
    return _answer(original, data, lambda task: task.fail(data.get("error", ""), data.get("cause", "")))


@wraps(step_functions, "_send_task_heartbeat", "56879a4655d1")
def send_task_heartbeat(original: Callable[..., Any], data: dict[str, Any]) -> Any:
    return _answer(original, data, lambda task: task.beat())


def _answer(original: Callable[..., Any], data: dict[str, Any], told: Callable[[PendingTask], bool]) -> Any:
    token = data.get("taskToken") or ""
    task = _pending.get(token)
    # Of a task that has ended, the token may be here still: who waited for it takes it away when its turn comes.
    if task is not None and told(task):
        return step_functions.json_response({})
    if token in step_functions._task_tokens:  # an activity's token, which MiniStack keeps itself
        return original(data)
    if _TOKEN_FORM.fullmatch(token):
        return step_functions.error_response_json(
            "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'", 400
        )
    return step_functions.error_response_json("InvalidToken", "Invalid Token: 'Invalid token'", 400)


def _raise(error: Exception) -> Any:
    raise error
