"""A marking is found in whatever shape it comes, and a mention is not a marking."""

from collections.abc import Callable

import pytest

from detectors.engine import Engine
from detectors.finding import Finding, Part

Findings = Callable[[str], tuple[Finding, ...]]

MARKINGS = [
    ("SECRET\nSummary for the Prime Minister", "SECRET", 3, "banner", "heads the text"),
    ("Note on wheat\n\nCONFIDENTIAL", "CONFIDENTIAL", 2, "banner", "closes the text"),
    ("Classification: Top Secret", "Top Secret", 4, "field", "named as the classification"),
    ("[CONFIDENTIAL] Posting proposal", "CONFIDENTIAL", 2, "stamp", "in brackets at the start of a line"),
    ("the letter is marked secret, sharing it here", "secret", 3, "inline", "said to be marked, and shared"),
    ("TOP SECRET//SI//NOFORN\nreport", "TOP SECRET//SI//NOFORN", 4, "banner", "US banner whole"),
    ("(S//NF) The unit moved.", "(S//NF)", 3, "portion", "US portion mark"),
    ("//DEU SECRET", "//DEU SECRET", 3, "banner", "foreign banner"),
    ("CUI//SP-CTI//NOFORN", "CUI//SP-CTI//NOFORN", 1, "banner", "controlled unclassified"),
    ("COSMIC TOP SECRET - BOHEMIA", "COSMIC TOP SECRET - BOHEMIA", 4, "banner", "NATO with a codeword"),
    ("RESTREINT UE/EU RESTRICTED", "RESTREINT UE/EU RESTRICTED", 1, "banner", "both languages are one finding"),
    ("OFFICIAL-SENSITIVE - RECIPIENTS ONLY", "OFFICIAL-SENSITIVE - RECIPIENTS ONLY", 1, "banner", "UK"),
    ("talks [SEC=SECRET, CAVEAT=RI:AUSTEO]", "[SEC=SECRET, CAVEAT=RI:AUSTEO]", 3, "metadata", "Australian subject"),
    ("PROTECTED B\nassessments", "PROTECTED B", 1, "banner", "Canada"),
    ("VS-NfD\nVermerk", "VS-NfD", 1, "banner", "Germany"),
    ("CONFIDENTIEL DÉFENSE\nFiche", "CONFIDENTIEL DÉFENSE", 2, "banner", "France, accents kept in the span"),
    ("TLP:AMBER+STRICT\nhashes", "TLP:AMBER+STRICT", 2, "banner", "traffic light"),
    ("परम गुप्त\nविवरण", "परम गुप्त", 4, "banner", "Hindi"),
    ("অতি গোপনীয়\nবিবরণ", "অতি গোপনীয়", 3, "banner", "Bangla"),
    ("خفیہ\nوزیر اعظم کے لیے خلاصہ", "خفیہ", 3, "banner", "Urdu"),
    ("خُفِیہ\nمراسلہ بنام چیف سیکرٹری", "خُفِیہ", 3, "banner", "Urdu with vowel points, kept in the span"),
    ("KHUFIA\nposting list", "KHUFIA", 3, "banner", "Roman Urdu"),
    ("UK SECRET LARCH AUS/NZ EYES ONLY", "UK SECRET LARCH AUS/NZ EYES ONLY", 3, "banner", "UK codeword, nations"),
    ("UK OFFICIAL NZ EYES ONLY", "UK OFFICIAL NZ EYES ONLY", 1, "banner", "a limit raises the lowest tier"),
    ("NATO/KFOR SECRET Italy, NATO ONLY", "NATO/KFOR SECRET Italy, NATO ONLY", 3, "banner", "NATO for a force"),
    ("Secret OTAN\nNote", "Secret OTAN", 3, "banner", "NATO in French"),
    ("An example of a plan [SEC=SECRET]", "[SEC=SECRET]", 3, "metadata", "the subject's words are its own"),
    ("SECRET NZEO\nplan", "SECRET NZEO", 3, "banner", "New Zealand, caveat after a blank"),
    ("SECRET - BY NAME ONLY\nnote", "SECRET - BY NAME ONLY", 3, "banner", "level beside a limit"),
    ("Confidential \\ All Staff\nnote", "Confidential \\ All Staff", 2, "banner", "label with a sub-label"),
    ("1. (TS//SI) The term exercise", "(TS//SI)", 4, "portion", "the paper's own sentence says nothing of it"),
    ("(//JOINT S GBR USA) The fleets", "(//JOINT S GBR USA)", 3, "portion", "joint portion mark"),
    ("SERCET//NOFORN", "SERCET//NOFORN", 2, "banner", "misspelt level under control"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cut", "level", "form"), [row[:4] for row in MARKINGS], ids=[row[4] for row in MARKINGS]
)
def test_a_marking_is_found_whole(findings: Findings, text: str, cut: str, level: int, form: str) -> None:
    labels = [one for one in findings(text) if one.entity == "CLASSIFICATION_LABEL"]
    assert [text[one.span.start : one.span.end] for one in labels] == [cut]
    assert (labels[0].attributes["level"], labels[0].attributes["form"]) == (level, form)
    assert labels[0].evidence.recognizer == "ClassificationLabelRecognizer"
    assert labels[0].evidence.steps


MENTIONS = [
    ("it is an open secret", "an idiom"),
    ("Secret", "one word, said in a chat"),
    ("the Secretary of the Secretariat", "inside a longer word"),
    ("(S//NF) means secret, for us only", "a portion mark explained"),
    ("(TS//SI) Top Secret with a compartment", "a legend of portion marks"),
    ("Papers classified SECRET UE/EU SECRET or above are logged", "a level and those above it"),
    ("if paper.classification == TOP_SECRET:", "a name in a program"),
    ("levels = [\n  'SECRET//NOFORN',\n]", "a quoted constant"),
    ("| TOP SECRET | a vault with two keys |", "the row of a table"),
    ("TLP:RED is for named recipients only", "a colour explained"),
    ("For example, write [SEC=PROTECTED]", "told how to mark"),
    ("Distribution Statement C limits a paper to the government", "a statement explained"),
    ("is it marked secret?", "a question"),
    ("the letter is not marked secret", "denied"),
    ("Levels are TOP SECRET, SECRET, CONFIDENTIAL and RESTRICTED", "a list of levels"),
    ("Documents marked SECRET must be locked up", "a rule about such papers"),
    ("Please do not share confidential documents here", "forbidden, not done"),
    ("According to the paper, a SECRET report was stolen", "news"),
    ("SPECIMEN\nSECRET\nthis is where the stamp goes", "a specimen"),
    ("DECLASSIFIED\nSECRET\n1958 summary", "lifted"),
    ("kubectl create secret generic SECRET", "code"),
    ("SECRET_KEY = 'changeme'", "a name in code"),
    ("SECRET SANTA\ndraw on Friday", "a game"),
    ("SECRET!!", "called out"),
    ("CONFIDENTIAL: This message is intended only for the individual named.", "the notice of an e-mail"),
    ("PROTECTED B (when completed)", "a blank form"),
    ("(c) 2024 Example Ltd", "copyright"),
    ("(s) small, (m) medium", "sizes"),
    ("خفیہ رائے شماری", "a secret ballot"),
    ("معلومات صیغہ راز میں رکھی جائیں گی", "a promise of privacy"),
    ("गोपनीय रिपोर्ट जनवरी में", "a yearly report"),
]


@pytest.mark.parametrize("text", [row[0] for row in MENTIONS], ids=[row[1] for row in MENTIONS])
def test_a_mention_is_no_marking(findings: Findings, text: str) -> None:
    assert findings(text) == ()


DISGUISES = [
    ("ЅЕСRЕТ\nplan", "Cyrillic"),
    ("ＳＥＣＲＥＴ\nplan", "full-width"),
    ("🅂🄴🄲🅁🄴🅃\nplan", "squared"),
    ("S\u200bE\u200bC\u200bR\u200bE\u200bT\nplan", "zero-width"),
    ("\u202eTERCES\u202c\nplan", "turned round"),
    ("S E C R E T\nplan", "spaced"),
    ("S.E.C.R.E.T\nplan", "dotted"),
    ("S\nE\nC\nR\nE\nT", "down the page"),
    ("53CR3T\nplan", "leetspeak"),
    ("S**EC**RET\nplan", "bold inside"),
    ("SEC_RET\nplan", "underscore inside"),
    ("||SECRET||\nplan", "spoiler"),
    ("SECREI\nplan for Monday", "a scanner's error"),
    ("S ECRET\nplan for Monday", "a scanner's gap"),
    ("sEcReT\nplan", "odd capitals"),
]


@pytest.mark.parametrize("text", [row[0] for row in DISGUISES], ids=[row[1] for row in DISGUISES])
def test_a_disguised_marking_is_found(findings: Findings, text: str) -> None:
    assert [one.attributes["level"] for one in findings(text) if one.entity == "CLASSIFICATION_LABEL"] == [3]


def test_a_repaired_marking_says_so(findings: Findings) -> None:
    (label,) = findings("5ECRET\nplan for the visit")
    assert label.attributes["fuzzy"] is True


def test_caveats_are_named(findings: Findings) -> None:
    (label,) = findings("TOP SECRET//SI/TK//ORCON/NOFORN")
    assert label.attributes["caveats"] == ("NOFORN", "ORCON", "SI", "TK")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SECRET//REL TO USA, GBR//NOFORN", "NOFORN excludes a release to others"),
        ("TLP: RED\nhashes", "written without blanks and in capitals"),
        ("NATO TOP SECRET\nannex", "its highest is COSMIC TOP SECRET"),
        ("OFFICIAL SENSITIVE\nnote", "a hyphen joins OFFICIAL and SENSITIVE"),
    ],
)
def test_an_ill_formed_marking_is_a_marking_and_is_told(findings: Findings, text: str, fault: str) -> None:
    (label,) = findings(text)
    assert any(step.startswith("ill-formed") and fault in step for step in label.evidence.steps)


def test_a_limit_on_distribution_is_its_own_entity(findings: Findings) -> None:
    assert [one.entity for one in findings("NOT FOR PUBLICATION\nBrief on the talks")] == [
        "DISTRIBUTION_LIMIT"
    ]


def test_a_scheme_is_told_by_its_country(findings: Findings) -> None:
    text = "CONFIDENTIAL\nGovernment of Pakistan\nnote"
    (label,) = (one for one in findings(text) if one.entity == "CLASSIFICATION_LABEL")
    assert label.attributes["scheme"] == "pakistan"


def test_what_was_let_go_is_explained(engine: Engine) -> None:
    looked_at = engine.consider(Part("text", "is it marked secret?"))
    (one,) = (one for one in looked_at if one.evidence.pattern == "pakistan: level")
    assert not one.kept
    assert any(step.startswith("asked, not said -") for step in one.evidence.steps)


def test_a_page_of_label_words_is_not_weighed_for_ever(engine: Engine) -> None:
    looked_at = engine.consider(Part("text", "secret " * 1000))
    assert any("too many mentions" in one.evidence.steps[0] for one in looked_at)


@pytest.mark.parametrize(
    "banner",
    [
        "SECRET - RECIPIENTS ONLY - ORCHID - UK EYES ONLY",
        "TOP SECRET/SI/NF",
        "UNCLASSIFIED//SBU NOFORN",
        "TOP SECRET UK EYES B",
    ],
)
def test_a_banner_is_found_whole(found, banner: str) -> None:
    assert ("CLASSIFICATION_LABEL", banner) in found(f"{banner}\nNote of the call")


@pytest.mark.parametrize(
    "text",
    [
        "SECRET: add a spoon of vinegar and the eggs will peel",
        "SECRET: Value type is secret.",
        "For official use only: (leave blank)",
        "usage: tool export [SECRET] --all",
        "echo ${SECRET} again",
        "// For internal use only",
        "The Guardian in 2013 printed slides with the heading TOP SECRET//SI//NOFORN",
        "SECRET\nVery sensitive information that justifies heightened measures",
        "TLP:RED for the eyes of one\nTLP:AMBER limited\nTLP:GREEN the community",
    ],
    ids=["advice", "help", "form", "option", "variable", "comment", "press", "definition", "colours"],
)
def test_words_about_a_marking_are_no_marking(found, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "SECRET: position paper for the NFC talks",
        "this came from the DC office, it's marked secret, don't forward: police will raid the camp",
        "یہ مراسلہ خفیہ ہے آگے نہ بھیجیں: ضلع میں نئی چوکیاں بنیں گی",
        "SECRET - ORCHID\nNote of the call",
    ],
    ids=["heading of a paper", "shared in English", "shared in Urdu", "unknown suffix"],
)
def test_a_paper_that_is_shared_is_found(found, text: str) -> None:
    assert "CLASSIFICATION_LABEL" in [entity for entity, _ in found(text)]
