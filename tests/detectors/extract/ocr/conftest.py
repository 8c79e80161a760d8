"""A page in Urdu, set in the fonts of the system."""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from detectors.extract.tessdata import reads_urdu

FONT = Path("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf")
LINES = (
    "حکومت پاکستان",
    "مجاز اتھارٹی نے تجویز کی منظوری دے دی ہے",
    "اجلاس کی کارروائی تمام متعلقہ افسران کو بھیجی جا رہی ہے",
    "یہ مراسلہ سیکرٹری کی منظوری سے جاری کیا جاتا ہے",
)


def need(is_there: bool, what: str) -> None:
    """Without it a test is skipped, but in CI it fails: there it must be installed."""
    if not is_there and os.environ.get("CI"):
        pytest.fail(f"{what} is not installed, and in CI it must be")
    if not is_there:
        pytest.skip(f"{what} is not installed")


@pytest.fixture
def urdu_data() -> None:
    need(reads_urdu(), "what Tesseract needs for Urdu")


@pytest.fixture
def urdu_page() -> Image.Image:
    need(FONT.exists(), "the font Noto Naskh Arabic")
    font = ImageFont.truetype(FONT, 40, layout_engine=ImageFont.Layout.RAQM)
    page = Image.new("RGB", (1100, 600), "white")
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(LINES):
        width = draw.textlength(line, font=font, direction="rtl")
        draw.text((1040 - width, 50 + 110 * number), line, font=font, fill="black", direction="rtl")
    return page
