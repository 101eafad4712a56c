"""JSONPath: a path that leads nowhere is an error, and IsPresent tells null from absent.

MiniStack resolves a missing path to null everywhere, takes null for absent, and lacks most `...Path` comparisons.
"""

import json
from collections.abc import Callable
from typing import Any

import ministack.services.stepfunctions as step_functions

from pinned_functions import wraps
from step_functions_scope import StateError


def is_missing(path: str, data: Any) -> bool:
    """Whether a plain path (fields and indexes only) leads nowhere in `data`. Filters and wildcards never do."""
    tokens = step_functions._parse_jsonpath_tokens(path)
    if tokens is None or any(kind not in ("field", "index") for kind, _ in tokens):
        return False
    for kind, key in tokens:
        if kind == "field" and isinstance(data, dict) and key in data:
            data = data[key]
        elif kind == "index" and isinstance(data, list) and -len(data) <= key < len(data):
            data = data[key]
        else:
            return True
    return False


@wraps(step_functions, "_resolve_params_obj", "d41c2e27dd1b")
def resolve_params_obj(original: Callable[..., Any], template: Any, data: Any, ctx: Any = None) -> Any:
    """Parameters, ResultSelector and ItemSelector."""
    if not isinstance(template, dict):
        return original(template, data, ctx)
    for key, path in template.items():
        if not (key.endswith(".$") and isinstance(path, str) and path.startswith("$")) or path == "$$":
            continue
        if is_missing(path[1:], ctx or {}) if path.startswith("$$.") else is_missing(path, data):
            raise StateError(
                "States.ParameterPathFailure",
                f"The JSONPath '{path}' specified for the field '{key}' could not be found in the input "
                f"'{json.dumps(data)[:500]}'",
            )
    resolved = original(template, data, ctx)
    for key, path in template.items():
        if key.endswith(".$") and path == "$$":  # the whole context object, less what is the emulator's own
            resolved[key[:-2]] = {k: v for k, v in (ctx or {}).items() if k not in ("QueryLanguage", "variables")}
    return resolved


@wraps(step_functions, "_evaluate_rule", "728e6547c8ca")
def evaluate_rule(original: Callable[..., Any], rule: dict[str, Any], data: Any, ctx: Any = None) -> bool:
    """One comparison of a Choice rule, or And, Or, Not."""
    variable = rule.get("Variable")
    if not isinstance(variable, str):
        return original(rule, data, ctx)
    absent = variable.startswith("$.") and is_missing(variable, data)
    if "IsPresent" in rule:
        if variable.startswith("$$."):
            return original(rule, data, ctx)
        return (not absent) == rule["IsPresent"]
    if absent:
        raise StateError(
            "States.Runtime",
            f"Invalid path '{variable}': The choice state's condition path references an invalid value.",
        )
    for operator, operand in rule.items():
        if operator.endswith("Path") and operator.startswith(("String", "Timestamp")):
            value = step_functions._resolve_path_or_ctx(operand, data, ctx)
            return original({"Variable": variable, operator.removesuffix("Path"): value}, data, ctx)
    return original(rule, data, ctx)


@wraps(step_functions, "_execute_wait", "a1012679c72d")
def execute_wait(original: Callable[..., Any], state_def: dict[str, Any], raw_input: Any, ctx: Any = None) -> Any:
    """Wait: MiniStack goes on at once when the path to its seconds or timestamp leads nowhere."""
    for field in ("SecondsPath", "TimestampPath"):
        path = state_def.get(field)
        if isinstance(path, str) and path.startswith("$.") and is_missing(path, raw_input):
            raise StateError("States.Runtime", f"The {field} parameter does not reference a value: {path}")
    return original(state_def, raw_input, ctx)
