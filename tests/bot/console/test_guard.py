import httpx
import pytest

from bot.console.app import allowed_hosts


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/static/console.css"])
async def test_every_answer_carries_the_strict_policy(browser: httpx.AsyncClient, path: str) -> None:
    headers = (await browser.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 403),  # a program; refused for its password only
        ("http://127.0.0.1:8710", 403),
        ("http://evil.example", 403),
        ("null", 403),
    ],
)
async def test_other_sites_can_not_post_in_somebody_s_name(
    browser: httpx.AsyncClient, password: str, origin: str | None, status: int
) -> None:
    headers = {"origin": origin} if origin else {}
    answer = await browser.post("/login", data={"name": "x", "password": password}, headers=headers)
    assert answer.status_code == status
    is_refused_for_its_origin = "another site" in answer.text
    assert is_refused_for_its_origin is (origin in {"http://evil.example", "null"})


async def test_a_strange_host_name_is_not_answered_on_loopback(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/login", headers={"host": "evil.example"})).status_code == 400


@pytest.mark.parametrize(
    ("host", "open_to_all"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("10.1.2.3", True)],
)
def test_which_host_names_are_answered(host: str, open_to_all: bool) -> None:
    assert (allowed_hosts(host) == ["*"]) is open_to_all


async def test_no_page_loads_anything_from_elsewhere(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/login")).text
    assert "http://" not in page
    assert "https://" not in page
    assert "style=" not in page
