"""Execution history: links between events, resource names and timeouts as AWS writes them.

MiniStack's events have no `previousEventId`, and one event type for every failure of a task.
"""

import contextvars
import threading
from typing import Any

import ministack.services.stepfunctions as step_functions

from pinned_functions import replaces

_previous_id: contextvars.ContextVar[int] = contextvars.ContextVar("forewarn_previous_event", default=0)
_append = threading.Lock()


def resource_details(resource: str) -> dict[str, str]:
    """`arn:aws:states:::lambda:invoke.waitForTaskToken` is resourceType `lambda`, resource `invoke.waitForTaskToken`."""
    parts = resource.split(":")
    if resource.startswith("arn:aws:states:::") and len(parts) > 6:
        return {"resourceType": parts[5], "resource": ":".join(parts[6:])}
    return {"resourceType": "lambda" if ":lambda:" in resource else "states", "resource": resource}


def continue_history(execution: dict[str, Any]) -> None:
    """The next event of this thread follows the last one of the execution."""
    _previous_id.set(len(execution["events"]))


@replaces(step_functions, "_add_event", "b1db143ccd21")
def add_event(execution: dict[str, Any], event_type: str, details: dict[str, Any] | None = None) -> dict[str, Any]:
    """Appends an event; branches of Map and Parallel each have their own chain."""
    with _append:
        event = {
            "id": len(execution["events"]) + 1,
            "previousEventId": _previous_id.get(),
            "type": event_type,
            "timestamp": step_functions.now_iso(),
            **(details or {}),
        }
        execution["events"].append(event)
    _previous_id.set(event["id"])
    return event


def add_task_failure(execution: dict[str, Any], resource: str, error: str, cause: str) -> None:
    """TaskTimedOut for both timeouts, TaskFailed for every other error."""
    details = {**resource_details(resource), "error": error, "cause": cause}
    if error in ("States.Timeout", "States.HeartbeatTimeout"):
        add_event(execution, "TaskTimedOut", {"taskTimedOutEventDetails": details})
    else:
        add_event(execution, "TaskFailed", {"taskFailedEventDetails": details})
