"""Lays a paper out on a sheet of A4."""

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

A4 = (8.27, 11.69)
"""Inches."""

INK = (24, 24, 30)
_FONTS = Path("/usr/share/fonts/truetype")
FONTS = {
    "serif": (
        _FONTS / "liberation/LiberationSerif-Regular.ttf",
        _FONTS / "liberation/LiberationSerif-Bold.ttf",
    ),
    "sans": (_FONTS / "liberation/LiberationSans-Regular.ttf", _FONTS / "liberation/LiberationSans-Bold.ttf"),
    "typewriter": (
        _FONTS / "liberation/LiberationMono-Regular.ttf",
        _FONTS / "liberation/LiberationMono-Bold.ttf",
    ),
    "nastaliq": (_FONTS / "noto/NotoNastaliqUrdu-Regular.ttf", _FONTS / "noto/NotoNastaliqUrdu-Bold.ttf"),
    "naskh": (_FONTS / "noto/NotoNaskhArabic-Regular.ttf", _FONTS / "noto/NotoNaskhArabic-Bold.ttf"),
}
"""Plain and bold of each; Debian's fonts-liberation and fonts-noto-core."""


def missing_fonts() -> list[str]:
    """The names of the fonts that are not installed."""
    return [path.name for pair in FONTS.values() for path in pair if not path.exists()]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Words in a frame, laid so many degrees aslant; the centre is in fractions of the sheet."""

    words: str
    degrees: float
    centre: tuple[float, float]
    colour: tuple[int, int, int] = (176, 32, 40)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a paper says, from top to bottom. `size` is that of the text in points."""

    head: tuple[str, ...] = ()
    """Lines in the middle of the page: letterhead, title."""

    reference: tuple[str, str] = ("", "")
    """A number to the left and a date to the right."""

    body: tuple[str, ...] = ()
    top: str = ""
    bottom: str = ""
    """Bands in the margins."""

    stamps: tuple[Stamp, ...] = ()
    font: str = "serif"
    size: float = 11.5
    language: str = "en"


@dataclass(slots=True)
class _Pen:
    """Writes down the sheet, line by line."""

    image: Image.Image
    sheet: Sheet
    dpi: int
    y: float = 0.0
    draw: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.draw = ImageDraw.Draw(self.image)

    @property
    def is_urdu(self) -> bool:
        return self.sheet.language == "ur"

    @property
    def size(self) -> float:
        """Points; the letters of a typewriter are wide."""
        return self.sheet.size * (0.86 if self.sheet.font == "typewriter" else 1)

    def font(self, points: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return face(self.sheet.font, points * self.dpi / 72, bold=bold)

    def put(self, text: str, points: float, where: str, *, bold: bool = False) -> None:
        """A line to the left, the middle or the right of the page."""
        font = self.font(points, bold=bold)
        direction = "rtl" if self.is_urdu else "ltr"
        width = self.draw.textlength(text, font=font, direction=direction)
        margin = 0.9 * self.dpi
        room = self.image.width - 2 * margin
        x = {"left": margin, "middle": margin + (room - width) / 2, "right": margin + room - width}[where]
        self.draw.text((x, self.y), text, font=font, fill=INK, direction=direction)

    def down(self, points: float) -> None:
        self.y += points * self.dpi / 72


def face(name: str, pixels: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[name][bold], max(6, round(pixels)), layout_engine=ImageFont.Layout.RAQM)


def drawn(sheet: Sheet, dpi: int) -> Image.Image:
    """The paper as a flat scan of so many dots an inch, without any fault."""
    image = Image.new("RGB", (round(A4[0] * dpi), round(A4[1] * dpi)), (250, 249, 245))
    pen = _Pen(image, sheet, dpi)
    lead = 2.6 if sheet.font == "nastaliq" else 1.6
    if sheet.top:
        pen.y = 0.35 * dpi
        pen.put(sheet.top, 13, "middle", bold=True)
    pen.y = 1.0 * dpi
    for line in sheet.head:
        pen.put(line, pen.size + 1.5, "middle", bold=True)
        pen.down((pen.size + 1.5) * lead)
    pen.down(8)
    if any(sheet.reference):
        pen.put(sheet.reference[0], pen.size, "left")
        pen.put(sheet.reference[1], pen.size, "right")
        pen.down(pen.size * lead * 1.6)
    for line in sheet.body:
        pen.put(line, pen.size, "right" if pen.is_urdu else "left")
        pen.down(pen.size * lead)
    if sheet.bottom:
        pen.y = image.height - 0.7 * dpi
        pen.put(sheet.bottom, 13, "middle", bold=True)
    for stamp in sheet.stamps:
        _press(image, stamp, sheet, dpi)
    return image


def _press(image: Image.Image, stamp: Stamp, sheet: Sheet, dpi: int) -> None:
    """Lays a stamp over what is written there, somewhat see-through as ink is."""
    font = face(sheet.font, 24 * dpi / 72, bold=True)
    direction = "rtl" if sheet.language == "ur" else "ltr"
    left, top, right, bottom = (round(edge) for edge in font.getbbox(stamp.words, direction=direction))
    edge = round(0.12 * dpi)
    layer = Image.new("RGBA", (right - left + 2 * edge, bottom - top + 2 * edge), (*stamp.colour, 0))
    draw = ImageDraw.Draw(layer)
    ink = (*stamp.colour, 205)
    draw.rectangle((2, 2, layer.width - 3, layer.height - 3), outline=ink, width=max(2, dpi // 40))
    draw.text((edge - left, edge - top), stamp.words, font=font, fill=ink, direction=direction)
    layer = layer.rotate(stamp.degrees, expand=True, resample=Image.Resampling.BICUBIC)
    x, y = (round(c * s - half / 2) for c, s, half in zip(stamp.centre, image.size, layer.size, strict=True))
    image.paste(layer, (x, y), layer)
