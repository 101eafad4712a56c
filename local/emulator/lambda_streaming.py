"""Response streaming: what a handler writes leaves through its function URL at once.

MiniStack has no `awslambda.streamifyResponse` and sends a streamed response when the handler has ended. Here the worker
passes each chunk on as a line, and a function URL with InvokeMode RESPONSE_STREAM sends it as it comes. The worker's own
part is `streaming-handler.js`.

`handle_function_url_request` follows the order of steps of MiniStack's function of that name.
Copyright (c) 2026 MiniStack Contributors. SPDX-License-Identifier: MIT (see LICENSE-ministack.txt).
"""

import asyncio
import base64
import contextvars
import json
import pathlib
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import ministack.core.lambda_runtime as runtime
import ministack.services.lambda_svc as lambda_service
from ministack.core.responses import StreamingResponse

from pinned_functions import wraps
from worker_script import replace_in_worker

_ANCHOR = "const _realStdoutWrite = process.stdout.write.bind(process.stdout);"
_HANDLER = pathlib.Path(__file__).with_name("streaming-handler.js").read_text(encoding="utf-8")

replace_in_worker(_ANCHOR, f"{_ANCHOR}\n{_HANDLER}")
replace_in_worker("const ctx = msg.ctx || {};", "const ctx = msg.ctx || {}; forewarnInvocation.streams = !!ctx.stream;")

Part = tuple[str, Any]  # ("head", metadata) | ("chunk", bytes) | ("plain", result) | ("throttled",) | ("end", error)


@wraps(lambda_service, "handle_function_url_request", "c9d31efac5f1")
async def handle_function_url_request(
    original: Callable[..., Any],
    url_id: str,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes,
    query_params: Any,
    resolved: Any = None,
    source_ip: str | None = None,
) -> Any:
    """Serves streaming function URLs of Node functions; every other request stays with MiniStack."""
    found = resolved or lambda_service.resolve_function_url(url_id)
    if found is None or found[4].get("InvokeMode") != "RESPONSE_STREAM" or method == "OPTIONS":
        return await original(url_id, method, path, headers, body, query_params, resolved=found, source_ip=source_ip)
    account, region, name, qualifier, url_config = found
    reference = f"{name}:{qualifier}" if qualifier else name
    func, config, _ = lambda_service._get_func_record_for_ref_in_scope(reference, account_id=account, region=region)
    is_iam = url_config.get("AuthType") == "AWS_IAM"
    is_unsigned = is_iam and not lambda_service._function_url_is_signed(headers, query_params)
    if func is None or is_unsigned or not str(config.get("Runtime", "")).startswith("nodejs"):
        return await original(url_id, method, path, headers, body, query_params, resolved=found, source_ip=source_ip)
    request_id = lambda_service.new_uuid()
    event = lambda_service._build_function_url_event(
        url_id,
        account,
        region,
        method,
        path,
        headers,
        body,
        query_params,
        source_ip=source_ip or "127.0.0.1",
        anonymous=url_config.get("AuthType") == "NONE",
        trace_root=lambda_service._function_url_trace_root(),
    )
    event["requestContext"]["requestId"] = request_id
    record = lambda_service._execution_record_for_config(func, config)
    parts = _invoke(record, event, request_id)
    cors = lambda_service._function_url_cors_headers(url_config, headers)
    return await _respond(parts, cors, {"x-amzn-RequestId": request_id})


def _invoke(record: dict[str, Any], event: Any, request_id: str) -> AsyncIterator[Part]:
    """Runs the function in a thread and yields what it writes."""
    loop = asyncio.get_running_loop()
    parts: asyncio.Queue[Part] = asyncio.Queue()

    def put(*part: Any) -> None:
        loop.call_soon_threadsafe(parts.put_nowait, part)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_run_function, record, event, request_id, put), daemon=True).start()

    async def read() -> AsyncIterator[Part]:
        while True:
            part = await parts.get()
            yield part
            if part[0] in ("end", "throttled"):
                return

    return read()


def _run_function(record: dict[str, Any], event: Any, request_id: str, put: Callable[..., None]) -> None:
    config = record.get("config") or record
    slot, _ = lambda_service._acquire_execution_slot(record, config)
    if slot is None:
        put("throttled")
        return
    worker, started_at, log, error = None, time.time(), "", None
    try:
        lambda_service._ensure_reaper_thread()
        qualifier = config.get("Version", "$LATEST")
        worker, _ = runtime.acquire_worker(config["FunctionName"], config, record["code_zip"], qualifier=qualifier)
        runtime.ensure_spawned(worker)
        with worker._lock:
            error = _exchange(worker, config, event, request_id, put)
            log = worker._drain_stderr_bounded() if worker._proc else worker._drain_stderr()
    except Exception as failure:
        error = str(failure)
        lambda_service.logger.exception("streaming invocation")
    finally:
        if worker:
            runtime.release_worker(worker)
        lambda_service._release_execution_slot(slot)
        put("end", error)
        milliseconds = int((time.time() - started_at) * 1000)
        lambda_service._emit_lambda_logs(record, request_id, log, bool(error), milliseconds)


def _exchange(
    worker: Any, config: dict[str, Any], event: Any, request_id: str, put: Callable[..., None]
) -> str | None:
    """One invocation over the worker's pipes. Returns the error, if any."""
    process, limit = worker._proc, float(config.get("Timeout", 3))
    killer = threading.Timer(limit, process.kill)
    killer.daemon = True
    killer.start()
    started_at = time.time()
    arn = config.get("FunctionArn", "")
    context = {
        "request_id": request_id,
        "timeout_ms": int(limit * 1000),
        "invoked_function_arn": arn,
        "stream": True,
    }
    try:
        process.stdin.write(json.dumps({"event": event, "ctx": context}) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            if not line.startswith("{"):
                continue
            message = json.loads(line)
            status = message.get("status")
            if status == "head":
                put("head", message.get("metadata"))
            elif status == "chunk":
                put("chunk", base64.b64decode(message["base64"]))
            elif status == "error":
                return message.get("error")
            elif status == "ok":
                result = message.get("result")
                if isinstance(result, dict) and "forewarnFailure" in result:
                    return result["forewarnFailure"]["errorMessage"]
                if result is not None:
                    put("plain", result)
                return None
        worker._proc = None
        is_timeout = time.time() - started_at >= limit
        return f"Task timed out after {limit:.2f} seconds" if is_timeout else "Runtime exited"
    finally:
        killer.cancel()


async def _respond(parts: AsyncIterator[Part], cors: dict[str, str], extra: dict[str, str]) -> Any:
    first = await anext(parts)
    if first[0] == "throttled":
        return 429, {"Content-Type": "application/json", **extra}, b'{"message":"Rate Exceeded"}'
    if first[0] == "end":
        body = b"Internal Server Error" if first[1] else b""
        return 502, {"Content-Type": "application/json", **cors, **extra}, body
    if first[0] == "plain":
        proxy, _ = lambda_service.lambda_execute_result_to_api_proxy_response({"body": first[1]})
        status, headers, body = lambda_service._function_url_proxy_response(proxy, cors)
        return status, {**headers, **extra}, body
    metadata = first[1] or {}
    headers: dict[str, Any] = {"Content-Type": "application/octet-stream"}
    for more in (metadata.get("headers") or {}, cors, extra):
        lambda_service._apply_headers_case_insensitively(headers, more)
    if metadata.get("cookies"):
        headers["Set-Cookie"] = list(metadata["cookies"])

    async def send_parts(send: Callable[..., Any], _receive: Callable[..., Any]) -> None:
        async for part in parts:
            if part[0] == "chunk":
                await send({"type": "http.response.body", "body": part[1], "more_body": True})
            elif part[0] == "end" and not part[1]:  # after an error the body stays truncated, as on AWS
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    return int(metadata.get("statusCode", 200)), headers, StreamingResponse(send_parts)
