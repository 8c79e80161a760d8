"""Whether the text layer of a page can be what the page shows.

A font can lie in a file without a word of which letters its shapes are, as those of old Urdu typesetting and
of many converters do. The text that programs read is then made of whatever numbers the shapes have: it is not
clean but unread, and the page must be looked at as an image.
"""

import unicodedata
from collections.abc import Iterable, Sequence

import regex

_MOST_UNPRINTABLE = 0.004
"""Share of a page's characters. Even the few of a missing `fi` take the label out of "confidential"."""

_FEWEST_WESTERN, _MOST_WESTERN = 24, 0.18
"""Number and share of characters; Vietnamese and Icelandic, which have most of them, stay below 0.15."""

_JUDGED_LETTERS = 40
"""Latin letters from which on the share of vowels says something, where they are half of what is written."""

_FEWEST_VOWELS = 0.2
"""Share of a page's Latin letters; in languages it is 0.33 and more, in lists of abbreviations 0.25."""

_FEWEST_ODD, _MOST_ODD = 12, 0.2
"""Number and share of the characters that stand in odd words; in code for people it is 0.15 at most."""

_LONGEST_WORD = 60
"""Characters of a word that are looked at."""

_UNPRINTABLE = regex.compile(r"[\p{Co}\p{Cn}\p{Cs}�]|(?![\s\x1c-\x1f])\p{Cc}")
_BULLET = regex.compile(r"(?m)(?<!\S)\p{Co}{1,2}(?=\s|$)|^[^\S\n]*\p{Co}")
"""A dot or an arrow from a font of symbols, which has its number there and no other name."""

_WESTERN = regex.compile("[¡-ÿŒœŠšŸŽžƒˆ˜†‡•‰‹›™€„‚]")
"""The letters and signs that Windows had beside ASCII."""

_LATIN = regex.compile(r"\p{Latin}")
_VOWELS = frozenset("aeiouyæœøıəAEIOUYÆŒØ")
_CODE = regex.compile(
    r"(?:\w+:)?//\S+|www\.\S+|\S+@\S+\.\w+|(?=\P{Ll}*$)[\w-]+(?:[-/.:()]+[\w-]+)*|[\da-fA-F_x-]{6,}"
)
"""An address, a reference number, a fingerprint: letters and digits as they come."""

_NUMBER = regex.compile(r"[^\w\s]{0,3}(?:[(\[]?\d+[)\]]?[.,:;/*x×=+^°'\"–—−۔،٫٬-]?)+[^\w\s]{0,3}")
_STRAY = regex.compile(r"(?<=\p{L})(?:\d|[^\w\s.,:;/&@()'’‘`´\-‐-―·•…=_\p{M}\p{Cf}])+(?=\p{L})")
"""What stands between letters in no word; in a program it does, but seldom."""

_ODD = regex.compile(
    r"\p{Ll}\p{Lu}+\p{Ll}+\p{Lu}\P{L}*$"  # capitals here and there
    r"|(?=\P{Latin}*+\p{Latin})\S*[\p{Arabic}\p{Cyrillic}\p{Greek}\p{Devanagari}]"  # two scripts
    r"|^\P{L}*(?:(?![aeiouyæœøıəAEIOUYÆŒØ])[a-zA-Z]){5,}\P{L}*$"  # no vowel
)
_LETTERS_AROUND = 3
"""Letters and digits of a word for each thing that strays into it, from which on it may be a program's."""

_MARKS_AROUND = regex.compile(r"^[^\w\s]{1,2}(?=\w)|(?<=\w)[^\w\s]{1,3}$")
_MARKS = regex.compile(r"[^\w\s]{3,}")


def reads_as_garbage(text: str) -> bool:
    """Whether this can't be what a page shows. Text of any language, tables and code can."""
    shown = _BULLET.sub("", text)
    written = sum(not char.isspace() for char in shown)
    western = len(_WESTERN.findall(shown))
    return (
        len(_UNPRINTABLE.findall(shown)) > _MOST_UNPRINTABLE * written
        or (western >= _FEWEST_WESTERN and western > _MOST_WESTERN * written)
        or _lacks_vowels(_LATIN.findall(shown), written)
        or _is_odd_throughout(shown.split())
    )


def _lacks_vowels(letters: Sequence[str], written: int) -> bool:
    vowels = sum(unicodedata.normalize("NFD", letter)[0] in _VOWELS for letter in letters)
    return len(letters) >= max(_JUDGED_LETTERS, written / 2) and vowels < _FEWEST_VOWELS * len(letters)


def _is_odd_throughout(words: Iterable[str]) -> bool:
    judged = odd = 0
    for word in words:
        if len(set(word)) > 1:  # else it is a rule, a leader of dots, a letter
            looked_at = word[:_LONGEST_WORD]
            judged += len(looked_at)
            odd += len(looked_at) * _is_odd(looked_at)
    return odd >= _FEWEST_ODD and odd > _MOST_ODD * judged


def _is_odd(word: str) -> bool:
    """Whether it is no word, no number and no code of any sort."""
    if _MARKS.fullmatch(word):
        return len(set(word)) > 2
    bare = _MARKS_AROUND.sub("", word)
    if _CODE.fullmatch(bare) or _NUMBER.fullmatch(word):
        return False
    written = sum(map(str.isalnum, word))
    is_strayed_into = len(_STRAY.findall(word)) * _LETTERS_AROUND >= written
    return is_strayed_into or bool(_ODD.search(bare)) or not any(map(str.isalpha, word))
