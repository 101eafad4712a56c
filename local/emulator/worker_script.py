"""Edits of the script that MiniStack's Node workers run."""

import ministack.core.lambda_runtime as runtime

from pinned_functions import check_digest

check_digest("the Node worker script", runtime._NODEJS_WORKER_SCRIPT, "4c6fe8a41c8f")


def replace_in_worker(old: str, new: str) -> None:
    """Replaces the one place where `old` stands."""
    found = runtime._NODEJS_WORKER_SCRIPT.count(old)
    if found != 1:
        raise SystemExit(f"The Node worker script has {found} places like this, expected one:\n{old}")
    runtime._NODEJS_WORKER_SCRIPT = runtime._NODEJS_WORKER_SCRIPT.replace(old, new)
