"""What the server says of itself: its channels, roles and members."""

from collections.abc import Callable

from tests.platforms.discord.basics import (
    EVERYBODY_HERE,
    EVERYTHING_HERE,
    PUBLIC_THREAD,
    VIEW_CHANNEL,
    Payload,
    Person,
)


class Housing:
    """The part of the world that is the server as a whole."""

    bot: Person
    guild: str
    role: str
    joined_at: str
    system_channel: str | None
    people: dict[str, Person]
    channels: dict[str, Payload]
    allows: Callable[[str, int], bool]

    def guild_payload(self) -> Payload:
        """All of a GUILD_CREATE. The bot is a member with its own role; others are not listed without intent."""
        here = [
            dict(one)
            for one in self.channels.values()
            if one.get("guild_id") and one["type"] != PUBLIC_THREAD
        ]
        threads = [
            dict(one)
            for one in self.channels.values()
            if one["type"] == PUBLIC_THREAD and not one["thread_metadata"]["archived"]
        ]
        return {
            "id": self.guild,
            "name": "Ministry of Examples",
            "icon": None,
            "description": None,
            "splash": None,
            "discovery_splash": None,
            "banner": None,
            "owner_id": "1",
            "application_id": None,
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": self.system_channel,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "verification_level": 1,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": "en-US",
            "vanity_url_code": None,
            "max_members": 500000,
            "max_video_channel_users": 25,
            "features": [],
            "emojis": [],
            "stickers": [],
            "soundboard_sounds": [],
            "roles": self.roles(),
            "joined_at": self.joined_at,
            "large": False,
            "unavailable": False,
            "member_count": len(self.people),
            "members": [self.bot_member()],
            "channels": here,
            "threads": [one for one in threads if self.allows(one["id"], VIEW_CHANNEL)],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
        }

    def bot_member(self) -> Payload:
        return {"user": self.bot.user(), **self.bot.member([self.role]), "joined_at": self.joined_at}

    def roles(self) -> list[Payload]:
        everybody = self._role(self.guild, "@everyone", 0, EVERYBODY_HERE)
        return [everybody, self._role(self.role, "Raazdar", 1, EVERYTHING_HERE)]

    def _role(self, id_: str, name: str, position: int, permissions: int) -> Payload:
        return {
            "id": id_,
            "name": name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": position,
            "permissions": str(permissions),
            "managed": bool(position),
            "mentionable": False,
            "flags": 0,
        }
