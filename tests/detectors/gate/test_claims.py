"""What is claimed of an expression: of which bytes a text must hold some for it to match, in PCRE's words."""

import pytest
import regex

from detectors.gate import Sought
from detectors.gate.needs import need_of
from detectors.gate.syntax import Unreadable, read
from detectors.gate.written import Written

NOT_A_WORD = r"[\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f" + "\xbf" + r"-\xff]"


def claimed(source: str, flags: int) -> Written:
    """The one expression over bytes that must match."""
    need = need_of(Sought(source, flags))
    assert need is not None
    [claim] = need
    return claim


@pytest.mark.parametrize(
    ("source", "flags", "claim", "reason"),
    [
        ("secret", 0, "secret", "letters stand for themselves"),
        ("a|b", 0, "[a-b]", "one of several letters is a set"),
        ("colou?r", 0, "colo(?:u?)r", "what may be left out"),
        ("(?:(?:|a)|b)c", 0, "(?:[a-b])?c", "what may be left out of a choice within a choice"),
        ("a(?#note)?b", 0, "(?:a?)b", "a note between a thing and how often it stands there"),
        ("a b # c", regex.X, "ab", "blanks and notes of a verbose expression"),
        (r"a\ [ ]b", regex.X, r"a\x20\x20b", "blanks that count in a verbose expression"),
        ("a{3,}", 0, "a{3,}", "counted, without an end"),
        ("x{40}", 0, "x{40,40}", "a single thing is counted"),
        ("x{600}", 0, "x{512,}", "up to a limit"),
        ("(?:ab){40}", 0, "(?:ab){16,}", "larger things up to a lower one"),
        ("a{0}b", 0, "b", "none of it"),
        ("a{x}", 0, r"a\x7bx\x7d", "braces that count nothing"),
        ("(?>ab)c*+", 0, "ab(?:c*)", "what gives nothing back is the same without"),
        (r"\bab", 0, f"{NOT_A_WORD}ab", "no letter before a word that begins"),
        (r"ab\b", 0, f"ab{NOT_A_WORD}", "no letter after a word that ends"),
        (r"a\bb", 0, "ab", "an edge within is let go"),
        (r"\b-a", 0, r"\x2da", "before a mark an edge may be anything"),
        (r"(?<!\w)ab(?!\w)", 0, f"{NOT_A_WORD}ab{NOT_A_WORD}", "what must not stand beside it"),
        (r"(?:(?<!\w)a)?b", 0, f"(?:(?:{NOT_A_WORD}a)?)b", "what must not stand beside a part that may be missing"),
        ("(?!ab)c", 0, "c", "what forbids more than a character forbids nothing"),
        ("a(?=b)", 0, "ab", "what must follow at the end"),
        ("a(?=b)b", 0, "ab", "what must follow is let go where something does"),
        ("(?<=ab)c", 0, "abc", "what must precede at the start"),
        (r"(?!)|a", 0, "a", "what never matches is left out of a choice"),
        ("^a", 0, r"\x00a", "the start of the text"),
        ("^a", regex.M, r"[\x00\x0a]a", "or of a line"),
        ("a$", 0, r"a[\x00\x0a]", "the end of the text, or before its last line break"),
        (r"\Aa\Z", 0, r"\x00a\x00", "the edges of the text"),
        (r"(a)\1b", 0, "a(?:.*)b", "what refers back is anything"),
        (r"(?P<x>a)(?P=x)", 0, "a(?:.*)", "by name as well"),
        (r"\x41\u0627\n", 0, r"A\x85\x0a", "characters by their numbers"),
        ("(?i:a)b", 0, "[Aa]b", "the case of a part counts"),
        ("(?-i:a)b", regex.I, "a[Bb]", "likewise"),
        ("[^a]", 0, r"[\x01-\x60b-\xff]", "all other characters, of which an edge is none"),
        ("[]x]", 0, r"[\x5dx]", "a bracket that is a member"),
        ("TOP", regex.I, "top", "any case"),
        ("(?i)TOP", 0, "top", "any case, told within"),
        ("k", regex.I, "[k\xea]", "the sign of the kelvin is a k"),
        ("é", 0, "\xc9", "a letter beyond ASCII is its byte"),
        ("é", regex.I, "[\xc0-\xdf]", "any of them where it has two cases"),
        (r"\d", 0, "[0-9]", "digits are ASCII's after folding"),
        (r"[\w.-]", 0, r"[\x2d-\x2e0-9\x5fa-z\x80-\xff]", "letters are not"),
        ("[ث-ح]", 0, r"[\x8a-\x8b\x8d]", "letters of Urdu, each by its own byte"),
        ("[[:alpha:]]", 0, r"[a-z\x80-\xff]", "a named class"),
        (r"\p{Arabic}", 0, "[\\x80-\xdf]", "a script, which no sign is of"),
    ],
)  # fmt: skip
def test_an_expression_needs_its_bytes(source: str, flags: int, claim: str, reason: str) -> None:
    written = claimed(source, flags).expression.decode("latin-1")
    assert written.replace("\xff", r"\xff") == claim, reason


@pytest.mark.parametrize(
    ("source", "flags", "is_caseless"),
    [
        ("TOP", 0, False),
        ("TOP", regex.I, True),
        ("(?i)TOP", 0, True),
        ("(?i:T)op", 0, False),
        ("[A-Z]", 0, False),
        ("[A-Za-z]", 0, True),
        (r"\d", 0, True),
        ("خفیہ", 0, True),
    ],
)
def test_case_is_told_by_one_sign_where_none_of_its_letters_has_one(
    source: str, flags: int, is_caseless: bool
) -> None:
    assert claimed(source, flags).is_caseless is is_caseless


@pytest.mark.parametrize("source", ["(?!)", "a(?!)", "(?!a?)b", "(?!)+"])
def test_what_never_matches_needs_what_is_never_there(source: str) -> None:
    assert need_of(Sought(source, 0)) == ()


@pytest.mark.parametrize(
    "source",
    ["", "a*", "(?:a|)", "(?:(?:a|)|b)", r"\b", r"\B", "(?=a)?", "(?<=a)*", r"(?P<x>a?)(?P=x)", "(?#note)"],
)
def test_of_what_may_match_nothing_nothing_is_claimed(source: str) -> None:
    assert need_of(Sought(source, 0)) is None


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        *((one, 0) for one in (
            "(?:a){e<=1}", "a{1i+1d<3}", "a{e:[{]}", "a{2, 3}", r"\X", r"\R", r"\N{DIGIT ONE}", r"\L<words>", r"a\_",
            "(?(1)a|b)", "(?|a|b)", "(?f:a)", "(?w)a", "(?V1)a", "a(?i)b", "[[:]", "[+-[:alpha:]]", r"[a-\d]", "(?(?=a)b)",
            "(", ")", "(?:a", "[a", "[a\\", "a\\", "*", "a|*", "(?#a", "[z-a]",
        )),
        ("a", regex.V1), ("a", regex.BESTMATCH), ("a", regex.ASCII), ("a", regex.FULLCASE), ("a", regex.WORD),
    ],
)  # fmt: skip
def test_what_is_not_known_is_unreadable_and_always_tried(source: str, flags: int) -> None:
    with pytest.raises(Unreadable):
        read(source, flags)
    assert need_of(Sought(source, flags)) is None


def test_what_is_too_long_is_claimed_in_pieces_of_which_one_is_there() -> None:
    words = [f"{chr(97 + at % 26)}{at:05}" for at in range(3000)]
    need = need_of(Sought(rf"(?:{'|'.join(words)})!", 0))
    assert need is not None
    assert len(need) > 1
    assert all(len(one.expression) <= 12_000 for one in need)
    for word in words[::97]:
        assert any(regex.search(one.expression, f"{word}!".encode()) for one in need)
