"""CloudFormation: properties that MiniStack drops.

CORS of an HTTP API (its store wants other names than a template has), TTL of a table, and ExcludePunctuation of a
generated secret.
"""

import string
from collections.abc import Callable
from typing import Any

import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.dynamodb as dynamodb

from pinned_functions import wraps

Properties = dict[str, Any]


def _wrap_handler(resource_type: str, before: Callable[..., Any], after: Callable[..., Any]) -> None:
    """`before(properties)` gives the properties to use; `after(physical_id, old, new)` runs when they are applied."""
    handlers = provisioners._RESOURCE_HANDLERS[resource_type]
    shipped_create, shipped_update = handlers["create"], handlers.get("update")

    def create(logical_id: str, properties: Properties, *args: Any, **kwargs: Any) -> Any:
        created = shipped_create(logical_id, before(properties), *args, **kwargs)
        after(created[0], {}, properties)
        return created

    def update(physical_id: str, old: Properties, new: Properties, *args: Any, **kwargs: Any) -> Any:
        updated = shipped_update(physical_id, before(old), before(new), *args, **kwargs)
        after(updated[0] if updated else physical_id, old, new)
        return updated

    handlers["create"] = create
    if shipped_update:
        handlers["update"] = update


def _with_api_names(properties: Properties) -> Properties:
    cors = properties.get("CorsConfiguration")
    if not cors:
        return properties
    return {**properties, "CorsConfiguration": {name[0].lower() + name[1:]: value for name, value in cors.items()}}


def _apply_time_to_live(table_name: str, old: Properties, new: Properties) -> None:
    before, after = old.get("TimeToLiveSpecification"), new.get("TimeToLiveSpecification")
    if before == after:
        return
    wanted = after or {**before, "Enabled": False}
    specification = {
        "AttributeName": wanted.get("AttributeName"),
        "Enabled": str(wanted.get("Enabled", True)).lower() == "true",
    }
    dynamodb._update_ttl({"TableName": table_name, "TimeToLiveSpecification": specification})


_wrap_handler("AWS::ApiGatewayV2::Api", before=_with_api_names, after=lambda *_: None)
_wrap_handler("AWS::DynamoDB::Table", before=lambda properties: properties, after=_apply_time_to_live)


@wraps(provisioners, "_sm_secret_string", "35e09b8c3f3d")
def secret_string(original: Callable[..., Any], properties: Properties) -> str:
    """The value of a secret, generated without the characters that the template excludes."""
    generate = properties.get("GenerateSecretString")
    if not generate or str(generate.get("ExcludePunctuation", False)).lower() != "true":
        return original(properties)
    excluded = generate.get("ExcludeCharacters", "") + string.punctuation
    return original({**properties, "GenerateSecretString": {**generate, "ExcludeCharacters": excluded}})
