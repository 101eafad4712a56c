"""HTTP API limits: 30 seconds, 10 MB, and an error body that tells nothing of the function.

MiniStack has no limits and answers a function's error with its name and message.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import ministack.services.apigateway as apigateway
import ministack.services.lambda_svc as lambda_service

from pinned_functions import wraps

# "Quotas for configuring and running an HTTP API", API Gateway Developer Guide
_TIMEOUT_SECONDS = 30
_MAX_BODY_BYTES = 10 * 1024 * 1024
_JSON = {"Content-Type": "application/json"}


@wraps(lambda_service, "lambda_execute_result_to_api_proxy_response", "36f0ed215e85")
def to_proxy_response(original: Callable[..., Any], result: dict[str, Any]) -> Any:
    """A function's error is 500 without its text; a throttle stays 429."""
    body = result.get("body")
    is_response = isinstance(body, dict) and "statusCode" in body
    if result.get("error") and not result.get("throttle") and not is_response:
        return {"statusCode": 500, "headers": _JSON, "body": '{"message":"Internal Server Error"}'}, None
    return original(result)


@wraps(apigateway, "_handle_execute_in_scope", "aa60b8b0dfaa")
async def handle_execute(
    original: Callable[..., Any],
    api_id: str,
    stage: str,
    path: str,
    method: str,
    headers: dict[str, str],
    body: bytes,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """One request of a client."""
    if len(body or b"") > _MAX_BODY_BYTES:
        return 413, dict(_JSON), b'{"message":"Request Entity Too Large"}'
    answer = asyncio.ensure_future(original(api_id, stage, path, method, headers, body, *args, **kwargs))
    try:
        # The function goes on after the client was answered, as on AWS.
        return await asyncio.wait_for(asyncio.shield(answer), _TIMEOUT_SECONDS)
    except asyncio.TimeoutError:
        return 503, dict(_JSON), b'{"message":"Service Unavailable"}'
