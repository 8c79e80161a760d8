"""What the process that reads a file may do: compute for a while, and nothing else.

The limits of the operating system hold for the parsers in C; the audit hook stops what Python code would do.
Where the system has no such limit, it is left out, and the clock of the main process is what remains.
"""

import contextlib
import ctypes
import math
import os
import sys
from typing import Any

from detectors.extract.limits import Limits
from detectors.politeness import be_polite

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_OPEN_FILES = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.",
    "webbrowser.",
)


def confine(limits: Limits) -> None:
    """Takes from this process, for good, what reading a file does not need."""
    be_polite()
    _leave_the_network()
    _limit(limits)
    sys.addaudithook(_refuse)


def _limit(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    seconds = math.ceil(limits.seconds + limits.image_seconds)
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_CPU": seconds,
        "RLIMIT_AS": limits.memory,
    }
    for name, most in wanted.items():
        # Some systems lack one of them or refuse it; the others still hold.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _leave_the_network() -> None:
    """Into a network namespace without any interface, where the system lets anybody make one."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & _WRITING:
            raise PermissionError("a file may not be written here")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError("this may not be done here")
