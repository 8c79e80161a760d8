"""A real browser against a real demo on a free port."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import FLAGS
from tests.chromium import path as chromium_path


@dataclass(frozen=True)
class Demo:
    url: str
    password: str


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """The demo as `make demo` starts it, in an empty folder."""
    running = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot.cli", "demo", "--listen", "127.0.0.1:0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert running.stdout
    said = ""
    for line in running.stdout:
        said += line
        if line.startswith("Stop it"):
            break
    url = re.search(r"Console +(http://\S+)/", said)
    password = re.search(r"password (\S+)", said)
    assert url, said
    assert password, said
    yield Demo(url[1], password[1])
    running.send_signal(signal.SIGINT)
    rest, _ = running.communicate(timeout=20)
    assert running.returncode == 0, rest
    assert "Traceback" not in rest


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A browser for one test: Playwright's loop, while it runs, lets no coroutine of another test run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Screens:
    """Opens windows of separate people, and remembers what any of them complained of."""

    browser: Browser
    complaints: list[str]

    def open(self, url: str) -> Page:
        page = self.browser.new_context().new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type == "error" else None,
        )
        page.goto(url)
        return page


@pytest.fixture
def screens(chromium: Browser) -> Iterator[Screens]:
    opened = Screens(chromium, [])
    yield opened
    assert opened.complaints == []
