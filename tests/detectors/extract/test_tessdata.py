"""Tesseract's data are found where systems put them, or where an admin says."""

from pathlib import Path

import pytest

from detectors.extract import tessdata


def test_data_that_an_admin_names_are_used_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert tessdata.data_folder() is None
    (tmp_path / "urd.traineddata").touch()
    assert tessdata.data_folder() == str(tmp_path)
