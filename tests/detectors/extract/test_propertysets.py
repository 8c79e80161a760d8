"""Properties of files before 2007, those that people and programs add too: sensitivity labels are among them."""

import pytest

from detectors.extract.propertysets import properties_in
from detectors.extract.reading import Unreadable
from tests.detectors.extract.old_office import property_set
from tests.detectors.extract.samples import Read, compound

LABEL = "MSIP_Label_3c1f6c0e-7a52-4b58-9d51-0c2f0e8ab771_Name"


@pytest.mark.parametrize("page", [1252, 1200, 65001])
def test_properties_are_told_by_their_names(page: int) -> None:
    names = {LABEL: "Confidential", "Café": "é", "odd": "x"}
    assert properties_in(property_set(names, page)) == [f"{name}: {value}" for name, value in names.items()]


def test_an_old_document_carries_its_label() -> None:
    stream = property_set({LABEL: "Secret"})
    assert Read(compound({"\x05DocumentSummaryInformation": stream})).parts == {
        "a / properties": f"{LABEL}: Secret"
    }


@pytest.mark.parametrize("end", [0, 20, 40, 60, 100, 150])
def test_properties_that_break_off_are_told(end: int) -> None:
    with pytest.raises(Unreadable, match="broken"):
        properties_in(property_set({LABEL: "Secret"})[:end])


def test_numbers_that_lie_end_somewhere() -> None:
    stream = property_set({LABEL: "Secret"}).replace(b"\x01\0\0\0\x02", b"\xff\xff\xff\x7f\x02", 1)
    with pytest.raises(Unreadable, match="broken"):
        properties_in(stream)
