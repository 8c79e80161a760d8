"""Sensitivity labels are found by the ids that an organisation has given them, as files and mails carry them."""

import dataclasses

import pytest

from bot.config.loading import load_configuration
from detectors.engine import Engine
from detectors.finding import Part
from detectors.rulebook import Sensitivity, SensitivityLabel

SECRET, PUBLIC = "3c1f6c0e-7a52-4b58-9d51-0c2f0e8ab771", "8d0a1a52-41f0-4d0b-b6a5-2f3ce1fba0b4"
UNKNOWN = "11111111-2222-3333-4444-555555555555"
NAMED = f"MSIP_Label_{SECRET}"


@pytest.fixture(scope="module")
def knowing() -> Engine:
    """An engine that knows two labels of an organisation."""
    labels = (SensitivityLabel(SECRET.upper(), "Amber", 3), SensitivityLabel(PUBLIC, "Green", 0))
    rulebook = dataclasses.replace(load_configuration().rulebook, sensitivity=Sensitivity(labels))
    return Engine(rulebook)


def labels(engine: Engine, text: str) -> list[tuple[object, object]]:
    findings = engine.scan([Part("a / properties", text)]).findings
    return [
        (one.attributes["label"], one.attributes["level"])
        for one in findings
        if one.entity == "CLASSIFICATION_LABEL"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"id: {{{SECRET}}}; enabled: 1; method: Standard; removed: 0", [("Amber", 3)]),
        (f"id: {{{SECRET.upper()}}}; enabled: 1", [("Amber", 3)]),
        (f'<clbl:label id="{{{SECRET}}}" enabled="1" removed="0"/>', [("Amber", 3)]),
        (f"id: {{{SECRET}}}; enabled: 1\nid: {{{PUBLIC}}}; enabled: 1", [("Amber", 3), ("Green", 0)]),
        (f"id: {{{SECRET}}}; enabled: 1; removed: 1", []),
        (f"id: {{{SECRET}}}; enabled: 0; removed: 0", []),
        (f"id: {{{UNKNOWN}}}; enabled: 1; siteId: {{{SECRET}}}", []),
        (f"{NAMED}_Enabled: true\n{NAMED}_SetDate: 2023-03-14T09:00:00Z", [("Amber", 3)]),
        (f"{NAMED}_Enabled: false\n{NAMED}_SetDate: 2023-03-14T09:00:00Z", []),
        (f"{NAMED}_Enabled: true\n{NAMED}_Name: Confidential", [("Amber", 3)]),
        (f"msip_labels: {NAMED}_Enabled=True;{NAMED}_SiteId={UNKNOWN};{NAMED}_Method=Standard", [("Amber", 3)]),
        (f"MSIP_Label_{UNKNOWN}_Enabled: true\nMSIP_Label_{UNKNOWN}_Name: SECRET", [("SECRET", 3)]),
    ],
    ids=[
        "by its id", "in capitals", "as XML", "two labels", "removed", "not enabled", "the id of a site",
        "without a name", "a name without it", "the organisation knows better than the name", "of a mail",
        "only the name is known",
    ],
)  # fmt: skip
def test_a_label_counts_by_its_id_while_it_holds(
    knowing: Engine, text: str, found: list[tuple[object, object]]
) -> None:
    assert labels(knowing, text) == found


def test_nothing_is_found_of_ids_that_nobody_named(engine: Engine) -> None:
    assert labels(engine, f"id: {{{SECRET}}}; enabled: 1\n{NAMED}_Enabled: true") == []


@pytest.mark.parametrize(
    "text",
    [
        "DocumentClassification: SECRET",
        "TitusClassification: Secret",
        "PM_ProtectiveMarkingValue_Header: PROTECTED",
        "ClassificationContentMarkingHeaderText: SECRET",
        "NATO Classification: NATO SECRET",
        f"{NAMED}_Name: OFFICIAL-SENSITIVE",
        f"msip_labels: {NAMED}_Enabled=True;{NAMED}_Name=Confidential;",
        "sensitivity: Company-Confidential",
        "X-Protective-Marking: VER=2018.4, NS=gov.au, SEC=PROTECTED",
    ],
)
def test_a_property_that_is_named_after_the_marking_says_it(engine: Engine, text: str) -> None:
    assert labels(engine, text)


@pytest.mark.parametrize("text", ["DeclassificationDate: SECRET", "BirdClassification: secretary bird"])
def test_other_properties_do_not(engine: Engine, text: str) -> None:
    assert not labels(engine, text)
