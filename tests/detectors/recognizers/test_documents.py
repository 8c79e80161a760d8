"""Signs of an official document count together, and a private letter is none."""

import pytest

from detectors.engine import Engine
from detectors.finding import Part
from detectors.recognizers.markers import with_lines
from detectors.rulebook import flowing

OFFICE_MEMORANDUM = """GOVERNMENT OF PAKISTAN
FINANCE DIVISION
(REGULATIONS WING)
*****
No.F.4(2)R-2/2022-115                     Islamabad, the 4th March, 2022

OFFICE MEMORANDUM

Subject: - RECOVERY OF ADVANCE FROM OFFICERS ON DEPUTATION

The undersigned is directed to refer to this Division's O.M. of even number dated 3rd January, 2022 and to
state that recoveries have not been reported by six attached departments.

2. It is requested that a compliance report may be furnished by the 15th instant.

(ARSHAD MEHMOOD)
Section Officer (R-2)

All Ministries/Divisions"""

DOCUMENTS = [
    (OFFICE_MEMORANDUM, "office memorandum"),
    (" ".join(OFFICE_MEMORANDUM.split()), "the same with its lines lost"),
    (OFFICE_MEMORANDUM.replace(" ", "  ").replace("\n", "\n\n"), "the same with blanks doubled"),
    (OFFICE_MEMORANDUM.replace("i", "1").replace("o", "0"), "the same as a scanner gives it"),
    ("\n".join(f"> {line}" for line in OFFICE_MEMORANDUM.split("\n")), "the same, quoted"),
    (
        "Minutes of the meeting of the Steering Committee held on 5.6.2023\n\nThe meeting was chaired by the "
        "Additional Secretary.\n2. The representative of Finance Division stated that no fiscal space was left.\n"
        "3. After detailed deliberations, it was decided that the release be deferred.\n"
        "4. The meeting ended with a vote of thanks.",
        "minutes",
    ),
    (
        "From: Parep Geneva\nTo: Foreign Islamabad\nNo. POL-2/24 dated 3 March 2024\n\nFor Foreign Secretary from "
        "Ambassador.\nI met the High Commissioner today. He told me that the text will be tabled on Thursday.\n"
        "Grateful for instructions.",
        "cipher telegram",
    ),
    (
        "حکومت پنجاب\nمحکمہ صحت\nلاہور، مورخہ 12 مئی 2024ء\n\nبخدمت جناب تمام چیف ایگزیکٹو افسران\n\n"
        "عنوان: ادویات کی خریداری میں بے ضابطگیاں\n\nآپ کو ہدایت کی جاتی ہے کہ تین یوم میں جواب ارسال کریں۔\n\n"
        "سیکشن آفیسر (ڈرگز)",
        "Urdu letter",
    ),
    (
        "نوٹ برائے سیکرٹری داخلہ\n1۔ گزارش ہے کہ ڈپٹی کمشنر کی رپورٹ موصول ہو گئی ہے۔\n2۔ موبائل سروس بند کرنے کی "
        "تجویز زیر غور ہے۔\n3۔ منظوری کے لیے پیش ہے۔\nڈپٹی سیکرٹری (امن عامہ)",
        "Urdu note",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[0] for row in DOCUMENTS], ids=[row[1] for row in DOCUMENTS])
def test_a_document_without_a_label_is_found(found, text: str) -> None:
    assert "OFFICIAL_DOCUMENT" in [entity for entity, _ in found(text)]


NO_DOCUMENTS = [
    ("To,\nThe Branch Manager,\nSubject: Closure of account\nDear Sir, kindly close it.\nYours truly,\nAsma\nEncl: cheque book", "a private letter"),
    ("MEMO\nTo: All staff\nFrom: HR\nSubject: Eid holidays\nThe office remains closed for five days.", "a company's memo"),
    ("Minutes of the residents' meeting\n1. Tanker rates were discussed.\n2. Guard's salary raised.", "residents"),
    ("ISLAMABAD: The Prime Minister on Monday chaired a meeting of the Economic Coordination Committee and directed the finance division to finalise the budget. The meeting was informed that inflation had come down.", "news"),
    ("I used to be a section officer in the establishment division. The competent authority never decided.", "a memory"),
    ("پریس ریلیز\nلاہور: وزیر اعلیٰ کی زیر صدارت اجلاس منعقد ہوا جس میں فیصلہ کیا گیا کہ سکول کھلیں گے۔", "a press release in Urdu"),
    (f"The Gazette of Pakistan\nEXTRAORDINARY\nPUBLISHED BY AUTHORITY\n{OFFICE_MEMORANDUM}", "the gazette"),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[0] for row in NO_DOCUMENTS], ids=[row[1] for row in NO_DOCUMENTS])
def test_what_is_no_official_document_is_none(found, text: str) -> None:
    assert "OFFICIAL_DOCUMENT" not in [entity for entity, _ in found(text)]


def test_the_score_is_explained_sign_by_sign(findings) -> None:
    (document,) = (one for one in findings(OFFICE_MEMORANDUM) if one.entity == "OFFICIAL_DOCUMENT")
    assert any(step.startswith("letterhead: a government +") for step in document.evidence.steps)
    assert document.attributes["groups"]


def test_one_weak_marker_is_no_finding_but_is_explained(engine: Engine) -> None:
    text = "Subject: change of the password of the printer"
    assert engine.scan([Part("text", text)]).findings == ()
    assert "a subject line" in [one.evidence.pattern for one in engine.consider(Part("text", text))]


def test_a_small_heading_on_a_document_is_a_label(findings) -> None:
    text = f"confidential\n{OFFICE_MEMORANDUM}"
    (label,) = (one for one in findings(text) if one.entity == "CLASSIFICATION_LABEL")
    assert "stands on an official document +0.25" in label.evidence.steps


def test_a_long_line_gets_its_lines_back_without_changing_length() -> None:
    flat = "OFFICE MEMORANDUM. Subject: Shifting of racks. " * 6
    lined = with_lines(flat)
    assert (len(lined), lined.replace("\n", " ")) == (len(flat), flat)
    assert "\nSubject:" in lined


@pytest.mark.parametrize(("pattern", "same"), [("[ -]", True), (r"a\ b", True), (" ?", True), ("a b", False)])
def test_only_plain_blanks_flow(pattern: str, same: bool) -> None:
    assert (flowing(pattern) == pattern) is same
