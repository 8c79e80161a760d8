"""How notices, cards and replies look on Discord. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord

from adapters.discord.buttons import Button, CardButton, OptionButton, custom_id
from adapters.discord.wording import plain
from bot.model import Card, CardChoice, Choice, Notice, Option, Severity
from bot.ports import Words

_TITLE = 256
_TEXT = 3000
_LONGEST = 4096
_LABEL = 80
_MODAL_LABEL = 45
_MODAL_HINT = 100
_MOST_BUTTONS = 25
LONGEST_LETTER = 80

_LOOKS = {
    Severity.NONE: ("\N{WHITE HEAVY CHECK MARK}", 0x57_8A_5C),
    Severity.LOW: ("\N{MEDIUM WHITE CIRCLE}", 0x80_84_8E),
    Severity.MEDIUM: ("\N{LARGE YELLOW CIRCLE}", 0xF0_B2_32),
    Severity.HIGH: ("\N{LARGE ORANGE CIRCLE}", 0xE6_7E_22),
    Severity.CRITICAL: ("\N{LARGE RED CIRCLE}", 0xC9_30_30),
}
_NOTICE_COLOUR = 0x3B_6E_A5
_STYLES: dict[Choice | CardChoice | None, discord.ButtonStyle] = {
    Choice.REMOVE: discord.ButtonStyle.primary,
    CardChoice.ACKNOWLEDGE: discord.ButtonStyle.primary,
    CardChoice.REMOVE: discord.ButtonStyle.danger,
    CardChoice.LEAK: discord.ButtonStyle.danger,
}


def nonce(key: str) -> str:
    """The same for the same key, so that Discord itself refuses to show a thing twice."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:25]


def notice_embed(notice: Notice, link: str = "") -> discord.Embed:
    """`link` leads to the message that it is about."""
    text = "\n\n".join(part for part in (notice.body[:_TEXT], notice.provision, link) if part)
    return discord.Embed(title=notice.title[:_TITLE], description=text[:_LONGEST], colour=_NOTICE_COLOUR)


def notice_view(notice: Notice) -> discord.ui.View | None:
    """The buttons; None where there is nothing to answer."""
    return _view(
        (label, custom_id(Button(notice.ref, notice.author.id, choice)), choice)
        for choice, label in notice.choices
    )


def card_view(card: Card, channel: int) -> discord.ui.View | None:
    """The buttons of a card that is shown in `channel`."""
    return _view(
        (label, custom_id(CardButton(card.case, choice, channel)), choice) for choice, label in card.choices
    )


def option_view(options: Sequence[Option]) -> discord.ui.View | None:
    """The buttons that stand for further commands."""
    return _view(
        (option.label, custom_id(OptionButton(option.command, option.arguments)), None) for option in options
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """What needs words of its own, beside those that are ready."""

    words: Words

    def reply_view(self, notice: Notice) -> discord.ui.View:
        """The one button of a public reply, which opens the notice for its author."""
        label = self.words.text(notice.language, "notice-open")
        button = custom_id(Button(notice.ref, notice.author.id))
        view = _view([(label, button, Choice.REMOVE)])
        assert view is not None  # noqa: S101 - it has a button
        return view

    def letter_modal(self, button: Button, language: str) -> discord.ui.Modal:
        """Asks for the number of the letter."""
        text = self.words.text
        title = text(language, "letter-title")[:_MODAL_LABEL]
        modal = discord.ui.Modal(title=title, custom_id=custom_id(button))
        field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id="letter", min_length=1, max_length=LONGEST_LETTER
        )
        label = text(language, "letter-label")[:_MODAL_LABEL]
        hint = text(language, "letter-hint")[:_MODAL_HINT]
        modal.add_item(discord.ui.Label(text=label, description=hint, component=field))
        modal.stop()
        return modal

    def answered(self, embeds: list[discord.Embed], choice: Choice, language: str) -> list[discord.Embed]:
        """The notice as it was shown, with thanks in the place of its buttons."""
        thanks = self.words.text(language, f"thanks-{choice.value}")
        return [*embeds[:1], discord.Embed(description=thanks, colour=_NOTICE_COLOUR)]

    def card_embed(self, card: Card, jump: str = "") -> discord.Embed:
        """`jump` leads to the message that the case is about.

        The links stand as plain text: Discord takes no button to an address inside a house.
        """
        text = self.words.text
        sign, colour = _LOOKS[card.severity]
        word = text(card.language, f"severity-{card.severity.value}").upper()
        links = [("discord-message", jump), ("card-console", card.link)]
        lines = [f"{text(card.language, key)}: {link}" for key, link in links if link]
        below = "\n".join(lines)
        body = plain(card.body)[: _LONGEST - len(below) - 2]
        return discord.Embed(
            title=f"{sign} {word} · {plain(card.title)}"[:_TITLE],
            description=f"{body}\n\n{below}"[:_LONGEST],
            colour=colour,
        )


def _view(buttons: Iterable[tuple[str, str, Choice | CardChoice | None]]) -> discord.ui.View | None:
    """A view that the library keeps nothing of: presses are read from their `custom_id` alone."""
    view, shown = discord.ui.View(timeout=None), set[str]()
    for label, id_, choice in buttons:
        if id_ in shown or len(shown) == _MOST_BUTTONS or not label:
            continue
        shown.add(id_)
        style = _STYLES.get(choice, discord.ButtonStyle.secondary)
        view.add_item(discord.ui.Button(style=style, label=label[:_LABEL], custom_id=id_))
    view.stop()
    return view if shown else None
