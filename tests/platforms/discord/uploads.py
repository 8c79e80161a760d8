"""Bodies with files: parts of a form, as Discord takes them."""

import json
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.platforms.discord.basics import Payload
from tests.platforms.discord.forms import TOO_LARGE, TOO_MANY_FILES, Refused

_MOST_FILES = 10
_LARGEST = 10 * 1024 * 1024

Upload = tuple[str, str, bytes]


async def body_of(request: web.Request) -> Any:
    """What was sent as JSON, or as the part `payload_json` of a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.json()
    return json.loads(str((await request.post()).get("payload_json", "{}")))


async def files_of(request: web.Request, largest: int = _LARGEST) -> list[Upload]:
    """Name, media type and content of each file."""
    if not request.content_type.startswith("multipart/"):
        return []
    form = await request.post()
    listed: list[Payload] = (await body_of(request)).get("attachments", [])
    found = [(f"files[{one['id']}]", one) for one in listed]
    if len(found) > _MOST_FILES:
        raise Refused(*TOO_MANY_FILES)
    files: list[Upload] = []
    for key, one in found:
        part = form[key]
        assert isinstance(part, FileField)
        part.file.seek(0)
        content = part.file.read()
        if len(content) > largest:
            raise Refused(*TOO_LARGE)
        files.append((str(one.get("filename") or part.filename), part.content_type, content))
    return files
