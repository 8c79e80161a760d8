"""A label weighs more in a header, on a stamp and among properties, but only where it stands alone."""

import pytest

from detectors.engine import Engine
from detectors.finding import Finding, Part, Place

HEADER, STAMP, PROPERTIES = Place.MARGIN, Place.STAMP, Place.PROPERTIES


def _labels(engine: Engine, text: str, place: Place) -> list[Finding]:
    findings = engine.scan([Part("attachment 1 / header", text, place=place)]).findings
    return [one for one in findings if one.entity in {"CLASSIFICATION_LABEL", "DISTRIBUTION_LIMIT"}]


@pytest.mark.parametrize(
    ("place", "text", "label"),
    [
        pytest.param(HEADER, "SECRET", "SECRET", id="nothing else in the header"),
        pytest.param(HEADER, "Confidential", "Confidential", id="a footer as people type it"),
        pytest.param(HEADER, "خفیہ", "خفیہ", id="a script without capitals"),
        pytest.param(HEADER, "Acme Ltd\tSECRET\tPage 3", "SECRET", id="in the middle, between tabs"),
        pytest.param(HEADER, "RESTRICTED\nFinance Division", "RESTRICTED", id="above another line"),
        pytest.param(STAMP, "SECRET", "SECRET", id="a stamp"),
        pytest.param(STAMP, "FOR OFFICIAL USE ONLY", "FOR OFFICIAL USE ONLY", id="a limit on a stamp"),
        pytest.param(PROPERTIES, "Title: SECRET", "SECRET", id="a title that is nothing but a label"),
        pytest.param(PROPERTIES, "Author: A. Khan\nCategory: Restricted", "Restricted", id="a category"),
        pytest.param(
            PROPERTIES, "Classification: OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", id="named as one"
        ),
        pytest.param(PROPERTIES, "bjDocumentSecurityLabel: SECRET", "SECRET", id="named by a program"),
        pytest.param(PROPERTIES, "Sensitivity: Company-Confidential", "Confidential", id="set in Outlook"),
        pytest.param(PROPERTIES, "Subject: CONFIDENTIAL", "CONFIDENTIAL", id="the subject of a mail"),
        pytest.param(PROPERTIES, "Keywords: Confidential; Draft", "Confidential", id="among keywords"),
        pytest.param(PROPERTIES, "Keywords: Budget; Confidential", "Confidential", id="the last keyword"),
    ],
)
def test_a_label_by_itself_is_sure(engine: Engine, place: Place, text: str, label: str) -> None:
    (found,) = _labels(engine, text, place)
    assert label in text[found.span.start : found.span.end]
    assert found.score >= 0.7


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param(HEADER, "Top Secret Recipes Ltd", id="a company's name"),
        pytest.param(HEADER, "Secret Santa 2026", id="an event"),
        pytest.param(HEADER, "Office of the Secretary", id="a word that begins so"),
        pytest.param(HEADER, "Restricted Fund Accounts", id="a kind of money"),
        pytest.param(HEADER, "secret", id="in small letters"),
        pytest.param(HEADER, "SPECIMEN\nSECRET", id="said to be a specimen"),
        pytest.param(HEADER, "Guide to Secret, Confidential and Restricted papers", id="a guide to levels"),
        pytest.param(STAMP, "CONFIDENTIALITY NOTICE", id="another word"),
        pytest.param(PROPERTIES, "Title: How to keep a secret", id="a sentence"),
        pytest.param(PROPERTIES, "Title: Top Secret Recipes", id="a cookbook"),
        pytest.param(PROPERTIES, "Keywords: confidential, template", id="a subject to search for"),
        pytest.param(PROPERTIES, "Keywords: restricted; area", id="words in small letters"),
        pytest.param(PROPERTIES, "Author: Secret", id="a person's name"),
        pytest.param(PROPERTIES, "Template: Confidential.dotm", id="the name of a template"),
        pytest.param(
            PROPERTIES,
            "subject: Secret\nsubject: Confidential\nsubject: Restricted",
            id="keywords of a stock photograph",
        ),
    ],
)
def test_a_mention_is_none_there_either(engine: Engine, place: Place, text: str) -> None:
    assert _labels(engine, text, place) == []


@pytest.mark.parametrize(
    ("place", "step", "form"),
    [
        (Place.MARGIN, "in the header or footer of a page +0.30", "banner"),
        (Place.STAMP, "on a stamp +0.30", "banner"),
        (Place.PROPERTIES, "as a property of the document +0.30", "metadata"),
    ],
)
def test_the_place_is_a_step_of_its_own(engine: Engine, place: Place, step: str, form: str) -> None:
    (found,) = _labels(engine, "SECRET", place)
    assert (found.evidence.steps[-1], found.attributes["form"]) == (step, form)


def test_in_the_body_the_place_adds_nothing(engine: Engine) -> None:
    (found,) = _labels(engine, "SECRET", Place.BODY)
    assert found.score < 0.7


def test_each_of_several_file_names_weighs_as_one_does(engine: Engine) -> None:
    name = "SECRET_plan.txt"
    one, several = (engine.scan([Part(part, name)]).findings for part in ("file_name", "file_name 2"))
    assert [(finding.span, finding.score) for finding in one] == [
        (finding.span, finding.score) for finding in several
    ]
    assert one
