"""`/check`: what the bot would say of a text or a file. Nothing of it is kept."""

import asyncio
import logging
from contextlib import nullcontext
from dataclasses import dataclass, field

from bot.chats import Chats
from bot.in_force import InForce
from bot.mask import evidence
from bot.model import Command, Message, MessageRef, Person, Reply, Severity
from bot.policy import decide
from bot.ports import Clock, Recorded
from bot.scanning import Detectors, Scanned, scan_message
from bot.speaking import Speaker

_log = logging.getLogger("raazdar.desk")


@dataclass(frozen=True, slots=True)
class Checking:
    clock: Clock
    in_force: InForce
    chats: Chats
    speaker: Speaker
    _reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _waiting: set[Person] = field(default_factory=set)

    async def check(self, command: Command, language: str) -> Reply:
        """Judges for the chat in which it was asked, or else as if anybody could read it.

        Who has files on trial waits for them before he tries others.
        """
        message = _message(command)
        if not message.text and not message.attachments:
            return Reply(self.speaker.words.text(language, "check-empty"), language)
        if not message.attachments:
            return await self._answered(message, language)
        if command.by in self._waiting:
            return Reply(self.speaker.words.text(language, "check-busy"), language)
        self._waiting.add(command.by)
        try:
            return await self._answered(message, language)
        finally:
            self._waiting.remove(command.by)

    async def _answered(self, message: Message, language: str) -> Reply:
        try:
            return Reply(await self._judged(message, language), language)
        except Exception as error:  # noqa: BLE001 - whatever a detector does, nothing is called clean
            _log.error("a check failed with %s", type(error).__name__)
            return Reply(self.speaker.words.text(language, "check-failed"), language)

    async def _judged(self, message: Message, language: str) -> str:
        words, chat = self.speaker.words, self.chats.of(message.ref.chat_ref)
        is_known = self.chats.is_known(message.ref.chat_ref)
        where = words.text(language, "where-chat", chat=chat.name) if is_known else ""
        where = where or words.text(language, "where-anywhere")
        with self.in_force.lent() as rules:
            scanned = await self._scanned(message, rules.detectors)
        decision = decide(rules.policy, message, scanned.scan, chat.audience)
        shown = evidence(message, scanned.parts, scanned.scan)
        recorded = Recorded(message.ref, 0, chat.name, message.author, decision, shown, self.clock.now())
        why = self.speaker.why(recorded, chat.audience, language)
        if decision.severity >= Severity.MEDIUM:
            what = self.speaker.found(shown, language) or words.text(language, "warning-unread")
            provision = self.speaker.provision(decision.provision, language)
            said = words.text(language, "check-found", where=where, why=why, what=what, provision=provision)
        elif decision.severity == Severity.LOW and shown.findings:
            said = words.text(language, "check-low", where=where, why=why)
        elif shown.undecided:
            said = ""
        else:
            said = words.text(language, "check-clean", where=where)
        if shown.undecided:
            parts = self.speaker.unread(shown, language)
            said = "\n".join(filter(None, (said, words.text(language, "check-unread", parts=parts))))
        return said

    async def _scanned(self, message: Message, detectors: Detectors) -> Scanned:
        """Files are read one after the other, so that those that are posted don't wait for those on trial."""
        async with self._reading if message.attachments else nullcontext():
            return await asyncio.to_thread(scan_message, detectors, message)


def _message(command: Command) -> Message:
    """What is to be checked: what was given with the command, or else the message that it points to."""
    pointed = command.message
    text = command.arguments or (pointed.text if pointed and not command.attachments else "")
    attachments = command.attachments or (pointed.attachments if pointed else ())
    return Message(
        ref=MessageRef(command.chat.platform, command.chat.id, "check"),
        author=command.by,
        text=text,
        sent_at=command.at,
        attachments=attachments,
    )
