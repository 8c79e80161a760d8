"""A page in Urdu, set in the fonts of the system."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf")
LINES = (
    "حکومت پاکستان",
    "مجاز اتھارٹی نے تجویز کی منظوری دے دی ہے",
    "اجلاس کی کارروائی تمام متعلقہ افسران کو بھیجی جا رہی ہے",
    "یہ مراسلہ سیکرٹری کی منظوری سے جاری کیا جاتا ہے",
)


@pytest.fixture
def urdu_page() -> Image.Image:
    if not FONT.exists():
        pytest.skip("the font Noto Naskh Arabic is not installed")
    font = ImageFont.truetype(FONT, 40, layout_engine=ImageFont.Layout.RAQM)
    page = Image.new("RGB", (1100, 600), "white")
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(LINES):
        width = draw.textlength(line, font=font, direction="rtl")
        draw.text((1040 - width, 50 + 110 * number), line, font=font, fill="black", direction="rtl")
    return page
