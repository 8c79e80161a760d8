"""The whole bot on Discord: from a leak to how it ended."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.config.loading import load_configuration
from bot.model import Outcome, Status
from bot.wiring import Bot, assemble, open_sealed_store
from detectors.engine import Engine
from tests.adapters.discord.playing import Play, button, until
from tests.platforms.discord.world import Payload

LEAK = "SECRET\n\nNo. F.4(12)/2025-Budget\n\nSubject: Revised allocation"


def built(play: Play, folder: Path, moderators: str, engine: Engine) -> Bot:
    (folder / "raazdar.yaml").write_text(
        f"""
store: {{url: "sqlite:///{folder}/raazdar.db"}}
seal: {{key_file: {folder}/seal.key}}
platforms:
  discord:
    token: ${{DISCORD_TOKEN}}
    api_base: {play.server.api_base}
    gateway_url: {play.server.gateway_url}
    cdn_base: {play.server.cdn_base}
chats:
  - platform: discord
    id: "{play.world.general}"
    name: Budget wing
    mode: enforce
    ceiling: restricted
    moderators: {{platform: discord, chat: "{moderators}"}}
"""
    )
    configuration = load_configuration(folder, {"DISCORD_TOKEN": play.world.token})
    store, sealer = open_sealed_store(configuration)
    return assemble(configuration, store, sealer, engine, "http://127.0.0.1:8710")


def titles(messages: Sequence[Payload]) -> list[str]:
    return [embed.get("title", "") for message in messages for embed in message["embeds"]]


async def test_from_a_leak_in_a_thread_to_its_end(play: Play, tmp_path: Path, engine: Engine) -> None:
    moderators = play.world.channel("moderators")
    bot = built(play, tmp_path, moderators, engine)
    async with bot.running():
        await play.server.gateway.wait(identified=1)
        thread = play.world.thread(play.world.general, "side talk", play.ali)
        leak = play.world.post(play.ali, thread, LEAK)
        await until(lambda: leak["id"] not in play.world.messages[thread])
        await until(lambda: play.notices() and play.world.sent_to(moderators))
        (case,) = bot.store.cases.list()
        assert case.chat_name == "Budget wing", "a thread has its channel's settings"
        assert case.status is Status.OPEN, "what the bot removes is not its author's doing"
        assert "Revised" not in str(play.notices()) + str(play.world.sent_to(moderators))

        (told,) = play.notices()
        play.world.press(play.ali, told, button(told, -1))
        await until(lambda: len(play.world.sent_to(moderators)) == 2)
        bot.cases.close(case.number, Outcome.FALSE_ALARM, "moderator")
        await until(ended(play))
    bot.store.close()


def ended(play: Play) -> Callable[[], bool]:
    return lambda: "A moderator looked at this message" in titles(play.notices())
