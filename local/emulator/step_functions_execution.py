"""An execution from its first state to its end: top-level timeout, size limits, one end only, and where to go on.

MiniStack waits 150 ms before the first state, reads the definition anew while it may be changing, has no top-level
timeout, lets a stopped execution still succeed, shares the task token between Parallel branches, and writes no history
inside Map and Parallel.

`run_execution`, `fail_execution` and `run_sub_machine` replace MiniStack's functions of those names and follow their
order of steps. Copyright (c) 2026 MiniStack Contributors. SPDX-License-Identifier: MIT (see LICENSE-ministack.txt).
"""

import contextvars
import copy
import json
import threading
from typing import Any

import ministack.services.stepfunctions as step_functions

from pinned_functions import replaces
from step_functions_history import add_event, continue_history
from step_functions_limits import check_size
from step_functions_scope import ExecutionEnded, StateError, entered_state, forget_run, run_of

# Whoever takes an execution out of RUNNING holds it: a timeout, a stop and the last state may come at once.
ending = threading.Lock()


@replaces(step_functions, "_run_execution", "996dff84e0e0")
def run_execution(execution_arn: str) -> None:
    """Runs an execution to its end, from its first state or from where a redrive or a restart left it."""
    execution = step_functions._executions.get(execution_arn)
    if not execution:
        return
    machine = step_functions._state_machines.get(execution["stateMachineArn"]) or {}
    # Pinned: an update of the state machine does not change what is running.
    definition = json.loads(execution.setdefault("definition", machine.get("definition", "{}")))
    role_arn = execution.setdefault("roleArn", machine.get("roleArn", ""))
    execution_input = json.loads(execution["input"])
    ctx = {
        "QueryLanguage": definition.get("QueryLanguage", "JSONPath"),
        "Execution": {
            "Id": execution_arn,
            "Input": execution_input,
            "Name": execution["name"],
            "RoleArn": role_arn,
            "StartTime": execution["startDate"],
            "RedriveCount": execution.get("redriveCount", 0),
        },
        "StateMachine": {"Id": execution["stateMachineArn"], "Name": machine.get("name", "")},
        "variables": {},
    }
    continue_history(execution)
    timer = _start_timeout(execution, definition.get("TimeoutSeconds"))
    name, state_input = execution.get("resumeAt") or (definition.get("StartAt"), execution_input)
    try:
        output = _walk(definition.get("States", {}), name, state_input, execution, ctx, is_top_level=True)
        _end(execution, "SUCCEEDED", "ExecutionSucceeded", {"output": json.dumps(output)})
    except ExecutionEnded:
        pass
    except StateError as error:
        step_functions._fail_execution(execution, error.error, error.cause)
    except Exception as error:
        step_functions.logger.exception("execution %s", execution_arn)
        step_functions._fail_execution(execution, "States.Runtime", str(error))
    finally:
        if timer:
            timer.cancel()


@replaces(step_functions, "_fail_execution", "e6da895fa0b7")
def fail_execution(execution: dict[str, Any], error: str, cause: str) -> None:
    """Ends an execution as failed, unless it has ended already."""
    _end(execution, "FAILED", "ExecutionFailed", {"error": error, "cause": cause})


@replaces(step_functions, "_run_sub_machine", "f8d844168b14")
def run_sub_machine(
    states: dict[str, Any], start_at: str, input_data: Any, execution: dict[str, Any], ctx: dict[str, Any]
) -> Any:
    """Runs a branch of Parallel or an iteration of Map, with a context object of its own."""
    return _walk(states, start_at, copy.deepcopy(input_data), execution, {**ctx}, is_top_level=False)


def _walk(
    states: dict[str, Any],
    name: str | None,
    state_input: Any,
    execution: dict[str, Any],
    ctx: dict[str, Any],
    *,
    is_top_level: bool,
) -> Any:
    while name:
        if execution["status"] != "RUNNING":
            raise ExecutionEnded
        state_def = states.get(name)
        if not state_def:
            raise StateError("States.Runtime", f"State '{name}' not found in definition")
        ctx["State"] = {"Name": name, "EnteredTime": step_functions.now_iso(), "RetryCount": 0}
        if is_top_level:
            execution["resumeAt"] = [name, state_input]
        state_type = state_def.get("Type")
        entered = {"name": name, "input": json.dumps(state_input), "inputDetails": {"truncated": False}}
        add_event(execution, f"{state_type}StateEntered", {"stateEnteredEventDetails": entered})
        with entered_state(execution, ctx, state_input):
            output, following = _execute(state_type, state_def, state_input, execution, ctx)
        check_size(output)
        exited = {"name": name, "output": json.dumps(output), "outputDetails": {"truncated": False}}
        add_event(execution, f"{state_type}StateExited", {"stateExitedEventDetails": exited})
        state_input, name = output, following
    if execution["status"] != "RUNNING":
        raise ExecutionEnded
    return state_input


def _execute(
    state_type: str, state_def: dict[str, Any], state_input: Any, execution: dict[str, Any], ctx: dict[str, Any]
) -> tuple[Any, str | None]:
    """Looked up by name at every call, so that the replaced ones are found."""
    if state_type == "Fail":
        raise StateError(*step_functions._fail_state_error(state_def, state_input, ctx))
    if state_type == "Succeed":
        selected = step_functions._apply_input_path(state_def, state_input, ctx)
        return step_functions._apply_output_path(state_def, selected, ctx), None
    if state_type in ("Task", "Parallel", "Map"):
        execute = getattr(step_functions, f"_execute_{state_type.lower()}")
        return execute(state_def, state_input, execution, ctx)
    if state_type in ("Pass", "Choice", "Wait"):
        return getattr(step_functions, f"_execute_{state_type.lower()}")(state_def, state_input, ctx)
    raise StateError("States.Runtime", f"Unknown state type: {state_type}")


def _start_timeout(execution: dict[str, Any], seconds: float | None) -> threading.Timer | None:
    if not seconds:
        return None

    def time_out() -> None:
        _end(execution, "TIMED_OUT", "ExecutionTimedOut", {})

    timer = threading.Timer(seconds, contextvars.copy_context().run, (time_out,))
    timer.daemon = True
    timer.start()
    return timer


def _end(execution: dict[str, Any], status: str, event_type: str, details: dict[str, Any]) -> None:
    with ending:
        if execution["status"] != "RUNNING":
            return
        execution.update(status=status, stopDate=step_functions.now_iso(), **details)
    add_event(execution, event_type, {f"{event_type[0].lower()}{event_type[1:]}EventDetails": details})
    forget_run(execution)
    step_functions._emit_execution_status_event(execution)


def start_thread(execution: dict[str, Any]) -> None:
    """Runs an execution that is RUNNING in its record but in no thread."""
    run_of(execution)
    threading.Thread(
        target=contextvars.copy_context().run, args=(run_execution, execution["executionArn"]), daemon=True
    ).start()
