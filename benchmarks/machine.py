"""What is known of the machine on which something is measured."""

import os
import platform


def machine() -> str:
    """How busy the machine is before anything is measured: others' work makes the figures worse."""
    busy, processors = os.getloadavg()[0], os.cpu_count() or 1
    return f"machine: {processors} processors, {busy:.1f} of them busy with other things at the start"


def python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()}"
