"""Starts the pinned MiniStack with the replacements of this folder. `python launch.py <folder of the cloud>`.

Settings come as environment variables from `local/emulator.ts`; the argument only marks the process.
"""

import os
import sys

from pinned_functions import check_version

check_version()

# Each module puts its replacements in when it is imported.
import async_queue  # noqa: E402, F401
import cloudformation  # noqa: E402, F401
import http_api  # noqa: E402, F401
import lambda_errors  # noqa: E402, F401
import lambda_streaming  # noqa: E402, F401
import persistence  # noqa: E402
import schedule_tick  # noqa: E402, F401
import step_functions_api  # noqa: E402, F401
import step_functions_paths  # noqa: E402, F401
import step_functions_retry  # noqa: E402, F401
from ministack.app import main  # noqa: E402
from ministack.core import lambda_runtime  # noqa: E402
from owner_watch import end_with  # noqa: E402


def run() -> None:
    """Serves until SIGTERM, then ends the function workers, which would otherwise outlive their timers."""
    owner_pid = os.environ.pop("FOREWARN_OWNER_PID", "")
    if owner_pid:
        end_with(int(owner_pid))
    persistence.start_saving()
    sys.argv = sys.argv[:1]  # MiniStack reads arguments of its own
    try:
        main()
    finally:
        lambda_runtime.reset()


run()
