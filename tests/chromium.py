"""Debian's chromium, for the tests that need a real browser."""

import os
import shutil

import pytest

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path() -> str:
    """Where chromium is. Without it a test is skipped, but in CI it fails: there it must be installed."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed, and in CI it must be")
        pytest.skip("chromium is not installed")
    return found
