"""The doctor asks the real adapters, which ask their platforms on loopback."""

import json
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.stages import STAGES
from bot.config.loading import load_configuration
from bot.doctor import examine
from bot.model import CheckState


async def test_each_platform_says_how_it_is_set_up_and_keeps_no_trace(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        stages = [stage() for stage in STAGES.values()]
        for stage in stages:
            await stack.enter_async_context(stage.serving())
        document = {
            "store": {"url": f"sqlite:///{tmp_path}/var/raazdar.db"},
            "seal": {"key_file": f"{tmp_path}/var/seal.key"},
            "platforms": {stage.name: stage.settings() for stage in stages},
            "chats": [
                {
                    "platform": stage.name,
                    "id": stage.chat,
                    "name": "Budget wing",
                    "mode": "enforce",
                    "ceiling": "restricted",
                    "moderators": {"platform": stage.name, "chat": stage.moderators},
                }
                for stage in stages
            ],
        }
        (tmp_path / "raazdar.yaml").write_text(json.dumps(document), encoding="utf-8")
        checks = await examine(load_configuration(tmp_path), datetime.now(UTC))
    subjects = {check.subject for check in checks}
    assert {"discord: token", "telegram: token", "telegram: privacy mode"} <= subjects
    assert not [check for check in checks if check.state == CheckState.BAD]
    assert not (tmp_path / "var").exists()
