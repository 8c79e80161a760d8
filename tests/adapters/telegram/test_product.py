"""The whole product on Telegram: from a post to its warning, its removal, its case and how it ended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.config.loading import load_configuration
from bot.model import Outcome, Status
from bot.scanning import Detectors
from bot.wiring import Bot, assemble, build_detectors, open_sealed_store
from tests.adapters.telegram.rig import ALI, MODERATORS, SUPER
from tests.platforms.telegram.server import Telegram
from tests.platforms.telegram.world import BOT, TOKEN, Json, Room

COACHED = -1004444444444
LEAK = "TOP SECRET\n\nNo. F.4(12)/2025-Budget\n\nSubject: Revised allocation"


@pytest.fixture(scope="module")
def detectors() -> Detectors:
    return build_detectors(load_configuration())


@asynccontextmanager
async def product(server: Telegram, folder: Path, detectors: Detectors) -> AsyncIterator[Bot]:
    """Raazdar as `raazdar run` puts it together, on the same folder as before."""
    chat = (
        "platform: telegram, ceiling: unmarked, moderators: {platform: telegram, chat: " + f'"{MODERATORS}"}}'
    )
    (folder / "raazdar.yaml").write_text(
        f"""
store: {{url: "sqlite:///{folder}/raazdar.db"}}
seal: {{key_file: {folder}/seal.key}}
platforms:
  telegram: {{token: "${{TELEGRAM_TOKEN}}", base_url: "{server.base}", base_file_url: "{server.base_file}"}}
chats:
  - {{id: "{SUPER}", name: Budget wing, mode: enforce, {chat}}}
  - {{id: "{COACHED}", name: Coached, mode: coach, {chat}}}
"""
    )
    configuration = load_configuration(folder, {"TELEGRAM_TOKEN": TOKEN})
    store, sealer = open_sealed_store(configuration)
    bot = assemble(configuration, store, sealer, detectors, "http://127.0.0.1:8710")
    try:
        async with bot.running():
            yield bot
    finally:
        store.close()


def texts(room: Room) -> list[str]:
    own = [one for one in room.messages.values() if one.get("from", {}).get("id") == BOT["id"]]
    return [one["text"] for one in own]


def last(room: Room) -> Json:
    return list(room.messages.values())[-1]


async def test_a_leak_is_removed_its_author_warned_and_moderators_told(
    server: Telegram, tmp_path: Path, detectors: Detectors
) -> None:
    room, moderators, direct = server.supergroup(SUPER), server.supergroup(MODERATORS), server.direct(ALI)
    async with product(server, tmp_path, detectors):
        posted = await server.posts(room, ALI, "Good morning")
        await server.posts(room, ALI, LEAK)
        await server.until(lambda: texts(direct) and texts(moderators) and len(room.messages) == 1)
        await server.confirmed()
    assert list(room.messages) == [posted["message_id"]]
    assert "TOP SECRET" in texts(direct)[0]
    assert "F.4(12)" not in "".join(texts(direct) + texts(moderators))
    async with product(server, tmp_path, detectors) as bot:
        await server.presses(ALI, last(direct), "This is wrong")
        await server.until(lambda: "The author says that this is wrong" in "".join(texts(moderators)))
        bot.cases.close(1, Outcome.FALSE_ALARM, "moderator")
        await server.until(lambda: "The warning was wrong" in texts(direct)[0])
    assert len(texts(direct)) == 1
    assert len(texts(moderators)) == 2, "the card, and the news of the dispute"


async def test_who_mends_his_message_is_thanked(
    server: Telegram, tmp_path: Path, detectors: Detectors
) -> None:
    room, direct = server.supergroup(COACHED), server.direct(ALI)
    server.supergroup(MODERATORS)
    async with product(server, tmp_path, detectors) as bot:
        posted = await server.posts(room, ALI, LEAK)
        await server.until(lambda: texts(direct))
    async with product(server, tmp_path, detectors) as bot:
        await server.edits(room, posted, text="Good morning")
        await server.until(lambda: "this is in order now" in texts(direct)[0])
        case = bot.store.cases.get(1)
        assert case is not None
        assert case.status is Status.CLOSED
        assert case.outcome is Outcome.CORRECTED
    assert len(texts(direct)) == 1
    assert posted["message_id"] in room.messages
