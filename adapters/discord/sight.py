"""What the bot may read, by what it knows of its permissions."""

from collections.abc import Sequence

import discord

from adapters.discord.rights import HISTORY, VIEW

Channel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


def lacking(channel: discord.abc.GuildChannel | discord.Thread) -> Sequence[str]:
    """The permissions that the bot needs to read a channel, and does not have."""
    allowed = permissions(channel)
    if not allowed.view_channel:
        return [VIEW]  # without it Discord takes all the others away
    return [] if allowed.read_message_history else [HISTORY]


def is_readable(channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    """Whether the bot sees what is written there, and what was written before."""
    return not lacking(channel)


def is_seen(channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    """Whether Discord tells the bot of what is written there."""
    return permissions(channel).view_channel


def why_lost(names: Sequence[str]) -> str:
    """For whoever can mend it."""
    unseen = "what is written there" if VIEW in names else "what was written while it was away"
    return (
        f"The bot lacks the permission {' and '.join(names)}, so it can't read {unseen}. Give its role"
        f" {VIEW} and {HISTORY} in the settings of the channel; it then reads what it missed."
    )


def permissions(channel: discord.abc.GuildChannel | discord.Thread) -> discord.Permissions:
    """What the bot may do there; nothing where it can't tell."""
    if channel.guild.me is None:
        return discord.Permissions.none()
    try:
        return channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is hidden
        return discord.Permissions.none()
