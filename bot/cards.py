"""Cases as moderators see them in their own chat: one card a case, brought up to date as it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chats import Chats
from bot.model import (
    Action,
    Card,
    CardChoice,
    Case,
    Chat,
    ChatRef,
    Moderators,
    Outcome,
    PlannedAction,
    Status,
)
from bot.planning import action_key
from bot.policy import is_live
from bot.ports import Clock, Store
from bot.speaking import Speaker, sentence

MAY_NOT_ACT = "may-not-act"
"""The rule of a case about something that the bot lacks the permission for."""

_LONGEST_EXCERPT = 280

_EFFECTS: Mapping[tuple[Action, str], str] = {
    (Action.REMOVE, "waiting"): "card-removing",
    (Action.REMOVE, "done"): "card-removed",
    (Action.REDACT, "waiting"): "card-removing",
    (Action.REDACT, "done"): "card-redacted",
    (Action.HOLD, "waiting"): "card-removing",
    (Action.HOLD, "done"): "card-held",
    (Action.RELEASE, "done"): "card-released",
}


@dataclass(frozen=True, slots=True)
class Cards:
    """Plans what moderators' chats are shown."""

    store: Store
    clock: Clock
    chats: Chats
    speaker: Speaker

    def show(
        self, case: Case, news: str = "", *, by_person: bool = False, news_for: ChatRef | None = None
    ) -> None:
        """Brings the cards of a case up to date, with `news` that moderators should notice: all of them, or
        those who meet in the chat `news_for`.

        Where a chat's mode keeps the bot from speaking, only what a person did (`by_person`) is shown.
        """
        if not news and not self._is_shown(case):
            return
        live = by_person or is_live(self.chats.of(case.ref.chat_ref).mode, Action.ESCALATE)
        for card in self.drawn(case, news, news_for):
            planned = PlannedAction(
                card.key, Action.ESCALATE, case.ref, live, by="bot", case=case.number, card=card
            )
            self.store.outbox.plan(planned, self.clock.now())

    def renew(
        self,
        number: int,
        news: str = "",
        /,
        *,
        by_person: bool = False,
        news_for: ChatRef | None = None,
        **values: str,
    ) -> None:
        """Brings the cards of a case up to date as it is kept now; `news` names words of the catalogue."""
        case = self.store.cases.get(number)
        if case:
            language = self.chats.of(case.ref.chat_ref).language
            told = self.speaker.words.text(language, f"news-{news}", **values) if news else ""
            self.show(case, told, by_person=by_person, news_for=news_for)

    def show_claim(self, case: Case) -> None:
        """Brings what the author says of his case to the moderators' notice."""
        language = self.chats.of(case.ref.chat_ref).language
        self.show(case, _claim(self.speaker, case.claim, language))

    def concerned(self, case: Case) -> Sequence[Moderators]:
        """Those who look after a case: the chat's own moderators, and those to whom it was passed up."""
        chat = self.chats.of(case.ref.chat_ref)
        return chat.moderators.chain[: case.tier + 1] if chat.moderators else ()

    def drawn(self, case: Case, news: str = "", news_for: ChatRef | None = None) -> tuple[Card, ...]:
        """The case's cards as they are now, one for each chat that is concerned."""
        chat = self.chats.of(case.ref.chat_ref)
        revision, effects = len(self.store.cases.events(case.number)), self._effects(case)
        cards = []
        for moderators in self.concerned(case):
            where = f"{moderators.chat.platform}/{moderators.chat.id}"
            own = news if news_for in {None, moderators.chat} else ""
            what = f"event {revision} to {where}" + (", with news" if own else "")
            key = action_key(Action.ESCALATE, case.ref, what)
            cards.append(draw(self.speaker, key, chat, moderators, case, revision, effects, own))
        return tuple(cards)

    def _is_shown(self, case: Case) -> bool:
        return any(
            entry.planned.card is not None and entry.state in {"waiting", "done"}
            for entry in self.store.outbox.of_message(case.ref)
        )

    def _effects(self, case: Case) -> Sequence[str]:
        """What was done about the message itself, named in the order in which it was wanted."""
        # What did not work at the first try may want a person: it is not shown as being done.
        entries = [
            entry
            for entry in self.store.outbox.of_message(case.ref)
            if entry.planned.live and not (entry.state == "waiting" and entry.attempts)
        ]
        found = [_EFFECTS.get((entry.planned.action, entry.state), "") for entry in entries]
        told = tuple(dict.fromkeys(filter(None, found)))
        if "card-released" in told:
            return ("card-released",)
        is_leak = case.status == Status.CLOSED and case.outcome == Outcome.LEAK
        return tuple("card-removed" if is_leak and one == "card-held" else one for one in told)


def draw(
    speaker: Speaker,
    key: str,
    chat: Chat,
    moderators: Moderators,
    case: Case,
    revision: int,
    effects: Sequence[str] = (),
    news: str = "",
) -> Card:
    """What a moderators' chat is shown of a case. `effects` names what was done about its message. Pure."""
    words, language = speaker.words, chat.language
    is_of_message = case.rule != MAY_NOT_ACT
    why = sentence(speaker.why(case, chat.audience, language))
    lines = [words.text(language, "card-why", why=why.rstrip("."))]
    if is_of_message:
        lines += _evidence(speaker, case, language)
    if provision := speaker.provision(case.provision, language):
        lines.append(provision)
    lines += [words.text(language, effect) for effect in effects]
    lines.append(_status(speaker, case, language))
    return Card(
        key=key,
        moderators=moderators.chat,
        case=case.number,
        ref=case.ref if is_of_message else None,
        revision=revision,
        severity=case.severity,
        title=words.text(language, "card-title", case=str(case.number), chat=case.chat_name),
        body="\n".join(lines),
        link=speaker.link(case.number),
        news=news,
        choices=tuple(
            (choice, words.text(language, f"press-{choice}"))
            for choice in _choices(case, chat, moderators, is_gone=bool(effects))
        ),
        language=language,
    )


def _evidence(speaker: Speaker, case: Case, language: str) -> list[str]:
    words = speaker.words
    lines = [words.text(language, "card-author", author=case.author.name or case.author.id)]
    if what := speaker.found(case.evidence, language):
        lines.append(words.text(language, "card-found", what=what))
    if excerpt := " ".join(case.evidence.excerpt.split()):
        is_long = len(excerpt) > _LONGEST_EXCERPT
        shown = excerpt[: _LONGEST_EXCERPT - 1] + "…" if is_long else excerpt
        lines.append(words.text(language, "card-masked", excerpt=shown))
    lines += [
        words.text(language, "card-same-file", case=str(number))
        for number in dict.fromkeys(number for _, number in case.evidence.known)
    ]
    if case.evidence.undecided:
        lines.append(words.text(language, "card-unread", parts=speaker.unread(case.evidence, language)))
    if case.claim:
        lines.append(_claim(speaker, case.claim, language))
    return lines


def _claim(speaker: Speaker, claim: str, language: str) -> str:
    if "disputes" in claim:
        return speaker.words.text(language, "card-claim-dispute")
    _, comma, letter = claim.partition(", letter ")
    if comma:
        return speaker.words.text(language, "card-claim-letter", letter=letter)
    return speaker.words.text(language, "card-claim-authorised")


def _status(speaker: Speaker, case: Case, language: str) -> str:
    words = speaker.words
    if case.status == Status.CLOSED and case.outcome:
        outcome = words.text(language, f"outcome-{case.outcome}")
        if case.owner:
            return words.text(language, "card-closed-by", outcome=outcome, owner=case.owner)
        return words.text(language, "card-closed", outcome=outcome)
    if case.status == Status.ACKNOWLEDGED:
        return words.text(language, "card-acknowledged", owner=case.owner)
    return words.text(language, "card-passed-up" if case.tier else "card-open")


def _choices(case: Case, chat: Chat, moderators: Moderators, *, is_gone: bool) -> Sequence[CardChoice]:
    """What can still be pressed. Whoever passed a case up may still close it, but not pass it up again."""
    if case.status == Status.CLOSED:
        return ()
    taking = [CardChoice.ACKNOWLEDGE] if case.status == Status.OPEN else []
    if case.rule == MAY_NOT_ACT:
        return taking
    removing = [] if is_gone else [CardChoice.REMOVE]
    chain = chat.moderators.chain if chat.moderators else ()
    place = next((number for number, one in enumerate(chain) if one.chat == moderators.chat), 0)
    passing = [CardChoice.PASS_UP] if moderators.above and place == case.tier else []
    return [*taking, *removing, CardChoice.LEAK, CardChoice.FALSE_ALARM, CardChoice.AUTHORISED, *passing]
