"""State that survives a kill: saved every few seconds, and running executions go on after a restart.

MiniStack saves its state on a clean shutdown only, and fails every execution that was running.
"""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import ministack.app as app
import ministack.core.persistence as store
import ministack.services.stepfunctions as step_functions

from pinned_functions import wraps
from step_functions_execution import start_thread

_SAVE_EVERY_SECONDS = 3.0
# The listener and the queues must be there before a resumed execution calls a function.
_RESUME_AFTER_SECONDS = 1.0
_saved: dict[str, bytes] = {}


def start_saving() -> None:
    """Saves each service's state when it changed, until the process ends."""
    # One line for each service at each save would bury everything else.
    store.logger.addFilter(lambda record: "saved" not in str(record.msg))
    threading.Thread(target=_save_forever, daemon=True).start()


def _save_forever() -> None:
    while True:
        time.sleep(_SAVE_EVERY_SECONDS)
        for name, read_state in app._build_persistence_save_dict().items():
            try:
                _save_if_changed(name, _consistent(read_state))
            except Exception as error:
                logging.getLogger("persistence").warning("saving %s: %s", name, error)


def _consistent(read_state: Callable[[], Any]) -> Any:
    """A service's state, read again when a request changed it while it was being copied."""
    for _ in range(4):
        try:
            return read_state()
        except RuntimeError:  # dictionary changed size during iteration
            time.sleep(0.01)
    return read_state()


def _save_if_changed(name: str, state: Any) -> None:
    if state is None:
        return
    content = hashlib.sha256(json.dumps(state, default=store._json_default).encode()).digest()
    if _saved.get(name) != content:
        store.save_state(name, state)
        _saved[name] = content


@wraps(step_functions, "_restore_state", "b94c49c3dd97")
def restore_state(original: Callable[..., Any], data: Any) -> None:
    """Executions that were running go on at the state they were in, which is sent again with a new token."""
    original(data)
    resumed = []
    for execution in step_functions._executions.all_values():
        if execution.get("error") == "States.ServiceRestart" and execution.get("resumeAt"):
            execution.update(status="RUNNING", stopDate=None)
            del execution["error"], execution["cause"]
            resumed.append(execution)
    if resumed:
        timer = threading.Timer(_RESUME_AFTER_SECONDS, lambda: [start_thread(one) for one in resumed])
        timer.daemon = True
        timer.start()
