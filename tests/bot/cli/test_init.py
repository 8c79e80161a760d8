import re
import stat
from pathlib import Path

import pytest

from bot.cli.asking import listed, one_of, variable_name, words
from bot.cli.first_draft import Draft, DraftChat, draft_text
from bot.cli.first_platforms import PLATFORMS
from bot.config.loading import load_configuration
from bot.model import Action, ChatRef, Level, Mode
from tests.bot.cli.conftest import Run

TOKENS = {"DISCORD_TOKEN": "a.b.c", "TELEGRAM_TOKEN": "1:a"}
PASTED = "1234567:AAF-pasted_by_mistake"

TELEGRAM = {
    "platforms": "telegram",
    "variable": "",
    "language": "",
    "operator": "IT Wing, room 214",
    "a chat": "y",
    "id": "-1001234567890",
    "name": 'Budget "wing" بجٹ',
    "mode": "enforce",
    "ceiling": "restricted",
    "departments": "finance, budget",
    "moderators": "-1009876543210",
    "people": "11, 12",
    "chat language": "ur",
    "critical": "hold",
    "another": "n",
    "console": "127.0.0.1:9000",
}


def answers(**changed: str) -> str:
    """Line by line; an answer may be several, where one is to be refused first."""
    return "".join(f"{answer}\n" for answer in (TELEGRAM | changed).values())


def test_answers_become_a_configuration_that_works(raazdar: Run, tmp_path: Path) -> None:
    done = raazdar("init", "office", given=answers())
    assert (done.returncode, done.stderr) == (0, "")
    settings = load_configuration(tmp_path / "office", TOKENS).settings
    [chat] = settings.listed()
    assert chat.ref == ChatRef("telegram", "-1001234567890")
    assert chat.name == 'Budget "wing" بجٹ'
    assert (chat.mode, chat.audience.ceiling) == (Mode.ENFORCE, Level.RESTRICTED)
    assert chat.audience.departments == {"finance", "budget"}
    assert chat.moderators
    assert chat.moderators.chat == ChatRef("telegram", "-1009876543210")
    assert chat.moderators.people == {"11", "12"}
    assert (chat.language, chat.critical) == ("ur", Action.HOLD)
    assert (settings.language, settings.operator) == ("en", "IT Wing, room 214")
    assert settings.console.listen == "127.0.0.1:9000"
    assert settings.platforms["telegram"].token == TOKENS["TELEGRAM_TOKEN"]


def test_it_ends_with_what_is_next(raazdar: Run) -> None:
    done = raazdar("init", "office", "--yes", "--platform", "discord", "--platform", "telegram")
    for step in (
        "export DISCORD_TOKEN=",
        "client_id=APPLICATION_ID&scope=bot+applications.commands&permissions=",
        "export TELEGRAM_TOKEN=",
        "privacy mode off",
        "raazdar doctor --config office",
        "raazdar run --config office",
    ):
        assert step in done.stdout


def test_the_invitation_asks_for_the_permissions_that_it_names() -> None:
    import discord

    [invitation] = [step for step in PLATFORMS["discord"].steps if "oauth2/authorize" in step]
    asked = re.search(r"permissions=(\d+)\nIt asks for: (.+)\.", invitation)
    assert asked
    names = [name for name, is_asked in discord.Permissions(int(asked[1])) if is_asked]
    assert {name.replace("_", " ").replace("read messages", "view channel") for name in names} == {
        name.lower().replace("channels", "channel") for name in asked[2].split(", ")
    }


def test_the_key_is_made_beside_it_and_both_are_found_from_anywhere(raazdar: Run, tmp_path: Path) -> None:
    assert raazdar("init", "office", "--yes").returncode == 0
    settings = load_configuration(tmp_path / "office", {}).settings
    key = Path(settings.seal.key_file)
    assert key == tmp_path / "office" / "var" / "seal.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert settings.store.url == f"sqlite:///{tmp_path}/office/var/raazdar.db"
    assert sorted(path.name for path in (tmp_path / "office").iterdir()) == ["raazdar.yaml", "var"]


def test_a_key_that_is_there_is_kept(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "office" / "var").mkdir(parents=True)
    key = tmp_path / "office" / "var" / "seal.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    assert raazdar("init", "office", "--yes").returncode == 0
    assert key.read_bytes() == b"k" * 32


def test_a_configuration_that_is_there_is_never_overwritten(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "raazdar.yaml").write_text("chats: []\n")
    done = raazdar("init", "office", "--yes")
    assert done.returncode == 2
    assert "edit it, or name another folder" in done.stderr
    assert (tmp_path / "office" / "raazdar.yaml").read_text() == "chats: []\n"


def test_a_database_without_its_key_gets_no_new_one(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "office" / "var").mkdir(parents=True)
    (tmp_path / "office" / "var" / "raazdar.db").touch()
    done = raazdar("init", "office", "--yes")
    assert (done.returncode, "key is missing" in done.stderr) == (2, True)
    assert not (tmp_path / "office" / "var" / "seal.key").exists()


WRONG = {
    "platforms": ("irc", "must be one or more of"),
    "language": ("fr", "must be one of: en, ur"),
    "id": ("12", "is not the id of a chat on Telegram"),
    "name": (" ", "can't be empty"),
    "mode": ("strict", "must be one of: observe"),
    "moderators": ("-1001234567890", "that is the chat itself"),
    "people": ("Ali", "must be ids of people"),
    "console": ("8710", "listen must read"),
}


def test_a_wrong_answer_is_asked_again(raazdar: Run, tmp_path: Path) -> None:
    given = answers(**{question: f"{wrong}\n{TELEGRAM[question]}" for question, (wrong, _) in WRONG.items()})
    done = raazdar("init", "office", given=given)
    assert done.returncode == 0
    for _, told in WRONG.values():
        assert told in done.stdout + done.stderr
    assert load_configuration(tmp_path / "office", TOKENS).settings.console.port == 9000


def test_a_chat_is_named_once(raazdar: Run, tmp_path: Path) -> None:
    chat = "wing\nWing\n\n\n\n\n\n"
    given = f"local\n\n\ny\n{chat}y\nwing\npress\nPress desk\n\n\n\n\n\nn\n\n"
    done = raazdar("init", "office", given=given)
    assert (done.returncode, "named before" in done.stdout + done.stderr) == (0, True)
    ids = [chat.ref.id for chat in load_configuration(tmp_path / "office", {}).settings.listed()]
    assert ids == ["wing", "press"]


def test_a_token_in_place_of_its_name_is_refused_and_not_repeated(raazdar: Run, tmp_path: Path) -> None:
    done = raazdar("init", "office", given=answers(variable=f"{PASTED}\nTELEGRAM_TOKEN"))
    assert done.returncode == 0
    assert "not the name of an environment variable" in done.stdout + done.stderr
    written = (tmp_path / "office" / "raazdar.yaml").read_text()
    assert PASTED not in done.stdout + done.stderr + written
    for option in (f"telegram={PASTED}", PASTED):
        done = raazdar("init", "other", "--yes", "--platform", "telegram", "--token-variable", option)
        assert done.returncode == 2
        assert PASTED not in done.stdout + done.stderr
    assert not (tmp_path / "other").exists()


def test_where_the_key_can_t_be_made_no_configuration_is_left(raazdar: Run, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "var").touch()
    done = raazdar("init", "office", "--yes")
    assert (done.returncode, "The key file" in done.stderr) == (2, True)
    assert [path.name for path in (tmp_path / "office").iterdir()] == ["var"]


@pytest.mark.parametrize("lines", [0, 1, 7, 13])
def test_when_the_answers_end_too_early_nothing_is_left(raazdar: Run, tmp_path: Path, lines: int) -> None:
    given = "".join(answers().splitlines(keepends=True)[:lines])
    done = raazdar("init", "office", given=given)
    assert (done.returncode, "nothing was written" in done.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_options_answer_for_scripts(raazdar: Run, tmp_path: Path) -> None:
    done = raazdar(
        *("init", "office", "--yes", "--platform", "discord", "--token-variable", "discord=OUR_BOT"),
        *("--chat", "discord:1234567890123456789:Budget: wing", "--mode", "enforce", "--ceiling", "secret"),
        *("--chat", "discord:1234567890123456780:Press desk", "--moderators", "9876543210987654321"),
        *("--departments", "finance", "--critical", "redact", "--language", "ur", "--operator", "IT"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    settings = load_configuration(tmp_path / "office", {"OUR_BOT": "a.b"}).settings
    budget, press = settings.listed()
    assert (budget.name, press.name) == ("Budget: wing", "Press desk")
    assert (budget.critical, budget.language, budget.mode) == (Action.REDACT, "ur", Mode.ENFORCE)
    assert press.moderators == budget.moderators


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--mode", "enforce", "--chat", "local:wing:Wing"], "--moderators must be given"),
        (["--chat", "local:Budget wing"], "--chat must read PLATFORM:ID:NAME"),
        (["--chat", "telegram:-1:Wing"], "must be one of: local"),
        (["--chat", "local:wing:A", "--chat", "local:wing:B"], "listed twice"),
        (["--language", "fr"], "--language: that must be one of"),
        (["--listen", "nowhere"], "--listen: listen must read"),
        (["--operator", "${HOME}"], "--operator: ${ stands for"),
        (["--chat", "local:wing:A", "--moderators", "telegram:-5"], "must be one of: local"),
    ],
)
def test_a_wrong_option_writes_nothing(raazdar: Run, tmp_path: Path, options: list[str], told: str) -> None:
    done = raazdar("init", "office", "--yes", *options)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "office").exists()


def test_whatever_stands_in_a_name_is_kept_as_text(tmp_path: Path) -> None:
    name, operator = 'it\'s: {a} #1 \\ "b" – خفیہ\u200c', "no"
    chat = DraftChat(ChatRef("local", "wing"), name, Mode.OBSERVE, Level.UNMARKED, departments=["yes", "1"])
    draft = Draft({"local": ""}, [chat], "en", operator, "127.0.0.1:0")
    folder = tmp_path / 'a "folder" here'
    folder.mkdir()
    (folder / "raazdar.yaml").write_text(draft_text(draft, folder / "var"), encoding="utf-8")
    settings = load_configuration(folder, {}).settings
    assert settings.chats[0].name == name
    assert settings.chats[0].departments == ("yes", "1")
    assert settings.operator == operator
    assert settings.seal.key_file == str(folder / "var" / "seal.key")


def test_answers_are_read_as_they_are_meant() -> None:
    assert listed(" finance, ,press ,finance") == ["finance", "press"]
    assert one_of(["en", "ur"])(" EN ") == "en"
    assert variable_name(" BOT_2 ") == "BOT_2"
    assert words(" IT Wing ") == "IT Wing"
    for wrong in ("two\nlines", "a" * 201, "${X}"):
        with pytest.raises(ValueError, match="."):
            words(wrong)
