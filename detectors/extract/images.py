"""Images of every common format: what the file says of itself, and what is written on it."""

import io
from collections.abc import Iterator

from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngImageFile

from detectors.extract import reasons
from detectors.extract.markup import Properties, listen
from detectors.extract.reading import Reading, Unreadable
from detectors.finding import Place

# Of a photograph's size the reading itself decides, as some formats can be opened reduced.
Image.MAX_IMAGE_PIXELS = None

_SMALLEST = 24
"""Pixels of a side below which nothing can be written on it."""

_LARGEST_SIDE = 3200
"""Pixels to which a larger photograph is opened reduced, where its format can do that."""

_MOVING_FRAMES = 8
"""How many pictures of a moving image are looked at, evenly over its length."""

_DESCRIBING = ("ImageDescription", "XPTitle", "XPSubject", "XPComment", "XPKeywords", "Artist", "Copyright")
_USER_COMMENT = 0x9286
_CHARACTER_CODE = 8
"""Bytes at the start of a user comment that name its encoding."""


def read_image(content: bytes, label: str, reading: Reading) -> None:
    """Tells at once what the file says of itself; its pages are read when all else is."""
    if not reading.is_new(content):
        return
    image = _opened(content)
    if min(image.size) < _SMALLEST:
        return
    _check_size(image, reading)
    _tell_properties(image, label, reading)
    reading.image(label, lambda: _read_pages(content, label, reading))


def _opened(content: bytes) -> Image.Image:
    """The image, of which only the head has been read yet. Raises Unreadable."""
    # Its decoder is asked for here, as Pillow itself knows nothing of HEIC.
    from pi_heif import register_heif_opener  # type: ignore[import-untyped]

    register_heif_opener()
    try:
        return Image.open(io.BytesIO(content))
    except UnidentifiedImageError as error:
        raise Unreadable(reasons.BROKEN) from error


def _read_pages(content: bytes, label: str, reading: Reading) -> None:
    from detectors.extract.ocr import read_page

    image = _opened(content)
    numbers = _numbers(image, label, reading)
    for number in numbers:
        name = f"{label} / page {number + 1}" if len(numbers) > 1 else label
        with reading.caught(name):
            image.seek(number)
            _check_size(image, reading)
            read_page(_upright(_loaded(image, name, reading)), name, reading)


def _numbers(image: Image.Image, label: str, reading: Reading) -> range:
    """Which of the pages or frames are looked at: all pages of a fax, and some of what moves."""
    count = getattr(image, "n_frames", 1)
    if image.format == "TIFF" or count == 1:
        most = reading.limits.images
        if count > most:
            reading.undecided(f"{label} / page {most + 1} to {count}", reasons.TOO_MANY_PAGES)
        return range(min(count, most))
    return range(0, count, -(-count // _MOVING_FRAMES))


def _check_size(image: Image.Image, reading: Reading) -> None:
    """Has an image opened reduced where its format can do that. Raises Unreadable for too large a one."""
    share = _LARGEST_SIDE / max(image.size)
    if share < 1:
        image.draft("RGB", (round(share * image.width), round(share * image.height)))
    if image.width * image.height > reading.limits.pixels:
        raise Unreadable(reasons.TOO_LARGE)


def _loaded(image: Image.Image, name: str, reading: Reading) -> Image.Image:
    """The image with its pixels; of a file that ends too early, as far as it goes."""
    try:
        image.load()
    except OSError:
        reading.undecided(name, reasons.BROKEN)
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
    return image


def _upright(image: Image.Image) -> Image.Image:
    """As people see it: turned as the camera was held, and on paper where it is see-through."""
    turned = ImageOps.exif_transpose(image)
    if turned.mode in {"I", "F", "I;16", "I;16B"}:
        return _flattened(turned)
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        return _on_paper(turned.convert("RGBA"))
    return turned.convert("RGB")


def _flattened(image: Image.Image) -> Image.Image:
    """More shades of grey than are needed as the usual 256."""
    low, high = (float(one) for one in image.getextrema()[:2])  # type: ignore[arg-type]
    scale = 255 / (high - low) if high > low else 0
    return image.convert("F").point(lambda value: (value - low) * scale).convert("RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    """On white; on black where white would hide what is drawn on it."""
    pages = []
    for paper in ("white", "black"):
        page = Image.new("RGBA", image.size, paper)
        page.alpha_composite(image)
        pages.append(page.convert("RGB"))
    return max(pages, key=_contrast)


def _contrast(image: Image.Image) -> int:
    low, high = image.convert("L").getextrema()
    return int(high) - int(low)  # type: ignore[arg-type]


def _tell_properties(image: Image.Image, label: str, reading: Reading) -> None:
    """What the camera and programs wrote beside the picture, where it was taken among it."""
    with reading.caught(f"{label} / properties"):
        lines = [*_exif_lines(image), *_text_lines(image)]
        description = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
        if description:
            listener = Properties()
            listen(_bytes(description), listener)
            lines += listener.whole.split("\n")
        lines = [line for line in dict.fromkeys(lines) if line.strip()]
        reading.text(f"{label} / properties", "\n".join(lines), Place.PROPERTIES)


def _exif_lines(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    for name in _DESCRIBING:
        if value := _readable(exif.get(ExifTags.Base[name].value)):
            yield f"{name}: {value}"
    comment = exif.get_ifd(ExifTags.IFD.Exif).get(_USER_COMMENT)
    if isinstance(comment, bytes) and (text := _readable(comment[_CHARACTER_CODE:])):
        yield f"UserComment: {text}"
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    north, east = _degrees(position, ExifTags.GPS.GPSLatitude), _degrees(position, ExifTags.GPS.GPSLongitude)
    if north is not None and east is not None:
        yield f"GPS position: {north:.5f}, {east:.5f}"


def _degrees(position: dict[int, object], tag: ExifTags.GPS) -> float | None:
    """Degrees to the north or to the east; None where the camera did not know."""
    try:
        degrees, minutes, seconds = (float(one) for one in position[tag.value])  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    side = str(position.get(tag.value - 1, ""))
    angle = degrees + minutes / 60 + seconds / 3600
    return None if angle != angle else -angle if side[:1] in {"S", "W"} else angle  # noqa: PLR0124 - not a number


def _text_lines(image: Image.Image) -> Iterator[str]:
    texts = image.text if isinstance(image, PngImageFile) else {}
    for name, value in (*texts.items(), ("comment", image.info.get("comment"))):
        if name != "XML:com.adobe.xmp" and (text := _readable(value)):
            yield f"{name}: {text}"


def _readable(value: object) -> str:
    """A value as one line of text, in whatever of the usual encodings it is."""
    if isinstance(value, bytes):
        is_wide = value[1::2].count(0) > len(value) // 4
        value = value.decode("utf-16-le" if is_wide else "utf-8", "replace")
    return " ".join(str(value).replace("\x00", "").split()) if value else ""


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text.strip(b"\x00")
