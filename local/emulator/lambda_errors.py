"""Errors and logs of Node functions.

MiniStack reports every error as `Runtime.HandlerError` without its name and ends the worker; AWS reports the error's own
name, which the state machine's Retry and Catch match on, and keeps the worker. A worker that dies is
`Runtime.ExitError`. MiniStack also waits 50 ms for log lines after a silent invocation and may miss late ones: here the
worker marks where an invocation's log ends.
"""

import queue
import time
from collections.abc import Callable
from typing import Any

import ministack.core.lambda_runtime as runtime
import ministack.services.lambda_svc as lambda_service

from pinned_functions import wraps
from worker_script import replace_in_worker

_LOG_END = "\x01forewarn-log-end\x01"
_LOG_WAIT_SECONDS = 0.25

replace_in_worker(
    """          _realStdoutWrite(JSON.stringify({
            status: "error", error: String(err.message || err), trace: err.stack || ""
          }) + "\\n");
        } else {
          _realStdoutWrite(JSON.stringify({ status: "ok", result: res }) + "\\n");""",
    """          const thrown = err instanceof Error
            ? err
            : { name: typeof err, message: typeof err === "string" ? err : JSON.stringify(err), stack: "" };
          _stderrWrite("ERROR\\tInvoke Error\\t" + (thrown.stack || thrown.message) + "\\n");
          _stderrWrite("\\x01forewarn-log-end\\x01\\n");
          const failure = { errorType: thrown.name || "Error", errorMessage: String(thrown.message),
            trace: String(thrown.stack || "").split("\\n") };
          _realStdoutWrite(JSON.stringify({ status: "ok", result: { forewarnFailure: failure } }) + "\\n");
        } else {
          _stderrWrite("\\x01forewarn-log-end\\x01\\n");
          _realStdoutWrite(JSON.stringify({ status: "ok", result: res === undefined ? null : res }) + "\\n");""",
)


@wraps(runtime.Worker, "_drain_stderr_bounded", "3fd7cc742872")
def drain_log(original: Callable[..., Any], worker: Any, *args: Any, **kwargs: Any) -> str:
    """The log lines of one invocation, up to the mark."""
    if not str(worker.config.get("Runtime", "")).startswith("nodejs") or worker._proc is None:
        return original(worker, *args, **kwargs)
    lines: list[str] = []
    ends_at = time.monotonic() + _LOG_WAIT_SECONDS
    while True:
        try:
            line = worker._stderr_queue.get(timeout=max(0.0, ends_at - time.monotonic()))
        except queue.Empty:
            break
        if line == _LOG_END:
            break
        lines.append(line)
    return "\n".join(lines)


# What writing to, and reading from, a process that is gone raises
_BROKEN_PIPES = {"BrokenPipeError", "ConnectionResetError"}


def _is_death(body: dict[str, Any]) -> bool:
    message = str(body.get("errorMessage"))
    is_exit = message == "Worker process died" or message.startswith("Worker process exited immediately")
    return is_exit or body.get("errorType") in _BROKEN_PIPES


@wraps(lambda_service, "_execute_function_warm", "62b9218bef5b")
def execute_function_warm(original: Callable[..., Any], func: Any, event: Any, request_id: str) -> Any:
    """Names a function's error as AWS does."""
    result = original(func, event, request_id)
    body = result.get("body")
    if not isinstance(body, dict):
        return result
    if "forewarnFailure" in body:
        return {**result, "body": body["forewarnFailure"], "error": True}
    if result.get("error") and _is_death(body):
        died = f"RequestId: {request_id} Error: Runtime exited without providing a reason"
        return {**result, "body": {"errorType": "Runtime.ExitError", "errorMessage": died}}
    return result
