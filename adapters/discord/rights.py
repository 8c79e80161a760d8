"""What the bot may do in a channel, judged for `raazdar doctor`. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.model import Check, CheckState, Mode

VIEW, HISTORY, _SEND = "View Channel", "Read Message History", "Send Messages"
_SEND_IN_THREADS, _REMOVE = "Send Messages in Threads", "Manage Messages"
_WEBHOOKS, _EMBED = "Manage Webhooks", "Embed Links"
_WHERE = "in the settings of the channel, page Permissions"


@dataclass(frozen=True, slots=True)
class Rights:
    """The names of the permissions that the bot has, as Discord's settings call them."""

    names: frozenset[str]
    is_thread: bool = False

    @classmethod
    def of(cls, place: discord.abc.GuildChannel | discord.Thread, me: discord.Member) -> "Rights":
        allowed, is_thread = place.permissions_for(me), isinstance(place, discord.Thread)
        given = {
            VIEW: allowed.view_channel,
            HISTORY: allowed.read_message_history,
            _SEND: allowed.send_messages,
            _SEND_IN_THREADS: allowed.send_messages_in_threads,
            _REMOVE: allowed.manage_messages,
            _WEBHOOKS: allowed.manage_webhooks,
            _EMBED: allowed.embed_links,
        }
        return cls(frozenset(name for name, is_given in given.items() if is_given), is_thread)

    def lacking(self, names: Sequence[str]) -> Sequence[str]:
        if VIEW not in self.names and VIEW in names:
            return (VIEW,)  # without it Discord takes all the others away
        return [name for name in names if name not in self.names]

    @property
    def send(self) -> str:
        return _SEND_IN_THREADS if self.is_thread else _SEND


def of_chat(subject: str, rights: Rights, mode: Mode) -> Check:
    """Without the right to remove nothing can be enforced; the right to webhooks only makes things nicer."""
    needed = [VIEW, HISTORY, rights.send, *([_REMOVE] if mode is Mode.ENFORCE else [])]
    lacking = rights.lacking(needed)
    if lacking:
        return _lacks(subject, CheckState.BAD, lacking)
    if mode is Mode.ENFORCE and _WEBHOOKS not in rights.names:
        found = "what is posted again will stand in the bot's own name: it lacks Manage Webhooks"
        return Check(subject, CheckState.DOUBTFUL, found, f"Give its role Manage Webhooks {_WHERE}.")
    if _REMOVE not in rights.names:
        return _lacks(subject, CheckState.DOUBTFUL, [_REMOVE])
    return Check(subject, CheckState.GOOD, "the bot may do there what it has to")


def of_moderators(subject: str, rights: Rights) -> Check:
    lacking = rights.lacking([VIEW, rights.send, _EMBED])
    if lacking:
        return _lacks(subject, CheckState.BAD, lacking)
    return Check(subject, CheckState.GOOD, "the bot can show cases there")


def seen_by_all(subject: str, place: discord.abc.GuildChannel | discord.Thread) -> Check:
    """Whoever reads the moderators' channel counts as one of them, where no people are named."""
    around = place.parent if isinstance(place, discord.Thread) else place
    if around is None:
        return Check(subject, CheckState.DOUBTFUL, "the channel around the thread can't be looked at")
    if around.permissions_for(around.guild.default_role).view_channel:
        todo = f"Take View Channel from @everyone {_WHERE}, and give it to the moderators' role."
        return Check(subject, CheckState.DOUBTFUL, "everybody in the server sees the channel", todo)
    return Check(subject, CheckState.GOOD, "not everybody in the server sees the channel")


def _lacks(subject: str, state: CheckState, names: Sequence[str]) -> Check:
    listed = ", ".join(names)
    return Check(subject, state, f"the bot lacks {listed}", f"Give its role {listed} {_WHERE}.")
