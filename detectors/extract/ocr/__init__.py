"""Reads what is written on an image of a page.

Writing is found wherever it stands and however it lies. Each stretch of it is cut out, laid straight, read:
Latin letters and figures are read by a model that comes with the program. What that can't make out is Urdu to
Tesseract, where its language data are installed; what neither makes out leaves the page undecided.
"""

from detectors.extract.ocr.page import read_page

__all__ = ["read_page"]
