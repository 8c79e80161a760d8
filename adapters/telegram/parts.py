"""The parts of the adapter, put together."""

from dataclasses import dataclass

import telegram
from telegram.request import HTTPXRequest

from adapters.telegram import Settings
from adapters.telegram.albums import Albums
from adapters.telegram.answers import Answers
from adapters.telegram.cards import Cards
from adapters.telegram.commanding import Commanding
from adapters.telegram.database import FILE_NAME, Database
from adapters.telegram.direct import Direct
from adapters.telegram.enclosing import Enclosing
from adapters.telegram.files import Files
from adapters.telegram.fleeting import Fleeting
from adapters.telegram.gaps import Gaps
from adapters.telegram.heard import Heard
from adapters.telegram.languages import Languages
from adapters.telegram.menu import Menu
from adapters.telegram.moves import Moves
from adapters.telegram.notices import Notices
from adapters.telegram.numbers import Numbers
from adapters.telegram.once import Once
from adapters.telegram.postings import Postings
from adapters.telegram.presence import Presence
from adapters.telegram.pressing import Pressing
from adapters.telegram.questions import Questions
from adapters.telegram.readers import Readers
from adapters.telegram.removals import Removals
from adapters.telegram.replies import Replies
from adapters.telegram.speaking import Speaking
from adapters.telegram.topics import Topics
from adapters.telegram.translate import PLATFORM
from bot.model import Chat, ChatRef
from bot.ports import Clock, Surroundings


@dataclass(frozen=True, slots=True)
class Parts:
    clock: Clock
    db: Database
    bot: telegram.Bot
    once: Once
    moves: Moves
    albums: Albums
    files: Files
    fleeting: Fleeting
    numbers: Numbers
    gaps: Gaps
    topics: Topics
    readers: Readers
    removals: Removals
    notices: Notices
    cards: Cards
    postings: Postings
    presence: Presence
    commanding: Commanding
    direct: Direct
    pressing: Pressing
    menu: Menu


def put_together(settings: Settings, surroundings: Surroundings) -> Parts:
    """Raises PlatformUnavailable where the adapter's memory can't be used."""
    clock, words = surroundings.clock, surroundings.words
    db = Database(surroundings.data / FILE_NAME)
    bot = open_bot(settings)
    moderators = moderators_of(surroundings.chats)
    moves = Moves(db, [*(chat.ref for chat in surroundings.chats), *moderators])
    once, heard, numbers, topics = Once(), Heard(db, clock), Numbers(db, clock), Topics(db, clock)
    albums, files = Albums(db), Files(bot, settings.max_attachment_mb * 1024 * 1024)
    languages = Languages(db, words, surroundings.language)
    speaking = Speaking(db, clock, bot, moves, numbers)
    fleeting = Fleeting(db, bot, clock)
    readers, removals = Readers(db, clock), Removals(db, clock, moves)
    notices = Notices(
        db, clock, speaking, fleeting, languages, readers, topics, settings.public_notice_seconds
    )
    questions = Questions(db, speaking, clock)
    answers = Answers(speaking, heard, notices, questions, languages)
    replies = Replies(speaking, notices, fleeting, languages, settings.public_notice_seconds)
    commanding = Commanding(
        moves, albums, files, speaking, languages, heard, questions, replies, removals, once
    )
    return Parts(
        clock=clock,
        db=db,
        bot=bot,
        once=once,
        moves=moves,
        albums=albums,
        files=files,
        fleeting=fleeting,
        numbers=numbers,
        gaps=Gaps(db, clock, moves, settings.gap_seconds),
        topics=topics,
        readers=readers,
        removals=removals,
        notices=notices,
        cards=Cards(db, clock, speaking, moves, words),
        postings=Postings(speaking, moves, topics, Enclosing(speaking)),
        presence=Presence(db, moves),
        commanding=commanding,
        direct=Direct(speaking, notices, questions, answers, commanding, languages, heard),
        pressing=Pressing(bot, moves, heard, languages, answers, commanding, once),
        menu=Menu(bot, moves, words, [chat.id for chat in moderators]),
    )


def open_bot(settings: Settings) -> telegram.Bot:
    return telegram.Bot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=HTTPXRequest(
            connection_pool_size=32,
            media_write_timeout=60,
            connect_timeout=10,
            read_timeout=20,
            write_timeout=20,
            pool_timeout=10,
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=10, read_timeout=10),
    )


def moderators_of(chats: tuple[Chat, ...]) -> tuple[ChatRef, ...]:
    """The moderators' chats on Telegram, each once."""
    found = (level.chat for chat in chats if chat.moderators for level in chat.moderators.chain)
    return tuple(dict.fromkeys(chat for chat in found if chat.platform == PLATFORM))
