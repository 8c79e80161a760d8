"""Recognizers of the admins' own: what they find, how sure they are, and what they can't do."""

import pytest
import regex

from detectors.allowance import allowed
from detectors.gate import OpenGate, PatternGate
from detectors.overlaps import resolved
from detectors.recognizers.candidate import Candidate
from detectors.recognizers.own import OwnPatternRecognizer, own_recognizers
from detectors.rulebook import OwnPattern, OwnRecognizer, OwnRecognizers

STAFF = OwnRecognizer(
    name="Staff number",
    supported_entity="STAFF_NUMBER",
    patterns=(OwnPattern("staff number", r"\bMoX-\d{5}\b", 0.3),),
    context=("staff", "service book"),
)


def proposed(text: str, *own: OwnRecognizer, flags: int = 26) -> list[Candidate]:
    made = own_recognizers(OwnRecognizers(own, global_regex_flags=flags), OpenGate())
    return [candidate for recognizer in made for candidate in recognizer.candidates(text)]


@pytest.mark.parametrize(
    ("text", "score", "reason"),
    [
        ("MoX-12345", 0.3, "the pattern's own score"),
        ("my staff number is MoX-12345", 0.65, "a context word before it adds 0.35"),
        ("SERVICE  BOOK MoX-12345", 0.65, "phrases count, in any case, however they are spaced"),
        ("flagstaff MoX-12345", 0.3, "only whole words count"),
        ("staff one two three four five MoX-12345", 0.3, "the sixth word before it is too far"),
        ("staff two three four five MoX-12345", 0.65, "the fifth is not"),
        ("MoX-12345 of our staff", 0.3, "words after it do not count, as in Presidio"),
        ("mox-12345", 0.3, "expressions are blind to case, as in Presidio"),
    ],
)
def test_context_words_speak_for_a_match(text: str, score: float, reason: str) -> None:
    assert [one.score for one in proposed(text, STAFF)] == [score], reason


def test_a_weak_match_with_a_context_word_is_as_sure_as_presidio_makes_it() -> None:
    weak = OwnRecognizer(
        "Zip", supported_entity="ZIP", patterns=(OwnPattern("zip", r"\d{5}", 0.01),), context=("zip",)
    )
    assert [one.score for one in proposed("54321 is my zip: 12345", weak)] == [0.01, 0.4]


def test_case_counts_where_the_file_s_flags_say_so() -> None:
    assert proposed("mox-12345", STAFF, flags=24) == []


def test_words_of_a_list_are_found_as_whole_words() -> None:
    projects = OwnRecognizer(
        "Projects", supported_entity="PROJECT", deny_list=("Nightjar", "Blue Heron"), deny_list_score=0.9
    )
    text = "nightjars, the Nightjar and BLUE HERON"
    assert [(text[one.start : one.end], one.score) for one in proposed(text, projects)] == [
        ("Nightjar", 0.9),
        ("BLUE HERON", 0.9),
    ]


@pytest.mark.parametrize(
    ("text", "scores", "reason"),
    [
        ("4111 1111 1111 1111", [1.0], "the check digit holds"),
        ("4111 1111 1111 1112", [0.0], "the check digit fails; kept to be explained"),
    ],
)
def test_presidio_s_own_validation_decides(text: str, scores: list[float], reason: str) -> None:
    card = OwnRecognizer("CreditCardRecognizer")
    assert [one.score for one in proposed(text, card)] == scores, reason


def test_one_of_presidio_s_that_works_by_code_is_run_too() -> None:
    mobile = OwnRecognizer("Mobiles", class_name="ZaMobileNumberRecognizer", supported_entity="MOBILE")
    [found] = proposed("call 082 123 4567", mobile)
    assert (found.entity, found.start, found.evidence.recognizer) == ("MOBILE", 5, "Mobiles")


def test_what_takes_too_long_is_told_and_never_skipped() -> None:
    slow = OwnRecognizer(
        "Slow", supported_entity="X", patterns=(OwnPattern("slow", r"(?:a|aa|b?a)+(?:c|!\d)", 0.5),)
    )
    with allowed(0.05), pytest.raises(TimeoutError):
        proposed("a" * 5000 + "!", slow)


def test_every_expression_can_be_asked_for_as_it_is_compiled() -> None:
    [made] = own_recognizers(OwnRecognizers((STAFF,)), OpenGate())
    assert isinstance(made, OwnPatternRecognizer)
    assert [(one.regex, made.global_regex_flags) for one in made.patterns] == [
        (r"\bMoX-\d{5}\b", int(regex.DOTALL | regex.MULTILINE | regex.IGNORECASE))
    ]


def test_a_disabled_recognizer_is_not_made_even_where_it_could_not_be() -> None:
    assert proposed("Ali", OwnRecognizer("SpacyRecognizer", enabled=False)) == []


def test_an_own_recognizer_can_t_hide_what_it_covers() -> None:
    greedy = OwnRecognizer("Greedy", supported_entity="LINE", patterns=(OwnPattern("line", ".+", 1.0),))
    text = "CNIC 35202-1234567-1"
    card = Candidate("PK_CNIC", 5, 20, 0.9, proposed(text, greedy)[0].evidence)
    kept = [one.entity for one, is_kept in resolved([*proposed(text, greedy), card], 0.5) if is_kept]
    assert kept == ["LINE", "PK_CNIC"]


def test_two_recognizers_of_one_entity_make_one_finding() -> None:
    ours = Candidate("CREDIT_CARD", 0, 19, 0.9, proposed("MoX-12345", STAFF)[0].evidence)
    own = proposed("4111 1111 1111 1111", OwnRecognizer("CreditCardRecognizer"))
    assert [one.entity for one, is_kept in resolved([ours, *own], 0.5) if is_kept] == ["CREDIT_CARD"]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("lunch at one?", []),
        ("mox-12345", ["STAFF_NUMBER"]),
        ("the nightjar sang", ["PROJECT"]),
        ("536-90-4399", ["US_SSN"]),
    ],
)
def test_they_are_run_only_where_the_gate_lets_them(text: str, run: list[str]) -> None:
    projects = OwnRecognizer("Projects", supported_entity="PROJECT", deny_list=("Nightjar",))
    own = OwnRecognizers((STAFF, projects, OwnRecognizer("UsSsnRecognizer")))
    made = own_recognizers(own, PatternGate())
    assert [
        one.supported_entities[0] for one in made if any(sieve.is_open(text) for sieve in one.needs)
    ] == run
