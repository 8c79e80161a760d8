"""Where Tesseract's data for Urdu lie, if they are installed."""

import os
from importlib.util import find_spec
from pathlib import Path

LANGUAGE = "urd"
_PLACES = (
    "usr/share/tesseract-ocr/*/tessdata",
    "usr/share/tessdata",
    "usr/local/share/tessdata",
    "opt/homebrew/share/tessdata",
)


def data_folder() -> str | None:
    """Where the data for Urdu lie; None where they are not installed."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(named)] if named else [one for place in _PLACES for one in sorted(Path("/").glob(place))]
    return next((str(one) for one in folders if (one / f"{LANGUAGE}.traineddata").exists()), None)


def reads_urdu() -> bool:
    """Whether Urdu can be read on images here: there are its data, and the library that reads with them."""
    return data_folder() is not None and find_spec("tesserocr") is not None
