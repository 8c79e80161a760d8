"""Takes the README's pictures from a running demo: `make screenshots`."""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

IMAGES = Path(__file__).parent / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SAID = (
    ("bilal", "Good morning! The printed tables are on your desk."),
    ("amina", "Thank you Bilal. Budget call at 11."),
    ("amina", "CONFIDENTIAL\n\nBrief for the Secretary: the revised import figures."),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = subprocess.Popen(
            [sys.executable, "-u", "-m", "bot.cli", "demo", "--listen", "127.0.0.1:0"],
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            url, password = _where(demo)
            _take(url, password)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait()


def _where(demo: "subprocess.Popen[str]") -> tuple[str, str]:
    assert demo.stdout
    said = ""
    for line in demo.stdout:
        said += line
        if line.startswith("Stop it"):
            break
    url = re.search(r"Console +(http://\S+)/", said)
    password = re.search(r"password (\S+)", said)
    assert url
    assert password
    return url[1], password[1]


def _take(url: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=FLAGS
        )
        windows = {
            who: _open(browser, f"{url}/chat/as/{who}/rooms/budget-wing") for who in ("amina", "bilal")
        }
        for who, text in SAID:
            windows[who].locator("#text").fill(text)
            windows[who].locator("#text").press("Enter")
            expect(windows["bilal"].get_by_role("list", name="Messages")).to_contain_text(text[-12:])
        expect(windows["amina"].get_by_role("heading", name="Please look")).to_be_visible()
        windows["amina"].screenshot(path=IMAGES / "chat.png")
        console = _open(browser, url)
        console.get_by_label("Password").fill(password)
        console.keyboard.press("Enter")
        console.get_by_role("link", name="Case 1").click()
        expect(console.get_by_role("heading", name="What to do")).to_be_visible()
        console.screenshot(path=IMAGES / "console.png")
        browser.close()


def _open(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1100, "height": 740}).new_page()
    page.goto(url)
    return page


main()
