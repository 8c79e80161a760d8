"""HTML tags and entities, and escapes of addresses, mails and programs, read as what they stand for. Pure."""

import html
import re

from detectors.folded import Folded, Piece, pieces, put_together

_ESCAPE_SIGN = re.compile(r"[<&%=\\]")
_ESCAPED = re.compile(
    r"<(?P<tag>/?(?:[biusaqp]|em|strong|span|font|div|br|code|pre|mark|small|big|su[bp]|del|ins|strike|center|tt|wbr"
    r"|h[1-6]|table|t[drh]|tbody|thead|li|[uo]l|blockquote|hr|html|body|tg-spoiler))(?:\s[^<>\n]{0,200})?/?>"
    r"|&(?:\#[0-9]{2,7};?|\#[xX][0-9a-fA-F]{2,6};?|[A-Za-z][A-Za-z0-9]{1,30};)"
    r"|(?P<percent>(?:[A-Za-z]{0,3}%(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa])){3,})"
    r"|(?P<quoted>(?:=[2-7][0-9A-F]){3,})"
    r"|(?P<hex>(?:\\x[2-7][0-9A-Fa-f]){3,})|(?P<unicode>(?:\\u[0-9A-Fa-f]{4}){3,})"
    r"|(?P<soft_break>(?<=[A-Za-z])=\r?\n(?=[A-Za-z]))"
)
"""Tags, entities and escapes. A letter needs no escape in an address, so a run of them hides something."""

_TAG_AS = {
    **dict.fromkeys(("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table"), "\n"),
    **dict.fromkeys(("td", "th"), " "),
}
_ESCAPE = re.compile(r"(?:%|=|\\x)(?P<two>[0-9A-Fa-f]{2})|\\u(?P<four>[0-9A-Fa-f]{4})|[\s\S]")


def unescaped(text: str) -> Folded:
    """The text as a browser or a mail program shows it: without tags, with escapes read."""
    if not _ESCAPE_SIGN.search(text):
        return Folded(text)
    shown: list[Piece] = []
    at = 0
    for match in _ESCAPED.finditer(text):
        shown += pieces(text, at, match.start())
        shown += _shown(match)
        at = match.end()
    if not at:
        return Folded(text)
    shown += pieces(text, at, len(text))
    return put_together(shown, ("tags, entities or escapes read",))


def _shown(match: re.Match[str]) -> list[Piece]:
    """What is seen of a tag, an entity or a run of escapes, each character with its place."""
    start, end = match.span()
    if match["soft_break"]:
        return []
    if match["tag"]:
        return [(letter, start, end) for letter in _TAG_AS.get(match["tag"].strip("/").lower(), "")]
    if match[0].startswith("&"):
        return [(letter, start, end) for letter in html.unescape(match[0])]
    return [
        (
            chr(int(one["two"] or one["four"], 16)) if one["two"] or one["four"] else one[0],
            start + one.start(),
            start + one.end(),
        )
        for one in _ESCAPE.finditer(match[0])
    ]
