"""What a bot sends, read as strictly as Telegram reads it."""

import json
import re
from html.parser import HTMLParser
from typing import ClassVar

from aiohttp import web

from tests.platforms.telegram.world import Json, bad

_OBJECTS = frozenset(
    {
        "reply_markup",
        "reply_parameters",
        "link_preview_options",
        "allowed_updates",
        "commands",
        "scope",
        "media",
    }
)


async def read_params(request: web.Request) -> Json:
    """From the address, a form or JSON; what is an object or a list in a form is written as JSON."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        return params | await request.json()
    for key, value in (await request.post()).items():
        params[key] = value if isinstance(value, str) else (value.filename, value.file.read())
        if isinstance(value, str) and key in _OBJECTS:
            params[key] = json.loads(value)
    return params


def read_content(params: Json) -> Json:
    text, entities = params.get("text", ""), []
    if params.get("parse_mode") == "HTML":
        parser = _Html()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{parser.open[0][0]}\""
            )
        text, entities = parser.text.strip(), parser.entities
    if not text.strip():
        raise bad("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise bad("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def read_markup(params: Json) -> Json:
    markup = params.get("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return {}
    for button in (one for row in markup["inline_keyboard"] for one in row):
        data = button.get("callback_data")
        if not button.get("text") or (data is None) == (button.get("url") is None):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if button.get("url") and not re.match(r"(https?|tg)://[\w-]+(\.[\w-]+)+", button["url"]):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return {"reply_markup": markup} if markup["inline_keyboard"] else {}


class _Html(HTMLParser):
    """The few tags that Telegram knows; any other is an error."""

    KNOWN: ClassVar = {
        "b": "bold",
        "strong": "bold",
        "i": "italic",
        "em": "italic",
        "u": "underline",
        "code": "code",
        "pre": "pre",
        "a": "text_link",
    }

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[tuple[str, int]] = []
        self.mentions: list[int] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in self.KNOWN:
            raise bad(
                f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self.getpos()[1]}'
            )
        if tag == "a":
            found = re.fullmatch(r"tg://user\?id=([0-9]+)", dict(attributes).get("href") or "")
            assert found, "the bot writes no other links"
            self.mentions.append(int(found[1]))
        self.open.append((tag, self._length()))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise bad("can't parse entities: Unexpected end tag")
        _, start = self.open.pop()
        if tag == "a":
            mentioned = {"id": self.mentions.pop(), "is_bot": False, "first_name": "Somebody"}
            length = self._length() - start
            self.entities.append(
                {"type": "text_mention", "offset": start, "length": length, "user": mentioned}
            )
        elif self._length() > start:
            self.entities.append({"type": self.KNOWN[tag], "offset": start, "length": self._length() - start})

    def handle_data(self, data: str) -> None:
        self.text += data

    def _length(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2
