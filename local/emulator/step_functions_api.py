"""StartExecution, StopExecution, DescribeExecution and RedriveExecution as AWS answers them.

MiniStack takes any input, refuses to start the same name with the same input twice, does not wake what a stopped
execution waits for, shows an output for a failed execution, and has no RedriveExecution.
"""

import json
from collections.abc import Callable
from typing import Any

import ministack.services.stepfunctions as step_functions

from pinned_functions import wraps
from step_functions_execution import ending, start_thread
from step_functions_history import add_event, continue_history
from step_functions_limits import MAX_PAYLOAD_BYTES, payload_too_long
from step_functions_scope import forget_run

_REDRIVABLE = ("FAILED", "TIMED_OUT", "ABORTED")


@wraps(step_functions, "_start_execution", "9923282fc76c")
def start_execution(original: Callable[..., Any], data: dict[str, Any]) -> Any:
    """Starts an execution, or answers with the running one of the same name and input."""
    execution_input = data.get("input") or "{}"
    if len(execution_input.encode()) > MAX_PAYLOAD_BYTES:
        return payload_too_long("input")
    try:
        parsed = json.loads(execution_input)
    except ValueError as error:
        message = f"Invalid State Machine Execution Input: '{error}'"
        return step_functions.error_response_json("InvalidExecutionInput", message, 400)
    running = _named_execution(data)
    if running and running["status"] == "RUNNING" and json.loads(running["input"]) == parsed:
        return step_functions.json_response(
            {"executionArn": running["executionArn"], "startDate": running["startDate"]}
        )
    return original(data)


def _named_execution(data: dict[str, Any]) -> dict[str, Any] | None:
    machine_arn = step_functions._resolve_state_machine_arn(data.get("stateMachineArn") or "")
    if not machine_arn or not data.get("name"):
        return None
    machine = step_functions._state_machines[machine_arn]
    prefix = f"arn:aws:states:{step_functions.get_region()}:{step_functions.get_account_id()}:execution"
    return step_functions._executions.get(f"{prefix}:{machine['name']}:{data['name']}")


@wraps(step_functions, "_stop_execution", "44d2d84ccd5c")
def stop_execution(original: Callable[..., Any], data: dict[str, Any]) -> Any:
    """Stops an execution and wakes what it waits for; its tokens are stale from then on."""
    with ending:
        response = original(data)
    execution = step_functions._executions.get(data.get("executionArn"))
    if execution and execution["status"] == "ABORTED":
        forget_run(execution)
    return response


@wraps(step_functions, "_describe_execution", "c3ad294ad8b5")
def describe_execution(original: Callable[..., Any], data: dict[str, Any]) -> Any:
    """Adds what a redrive needs; an output only when the execution has succeeded."""
    response = original(data)
    execution = step_functions._executions.get(data.get("executionArn"))
    if response[0] != 200 or not execution:
        return response
    body = json.loads(response[2])
    body["redriveCount"] = execution.get("redriveCount", 0)
    body["redriveStatus"] = "REDRIVABLE" if execution["status"] in _REDRIVABLE else "NOT_REDRIVABLE"
    body["redriveDate"] = execution.get("redriveDate")
    if execution["status"] != "SUCCEEDED":
        body["output"] = None
    return step_functions.json_response({key: value for key, value in body.items() if value is not None})


@wraps(step_functions, "handle_request", "efa6e8c4532a")
async def handle_request(
    original: Callable[..., Any], method: str, path: str, headers: dict[str, str], body: bytes, query_params: Any
) -> Any:
    """Adds RedriveExecution to the actions of the service."""
    if headers.get("x-amz-target", "").endswith(".RedriveExecution"):
        return step_functions._finalize_response(_redrive_execution(json.loads(body)))
    return await original(method, path, headers, body, query_params)


def _redrive_execution(data: dict[str, Any]) -> Any:
    """Goes on at the top-level state that failed; a Map or Parallel state is run again as a whole."""
    execution = step_functions._executions.get(data.get("executionArn"))
    if not execution:
        return step_functions.error_response_json("ExecutionDoesNotExist", "Execution does not exist", 400)
    if execution["status"] not in _REDRIVABLE:
        message = f"Execution is {execution['status']} and cannot be redriven"
        return step_functions.error_response_json("ExecutionNotRedrivable", message, 400)
    redriven = {"redriveCount": execution.get("redriveCount", 0) + 1, "redriveDate": step_functions.now_iso()}
    execution.update(status="RUNNING", stopDate=None, output=None, **redriven)
    execution.pop("error", None)
    execution.pop("cause", None)
    continue_history(execution)
    details = {"redriveCount": redriven["redriveCount"]}
    add_event(execution, "ExecutionRedriven", {"executionRedrivenEventDetails": details})
    step_functions._emit_execution_status_event(execution)
    start_thread(execution)
    return step_functions.json_response({"redriveDate": redriven["redriveDate"]})
