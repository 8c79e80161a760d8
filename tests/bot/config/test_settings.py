from pathlib import Path

import pytest

from bot.config.settings import Settings, read_settings
from bot.data import CONFIG
from bot.errors import Problem
from bot.model import Action, ChatRef, Level, Mode, Moderators, Unread
from bot.seal import make_key_file

CHAT = "{platform: local, id: a, name: A, mode: %s, ceiling: restricted}"


def read(directory: Path, text: str | None) -> tuple[Settings | None, list[str]]:
    problems: list[Problem] = []
    overrides = None
    if text is not None:
        (directory / "raazdar.yaml").write_text(text, encoding="utf-8")
        overrides = directory
    settings = read_settings(CONFIG, problems, overrides, {"TOKEN": "t"})
    return settings, [f"{problem.line}: {problem.key}: {problem.what}" for problem in sorted(problems)]


def test_the_defaults_stand_by_themselves(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, None)
    assert problems == []
    assert settings
    assert (settings.store.url, settings.console.port) == ("sqlite:///var/raazdar.db", 8710)
    assert settings.unknown_chats == Mode.OBSERVE


def test_what_a_folder_leaves_out_comes_from_the_defaults(tmp_path: Path) -> None:
    settings, _ = read(tmp_path, "unknown_chats: coach\n")
    assert settings
    assert settings.unknown_chats == Mode.COACH
    assert settings.store.url == "sqlite:///var/raazdar.db"


def test_a_chat_as_the_contract_writes_it(tmp_path: Path) -> None:
    text = """
chats:
  - platform: local
    id: "-1001234567890"
    name: Budget wing
    mode: enforce
    ceiling: top-secret
    departments: [finance]
    moderators: {platform: local, chat: "-1009876543210"}
"""
    settings, problems = read(tmp_path, text)
    assert problems == []
    assert settings
    [chat] = settings.listed()
    assert chat.ref == ChatRef("local", "-1001234567890")
    assert chat.audience.ceiling == Level.TOP_SECRET
    assert chat.audience.departments == {"finance"}
    assert chat.moderators == Moderators(ChatRef("local", "-1009876543210"))
    assert (chat.language, chat.critical) == ("en", Action.REMOVE)
    assert chat.on_unread == Unread.CASE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("storage: {}\n", "1: storage: is not a key that is known here", id="unknown key"),
        pytest.param(
            "chats:\n  - {platform: local, id: x, name: X, mode: coach, ceiling: restricted, unread: ignore}\n",
            "2: chats[0].unread: should be 'record', 'case' or 'card'",
            id="what nobody can do about a file that can't be read",
        ),
        pytest.param("store: {uri: x}\n", "1: store.uri: is not a key that is known here", id="deeper"),
        pytest.param(
            "platforms:\n  pigeon: {}\n",
            "2: platforms.pigeon: is not a platform that is installed; there are: ",
            id="a platform that nobody has",
        ),
        pytest.param(
            "platforms:\n  local: {colour: red}\n",
            "2: platforms.local.colour: is not a key that is known here",
            id="an unknown key of an adapter",
        ),
        pytest.param(
            f"chats:\n  - {CHAT % 'enforce'}\n",
            "2: chats[0]: a chat in enforce mode needs moderators: {platform: …, chat: …}",
            id="nobody to tell",
        ),
        pytest.param(
            f"chats:\n  - {CHAT % 'watch'}\n",
            "2: chats[0].mode: should be 'observe', 'coach' or 'enforce'",
            id="no such mode",
        ),
        pytest.param(
            f"chats:\n  - {CHAT % 'coach'}\n  - {CHAT % 'coach'}\n",
            "3: chats[1].id: this chat is listed twice",
            id="a chat twice",
        ),
        pytest.param(
            f"platforms: {{}}\nchats:\n  - {CHAT % 'coach'}\n",
            "3: chats[0].platform: is not among the platforms of this configuration",
            id="a platform that is not configured",
        ),
        pytest.param(
            "console: {listen: everywhere}\n",
            '1: console: listen must read "address:port", such as "127.0.0.1:8710"',
            id="no address",
        ),
        pytest.param(
            "bus: {url: 'nats://host'}\n", "1: bus.url: must be memory: in this version", id="no such bus"
        ),
        pytest.param(
            "store: {url: 'mysql://'}\n", "1: store.url: The store's url must read", id="no such store"
        ),
        pytest.param(
            "unknown_chats: enforce\n",
            "1: unknown_chats: can't be enforce: a chat that nobody told of has no moderators",
            id="nobody to tell of unknown chats",
        ),
        pytest.param(
            "platforms:\n  local: false\n",
            "2: platforms.local: must be a mapping of keys to values",
            id="no is not yes",
        ),
        pytest.param(
            "chats:\n  - {platform: local, id: a, name: A, mode: enforce, ceiling: secret,"
            " moderators: {platform: local, chat: a}}\n",
            "2: chats[0].moderators: is the chat itself",
            id="cases told to the chat that they are about",
        ),
        pytest.param(
            "chats:\n  - {platform: local, id: a, name: A, mode: coach, ceiling: secret, moderators:"
            " {platform: local, chat: b, above: {platform: pigeon, chat: c}}}\n",
            "2: chats[0].moderators.above.platform: is not among the platforms",
            id="nobody above them",
        ),
        pytest.param(
            "language: xx\n", "1: language: there are no words in xx; there are: en", id="no such language"
        ),
        pytest.param(
            f"chats:\n  - {CHAT % 'coach'}\n    language: xx\n".replace(
                "}\n    language: xx", ", language: xx}"
            ),
            "2: chats[0].language: there are no words in xx",
            id="no such language in a chat",
        ),
        pytest.param("chats: 5\n", "1: chats: must be a list", id="no list"),
        pytest.param("unknown_chats: 5\n", "1: unknown_chats: should be 'observe'", id="a number for a mode"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, problem: str) -> None:
    settings, problems = read(tmp_path, text)
    assert settings is None
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_mistakes_of_every_kind_are_told_together(tmp_path: Path) -> None:
    text = """
store: {url: "mysql://"}
bus: {url: 5}
seal: {key_file: "${NOWHERE}"}
storage: {}
platforms: {pigeon: {}, local: {colour: red}}
chats:
  - {platform: local, id: a, name: A, mode: watch, ceiling: secret}
  - {platform: other, id: a, name: A, mode: coach, ceiling: secret}
"""
    _, problems = read(tmp_path, text)
    assert [problem.split(": ")[1] for problem in problems] == [
        "store.url",
        "bus.url",
        "seal.key_file",
        "storage",
        "platforms.local.colour",
        "platforms.pigeon",
        "chats[0].mode",
        "chats[1].platform",
    ]


def test_no_value_is_ever_repeated_in_a_mistake(tmp_path: Path) -> None:
    _, problems = read(tmp_path, 'store: {url: "postgresql://u:hunter2@host/db"}\n')
    assert problems
    assert "hunter2" not in str(problems)


def test_a_key_that_others_can_read_is_told_before_anything_starts(tmp_path: Path) -> None:
    key = tmp_path / "seal.key"
    make_key_file(key)
    key.chmod(0o644)
    settings, problems = read(tmp_path, f"seal: {{key_file: {key}}}\n")
    assert settings is None
    assert "chmod 600" in problems[0]


def test_secrets_come_from_the_environment(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "store: {url: '${NOWHERE}'}\n")
    assert problems == ["1: store.url: the environment has no variable NOWHERE; set it"]
