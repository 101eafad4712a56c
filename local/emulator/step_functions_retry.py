"""Retry and Catch: MaxDelaySeconds, full jitter, a new token per attempt, which names match which errors.

MiniStack ignores MaxDelaySeconds and JitterStrategy, never waits more than 60 s, sends a retried task its old token, and
lets States.ALL match what AWS excludes.

`execute_task` and `with_retry_and_catch` replace MiniStack's functions of those names and follow their order of steps.
Copyright (c) 2026 MiniStack Contributors. SPDX-License-Identifier: MIT (see LICENSE-ministack.txt).
"""

import json
import random
from collections.abc import Callable
from typing import Any

import ministack.services.stepfunctions as step_functions

from pinned_functions import replaces, wraps
from step_functions_history import add_event, add_task_failure, resource_details
from step_functions_limits import check_size
from step_functions_scope import ExecutionEnded, StateError, current_scope, run_of
from step_functions_tokens import new_task_token

_TIMEOUTS = ("States.Timeout", "States.HeartbeatTimeout")
# "Error names", AWS Step Functions Developer Guide: States.ALL and States.TaskFailed do not match these.
_NEVER_ALL = ("States.DataLimitExceeded", "States.Runtime")


@replaces(step_functions, "_error_matches", "519b9dc729c5")
def error_matches(error_equals: list[str], error: str) -> bool:
    """Whether the ErrorEquals of a Retry or Catch names this error."""
    if error == ExecutionEnded().error:
        return False
    if error in error_equals:
        return True
    if error in _NEVER_ALL:
        return False
    if "States.ALL" in error_equals:
        return True
    if error == "States.HeartbeatTimeout" and "States.Timeout" in error_equals:
        return True
    return "States.TaskFailed" in error_equals and error not in _TIMEOUTS


def retry_delay_seconds(retrier: dict[str, Any], retries_so_far: int) -> float:
    """IntervalSeconds * BackoffRate ^ retries, at most MaxDelaySeconds; any part of it with JitterStrategy FULL."""
    delay = retrier.get("IntervalSeconds", 1) * retrier.get("BackoffRate", 2.0) ** retries_so_far
    delay = min(delay, retrier.get("MaxDelaySeconds", delay))
    return random.uniform(0, delay) if retrier.get("JitterStrategy") == "FULL" else delay


@replaces(step_functions, "_scaled_sleep", "5ed19df2efa9")
def sleep_unless_ended(seconds: float) -> None:
    """Sleeps for a Wait or a retry; raises ExecutionEnded when the execution is stopped meanwhile."""
    scope = current_scope()
    assert scope is not None, "only a state sleeps"
    scaled = seconds * step_functions._SFN_WAIT_SCALE
    if scaled > 0 and run_of(scope.execution).ended.wait(scaled):
        raise ExecutionEnded


@replaces(step_functions, "_with_retry_and_catch", "b351699db7b3")
def with_retry_and_catch(
    state_def: dict[str, Any], raw_input: Any, ctx: dict[str, Any], attempt: Callable[[], Any]
) -> tuple[Any, str]:
    """Runs a Task, Map or Parallel until it passes, its retries are used up, or a Catch takes the error."""
    state = ctx["State"]
    retries: dict[int, int] = {}
    while True:
        # Branches leave their own State in the context; each attempt starts from this state's, counted.
        ctx["State"] = {**state, "RetryCount": sum(retries.values())}
        try:
            return attempt()
        except StateError as error:
            retrier, index = step_functions._find_matching_retrier(state_def.get("Retry", []), error.error, retries)
            if retrier is not None:
                so_far = retries.get(index, 0)
                sleep_unless_ended(retry_delay_seconds(retrier, so_far))
                retries[index] = so_far + 1
                continue
            catcher = step_functions._find_matching_catcher(state_def.get("Catch", []), error.error)
            if catcher is None:
                raise
            caught = {"Error": error.error, "Cause": error.cause}
            language = step_functions._state_query_language(state_def, ctx)
            return step_functions._apply_catcher(catcher, raw_input, ctx, language, caught), catcher["Next"]


@wraps(step_functions, "_execute_task", "53c818d247db")
def execute_task(
    original: Callable[..., Any],
    state_def: dict[str, Any],
    raw_input: Any,
    execution: dict[str, Any],
    ctx: dict[str, Any],
) -> tuple[Any, str]:
    """Runs a Task state of a JSONPath definition. JSONata, which the product does not use, stays with MiniStack."""
    if step_functions._state_query_language(state_def, ctx) == "JSONata":
        return original(state_def, raw_input, execution, ctx)
    return with_retry_and_catch(
        state_def, raw_input, ctx, lambda: _attempt_task(state_def, raw_input, execution, ctx)
    )


def _attempt_task(
    state_def: dict[str, Any], raw_input: Any, execution: dict[str, Any], ctx: dict[str, Any]
) -> tuple[Any, str]:
    resource = state_def.get("Resource", "")
    is_callback = ".waitForTaskToken" in resource
    if is_callback:
        ctx["Task"] = {"Token": new_task_token()}
    effective = step_functions._apply_parameters(
        state_def, step_functions._apply_input_path(state_def, raw_input, ctx), ctx
    )
    scheduled = {**resource_details(resource), "region": step_functions.get_region(), "parameters": json.dumps(effective)}
    add_event(execution, "TaskScheduled", {"taskScheduledEventDetails": scheduled})
    try:
        if is_callback:
            result = step_functions._invoke_with_callback(resource, effective, ctx["Task"]["Token"], state_def)
        elif "TimeoutSeconds" in state_def and ":activity:" not in resource:
            result = step_functions._invoke_resource_with_timeout(resource, effective, state_def["TimeoutSeconds"])
        else:
            result = step_functions._invoke_resource(resource, effective)
        check_size(result)
    except StateError as error:
        if not isinstance(error, ExecutionEnded):
            add_task_failure(execution, resource, error.error, error.cause)
        raise
    succeeded = {**resource_details(resource), "output": json.dumps(result)}
    add_event(execution, "TaskSucceeded", {"taskSucceededEventDetails": succeeded})
    selected = step_functions._apply_result_selector(state_def, result)
    output = step_functions._apply_result_path(state_def, raw_input, selected)
    return step_functions._apply_output_path(state_def, output, ctx), step_functions._next_or_end(state_def)
