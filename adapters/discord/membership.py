"""Who belongs to a channel: whoever sees it, by what Discord says of his permissions."""

import discord


def is_direct(interaction: discord.Interaction) -> bool:
    """Whether it happened in the direct chat of a person and the bot."""
    return isinstance(interaction.channel, discord.DMChannel)


def belongs(interaction: discord.Interaction) -> bool:
    """Whether somebody belongs to the channel where he pressed or asked; False where that is not certain."""
    if is_direct(interaction):
        return True
    if interaction.permissions.value:
        return interaction.permissions.view_channel
    return isinstance(interaction.user, discord.Member) and _sees(interaction.channel, interaction.user)


async def may_read(interaction: discord.Interaction, channel: int) -> bool:
    """Whether somebody may read another channel, too."""
    if interaction.channel is not None and interaction.channel.id == channel:
        return belongs(interaction)
    place = interaction.client.get_channel(channel)
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return False
    if isinstance(place, discord.Thread) and place.is_private():
        return False
    member = interaction.user
    if not isinstance(member, discord.Member) or member.guild.id != place.guild.id:
        try:
            member = await place.guild.fetch_member(member.id)
        except (discord.DiscordException, OSError):
            return False
    return _sees(place, member)


def _sees(place: object, member: discord.Member) -> bool:
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return False
    try:
        allowed = place.permissions_for(member)
    except discord.ClientException:  # a thread whose channel is hidden
        return False
    return allowed.view_channel and allowed.read_message_history
