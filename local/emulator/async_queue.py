"""Asynchronous invocations (EventBridge, Scheduler, InvocationType Event): a queue per function, retries, destinations.

MiniStack starts one thread and one Node process for every event at once, which a burst turns into hundreds, and does not
retry events of EventBridge. AWS queues them and adds concurrency step by step.

`_invoke` follows the order of steps of MiniStack's `invoke_async_with_retry`.
Copyright (c) 2026 MiniStack Contributors. SPDX-License-Identifier: MIT (see LICENSE-ministack.txt).
"""

import contextvars
import json
import queue
import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import ministack.services.eventbridge as eventbridge
import ministack.services.lambda_svc as lambda_service

from pinned_functions import replaces

# Two cores run it all here; on AWS the account's concurrency is the bound.
_CONCURRENT_PER_FUNCTION = 4
_THROTTLE_DELAY_SECONDS = 1.0
# "Asynchronous invocation", AWS Lambda Developer Guide: two retries, six hours
_DEFAULT_RETRIES = 2
_DEFAULT_MAX_AGE_SECONDS = 21_600


@dataclass(frozen=True)
class Invocation:
    function: dict[str, Any]
    event: Any
    attempt: int
    queued_at: float


_queues: dict[str, queue.Queue[tuple[contextvars.Context, Invocation]]] = {}
_queues_lock = threading.Lock()


@replaces(lambda_service, "invoke_async_with_retry", "289fe4d3cbd4")
def invoke_later(function: dict[str, Any], event: Any) -> None:
    """Queues an event for a function."""
    _enqueue(Invocation(function, event, attempt=0, queued_at=time.time()))


@replaces(eventbridge, "_dispatch_to_lambda", "1f95adbaed3a")
def dispatch_to_lambda(arn: str, payload: str) -> None:
    """Queues an event of EventBridge or Scheduler."""
    try:
        event = json.loads(payload)
    except (ValueError, TypeError):
        event = {"body": payload}
    function, config, name = lambda_service._get_func_record_for_ref(arn)
    if function and config:
        invoke_later(lambda_service._execution_record_for_config(function, config), event)
    else:
        eventbridge.logger.warning("EventBridge target: function %s not found", name)


def _enqueue(invocation: Invocation) -> None:
    config = _config(invocation)
    key = config.get("FunctionArn") or config.get("FunctionName") or ""
    with _queues_lock:
        if key not in _queues:
            _queues[key] = queue.Queue()
            for _ in range(_CONCURRENT_PER_FUNCTION):
                threading.Thread(target=_serve, args=(_queues[key],), daemon=True).start()
    _queues[key].put((contextvars.copy_context(), invocation))


def _enqueue_after(seconds: float, invocation: Invocation) -> None:
    timer = threading.Timer(seconds, contextvars.copy_context().run, (_enqueue, invocation))
    timer.daemon = True
    timer.start()


def _serve(invocations: queue.Queue[tuple[contextvars.Context, Invocation]]) -> None:
    while True:
        context, invocation = invocations.get()
        try:
            context.run(_invoke, invocation)
        except Exception:
            lambda_service.logger.exception("asynchronous invocation")


def _invoke(invocation: Invocation) -> None:
    function, config = invocation.function, _config(invocation)
    account, region = lambda_service._account_region_from_function_config(config)
    lambda_service._request_account_id.set(account)
    lambda_service._request_region.set(region)
    settings = function.get("event_invoke_config") or (function.get("event_invoke_configs") or {}).get("$LATEST") or {}
    result = lambda_service._execute_function(function, invocation.event)
    if result.get("throttle"):
        _enqueue_after(_THROTTLE_DELAY_SECONDS, invocation)
        return
    if not result.get("error"):
        return
    delay = min(
        lambda_service._LAMBDA_ASYNC_RETRY_BASE_SECONDS * 2**invocation.attempt,
        lambda_service._LAMBDA_ASYNC_RETRY_MAX_SECONDS,
    )
    retries = settings.get("MaximumRetryAttempts")
    max_age = int(settings.get("MaximumEventAgeInSeconds", _DEFAULT_MAX_AGE_SECONDS))
    is_in_time = time.time() - invocation.queued_at + delay <= max_age
    if invocation.attempt < (_DEFAULT_RETRIES if retries is None else int(retries)) and is_in_time:
        _enqueue_after(delay, replace(invocation, attempt=invocation.attempt + 1))
        return
    destination = (settings.get("DestinationConfig") or {}).get("OnFailure", {}).get("Destination")
    target = destination or (config.get("DeadLetterConfig") or {}).get("TargetArn")
    if target:
        lambda_service._route_async_failure(target, config.get("FunctionName"), invocation.event, result)


def _config(invocation: Invocation) -> dict[str, Any]:
    return invocation.function.get("config") or invocation.function
