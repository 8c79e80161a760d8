"""Restores label words that were damaged on their way into a text: by a scanner, by a column too narrow."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from detectors.allowance import left
from detectors.folded import Folded, Piece, pieces, put_together

_COLUMN_GAP = regex.compile(r"[ \t]{3,}|\t")
_LONGEST_LINE, _LONGEST_COLUMN = 200, 40
_ARABIC = regex.compile(r"\A\p{Arabic}+\z")
_LONG, _WRONG_BODIES, _MISREAD = 9, 2, 4
_TOOTHED = frozenset("بجفطصع")
_FINAL = regex.compile("ے\\Z")
"""What the end of خفیہ is read as where its last letter is short."""

_BODIES = str.maketrans(
    {
        letter: alike[0]
        for alike in ("بپتٹثنیئي", "جچحخ", "دڈذ", "رڑزژ", "سش", "صض", "طظ", "عغ", "فق", "کگك", "ہھةۃه", "اآأ")
        for letter in alike
    }
)


def repaired(text: str, words: Sequence[str]) -> Folded | None:
    """The text with label words restored that a scanner damaged; None where there is nothing to restore.

    Only what stands alone in its line or column and is mostly capitals is touched: `SECREI`, `S ECRET`,
    `CQNFIDENTIAL`, `TERCES`. One wrong letter is allowed in a short word, two in a long one. A word that is
    broken over short lines is put together in any case. Urdu letters count as wrong only where their bodies
    differ: what a scanner loses first is the dots.
    """
    places = [*_columns(text), *_short_lines(text)]

    def restored(written: str) -> str | None:
        return _broken(written, words) if "\n" in written else _damaged(written, words)

    return _put_right(text, places, restored)


def signs_of_damage(words: Sequence[str]) -> Iterator[str]:
    """Expressions of which one is found in every text that `repaired` restores something in.

    Where at most so many letters of a word are wrong, one of its parts is whole, if it has one part more. A
    word that stands there backwards, or is broken over lines, is whole. Of Urdu words, only that they stand
    by themselves can be said.
    """
    for word in words:
        letters = [letter for letter in word if letter.isalnum()]
        if not all(map(str.isascii, letters)):
            continue
        wrong = _wrong_letters(len(letters))
        size = len(letters) // (wrong + 1)
        parts = [letters[at * size : (at + 1) * size] for at in range(wrong + 1)]
        yield from map(_spaced, parts)
        yield f"(?i:{_spaced(letters)}|{_spaced(letters[::-1])})".replace(_SS, f"(?:{_SS}|ß)")
    longest = max((len(word) for word in words), default=0) + 1
    yield rf"(?:^|[ \t]{{3}}|\t){_OTHER}(?:{_URDU_LETTER}{_OTHER}){{3,{longest}}}(?:$|[ \t]{{3}}|\t)"


def _wrong_letters(length: int) -> int:
    """How many letters of a word of that length may be wrong."""
    return 1 if length < _LONG else 2


def _spaced(letters: Iterable[str]) -> str:
    return _OTHER.join(letters)


_URDU_LETTER = r"[^\W\d_\x00-\x7f]"
_OTHER = r"[^\p{L}\p{N}]*"
_SS = f"S{_OTHER}S"
"""What `ß` is in capitals."""


def misread(text: str, words: Sequence[str]) -> Folded | None:
    """A text that was read off an image, with long Urdu label words restored; None where there are none.

    Whoever reads Nastaliq leaves letters out more often than it takes one for another.
    """
    long = [word for word in words if len(word.replace(" ", "")) >= _LONG and _ARABIC.search(word[0])]

    def restored(written: str) -> str | None:
        squeezed = "".join(char for char in written if char.isalnum())
        return next((word for word in long if _is_misread(squeezed, word.replace(" ", ""))), None)

    return _put_right(text, _columns(text), restored)


def _put_right(
    text: str, places: Iterable[tuple[int, int]], restored: Callable[[str], str | None]
) -> Folded | None:
    read: list[Piece] = []
    at = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start < at:
            continue
        word = restored(text[start:end])
        if word:
            read += pieces(text, at, start)
            read += [(letter, start, end) for letter in word]
            at = end
    if not read:
        return None
    read += pieces(text, at, len(text))
    return put_together(read)


def _columns(text: str) -> Iterator[tuple[int, int]]:
    """Where each line, or part of a line that a wide gap sets apart, starts and ends."""
    start = 0
    for line in text.split("\n"):
        if len(line) <= _LONGEST_LINE:
            at = 0
            for gap in (*_COLUMN_GAP.finditer(line), None):
                column = line[at : gap.start() if gap else None]
                if column.strip():
                    left = start + at + len(column) - len(column.lstrip())
                    yield left, left + len(column.strip())
                at = gap.end() if gap else at
        start += len(line) + 1


_SHORT_LINE = r"[ \t]*\p{L}{1,10}(?:[ \t]\p{L}{1,10})?-?[ \t]*"
_SHORT_LINES = regex.compile(rf"(?m)^{_SHORT_LINE}(?:\n{_SHORT_LINE}){{1,11}}$")
_MOST_LINES = 12
"""Lines that one word may be broken over."""


def _short_lines(text: str) -> Iterator[tuple[int, int]]:
    """Where runs of short lines stand that a word may be broken over, each from every line to every other."""
    for run in _SHORT_LINES.finditer(text, timeout=left()):
        starts = [
            run.start(),
            *(at.end() for at in regex.finditer("\n", text, pos=run.start(), endpos=run.end())),
        ]
        ends = [*(start - 1 for start in starts[1:]), run.end()]
        for first, start in enumerate(starts):
            for end in ends[first + 1 : first + _MOST_LINES]:
                yield start, end


def _broken(written: str, words: Sequence[str]) -> str | None:
    """The word that is broken over these lines, somewhere else than between its own words."""
    letters = "".join(char for char in written if char.isalpha()).upper()
    for word in words:
        lines = [line.strip().upper() for line in written.split("\n")]
        if letters == word.replace(" ", "") and " ".join(lines) != word:
            return word
    return None


def _damaged(written: str, words: Sequence[str]) -> str | None:
    """The word that this is a damaged writing of; None where it is whole, or something else."""
    if len(written) > _LONGEST_COLUMN:
        return None
    squeezed = "".join(char for char in written if char.isalnum())
    if _ARABIC.search(squeezed):
        return next((word for word in words if _is_damaged_urdu(squeezed, word.replace(" ", ""))), None)
    capitals = sum(char.isupper() for char in squeezed)
    if capitals < 5 or capitals < 0.75 * len(squeezed):
        return None
    for word in words:
        whole = word.replace(" ", "")
        if squeezed.upper() == whole[::-1]:
            return word
        allowed = _wrong_letters(len(whole))
        if abs(len(squeezed) - len(whole)) > 1 or regex.search(rf"(?<!\w){word}(?!\w)", written):
            continue
        if squeezed.upper() not in (whole + "S", whole + "E") and _distance(squeezed, whole) <= allowed:
            return word
    return None


def _is_damaged_urdu(squeezed: str, whole: str) -> bool:
    """Whether it has the bodies of the word's letters; a long word may lack or lose some of them."""
    if squeezed == whole or len(squeezed) > len(whole) + 1:
        return False
    if len(whole) < _LONG:
        is_short_of_one = len(squeezed) == len(whole) - 1 and _distance(squeezed, whole) == 1
        return is_short_of_one or _bodies(squeezed) == _bodies(whole)
    bodies, right = _bodies(squeezed), _bodies(whole)
    return abs(len(bodies) - len(right)) <= _WRONG_BODIES and _distance(bodies, right) <= _WRONG_BODIES


def _bodies(word: str) -> str:
    """A word without its dots: each letter as the first of those that are drawn like it."""
    return _FINAL.sub("یہ", word).translate(_BODIES)


def _is_misread(squeezed: str, whole: str) -> bool:
    """Whether what was read is the word but for a few letters, most of them left out."""
    if squeezed == whole or len(squeezed) > len(whole) or not _ARABIC.search(squeezed):
        return False
    return _distance(_bodies(squeezed), _bodies(whole), _misreading) <= _MISREAD


def _misreading(body: str) -> int:
    """What a wrong letter counts: those with a tooth or a bowl are taken for one another."""
    return 2 if body in _TOOTHED else 4


def _distance(one: str, other: str, wrong: Callable[[str], int] = lambda _letter: 1) -> int:
    """How many letters must be changed, left out or put in to make one of the other (Levenshtein).

    `wrong` is what a letter counts that must be changed or left out; one that must be put in counts 1.
    """
    row = list(range(len(other) + 1))
    for letter in one:
        previous, cost = row[0], wrong(letter)
        row[0] += cost
        for column, against in enumerate(other, start=1):
            change = previous + cost * (letter != against)
            previous = row[column]
            row[column] = min(change, row[column] + cost, row[column - 1] + 1)
    return row[-1]
