"""A private cloud of a test run ends with its owner, also when the owner is killed."""

import os
import signal
import threading
import time

_CHECK_EVERY_SECONDS = 1.0


def end_with(owner_pid: int) -> None:
    """Ends this process in good order once `owner_pid` is gone."""
    threading.Thread(target=_watch, args=(owner_pid,), daemon=True).start()


def _watch(owner_pid: int) -> None:
    while _is_running(owner_pid):
        time.sleep(_CHECK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
