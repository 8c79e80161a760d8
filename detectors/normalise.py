"""Folds text to the plain letters that a reader sees, and knows where each of them came from.

Pure. What is folded: compatibility forms (full-width, mathematical, enclosed, regional indicators), letters
of other scripts that look Latin, strokes and accents, invisible characters, digits of every script, dashes
and quotes, the several code points of one Urdu letter, direction overrides and doubled chat markup. All of
it comes from the Unicode character database, or from the Unicode consortium's confusables list as
`confusable_homoglyphs` carries it; the table of Urdu letters is ours, as Unicode holds them apart on purpose.

HTML is read as a browser shows it, escapes as what they stand for, and a line turned upside down as it was
before. A line whose letters are all disguised is folded to capitals: nobody takes that trouble for a word
that marks nothing.

Arabic, Devanagari and Bengali words keep their letters: only look-alikes of Latin in scripts that nobody
writes Urdu, Hindi or Bangla in are turned into Latin.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache

from detectors.escapes import unescaped
from detectors.folded import Folded


def fold(text: str) -> Folded:
    """The text as a reader sees it, in plain letters. Never raises, whatever the code points."""
    if text.isascii() and not _ASCII_SIGN.search(text):
        return Folded(text)
    shown = unescaped(text)
    if shown.text.isascii():
        return _without_markup(shown) if _ASCII_WORK.search(shown.text) else shown
    if _TURNED_SIGN.search(shown.text):
        shown = shown.then(_turned_back(shown.text))
    return _without_markup(shown.then(_folded_characters(shown.text)))


def fold_letters(text: str) -> str:
    """The same folding of letters for a pattern or a phrase, which has no markup to lose."""
    return "".join(map(_fold_character, text))


_TURNED = str.maketrans(
    "ɐqɔpǝɟƃɥᴉɾʞɯuodbɹʇnʌʍʎⱯ∀ƆƎℲ⅁Ʞ⅂˥ԀᴚꓤꞱ⊥┴Ʌꓥ⅄MW",
    "abcdefghijkmnopqrtuvwyAACEFGKLLPRRTTTVVYWM",
)
"""Letters that were turned upside down, and those that turning makes another letter of."""

_TURNED_SIGN = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎⱯ∀ƆƎℲ⅁Ʞ⅂ԀᴚꓤꞱ⊥┴Ʌꓥ⅄]")
_TURNED_WORDS = re.compile(
    rf"[^\s.,:;]*{_TURNED_SIGN.pattern}[^\s.,:;]*(?:[ \t]+[^\s.,:;]*{_TURNED_SIGN.pattern}[^\s.,:;]*)*"
)


def _turned_back(text: str) -> Folded:
    """Words written upside down as they read when the screen is turned round: from the end."""
    out, places = list(text), array("I", range(len(text)))
    for words in _TURNED_WORDS.finditer(text):
        if len(_TURNED_SIGN.findall(words[0])) < 2:
            continue
        first, last = words.span()
        out[first:last] = (letter.upper()[:1] for letter in reversed(words[0].translate(_TURNED)))
        places[first:last] = places[first:last][::-1]
    if places == array("I", range(len(text))):
        return Folded(text)
    ends = array("I", (place + 1 for place in places))
    return Folded("".join(out), places, ends, ("letters turned upside down turned back",))


_MARKUP = re.compile(r"(?<=[^\s*~|])(?:\*\*|~~|\|\|)+(?=[^\s*~|])|__|\\(?=[*_~|`])")
"""Chat markup that stands between letters without being seen: bold, underline, strike, spoiler, escapes.

Around a word it stays, because it sets the word apart. Single `*`, `_` and backtick inside a word are left
alone: they stand in e-mail addresses, keys and file names.
"""

_ITALICS = re.compile(r"(?<!\w)_(?=[^\W_])|(?<=[^\W_])_(?!\w)")
"""An underscore on the outer side of a word, which would make one word of both."""

_ASCII_SIGN = re.compile(r"[<&%=\\*~|_\x00-\x08\x0b-\x1f\x7f]")
"""What stands in every text of plain letters that is changed at all."""

_ASCII_WORK = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f]|{_MARKUP.pattern}|{_ITALICS.pattern}")


def _without_markup(folded: Folded) -> Folded:
    text = folded.text
    pieces: list[tuple[int, int]] = []
    at = 0
    for match in re.finditer(rf"{_MARKUP.pattern}|[\x00-\x08\x0e-\x1f\x7f]|\r(?=\n)", text):
        pieces.append((at, match.start()))
        at = match.end()
    plain = _ITALICS.sub(" ", _CONTROL_BREAKS.sub("\n", text))
    if not pieces:
        return folded if plain == text else Folded(plain, folded.starts, folded.ends, folded.notes)
    pieces.append((at, len(text)))
    starts = array("I")
    for start, end in pieces:
        starts.extend(range(start, end))
    kept = Folded(
        "".join(plain[start:end] for start, end in pieces),
        starts,
        array("I", (start + 1 for start in starts)),
        ("chat markup or control characters removed",),
    )
    return folded.then(kept)


_CONTROL_BREAKS = re.compile(r"[\x0b\x0c\r]")


def _folded_characters(text: str) -> Folded:
    changes = {
        char: plain
        for char in dict.fromkeys(text)
        if not char.isascii() and (plain := _fold_character(char)) != char
    }
    if not changes:
        return Folded(text)
    plain_text = text.translate({ord(char): plain for char, plain in changes.items()})
    marks = text.translate(_Marking(changes))
    starts: array[int] | None = None
    ends: array[int] | None = None
    if any(len(plain) != 1 for plain in changes.values()):
        starts, ends, marks = _moved(text, changes, marks)
    notes = tuple(dict.fromkeys(map(_kind_of_change, changes)))
    folded = Folded(_raised(plain_text, marks), starts, ends, notes)
    return _as_displayed(text, folded) if _OVERRIDE in text else folded


_SHAPED_MARK, _DRESSED_MARK, _NO_MARK = "s", "d", "."


class _Marking(dict[int, str]):
    """Marks each character that becomes a letter of ASCII: that had another shape, or wore an accent."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        super().__init__()
        for char, plain in changes.items():
            if len(plain) == 1 and plain.isascii() and plain.isalpha():
                is_dressed = _ACCENTED.match(unicodedata.name(char, ""))
                self[ord(char)] = _DRESSED_MARK if is_dressed else _SHAPED_MARK

    def __missing__(self, code: int) -> str:
        self[code] = _NO_MARK
        return _NO_MARK


def _moved(text: str, changes: Mapping[str, str], marks: str) -> tuple["array[int]", "array[int]", str]:
    """Where each letter comes from when some characters become none or several, and the letters' marks."""
    odd = {char: plain for char, plain in changes.items() if len(plain) != 1}
    starts, ends, moved = array("I"), array("I"), bytearray()
    at, last = 0, ""
    for index, char in enumerate(text):
        plain = odd.get(char)
        if plain is None:
            continue
        if at < index:
            starts.extend(range(at, index))
            ends.extend(range(at + 1, index + 1))
            moved += marks[at:index].encode()
            last = changes.get(text[index - 1], text[index - 1])
        at = index + 1
        if plain:
            starts.extend([index] * len(plain))
            ends.extend([index + 1] * len(plain))
            moved += _NO_MARK.encode() * len(plain)
            last = plain[-1]
        elif ends:
            _lost(char, text[index + 1 : index + 2], last, index, ends, moved)
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    moved += marks[at:].encode()
    return starts, ends, moved.decode()


def _lost(char: str, following: str, last: str, index: int, ends: "array[int]", marks: bytearray) -> None:
    """Notes what a character that is not seen does to the letter before it."""
    is_letter = last.isascii() and last.isalpha()
    if _is_stroke(char):
        ends[-1] = index + 1
        if is_letter and marks[-1] != ord(_SHAPED_MARK):
            marks[-1] = ord(_DRESSED_MARK)
    elif is_letter and following.isascii() and following.isalpha():
        marks[-1] = ord(_SHAPED_MARK)


@lru_cache(maxsize=1024)
def _is_stroke(char: str) -> bool:
    """Whether it is drawn over the letter before it."""
    return unicodedata.category(char) in ("Mn", "Me")


def _raised(text: str, marks: str) -> str:
    """The text with each line in capitals that was disguised throughout."""
    if not marks.strip(_NO_MARK):
        return text
    lines: list[str] = []
    start = 0
    for line in text.split("\n"):
        is_disguised = len(line) <= _LONGEST_DISGUISE and _is_disguised(
            line, marks[start : start + len(line)]
        )
        lines.append(line.upper() if is_disguised else line)
        start += len(line) + 1
    return "\n".join(lines)


def _is_disguised(line: str, marks: str) -> bool:
    """Whether every word has a letter of another shape, or most letters have something about them."""
    letters = sum(map(str.isalpha, line))
    if letters < _FEWEST_LETTERS or _FOREIGN.search(line):
        return False
    return 2 * (len(line) - marks.count(_NO_MARK)) >= letters or all(
        _SHAPED_MARK in marks[slice(*word.span())] for word in _WORD.finditer(line)
    )


_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER [A-Z] WITH ")
_FEWEST_LETTERS = 4
_LONGEST_DISGUISE = 500
"""Letters of the shortest line that can be a marking, and characters of the longest."""

_FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]")
"""A letter that is none of ASCII."""

_OVERRIDE = "\u202e"
_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of Unicode that hold letters written from right to left."""

_OVERRIDDEN = re.compile("\u202e[^\u202c\u202d\u202e\u2069\n]*")


def _as_displayed(text: str, folded: Folded) -> Folded:
    """Turns round what stands under a right-to-left override, as the screen does.

    Only left-to-right letters are displayed turned round by it; a stretch with Arabic letters reads as it is.
    """
    starts, ends = folded.starts, folded.ends
    if starts is None or ends is None:
        return folded
    order, letters = list(range(len(folded.text))), list(folded.text)
    last = 0
    for stretch in _OVERRIDDEN.finditer(text):
        first = bisect_left(starts, stretch.start(), last)
        last = bisect_left(starts, stretch.end(), first)
        shown = folded.text[first:last]
        if not _FROM_THE_RIGHT.search(shown):
            order[first:last] = reversed(order[first:last])
            if shown.isascii() and shown.replace(" ", "").isalpha():
                letters[first:last] = shown.upper()
    return Folded(
        "".join(letters[i] for i in order),
        array("I", (starts[i] for i in order)),
        array("I", (ends[i] for i in order)),
        (*folded.notes, "text under a direction override turned round"),
    )


_URDU = str.maketrans(
    {"ه": "ہ", "ھ": "ہ", "ة": "ہ", "ە": "ہ", "ي": "ی", "ى": "ی", "ې": "ی", "ك": "ک", "ڪ": "ک"}
)
"""One letter of Urdu under the several code points that keyboards and fonts give it (domain facts, 1.1)."""

_LOOKALIKE_SCRIPTS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "LISU", "COPTIC", "DESERET", "OSAGE")
_SHAPED = re.compile(
    r"(?:SQUARED|CIRCLED|PARENTHESIZED|REGIONAL INDICATOR SYMBOL|MODIFIER LETTER|LETTER SMALL CAPITAL)\b"
    r".* (?P<letter>[A-Z])$"
)
_BY_NAME = {
    "ARABIC FULL STOP": ".",
    "DEVANAGARI DANDA": ".",
    "ARABIC QUESTION MARK": "?",
    "ARABIC COMMA": ",",
    "ARABIC SEMICOLON": ",",
    "FRACTION SLASH": "/",
    "DIVISION SLASH": "/",
    "BIG SOLIDUS": "/",
    "MINUS SIGN": "-",
    "HYPHEN BULLET": "-",
    "ACUTE ACCENT": "'",
    "MODIFIER LETTER APOSTROPHE": "'",
    "ARABIC TATWEEL": "",
    "BRAILLE PATTERN BLANK": "",
    "HANGUL FILLER": "",
    "HANGUL CHOSEONG FILLER": "",
    "HANGUL JUNGSEONG FILLER": "",
    "HALFWIDTH HANGUL FILLER": "",
}
"""Punctuation that a pattern should meet in one form only, and blanks that Unicode counts as letters."""


@lru_cache(maxsize=16384)
def _fold_character(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    name = unicodedata.name(char, "")
    folded = _special(char, category, name)
    if folded is not None:
        return folded
    latin = _latin_lookalike(char, name)
    if latin is not None:
        return latin
    plain = unicodedata.normalize("NFKD", char)
    if plain != char and len(plain) <= _LONGEST_FORM:
        return "".join(map(_fold_character, plain))
    return char.translate(_URDU)


_LONGEST_FORM = 8
"""Letters that one character may stand for. What stands for more is a word, and no way to write a letter."""

_BY_CATEGORY = {"Cf": "", "Cs": "\ufffd", "Co": "\ufffd", "Cn": "\ufffd", "Cc": " ", "Zs": " ", "Zl": "\n",
                "Zp": "\n", "Pd": "-", "Me": ""}  # fmt: skip


def _special(char: str, category: str, name: str) -> str | None:
    """What Unicode's categories and names decide by themselves; None where they don't."""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Mn":
        # Vowel signs of Devanagari and Bengali are marks too, and are part of the word.
        return "" if name.startswith(("COMBINING", "ARABIC", "VARIATION", "CYRILLIC")) else char
    if name in _BY_NAME:
        return _BY_NAME[name]
    if category in ("Pi", "Pf"):
        return "'" if "SINGLE" in name else '"'
    shaped = _SHAPED.search(name)
    if shaped:
        small = " SMALL LETTER " in name or name.startswith("MODIFIER LETTER SMALL")
        return shaped["letter"].lower() if small else shaped["letter"]
    return None


def _latin_lookalike(char: str, name: str) -> str | None:
    """The ASCII letter that this one is mistaken for, by the Unicode consortium's list, if there is one."""
    if name.startswith("LATIN"):
        stem = re.match(r"LATIN (?P<case>SMALL|CAPITAL) LETTER (?P<letter>[A-Z]) WITH ", name)
        if stem:
            return stem["letter"].lower() if stem["case"] == "SMALL" else stem["letter"]
    elif not name.startswith(_LOOKALIKE_SCRIPTS):
        return None
    for other in _confusables().get(char, ()):
        latin = other["c"]
        if len(latin) == 1 and latin.isascii() and latin.isalnum():
            # The list gives one answer, `l`, for every upright stroke; a capital stands for a capital.
            return "I" if latin == "l" and char.isupper() else latin
    return None


@lru_cache(maxsize=1)
def _confusables() -> dict[str, list[dict[str, str]]]:
    # Imported when the first such letter is met: it costs 70 ms and 18 MB that plain text never needs.
    from confusable_homoglyphs import confusables  # type: ignore[import-untyped]

    data: dict[str, list[dict[str, str]]] = confusables.confusables_data
    return data


def _kind_of_change(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cf", "Me") or category == "Mn":
        return "invisible characters, strokes or vowel points removed"
    if category == "Nd":
        return "digits of another script read"
    if category in ("Lu", "Ll", "Lo", "Lm", "So", "Nl", "No"):
        return "letters of another shape or script read"
    return "punctuation and blanks made plain"
