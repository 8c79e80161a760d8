"""What the chat's own pages say, in words of the catalogue."""

from dataclasses import dataclass, replace
from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from bot.ports import Words


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks one language."""

    words: Words
    language: str

    def __call__(self, key: str, /, **values: str) -> str:
        return self.words.text(self.language, key, **values)

    @property
    def direction(self) -> str:
        """In which direction it is written, as HTML names it."""
        try:
            return self._locale.text_direction
        except (UnknownLocaleError, ValueError):
            return "auto"

    def in_language(self, language: str) -> "Speech":
        return replace(self, language=language)

    def clock(self, at: datetime) -> str:
        """The time for readers without JavaScript; with it, the page shows their own time zone."""
        return f"{format_datetime(at, 'dd MMM, HH:mm', locale=self._locale)} UTC"

    def size(self, size: int) -> str:
        if size < 1024:
            return self("local-size-byte") if size == 1 else self("local-size-bytes", size=str(size))
        if size < 1024 * 1024:
            return self("local-size-kb", size=f"{size / 1024:.0f}")
        return self("local-size-mb", size=f"{size / 1024 / 1024:.1f}")

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language.replace("-", "_"))
