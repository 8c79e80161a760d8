"""The pages speak the configured language, and have words for everything."""

import re
from pathlib import Path

import httpx
import pytest

import adapters.local
from adapters.local.speech import Speech
from bot.model import Card, ChatRef, Severity
from tests.adapters.local.serving import WORDS, make_platform, outer, served

FOLDER = Path(adapters.local.__file__).parent


def test_there_are_words_for_everything_that_is_said_and_for_nothing_else() -> None:
    sources = [*FOLDER.glob("*.py"), *FOLDER.glob("templates/*.html")]
    said = set(re.findall(r"[\"'](local-[a-z-]+[a-z])[\"']", "".join(path.read_text() for path in sources)))
    known = {key for key in WORDS.languages["en"] if key.startswith("local-")}
    made = {key for key in known if key.startswith("local-command-")}
    of_script = {f"local-{name}" for name in ("reconnecting", "disconnected", "failed", "unreachable")}
    assert said - {"local-chat.db"} == known - made - of_script


def test_urdu_has_words_for_all_of_it() -> None:
    english, urdu = (
        {key for key in WORDS.languages[language] if key.startswith("local-")} for language in ("en", "ur")
    )
    assert english == urdu


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ur", "rtl"), ("pt-BR", "ltr"), ("x", "auto")]
)
def test_the_direction_of_a_language(language: str, direction: str) -> None:
    assert Speech(WORDS, language).direction == direction


async def test_pages_are_in_urdu_where_the_bot_speaks_it(tmp_path: Path) -> None:
    english = {words for key, words in WORDS.languages["en"].items() if key.startswith("local-")}
    platform = make_platform(tmp_path, language="ur")
    card = Card("c", ChatRef("local", "moderators"), 7, None, 0, Severity.HIGH, "T", "B", "/cases/7")
    await platform.escalate(card)
    async with (
        served(outer(platform)) as address,
        httpx.AsyncClient(base_url=f"{address}/chat") as http,
    ):
        for path in ("/", "/as/sana/rooms/budget", "/as/sana/rooms/moderators", "/as/nobody/"):
            page = (await http.get(path)).text
            assert '<html lang="ur" dir="rtl">' in page
            shown = {line.strip() for line in re.sub(r"<[^>]+>", "\n", page).split("\n")}
            assert not shown & english
