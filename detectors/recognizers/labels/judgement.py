"""Tells a marking from a mention, in named steps.

The words of a level are the same in both. What differs is where they stand (alone in a line, on top, at the
bottom, at the start of a paragraph), how they are written (capitals among small letters), and what stands
beside them (`Classification:`, `marked`, a list of levels, `ballot`). Each of these is a step that adds to
the score or takes from it; the steps and their weights come from `config/judgement.yaml`.
"""

from dataclasses import dataclass

import regex

from detectors.allowance import left
from detectors.gate import Gate, Sieve, Sought
from detectors.recognizers.asking import Contexts
from detectors.recognizers.candidate import Tally
from detectors.recognizers.labels.grammar import Sighting
from detectors.recognizers.page import Page
from detectors.rulebook import Form, Judgement, Place, Where, sought
from detectors.rulebook.expressions import NEVER


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sighting counts, of which form it is, and why."""

    tally: Tally
    form: Form


@dataclass(frozen=True, slots=True)
class Look:
    """How a sighting looks in its line."""

    own_line: bool
    alone: bool
    first: bool
    band: bool
    last: bool
    capitals: bool
    first_capital: bool
    caseless: bool
    distinct: bool
    opens: bool
    bracketed: bool
    compound: bool
    code: bool


_BAND = 2
"""Lines from the top, counted from 0, in which a heading may stand below a line or two of talk."""

_STRAY = regex.compile(r"(?<!\w)(?![aA])\w(?!\w)")
"""A single letter or digit, as a scanner makes of a speck; the article is none."""

_SPECK = regex.compile(r"[@®©§°¢¥«»¬]")
_SPECKS = 4
"""Letters and digits beside a label that are dirt where a sign that nobody types is near."""

_LONGEST_COMPANY = 160
"""Characters beside a label in its line, past which it does not stand alone in it."""

_LETTER = regex.compile(r"[^\W\d_]")
_SMALL = regex.compile(r"\p{Ll}")
_ODD_CAPITALS = regex.compile(r"\p{Ll}\p{Lu}+\p{Ll}|\p{Lu}\p{Ll}\p{Lu}")
_CASELESS = regex.compile(r"[^\W\d_\p{Lu}\p{Ll}]")
_OPENING = regex.compile(r"^[\W_]*(?:(?:re|fwd?|fw|subject|sub|subj)[ \t]*:[\W_]*)*$", regex.IGNORECASE)
_AFTER_OPENING = regex.compile(r"^[ \t]*(?:[:/|>\])}*#\u2022]|[-.]+(?=\s|$)|[-=*#]{2,}|//)")
_ITEM = regex.compile(
    r"^[\W_]*(?:(?:re|fwd?|subj(?:ect)?|title)[ \t]*:[\W_]*)*"
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|\p{L}|[ivxIVX]{1,5})[.):]+)?[\W_]*$",
    regex.IGNORECASE,
)
_BEGINS = regex.compile(r"^\s{1,4}[\"'\[]?(?=[\p{Lu}\p{Lo}\d])")
_LEADS_TO = regex.compile(
    r"(?:[:,\"'`(=|>]|\b(?:use|using|add|adds|apply|put|write|type|insert|append|with|as|like|is|be|are|or|and|"
    r"the|an?|tag|mark(?:ed|ing)?|in|to|has|contains|shows|reads))\s*$"
    r"|\be\.g\.|\bfor (?:example|instance)\b|\bsuch as\b",
    regex.IGNORECASE,
)
_LEFT_BRACKET = regex.compile(r"(?:[\[({<|*~]|[=#-]{2,})[ \t]*$")
_RIGHT_BRACKET = regex.compile(r"^[ \t]*(?:[\])}>|*~]|[=#-]{2,})")
_COMPOUND_BEFORE = regex.compile(r"[\w@#$\\][-_./]?$|\w\.[-_/]?$|\$[{(]$")
_COMPOUND_AFTER = regex.compile(r"^(?:[_@\\]|[-./](?=\p{Ll})|\.(?=\w)|\(\)|['’]s\b|[ \t]?=(?!=))")
_CODE = regex.compile(
    r"[;{}]\s*$|^\s*(?:\$|>>>|//|#include|import |from \w+ import|def |class |const |let |var |export |"
    r"kubectl|SELECT |git |docker |curl )|[=!]=|=>|->|\s--[a-z]|\w\(\w*\)|\w\.\w+\("
    r"|</?(?!(?:b|i|u|s|p|em|strong|code|pre)>)\w+>|\b\w+\s?=\s?[\"'{\[]",
    regex.MULTILINE,
)


class Judge:
    """Weighs sightings by one rulebook."""

    def __init__(self, judgement: Judgement, level_words: Sought, around: Gate) -> None:
        self._weights = judgement.weights
        self._contexts = Contexts(judgement.contexts, around)
        companions = sought("|".join(f"(?:{one})" for one in judgement.companions or (NEVER,)))
        self._companions = Sieve(around, [("company", companions)])
        self._level_words = level_words
        self._named_levels = Sieve(around, [("a level", level_words)])

    def verdict(self, page: Page, sighting: Sighting, look: Look, others: int) -> Verdict:
        """Weighs one sighting; `others` is how often the same words fill another line of the page."""
        rule = sighting.rule.rule
        if rule.form != "position":
            tally = Tally().add("written as only a marking is", rule.base or self._weights.fixed)
            tally, _ = self._in_company(tally, look, page, sighting)
            return Verdict(tally, rule.form)
        tally = self._placed(look, sighting, others)
        tally = self._neighboured(tally, look, page, sighting)
        tally, form = self._in_company(tally, look, page, sighting)
        return Verdict(tally, form or _form_of(look))

    def look(self, page: Page, sighting: Sighting) -> Look:
        """How the words stand in their line, and how they are written."""
        number = page.line_number(sighting.start)
        line = page.lines[number]
        # A line may be a whole page long: what is far from the label says nothing about its place.
        before = page.text[max(line.start, sighting.start - 2 * _LONGEST_COMPANY) : sighting.start]
        after = page.text[
            sighting.end : min(max(line.end, sighting.end), sighting.end + 2 * _LONGEST_COMPANY)
        ]
        alone = len(before) + len(after) <= _LONGEST_COMPANY and self._only_company(before, after)
        word, around = sighting.word, page.text[max(line.start, sighting.start - 200) : sighting.end + 200]
        small = bool(_SMALL.search(word)) and not _ODD_CAPITALS.search(word)
        return Look(
            own_line=alone,
            alone=len(page.lines) == 1,
            first=number == 0,
            band=number <= _BAND and number < len(page.lines) - 1,
            last=number == len(page.lines) - 1,
            capitals=not small and not _CASELESS.search(word),
            first_capital=word[:1].isupper(),
            caseless=bool(_CASELESS.search(word)),
            distinct=bool(_SMALL.search(around)) or len(_LETTER.findall(page.text[:400])) <= len(word) + 3,
            opens=line.start + 2 * _LONGEST_COMPANY > sighting.start
            and bool(_OPENING.match(before))
            and bool(_AFTER_OPENING.match(after)),
            bracketed=bool(_LEFT_BRACKET.search(before)) and bool(_RIGHT_BRACKET.match(after)),
            compound=bool(_COMPOUND_BEFORE.search(before)) or bool(_COMPOUND_AFTER.match(after)),
            code=bool(_CODE.search(f"{before}{word}{after}")),
        )

    def _only_company(self, before: str, after: str) -> bool:
        """Whether a line holds nothing besides the label but what may stand beside one."""
        rest = f"{before} \n {after}"
        for company in (self._named_levels, self._companions):
            for _, words in company.within(rest):
                rest = words.sub(" ", rest, timeout=left())
        rest = _STRAY.sub(" ", rest)
        dirt = sum(map(str.isalnum, rest))
        return dirt == 0 or (dirt <= _SPECKS and _SPECK.search(rest) is not None)

    def _placed(self, look: Look, sighting: Sighting, others: int) -> Tally:
        tally = self._worded(Tally(), look, sighting)
        if look.own_line:
            return self._standing(tally, look, others)
        if look.opens and _stands_out(look, sighting):
            return tally.add("opens its line", self._weights.opens)
        if look.bracketed and _stands_out(look, sighting):
            return tally.add("set in brackets", self._weights.bracketed)
        return tally.add("in running text", self._weights.prose)

    def _worded(self, tally: Tally, look: Look, sighting: Sighting) -> Tally:
        weights = self._weights
        if sighting.rule.rule.base is not None:
            tally = tally.add("written as only a marking is", sighting.rule.rule.base)
        elif sighting.level.ordinary:
            tally = tally.add("an ordinary word", weights.ordinary)
        else:
            tally = tally.add("a term of classification", weights.distinctive)
        if look.capitals and (look.distinct or look.own_line):
            return tally.add("in capitals", weights.capitals)
        if look.own_line and look.first_capital:
            return tally.add("capital first letter", weights.first_capital)
        if look.caseless and (look.own_line or look.opens or look.bracketed):
            return tally.add("a script without capitals", weights.no_case)
        return tally

    def _standing(self, tally: Tally, look: Look, others: int) -> Tally:
        weights = self._weights
        big = look.capitals or look.first_capital or look.caseless
        tally = tally.add("alone in its line", weights.own_line if big else weights.own_line_small)
        if look.first and not look.alone:
            tally = tally.add("heads the text", weights.heads if big else weights.heads_small)
        elif look.band:
            tally = tally.add("near the top", weights.heads_small)
        elif look.last and not look.alone:
            tally = tally.add("closes the text", weights.closes)
        return tally.add("stands alone in another line too", weights.repeated) if others else tally

    def _neighboured(self, tally: Tally, look: Look, page: Page, sighting: Sighting) -> Tally:
        weights = self._weights
        if look.compound:
            tally = tally.add("part of a longer word or name", weights.compound)
        if look.code and not look.own_line:
            tally = tally.add("in a line of code", weights.code)
        if self._listed(look, page, sighting):
            tally = tally.add("in a list of levels", weights.list_of_levels)
        return tally

    def _listed(self, look: Look, page: Page, sighting: Sighting) -> bool:
        # What a marking says of itself (`UK SECRET UK EYES ONLY`) is one member, however many words it holds.
        around = page.text[max(sighting.start - 120, 0) : sighting.start]
        around = f"{around} \n {page.text[sighting.end : sighting.end + 120]}"
        # Below a heading in capitals, the same words in small letters are no members but ordinary words.
        listed = [
            word
            for _, level_words in self._named_levels.within(around)
            for word in level_words.findall(around, timeout=left())
            if not (look.own_line and look.capitals and _SMALL.search(word))
        ]
        return len({regex.sub(r"[\W_]+", "", word).casefold() for word in (*listed, sighting.word)}) >= 3

    def _in_company(
        self, tally: Tally, look: Look, page: Page, sighting: Sighting
    ) -> tuple[Tally, Form | None]:
        form: Form | None = None
        without: list[Where] = []
        if sighting.rule.rule.form != "position":
            without += ("just before", "just after")
        if self._speaks_for_itself(page, sighting):
            without += ("sentence", "clause")
        for context in self._contexts.holding(
            page,
            sighting.start,
            sighting.end,
            wanted=lambda context: _looks_so(look, context.on),
            without=without,
        ):
            tally = tally.add(context.name, context.weight)
            form = form or context.form
        return tally, form

    def _speaks_for_itself(self, page: Page, sighting: Sighting) -> bool:
        """Whether the sentence beside a mark is the paper's own, so that its words say nothing of the mark.

        Only of marks whose form is enough to know them. A portion mark opens its line and a sentence begins
        after it: with a capital, and not with the name of a level, as the line of a legend does. A mark that
        a mail program sets closes the subject; where it is told what to write, words like `use` lead to it.
        What is said about a mark (`(S//NF) means secret`) goes on in small letters.
        """
        form = sighting.rule.rule.form
        if form == "position":
            return False
        line = page.line(sighting.start)
        if form == "metadata":
            before = page.text[max(line.start, sighting.start - _LONGEST_COMPANY) : sighting.start]
            after = page.text[sighting.end : max(line.end, sighting.end)]
            return not after.strip() and not _LEADS_TO.search(before)
        if sighting.start - line.start > _LONGEST_COMPANY:
            return False
        after = page.after(sighting.end)
        begins = _BEGINS.match(after)
        return (
            begins is not None
            and _ITEM.match(page.text[line.start : sighting.start]) is not None
            and self._level_words.expression.match(after, begins.end()) is None
        )


def _looks_so(look: Look, place: Place) -> bool:
    match place:
        case "anywhere":
            return True
        case "own line":
            return look.own_line
        case "prose":
            return not look.own_line
        case "opening":
            return look.opens and not look.own_line


def _stands_out(look: Look, sighting: Sighting) -> bool:
    """Whether the words look like a heading: in capitals, or a term with a capital first letter."""
    return look.capitals or look.caseless or (look.first_capital and not sighting.level.ordinary)


def _form_of(look: Look) -> Form:
    if look.own_line:
        return "banner"
    if look.opens or look.bracketed:
        return "stamp"
    return "inline"
