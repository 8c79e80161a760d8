"""Albums: several updates that are one message. Its number is that of the first part that came.

How to fetch the parts' files is remembered, not what they hold: when one part is edited, or one comes late,
the album is read again as a whole.
"""

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from adapters.telegram.contents import FileLink
from adapters.telegram.database import Database
from adapters.telegram.translate import Post

LARGEST = 10
"""The most parts that Telegram lets an album have."""
_KEPT = timedelta(days=30)
_CAPTIONS = 1000
NOT_KEPT = "written before this start, and not kept"


@dataclass(frozen=True, slots=True)
class Part:
    """What is remembered of a part. `revision` is that of the album when the part joined it."""

    id: int
    revision: int
    has_caption: bool
    files: tuple[FileLink, ...]


class Albums:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._captions: OrderedDict[tuple[int, int], str] = OrderedDict()

    def joined(self, posts: Sequence[Post], at: datetime) -> tuple[Post, int]:
        """The album that these parts are of, as one post, and its revision.

        Parts that come again, because nobody confirmed them, give the same as before.
        """
        chat, group = posts[0].chat, posts[0].group or ""
        known = {part.id: part for part in self._parts(chat, group)}
        new = [post for post in posts if post.id not in known]
        if new:
            revision = max((part.revision for part in known.values()), default=-1) + 1
            self._remember(new, revision, at)
        else:
            revision = max(known[post.id].revision for post in posts)
        for post in posts:
            self._keep_caption(post)
        parts = [part for part in self._parts(chat, group) if part.revision <= revision]
        return self._whole(parts, posts), revision

    def edited(self, post: Post) -> Post:
        """The whole album, with this part of it as it is now; the post alone where the album is not known."""
        parts = self._parts(post.chat, post.group or "")
        if post.id not in {part.id for part in parts}:
            return post
        self._db.change(
            "UPDATE album_parts SET has_caption = ?, files = ? WHERE chat = ? AND id = ?",
            bool(post.text),
            _packed(post.files),
            post.chat,
            post.id,
        )
        self._keep_caption(post)
        return self._whole(parts, [post])

    def head(self, chat: int, id_: int) -> int:
        """The number of the album that a message is a part of; its own where it is of none."""
        return next(iter(self.part_ids(chat, id_)), id_)

    def part_ids(self, chat: int, id_: int) -> tuple[int, ...]:
        """All the messages of an album of which one is named, the album's own first; or that one alone."""
        row = self._db.row("SELECT album FROM album_parts WHERE chat = ? AND id = ?", chat, id_)
        return tuple(part.id for part in self._parts(chat, row["album"])) if row else (id_,)

    def forget_old(self, now: datetime) -> None:
        self._db.change("DELETE FROM album_parts WHERE told_at < ?", (now - _KEPT).isoformat())

    def _parts(self, chat: int, group: str) -> list[Part]:
        rows = self._db.rows(
            "SELECT * FROM album_parts WHERE chat = ? AND album = ? ORDER BY revision, id", chat, group
        )
        return [
            Part(row["id"], row["revision"], bool(row["has_caption"]), _unpacked(row["files"]))
            for row in rows
        ]

    def _remember(self, posts: Sequence[Post], revision: int, at: datetime) -> None:
        with self._db.together():
            for post in posts:
                self._db.change(
                    "INSERT INTO album_parts (chat, id, album, revision, has_caption, files, told_at) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    post.chat,
                    post.id,
                    post.group or "",
                    revision,
                    bool(post.text),
                    _packed(post.files),
                    at.isoformat(),
                )

    def _keep_caption(self, post: Post) -> None:
        self._captions[post.chat, post.id] = post.text
        self._captions.move_to_end((post.chat, post.id))
        while len(self._captions) > _CAPTIONS:
            self._captions.popitem(last=False)

    def _whole(self, parts: Sequence[Part], told: Sequence[Post]) -> Post:
        told_now = {post.id: post for post in told}
        texts: list[str] = []
        files: list[FileLink] = []
        for part in parts:
            post = told_now.get(part.id)
            caption = post.text if post else self._captions.get((told[0].chat, part.id))
            if caption is None and part.has_caption:
                files.append(FileLink("", "caption", missing=NOT_KEPT))
            texts.append(caption or "")
            files.extend(post.files if post else part.files)
        first = told_now.get(parts[0].id, told[0])
        edited = max((post.edited_at for post in told if post.edited_at), default=None)
        text = "\n".join(filter(None, texts))
        return replace(first, id=parts[0].id, text=text, files=tuple(files), edited_at=edited)


def _packed(files: Sequence[FileLink]) -> str:
    return json.dumps([asdict(file) for file in files])


def _unpacked(packed: str) -> tuple[FileLink, ...]:
    return tuple(FileLink(**file) for file in json.loads(packed))
