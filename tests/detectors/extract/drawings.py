"""Images with writing on them, and pages with images on them."""

import io

from PIL import Image, ImageDraw, ImageFont

from tests.detectors.extract.samples import assembled

SIZE = 34


def drawing(*lines: str, width: int = 900, background: str = "white", ink: str = "black") -> Image.Image:
    """The lines one below the other, in letters that come with Pillow."""
    font = ImageFont.load_default(SIZE)
    image = Image.new("RGB", (width, (len(lines) + 1) * 2 * SIZE), background)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((60, (2 * number + 1) * SIZE), line, font=font, fill=ink)
    return image


def stamp(words: str, degrees: float, ink: str = "#b02028") -> Image.Image:
    """Words in a frame that lie so many degrees aslant, on nothing."""
    image = Image.new("RGBA", (round(1.2 * SIZE * len(words)) + 2 * SIZE, 4 * SIZE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((4, 4, image.width - 5, image.height - 5), outline=ink, width=5)
    draw.text((SIZE, 0.8 * SIZE), words, font=ImageFont.load_default(1.5 * SIZE), fill=ink)
    return image.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC)


def saved(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def written(*lines: str) -> bytes:
    return saved(drawing(*lines), "JPEG", quality=90)


def illustrated(text: str, picture: bytes, size: int, pages: int = 1) -> bytes:
    """A PDF whose every page has a text and a picture, which is so many points wide."""
    width, height = Image.open(io.BytesIO(picture)).size
    head = f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    escaped = text.encode("latin-1").replace(b"(", rb"\(")
    shown = b"q %d 0 0 %d 0 100 cm /I Do Q BT /F1 6 Tf 20 20 Td (%b) Tj ET" % (
        size, size * height // width, escaped,
    )  # fmt: skip
    kids = range(6, 6 + pages)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I 4 0 R>>>>>>"
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {pages}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            f"{head}/Length {len(picture)}>>stream\n".encode() + picture + b"\nendstream",
            b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown),
            *[page] * pages,
        ]
    )
