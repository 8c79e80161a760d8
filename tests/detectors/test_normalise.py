"""Folding shows what a reader sees, and every folded letter knows where it came from."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Span
from detectors.folded import Folded
from detectors.normalise import fold

SHAPES = [
    ("ＳＥＣＲＥＴ", "SECRET", "full-width"),
    ("𝐒𝐄𝐂𝐑𝐄𝐓", "SECRET", "mathematical bold"),
    ("Ⓢⓔⓒⓡⓔⓣ", "SECRET", "circled, a whole line"),
    ("🅂🄴🄲🅁🄴🅃", "SECRET", "squared"),
    ("🆂🅴🅲🆁🅴🆃", "SECRET", "negative squared"),
    ("🇸🇪🇨🇷🇪🇹", "SECRET", "regional indicators"),
    ("ꜱᴇᴄʀᴇᴛ", "SECRET", "small capitals"),
    ("ˢᵉᶜʳᵉᵗ", "SECRET", "raised letters"),
    ("ₛₑcᵣₑₜ", "SECRET", "lowered letters where there are any"),
    ("⒮⒠⒞⒭⒠⒯", "SECRET", "letters in brackets"),
    ("ｓｅｃｒｅｔ", "SECRET", "full-width, small: nobody disguises what marks nothing"),
    ("ѕесrеt", "SECRET", "small letters of two scripts"),
    ("s\u0336e\u0336c\u0336r\u0336e\u0336t\u0336", "SECRET", "small letters struck through"),
    ("sec\u200bret", "SECRET", "a zero-width blank inside a word in small letters"),
    ("the ｓｅｃｒｅｔ of tea", "the secret of tea", "one disguised word in a plain line keeps its case"),
    ("mañana", "manana", "an accent is no disguise"),
    ("ʇǝɹɔǝs", "SECRET", "upside down"),
    ("marked ʇǝɹɔǝs doʇ, see", "marked TOP SECRET, see", "upside down inside a sentence"),
    ("\u202eterces\u202c", "SECRET", "small letters under an override"),
    ("<b>SEC</b><i class='x'>RET</i>", "SECRET", "tags between letters"),
    ("a<br>b &lt;c&gt; &amp;", "a\nb <c> &", "a break and entities"),
    ("&#83;&#x45;&#67;RET", "SECRET", "letters as entities"),
    ("%53%45CR%45T", "SECRET", "letters escaped as in an address"),
    ("=53=45=43RET", "SECRET", "quoted-printable"),
    ("CONFI=\nDENTIAL", "CONFIDENTIAL", "a soft break of quoted-printable"),
    ("\\x53\\x45\\x43RET", "SECRET", "escapes of a programming language"),
    ("ЅЕСRЕТ", "SECRET", "Cyrillic among Latin"),
    ("CΟNFΙDENΤΙΑL", "CONFIDENTIAL", "Greek among Latin"),
    ("ᏚᎬᏟᎡᎬᎢ", "SECRET", "Cherokee"),
    ("S\u0336E\u0336C\u0336R\u0336E\u0336T\u0336", "SECRET", "struck through with combining strokes"),
    ("SE\u200bCR\u00adE\u2060T", "SECRET", "zero-width, soft hyphen, word joiner"),
    ("S**EC**RE||T", "SECRET", "chat markup between letters"),
    ("\u202eTERCES\u202c", "SECRET", "turned round by a right-to-left override"),
    ("TRÈS SECRET", "TRES SECRET", "accent"),
    ("۳۵۲۰۲ ٣٥٢ ০১২ ०१२", "35202 352 012 012", "digits of four scripts"),
    ("8–2—4−1", "8-2-4-1", "dashes"),
    ("S\x00ECRET", "SECRET", "a control character inside"),
]


@pytest.mark.parametrize(("text", "seen"), [row[:2] for row in SHAPES], ids=[row[2] for row in SHAPES])
def test_shapes_are_read_as_letters(text: str, seen: str) -> None:
    assert fold(text).text == seen


@pytest.mark.parametrize(
    ("text", "seen", "why"),
    [
        ("صيغه راز", "صیغہ راز", "Arabic yeh and heh are Urdu's"),
        ("صیغۂ راز", "صیغہ راز", "heh with hamza"),
        ("خُفِیَہ", "خفیہ", "harakat"),
        ("خفـــیہ", "خفیہ", "tatweel"),
        ("ﺧﻔﻴﻪ", "خفیہ", "presentation forms"),
        ("اور كے لیے", "اور کے لیے", "Arabic kaf"),
        ("خف\u200cیہ", "خفیہ", "zero-width non-joiner"),
    ],
    ids=lambda value: None,
)
def test_forms_of_urdu_letters_are_one(text: str, seen: str, why: str) -> None:
    assert fold(text).text == seen, why


@pytest.mark.parametrize("text", ["गोपनीय", "परम गुप्त", "অতি গোপনীয়", "یہ ایک عام جملہ", "日本語"])
def test_words_of_other_scripts_stay_what_they_are(text: str) -> None:
    assert fold(text).text.replace("य़", "य़") == fold(fold(text).text).text
    assert len(fold(text).text) >= len(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "first_last@example.org",
        "SECRET_KEY=1",
        "a * b",
        "ghp_abc_def",
        "`code`",
        "2 < 3 | 4",
        "<password>",
        "100%50 a=41",
        "a?q=%20b",
    ],
)
def test_plain_text_is_left_alone(text: str) -> None:
    folded = fold(text)
    assert folded.text == text
    assert folded.starts is None


def test_a_stroke_belongs_to_its_letter() -> None:
    text = "xS\u0336E\u0336T\u0336y"
    folded = fold(text)
    at = folded.text.index("SET")
    assert folded.original(at, at + 3) == Span(1, 7)


def test_text_under_an_override_points_to_the_override() -> None:
    text = "a \u202eTERCES\u202c b"
    folded = fold(text)
    at = folded.text.index("SECRET")
    assert folded.original(at, at + 6) == Span(3, 9)


def test_two_foldings_follow_each_other() -> None:
    first = fold("ＡＢ\u200bＣ")
    second = Folded("AC", [0, 2], [1, 3])
    assert first.then(second).original(0, 2) == Span(0, 4)


def test_a_place_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not inside"):
        fold("abc").original(1, 9)


ANY_TEXT = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(
            "<b></b>&#83;%53=\\x45ǝɹɔ SECRET ЅЕСRЕТ\u200b\u202e\u202c\u0336**||__\n\r\x00\ud800خفیہ۳۵ＳＥ"
        ),
    ),
    max_size=80,
)


TURNED = re.compile("[\u202eɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎⱯ∀ƆƎℲ⅁Ʞ⅂ԀᴚꓤꞱ⊥┴Ʌꓥ⅄]")
"""What turns the order of letters round: an override, and letters written upside down."""


@given(ANY_TEXT)
def test_every_folded_letter_lies_in_the_original(text: str) -> None:
    folded = fold(text)
    for index in range(len(folded.text)):
        span = folded.original(index, index + 1)
        assert 0 <= span.start < span.end <= len(text)


@given(ANY_TEXT.filter(lambda text: not TURNED.search(text)))
def test_without_overrides_the_order_is_kept(text: str) -> None:
    folded = fold(text)
    spans = [folded.original(index, index + 1) for index in range(len(folded.text))]
    assert all(one.start <= other.start for one, other in pairwise(spans))


@given(ANY_TEXT.filter(lambda text: not TURNED.search(text)))
def test_what_a_stretch_was_made_from_folds_to_it_again(text: str) -> None:
    folded = fold(text)
    for start in range(0, len(folded.text), 7):
        for end in range(start + 1, min(start + 5, len(folded.text) + 1)):
            span = folded.original(start, end)
            # Whether a line is put in capitals depends on the rest of it.
            again = fold(text[span.start : span.end] + " ").text.casefold()
            assert folded.text[start:end].casefold() in again or any(
                mark in text for mark in ("*", "_", "~", "|", "\\", "\r", "<", "&", "%", "=")
            )


@given(ANY_TEXT)
def test_no_surrogate_is_left(text: str) -> None:
    fold(text).text.encode()
