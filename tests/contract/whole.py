"""A whole Raazdar on a folder, as `raazdar run` puts it together, with detectors that know a few words."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml

from bot.config.loading import Configuration, load_configuration
from bot.wiring import Bot, assemble, open_sealed_store
from tests.contract.playground import OFFICIAL
from tests.fakes.detectors import FakeDetectors

CONSOLE = "http://127.0.0.1:8710"


@asynccontextmanager
async def running(
    folder: Path,
    platform: str,
    settings: Mapping[str, Any],
    official: str,
    moderators: str,
    environment: Mapping[str, str] | None = None,
    *,
    people: tuple[str, ...] = (),
) -> AsyncIterator[Bot]:
    """The official chat is enforced, up to restricted; stopped and started again, it goes on where it was."""
    looked_after = {"platform": platform, "chat": moderators}
    configuration = {
        "store": {"url": f"sqlite:///{folder}/raazdar.db"},
        "seal": {"key_file": f"{folder}/seal.key"},
        "operator": "IT Wing",
        "platforms": {platform: dict(settings)},
        "chats": [
            {
                "platform": platform,
                "id": official,
                "name": OFFICIAL,
                "mode": "enforce",
                "ceiling": "restricted",
                "moderators": looked_after | ({"people": list(people)} if people else {}),
            }
        ],
    }
    loaded = _loaded(folder, configuration, environment or {})
    store, sealer = open_sealed_store(loaded)
    bot = assemble(loaded, store, sealer, FakeDetectors(), CONSOLE)
    try:
        async with bot.running():
            yield bot
    finally:
        store.close()


def _loaded(folder: Path, configuration: Mapping[str, Any], environment: Mapping[str, str]) -> Configuration:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "raazdar.yaml").write_text(yaml.safe_dump(dict(configuration)))
    return load_configuration(folder, environment)
