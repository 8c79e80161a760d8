"""Words without accidental markup, in pieces that fit; and links to messages."""

import pytest

from adapters.discord.links import pointed
from adapters.discord.wording import pieces, plain, plain_with_links


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Case 7: Budget wing - open (1)", "Case 7: Budget wing - open (1)"),
        ("*a* _b_ ~~c~~ `d` ||e||", r"\*a\* \_b\_ \~~c\~~ \`d\` \||e\||"),
        ("[x](y)", r"[x\](y)"),
        ("https://evil.example", r"https\://evil.example"),
        ("@everyone @here a@b", r"\@everyone \@here a@b"),
        ("# head\n> quote\n-# small", "\\# head\n\\> quote\n\\-# small"),
        ("<@123> <#1>", r"\<@123> \<#1>"),
        ("a # b > c", "a # b > c"),
    ],
)
def test_nothing_turns_into_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_only_a_link_at_the_end_of_a_line_stays_one() -> None:
    text = "https://evil.example wrote\nhttp://127.0.0.1:8710/cases/7_1"
    assert plain_with_links(text) == "https\\://evil.example wrote\nhttp://127.0.0.1:8710/cases/7_1"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("short", ["short"]),
        ("one two three", ["one two", "three"]),
        ("one\ntwo three", ["one", "two three"]),
        ("abcdefghijklmnop", ["abcdefghij", "klmnop"]),
    ],
)
def test_a_text_is_cut_where_it_can_be(text: str, cut: list[str]) -> None:
    assert list(pieces(text, 10)) == cut


ID = "1573721404661039111"


@pytest.mark.parametrize(
    ("words", "place", "rest"),
    [
        (f"https://discord.com/channels/1/{ID}/{ID}", (int(ID), int(ID)), ""),
        (f"see https://ptb.discord.com/channels/1/2/{ID} please", (2, int(ID)), "see please"),
        (ID, (5, int(ID)), ""),
        (f"{ID}-{ID}", (int(ID), int(ID)), ""),
        ("the one above", None, "the one above"),
        ("", None, ""),
    ],
)
def test_a_message_is_named_by_link_or_number(words: str, place: tuple[int, int] | None, rest: str) -> None:
    assert pointed(words, 5) == (place, rest)
