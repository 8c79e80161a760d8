"""Messages that are posted again in their author's name: with what was found masked, or whole."""

from dataclasses import dataclass, replace

from bot.chats import Chats
from bot.codec import about, bytes_event
from bot.errors import InputError, PlatformRefused, SealError
from bot.mask import masked_text
from bot.model import Message, Person, PlannedAction, Posting
from bot.ports import Sealer, Store, Words


@dataclass(frozen=True, slots=True)
class Reposts:
    """Opens the sealed message only for as long as it takes to post it."""

    store: Store
    sealer: Sealer
    chats: Chats
    words: Words

    def masked(self, planned: PlannedAction) -> Posting | None:
        """The text of a revision with what was found in it masked; files are left out, and that is said.

        None where there is no text, so that nothing is left to be posted.
        """
        recorded = self.store.decisions.of_revision(planned.ref, planned.revision)
        if recorded is None:
            raise PlatformRefused("the message can't be posted again: it was never judged")
        message = self._message(planned, planned.revision)
        text = masked_text(message.text, recorded.evidence.findings)
        note = "posting-redacted-files" if message.attachments else "posting-redacted"
        return self._posting(planned, message, text, note) if text.strip() else None

    def whole(self, planned: PlannedAction) -> Posting:
        """The newest revision of a held message, with its files. Raises PlatformRefused without one."""
        revisions = self.store.decisions.sealed(planned.ref)
        if not revisions:
            raise PlatformRefused("the message can't be posted again: nothing of it was kept")
        message = self._message(planned, revisions[-1][0])
        files = tuple(one for one in message.attachments if one.content is not None)
        note = "posting-released" if len(files) == len(message.attachments) else "posting-released-in-part"
        return replace(self._posting(planned, message, message.text, note), attachments=files)

    def _message(self, planned: PlannedAction, revision: int) -> Message:
        sealed = dict(self.store.decisions.sealed(planned.ref)).get(revision)
        try:
            if sealed is None:
                raise InputError("nothing of it was kept")
            name = about(Message(planned.ref, Person(""), "", revision=revision))
            event = bytes_event(self.sealer.unseal(sealed, name))
        except (SealError, InputError) as error:
            raise PlatformRefused(f"the message can't be posted again: {error}") from error
        if not isinstance(event, Message):
            raise PlatformRefused("the message can't be posted again: what was kept is no message")
        return event

    def _posting(self, planned: PlannedAction, message: Message, text: str, note: str) -> Posting:
        recorded = self.store.decisions.latest(planned.ref)
        return Posting(
            key=planned.key,
            ref=planned.ref,
            # The name as it was recorded has dots for what must not be read in it.
            author=recorded.author if recorded else message.author,
            text=text,
            note=self.words.text(self.chats.of(planned.ref.chat_ref).language, note),
        )
