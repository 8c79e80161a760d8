"""The engine as a whole: offsets, failures, long texts, windows, and the agreement of scan and explain."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.engine import Engine
from detectors.finding import Part, Span
from detectors.recognizers.candidate import Candidate, CandidateRecognizer
from detectors.rulebook import Rulebook


def _entities(engine: Engine, text: str) -> list[str]:
    return [one.entity for one in engine.scan([Part("text", text)]).findings]


PIECES = st.sampled_from([
    "SECRET", "ЅЕСRЕТ", "S E C R E T", "TOP SECRET//SI//NOFORN", "(S//NF)", "خفیہ", "صیغۂ راز", "گوپنیہ",
    "35202-1234567-1", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱", "0300-1234567", "No.F.8-2/2004-Admn-II", "a@example.org", "\n", "\n\n",
    " ", "\u200b", "\u202e", "\u202c", "\u0336", "**", "||", "\ud800", "\x00", "\r\n", "Subject: ", "marked ",
    "OFFICE MEMORANDUM", "GOVERNMENT OF PAKISTAN", "password: Ab1@xyz9", "cnic ", "?", "。", "🅂🄴🄲🅁🄴🅃", "﷽",
])  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join)


@given(TEXTS)
def test_every_finding_lies_in_its_text(engine: Engine, text: str) -> None:
    scan = engine.scan([Part("text", text)])
    assert scan.undecided == ()
    for one in scan.findings:
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert 0 < one.score <= 1


@given(TEXTS)
def test_scan_and_explain_agree(engine: Engine, text: str) -> None:
    found = {(one.entity, one.span) for one in engine.scan([Part("text", text)]).findings}
    kept = {(one.entity, one.span) for one in engine.consider(Part("text", text)) if one.kept}
    assert found == kept


def test_explain_showed_the_weaker_of_two_readings_of_one_label(engine: Engine) -> None:
    text = "a@example.orgTOP SECRET//SI//NOFORN35202-1234567-1"
    found = {(one.entity, one.span) for one in engine.scan([Part("text", text)]).findings}
    kept = {(one.entity, one.span) for one in engine.consider(Part("text", text)) if one.kept}
    assert found == kept


@given(st.lists(TEXTS, max_size=4))
def test_every_window_finding_lies_in_the_joined_texts(engine: Engine, texts: list[str]) -> None:
    joined = "\n".join(texts)
    for one in engine.window(texts):
        assert 0 <= one.span.start < one.span.end <= len(joined)


def test_spans_count_code_points_of_the_original(engine: Engine) -> None:
    text = "🙂 دیکھیں ＣＮＩＣ ۳۵۲۰۲-۱۲۳۴۵۶۷-۱ ۔"
    (one,) = engine.scan([Part("caption", text)]).findings
    assert (one.part, text[one.span.start : one.span.end]) == ("caption", "۳۵۲۰۲-۱۲۳۴۵۶۷-۱")


def test_parts_keep_their_order_and_names(engine: Engine) -> None:
    parts = [
        Part("text", "hello"),
        Part("caption", "[SECRET] plan"),
        Part("attachment 1", "4111 1111 1111 1111"),
    ]
    findings = engine.scan(parts).findings
    assert [(one.part, one.entity) for one in findings] == [
        ("caption", "CLASSIFICATION_LABEL"),
        ("attachment 1", "CREDIT_CARD"),
    ]


def test_findings_of_one_kind_do_not_overlap(engine: Engine) -> None:
    findings = engine.scan([Part("text", "UNCLASSIFIED//FOR OFFICIAL USE ONLY\nroster")]).findings
    assert [one.entity for one in findings] == ["CLASSIFICATION_LABEL"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("SECRET_Cabinet_Summary.pdf", True),
        ("Cabinet Summary (SECRET).docx", True),
        ("Merkblatt_VS-NfD.pdf", True),
        ("TOP_SECRET_plan.txt", True),
        ("secret_santa.xlsx", False),
        ("client_secret.json", False),
        ("IMG_20240501_123456.jpg", False),
    ],
)
def test_file_names_are_read_as_words(engine: Engine, name: str, found: bool) -> None:
    assert bool(engine.scan([Part("file_name", name)]).findings) is found


class _Broken(CandidateRecognizer):
    """A recognizer that fails the way it is told to."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        super().__init__(("BROKEN",))

    def candidates(self, text: str) -> Iterable[Candidate]:
        raise self._error


@pytest.mark.parametrize(
    ("error", "reason"), [(TimeoutError(), "timed out"), (KeyError("x"), "_Broken failed: KeyError")]
)
def test_a_recognizer_that_fails_leaves_the_part_undecided(
    rulebook: Rulebook, error: Exception, reason: str
) -> None:
    engine = Engine(rulebook, (_Broken(error),))
    scan = engine.scan([Part("text", "SECRET\nplan")])
    assert [(one.part, one.reason) for one in scan.undecided] == [("text", reason)]
    assert [one.entity for one in scan.findings] == ["CLASSIFICATION_LABEL"]


def test_a_megabyte_is_scanned_in_time_and_nothing_falls_between_the_pieces(engine: Engine) -> None:
    filler = "the committee had tea and went home, nothing more was said about it\n" * 350
    text = (filler + "SECRET\n35202-1234567-1\n") * 42
    start = time.monotonic()
    scan = engine.scan([Part("text", text)])
    assert time.monotonic() - start < 30  # a tenth of that on an idle machine
    assert sum(one.entity == "PK_CNIC" for one in scan.findings) == 42
    assert scan.undecided == ()


@pytest.mark.parametrize(
    "text",
    ["a." * 2000, "!" * 4000, " " * 24_000, "(" * 20_000, "a@" * 10_000, "1-" * 10_000, "\u202eab" * 5000, "\ud800" * 5000],
    ids=["dots", "bangs", "blanks", "brackets", "ats", "digits", "overrides", "surrogates"],
)  # fmt: skip
def test_hostile_texts_take_little_time(engine: Engine, text: str) -> None:
    start = time.monotonic()
    assert engine.scan([Part("text", text)]).undecided == ()
    assert time.monotonic() - start < 5


WINDOWS = [
    (["SEC", "RET"], "CLASSIFICATION_LABEL", "a word in two pieces"),
    (
        ["NATO SEC", "RET annex to the readiness report"],
        "CLASSIFICATION_LABEL",
        "a broken word in running text",
    ),
    (["S", "E", "C", "R", "E", "T"], "CLASSIFICATION_LABEL", "letter by letter"),
    (["خف", "یہ\nافسران کے ناموں کی فہرست"], "CLASSIFICATION_LABEL", "Urdu"),
    (["0300", "5518276"], "PHONE_NUMBER", "a number in two pieces"),
    (["my cnic number is", "3740566182975"], "PK_CNIC", "the word in one, the number in the next"),
    (["passport no", "LK5518294"], "PK_PASSPORT", "likewise"),
]


@pytest.mark.parametrize(("texts", "entity"), [row[:2] for row in WINDOWS], ids=[row[2] for row in WINDOWS])
def test_messages_are_read_together(engine: Engine, texts: list[str], entity: str) -> None:
    (one,) = engine.window(texts)
    assert (one.entity, one.part) == (entity, "window")
    assert 0 <= one.span.start < one.span.end <= len("\n".join(texts))


def test_a_memo_in_pieces_is_a_document(engine: Engine) -> None:
    texts = [
        "No.F.4(2)R-2/2022-115\nIslamabad, the 4th March, 2022",
        "Subject: recovery of advance",
        "The undersigned is directed to refer to this Division's O.M. of even number",
        "Section Officer (R-2)",
    ]
    assert all("OFFICIAL_DOCUMENT" not in _entities(engine, text) for text in texts)
    assert "OFFICIAL_DOCUMENT" in [one.entity for one in engine.window(texts)]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["SECRET"],
        ["ok", "see you", "at 5"],
        ["what is the password?", "Confidential"],
        ["the sec", "retired yesterday"],
        ["35202-1234567-1", "ok"],
        ["12", "30"],
    ],
)
def test_a_window_adds_nothing_that_is_not_there(engine: Engine, texts: list[str]) -> None:
    assert engine.window(texts) == ()


def test_the_seam_is_told_where_it_stands(engine: Engine) -> None:
    (one,) = engine.window(["hello", "TOP SEC", "RET"])
    assert one.span == Span(6, 17)


def test_folding_is_explained(engine: Engine) -> None:
    (folding, *_) = engine.consider(Part("text", "ЅЕСRЕТ"))
    assert (folding.entity, folding.kept) == ("FOLDED", False)
    assert folding.evidence.steps == ("letters of another shape or script read",)
