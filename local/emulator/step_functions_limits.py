"""256 KiB: the most that a state, a task or an execution may take or give. MiniStack has no such limit."""

import json
from typing import Any

import ministack.services.stepfunctions as step_functions

from step_functions_scope import StateError

# "Service quotas", AWS Step Functions Developer Guide: 256 KiB of UTF-8
MAX_PAYLOAD_BYTES = 262_144


def check_size(payload: Any) -> None:
    """Raises States.DataLimitExceeded, which States.ALL does not match, for a payload that AWS would refuse."""
    if len(json.dumps(payload, ensure_ascii=False).encode()) > MAX_PAYLOAD_BYTES:
        raise StateError(
            "States.DataLimitExceeded",
            "The state/task returned a result with a size exceeding the maximum number of bytes service limit.",
        )


def payload_too_long(field: str) -> Any:
    """The API's answer to an input or output above the limit."""
    return step_functions.error_response_json(
        "ValidationException",
        f"1 validation error detected: Value at '{field}' failed to satisfy constraint: "
        f"Member must have length less than or equal to {MAX_PAYLOAD_BYTES}",
        400,
    )
