"""What people set while the bot runs: the modes of chats, and their own languages."""

from sqlite_utils import Database

from bot.model import ChatRef, Mode


class SqliteModes:
    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, chat: ChatRef, mode: Mode) -> None:
        with self._db.atomic():
            self._db.execute(
                "insert or replace into modes (platform, chat, mode) values (?, ?, ?)",
                [chat.platform, chat.id, mode.value],
            )

    def get(self, chat: ChatRef) -> Mode | None:
        rows = self._db.query(
            "select mode from modes where platform = ? and chat = ?", [chat.platform, chat.id]
        )
        return next((Mode(row["mode"]) for row in rows), None)


class SqliteLanguages:
    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, platform: str, person: str, language: str) -> None:
        with self._db.atomic():
            self._db.execute(
                "insert or replace into languages (platform, person, language) values (?, ?, ?)",
                [platform, person, language],
            )

    def get(self, platform: str, person: str) -> str | None:
        rows = self._db.query(
            "select language from languages where platform = ? and person = ?", [platform, person]
        )
        return next((str(row["language"]) for row in rows), None)
