"""Words as Discord shows them: without accidental markup, and in pieces that fit. Pure."""

import re
from collections.abc import Iterator

LONGEST_MESSAGE = 2000

_MARKUP = re.compile(
    r"([\\*_`<]|~(?=~)|\|(?=\|)|\](?=\()|:(?=//)|@(?=everyone|here)|^\s*[#>]|^\s*-(?=#))", re.MULTILINE
)
_LAST_LINK = re.compile(r"https?://\S+$", re.MULTILINE)


def plain(text: str) -> str:
    """Names that people gave themselves must not turn into links, headings or mentions."""
    return _MARKUP.sub(_escaped, text)


def plain_with_links(text: str) -> str:
    """The same, but an address at the end of a line stays one: names never stand there."""
    shown, end = [], 0
    for link in _LAST_LINK.finditer(text):
        shown += [plain(text[end : link.start()]), link.group()]
        end = link.end()
    return "".join([*shown, plain(text[end:])])


def pieces(text: str, longest: int = LONGEST_MESSAGE) -> Iterator[str]:
    """Cuts a text where a line ends, or a word, or else where it must; nothing but space is lost."""
    rest = text
    while len(rest) > longest:
        head = rest[: longest + 1]
        cut = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or longest
        piece, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        if piece:
            yield piece
    if rest.strip():
        yield rest.rstrip()


def _escaped(markup: re.Match[str]) -> str:
    found = markup.group()
    return f"{found[:-1]}\\{found[-1]}"
