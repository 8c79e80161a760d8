"""Other ways to read a text, each for one kind of thing that may be disguised so.

Letters set apart, letters written as digits, a letter that a scanner misread: undoing these everywhere
would make labels and numbers out of ordinary words, so each is a view of its own, in which only label words,
or only identifiers, are looked up. A view maps back to the folded text that it was made from.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from detectors.allowance import left
from detectors.folded import Folded, Piece, pieces, put_together
from detectors.gate import Gate, Sieve, Sought


@dataclass(frozen=True, slots=True)
class View:
    """A way to read texts that ask for it: one in which `asks` is found.

    `sign` is an expression without references back that is found wherever `asks` is.
    """

    name: str
    asks: regex.Pattern[str]
    read: Callable[[str], Folded]
    sign: str = ""


class LabelViews:
    """Every other way to read labels in a text, of which `sought` are the expressions."""

    def __init__(self, gate: Gate, sought: Iterable[Sought]) -> None:
        self._asking = _asking(_LABEL_VIEWS, gate)
        disguised = (Sought(one.source, one.flags, _STANDING_FOR) for one in sought)
        self._disguised = Sieve(gate, ((one, one) for one in disguised))
        self.needs = (self._asking, self._disguised)

    def of(self, text: str) -> Iterator[tuple[str, Folded]]:
        """Each of them that the text asks for, with its name."""
        for view, _ in self._asking.within(text):
            if view.asks.search(text, timeout=left()):
                yield view.name, view.read(text)
        # Digits stand beside letters everywhere, so it is asked for what they would make.
        if self._disguised.is_open(text) and _LEET.search(text, timeout=left()):
            for stroke in "IL":
                yield "digits read as letters", digits_as_letters(text, stroke)


class NumberViews:
    """Every other way to read numbers in a text. Several recognizers look at the same ones."""

    def __init__(self, gate: Gate) -> None:
        self.asking = _asking(_NUMBER_VIEWS, gate)
        self.of = lru_cache(maxsize=4)(self._of)

    def _of(self, text: str) -> tuple[tuple[str, Folded], ...]:
        return tuple(
            (view.name, view.read(text))
            for view, _ in self.asking.within(text)
            if _DIGIT.search(text) and view.asks.search(text, timeout=left())
        )


def _asking(views: Iterable[View], gate: Gate) -> Sieve[View]:
    return Sieve(gate, ((view, Sought(view.sign or view.asks.pattern, view.asks.flags)) for view in views))


_CHARACTERS_APART = regex.compile(r"(?<!\S)\S(?:[ \t]\S){5,}(?!\S)")


def characters_joined(text: str) -> Folded:
    """`F . 7 ( 3 ) / 2 0 2 3` as `F.7(3)/2023`: every character has one blank after it, so none counts."""
    read: list[Piece] = []
    at = 0
    for run in _CHARACTERS_APART.finditer(text, timeout=left()):
        read += pieces(text, at, run.start())
        read += ((text[index], index, index + 1) for index in range(run.start(), run.end(), 2))
        at = run.end()
    read += pieces(text, at, len(text))
    return put_together(read)


_DIGIT = regex.compile(r"\d")
_LETTER_IN_NUMBER = regex.compile(r"\d[OolISBZ|]|[OolISBZ|]\d")
_NUMBER_WORD = regex.compile(r"(?<!\w)[\dOolISBZ|+][\dOolISBZ| -]{5,20}(?!\w)")
_DIGITS = str.maketrans("OolISBZ|", "00115821")


def letters_as_digits(text: str) -> Folded:
    """`O3OO-55l8299` as `0300-5518299`: among digits, letters shaped like digits are digits."""

    def read(word: regex.Match[str]) -> str:
        digits = sum(char.isdigit() for char in word[0])
        return word[0].translate(_DIGITS) if 2 * digits >= sum(map(str.isalnum, word[0])) else word[0]

    return Folded(_NUMBER_WORD.sub(read, text, timeout=left()))


_MARK_IN_NUMBER = regex.compile(
    r"(?<=\d)[ \t]?(?:[^\w\s.,:;/()%$+=<>-]|_){1,3}[ \t]?(?=\d)"
    r"|(?<=\d)[ \t]?\b(?:dash|hyphen|minus|dot|slash|tilde|underscore|ڈیش)\b[ \t]?(?=\d)",
    regex.IGNORECASE,
)


def with_hyphens(text: str) -> Folded:
    """`15602🌸7730194🌸1` and `15602 dash 7730194 dash 1` as `15602-7730194-1`."""
    read: list[Piece] = []
    at = 0
    for mark in _MARK_IN_NUMBER.finditer(text, timeout=left()):
        read += pieces(text, at, mark.start())
        read.append(("-", mark.start(), mark.end()))
        at = mark.end()
    read += pieces(text, at, len(text))
    return put_together(read)


_DIGIT_WORDS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero sifar صفر", "one aik ek ایک", "two do دو", "three teen تین", "four char chaar چار",
            "five panch paanch پانچ", "six chay chhe چھ چہ", "seven saat سات", "eight aath آٹہ آٹھ",
            "nine nau نو",
        )
    )
    for word in words.split()
}  # fmt: skip
_DIGIT_WORD = rf"(?:(?:double|triple|dabal)[ \t])?(?:{'|'.join(_DIGIT_WORDS)})"
_TOLD_NUMBER = regex.compile(
    rf"(?<!\w)(?:\d{{1,13}}[ \t,.-]{{1,3}}){{0,8}}{_DIGIT_WORD}"
    rf"(?:[ \t,.-]{{1,3}}(?:\d{{1,13}}|{_DIGIT_WORD})){{2,15}}(?!\w)",
    regex.IGNORECASE,
)
_TOLD_PIECE = regex.compile(rf"(?<!\w)(?:{_DIGIT_WORD}|\d+)(?!\w)", regex.IGNORECASE)
_FEWEST_TOLD = 7
"""Digits of the shortest number that anyone tells in words to hide it."""


def words_as_digits(text: str) -> Folded:
    """`0300 five five one 8299` as `0300 5 5 1 8299`, where enough digits come together."""
    read: list[Piece] = []
    at = 0
    for run in _TOLD_NUMBER.finditer(text, timeout=left()):
        told = [(_digits_of(one[0]), *one.span()) for one in _TOLD_PIECE.finditer(text, *run.span())]
        if sum(len(digits) for digits, _, _ in told) < _FEWEST_TOLD:
            continue
        read += pieces(text, at, run.start())
        at = run.start()
        for digits, start, end in told:
            read += pieces(text, at, start)
            read += (
                pieces(text, start, end) if text[start].isdigit() else ((one, start, end) for one in digits)
            )
            at = end
    read += pieces(text, at, len(text))
    return put_together(read)


def _digits_of(told: str) -> str:
    if told.isdigit():
        return told
    *times, word = told.casefold().split()
    return _DIGIT_WORDS[word] * (1 if not times else 3 if times[0] == "triple" else 2)


_SEPARATOR = r"(?:[^\w\n]|_)"
_APART = regex.compile(
    rf"(?<![^\W\d_])[^\W\d_](?:(?:{_SEPARATOR}{{1,4}}|\n{{1,2}})[^\W\d_]){{3,}}(?![^\W\d_])"
)


_GAP = regex.compile(r"[\W_]+")


def letters_joined(text: str) -> Folded:
    """`S E C R E T` and `S.E.C.R.E.T` as `SECRET`; a wider gap than the usual is a blank between words."""
    read: list[Piece] = []
    at = 0
    for run in _APART.finditer(text, timeout=left()):
        read += pieces(text, at, run.start())
        ((gap, times),) = Counter(_GAP.findall(run[0])).most_common(1)
        mixed = times == 1
        position = run.start()
        for part in regex.finditer(r"[^\W\d_]|[\W_]+", run[0]):
            start, end = position + part.start(), position + part.end()
            if part[0][0].isalpha():
                read.append((part[0], start, end))
            elif part[0] != gap and part[0].isspace():
                read.append((" ", start, end))
            elif mixed and len(part[0]) == 1:
                continue
            elif part[0] != gap and len(part[0]) >= len(gap):
                # `.-.` between letters set apart by dots is a hyphen.
                own = [piece for piece in pieces(text, start, end) if piece[0] not in gap]
                read += own or pieces(text, start, end)
        at = run.end()
    read += pieces(text, at, len(text))
    return put_together(read)


_STROKE_AMONG_CAPITALS = regex.compile(r"\p{Lu}l\p{Lu}|\p{Lu}{3}l\b")
_LEET = regex.compile(rf"[^\W\d_][0134578@$!|€+]|[0134578@$!|€+][^\W\d_]|{_STROKE_AMONG_CAPITALS.pattern}")
_LEET_WORD = regex.compile(r"[\w@$!|€+]{3,}")
_LETTERS = {
    "0": "O",
    "3": "E",
    "4": "A",
    "5": "S",
    "7": "T",
    "8": "B",
    "@": "A",
    "$": "S",
    "€": "E",
    "+": "T",
}
_STROKES = "1!|"
_STANDING_FOR = (
    *((digit, case) for digit, letter in _LETTERS.items() for case in (letter, letter.lower())),
    *((stroke, letter) for stroke in f"{_STROKES}l" for letter in "ILil"),
)


def digits_as_letters(text: str, stroke: str) -> Folded:
    """`S3CR3T` and `5ECRET` as `SECRET`; an upright stroke is read as `stroke`, so is `l` among capitals."""
    out = list(text)
    for word in _LEET_WORD.finditer(text, timeout=left()):
        letters = [char for char in word[0] if char.isalpha()]
        if not letters or (word[0].isalpha() and not _STROKE_AMONG_CAPITALS.search(word[0])):
            continue
        capital = all(char.isupper() or char == "l" for char in letters)
        for index in range(word.start(), word.end()):
            letter = stroke if text[index] in _STROKES else _LETTERS.get(text[index])
            if letter:
                out[index] = letter if capital else letter.lower()
            elif capital and text[index] == "l":
                out[index] = stroke
    return Folded("".join(out))


_MARKED_INSIDE = regex.compile(
    r"(?<=[^\W\d_])(?:[*_`|~<>^#=+!\"]|\p{So}|\p{Sk}|[•·])+(?=[^\W\d_])"
    r"|(?<=[^\W\d_])-\n[ \t]*(?=[^\W\d_])"
    r"|(?<=(?<!\w)\p{Lu}{2,5})[-./](?=\p{Lu}{2,6}(?!\w))"
    r"|(?<=(?<!\w)\p{L}{1,5})[-./](?=\p{L}{1,5}(?:[-./]\p{L}{1,5})+(?!\w))"
    r"|(?<=(?<!\w)\p{L}{1,5}(?:[-./]\p{L}{1,5}){1,6})[-./](?=\p{L}{1,5}(?:[-./]\p{L}{1,5})*(?!\w))"
)


def without_inner_markup(text: str) -> Folded:
    """`SEC*RET`, `SEC_RET`, `SEC-RET`, `SEC🔒RET` and, broken at the line's end, `SEC-⏎RET` as `SECRET`."""
    read: list[Piece] = []
    at = 0
    for mark in _MARKED_INSIDE.finditer(text, timeout=left()):
        read += pieces(text, at, mark.start())
        at = mark.end()
    read += pieces(text, at, len(text))
    return put_together(read)


_DOUBLED = regex.compile(r"(?<!\w)(?:(\p{L})\1++){3,}+(?!\w)")


def _is_of_latin_or_urdu(letter: str) -> bool:
    return letter.isalpha() and (letter.isascii() or letter >= "\u0600")


_DOUBLED_LETTERS = "(?:{}|{}){{3}}".format(
    "|".join(f"{letter}{{2,}}" for letter in map(chr, range(0x700)) if _is_of_latin_or_urdu(letter)),
    r"[^\W\d_\x00-\x7f\u0600-\u06ff]{2,}",
)
"""Three letters that each stand there twice or more, those of Latin and Urdu by name."""

_SAME = regex.compile(r"(\p{L})\1+")


def letters_halved(text: str) -> Folded:
    """`SSEECCRREETT` as `SECRET`; a letter that is double by itself stands there four times."""
    read: list[Piece] = []
    at = 0
    for word in _DOUBLED.finditer(text, timeout=left()):
        read += pieces(text, at, word.start())
        runs = [run.span() for run in _SAME.finditer(text, *word.span())]
        times = min(end - start for start, end in runs)
        for start, end in runs:
            read += ((text[one], one, min(one + times, end)) for one in range(start, end, times))
        at = word.end()
    read += pieces(text, at, len(text))
    return put_together(read)


_CHARACTERS = View("characters set apart", _CHARACTERS_APART, characters_joined)
_LABEL_VIEWS = (
    _CHARACTERS,
    View("letters set apart", _APART, letters_joined),
    View("marks between letters", _MARKED_INSIDE, without_inner_markup),
    View("each letter written twice", _DOUBLED, letters_halved, sign=_DOUBLED_LETTERS),
)
_NUMBER_VIEWS = (
    _CHARACTERS,
    View("letters read as digits", _LETTER_IN_NUMBER, letters_as_digits),
    View("marks between digits", _MARK_IN_NUMBER, with_hyphens),
    View("digits told in words", _TOLD_NUMBER, words_as_digits),
)
