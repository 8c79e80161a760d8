"""What a text must hold for an expression to match in it is there in every text in which it matches."""

import regex
from hypothesis import example, given, reject
from hypothesis import strategies as st

from detectors.gate import Sought
from detectors.gate.alphabet import encoded
from detectors.gate.needs import need_of

ATOMS = st.sampled_from([
    "a", "B", "k", "s", "i", "0", "7", " ", "-", "خ", "ی", "é", "न", r"\d", r"\w", r"\s", r"\W", r"\S", r"\D", ".",
    "[a-c]", "[^a]", r"[\w.-]", r"[^\W\d_]", "[]x]", "[خ-ی]", "[k-t]", r"\p{Lu}", r"\P{L}", r"\p{Arabic}", r"\.", r"\n",
    r"\x41", r"\u0627", "^", "$", r"\b", r"\B", r"\A", r"\Z", "(?#note)", "(?<!\\w)", "(?!\\w)", "(?=a)", "(?<=a)",
    " ", "#", "[[:alpha:]]", "[[:]", "(?m:^)", "{", "}",
    "(?!a|bc)", "(?<![ab]|7)", "(?=a{0,2}$)", "(?<=^a?)", "(?!)", "(?!(?!a))", "(?<!(?<!a)b)",
])  # fmt: skip
REPEATS = st.sampled_from(
    ["", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "{,2}", "{0, 2}", "(?#note)?", "+?", "*+", "{20,40}"]
)
GROUPS = st.sampled_from(
    [
        "(?:%s)",
        "(%s)",
        "(?P<one>%s)",
        "(?i:%s)",
        "(?-i:%s)",
        "(?>%s)",
        "(?=%s)",
        "(?<=%s)",
        "(?!%s)",
        "(?<!%s)",
    ]
)


def _joined(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(st.builds(str.__add__, items, REPEATS), max_size=5).map("".join)
    return st.lists(row, min_size=1, max_size=3).map("|".join)


EXPRESSIONS = st.recursive(
    _joined(ATOMS),
    lambda inner: _joined(st.one_of(ATOMS, st.builds(str.__mod__, GROUPS, inner))),
    max_leaves=6,
)
TEXTS = st.text(st.sampled_from("aAbBkKsSiIcx0 7-.\n_خیéनKſıİZ#:[]{}"), max_size=12)
FLAGS = st.sampled_from([0, regex.I, regex.M, regex.I | regex.M, regex.I | regex.M | regex.S, regex.X])


def _holds(source: str, flags: int, text: str) -> bool:
    """Whether a text holds what the expression needs, as `regex` sees it."""
    needs = need_of(Sought(source, flags))
    return needs is None or any(
        regex.search(
            one.expression,
            encoded(text),
            regex.DOTALL | regex.ASCII | (regex.IGNORECASE if one.is_caseless else 0),
            timeout=_PATIENCE,
        )
        for one in needs
    )


_PATIENCE = 0.2


@given(EXPRESSIONS, FLAGS, TEXTS)
@example(r"(?!\B)a", 0, "a")
@example(r"(?:(?<!\w)a)?b", 0, "ab")
@example(r"a(?=b)b", 0, "ab")
@example(r"\n^", regex.M, "a\nb")
@example(r"(a)\1", 0, "aa")
@example("(?i:k)", 0, "\u212a")
@example("(?:(?:|a)|b)c", 0, "c")
@example("(?:b|(?:a|))+c", 0, "c")
@example("a(?#note)?b", 0, "b")
@example("a{2, 3}", regex.X, "aa")
@example("a{e:[{]}", 0, "b")
@example("a{२}", 0, "a{२}")
@example("[[:]x]", 0, ":x]")
def test_a_match_never_lacks_what_it_needs(source: str, flags: int, text: str) -> None:
    try:
        match = regex.search(source, text, flags, timeout=_PATIENCE)
        holds = match is None or _holds(source, flags, text)
    except (regex.error, TimeoutError):
        reject()  # what is generated may be no expression, or one that takes for ever
    assert holds
