"""What `raazdar init` knows of each platform: how its ids look, and how a bot gets there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DISCORD_PERMISSIONS = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Manage Messages": 1 << 13,
    "Embed Links": 1 << 14,
    "Attach Files": 1 << 15,
    "Read Message History": 1 << 16,
    "Manage Webhooks": 1 << 29,
    "Manage Threads": 1 << 34,
    "Send Messages in Threads": 1 << 38,
}


@dataclass(frozen=True, slots=True)
class FirstPlatform:
    """`variable` is the usual name of the one that holds the token; empty where there is no token.

    `chat_id` and `person_id` are patterns, `where` how a person finds these ids out. In `steps`, VARIABLE
    stands for the name that was chosen.
    """

    title: str
    variable: str
    chat_id: str
    person_id: str
    where: str
    steps: Sequence[str]


PLATFORMS: Mapping[str, FirstPlatform] = {
    "discord": FirstPlatform(
        title="Discord",
        variable="DISCORD_TOKEN",
        chat_id=r"[0-9]{15,20}",
        person_id=r"[0-9]{15,20}",
        where="in Discord, switch on Settings > Advanced > Developer Mode; a right click then copies ids",
        steps=(
            "Make an application at https://discord.com/developers/applications; on its page Bot, switch on"
            " Message Content Intent, and reset the token to see it.",
            "Set the variable: export VARIABLE=…",
            "Invite the bot; APPLICATION_ID stands on the application's page General Information:\n"
            "https://discord.com/oauth2/authorize?client_id=APPLICATION_ID&scope=bot+applications.commands"
            f"&permissions={sum(_DISCORD_PERMISSIONS.values())}\n"
            f"It asks for: {', '.join(_DISCORD_PERMISSIONS)}.",
            "Give it the same permissions in private channels, and in the moderators' channel.",
        ),
    ),
    "telegram": FirstPlatform(
        title="Telegram",
        variable="TELEGRAM_TOKEN",
        chat_id=r"-[0-9]{1,20}",
        person_id=r"[0-9]{1,20}",
        where="a group's id is a negative number; `raazdar run` says that of a chat it does not know",
        steps=(
            "Ask https://t.me/BotFather for a bot (/newbot); it answers with the token.",
            "Set the variable: export VARIABLE=…",
            "Switch its privacy mode off at BotFather (/setprivacy, Disable): with it, the bot hears commands"
            " only. Where it was in a group before, add it anew.",
            "Add it to the moderators' group; to the others as an administrator that may delete messages.",
        ),
    ),
    "local": FirstPlatform(
        title="the local web chat",
        variable="",
        chat_id=r"[a-z0-9-]{1,64}",
        person_id=r"[a-z0-9-]{1,64}",
        where="letters a-z, digits and hyphens, as you like",
        steps=("The local web chat needs nothing; `raazdar run` says where it is.",),
    ),
}
