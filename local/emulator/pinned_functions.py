"""How the launcher replaces functions of the pinned MiniStack, and refuses to when they are not what they were.

Every replacement names the digest of the function it replaces. With another release of MiniStack the digests differ and
the emulator does not start, because a replacement may then undo a repair or rely on something that is gone.
"""

import functools
import hashlib
import importlib.metadata
import inspect
from collections.abc import Callable
from typing import Any

PINNED_VERSION = "1.5.33"

# (owner, name) -> the function as MiniStack ships it; a second replacement of one name checks that one too.
_shipped: dict[tuple[int, str], Callable[..., Any]] = {}


def check_version() -> None:
    """Ends the process unless the installed MiniStack is the pinned one."""
    installed = importlib.metadata.version("ministack")
    if installed != PINNED_VERSION:
        raise SystemExit(
            f"The local cloud is written for MiniStack {PINNED_VERSION}, but {installed} is installed. "
            "Delete .forewarn/venv; the next start installs the pinned version."
        )


def digest(text: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def check_digest(what: str, text: str, expected: str) -> None:
    """Ends the process unless `text` has the digest that the replacement was written against."""
    found = digest(text)
    if found != expected:
        raise SystemExit(
            f"The local cloud replaces {what} of MiniStack {PINNED_VERSION}, which is not what it was: "
            f"its digest is {found}, expected {expected}. Delete .forewarn/venv and start again; if you are moving to "
            "another MiniStack, read the new function, adapt the replacement in local/emulator and its digest."
        )


def replaces(owner: Any, name: str, expected: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: the function takes the place of `owner.name`, whose source has the digest `expected`."""
    _check_shipped(owner, name, expected)

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        setattr(owner, name, function)
        return function

    return put


def wraps(owner: Any, name: str, expected: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: like `replaces`, but the function gets the present `owner.name` as its first argument, to call it."""
    _check_shipped(owner, name, expected)
    present = getattr(owner, name)

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(present)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return function(present, *args, **kwargs)

        setattr(owner, name, wrapped)
        return function

    return put


def _check_shipped(owner: Any, name: str, expected: str) -> None:
    shipped = _shipped.setdefault((id(owner), name), getattr(owner, name))
    check_digest(f"{owner.__name__}.{name}", inspect.getsource(shipped), expected)
